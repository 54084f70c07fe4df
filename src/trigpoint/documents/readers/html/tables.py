"""A table of a page → its cells in their places, spans bounded by what the table really has."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborNode

from trigpoint.documents.markup import Piece, tidy
from trigpoint.documents.readers.html.elements import attribute, is_hidden, whole
from trigpoint.documents.readers.html.flow import LONGEST_QUOTE, Flow, LeftOut
from trigpoint.documents.readers.limits import MAXIMUM_CELLS, MAXIMUM_COLUMNS, MAXIMUM_ROWS
from trigpoint.documents.readers.pdf.page_rows import Placed
from trigpoint.errors import InputError, Where
from trigpoint.plans.document import RemarkKind

GROUPS = ("thead", "tbody", "tfoot")
NO_TABLE = frozenset(("presentation", "none"))
WIDEST_SPAN = 1_000  # browsers stop here too


@dataclass(slots=True)
class TableRead:
    """The cells of a table in their places, and what stands beside them.

    ``left_out`` counts rows; ``inner`` are the tables inside its cells; ``cut`` says that it has more columns than are
    read.
    """

    placed: list[Placed] = field(default_factory=list)
    height: int = 0
    width: int = 0
    left_out: list[LeftOut] = field(default_factory=list)
    inner: list[LexborNode] = field(default_factory=list)
    cut: bool = False


def is_data(table: LexborNode) -> bool:
    """Whether a table holds rows of words, and is no mere frame that puts a page's parts beside each other."""
    if attribute(table, "role").lower() in NO_TABLE:
        return False
    inner = [one for one in table.css("table") if one.mem_id != table.mem_id]
    size = len(table.text() or "")
    return all(len(one.text() or "") * 2 < size for one in inner)


def is_table_inside(table: LexborNode) -> bool:
    """Whether a table inside a cell is one of its own: two rows or more with two filled cells; else it is words."""
    rows = [sum(bool((cell.text() or "").strip()) for cell in _cells(row)) for group in _groups(table) for row in group]
    return is_data(table) and sum(filled > 1 for filled in rows) > 1


def table_cells(table: LexborNode, where: Where) -> TableRead:
    """All cells with their places; ``InputError`` where there are too many."""
    read = TableRead()
    filled = 0
    for group in _groups(table):
        end = read.height + len(group)
        above: list[tuple[int, int, int]] = []
        for row in group:
            above = [one for one in above if one[2] > read.height]
            placed = list(_placed_row(row, read, end, above))
            above = sorted(
                [*above, *((one.column, one.column + one.column_span, one.row + one.row_span) for one in placed)]
            )
            read.placed += placed
            filled += sum(one.row_span for one in placed)
            read.height += 1
            if filled > MAXIMUM_CELLS or read.height > MAXIMUM_ROWS:
                what = f"a table has more than {MAXIMUM_ROWS:,} rows or {MAXIMUM_CELLS:,} cells"
                raise InputError(what, where=where, remedy="split the document")
    _squeeze(read)
    return read


def _groups(table: LexborNode) -> Iterator[list[LexborNode]]:
    """The rows of each part of the table as shown: head, bodies, foot."""
    parts = [child for child in table.iter() if child.tag in GROUPS]
    parts.sort(key=lambda part: GROUPS.index(part.tag or ""))
    for part in parts:
        yield [row for row in part.iter() if row.tag == "tr"]


def _cells(row: LexborNode) -> Iterator[LexborNode]:
    return (cell for cell in row.iter() if cell.tag in ("td", "th"))


def _placed_row(row: LexborNode, read: TableRead, end: int, above: list[tuple[int, int, int]]) -> Iterator[Placed]:
    """The cells of a row beside those that reach down into it from above, as (first, after last column, row)."""
    column = 0
    taken = iter((*above, (WIDEST_SPAN * MAXIMUM_ROWS, 0, 0)))
    start, stop, _ = next(taken)
    hidden = row.parent is not None and (is_hidden(row.parent) or is_hidden(row))
    for node in _cells(row):
        if hidden or is_hidden(node):
            _leave_out(node, read)
            continue
        while column >= start:
            column = max(column, stop)
            start, stop, _ = next(taken)
        cell = _cell(node, read, column, end)
        yield cell
        column += cell.column_span


def _leave_out(node: LexborNode, read: TableRead) -> None:
    words = tidy(node.text() or "")[:LONGEST_QUOTE]
    if words:
        read.left_out.append(LeftOut(RemarkKind.HIDDEN, words, read.height))


def _cell(node: LexborNode, read: TableRead, column: int, end: int) -> Placed:
    flow = Flow(is_table_inside)
    flow.read(node)
    read.left_out.extend(replace(one, before=read.height) for one in flow.left_out)
    read.inner.extend(one.table for one in flow.found if one.table is not None)
    pieces = tuple(_piece(one.text, one.marker, one.listed) for one in flow.found if one.text)
    rows = whole(attribute(node, "rowspan"), 1)
    columns = min(max(whole(attribute(node, "colspan"), 1), 1), WIDEST_SPAN)
    row_span = max(min(rows, end - read.height), 1) if rows else end - read.height
    return Placed(read.height, column, pieces, row_span, columns, frozenset(flow.tags) - {"td", "table", "tbody"})


def _piece(text: str, marker: str, listed: int) -> Piece:
    """A paragraph of a cell: a number that the page counts stands before its words, a bullet does not."""
    return Piece(f"{marker} {text}" if marker[:1].isalnum() else text, listed > 0)


def _squeeze(read: TableRead) -> None:
    """Leave out columns in which no cell begins: spans wider than the table has columns show nothing."""
    begun = sorted({cell.column for cell in read.placed})
    read.cut = len(begun) > MAXIMUM_COLUMNS
    begun = begun[:MAXIMUM_COLUMNS]
    read.width = len(begun)
    cells = []
    for cell in read.placed:
        column = bisect_left(begun, cell.column)
        if column < len(begun):
            end = bisect_left(begun, cell.column + cell.column_span)
            cells.append(replace(cell, column=column, column_span=max(end - column, 1)))
    read.placed = cells
