"""The plan tables of a document, found by their headings, as one stream of events in reading order.

Converters repeat a table's heading row on every page, lose cells, and put headings and stray paragraphs between
the rows; the stream keeps all of it, with the columns that hold, so that the plan's builder sees what a reader sees.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from trigpoint.documents.bands import Band, columns_of
from trigpoint.documents.columns import Column, ColumnKind
from trigpoint.documents.events import (
    Event,
    Header,
    Heading,
    Left,
    Loose,
    Owned,
    RiskHeader,
    RiskRow,
    Row,
    Section,
)
from trigpoint.documents.fitting import best_gap, lost_cells
from trigpoint.documents.forms import Form, Labelled
from trigpoint.documents.grid import number_grids
from trigpoint.documents.layout_words import heads_key, is_guidance, is_total
from trigpoint.documents.owner_lines import owner_named
from trigpoint.documents.runs import Run, table_runs
from trigpoint.documents.sections import HeadingPath, is_section, stray_paragraph, title_above
from trigpoint.documents.statuses import is_status
from trigpoint.documents.table_search import Found, search
from trigpoint.periods import FinancialYear
from trigpoint.plans.document import Block, BlockKind, Cell, Document, Format, Origin


def plan_events(
    document: Document, years: tuple[FinancialYear, ...] = (), runs: tuple[Run, ...] | None = None
) -> tuple[Event, ...]:
    """Heading rows, rows, sections and loose paragraphs of all plan tables and risk registers, in reading order.

    ``runs`` are the document's tables, where they have been told apart already.
    """
    marked = document.format is not Format.TEXT
    runs = table_runs(document) if runs is None else runs
    found = search(runs, years, marked=marked)
    return tuple(_Stream(document, runs, found, years, marked=marked).events()) if found else ()


class _Stream:
    """The walk over a document's blocks, with what holds at each of them."""

    def __init__(
        self, document: Document, runs: Sequence[Run], found: Found, years: tuple[FinancialYear, ...], *, marked: bool
    ) -> None:
        self.document, self.found, self.years, self.marked = document, found, years, marked
        self.places = {run.line(at): (run, at) for run in runs for at in range(len(run.rows))}
        self.path = HeadingPath(marked=marked)
        self.band: Band | None = None
        self.fresh = self.gap = self.key = False
        grids = number_grids(document, found.headed)
        # One number is no table: it may be a baseline in the rest of a plan's table.
        found_figures = (grid for grid in grids if grid.speaks_of_figures and len(grid.numbers) > 1)
        self.figures = {line for grid in found_figures for line in grid.lines}

    def events(self) -> Iterator[Event]:
        skip = 0
        for line, block in enumerate(self.document.blocks, 1):
            if line < skip:
                continue
            if line in self.found.bands:
                band = self.found.bands[line]
                skip = self.places[line][0].line(band.at + band.depth - 1) + 1
                yield from self._header(band, line)
            elif line in self.found.forms:
                form = self.found.forms[line]
                skip = self.places[line][0].line(form.stop - 1) + 1
                yield from self._form(form, line)
            elif block.kind in (BlockKind.BLANK, BlockKind.RULE) or (
                block.kind is BlockKind.TABLE_ROW and not block.cells
            ):
                self.fresh = self.gap = True
                self.path.sheet(block.origin.sheet)
            elif block.kind is BlockKind.TABLE_ROW:
                yield from self._table_row(block, line)
            else:
                yield from self._words(block, line)

    def _header(self, band: Band, line: int) -> Iterator[Event]:
        self.band, self.fresh, self.gap, self.key = band, True, False, False
        path = tuple(Heading(text, at) for text, at in self.path.titles())
        if band.risks:
            yield RiskHeader(band.risks, line, path)
        else:
            yield Header(band.columns, line, band.exchanged, path)

    def _form(self, form: Form, line: int) -> Iterator[Event]:
        path = tuple(Heading(text, at) for text, at in self.path.titles())
        cells = [[one.cell for one in record] for record in form.records]
        band = columns_of(form.labels, cells if len(cells) > 1 else (), self.years)
        self.band, self.fresh, self.gap = None, True, False
        if band is None:
            return
        if band.risks:
            yield RiskHeader(band.risks, line, path)
            yield from (
                RiskRow(band.risks, tuple(one.cell for one in record), record[0].line, _lines(record), form=True)
                for record in form.records
            )
            return
        yield Header(band.columns, line, path=path, form=True)
        for record in form.records:
            pairs = tuple(zip(band.columns, (one.cell for one in record), strict=True))
            yield Row(pairs, record[0].line, False, shown=tuple(cell for _, cell in pairs), lines=_lines(record))

    def _table_row(self, block: Block, line: int) -> Iterator[Event]:
        run, at = self.places[line]
        filled = run.words(at)
        if line in self.found.foreign:
            self.band = None
        title = title_above(self.document.blocks, line - 1, self.found.bands) if self.gap or not self.band else ""
        if len(filled) == 1 and any(owner_named(filled[0].text)):
            yield Owned(filled[0].text, line)
        elif title:
            self.path.add_title(title, line)
        elif line in self.figures:
            self.band = None  # a table of numbers ends the plan table above it
        elif self.band is not None and filled:
            yield self._row(block, run, at, line, filled)
            self.fresh = self.gap = False

    def _row(self, block: Block, run: Run, at: int, line: int, filled: Sequence[Cell]) -> Event:
        band = self.band
        first = filled[0].text
        words = "; ".join(cell.text for cell in filled)
        if is_total(first) and len(filled) > 1 and all(any(map(str.isdigit, one.text)) for one in filled[1:]):
            return Left(words, line, "a row that adds up others")
        if (len(filled) == 1 and (is_guidance(first) or heads_key(first))) or (len(filled) > 1 and heads_key(first)):
            self.key = True
            return Left(words, line, "guidance on the table itself")
        if self.key and len(filled) <= 3 and is_status(first):
            return Left(words, line, "the key to the table's colours")
        if band is None or is_section(run, at, band, marked=self.marked):
            return Section(first, line)
        if len(filled) == 1 and filled[0] is block.cells[0] and (stray := stray_paragraph(block, band.columns)):
            return Loose(stray, line)
        if band.risks:
            return RiskRow(band.risks, tuple(block.cells), line)
        return _row(block, run.shown[at], band.columns, line, self.years, fresh=self.fresh)

    def _words(self, block: Block, line: int) -> Iterator[Event]:
        heading = block.kind is BlockKind.HEADING and self.marked
        if self.marked and not heading and any(owner_named(block.text)):
            yield Owned(block.text, line)
            return
        apart = self.marked or self.gap or self.band is None
        title = title_above(self.document.blocks, line - 1, self.found.bands) if apart else ""
        if heading:
            self.path.add_heading(block.text, line, block.level)
        elif title:
            self.path.add_title(title, line)
        if title or self.band is None or self.band.risks:
            if heading and self.band is not None and self.band.risks:
                self.band = None
            return
        themed = any(column.kind is ColumnKind.THEME for column in self.band.columns)
        if heading and not themed:
            self.band = None  # what stands under another heading is no part of the table above it
            return
        yield Loose(block, line)
        self.fresh, self.gap = True, False


