"""A scheme beside its plan: it may not begin before the milestone that must come first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from trigpoint.activity.assumptions.ramp import Ramp
from trigpoint.activity.assumptions.scheme import Effect, Scheme
from trigpoint.activity.assumptions.uncertain import Uncertain
from trigpoint.activity.book.reading import read_activity
from trigpoint.periods import Month
from trigpoint.plans.model import Plan, Progress, Update
from trigpoint.plans.workspace import read_plan
from trigpoint.reports.activity.precedence import precedence_remarks
from trigpoint.tabular.stated import Stated

DUDLEY = Path(__file__).resolve().parents[3] / "examples" / "dudley-2017-19"
MILESTONE = "m4-1-2"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_plan(DUDLEY)


def due(plan: Plan, day: date | None, column: str = "") -> Plan:
    made = tuple(replace(one, due=day, column=column) if one.id == MILESTONE else one for one in plan.milestones)
    return replace(plan, milestones=made, updates=())


def scheme(start: Month | None, milestone: str = MILESTONE) -> Scheme:
    stated = Stated(name="Front door", file="/somewhere/activity/schemes.csv", row=5)
    return Scheme("door", Effect.SHARE, Uncertain(0.1), ramp=Ramp(start=start), milestone=milestone, stated=stated)


def test_the_example_contradicts_its_plan_nowhere(plan: Plan) -> None:
    book = read_activity(DUDLEY).book
    assert book is not None
    assert precedence_remarks(plan, book.schemes) == ()


@pytest.mark.parametrize(
    ("start", "day", "column", "told"),
    [
        (Month(2017, 6), date(2017, 9, 30), "", True),
        (Month(2017, 9), date(2017, 9, 30), "", False),  # the month in which it is due
        (Month(2017, 10), date(2017, 9, 30), "", False),
        (Month(2017, 3), None, "2017/18", True),
        (Month(2017, 4), None, "2017/18", False),  # it may be there on any day of the year
        (Month(2017, 4), None, "", False),
        (None, date(2017, 9, 30), "", False),
    ],
)
def test_a_start_before_the_milestone_is_told(
    plan: Plan, start: Month | None, day: date | None, column: str, told: bool
) -> None:
    remarks = precedence_remarks(due(plan, day, column), [scheme(start)])
    assert bool(remarks) is told
    if told:
        assert str(remarks[0]).startswith("schemes.csv, row 5: Front door (door) starts in ")
        assert "which must come first" in str(remarks[0])


def test_what_was_reported_counts_for_more_than_what_was_printed(plan: Plan) -> None:
    late = Update(MILESTONE, date(2017, 5, 1), Progress.ON_TRACK, forecast=date(2018, 1, 15))
    done = Update(MILESTONE, date(2017, 6, 1), Progress.COMPLETE, done_on=date(2017, 5, 31))
    asked = [scheme(Month(2017, 10))]
    dated = due(plan, date(2017, 9, 30))
    assert "15 January 2018" in str(precedence_remarks(replace(dated, updates=(late,)), asked)[0])
    assert precedence_remarks(replace(dated, updates=(late, done)), [scheme(Month(2017, 4))]) == ()


def test_a_milestone_that_the_plan_does_not_have_is_named(plan: Plan) -> None:
    (remark,) = precedence_remarks(plan, [scheme(Month(2017, 4), "m-none")])
    assert "names the milestone “m-none”, which the plan does not have; correct it, or add it to milestones.csv" in str(
        remark
    )
