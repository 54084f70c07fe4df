"""Cells placed on a page → rows of blocks: spans made plain, covered places filled, mark-up as ``markup`` reads it.

Shared by the readers of web pages and of PDF files, which both find cells first and rows after.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from trigpoint.documents.markup import Piece, tidy
from trigpoint.plans.document import Block, BlockKind, Cell, Origin


@dataclass(frozen=True, slots=True)
class Placed:
    """One cell in its first place, 0-based, with what stands in it. ``page`` is where its row stands, 1-based."""

    row: int
    column: int
    pieces: tuple[Piece, ...] = ()
    row_span: int = 1
    column_span: int = 1
    tags: frozenset[str] = frozenset()


def row_blocks(
    placed: Iterable[Placed], height: int, width: int, table: int, pages: Sequence[int | None] = ()
) -> list[Block]:
    """The rows of a table as blocks, all equally wide; their lines are given later. ``pages`` has one for each row.

    >>> rows = row_blocks([Placed(0, 0, (Piece("Ward"),), column_span=2), Placed(1, 1, (Piece("7"),))], 2, 2, 1)
    >>> [[cell.text for cell in row.cells] for row in rows], rows[0].cells[1].covered
    ([['Ward', ''], ['', '7']], True)
    """
    places: list[list[Cell | None]] = [[None] * width for _ in range(height)]
    for one in placed:
        rows = range(one.row, min(one.row + one.row_span, height))
        columns = range(one.column, min(one.column + one.column_span, width))
        for row in rows:
            page = pages[row] if pages else None
            for column in columns:
                origin = Origin(page=page, table=table, row=row + 1, column=column + 1)
                first = row == one.row and column == one.column
                cell = Cell((), origin, covered=True)
                places[row][column] = _cell(one, origin, len(rows), len(columns)) if first else cell
    return [
        _block(cells, Origin(page=pages[row] if pages else None, table=table, row=row + 1))
        for row, cells in enumerate(places)
    ]


def raw_of(pieces: Sequence[Piece]) -> str:
    """The pieces of a cell as mark-up that ``markup.pieces`` reads back.

    >>> raw_of([Piece("Quality & safety"), Piece("one", listed=True)])
    '<p>Quality &amp; safety</p><ul><li>one</li></ul>'
    """
    if len(pieces) == 1 and not pieces[0].listed:
        return escape(pieces[0].text, quote=False)
    marked = (f"<ul><li>{escape(p.text, quote=False)}</li></ul>" if p.listed else _paragraph(p) for p in pieces)
    return "".join(marked).replace("</ul><ul>", "")


def _paragraph(piece: Piece) -> str:
    return f"<p>{escape(piece.text, quote=False)}</p>"


def _cell(one: Placed, origin: Origin, row_span: int, column_span: int) -> Cell:
    # Tidied once more: asterisks that are taken off may leave blanks at an end.
    pieces = [Piece(text, piece.listed) for piece in one.pieces if (text := tidy(piece.text))]
    tags = one.tags
    if len(pieces) > 1 or any(piece.listed for piece in pieces):
        tags |= {tag for piece in pieces for tag in (("ul", "li") if piece.listed else ("p",))}
    return Cell(tuple(piece.text for piece in pieces), origin, raw_of(pieces), tags, row_span, column_span)


def _block(cells: Sequence[Cell | None], origin: Origin) -> Block:
    whole = tuple(
        cell or Cell((), Origin(page=origin.page, table=origin.table, row=origin.row, column=column))
        for column, cell in enumerate(cells, 1)
    )
    return Block(BlockKind.TABLE_ROW, "\t".join(" ".join(cell.paragraphs) for cell in whole), origin, cells=whole)
