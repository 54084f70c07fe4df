"""Periods as published files write them."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest

from trigpoint.releases.tables.spans import day, month_of_year, quarter_ending, span

PERIODS = [
    # cell, first day, last day
    ("MSitAE-MAY-2025", "2025-05-01", "2025-05-31"),
    ("MSitAE-SEPTEMBER-2024", "2024-09-01", "2024-09-30"),
    ("RTT-January-2026", "2026-01-01", "2026-01-31"),
    ("DM01-MAY-2026", "2026-05-01", "2026-05-31"),
    ("Apr-25", "2025-04-01", "2025-04-30"),
    ("April 2017", "2017-04-01", "2017-04-30"),
    (" April  2017 ", "2017-04-01", "2017-04-30"),
    ("Apr 2020", "2020-04-01", "2020-04-30"),
    ("Sept 2021", "2021-09-01", "2021-09-30"),
    ("July 2022", "2022-07-01", "2022-07-31"),
    ("February 2024", "2024-02-01", "2024-02-29"),
    ("2025-06", "2025-06-01", "2025-06-30"),
    (datetime(2025, 4, 1), "2025-04-01", "2025-04-30"),
    (date(2025, 4, 1), "2025-04-01", "2025-04-30"),
    ("2019-02-01 00:00:00", "2019-02-01", "2019-02-28"),
    ("01/07/2024", "2024-07-01", "2024-07-31"),
    ("01SEP2017", "2017-09-01", "2017-09-30"),
    ("01Jan2022", "2022-01-01", "2022-01-31"),
    ("01APR2020", "2020-04-01", "2020-04-30"),
    ("1st Apr 2022", "2022-04-01", "2022-04-30"),
    ("31MAR21", "2021-03-31", "2021-03-31"),
    ("30-Apr-18", "2018-04-30", "2018-04-30"),
    ("43435", "2018-12-01", "2018-12-31"),
    (43437.0, "2018-12-03", "2018-12-03"),
    ("2015", "2015-01-01", "2015-12-31"),
    (2015.0, "2015-01-01", "2015-12-31"),
    ("2016/17", "2016-04-01", "2017-03-31"),
    ("2016-17", "2016-04-01", "2017-03-31"),
    ("2016_17", "2016-04-01", "2017-03-31"),
    ("1999/00", "1999-04-01", "2000-03-31"),
    ("2014 - 16", "2014-01-01", "2016-12-31"),
    ("2014-2016", "2014-01-01", "2016-12-31"),
    ("20150000", "2015-01-01", "2015-12-31"),
    ("Q1 2024/25", "2024-04-01", "2024-06-30"),
    ("Q4 2024/25", "2025-01-01", "2025-03-31"),
    ("2024/25 Q3", "2024-10-01", "2024-12-31"),
    ("Q2 2005", "2005-04-01", "2005-06-30"),
]


@pytest.mark.parametrize(("cell", "first", "last"), PERIODS, ids=[str(row[0]) for row in PERIODS])
def test_a_period_is_read(cell: str | float | date, first: str, last: str) -> None:
    assert [one.isoformat() for one in span(cell)] == [first, last]


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "Total",
        "TOTAL",
        "-",
        "March",
        "13/13/2024",
        "31/02/2024",
        "2014 - 2050",
        "Q5 2024/25",
        "99999999",
        "12",
        True,
    ],
)
def test_what_is_no_period_is_refused(cell: str | bool) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(str(cell))}$"):
        span(cell)


DAYS = [
    ("10th July 2025", "2025-07-10"),
    ("Thursday 12th March 2026", "2026-03-12"),
    ("31MAR21", "2021-03-31"),
    ("31MAR2021", "2021-03-31"),
    ("01/07/2024", "2024-07-01"),
    ("1/7/24", "2024-07-01"),
    ("20200401", "2020-04-01"),
    ("2017-01-31", "2017-01-31"),
    ("30-Apr-18", "2018-04-30"),
    ("43437", "2018-12-03"),
    (datetime(2026, 3, 12, 9, 30), "2026-03-12"),
]


@pytest.mark.parametrize(("cell", "read"), DAYS, ids=[str(row[0]) for row in DAYS])
def test_a_day_is_read(cell: str | datetime, read: str) -> None:
    assert day(cell).isoformat() == read


MONTHS_OF_YEARS = [
    ("2016-17", "March", "2017-03"),
    ("2016-17", "April", "2016-04"),
    ("2020-21", "September", "2020-09"),
    ("2007/08", "January", "2008-01"),
]


@pytest.mark.parametrize(("year", "month", "read"), MONTHS_OF_YEARS)
def test_a_month_stands_in_its_financial_year(year: str, month: str, read: str) -> None:
    assert month_of_year(year, month)[0].isoformat()[:7] == read


def test_a_quarter_is_named_by_its_last_month() -> None:
    assert [one.isoformat() for one in quarter_ending(2020, 9)] == ["2020-07-01", "2020-09-30"]
    assert [one.isoformat() for one in quarter_ending(2021, 1)] == ["2020-11-01", "2021-01-31"]
