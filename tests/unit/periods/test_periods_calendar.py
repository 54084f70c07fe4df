"""Arithmetic and comparison of periods."""

from datetime import date

import pytest

from trigpoint.periods import (
    CalendarYear,
    FinancialYear,
    Month,
    Quarter,
    RollingYears,
    SchoolYear,
    Span,
    periods_in,
)

YEAR = FinancialYear(2016)


@pytest.mark.parametrize(
    ("period", "first", "last", "label"),
    [
        (YEAR, date(2016, 4, 1), date(2017, 3, 31), "2016/17"),
        (Quarter(YEAR, 4), date(2017, 1, 1), date(2017, 3, 31), "2016/17 Q4"),
        (Month(2016, 2), date(2016, 2, 1), date(2016, 2, 29), "February 2016"),
        (CalendarYear(2016), date(2016, 1, 1), date(2016, 12, 31), "2016"),
        (SchoolYear(2016), date(2016, 9, 1), date(2017, 8, 31), "school year 2016/17"),
        (RollingYears(2013, 2015), date(2013, 1, 1), date(2015, 12, 31), "2013-15"),
        (RollingYears(1999, 2001), date(1999, 1, 1), date(2001, 12, 31), "calendar years 1999-2001"),
    ],
)
def test_first_day_last_day_and_label(period: Span, first: date, last: date, label: str):
    assert (period.start, period.end, period.label, str(period)) == (first, last, label, label)
    assert first in period
    assert last in period
    assert date(2030, 1, 1) not in period


def test_periods_are_ordered_by_their_first_day_whatever_their_kind():
    periods = [Month(2017, 5), FinancialYear(2017), Quarter(YEAR, 4), CalendarYear(2017)]
    assert sorted(periods) == [Quarter(YEAR, 4), CalendarYear(2017), FinancialYear(2017), Month(2017, 5)]
    assert Month(2017, 5) > Month(2017, 4) >= Month(2017, 4) <= Month(2017, 4)


@pytest.mark.parametrize("wrong", [lambda: Quarter(YEAR, 5), lambda: Month(2016, 0), lambda: RollingYears(2015, 2013)])
def test_impossible_periods_are_refused(wrong):
    with pytest.raises(ValueError, match=r"not|before"):
        wrong()


def test_steps_forward_and_back():
    assert Quarter(YEAR, 4) + 1 == Quarter(FinancialYear(2017), 1)
    assert Quarter(YEAR, 1) - 1 == Quarter(FinancialYear(2015), 4)
    assert Month(2016, 11) + 3 == Month(2017, 2)
    assert Month(2017, 2) - 3 == Month(2016, 11)
    assert RollingYears(2013, 2015) - 1 == RollingYears(2012, 2014)
    assert RollingYears(2013, 2015).years == 3
    assert (SchoolYear(2016) + 1, CalendarYear(2016) - 1) == (SchoolYear(2017), CalendarYear(2015))


def test_periods_between_two_days():
    assert periods_in(FinancialYear, date(2016, 3, 31), date(2016, 4, 1)) == (FinancialYear(2015), YEAR)
    assert periods_in(Month, date(2016, 1, 31), date(2016, 1, 31)) == (Month(2016, 1),)
    assert periods_in(Month, date(2016, 2, 1), date(2016, 1, 31)) == ()
    assert periods_in(CalendarYear, date(2016, 2, 1), date(2017, 1, 31)) == (CalendarYear(2016), CalendarYear(2017))
