"""A table whose columns are ruled and whose rows are not: its rows told by the room between them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from trigpoint.documents.readers.pdf.page_grid import Grid, GridCell
from trigpoint.documents.readers.pdf.page_lines import Line, lines_of

FEWEST_ROWS, FEWEST_COLUMNS = 3, 3
MOST_BANDS = 2  # a heading row and one that holds all others
ROOM = 1.7  # sizes of letters from line to line: more than lines of one paragraph have
SAME = 2.0  # points


def with_rows(grid: Grid) -> Grid:
    """The grid with the last row as several, where each of them begins with words in the first column.

    A row that is one has words in its first column once, however many paragraphs the other columns have.
    """
    last = len(grid.ys) - 2
    cells = [cell for cell in grid.cells if cell.row == last]
    plain = len(cells) == len(grid.xs) - 1 and all(cell.row_span == 1 for cell in cells)
    if not grid.ruled or not plain or last >= MOST_BANDS or len(cells) < FEWEST_COLUMNS:
        return grid
    tops = _tops([lines_of(word for word in cell.words if word.style.turns == 0) for cell in cells])
    if len(tops) < FEWEST_ROWS:
        return grid
    kept = [cell for cell in grid.cells if cell.row < last]
    ys = [*grid.ys[: last + 1], *tops[1:], grid.ys[-1]]
    for cell in cells:
        rows = [GridCell(last + number, cell.column, 1, 1) for number in range(len(tops))]
        for word in cell.words:
            rows[max(sum(word.middle[1] >= top for top in tops) - 1, 0)].words.append(word)
        kept += rows
    return Grid(grid.xs, ys, kept, grid.ruled)


def _tops(columns: Sequence[Sequence[Line]]) -> list[float]:
    """Where rows begin: after room in the first column, at a line that most other columns have one beside."""
    first, *others = columns
    starts = [*first[:1], *(b for a, b in pairwise(first) if b.base - a.base > ROOM * b.size)]
    beside = [
        sum(any(abs(line.base - start.base) <= SAME for line in lines) for lines in others) * 2 >= len(others)
        for start in starts
    ]
    return [start.top for start in starts] if all(beside) else []
