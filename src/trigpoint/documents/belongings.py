"""Who, when and how far: the cells of a row, given to the thing that they say it of.

A cell belongs to the largest thing that it covers alone: a lead printed once for an objective is the objective's, one
printed on each row is that row's item's; the same holds for deliverables over their milestones. In a table with columns
of periods a row is no item, and its lead is always the objective's.
"""

from __future__ import annotations

import re
from collections import Counter
from html import unescape

from trigpoint.documents.columns import DATED, OWNERS, STATUSES, Column, ColumnKind
from trigpoint.documents.commitments import scope_of
from trigpoint.documents.leads import ownership
from trigpoint.documents.reading import EntryRead, ObjectiveRead, Reading, RowRead
from trigpoint.documents.words import flowing, normal
from trigpoint.periods import find_dates
from trigpoint.plans.document import Cell
from trigpoint.plans.draft import NoteKind
from trigpoint.plans.model import Lead

PARTNERS = re.compile(r"\s*(?:[;\n•]|,(?![^()]*\)))\s*")
PARTS = re.compile(r"\s*(?:\n|;|\s[-–—|/]\s|,(?=\s))\s*")
OWN_NUMBER = re.compile(r"objective|priority|aim|goal|ambition", re.IGNORECASE)
MOST_NOTES = 50
BLANK = frozenset(("", "-", "–", "—", "n/a", "na"))


def give_out(reading: Reading) -> None:
    """Give every cell that says who, when or how far to an objective, a deliverable or a milestone, or note it."""
    told = _Told(reading.rows)
    left = [
        (row.line, column, cell)
        for row in reading.rows
        # Of a revised date and the first one the revised one binds.
        for column, cell in sorted(row.cells, key=lambda pair: pair[0].kind is not ColumnKind.REVISED_DUE)
        if not _give(told, row, column, cell)
    ]
    _note_left(reading, left)


class _Told:
    """What each column says of each objective and deliverable in all its rows: what is said of it as a whole."""

    def __init__(self, rows: list[RowRead]) -> None:
        self.texts: dict[tuple[int, tuple[ColumnKind, str]], set[str]] = {}
        self.first: dict[ObjectiveRead, RowRead] = {}
        self.numbered: set[EntryRead] = set()
        for row in rows:
            self.first.setdefault(row.objective, row)
            for column, cell in row.cells:
                for owner in (row.objective, row.deliverable):
                    if owner is not None:
                        self.texts.setdefault((id(owner), column.key), set()).add(normal(cell.text))

    def once(self, owner: ObjectiveRead | EntryRead, column: Column) -> bool:
        """Whether a column says one thing of all that belongs to an objective or deliverable."""
        return len(self.texts[id(owner), column.key]) == 1

    def of_objective(self, row: RowRead, column: Column) -> bool:
        """Whether what stands in this column is said of the whole objective: once, and from its first row on."""
        objective = row.objective
        if objective.implied or not self.once(objective, column):
            return False
        return any(one.key == column.key for one, _ in self.first[objective].cells)

    def items(self, row: RowRead, column: Column) -> list[EntryRead]:
        """The items that a cell speaks of: the deliverable its row opens, unless later rows of it say otherwise."""
        own = [entry for entry in row.deliverables if not (row.periodic and entry.column.label)]
        if own and row.milestones and row.deliverable is not None and not self.once(row.deliverable, column):
            return row.milestones
        return own or ([] if row.periodic else row.milestones)


def _give(told: _Told, row: RowRead, column: Column, cell: Cell) -> bool:
    """Give a cell to what it speaks of; False when there is nothing that it can belong to."""
    kind = column.kind
    items = told.items(row, column)
    if kind in OWNERS and kind is not ColumnKind.LEAD_AND_DUE:
        return _give_owner(told, row, column, cell, items)
    if kind in DATED:
        if kind is ColumnKind.LEAD_AND_DUE:
            _give_owner(told, row, column, cell, items)
        return _give_date(row, column, cell, items)
    if kind is ColumnKind.NUMBER:
        return _give_number(told, row, column, cell, items)
    if kind is ColumnKind.DETAIL:
        return _give_detail(row, flowing(cell.paragraphs), items)
    if kind in STATUSES:
        for entry in items:
            (entry.update if kind is ColumnKind.UPDATE else entry.status).append((column, flowing(cell.paragraphs)))
        return bool(items)
    if kind is ColumnKind.PARTNERS:
        for entry in items:
            entry.partners.extend(part for part in _partners(cell) if part not in entry.partners)
        return bool(items)
    if kind in (ColumnKind.RISK, ColumnKind.MITIGATION):
        return _give_risk(row, column, flowing(cell.paragraphs))
    return kind is ColumnKind.AREA and _give_area(row, cell.text)


