"""Themes and objectives as rows and headings open them, and the rows that go on with the one above."""

from __future__ import annotations

import re

from trigpoint.documents.columns import ColumnKind
from trigpoint.documents.commitments import LABEL, NUMBERED_TITLE, referenced, split_cell
from trigpoint.documents.continuation import ENTRY_KINDS, continues_title
from trigpoint.documents.events import Row
from trigpoint.documents.markup import Piece, pieces, tidy
from trigpoint.documents.reading import ObjectiveRead, Reading, ThemeRead
from trigpoint.documents.words import normal
from trigpoint.plans.document import Cell
from trigpoint.plans.draft import NoteKind

THEME_NUMBER = re.compile(
    r"(?:(?:national\s+)?(?:must[ -]?do|theme|programme|priority|aim|goal|domain|pillar|workstream|ambition)\s*)"
    r"(\d{1,2})\b\s*[-–—:.]*\s*(.*)$",
    re.IGNORECASE,
)
OBJECTIVE_NUMBER = re.compile(
    r"(?:strategic |key )?objective\s+(\d{1,2}(?:\.\d{1,2})*[a-z]?)\b\s*[-–—:.]*\s*(.*)$", re.IGNORECASE
)
SHOWN = 80
IMPLIED = 0.6


def cell_pieces(cell: Cell) -> tuple[Piece, ...]:
    """The paragraphs and list items of a cell, from its mark-up or, where a reader gave none, its words."""
    if cell.raw:
        return pieces(cell.raw)
    return tuple(Piece(text) for text in map(tidy, cell.paragraphs) if text)


def enter_heading(reading: Reading, text: str, line: int) -> None:
    """A title above a table, or a theme cell: a new theme, the theme that goes on, or a sub-heading of it."""
    found = THEME_NUMBER.match(text)
    number, title = (found[1], found[2].strip() or text) if found else ("", text)
    enter_theme(reading, number, title, line, text)


def enter_theme(reading: Reading, number: str, title: str, line: int, words: str) -> None:
    """Make a theme the current one; a theme of the same words that was read before is entered again."""
    if reading.theme is not None and reading.theme.number and not number:
        text = f"The heading “{words}” has no number like those above; it was read as part of the theme above"
        reading.note(NoteKind.SKIPPED, text, line)
        return
    key = (number, normal(title))
    same = reading.by_heading.get(key)
    if same is not None and same is reading.theme:
        return
    reading.theme = same or ThemeRead(number, title, line, words)
    if same is None:
        reading.themes.append(reading.theme)
        reading.by_heading[key] = reading.theme
    reading.last.clear()
    reading.current = []
    reading.implied = None


def imply(reading: Reading, text: str, line: int) -> ObjectiveRead:
    """The objective that a heading, section row or title stands for, where the table has no column of objectives."""
    found = OBJECTIVE_NUMBER.match(text) or THEME_NUMBER.match(text)
    number, title = (found[1], found[2].strip() or text) if found else referenced(text)
    same = reading.by_title.get((reading.theme, normal(title)))
    if same is None:
        same = ObjectiveRead(
            reading.theme, number, title, [line] if line else [], sureness=IMPLIED, words=text, implied=True
        )
        reading.open(same)
    reading.implied = reading.objective = same
    return same


def opened(reading: Reading, row: Row) -> list[ObjectiveRead]:
    """The objectives that a row opens or enters again; none when it goes on with the one above."""
    titles = _titles(reading, row)
    return [_open(reading, row, title) for title in titles]


def _open(reading: Reading, row: Row, title: str) -> ObjectiveRead:
    column = next(
        (column for column, cell in row.cells if column.kind is ColumnKind.OBJECTIVE and not cell.empty), None
    )
    again = _read_before(reading, row, title)
    if again is not None:
        reading.objective = again
        return again
    found = NUMBERED_TITLE.match(title)
    label = LABEL.match(title) or (LABEL.match(column.heading) if column else None)
    number, bare = (found[1], title[found.end() :]) if found else referenced(title)
    number = number or (label[1] if label else "")
    return reading.open(ObjectiveRead(reading.theme, number, bare, [row.line], words=title))


def _read_before(reading: Reading, row: Row, title: str) -> ObjectiveRead | None:
    """The objective with this title that the table has had already, where each row is an item by itself."""
    same = reading.by_title.get((reading.theme, normal(title)))
    return same if same is reading.objective or not row.periodic else None


def _titles(reading: Reading, row: Row) -> list[str]:
    cell = row.cell(ColumnKind.OBJECTIVE)
    if cell is None:
        return []
    parts = [piece.text for piece in cell_pieces(cell)]
    if len(parts) > 1 and LABEL.fullmatch(parts[0]):
        parts = [f"{parts[0]} {parts[1]}", *parts[2:]]
    title = " ".join(parts)
    if not title:
        return []
    if continues_title(reading, row, title):
        _continue_title(reading, row, title)
        return []
    if len(parts) > 1 and _holds_several(row, len(parts)):
        text = f"{len(parts)} objectives stand in one row; they were separated, their texts given out in printed order"
        reading.note(NoteKind.REPAIRED, text, row.line)
        return parts
    return [title]


def _continue_title(reading: Reading, row: Row, title: str) -> None:
    above = reading.objective
    if above is None or normal(above.title) == normal(title):
        return
    above.title = tidy(f"{above.title} {title}")
    above.words = f"{above.words} {title}"
    above.lines.append(row.line)
    above.sureness = min(above.sureness, 0.8)
    text = f"“{title[:SHOWN]}” goes on with the title of {reading.spot(above.lines[0])} and was joined to it"
    reading.note(NoteKind.REPAIRED, text, row.line)


def _holds_several(row: Row, titles: int) -> bool:
    """Whether some other cell of the row has as many paragraphs as its title cell: two rows merged into one."""
    return any(
        len(split_cell(cell_pieces(cell))) == titles
        for column, cell in row.cells
        if column.kind in ENTRY_KINDS and not cell.empty
    )
