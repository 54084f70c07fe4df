"""Every spelling of a period's label, and what it is read as."""

import pytest

from trigpoint.errors import InputError
from trigpoint.periods import (
    CalendarYear,
    FinancialYear,
    Month,
    Period,
    Quarter,
    RollingYears,
    SchoolYear,
    find_period,
    parse_period,
)

YEAR = FinancialYear(2017)

LABELS = [
    ("2017/18", YEAR, "as papers print it"),
    ("2017-18", YEAR, "with a hyphen"),
    ("2017–18", YEAR, "with a dash"),
    ("2017_18", YEAR, "as file names have it"),
    ("2017 / 18", YEAR, "with blanks"),
    ("FY2017/18", YEAR, "with FY"),
    ("FY17-18", YEAR, "with FY and short years"),
    ("FY 17/18", YEAR, "with FY and a blank"),
    ("FY1718", YEAR, "run together"),
    ("17/18", YEAR, "short years"),
    ("2017/2018", YEAR, "both years in full"),
    ("2017-2018", YEAR, "consecutive years are a financial year"),
    ("1999/00", FinancialYear(1999), "over the turn of the century"),
    ("year ending 31 March 2018", YEAR, "as accounts say it"),
    ("year to March 2018", YEAR, "shorter"),
    ("2016/17 Q3", Quarter(FinancialYear(2016), 3), "year first"),
    ("2016-17 Quarter 3", Quarter(FinancialYear(2016), 3), "in words"),
    ("Q3 2016/17", Quarter(FinancialYear(2016), 3), "quarter first"),
    ("Q3 16/17", Quarter(FinancialYear(2016), 3), "short years"),
    ("quarter 3 of 2016/17", Quarter(FinancialYear(2016), 3), "in words"),
    ("November 2017", Month(2017, 11), "in full"),
    ("Nov 2017", Month(2017, 11), "abbreviated"),
    ("Nov-17", Month(2017, 11), "as spreadsheets have it"),
    ("NOV 17", Month(2017, 11), "in capitals"),
    ("Sept 2017", Month(2017, 9), "four letters"),
    ("2017-11", Month(2017, 11), "ISO: 11 does not follow 17"),
    ("M8 2017/18", Month(2017, 11), "the eighth month of the financial year"),
    ("2017/18 Month 12", Month(2018, 3), "the twelfth is March"),
    ("2017", CalendarYear(2017), "a year alone"),
    ("calendar year 2017", CalendarYear(2017), "said outright"),
    ("school year 2016/17", SchoolYear(2016), "September to August"),
    ("School Year 2016-17", SchoolYear(2016), "other spelling"),
    ("2013-15", RollingYears(2013, 2015), "three years pooled"),
    ("2013 - 15", RollingYears(2013, 2015), "with blanks"),
    ("2001-03", RollingYears(2001, 2003), "not March 2001: the third year after"),
    ("2013-2015", RollingYears(2013, 2015), "both years in full"),
    ("2013 to 2015", RollingYears(2013, 2015), "in words"),
    ("calendar years 2013-2014", RollingYears(2013, 2014), "two years pooled must say so"),
]


@pytest.mark.parametrize(("label", "period", "why"), LABELS)
def test_label(label: str, period: Period, why: str):
    assert parse_period(label) == period
    assert parse_period(f"  {label}\n") == period
    assert parse_period(period.label) == period


@pytest.mark.parametrize(
    "label",
    [
        "",
        "2017/19",
        "17/19",
        "Q5 2017/18",
        "Q3",
        "2016/17 Q0",
        "M13 2017/18",
        "month",
        "2017-13",
        "1/2",
        "2015-2013",
        "99",
        "November",
        "FY1719",
        "school year 2016/18",
        "2017/18 2018/19",
        "2017/18\x00",
        "2018-17",
    ],
)
def test_no_label_says_how_to_write_one(label: str):
    with pytest.raises(InputError, match="is not a period; write it as 2017/18") as error:
        parse_period(label)
    assert len(str(error.value)) < 220


def test_a_very_long_text_is_refused_and_not_repeated():
    with pytest.raises(InputError) as error:
        parse_period("2017/18 " * 10_000)
    assert len(str(error.value)) < 250


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Actual number of quits 2014/15", "2014/15"),
        ("Target 2017-18 (%)", "2017/18"),
        ("2013-15 (actual)", "2013-15"),
        ("Plan Q3 2017/18", "2017/18 Q3"),
        ("no 12/14 but 2014/15", "2014/15"),
        ("Nov-17 position", "November 2017"),
        ("24/7 cover", None),
        ("tier 2/3", None),
        ("£2017 spent", None),
        ("pages 10-15", None),
        ("", None),
    ],
)
def test_period_within_text(text: str, label: str | None):
    period = find_period(text)
    assert (period and period.label) == label
