"""The heading rows of a table, found by what they say: one row, or up to three whose words belong together.

"2017/18" merged over "Q1" to "Q4" heads four columns, "Executive" over "Lead" heads one. Where a converter flattened
merged cells, only the first of them kept its words; they reach right as far as a cell below is filled.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

from trigpoint.documents.columns import LONGEST_HEADING, QUARTER, ColumnKind, column_kind, is_period_heading
from trigpoint.documents.risk_columns import SCORED, risk_field
from trigpoint.documents.runs import Run
from trigpoint.documents.words import normal
from trigpoint.periods import find_period
from trigpoint.plans.document import Cell

DEEPEST = 3
LONGEST_LOWER = 60
MOST_LOWER_WORDS = 4
YEAR_DIGITS = 4


@dataclass(frozen=True)
class Headings:
    """What stands over each column, top first, the row it begins in (0-based in its run), and how many it takes."""

    parts: tuple[tuple[str, ...], ...]
    at: int
    depth: int

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The whole heading of each column, "" where there is none; empty ones at the end are left out."""
        words = [" ".join(parts) for parts in self.parts]
        while words and not words[-1]:
            words.pop()
        return tuple(words)


def headings_at(run: Run, at: int) -> list[Headings]:
    """What may head the columns from this row on: the row alone, then with one and with two more rows."""
    found = []
    for depth in range(1, min(DEEPEST, len(run.rows) - at) + 1):
        if not (may_head(run, at) if depth == 1 else _goes_on(run, at + depth - 1)):
            break
        found.append(_over(run, at, depth))
    return found


def may_head(run: Run, at: int) -> bool:
    """Whether a row can be a heading row at all: two cells with words, all short, none of them a number."""
    filled = run.words(at)
    return len(filled) > 1 and all(len(cell.text) <= LONGEST_HEADING and not _is_number(cell.text) for cell in filled)


def row_words(run: Run, at: int, depth: int) -> tuple[str, ...]:
    """The normal words of some rows, to compare heading rows by."""
    rows = range(at, min(at + depth, len(run.rows)))
    return tuple(normal(" ".join([cell.text for cell in run.filled[row]])) for row in rows)


def _is_number(text: str) -> bool:
    digits = text.strip().replace(".", "").replace(",", "").rstrip("%")
    return digits.isdigit() and len(digits) != YEAR_DIGITS


def _goes_on(run: Run, row: int) -> bool:
    """Whether a row below a heading row is part of the heading: merged into, grouped by it, or a heading by itself."""
    filled = run.words(row)
    if not filled or run.spans_all(row) or any(len(cell.text) > LONGEST_LOWER for cell in filled):
        return False
    above = {id(cell) for cell in run.rows[row - 1].cells if not cell.empty}
    reaches_down = any(id(cell) in above for cell in run.shown[row])
    grouped = any(cell.column_span > 1 for cell in run.rows[row - 1].cells)
    if reaches_down or grouped:
        return all(_says(cell.text) or _is_second_line(cell.text) for cell in filled)
    return _is_lower_heading([cell.text for cell in filled]) or _is_second_line_of(run, row)


def _is_lower_heading(texts: list[str]) -> bool:
    """Whether words are a lower row of headings though no merged cell says so: periods, scores, or three kinds."""
    if len(texts) < 2 or not all(map(_says, texts)):
        return False
    kinds = [column_kind(text) for text in texts]
    named = all(kind is ColumnKind.UNKNOWN for kind in kinds) or all(risk_field(text) in SCORED for text in texts)
    return named or len(set(kinds) - {ColumnKind.UNKNOWN}) > 2


def _says(text: str) -> bool:
    """Whether words are a heading by themselves: a kind of column, a quarter, a year."""
    named = QUARTER.search(text) is not None or (any(map(str.isdigit, text)) and find_period(text) is not None)
    known = column_kind(text) is not ColumnKind.UNKNOWN or risk_field(text) in SCORED
    return known or is_period_heading(text, named)


def _is_second_line(text: str) -> bool:
    return len(text.split()) <= MOST_LOWER_WORDS and not any(map(str.isdigit, text)) and not text.endswith(".")


def _is_second_line_of(run: Run, row: int) -> bool:
    """Whether a row of words ends the headings above it, which say nothing without it ("Executive" over "Lead")."""
    mended = False
    for above, cell in zip_longest(run.rows[row - 1].cells, run.rows[row].cells):
        if cell is None or cell.empty:
            continue
        if above is None or above.empty or not _is_second_line(cell.text):
            return False
        whole = column_kind(f"{above.text} {cell.text}")
        if whole is ColumnKind.UNKNOWN or not (cell.text[:1].islower() or column_kind(above.text) is not whole):
            return False
        mended = mended or column_kind(above.text) is ColumnKind.UNKNOWN
    return mended


def _over(run: Run, at: int, depth: int) -> Headings:
    rows = range(at, at + depth)
    width = max(len(run.rows[row].cells) for row in rows)
    parts = []
    for place in range(width):
        cells = [cell for row in rows if (cell := _cell_over(run, row, place, at + depth)) is not None]
        once = list({id(cell): cell for cell in cells}.values())
        parts.append(tuple(" ".join(cell.text.split()) for cell in once if not cell.empty))
    return Headings(tuple(parts), at, depth)


def _cell_over(run: Run, row: int, place: int, stop: int) -> Cell | None:
    """The cell of a heading row that stands over a column, a flattened one to the left included."""
    shown = run.shown[row]
    if place < len(shown) and (not shown[place].empty or shown[place].covered):
        return shown[place]
    if not _filled(run, row + 1, stop, place):
        return shown[place] if place < len(shown) else None
    at = min(place, len(shown)) - 1
    while at >= 0 and shown[at].empty and _filled(run, row + 1, stop, at):
        at -= 1
    reaches = at >= 0 and not shown[at].empty and shown[at].column_span == 1 and _filled(run, row + 1, stop, at)
    return shown[at] if reaches else None


def _filled(run: Run, start: int, stop: int, place: int) -> bool:
    return any(place < len(run.rows[row].cells) and not run.rows[row].cells[place].empty for row in range(start, stop))
