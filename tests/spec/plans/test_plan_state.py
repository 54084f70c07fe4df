"""Where a commitment stands at a date: its deadline and last report on the left, its state on the right.

All cases are asked on 30 November 2017, in the third quarter of 2017/18 (October to December).
"""

from __future__ import annotations

from datetime import date

import pytest

from trigpoint.plans.model import Deliverable, Milestone, Objective, Plan, Progress, Theme, Update
from trigpoint.plans.state import (
    Deadline,
    DeadlineKind,
    State,
    deadline,
    plan_states,
    summarise,
)

AT = date(2017, 11, 30)
DONE, RISK = Progress.COMPLETE, Progress.AT_RISK

DEADLINES = [
    # due, column, deadline, kind, why
    (date(2018, 3, 31), "2017/18 Q1", date(2018, 3, 31), DeadlineKind.PRINTED, "a printed date beats its column"),
    (None, "2017/18 Q1", date(2017, 6, 30), DeadlineKind.FROM_COLUMN, "the last day of the quarter"),
    (None, "2017/18", date(2018, 3, 31), DeadlineKind.FROM_COLUMN, "the last day of the financial year"),
    (None, "November 2017", date(2017, 11, 30), DeadlineKind.FROM_COLUMN, "the last day of the month"),
    (None, "2013-15", date(2015, 12, 31), DeadlineKind.FROM_COLUMN, "rolling years end in December"),
    (None, "", None, DeadlineKind.NONE, "neither is printed"),
    (None, "soon", None, DeadlineKind.NONE, "a heading that is no period gives no date"),
]


@pytest.mark.parametrize(("due", "column", "day", "kind", "why"), DEADLINES)
def test_the_deadline_of_an_item(due: date | None, column: str, day: date | None, kind: DeadlineKind, why: str) -> None:
    assert deadline(Deliverable("d", "o", "x", due=due, column=column)) == Deadline(day, kind), why
    assert deadline(Milestone("m", "o", "", "x", due=due, column=column)) == Deadline(day, kind), why


def reported(progress: Progress, as_at: date = AT, done_on: date | None = None, forecast: date | None = None) -> Update:
    return Update("d", as_at, progress, done_on, forecast)


STATES = [
    # due, updates, state, days late, declared, why
    (date(2017, 11, 29), (), State.OVERDUE, 1, None, "its date was yesterday"),
    (date(2017, 11, 30), (), State.DUE_THIS_QUARTER, 0, None, "a commitment has until the end of its day"),
    (date(2017, 12, 31), (), State.DUE_THIS_QUARTER, 0, None, "the quarter's last day"),
    (date(2018, 1, 1), (), State.DUE_NEXT_QUARTER, 0, None, "the next quarter's first day"),
    (date(2018, 3, 31), (), State.DUE_NEXT_QUARTER, 0, None, "the next quarter's last day, over the turn of the year"),
    (date(2018, 4, 1), (), State.LATER, 0, None, "two quarters on"),
    (None, (), State.UNDATED, 0, None, "never late and never in time"),
    (date(2017, 6, 30), (reported(RISK),), State.OVERDUE, 153, RISK, "what is declared does not move the date"),
    (date(2018, 3, 31), (reported(RISK),), State.DUE_NEXT_QUARTER, 0, RISK, "a worry before the date stands beside it"),
    (date(2017, 6, 30), (reported(DONE),), State.COMPLETE, 0, DONE, "complete, and nothing says that it was late"),
    (date(2017, 6, 30), (reported(DONE, done_on=date(2017, 6, 30)),), State.COMPLETE, 0, DONE, "done on its day"),
    (date(2017, 6, 30), (reported(DONE, done_on=date(2017, 7, 10)),), State.COMPLETE_LATE, 10, DONE, "ten days after"),
    (None, (reported(DONE, done_on=date(2017, 7, 10)),), State.COMPLETE, 0, DONE, "without a date nothing is late"),
    (
        date(2017, 6, 30),
        (reported(DONE, date(2017, 12, 1)),),
        State.OVERDUE,
        153,
        None,
        "reported later: not known yet",
    ),
    (
        date(2018, 3, 31),
        (reported(DONE, date(2017, 9, 30)), reported(RISK, date(2017, 10, 31))),
        State.DUE_NEXT_QUARTER,
        0,
        RISK,
        "the last report counts, though it takes an earlier one back",
    ),
    (
        date(2018, 3, 31),
        (reported(RISK, date(2017, 10, 31)), reported(DONE, date(2017, 10, 31))),
        State.COMPLETE,
        0,
        DONE,
        "of two reports of one day the later row",
    ),
    (
        date(2018, 3, 31),
        (reported(DONE, date(2017, 10, 31)), reported(RISK, date(2017, 9, 30))),
        State.COMPLETE,
        0,
        DONE,
        "the order of the rows does not matter, their dates do",
    ),
]


