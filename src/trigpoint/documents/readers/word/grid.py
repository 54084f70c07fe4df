"""A Word table as rows of equally many places: merged cells spread out, slivers of its grid taken together.

Word keeps a table's grid to the twentieth of a point: where the borders of two rows miss each other by a hair, the
grid has a column more that nobody sees. Such a column is no column.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate

from trigpoint.documents.readers.limits import MAXIMUM_COLUMNS
from trigpoint.documents.readers.word.content import Table, TableCell, holds_words

SLIVER = 170
"""Narrower than this (3 mm, in twentieths of a point) no column is, unless some row has a cell of that width."""
UNTOLD_WIDTH = 1000


@dataclass(slots=True, eq=False)
class Place:
    """One cell in its first place: its column from 0, and how far it reaches."""

    cell: TableCell
    column: int
    column_span: int
    row_span: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Rows of places by column, and how many columns the table has.

    ``covered`` are cells with words that lie under a merged cell, each with the cell that covers it. ``cut`` says that
    there were more columns than are read.
    """

    rows: tuple[tuple[Place, ...], ...]
    width: int
    covered: tuple[tuple[TableCell, TableCell], ...] = ()
    cut: bool = False

    @property
    def is_table(self) -> bool:
        """Whether at least two rows fill at least two columns each: less is no table but a box or a list."""
        return sum(1 for row in self.rows if sum(holds_words(place.cell.items) for place in row) > 1) > 1

    @property
    def is_frame(self) -> bool:
        """Whether it has one column and holds a table: it lays out the page, and is none itself."""
        if self.width != 1:
            return False
        items = (item for row in self.rows for place in row for item in place.cell.items)
        return any(grid_of(item).is_table for item in items if isinstance(item, Table))


def grid_of(table: Table) -> Grid:
    """The places of a table. Cells that go on from above lengthen the cell above; one with none above is its own."""
    columns = _columns(table)
    rows: list[tuple[Place, ...]] = []
    covered: list[tuple[TableCell, TableCell]] = []
    above: dict[int, Place] = {}
    for cells in table.rows:
        merged: dict[int, Place] = {}
        row: list[Place] = []
        for cell in cells:
            column, stop = columns[cell.start], min(columns[cell.end], MAXIMUM_COLUMNS)
            first = above.get(column) if cell.goes_on else None
            if first is not None:
                first.row_span += 1
                merged[column] = first
                if holds_words(cell.items):
                    covered.append((first.cell, cell))
            elif column < MAXIMUM_COLUMNS:
                row.append(Place(cell, column, stop - column))
                if cell.merged:
                    merged[column] = row[-1]
        rows.append(tuple(row))
        above = merged
    width = max(columns.values(), default=0)
    return Grid(tuple(rows), min(width, MAXIMUM_COLUMNS), tuple(covered), width > MAXIMUM_COLUMNS)


def _columns(table: Table) -> dict[int, int]:
    """The column, from 0, of every line of the grid that a cell begins at, or the one after its last, if it ends there.

    Only lines that cells begin at make columns: what no cell begins in is part of a merged cell in every row.
    """
    cells = [cell for row in table.rows for cell in row]
    starts = {cell.start for cell in cells}
    latest: dict[int, int] = {}
    for cell in cells:
        latest[cell.end] = max(latest.get(cell.end, 0), cell.start)
    position = _positions(table.widths)
    found: dict[int, int] = {}
    made = 0  # columns begun before the group of lines that are taken for one
    group: int | None = None
    begun = False
    inside = -1  # the last line at which a cell begins that has ended by now
    for line in sorted(starts | set(latest)):
        inside = max(inside, latest.get(line, -1))
        near = group is not None and position(line) - position(group) <= SLIVER
        if group is None or not near or inside >= group:
            made += begun
            group, begun = line, False
        begun = begun or line in starts
        found[line] = made
    return found


def _positions(widths: list[int]) -> Callable[[int], int]:
    """Where a line of the grid stands, in twentieths of a point; of an untold width where the file does not say."""
    sums = [0, *accumulate(widths if any(widths) else ())]
    last = len(sums) - 1
    return lambda line: sums[min(line, last)] + max(line - last, 0) * UNTOLD_WIDTH
