"""Which commitments answer to some words and filters, and in what order. Pure: values in, values out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from trigpoint.periods.calendar import Quarter
from trigpoint.plans.model import Item, Objective, Plan, Progress, leads_of
from trigpoint.plans.state import ItemState, PlanStates, State
from trigpoint.web.register.presenters.people import lead_name

FAR = date.max
# Typing one kind of quotation mark, dash or space finds the others.
_ALIKE = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "‑": "-", "–": "-", "\u00a0": " "})
_TERMS = re.compile(r'"([^"]*)"|([^\s"]+)')


class Kind(Enum):
    """Which rows are wanted."""

    DELIVERABLE = "deliverable"
    MILESTONE = "milestone"


class Order(Enum):
    """What the results are sorted by."""

    DUE = "due"
    TEXT = "text"
    OBJECTIVE = "objective"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A search. An empty field asks for nothing; all that are given must hold."""

    words: str = ""
    theme: str = ""
    lead: str = ""
    committee: str = ""
    area: str = ""
    quarter: str = ""
    due_after: date | None = None
    due_before: date | None = None
    states: tuple[State, ...] = ()
    declared: Progress | None = None
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A commitment that answers, with what it belongs to. ``position`` is its place as printed."""

    item: Item
    state: ItemState
    objective: Objective | None
    position: int


def find(plan: Plan, states: PlanStates, wanted: Wanted) -> tuple[Hit, ...]:
    """Every deliverable and milestone that answers, in printed order.

    Every word, and every phrase in quotation marks, must occur in the item's text, targets, place, due phrase or id,
    or in its objective's title or number; case does not matter. A committee is that of the objective, a lead the
    item's own or else the objective's. An item without a date has no quarter.
    """
    objectives = {row.id: row for row in plan.objectives}
    passes = _objective_test(wanted)
    admitted = {key: passes(row) for key, row in objectives.items()}
    titles = {key: folded(f"{row.number} {row.title}") for key, row in objectives.items()}
    test = _item_test(wanted)
    words = terms(wanted.words)
    orphan = passes(None)
    rows: list[Item] = []
    if wanted.kind is not Kind.MILESTONE:
        rows += plan.deliverables
    if wanted.kind is not Kind.DELIVERABLE:
        rows += plan.milestones
    hits = []
    for position, item in enumerate(rows):
        if not admitted.get(item.objective, orphan) or not _led(item, objectives.get(item.objective), wanted.lead):
            continue
        state = states.items[item.id]
        if not test(item, state):
            continue
        if words:
            text = folded(f"{item.text} {item.detail} {item.area} {item.due_phrase} {item.id}{_targets(item)}")
            title = titles.get(item.objective, "")
            if not all(word in text or word in title for word in words):
                continue
        hits.append(Hit(item, state, objectives.get(item.objective), position))
    return tuple(hits)


def folded(text: str) -> str:
    """Text as it is compared: case, quotation marks, dashes and spaces made alike."""
    return " ".join(text.translate(_ALIKE).casefold().split())


def terms(words: str) -> tuple[str, ...]:
    """The words and quoted phrases of a question, as they are compared.

    >>> terms('care “NHS 111” 50%')
    ('care', 'nhs 111', '50%')
    """
    return tuple(phrase or word for phrase, word in _TERMS.findall(folded(words)) if phrase.strip() or word)


def _targets(item: Item) -> str:
    return "".join(f" {target.measure} {target.value:f}{target.unit}" for target in item.targets)


def _objective_test(wanted: Wanted) -> Callable[[Objective | None], bool]:
    def passes(row: Objective | None) -> bool:
        if row is None:
            return not (wanted.theme or wanted.committee)
        if wanted.theme and row.theme != wanted.theme:
            return False
        return not wanted.committee or wanted.committee in row.committees

    return passes


def _led(item: Item, objective: Objective | None, lead: str) -> bool:
    return not lead or any(lead_name(each) == lead for each in leads_of(item, objective))


def _item_test(wanted: Wanted) -> Callable[[Item, ItemState], bool]:
    dated = bool(wanted.quarter or wanted.due_after or wanted.due_before)

    def passes(item: Item, state: ItemState) -> bool:
        if wanted.states and state.state not in wanted.states:
            return False
        if wanted.declared and state.declared is not wanted.declared:
            return False
        if wanted.area and item.area != wanted.area:
            return False
        return not dated or _in_time(wanted, state.deadline.day)

    return passes


def _in_time(wanted: Wanted, due: date | None) -> bool:
    if due is None:
        return False
    if wanted.due_after and due < wanted.due_after:
        return False
    if wanted.due_before and due > wanted.due_before:
        return False
    return not wanted.quarter or Quarter.of(due).label == wanted.quarter


def in_order(hits: tuple[Hit, ...], order: Order, *, descending: bool = False) -> tuple[Hit, ...]:
    """The hits sorted; those that are equal stay as printed, undated ones come last when sorted by date."""
    urgency = {state: index for index, state in enumerate(State)}
    keys: dict[Order, Callable[[Hit], Any]] = {
        Order.DUE: lambda hit: hit.state.deadline.day or FAR,
        Order.TEXT: lambda hit: hit.item.text.casefold(),
        Order.OBJECTIVE: lambda hit: _printed(hit.objective),
        Order.STATE: lambda hit: (urgency[hit.state.state], hit.state.deadline.day or FAR),
    }
    ordered = sorted(hits, key=keys[order], reverse=descending)
    if order is Order.DUE and descending:
        ordered.sort(key=lambda hit: hit.state.deadline.day is None)
    return tuple(ordered)


def _printed(objective: Objective | None) -> tuple[Any, ...]:
    """Sorts 4.10 after 4.9."""
    if objective is None:
        return (1, (), "")
    digits = tuple(int(part) for part in objective.number.split(".") if part.isdecimal() and len(part) < 10)
    return (0, digits, objective.title.casefold())


def quarters(states: PlanStates) -> tuple[str, ...]:
    """Every quarter that something is due in, in time order."""
    found = {Quarter.of(state.deadline.day) for state in states.items.values() if state.deadline.day}
    return tuple(quarter.label for quarter in sorted(found))


def leads(plan: Plan) -> tuple[str, ...]:
    """Every lead by name, in alphabetical order."""
    rows = (*plan.objectives, *plan.deliverables, *plan.milestones)
    return tuple(sorted({lead_name(lead) for row in rows for lead in row.leads} - {""}, key=str.casefold))


def areas(plan: Plan) -> tuple[str, ...]:
    """Every locality that a commitment names, in alphabetical order."""
    rows: tuple[Item, ...] = (*plan.deliverables, *plan.milestones)
    return tuple(sorted({row.area for row in rows} - {""}, key=str.casefold))
