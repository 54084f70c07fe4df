"""The plan tables of a document, found by their headings, as one stream of events in reading order.

Converters repeat a table's heading row on every page, lose cells, and put headings and stray paragraphs between
the rows; the stream keeps all of it, with the columns that hold, so that the plan's builder sees what a reader sees.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from trigpoint.documents.columns import Column, ColumnKind, header_columns
from trigpoint.documents.fitting import LABEL_BEFORE_DATE, best_gap, swapped
from trigpoint.documents.grid import number_grids
from trigpoint.periods import FinancialYear, due_date
from trigpoint.plans.document import Block, BlockKind, Cell, Document, Origin

LONGEST_TITLE = 120
SHORTEST_TITLE = 4
LINES_AHEAD = 4
WORDED = frozenset((BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM))
GAP_BEFORE_HEADER = 3
ROWS_LOOKED_AT = 50
SURE_COLUMNS = 3
SHORT_HEADING = 3


@dataclass(frozen=True, slots=True)
class Heading:
    """A title straight above a table's heading row."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Header:
    """A heading row: the columns of the rows that follow, two of them exchanged where ``swapped``."""

    columns: tuple[Column, ...]
    line: int
    swapped: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row under its columns. ``fresh``: first row after a heading row or a gap, where a page may have cut one.

    ``moved`` says that cells were put under other columns than printed, because the row is short.
    """

    cells: tuple[tuple[Column, Cell], ...]
    line: int
    fresh: bool
    moved: bool = False

    def cell(self, kind: ColumnKind) -> Cell | None:
        """The first cell that is not empty of this kind of column."""
        return next((cell for column, cell in self.cells if column.kind is kind and not cell.empty), None)


@dataclass(frozen=True, slots=True)
class Loose:
    """A paragraph that stands between or after the rows of a plan table."""

    block: Block
    line: int


Event: TypeAlias = Heading | Header | Row | Loose


def plan_events(document: Document, years: tuple[FinancialYear, ...] = ()) -> tuple[Event, ...]:
    """Headings, heading rows, rows and loose paragraphs of all plan tables, in reading order."""
    headers = _headers(document.blocks, years)
    if headers:
        return tuple(_events(document, headers, years))
    return tuple(_loose_events(document.blocks, years))


def _headers(blocks: tuple[Block, ...], years: tuple[FinancialYear, ...]) -> dict[int, tuple[Column, ...]]:
    """The heading rows by block index.

    Inside a table a row of words such as "Agree the action plan | Programme lead" looks like one and is none: there
    a heading row repeats the one above, or stands after a gap and has three columns or very short headings.
    """
    headers: dict[int, tuple[Column, ...]] = {}
    current: tuple[Column, ...] = ()
    gap = True
    for index, block in enumerate(blocks):
        if block.kind is not BlockKind.TABLE_ROW:
            gap = True
            continue
        columns = header_columns(block, years)
        if columns is not None and (not current or _same(columns, current) or (gap and _is_plain_heading(columns))):
            headers[index] = current = columns
        gap = gap and not any(not cell.empty for cell in block.cells[1:])  # a title row leaves the gap open
    return headers


def _same(columns: tuple[Column, ...], others: tuple[Column, ...]) -> bool:
    return [column.key for column in columns] == [column.key for column in others]


def _is_plain_heading(columns: tuple[Column, ...]) -> bool:
    filled = [column for column in columns if column.heading]
    return len(filled) >= SURE_COLUMNS or all(len(column.heading.split()) <= SHORT_HEADING for column in filled)


def _loose_events(blocks: tuple[Block, ...], years: tuple[FinancialYear, ...]) -> Iterator[Event]:
    """A document without plan tables is a plan when numbered titles are followed by dated commitments.

    From the first such title on, headings and paragraphs are read as if their table had been lost.
    """
    shown = [(number, block) for number, block in enumerate(blocks, 1) if block.kind in WORDED]
    for place, (_, block) in enumerate(shown):
        if is_numbered_title(block):
            following = [one for _, one in shown[place + 1 : place + 1 + LINES_AHEAD]]
            if any(opens_with_date(one.text, years) for one in following):
                before = shown[place - 1 : place] if place and shown[place - 1][1].kind is BlockKind.HEADING else []
                yield from (Loose(one, number) for number, one in (*before, *shown[place:]))
                return


def _events(
    document: Document, headers: dict[int, tuple[Column, ...]], years: tuple[FinancialYear, ...]
) -> Iterator[Event]:
    blocks = document.blocks
    grids = {
        line
        for grid in number_grids(document, {index + 1 for index in headers})
        if grid.speaks_of_figures
        for line in grid.lines
    }
    columns: tuple[Column, ...] = ()
    fresh = gap = False
    for index, block in enumerate(blocks):
        line = index + 1
        if index in headers:
            columns, fresh, gap = headers[index], True, False
            pair = swapped(columns, _rows_under(blocks, index, headers), years)
            if pair is not None:
                columns = _exchanged(columns, *pair)
            yield Header(columns, line, swapped=pair is not None)
        elif block.kind in (BlockKind.BLANK, BlockKind.RULE):
            fresh = gap = True
        elif (gap or not columns) and (title := _title_above(blocks, index, headers)):
            yield Heading(title, line)
        elif line in grids:
            columns = ()  # a table of numbers ends the plan table above it
        elif not columns:
            continue
        elif block.kind is BlockKind.TABLE_ROW:
            if any(not cell.empty for cell in block.cells):
                yield _row(block, columns, line, fresh, years)
                fresh = gap = False
        else:
            yield Loose(block, line)
            fresh, gap = True, False


def _rows_under(
    blocks: tuple[Block, ...], header: int, headers: dict[int, tuple[Column, ...]]
) -> list[tuple[Cell, ...]]:
    rows = []
    for index in range(header + 1, min(header + 1 + ROWS_LOOKED_AT, len(blocks))):
        if index in headers:
            break
        if blocks[index].kind is BlockKind.TABLE_ROW:
            rows.append(blocks[index].cells)
    return rows


def _exchanged(columns: tuple[Column, ...], i: int, j: int) -> tuple[Column, ...]:
    order = list(columns)
    order[i], order[j] = order[j], order[i]
    return tuple(order)


def _title_above(blocks: tuple[Block, ...], index: int, headers: dict[int, tuple[Column, ...]]) -> str:
    """The words of a block that titles the table below it, or ""."""
    following = index + 1
    while following < len(blocks) and blocks[following].kind in (BlockKind.BLANK, BlockKind.RULE):
        following += 1
    if following not in headers or following - index > GAP_BEFORE_HEADER:
        return ""
    block = blocks[index]
    if block.kind is BlockKind.TABLE_ROW:
        filled = [cell for cell in block.cells if not cell.empty]
        return filled[0].text if len(filled) == 1 and len(filled[0].text) <= LONGEST_TITLE else ""
    return block.text if len(block.text) <= LONGEST_TITLE else ""


def _row(block: Block, columns: tuple[Column, ...], line: int, fresh: bool, years: tuple[FinancialYear, ...]) -> Row:
    cells = list(block.cells)
    while len(cells) > len(columns) and cells[-1].empty:
        cells.pop()
    if len(cells) > len(columns):
        cells = [*cells[: len(columns) - 1], _joined(cells[len(columns) - 1 :])]
        return Row(tuple(zip(columns, cells, strict=True)), line, fresh, moved=True)
    missing = len(columns) - len(cells)
    gap = best_gap(cells, columns, missing, years) if missing else len(cells)
    empty = Cell((), Origin(line=line))
    placed = [*cells[:gap], *[empty] * missing, *cells[gap:]]
    return Row(tuple(zip(columns, placed, strict=True)), line, fresh, moved=gap < len(cells))


def _joined(cells: list[Cell]) -> Cell:
    """The cells beyond the last column, as paragraphs of the last one."""
    filled = [cell for cell in cells if not cell.empty] or cells[:1]
    paragraphs = tuple(part for cell in filled for part in cell.paragraphs)
    raw = "\n".join(f"<p>{cell.raw}</p>" for cell in filled)
    return replace(filled[0], paragraphs=paragraphs, raw=raw, tags=filled[0].tags | {"p"})


def opens_with_date(text: str, years: tuple[FinancialYear, ...]) -> bool:
    """Whether a paragraph is a dated commitment: "By the end of Q3, …", with or without a label before it."""
    phrase = due_date(text, years=years)
    return (
        phrase is not None and phrase.start <= LABEL_BEFORE_DATE and (phrase.start == 0 or ":" in text[: phrase.start])
    )


def is_numbered_title(block: Block) -> bool:
    """Whether a paragraph is the title of a numbered objective."""
    return block.marker[:1].isdigit() and len(block.text.split()) >= SHORTEST_TITLE