def _lines(record: Sequence[Labelled]) -> tuple[int, ...]:
    return tuple(one.line for one in record)


def _row(
    block: Block,
    shown: tuple[Cell, ...],
    columns: tuple[Column, ...],
    line: int,
    years: tuple[FinancialYear, ...],
    *,
    fresh: bool,
) -> Row:
    cells = list(block.cells)
    while len(cells) > len(columns) and cells[-1].empty:
        cells.pop()
    if len(cells) > len(columns):
        cells = [*cells[: len(columns) - 1], _joined(cells[len(columns) - 1 :])]
        return Row(tuple(zip(columns, cells, strict=True)), line, fresh, moved=True, shown=tuple(cells))
    missing = len(columns) - len(cells)
    if not missing and (lost := lost_cells(cells, columns, years)):
        cells, missing = cells[:-lost], lost
    gap = best_gap(cells, columns, missing, years) if missing else len(cells)
    empty = Cell((), Origin(line=line))
    placed = [*cells[:gap], *[empty] * missing, *cells[gap:]]
    moved = gap < len(cells)
    seen = tuple(placed) if missing else shown[: len(columns)]
    return Row(tuple(zip(columns, placed, strict=True)), line, fresh, moved, seen)


def _joined(cells: list[Cell]) -> Cell:
    """The cells beyond the last column, as paragraphs of the last one."""
    filled = [cell for cell in cells if not cell.empty] or cells[:1]
    paragraphs = tuple(part for cell in filled for part in cell.paragraphs)
    raw = "\n".join(f"<p>{cell.raw}</p>" for cell in filled)
    return replace(filled[0], paragraphs=paragraphs, raw=raw, tags=filled[0].tags | {"p"})
