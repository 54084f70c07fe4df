"""What presenters make of a plan: the grid, bars, sentences, words for dates and targets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from web_sample import AT, make_plan

from strategies import plans
from trigpoint.plans.model import (
    Baseline,
    Comparator,
    Deliverable,
    Item,
    Milestone,
    Objective,
    Plan,
    Progress,
    Target,
    Update,
)
from trigpoint.plans.state import State, plan_states
from trigpoint.web.register.models import Edition
from trigpoint.web.register.presenters import grid as grids
from trigpoint.web.register.presenters.commitments import Commitment, all_items, commitment, timing_words
from trigpoint.web.register.presenters.looks import bar
from trigpoint.web.register.presenters.objective import baseline_words, target_words
from trigpoint.web.register.presenters.overview import dates_note, headline
from trigpoint.web.register.presenters.trouble import trouble
from trigpoint.web.register.reading import Reading


def reading(plan: Plan, at: date = AT) -> Reading:
    return Reading(Edition(pk=1, revision=hash(repr(plan)), digest=""), plan, at)


def grid_of(plan: Plan, objective: str, at: date = AT) -> grids.Grid:
    read = reading(plan, at)
    states = plan_states(plan, at)
    show = {item.id: commitment(item, states.items[item.id], plan, at) for item in all_items(plan)}
    return grids.grid(read, objective, show)


def one_objective(*items: Item, years: tuple[str, ...] = ("2026/27",)) -> Plan:
    deliverables = tuple(item for item in items if isinstance(item, Deliverable))
    milestones = tuple(item for item in items if isinstance(item, Milestone))
    return Plan(
        "P", "O", years, objectives=(Objective("o", "", "", ""),), deliverables=deliverables, milestones=milestones
    )


def columns(found: grids.Grid) -> list[str]:
    return [f"{column.year.label} {column.heading}" for column in found.columns]


GRIDS = [
    ("quarters as printed: all four of the year",
     one_objective(Deliverable("d", "o", "", column="2026/27 Q3")),
     ["2026/27 Q1", "2026/27 Q2", "2026/27 Q3", "2026/27 Q4"]),
    ("years as printed: a column a year",
     one_objective(Deliverable("d", "o", "", column="2026/27"), years=("2026/27", "2027/28")),
     ["2026/27 In the year", "2027/28 In the year"]),
    ("a date in a plan of years stands in its year",
     one_objective(Deliverable("d", "o", "", column="2026/27"), Milestone("m", "o", "d", "", date(2027, 5, 1))),
     ["2026/27 In the year", "2027/28 In the year"]),
    ("no column printed: the quarter of the date",
     one_objective(Deliverable("d", "o", "", date(2026, 5, 1))),
     ["2026/27 Q1", "2026/27 Q2", "2026/27 Q3", "2026/27 Q4"]),
    ("a quarter and a whole year in one plan: the year stands last",
     one_objective(Deliverable("d", "o", "", column="2026/27 Q1"), Deliverable("e", "o", "", column="2026/27")),
     ["2026/27 Q1", "2026/27 Q2", "2026/27 Q3", "2026/27 Q4", "2026/27 In the year"]),
    ("a year beyond the plan's own gets its columns too",
     one_objective(Deliverable("d", "o", "", column="2025/26 Q4")),
     [f"{year} Q{n}" for year in ("2025/26", "2026/27") for n in (1, 2, 3, 4)]),
    ("a heading that is no period puts nothing anywhere",
     one_objective(Deliverable("d", "o", "", column="soon")),
     ["2026/27 In the year"]),
]  # fmt: skip


@pytest.mark.parametrize(("plan", "expected"), [row[1:] for row in GRIDS], ids=[row[0] for row in GRIDS])
def test_columns_of_the_grid(plan: Plan, expected: list[str]) -> None:
    assert columns(grid_of(plan, "o")) == expected


def test_the_printed_column_wins_over_the_date() -> None:
    found = grid_of(one_objective(Deliverable("d", "o", "", date(2026, 10, 31), column="2026/27 Q2")), "o")
    assert [len(cell) for cell in found.rows[0].cells] == [0, 1, 0, 0]


def test_a_deliverable_with_steps_is_a_row_of_its_own() -> None:
    found = grid_of(make_plan(), "o2")
    assert [row.heading.id if row.heading else row.title for row in found.rows] == ["Deliverables", "d4"]
    steps = {columns(found)[at]: [item.id for item in cell] for at, cell in enumerate(found.rows[1].cells) if cell}
    assert steps == {"2026/27 Q1": ["m1"], "2027/28 Q1": ["m2"]}


@given(plans(), st.dates(date(1990, 1, 1), date(2060, 1, 1)))
def test_every_commitment_stands_in_the_grid_exactly_once(plan: Plan, at: date) -> None:
    for objective in plan.objectives:
        found = grid_of(plan, objective.id, at)
        shown: list[Commitment] = [item for row in found.rows for cell in row.cells for item in cell]
        shown += [row.heading for row in found.rows if row.heading]
        shown += found.elsewhere
        own = [item.id for item in all_items(plan) if item.objective == objective.id]
        assert sorted(item.id for item in shown) == sorted(own)
        assert all(len(row.cells) == len(found.columns) for row in found.rows)
        assert sum(count for _, count in found.years) == len(found.columns)


@given(st.lists(st.integers(0, 10_000), min_size=6, max_size=6))
def test_a_bar_is_filled_from_end_to_end(numbers: list[int]) -> None:
    segments = bar(numbers)
    assert len(segments) == sum(1 for number in numbers if number)
    if segments:
        assert segments[0].start == "0.00"
        assert sum(float(part.width) for part in segments) == pytest.approx(100, abs=0.05)


def test_headline_of_an_empty_plan() -> None:
    plan = Plan("P", "O", ())
    assert headline(plan_states(plan, AT)) == "The plan holds no deliverable or milestone yet."


def test_headline_says_when_to_look_again_where_nothing_is_due_this_quarter() -> None:
    rows = [Deliverable(f"d{n}", "o", "", column="2026/27") for n in range(3)]
    told = "none is overdue and the next 3 commitments are due by 31 March 2027."
    assert headline(plan_states(one_objective(*rows), AT)).endswith(told)


def test_headline_says_what_leads_worry_about() -> None:
    assert headline(plan_states(make_plan(), AT)).endswith("31 December 2026. Leads report 1 as at risk.")


DATES = [
    ("every date is printed", [Deliverable("d", "o", "", date(2026, 12, 1))], ""),
    ("a column and no date",
     [Deliverable("d", "o", "", column="2026/27"), Deliverable("e", "o", "", date(2026, 12, 1))],
     "1 of 2 commitments has no printed date: the last day of the year or quarter that heads the column counts."),
    ("neither", [Deliverable("d", "o", "")], "1 has neither date nor column, and can become neither due nor overdue."),
]  # fmt: skip


@pytest.mark.parametrize(("items", "told"), [row[1:] for row in DATES], ids=[row[0] for row in DATES])
def test_where_dates_come_from(items: list[Item], told: str) -> None:
    assert dates_note(plan_states(one_objective(*items), AT)) == told


def troubled_plan() -> Plan:
    """Four objectives: off track, overdue, at risk, and one of which only good is said."""
    said = {"a": Progress.AT_RISK, "b": Progress.ON_TRACK, "c": Progress.OFF_TRACK, "d": Progress.ON_TRACK}
    late = date(2026, 11, 1)
    return Plan(
        "P", "O", (),
        objectives=tuple(Objective(key, "", key, "") for key in said),
        deliverables=tuple(Deliverable(f"i{key}", key, "", late if key == "b" else date(2027, 3, 31)) for key in said),
        updates=tuple(Update(f"i{key}", AT, word) for key, word in said.items()),
    )  # fmt: skip


def test_trouble_is_told_worst_first_and_nothing_else_is() -> None:
    found = trouble(reading(troubled_plan()))
    told = [(row.heading, [each.words for each in row.wrong]) for row in found.shown]
    assert told == [("c", ["1 off track"]), ("b", ["1 overdue"]), ("a", ["1 at risk"])]
    assert (found.total, found.rest) == (3, ())


def test_what_was_said_of_a_finished_item_is_no_trouble() -> None:
    plan = troubled_plan()
    done = tuple(Update(row.id, AT, Progress.COMPLETE, AT) for row in plan.deliverables)
    assert trouble(reading(replace(plan, updates=plan.updates + done))).total == 0


def test_trouble_is_not_known_before_it_was_reported() -> None:
    found = trouble(reading(troubled_plan(), date(2026, 11, 29)))
    assert [row.heading for row in found.shown] == ["b"]


@given(plans())
def test_every_overdue_or_worrying_item_is_under_an_objective_in_trouble(plan: Plan) -> None:
    found = trouble(reading(plan))
    states = plan_states(plan, AT)
    wrong = {
        item.objective
        for item in all_items(plan)
        if (state := states.items[item.id]).state is State.OVERDUE
        or (not state.state.is_complete and state.declared in (Progress.OFF_TRACK, Progress.AT_RISK))
    }
    assert found.total == len(wrong & {row.id for row in plan.objectives}) == len(found.shown) + len(found.rest)


def test_headline_says_none_for_zero() -> None:
    plan = one_objective(Deliverable("d", "o", ""))
    told = "At 30 November 2026, none of 1 commitment is complete, none is overdue and none has a date from here on."
    assert headline(plan_states(plan, AT)) == told


TIMING = [
    ("overdue", "d1", date(2026, 10, 2), "2 days late"),
    ("due soon", "m3", date(2026, 12, 4), "in 1 day"),
    ("due today", "m3", date(2026, 12, 5), "due today"),
    ("far off: nothing is said", "m2", date(2026, 10, 1), ""),
    ("the lead expects it late", "d2", AT, "expected 1 Feb 2027"),
    ("before the lead said so", "d2", date(2026, 11, 29), "in 32 days"),
    ("done in time", "m1", AT, "done 1 Jun 2026"),
    ("done late", "d5", AT, "done 15 days late"),
    ("no date", "d4", AT, ""),
]


@pytest.mark.parametrize(("item", "at", "words"), [row[1:] for row in TIMING], ids=[row[0] for row in TIMING])
def test_timing_in_words(item: str, at: date, words: str) -> None:
    assert timing_words(plan_states(make_plan(), at).items[item], at) == words


def test_a_note_is_shown_from_the_day_it_was_written() -> None:
    plan = make_plan()
    item = cast("Item", plan.item("d2"))
    before, after = (
        commitment(item, plan_states(plan, day).items["d2"], plan, day).note for day in (date(2026, 11, 29), AT)
    )
    assert (before, after) == ("", "Slow")


TARGETS = [
    (Target("waits", Decimal(92), "%"), "waits: at least 92%"),
    (Target("", Decimal("1615"), "referrals", Comparator.EQUAL), "1,615 referrals"),
    (Target("beds", Decimal("10"), "", Comparator.LESS_THAN, "2026-12-31"), "beds: less than 10 (31 December 2026)"),
    (Target("rise", Decimal("2.0"), "pp", Comparator.AT_MOST), "rise: at most 2.0pp"),
]


@pytest.mark.parametrize(("target", "words"), TARGETS)
def test_target_in_words(target: Target, words: str) -> None:
    assert target_words(target) == words


BASELINES = [
    (None, ""),
    (Baseline("67.3%", Decimal("67.3"), "%"), "67.3%"),
    (Baseline("Amber", Decimal("67.3"), "%"), "Amber (67.3%)"),
    (Baseline("", Decimal("1200"), "beds"), "1,200 beds"),
    (Baseline("Not known"), "Not known"),
]


@pytest.mark.parametrize(("baseline", "words"), BASELINES)
def test_baseline_in_words(baseline: Baseline | None, words: str) -> None:
    assert baseline_words(baseline) == words
