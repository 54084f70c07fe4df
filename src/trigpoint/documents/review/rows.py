"""Proposals on the rows of the tables: those that the plan does not have, and those that it has otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from trigpoint.documents.review.comparison import ABSENT, Comparison, Step, field_proposal, proposal, words_behind
from trigpoint.documents.review.fields import PROGRESS_FIELDS, Field, TableForm, Values, is_empty, values_of
from trigpoint.documents.review.figures import differing, merged
from trigpoint.documents.review.pairing import keys_of, parent_of, renamed, words_of
from trigpoint.documents.review.proposal import Action, FieldProposal
from trigpoint.documents.review.statuses import Report
from trigpoint.plans.changes import Part


def row_steps(comparison: Comparison, table: TableForm) -> Iterator[Step]:
    """The steps that add and change rows of one table, in the order of the document."""
    existing, draft = comparison.existing, comparison.draft.plan
    present = dict(zip(keys_of(table, existing), table.rows(existing), strict=True)) if existing else {}
    spoken = _spoken(table, table.rows(draft)) if existing else frozenset()
    for key, read in zip(keys_of(table, draft), table.rows(draft), strict=True):
        row = renamed(table, read, comparison.pairing.ids)
        item = comparison.pairing.existing[table.name].get(key)
        if item is None:
            yield _addition(comparison, table, key, row)
        elif step := _change(comparison, table, _Pair(key, item, row, present[item]), spoken):
            yield step


def _spoken(table: TableForm, rows: tuple[Any, ...]) -> frozenset[str]:
    """The fields that the document speaks of at all: an empty one of these says that there is nothing."""
    found: set[str] = set()
    for row in rows:
        values = values_of(table, row)
        found.update(field.name for field in table.fields if not is_empty(field, values[field.name]))
    return frozenset(found)


def _addition(comparison: Comparison, table: TableForm, key: str, row: Any) -> Step:
    values = values_of(table, row)
    shown = [field_proposal(comparison.names, None, one, values[one.name], ABSENT) for one in table.fields]
    report = comparison.reports.by_item.get(key)
    if report is not None:
        shown += _progress_fields(comparison, report)
        values |= reported(report)
    source = comparison.source(key)
    made = proposal(
        comparison,
        Action.ADD,
        table.name,
        comparison.pairing.ids[key],
        title=words_of(table, row),
        fields=tuple(shown),
        doubts=comparison.doubts.of(key, source, row),
        source=source,
        parent=parent_of(table, row),
    )
    return Step(made, row, values, report=report)


@dataclass(frozen=True, slots=True)
class _Pair:
    """A row of the draft, with the ids of the plan, and the row of the plan that it is."""

    key: str
    item: str
    row: Any
    before: Any


def _change(comparison: Comparison, table: TableForm, pair: _Pair, spoken: frozenset[str]) -> Step | None:
    source, values, doubts = comparison.source(pair.key), Values(), list[str]()
    shown: list[FieldProposal] = []
    for field, value, now in _differing(table, pair):
        made = field_proposal(comparison.names, table.part, field, value, now)
        if is_empty(field, value):
            if not _is_gone(comparison, pair.item, field, spoken):
                continue
            doubts.append(f"The document no longer says: {field.label.lower()}")
        elif not comparison.memory.is_news(pair.item, field.name, words_behind(table, made, source)):
            continue
        shown.append(made)
        values[field.name] = value
    report = comparison.reports.by_item.get(pair.key)
    if report is not None and report.told:
        shown += _progress_fields(comparison, report)
        values |= reported(report)
    if not shown:
        return None
    matched = comparison.pairing.doubts.get((table.name, pair.key))
    if matched and table.main in values:
        doubts.insert(0, matched)
    made_of = proposal(
        comparison,
        Action.CHANGE,
        table.name,
        pair.item,
        title=words_of(table, pair.before),
        fields=tuple(shown),
        doubts=(*doubts, *comparison.doubts.of(pair.key, source, pair.row)),
        source=source,
        parent=parent_of(table, pair.before),
    )
    return Step(made_of, pair.row, values, pair.before, report=report)


def _differing(table: TableForm, pair: _Pair) -> Iterator[tuple[Field, Any, Any]]:
    """The fields that differ, with their values in draft and plan; of an indicator's numbers the series that do."""
    if pair.row == pair.before:
        return
    new, old = values_of(table, pair.row), values_of(table, pair.before)
    for field in table.fields:
        value, now = new[field.name], old[field.name]
        if field.name == "rows":
            now, value = merged((), now), merged((), value)
            value = differing(now, value)
            series = {(row.area, row.series) for row in value}
            now = tuple(row for row in now if (row.area, row.series) in series)
        if value != now:
            yield field, value, now


def _is_gone(comparison: Comparison, item: str, field: Field, spoken: frozenset[str]) -> bool:
    """Whether a field that is empty in the document was taken from one, and would be read if it were there."""
    known = comparison.memory.came_from_a_document(item, field.name)
    return not field.needed and field.name in spoken and known


def _progress_fields(comparison: Comparison, report: Report) -> list[FieldProposal]:
    before = report.before
    part = Part.UPDATE if before else None
    return [
        field_proposal(comparison.names, part, field, value, getattr(before, field.name, ABSENT))
        for field in PROGRESS_FIELDS
        for value in (reported(report)[field.name],)
        if before is None or field.name == "progress" or not is_empty(field, value)
    ]


def reported(report: Report) -> Values:
    """What a printed status says, by the fields of an update."""
    return {field.name: getattr(report.status, field.name) for field in PROGRESS_FIELDS}
