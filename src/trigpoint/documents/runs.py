"""Rows that stand together: one table, or one piece of it, with the cell that a reader sees in every place.

A merged cell stands in its first place only; in the places that it covers a reader sees its words all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trigpoint.plans.document import Block, BlockKind, Cell, Document


@dataclass(frozen=True, slots=True)
class Run:
    """Table rows that follow each other in one table: the cells that show in the places of each row, and those of its
    own that hold words.
    """

    rows: tuple[Block, ...]
    shown: tuple[tuple[Cell, ...], ...]
    filled: tuple[tuple[Cell, ...], ...]

    @property
    def first_line(self) -> int:
        return self.rows[0].origin.line or 1

    @property
    def width(self) -> int:
        """How many places the widest row has."""
        return max(len(row.cells) for row in self.rows)

    def line(self, at: int) -> int:
        """The place in reading order of a row."""
        return self.rows[at].origin.line or 1

    def words(self, at: int) -> tuple[Cell, ...]:
        """The cells of a row that hold words, each once."""
        return self.filled[at]

    def spans_all(self, at: int) -> bool:
        """Whether one cell of a row is merged over (nearly) the whole width of the table."""
        filled = self.words(at)
        return len(filled) == 1 and len(self.rows[at].cells) > 1 and filled[0].column_span >= self.width - 1


def table_runs(document: Document) -> tuple[Run, ...]:
    """Every run of table rows, in reading order; a rule between two rows (as Markdown has one) does not end it."""
    return tuple(_run(rows) for rows in _together(document))


def _together(document: Document) -> Iterator[list[Block]]:
    rows: list[Block] = []
    for block in document.blocks:
        if block.kind is BlockKind.TABLE_ROW and block.cells:
            if rows and not _same_table(rows[-1], block):
                yield rows
                rows = []
            rows.append(block)
        elif rows and block.kind is not BlockKind.RULE:
            yield rows
            rows = []
    if rows:
        yield rows


def _same_table(above: Block, below: Block) -> bool:
    a, b = above.origin, below.origin
    return a.sheet == b.sheet and (a.table == b.table or a.table is None or b.table is None)


def _run(rows: list[Block]) -> Run:
    shown: list[tuple[Cell, ...]] = []
    reach: list[int] = []  # the last row that the cell shown in each place of the row above reaches
    for at, row in enumerate(rows):
        if not any(cell.covered for cell in row.cells):
            shown.append(row.cells)
            reach = [at + max(cell.row_span, 1) - 1 for cell in row.cells]
            continue
        cells: list[Cell] = []
        reaches: list[int] = []
        right = -1  # the last column that the cell to the left reaches
        for place, cell in enumerate(row.cells):
            above = shown[at - 1][place] if at and place < len(shown[at - 1]) and reach[place] >= at else None
            if not cell.covered:
                cells.append(cell)
                reaches.append(at + max(cell.row_span, 1) - 1)
                right = place + max(cell.column_span, 1) - 1
            elif place <= right and cells:
                cells.append(cells[-1])
                reaches.append(reaches[-1])
            else:
                cells.append(above or cell)
                reaches.append(reach[place] if above else at)
        shown.append(tuple(cells))
        reach = reaches
    filled = tuple(tuple([cell for cell in row.cells if not cell.empty]) for row in rows)
    return Run(tuple(rows), tuple(shown), filled)
