"""Working days in England, and the two clocks of serious-incident practice: report in 2, close in 60 working days."""

from datetime import date

import pytest

from trigpoint.periods import add_working_days, is_working_day, working_days_between

DAYS = [
    ("2017-04-14", False, "Good Friday"),
    ("2017-04-17", False, "Easter Monday"),
    ("2017-04-15", False, "a Saturday"),
    ("2017-04-18", True, "the Tuesday after Easter"),
    ("2016-12-27", False, "Christmas Day fell on a Sunday: moved to Tuesday"),
    ("2012-06-04", False, "the spring holiday, moved for the jubilee"),
    ("2012-06-05", False, "the diamond jubilee"),
    ("2012-05-28", True, "the day the spring holiday moved from"),
    ("2020-05-04", True, "the day the May holiday moved from"),
    ("2020-05-08", False, "VE Day"),
    ("2022-05-30", True, "the day the spring holiday moved from"),
    ("2022-06-02", False, "the spring holiday, moved for the jubilee"),
    ("2022-06-03", False, "the platinum jubilee"),
    ("2022-09-19", False, "the state funeral"),
    ("2023-05-08", False, "the coronation"),
    ("2017-03-17", True, "St Patrick's Day is no holiday in England"),
    ("2017-11-30", True, "nor is St Andrew's Day"),
]


@pytest.mark.parametrize(("day", "working", "why"), DAYS)
def test_working_day(day: str, working: bool, why: str):
    assert is_working_day(date.fromisoformat(day)) is working


CLOCKS = [
    ("2017-04-13", 2, "2017-04-19", "reported on Maundy Thursday: Easter is left out"),
    ("2017-04-13", 60, "2017-07-12", "and three bank holidays in the sixty days"),
    ("2020-05-07", 2, "2020-05-12", "VE Day is left out"),
    ("2022-05-31", 2, "2022-06-06", "both jubilee days are left out"),
    ("2022-09-16", 2, "2022-09-21", "the state funeral is left out"),
    ("2023-05-05", 2, "2023-05-10", "the coronation is left out"),
    ("2017-12-22", 2, "2017-12-28", "Christmas is left out"),
    ("2017-04-15", 1, "2017-04-18", "from a Saturday"),
    ("2017-04-15", 0, "2017-04-18", "nothing added: the next working day"),
    ("2017-04-19", -2, "2017-04-13", "backwards"),
]


@pytest.mark.parametrize(("start", "count", "end", "why"), CLOCKS)
def test_clock(start: str, count: int, end: str, why: str):
    assert add_working_days(date.fromisoformat(start), count).isoformat() == end


def test_between_counts_the_last_day_and_not_the_first():
    assert working_days_between(date(2017, 4, 13), date(2017, 4, 19)) == 2
    assert working_days_between(date(2017, 4, 19), date(2017, 4, 13)) == -2
    assert working_days_between(date(2017, 4, 13), date(2017, 4, 13)) == 0
