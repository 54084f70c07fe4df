"""A cell of a Word table → the words of a ``Cell``, marked up as HTML marks them where that matters.

Several paragraphs, list items and bold words come through as ``<p>``, ``<li>`` and ``<b>``, as the interpreter of cells
reads them. A number that Word counts is part of a list item's words, as if it were typed; bullets and letters are not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from trigpoint.documents.markup import tidy
from trigpoint.documents.readers.word.content import (
    Event,
    Item,
    Line,
    Paragraph,
    Span,
    Table,
    TableCell,
    joined,
    words_of,
)
from trigpoint.documents.readers.word.grid import Grid, Place, grid_of
from trigpoint.documents.readers.word.numbering import MarkerKind
from trigpoint.plans.document import Cell, Origin, RemarkKind

COVERED = "Stands in a cell that a merged cell covers: not printed, and left out"
CUT = "The table has more columns than are read; those beyond were left out"


@dataclass(slots=True, eq=False)
class Piece:
    """One paragraph or line of a cell: its words, whether it is a list item, and where they came from."""

    text: str
    line: Line
    ordered: bool | None = None


def cell_pieces(cell: TableCell, origin: Origin, later: list[Table]) -> Iterable[Piece]:
    """The paragraphs of a cell. Where automatic numbers stand alone in it, they are its words."""
    found: list[Piece] = []
    _gather(cell.items, origin, later, found)
    if not found:
        numbers = [each.marker for each in cell.items if isinstance(each, Paragraph) and each.marker]
        if len(numbers) == 1 and numbers[0].kind is not MarkerKind.BULLET:
            number = numbers[0].text.rstrip(".)")
            found.append(Piece(number, [Span(number)]))
    return found


def _gather(items: list[Item], origin: Origin, later: list[Table], found: list[Piece]) -> None:
    for item in items:
        if isinstance(item, Paragraph):
            item.origin = origin
            found.extend(_paragraph_pieces(item))
            for box in item.boxes:
                _gather(box, origin, later, found)
            continue
        grid = grid_of(item)
        if grid.is_table:
            later.append(item)
            continue
        for row in grid.rows:
            for place in row:
                _gather(place.cell.items, origin, later, found)
        remark_on_grid(grid)


def _paragraph_pieces(paragraph: Paragraph) -> Iterable[Piece]:
    lines = paragraph.lines
    marker = paragraph.marker
    if marker is None or not lines:
        return [Piece(text, line) for line in lines if (text := tidy(words_of(line)))]
    line = joined(lines)
    if marker.kind in (MarkerKind.NUMBER, MarkerKind.WORDED):
        line = [Span(f"{marker.text} "), *line]
    text = tidy(words_of(line))
    listed = None if marker.kind is MarkerKind.WORDED else marker.kind is not MarkerKind.BULLET
    return [Piece(text, line, listed)] if text else []


def made_cell(pieces: list[Piece], origin: Origin, place: Place) -> Cell:
    texts = tuple([piece.text for piece in pieces])
    if not pieces:
        return Cell((), origin, "", frozenset(), place.row_span, place.column_span)
    bold = any(span.bold for piece in pieces for span in piece.line)
    if len(pieces) == 1 and not bold and pieces[0].ordered is None:
        raw = escape(words_of(pieces[0].line), quote=False)
        return Cell(texts, origin, raw, frozenset(), place.row_span, place.column_span)
    tags = {"b"} if bold else set()
    parts: list[str] = []
    listed: bool | None = None
    for piece in pieces:
        if piece.ordered is not listed:
            parts += [_list_tag(listed, "</"), _list_tag(piece.ordered, "<")]
            listed = piece.ordered
        name = "p" if listed is None else "li"
        tags |= {name} if listed is None else {name, "ol" if listed else "ul"}
        parts.append(f"<{name}>{_marked(piece.line) if bold else escape(words_of(piece.line), quote=False)}</{name}>")
    parts.append(_list_tag(listed, "</"))
    return Cell(texts, origin, "".join(parts), frozenset(tags), place.row_span, place.column_span)


def _list_tag(ordered: bool | None, start: str) -> str:
    return "" if ordered is None else f"{start}{'ol' if ordered else 'ul'}>"


def _marked(line: Line) -> str:
    """The words of a line with ``<b>`` around what is bold."""
    parts = [f"<b>{escape(s.text, quote=False)}</b>" if s.bold else escape(s.text, quote=False) for s in line]
    return "".join(parts).replace("</b><b>", "")


def remark_on_grid(grid: Grid) -> None:
    """Note at its paragraphs what of a table is not read."""
    for owner, cell in grid.covered:
        words = [words_of(line) for item in cell.items if isinstance(item, Paragraph) for line in item.lines]
        _note(owner, Event(RemarkKind.HIDDEN, COVERED, [" ".join(words)]))
    if grid.cut and grid.rows and grid.rows[0]:
        _note(grid.rows[0][0].cell, Event(RemarkKind.UNREAD, CUT))


def _note(cell: TableCell, event: Event) -> None:
    first = next((item for item in cell.items if isinstance(item, Paragraph)), None)
    if first is not None:
        first.events.append(event)
