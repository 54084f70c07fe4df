"""A tagged table → its cells in their places. Empty cells are often not tagged: then ruled lines tell the places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from trigpoint.documents.markup import Piece
from trigpoint.documents.readers.pdf.page_grid import Grid
from trigpoint.documents.readers.pdf.page_items import TableItem
from trigpoint.documents.readers.pdf.page_rows import Placed
from trigpoint.documents.readers.pdf.tags import PageTag
from trigpoint.documents.readers.pdf.words import Word

MOST_COLUMNS = 500
PARTS = frozenset(("THead", "TBody", "TFoot", "NonStruct", "Div", "Sect"))


@dataclass(frozen=True, slots=True)
class TaggedCell:
    """What a cell holds: its paragraphs, its first word with its page (0 where it is empty), and "b" or "th"."""

    pieces: tuple[Piece, ...]
    page: int
    first: Word | None
    tags: frozenset[str]


@dataclass(slots=True)
class TaggedTable:
    """The rows of a table while they are read; ``reaches`` is how far down cells of rows above reach by column."""

    cells: list[Placed] = field(default_factory=list)
    read: list[TaggedCell] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    headings: int = 0
    reaches: dict[int, int] = field(default_factory=dict)

    def add(self, row: PageTag, inside: Mapping[int, TaggedCell]) -> None:
        """Add a row: a cell's place among those of its row is known even where others are empty."""
        height = len(self.pages)
        column = 0
        pages = [cell.page for cell in inside.values() if cell.page]
        for index in range(min(max(row.inside, default=-1) + 1, MOST_COLUMNS)):
            while self.reaches.get(column, 0) > height:
                column += 1
            tag = row.inside.get(index)
            span = tag.column_span if tag else 1
            if tag is not None:
                self.cells.append(Placed(height, column, inside[index].pieces, tag.row_span, span, inside[index].tags))
                self.read.append(inside[index])
                self.reaches |= dict.fromkeys(range(column, column + span), height + tag.row_span)
            column += span
        self.pages.append(min(pages) if pages else self.pages[-1] if self.pages else 1)

    def item(self, grids: Mapping[int, Sequence[Grid]]) -> TableItem | None:
        """The whole table; ``None`` where no cell has words. ``grids`` are the ruled tables of each page."""
        if not any(cell.pieces for cell in self.cells):
            return None
        width = min(max(cell.column + cell.column_span for cell in self.cells), MOST_COLUMNS)
        edges = self._edges(grids)
        if len(edges) > width + 1 or (edges and self._is_ragged(width)):
            width = len(edges) - 1
            self.cells = [self._replaced(at, edges) for at in range(len(self.cells))]
        return TableItem(self.cells, self.pages, width, headings=self.headings)

    def _is_ragged(self, width: int) -> bool:
        """Whether some rows have fewer cells than others."""
        filled = [0] * len(self.pages)
        for cell in self.cells:
            for row in range(cell.row, min(cell.row + cell.row_span, len(filled))):
                filled[row] += cell.column_span
        return any(0 < count < width for count in filled)

    def _edges(self, grids: Mapping[int, Sequence[Grid]]) -> tuple[float, ...]:
        """The edges of the columns of the ruled table that most cells stand in."""
        found: tuple[float, ...] = ()
        most = 1
        for page in sorted(set(self.pages)):
            firsts = [cell.first for cell in self.read if cell.page == page and cell.first is not None]
            for grid in grids.get(page, ()):
                inside = sum(grid.box.holds(*word.middle) for word in firsts)
                if inside > most:
                    found, most = tuple(grid.xs), inside
        return found

    def _replaced(self, at: int, edges: Sequence[float]) -> Placed:
        """A cell in the column that its first word stands in."""
        cell, first = self.cells[at], self.read[at].first
        if first is None:
            return cell
        column = sum(first.middle[0] > edge for edge in edges[1:-1])
        return replace(cell, column=column, column_span=min(cell.column_span, len(edges) - 1 - column))


def rows_of(tag: PageTag, heading: bool = False) -> Iterator[tuple[PageTag, bool]]:
    """The rows of a table, and whether each is tagged as a heading."""
    for index in sorted(tag.inside):
        child = tag.inside[index]
        if child.kind == "TR":
            yield child, heading
        elif child.kind in PARTS:
            yield from rows_of(child, heading or child.kind == "THead")


def repeated_on(tag: PageTag, words: Mapping[tuple[int, int], list[Word]]) -> int:
    """The first page of a cell whose words stand alike on several pages, as those of a heading row do; else 0."""
    texts: dict[int, list[str]] = {}
    stack = [tag]
    while stack:
        for one in stack.pop().order:
            if isinstance(one, PageTag):
                stack.append(one)
            else:
                texts.setdefault(one[0], []).extend(word.text for word in words.get(one, ()))
    said = [" ".join(sorted(found)) for found in texts.values() if found]
    return min(page for page, found in texts.items() if found) if len(said) > 1 and len(set(said)) == 1 else 0
