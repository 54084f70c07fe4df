"""Properties that hold for all periods, days and texts."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.periods import (
    CalendarYear,
    FinancialYear,
    Month,
    Quarter,
    Role,
    RollingYears,
    SchoolYear,
    add_working_days,
    due_date,
    find_dates,
    find_period,
    is_working_day,
    parse_period,
    periods_in,
    working_days_between,
)

YEARS = st.integers(1950, 2060)
DAYS = st.dates(date(1995, 1, 1), date(2040, 12, 31))
FINANCIAL_YEARS = YEARS.map(FinancialYear)
STEPPING = st.one_of(
    FINANCIAL_YEARS,
    st.builds(Quarter, FINANCIAL_YEARS, st.integers(1, 4)),
    st.builds(Month, YEARS, st.integers(1, 12)),
    YEARS.map(CalendarYear),
)
PERIODS = st.one_of(
    STEPPING,
    YEARS.map(SchoolYear),
    st.builds(lambda first, more: RollingYears(first, first + more), YEARS, st.integers(0, 30)),
)
# Texts made of the pieces that dates are made of meet more rules than random letters do.
# fmt: off
PIECES = st.sampled_from([
    "By ", "by the end of ", "from ", "for ", "June ", "may ", "March", "16", "17", "2017", "2017/18", "/",
    "-", " – ", "Q3", "Q", "31", "st ", " ", "\n", ", ", ". ", "(", ")", "%", "year end ", "Spring ", "to ",
    "and ", "mid-", "1 st ", "£", "month 7 ", "’", "s ", "end of year 2 ", "early ", "before ", "onwards ",
    "\x00", "é", "２０１７", "ſ", "İ", "H2 ", "(now)", "was ", "in readiness for ",
])
# fmt: on
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=14).map("".join))
PLANS = st.lists(st.integers(2010, 2030).map(FinancialYear), max_size=3)


@given(PERIODS)
def test_a_label_reads_back(period):
    assert parse_period(period.label) == period
    assert find_period(f"Target {period.label} (%)") == period


@given(DAYS)
def test_every_day_lies_in_exactly_one_month_quarter_and_year(day):
    for kind in (FinancialYear, Quarter, Month, CalendarYear):
        period = kind.of(day)
        assert period.start <= day <= period.end
        assert (period - 1).end < day < (period + 1).start
        assert (period - 1).end + timedelta(days=1) == period.start


@given(STEPPING, st.integers(-50, 50))
def test_steps_can_be_taken_back(period, steps):
    assert (period + steps) - steps == period
    assert type(period).of((period + steps).start) == period + steps


@given(STEPPING, st.integers(0, 20))
def test_periods_in_are_those_stepped_through(period, steps):
    last = period + steps
    assert periods_in(type(period), period.start, last.end) == tuple(period + step for step in range(steps + 1))


@settings(deadline=None)  # the first look at a year reads its holidays
@given(DAYS, st.integers(1, 90))
def test_working_days_added_as_if_counted_on_fingers(day, count):
    found, counted = day, 0
    while counted < count:
        found += timedelta(days=1)
        if is_working_day(found):
            counted += 1
    assert add_working_days(day, count) == found
    assert working_days_between(day, found) == count


@given(TEXTS, PLANS, st.one_of(st.none(), PERIODS))
def test_any_text_is_read_without_complaint(text, years, column):
    phrases = find_dates(text, years=years, column=column)
    for phrase in phrases:
        assert text[phrase.start : phrase.stop] == phrase.text
        assert phrase.text.strip()
        assert phrase.earliest <= phrase.due <= phrase.latest
        assert not phrase.firm or phrase.role is Role.DUE
    assert all(first.stop <= second.start for first, second in pairwise(phrases))
    assert due_date(text, years=years, column=column) in (None, *phrases)


@given(DAYS, PLANS)
def test_a_day_printed_in_full_is_that_day_in_any_plan(day, years):
    for words in (
        f"By {day.day} {day:%B %Y}",
        f"by {day:%d/%m/%Y}",
        f"by {day.isoformat()}",
        f"by {day:%B} {day.day}, {day.year}",
    ):
        assert due_date(words, years=years).due == day


@given(st.builds(Month, st.integers(1990, 2060), st.integers(1, 12)), PLANS)
def test_a_month_printed_with_its_year_ends_on_its_last_day(month, years):
    phrase = due_date(f"Complete by the end of {month.label}.", years=years)
    assert (phrase.due, phrase.period) == (month.end, month)


@given(st.integers(2010, 2030).map(FinancialYear), st.integers(1, 4))
def test_a_quarter_takes_its_year_from_the_plan(year, number):
    quarter = Quarter(year, number)
    assert due_date(f"By the end of Q{number}, done", years=[year]).due == quarter.end
    assert due_date(f"By Q{number}, done", column=quarter).due == quarter.end


@given(TEXTS)
def test_words_after_a_full_stop_do_not_change_a_reading(text):
    alone = find_dates("By 1 April 2018, agreed.")
    assert find_dates(f"By 1 April 2018, agreed. {text}")[:1] == alone


@settings(deadline=None)
@given(
    st.sampled_from(
        [
            "by ",
            "2017/18 ",
            "January ",
            "end of the ",
            " ",
            "1",
            "Q1 ",
            "(March) ",
            "in readiness for ",
            "May/",
            "2017-",
        ]
    )
)
def test_long_monotonous_text_is_read_to_its_end(piece):
    text = piece * (20_000 // len(piece)) + " by 1 April 2018"
    assert find_dates(text, years=[FinancialYear(2017)])[-1].due == date(2018, 4, 1)
