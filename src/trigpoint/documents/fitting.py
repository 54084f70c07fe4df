"""How well cells suit the columns they stand under: what puts short rows and swapped columns right."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from trigpoint.documents.columns import CONTENT, OWNERS, Column, ColumnKind
from trigpoint.documents.commitments import OPENING_DATE
from trigpoint.documents.dating import due_in
from trigpoint.documents.leads import NAMED, has_role, is_committee
from trigpoint.periods import FinancialYear
from trigpoint.plans.document import Cell

LABEL_BEFORE_DATE = 25
LONGEST_THEME = 8
LONGEST_DUE = 8
CLEARLY = 4
TELLING = OWNERS | {ColumnKind.DUE}


def fit(cell: Cell, column: Column, years: tuple[FinancialYear, ...]) -> int:
    """How well a cell's words suit a column: positive when they do, negative when they speak against it."""
    text = cell.paragraphs[0]
    if column.kind in OWNERS:
        lines = cell.paragraphs
        if OPENING_DATE.match(text):
            return -2  # a commitment may name a post, and is no lead
        return 2 if any(is_committee(line) or has_role(line) or NAMED.match(line[:300]) for line in lines) else -2
    if column.kind is ColumnKind.DUE:
        short = len(text.split()) <= LONGEST_DUE
        return 2 if short and due_in(f"by {text}", years) is not None else -1
    phrase = due_in(text, years)
    opens_dated = phrase is not None and phrase.start <= LABEL_BEFORE_DATE
    if column.kind is ColumnKind.OBJECTIVE:
        return -2 if opens_dated else 2 if text[:1].isdigit() else 1
    if column.kind is ColumnKind.THEME:
        return -2 if opens_dated or len(text.split()) > LONGEST_THEME else 1
    if column.kind in CONTENT and column.period is not None and phrase is not None:
        return 2 if column.period.start <= phrase.due <= column.period.end else -1
    return 0


def best_gap(cells: Sequence[Cell], columns: Sequence[Column], missing: int, years: tuple[FinancialYear, ...]) -> int:
    """Where the missing cells of a short row belong, so that the rest stand under the columns they fit best.

    Ties go to the end: a row that only lacks its last empty cells is no damage.
    """
    return max(range(len(cells) + 1), key=lambda gap: (_total(cells, columns, missing, gap, years), gap))


def lost_cells(cells: Sequence[Cell], columns: Sequence[Column], years: tuple[FinancialYear, ...]) -> int:
    """How many cells a row lost before those that it has, where a format filled it up with empty ones at its end.

    Only where what stands under the leads or dates cannot be one, and all cells fit better further to the right.
    """
    if not cells or not cells[-1].empty or cells[-1].covered:
        return 0
    told = [(cell, column) for cell, column in zip(cells, columns, strict=True) if column.kind in TELLING]
    if not any(not cell.empty and fit(cell, column, years) < 0 for cell, column in told):
        return 0
    now = _total(cells, columns, 0, len(cells), years)
    then = max(_total(cells[:-1], columns, 1, gap, years) for gap in range(len(cells)))
    return 1 if then >= now + CLEARLY else 0


def fits(cells: Sequence[Cell], columns: Sequence[Column], years: tuple[FinancialYear, ...]) -> bool:
    """Whether a row that has no heading of its own may stand under these columns: its words speak for it."""
    missing = len(columns) - len(cells)
    if missing < 0:
        return _total(cells[: len(columns)], columns, 0, len(columns), years) > 0
    return max(_total(cells, columns, missing, gap, years) for gap in range(len(cells) + 1)) > 0


def _total(
    cells: Sequence[Cell], columns: Sequence[Column], missing: int, gap: int, years: tuple[FinancialYear, ...]
) -> int:
    placed = [(cell, columns[index + (missing if index >= gap else 0)]) for index, cell in enumerate(cells)]
    return sum(fit(cell, column, years) for cell, column in placed if not cell.empty)


def swapped(
    columns: tuple[Column, ...], rows: Sequence[Sequence[Cell]], years: tuple[FinancialYear, ...]
) -> tuple[int, int] | None:
    """The two columns whose headings were swapped, or ``None``.

    Only the headings of leads, committees and dates can be told wrong by what stands under them, and only when at
    least two rows speak against them and every row but a few speaks for the swap.
    """
    full = [row for row in rows if len(row) == len(columns)]
    best: tuple[int, int, int] | None = None
    for i, j in combinations(range(len(columns)), 2):
        if columns[i].kind is columns[j].kind or not {columns[i].kind, columns[j].kind} & TELLING:
            continue
        pairs = [(row[i], row[j]) for row in full if not (row[i].empty or row[j].empty)]
        now = sum(fit(a, columns[i], years) + fit(b, columns[j], years) for a, b in pairs)
        then = sum(fit(b, columns[i], years) + fit(a, columns[j], years) for a, b in pairs)
        if len(pairs) > 1 and now < 0 and then - now >= 2 * len(pairs) and (best is None or then - now > best[0]):
            best = (then - now, i, j)
    return (best[1], best[2]) if best else None