def _give_owner(told: _Told, row: RowRead, column: Column, cell: Cell, items: list[EntryRead]) -> bool:
    leads, committees = owners_of(column, cell)
    objective = row.objective
    whole = row.periodic or not items or told.of_objective(row, column)
    for owner in [objective] if whole else items:
        owner.leads.extend(lead for lead in leads if lead not in owner.leads)
    objective.committees.extend(name for name in committees if name not in objective.committees)
    return bool(leads or committees)


def owners_of(column: Column, cell: Cell) -> tuple[tuple[Lead, ...], tuple[str, ...]]:
    """Leads and committees that a cell of ownership names."""
    if column.kind is ColumnKind.COMMITTEE:
        return (), tuple(cell.paragraphs)
    if column.kind is ColumnKind.LEAD_AND_DUE:
        return ownership(tuple(part for part in PARTS.split(cell.text) if not find_dates(f"by {part}")))
    # Without mark-up the raw words are read: two blanks are all that is left of a lost line break.
    return ownership(cell.paragraphs if cell.tags or not cell.raw else (unescape(cell.raw),))


def _give_date(row: RowRead, column: Column, cell: Cell, items: list[EntryRead]) -> bool:
    words = " ".join(cell.text.split())
    if column.kind is ColumnKind.LEAD_AND_DUE:
        words = "; ".join(part for part in PARTS.split(cell.text) if find_dates(f"by {part}"))
    if words.lower() in BLANK:
        return True
    both = (*items, *(row.milestones if items is not row.milestones else ()))
    for entry in both:
        entry.due_words = entry.due_words or words
    return any(entry.due_words == words for entry in both)


def _give_number(told: _Told, row: RowRead, column: Column, cell: Cell, items: list[EntryRead]) -> bool:
    number = " ".join(cell.text.split())
    objective = row.objective
    if not items or OWN_NUMBER.search(column.heading) or (not row.deliverables and told.of_objective(row, column)):
        objective.number = objective.number or number
        return objective.number == number
    if items[0] not in told.numbered:
        told.numbered.add(items[0])
        items[0].ref = number
    return items[0].ref == number


def _give_detail(row: RowRead, text: str, items: list[EntryRead]) -> bool:
    if not items:
        row.objective.summary = row.objective.summary or text
        return row.objective.summary == text
    entry = items[0]
    if normal(text) != normal(entry.text):
        entry.detail = f"{text}\n{entry.detail}" if entry.detail and entry.detail != text else text
    return True


def _give_risk(row: RowRead, column: Column, text: str) -> bool:
    """What a plan's own row says of its risk, which ``plan_risks`` takes in; a mitigation needs the risk beside it."""
    if column.kind is ColumnKind.RISK:
        row.risk = f"{row.risk}\n{text}".strip()
    else:
        row.mitigation = f"{row.mitigation}\n{text}".strip()
    return text.lower() in BLANK or any(one.kind is ColumnKind.RISK for one, _ in row.cells)


def _give_area(row: RowRead, text: str) -> bool:
    entries = (*row.deliverables, *row.milestones)
    for entry in entries:
        if not entry.area:
            entry.area, entry.scope = text, scope_of(text)
    return any(entry.area == text for entry in entries)


def _partners(cell: Cell) -> list[str]:
    found = [" ".join(part.split()).strip(" .•-–") for part in PARTNERS.split("\n".join(cell.paragraphs))]
    return [part for part in dict.fromkeys(found) if part.lower() not in BLANK]


def _note_left(reading: Reading, left: list[tuple[int, Column, Cell]]) -> None:
    """Say what has no place in a plan, or came without the item that it belongs to; at most fifty cells a column."""
    counts: Counter[tuple[ColumnKind, str]] = Counter()
    for line, column, cell in left:
        counts[column.key] += 1
        if counts[column.key] <= MOST_NOTES:
            text = f"Not imported (column “{column.heading or 'without a heading'}”): {cell.text}"
            reading.note(NoteKind.SKIPPED, text, line)
    for (_, heading), number in counts.items():
        if number > MOST_NOTES:
            text = f"Not imported (column “{heading}”): {number - MOST_NOTES:,} more cells"
            reading.note(NoteKind.SKIPPED, text, left[0][0])
