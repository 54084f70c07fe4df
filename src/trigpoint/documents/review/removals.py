"""Proposals to remove what the plan has and the document does not have any more."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from trigpoint.documents.review.comparison import ABSENT, Comparison, Step, field_proposal, proposal
from trigpoint.documents.review.fields import TABLES, TableForm, is_empty, values_of
from trigpoint.documents.review.pairing import keys_of, parent_of, words_of
from trigpoint.documents.review.proposal import Action, Proposal
from trigpoint.plans.model import Plan
from trigpoint.wording import count

UNDER_OBJECTIVES = ("deliverables", "milestones", "measures", "links")
"""The tables whose rows cannot be without an objective."""

_FEW = 5  # of fewer rows nothing is concluded


@dataclass(frozen=True, slots=True)
class _Gone:
    """A row of the plan that the document does not have."""

    table: TableForm
    key: str
    row: Any


def removal_steps(comparison: Comparison) -> Iterator[Step]:
    """One step for each row that the document does not have, though it has others of its kind.

    A row that no document gave was put in by people and is not theirs to lose. An objective takes with it what stands
    under it and is not proposed by itself.
    """
    existing = comparison.existing
    if existing is None:
        return
    gone: list[_Gone] = []
    with_it: defaultdict[str, list[str]] = defaultdict(list)
    objectives: set[str] = set()
    for one in _unmatched(comparison, existing):
        speaks = bool(one.table.rows(comparison.draft.plan))
        if speaks and comparison.memory.came_from_a_document(one.key):
            gone.append(one)
            if one.table.name == "objectives":
                objectives.add(one.key)
        elif one.table.name in UNDER_OBJECTIVES and one.row.objective in objectives:
            with_it[one.row.objective].append(one.key)
    numbers = Counter(one.table.name for one in gone)
    for one in gone:
        doubts = _mostly_gone(one.table, numbers[one.table.name], existing)
        yield _removal(comparison, existing, one, tuple(with_it[one.key]), tuple(doubts))


def _unmatched(comparison: Comparison, existing: Plan) -> Iterator[_Gone]:
    for table in TABLES.values():
        matched = set(comparison.pairing.existing[table.name].values())
        for key, row in zip(keys_of(table, existing), table.rows(existing), strict=True):
            if key not in matched:
                yield _Gone(table, key, row)


def seems_another_plan(proposals: Iterable[Proposal], existing: Plan) -> bool:
    """Whether the document lacks most rows of a kind that it has: it may be the document of another plan.

    What it has may be added to a plan that is made of several documents, but most of that should not be removed.
    """
    gone = Counter(one.table for one in proposals if one.action is Action.REMOVE)
    return any(_is_most(number, len(TABLES[table].rows(existing))) for table, number in gone.items())


def _mostly_gone(table: TableForm, gone: int, existing: Plan) -> Iterator[str]:
    rows = len(table.rows(existing))
    if _is_most(gone, rows):
        has = f"{rows - gone:,} of the plan’s {count(rows, table.noun)}"
        yield f"The document has only {has}: it may be that of another plan"


def _is_most(gone: int, rows: int) -> bool:
    return rows >= _FEW and 3 * gone > 2 * rows


def _removal(
    comparison: Comparison, existing: Plan, gone: _Gone, with_it: tuple[str, ...], doubts: tuple[str, ...]
) -> Step:
    table, row = gone.table, gone.row
    values = values_of(table, row)
    shown = tuple(
        field_proposal(comparison.names, None, field, ABSENT, values[field.name])
        for field in table.fields
        if not is_empty(field, values[field.name])
    )
    lost = _also_lost(existing, {gone.key, *with_it}, len(with_it))
    made = proposal(
        comparison,
        Action.REMOVE,
        table.name,
        gone.key,
        title=words_of(table, row),
        fields=shown,
        doubts=("The document does not have it", *doubts, *lost),
        parent=parent_of(table, row),
    )
    return Step(made, row, {}, row, with_it)


def _also_lost(existing: Plan, keys: set[str], under: int) -> Iterator[str]:
    updates = sum(update.item in keys for update in existing.updates)
    rules = sum(rule.indicator in keys for rule in existing.trajectories)
    for number, noun, what in (
        (under, "row", "what stands under it and the document says nothing of"),
        (updates, "update", "what was reported of it"),
        (rules, "trajectory rule", "how its targets are computed"),
    ):
        if number:
            yield f"With it goes {what}: {count(number, noun)}"
