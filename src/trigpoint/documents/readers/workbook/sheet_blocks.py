"""A sheet → the blocks of a document: a blank block with its name, then its rows, tables kept apart by blank blocks.

All rows of a table have equally many cells, from the first to the last filled column that is shown; the origin of each
keeps the row and column that Excel shows. Rows without words make one blank block, however many there are; an empty
row inside a merged cell makes none, because it does not part the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from trigpoint.documents.readers.limits import MAXIMUM_CELLS
from trigpoint.documents.readers.workbook.sheet_content import SheetContent, SheetRow
from trigpoint.documents.readers.workbook.sheet_hidden import shortened
from trigpoint.documents.readers.workbook.sheet_merges import Marks, merge_walk
from trigpoint.documents.readers.workbook.sheet_regions import Region, side_by_side
from trigpoint.documents.readers.workbook.sheet_rows import row_runs, shown_columns
from trigpoint.documents.readers.workbook.sheet_words import EMPTY, Words
from trigpoint.errors import InputError, Where
from trigpoint.plans.document import Block, BlockKind, Cell, Origin, Remark, RemarkKind
from trigpoint.wording import count, verb

MOST_NAMED = 20
MAXIMUM_PLACES = 2 * MAXIMUM_CELLS
"""More places in all tables, empty ones included, are refused: each takes memory."""


@dataclass(slots=True)
class SheetBlocks:
    """The blocks of one workbook in the making; ``add`` each sheet that is shown, in order."""

    where: Where
    blocks: list[Block] = field(default_factory=list)
    places: int = 0
    beneath: list[Cell] = field(default_factory=list)

    def add(self, sheet: SheetContent) -> tuple[Remark, ...]:
        """The blocks of one sheet; a remark where merged cells cover words."""
        self.beneath.clear()
        columns = shown_columns(sheet)
        runs = row_runs(sheet, columns)
        walk = merge_walk(sheet, [row.number for run in runs for row in run], columns)
        # Equally many cells in all rows is worth some empty ones, but not any number of them.
        ragged = self.places + sum(map(len, runs)) * len(columns) > MAXIMUM_PLACES
        if ragged:
            self.spend(sum(row.cells[-1][0] - columns[0] + 1 for run in runs for row in run))
        self.blank(Origin(sheet=sheet.name))
        table = 0
        for index, run in enumerate(runs):
            if index:
                self.blank(Origin(sheet=sheet.name, row=runs[index - 1][-1].number + 1))
            marks = [walk.step(row.number) for row in run] if walk else []
            regions = (Region(0, len(run), columns),) if ragged else _regions(run, marks, columns)
            for place, region in enumerate(regions):
                if place:
                    self.blank(Origin(sheet=sheet.name, row=run[region.first].number))
                table += len(regions) > 1
                writer = TableWriter(self, sheet.name, table if len(regions) > 1 else None, region.columns, ragged)
                writer.write(run[region.first : region.last], marks[region.first : region.last])
        return self._covered()

    def _covered(self) -> tuple[Remark, ...]:
        """Excel keeps the words of one cell when cells are merged; other programs leave those beneath."""
        if not self.beneath:
            return ()
        hold = verb(len(self.beneath), "holds", "hold")
        text = f"{count(len(self.beneath), 'cell')} underneath merged cells {hold} words that nobody sees, left out"
        words = shortened(" · ".join(cell.text for cell in self.beneath[:MOST_NAMED]))
        return (Remark(RemarkKind.HIDDEN, text, self.beneath[0].origin, words),)

    def spend(self, places: int) -> None:
        """Count the places of a row; ``InputError`` when the workbook has more than it may."""
        self.places += places
        if self.places > MAXIMUM_PLACES:
            what = f"the tables of the workbook have more than {MAXIMUM_PLACES:,} places, most of them empty"
            raise InputError(what, where=self.where, remedy="leave out what is no part of the plan")

    def blank(self, origin: Origin) -> None:
        """A blank block."""
        line = len(self.blocks) + 1
        self.blocks.append(Block(BlockKind.BLANK, "", Origin(line, sheet=origin.sheet, row=origin.row)))


def _regions(run: Sequence[SheetRow], marks: Sequence[Marks], columns: Sequence[int]) -> tuple[Region, ...]:
    """The tables of a run; most runs have one, which its first rows already show."""
    kept = frozenset(columns)
    if sum(column in kept for column, _ in run[0].cells) == len(columns):
        return (Region(0, len(run), columns),)
    rows = [{column: words.text for column, words in row.cells if column in kept} for row in run]
    for row, mark in zip(rows, marks, strict=False):
        row.update((column, "") for column in mark.covered)
        row.update((column, place.words.text) for column, place in mark.places.items())
    return side_by_side(rows, columns)


@dataclass(slots=True)
class TableWriter:
    """Writes the rows of one table as blocks."""

    into: SheetBlocks
    sheet: str
    table: int | None
    columns: Sequence[int]
    ragged: bool
    _first: int = 0
    _solid: bool = False

    def write(self, rows: Sequence[SheetRow], marks: Sequence[Marks]) -> None:
        """One block for each row; ``marks`` are those of its merged cells, none where the sheet has none."""
        blocks = self.into.blocks
        self._first = self.columns[0]
        self._solid = self.columns[-1] - self._first + 1 == len(self.columns)
        for index, row in enumerate(rows):
            line = len(blocks) + 1
            mark = marks[index] if marks else None
            if mark and mark.covered:
                cells = self._merged(row, line, mark)
                text = "\t".join([" ".join(cell.paragraphs) for cell in cells])
            else:
                filled = self._filled(row)
                if self.table and not any(words.paragraphs for _, words in filled):
                    self.into.blank(Origin(sheet=self.sheet, row=row.number))
                    continue
                cells = self._cells(filled, row.number, line)
                text = "\t".join([words.text for _, words in filled])
            if not self.ragged:
                self.into.spend(len(cells))
            origin = Origin(line, None, self.sheet, self.table, row.number)
            blocks.append(Block(BlockKind.TABLE_ROW, text, origin, cells=tuple(cells), raw=text))

    def _filled(self, row: SheetRow) -> Sequence[tuple[int, Words]]:
        """The words of the row in all columns of the table."""
        columns = self.columns
        ends = row.cells[0][0], row.cells[-1][0]
        if self._solid and len(row.cells) == len(columns) and ends == (columns[0], columns[-1]):
            return row.cells
        filled = dict(row.cells)
        if self.ragged:
            columns = [column for column in columns if column <= row.cells[-1][0]]
        return [(column, filled.get(column, EMPTY)) for column in columns]

    def _cells(self, filled: Sequence[tuple[int, Words]], number: int, line: int) -> list[Cell]:
        """The cells of a row without merged ones. Half of the time for a large sheet goes by here: no keywords."""
        sheet, table = self.sheet, self.table
        return [
            Cell(words.paragraphs, Origin(line, None, sheet, table, number, column), words.raw, words.tags)
            for column, words in filled
        ]

    def _merged(self, row: SheetRow, line: int, mark: Marks) -> list[Cell]:
        filled = dict(row.cells)
        cells = []
        for column in self.columns:
            origin = Origin(line, None, self.sheet, self.table, row.number, column)
            if place := mark.places.get(column):
                words = place.words
                cells.append(Cell(words.paragraphs, origin, words.raw, words.tags, place.rows, place.columns))
            else:
                words, covered = filled.get(column, EMPTY), column in mark.covered
                cell = Cell(words.paragraphs, origin, words.raw, words.tags)
                cells.append(Cell((), origin, covered=True) if covered else cell)
                if covered and words.paragraphs:
                    self.into.beneath.append(cell)
        return cells
