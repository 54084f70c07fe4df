"""Rows of a plan table → objectives and entries, with what pages and converters cut put together again.

Each function takes the ``Reading`` so far and adds to it. A row without a title belongs to the objective above; a row
with two titles and as many paragraphs elsewhere is two rows merged; a text that goes on (``continuation``) is joined.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

from trigpoint.documents.columns import OWNERS, Column, ColumnKind
from trigpoint.documents.commitments import LABEL, NUMBERED_TITLE, Fragment, area_named, split_cell
from trigpoint.documents.continuation import ENTRY_KINDS, continues_text, continues_title
from trigpoint.documents.leads import ownership
from trigpoint.documents.markup import pieces, tidy
from trigpoint.documents.reading import EntryRead, ObjectiveRead, Reading, ThemeRead
from trigpoint.documents.tables import Heading, Row
from trigpoint.documents.words import normal
from trigpoint.plans.document import Cell
from trigpoint.plans.draft import NoteKind
from trigpoint.plans.model import Scope

THEME_NUMBER = re.compile(
    r"(?:(?:national\s+)?(?:must[ -]?do|theme|programme|priority|aim|goal|domain|pillar)\s*)"
    r"(\d{1,2})\b\s*[-–—:.]*\s*(.*)$",
    re.IGNORECASE,
)
SHOWN = 80


def read_heading(reading: Reading, heading: Heading) -> None:
    """A title above a table, or a theme cell: a new theme, the theme that goes on, or a sub-heading of it."""
    found = THEME_NUMBER.match(heading.text)
    number, title = (found[1], found[2].strip() or heading.text) if found else ("", heading.text)
    enter_theme(reading, number, title, heading.line, heading.text)


def enter_theme(reading: Reading, number: str, title: str, line: int, words: str) -> None:
    """Make a theme the current one; a theme of the same words that was read before is entered again."""
    if reading.theme is not None and reading.theme.number and not number:
        text = f"The heading “{words}” has no number like those above; it was read as part of the theme above"
        reading.note(NoteKind.SKIPPED, text, line)
        return
    same = [row for row in reading.themes if row.number == number and normal(row.title) == normal(title)]
    if same and same[0] is reading.theme:
        return
    reading.theme = same[0] if same else ThemeRead(number, title, line, words)
    if not same:
        reading.themes.append(reading.theme)
    reading.last.clear()
    reading.current = []
    reading.implied = None


def read_row(reading: Reading, row: Row) -> None:
    """One row of a plan table."""
    if row.moved:
        text = "The row has more or fewer cells than the table; its cells were put under the columns they fit"
        reading.note(NoteKind.REPAIRED, text, row.line)
    row = _with_stray_milestones(reading, row)
    theme = row.cell(ColumnKind.THEME)
    if theme is not None:
        read_heading(reading, Heading(" ".join(theme.paragraphs), row.line))
    titles = _titles(reading, row)
    if titles:
        owners = [_open_objective(reading, title, row.line) for title in titles]
        reading.current = []
    else:
        owner = _implied_objective(reading, row) or reading.objective
        if owner is None:
            words = "; ".join(cell.text for _, cell in row.cells if not cell.empty)
            text = f"A row stands above the first objective and belongs to none: {words}"
            reading.note(NoteKind.SKIPPED, text, row.line)
            return
        owners = [owner]
    _read_owners(row, owners)
    before = len(reading.entries)
    # The deliverable first, wherever its column stands: the other cells of the row belong to it.
    for column, cell in sorted(row.cells, key=lambda pair: pair[0].kind is not ColumnKind.DELIVERABLE):
        if column.kind in ENTRY_KINDS and not cell.empty:
            _read_cell(reading, row, column, cell, owners, opened=bool(titles))
    _note_unread(reading, row, owners, reading.entries[before:])


def _note_unread(reading: Reading, row: Row, owners: list[ObjectiveRead], entries: list[EntryRead]) -> None:
    """Say what of a row has no place in a plan, or came without the item it belongs to."""
    dated = any(entry.kind in (ColumnKind.DELIVERABLE, ColumnKind.MILESTONE) for entry in entries)
    for column, cell in row.cells:
        if cell.empty:
            continue
        orphan = column.kind in (ColumnKind.DUE, ColumnKind.AREA) and not dated
        if column.kind is ColumnKind.NUMBER and not owners[-1].number:
            owners[-1].number = cell.text
        elif orphan or column.kind in (ColumnKind.STATUS, ColumnKind.UNKNOWN, ColumnKind.RISK, ColumnKind.NUMBER):
            text = f"Not imported (column “{column.heading or 'without a heading'}”): {cell.text}"
            reading.note(NoteKind.SKIPPED, text, row.line)


def _implied_objective(reading: Reading, row: Row) -> ObjectiveRead | None:
    """In a table without a column of objectives, its theme or title is what its rows are to achieve."""
    if any(column.kind is ColumnKind.OBJECTIVE for column, _ in row.cells):
        return None
    if reading.implied is None:
        theme = reading.theme
        number, title = (theme.number, theme.title) if theme else ("", reading.title)
        line = theme.line if theme else row.line
        if not title:
            return None
        reading.implied = ObjectiveRead(theme, number, title, [line], sureness=0.6)
        reading.objectives.append(reading.implied)
        text = f"The table has no column of objectives; its heading “{title}” was taken as the objective"
        reading.note(NoteKind.INFERRED, text, line)
    return reading.implied


def _open_objective(reading: Reading, title: str, line: int) -> ObjectiveRead:
    found = NUMBERED_TITLE.match(title)
    label = LABEL.match(title)
    number = found[1] if found else label[1] if label else ""
    objective = ObjectiveRead(reading.theme, number, title[found.end() :] if found else title, [line])
    objective.words = title
    reading.objectives.append(objective)
    return objective


def _read_owners(row: Row, owners: list[ObjectiveRead]) -> None:
    for column, cell in row.cells:
        if column.kind not in OWNERS or cell.empty:
            continue
        # Without mark-up the raw words are read: two blanks are all that is left of a lost line break.
        leads, committees = ownership(cell.paragraphs if cell.tags else (unescape(cell.raw),))
        if column.kind is ColumnKind.COMMITTEE:
            leads, committees = (), tuple(cell.paragraphs)
        for objective in owners:
            objective.leads.extend(lead for lead in leads if lead not in objective.leads)
            objective.committees.extend(name for name in committees if name not in objective.committees)


def _titles(reading: Reading, row: Row) -> list[str]:
    """The titles of the objectives that this row opens; none when it goes on with the one above."""
    cell = row.cell(ColumnKind.OBJECTIVE)
    if cell is None:
        return []
    parts = [piece.text for piece in pieces(cell.raw)]
    if len(parts) > 1 and LABEL.fullmatch(parts[0]):
        parts = [f"{parts[0]} {parts[1]}", *parts[2:]]
    title = " ".join(parts)
    if continues_title(reading, row, title):
        above = reading.objectives[-1]
        if normal(above.title) != normal(title):
            above.title = tidy(f"{above.title} {title}")
            above.words = f"{above.words} {title}"
            above.lines.append(row.line)
            above.sureness = min(above.sureness, 0.8)
            text = f"“{title[:SHOWN]}” goes on with the title of line {above.lines[0]} and was joined to it"
            reading.note(NoteKind.REPAIRED, text, row.line)
        return []
    if len(parts) > 1 and _holds_several(row, len(parts)):
        text = f"{len(parts)} objectives stand in one row; they were separated, their texts given out in printed order"
        reading.note(NoteKind.REPAIRED, text, row.line)
        return parts
    return [title]


def _holds_several(row: Row, titles: int) -> bool:
    """Whether some other cell of the row has as many paragraphs as its title cell: two rows merged into one."""
    return any(
        len(split_cell(pieces(cell.raw))) == titles
        for column, cell in row.cells
        if column.kind in ENTRY_KINDS and not cell.empty
    )


def _read_cell(
    reading: Reading, row: Row, column: Column, cell: Cell, owners: list[ObjectiveRead], *, opened: bool
) -> None:
    fragments = list(split_cell(pieces(cell.raw)))
    last = reading.last.get(column.key)
    joined = False
    while (
        fragments
        and not opened
        and last is not None
        and continues_text(reading, last, fragments[0], row, column, joined=joined)
    ):
        text = f"“{fragments[0].text[:SHOWN]}” goes on with the text of line {last.lines[0]} and was joined to it"
        reading.note(NoteKind.REPAIRED, text, row.line)
        last.continue_with(fragments.pop(0), row.line)
        joined = True
    several = len(owners) > 1
    if several and fragments and len(fragments) != len(owners):
        text = f"It is not printed which objective of this row “{column.heading}” belongs to; it was given to the last"
        reading.note(NoteKind.INFERRED, text, row.line)
    for index, fragment in enumerate(fragments):
        owner = owners[index] if several and len(fragments) == len(owners) else owners[-1]
        _add(reading, row, column, fragment, owner, first=index == 0)


def _add(reading: Reading, row: Row, column: Column, fragment: Fragment, owner: ObjectiveRead, *, first: bool) -> None:
    area = row.cell(ColumnKind.AREA)
    due = row.cell(ColumnKind.DUE)
    local = fragment.scope is Scope.LOCAL
    entry = EntryRead(
        column.kind,
        owner,
        column,
        fragment.text,
        fragment.words,
        [row.line],
        fragment.number,
        fragment.scope,
        area.text if area else area_named(fragment.text) if local else "",
        due.text if due else "",
    )
    if column.kind is ColumnKind.DELIVERABLE:
        reading.current = [entry] if first or not reading.current else [*reading.current, entry]
    else:
        mine = [item for item in reading.current if item.objective is owner and not item.column.label]
        entry.deliverable = mine[0] if len(mine) == 1 else None
        entry.beside = tuple(mine)
    reading.entries.append(entry)
    reading.last[column.key] = entry


def _with_stray_milestones(reading: Reading, row: Row) -> Row:
    """A numbered action that slid into the baseline column goes back to the empty action column beside it.

    Only when its number runs on from the actions above: after "3." a "4." or "5." stands in the wrong column.
    """
    cells = list(row.cells)
    for index, (column, cell) in enumerate(cells[:-1]):
        target, beside = cells[index + 1]
        if column.kind is not ColumnKind.BASELINE or target.kind is not ColumnKind.MILESTONE or not beside.empty:
            continue
        found = NUMBERED_TITLE.match(cell.text)
        numbers = [
            item.number
            for item in reading.entries
            if item.objective is reading.objective and item.column.key == target.key and item.number is not None
        ]
        if not found or not numbers or row.cell(ColumnKind.OBJECTIVE) is not None:
            continue
        if int(found[1]) in (max(numbers) + 1, max(numbers) + 2):
            cells[index], cells[index + 1] = (column, beside), (target, cell)
            text = f"Action {found[1]} stood in the column “{column.heading}” and was moved to “{target.heading}”"
            reading.note(NoteKind.REPAIRED, text, row.line)
    return replace(row, cells=tuple(cells))
