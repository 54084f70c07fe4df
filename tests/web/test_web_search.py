"""Search and filters: what is found, and in what order."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from web_sample import AT, make_plan

from strategies import plans
from trigpoint.periods.calendar import Quarter
from trigpoint.plans.model import Deliverable, Plan, Progress, leads_of
from trigpoint.plans.state import PlanStates, State, plan_states
from trigpoint.web.register.presenters.people import lead_name
from trigpoint.web.register.search import Hit, Kind, Order, Wanted, find, in_order

PLAN = make_plan()
STATES = plan_states(PLAN, AT)

FILTERS = [
    ("nothing asked: everything", Wanted(), "d1 d2 d3 d4 d5 m1 m2 m3"),
    ("a word of the text, in any case", Wanted(words="HUB"), "d1 d2 d3"),
    ("every word must occur, in any order", Wanted(words="hub second"), "d2"),
    ("a word of the objective's title", Wanted(words="sooner"), "d4 d5 m1 m2"),
    ("a phrase in quotation marks stands together", Wanted(words='"second hub"'), "d2"),
    ("its words in another order do not answer", Wanted(words='"hub second"'), ""),
    ("typographic quotation marks quote as well", Wanted(words="“open the” hub"), "d1"),
    ("a quotation mark that is never closed quotes nothing", Wanted(words='"second hub'), "d2"),
    ("nothing between quotation marks asks for nothing", Wanted(words='""'), "d1 d2 d3 d4 d5 m1 m2 m3"),
    ("a target with its unit", Wanted(words="16.8%"), "d2"),
    ("a place", Wanted(words="north"), "d2"),
    ("words as printed for the date", Wanted(words="june 27"), "m2"),
    ("an id", Wanted(words="m3"), "m3"),
    ("a theme", Wanted(theme="t2"), ""),
    ("a lead", Wanted(lead="Chief Nurse"), "d1 d2 d3 m3"),
    ("a committee", Wanted(committee="Delivery Board"), "d4 d5 m1 m2"),
    ("a locality", Wanted(area="North"), "d2"),
    ("a quarter, also by the column alone", Wanted(quarter="2026/27 Q4"), "d3"),
    ("due on or after, that day included", Wanted(due_after=date(2026, 12, 31)), "d2 d3 m2"),
    ("due on or before, that day included", Wanted(due_before=date(2026, 6, 30)), "d5 m1"),
    ("due between", Wanted(due_after=date(2026, 7, 1), due_before=date(2026, 12, 31)), "d1 d2 m3"),
    ("a state", Wanted(states=(State.OVERDUE,)), "d1"),
    ("either of two states", Wanted(states=(State.COMPLETE, State.COMPLETE_LATE)), "d5 m1"),
    ("undated: no date and no column", Wanted(states=(State.UNDATED,)), "d4"),
    ("what the lead reported", Wanted(declared=Progress.AT_RISK), "d2"),
    ("deliverables alone", Wanted(kind=Kind.DELIVERABLE), "d1 d2 d3 d4 d5"),
    ("milestones alone", Wanted(kind=Kind.MILESTONE), "m1 m2 m3"),
    ("two filters must both hold", Wanted(words="hub", states=(State.OVERDUE,)), "d1"),
]


def ids(hits: tuple[Hit, ...]) -> str:
    return " ".join(hit.item.id for hit in hits)


@pytest.mark.parametrize(("wanted", "found"), [row[1:] for row in FILTERS], ids=[row[0] for row in FILTERS])
def test_what_is_found(wanted: Wanted, found: str) -> None:
    assert ids(find(PLAN, STATES, wanted)) == found


ORDERS = [
    ("by date, what has none last", Order.DUE, False, "d5 m1 d1 m3 d2 d3 m2 d4"),
    ("latest first, what has none still last", Order.DUE, True, "m2 d3 d2 m3 d1 d5 m1 d4"),
    ("by words", Order.TEXT, False, "m3 d4 d5 d1 m1 d2 d3 m2"),
    ("by objective, as printed within", Order.OBJECTIVE, False, "d1 d2 d3 m3 d4 d5 m1 m2"),
    ("most urgent first", Order.STATE, False, "d1 m3 d2 d3 m2 d4 d5 m1"),
]


@pytest.mark.parametrize(("order", "down", "found"), [row[1:] for row in ORDERS], ids=[row[0] for row in ORDERS])
def test_order(order: Order, down: bool, found: str) -> None:
    assert ids(in_order(find(PLAN, STATES, Wanted()), order, descending=down)) == found


def test_numbers_sort_as_numbers() -> None:
    rows = [("4.10", "a"), ("4.9", "b"), ("4", "c")]
    objectives = tuple(type(PLAN.objectives[0])(key, "", number, "") for number, key in rows)
    items = tuple(Deliverable(f"d{key}", key, "") for _, key in rows)
    plan = Plan("P", "O", (), objectives=objectives, deliverables=items)
    assert ids(in_order(find(plan, plan_states(plan, AT), Wanted()), Order.OBJECTIVE)) == "dc db da"


def slow_fold(text: str) -> str:
    for letters, plain in (("’‘", "'"), ("“”", '"'), ("‑–", "-"), ("\u00a0", " ")):
        for letter in letters:
            text = text.replace(letter, plain)
    return " ".join(text.casefold().split())


def slow_terms(words: str) -> list[str]:
    """Every second piece between quotation marks is a phrase, if a mark closes it."""
    pieces = slow_fold(words).split('"')
    found = []
    for index, piece in enumerate(pieces):
        closed = index % 2 == 1 and index + 1 < len(pieces)
        found += [piece] if closed else piece.split()
    return [term for term in found if term.strip()]


def slow_find(plan: Plan, states: PlanStates, wanted: Wanted) -> list[str]:
    """The same by the obvious way: each question asked of each item."""
    found = []
    for item in (*plan.deliverables, *plan.milestones):
        owner = next((row for row in plan.objectives if row.id == item.objective), None)
        state = states.items[item.id]
        due = state.deadline.day
        targets = [f"{target.measure} {target.value:f}{target.unit}" for target in item.targets]
        text = slow_fold(" ".join([item.text, item.detail, item.area, item.due_phrase, item.id, *targets]))
        title = slow_fold(f"{owner.number} {owner.title}") if owner else ""
        answers = [
            all(term in text or term in title for term in slow_terms(wanted.words)),
            not wanted.theme or (owner is not None and owner.theme == wanted.theme),
            not wanted.lead or wanted.lead in [lead_name(lead) for lead in leads_of(item, owner)],
            not wanted.area or item.area == wanted.area,
            not wanted.quarter or (due is not None and Quarter.of(due).label == wanted.quarter),
            not wanted.due_after or (due is not None and due >= wanted.due_after),
            not wanted.due_before or (due is not None and due <= wanted.due_before),
            not wanted.states or state.state in wanted.states,
            wanted.kind is None or (wanted.kind is Kind.DELIVERABLE) == isinstance(item, Deliverable),
        ]
        if all(answers):
            found.append(item.id)
    return found


@given(st.data(), plans())
def test_agrees_with_the_obvious_way(data: st.DataObject, plan: Plan) -> None:
    states = plan_states(plan, AT)
    texts = [row.text for row in plan.deliverables] + [row.title for row in plan.objectives]
    leads = [lead_name(lead) for row in (*plan.objectives, *plan.deliverables) for lead in row.leads]
    days = [state.deadline.day for state in states.items.values() if state.deadline.day]
    wanted = Wanted(
        words=data.draw(st.sampled_from(["", *texts, *(f"“{text}”" for text in texts)])),
        theme=data.draw(st.sampled_from(["", *(row.id for row in plan.themes)])),
        lead=data.draw(st.sampled_from(["", *leads])),
        area=data.draw(st.sampled_from(["", *(row.area for row in plan.deliverables)])),
        quarter=data.draw(st.sampled_from(["", *(Quarter.of(day).label for day in days)])),
        due_after=data.draw(st.sampled_from([None, *days])),
        due_before=data.draw(st.sampled_from([None, *days])),
        states=data.draw(st.sampled_from([(), (State.OVERDUE,), (State.LATER, State.UNDATED)])),
        kind=data.draw(st.sampled_from([None, *Kind])),
    )
    assert [hit.item.id for hit in find(plan, states, wanted)] == slow_find(plan, states, wanted)