@pytest.mark.parametrize(("due", "updates", "state", "days_late", "declared", "why"), STATES)
def test_the_state_of_an_item(
    due: date | None, updates: tuple[Update, ...], state: State, days_late: int, declared: Progress | None, why: str
) -> None:
    plan = Plan("P", "O", (), deliverables=(Deliverable("d", "o", "x", due=due),), updates=updates)
    found = plan_states(plan, AT).items["d"]
    assert (found.state, found.days_late, found.declared) == (state, days_late, declared), why


FORECASTS = [
    (date(2018, 3, 31), reported(RISK, forecast=date(2018, 4, 1)), True, "expected a day late"),
    (date(2018, 3, 31), reported(RISK, forecast=date(2018, 3, 31)), False, "expected in time"),
    (None, reported(RISK, forecast=date(2018, 4, 1)), False, "without a date nothing is late"),
    (date(2017, 3, 31), reported(DONE, forecast=date(2018, 4, 1)), False, "what is complete is expected no more"),
]


@pytest.mark.parametrize(("due", "update", "late", "why"), FORECASTS)
def test_a_forecast_after_the_deadline(due: date | None, update: Update, late: bool, why: str) -> None:
    plan = Plan("P", "O", (), deliverables=(Deliverable("d", "o", "x", due=due),), updates=(update,))
    assert plan_states(plan, AT).items["d"].forecast_late is late, why


def whole_plan() -> Plan:
    return Plan(
        "P",
        "O",
        ("2017/18",),
        themes=(Theme("t1", "1", "Urgent care"), Theme("t2", "2", "Empty")),
        objectives=(Objective("o1", "t1", "1", "A"), Objective("o2", "t1", "2", "B"), Objective("o3", "", "3", "C")),
        deliverables=(
            Deliverable("d1", "o1", "x", due=date(2017, 6, 30)),
            Deliverable("d2", "o2", "x", due=date(2018, 6, 30)),
            Deliverable("d3", "o3", "x"),
        ),
        milestones=(Milestone("m1", "o1", "d1", "x", column="2017/18 Q1"),),
        updates=(
            Update("m1", date(2017, 7, 31), Progress.COMPLETE, date(2017, 7, 1)),
            Update("d1", date(2017, 10, 31), Progress.OFF_TRACK),
        ),
    )


def test_objectives_themes_and_the_whole_plan_are_summed() -> None:
    plan = whole_plan()
    states = plan_states(plan, AT)
    assert states.objectives["o1"].sentence == "2 items: 1 overdue, 1 complete, late; 1 off track"
    assert states.objectives["o1"].worst is State.OVERDUE
    assert states.objectives["o1"].worst_declared is Progress.OFF_TRACK
    assert states.themes["t1"].total == 3
    assert states.themes["t1"].complete == 1
    assert states.themes["t2"].sentence == "No items"
    assert states.themes["t2"].worst is None
    assert states.themes["t2"].worst_declared is None
    # The objective without a theme is part of the plan all the same.
    assert states.whole.total == 4
    assert states.whole.counts[State.UNDATED] == 1


def test_a_summary_of_any_selection_holds_every_state_in_order_of_urgency() -> None:
    states = plan_states(whole_plan(), AT)
    some = summarise([states.items["d1"], states.items["d2"]])
    assert list(some.counts) == list(State)
    assert some.sentence == "2 items: 1 overdue, 1 later; 1 off track"


def test_every_state_has_words_of_its_own() -> None:
    assert len({state.label for state in State}) == len({state.meaning for state in State}) == len(State)
    assert State.DUE_NEXT_QUARTER.label == "Due next quarter"
    assert all(state.meaning.endswith(".") for state in State)
