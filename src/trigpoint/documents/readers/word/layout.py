"""Paragraphs and tables of a Word file → blocks in reading order, each with the lines of words it was made of.

A table inside a cell: where it has at least two rows that fill two columns each, it becomes a table of its own straight
after the outer one, and the outer cell keeps only its own words; a smaller one is a box, and its words are paragraphs
of the outer cell. A table of one column that holds tables only lays out the page: what stands in it is read as if the
frame were not there. So every word stands in exactly one block. Words of a text box follow the paragraph it hangs on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from trigpoint.documents.markup import tidy
from trigpoint.documents.readers.limits import MAXIMUM_CELLS, MAXIMUM_LINE, MAXIMUM_ROWS
from trigpoint.documents.readers.text import LONGEST_HEADING, MARKER
from trigpoint.documents.readers.word.cells import cell_pieces, made_cell, remark_on_grid
from trigpoint.documents.readers.word.content import Item, Line, Paragraph, Span, Table, joined, paragraphs_of, words_of
from trigpoint.documents.readers.word.grid import Grid, Place, grid_of
from trigpoint.documents.readers.word.numbering import Marker, MarkerKind
from trigpoint.errors import InputError, Where
from trigpoint.plans.document import Block, BlockKind, Cell, Origin

LONGEST_PROMINENT = 120
LARGER = 1.2
TELLING = 1000
RUNNING_TEXT_ENDS = (".", ";", ",")
BULLETS = "-–•*·▪"


@dataclass(frozen=True, slots=True)
class Running:
    """How the running text of a document looks, from which headings stand out.

    ``marked`` says whether anything does, by style or look; where nothing does, a typed number makes a heading.
    """

    size: int
    bold: bool = False
    underlined: bool = False
    marked: bool = False

    def stands_out(self, paragraph: Paragraph) -> bool:
        """Whether all words of a paragraph are bold, underlined or larger, and running text is not."""
        bold = paragraph.bold and not self.bold
        underlined = paragraph.underlined and not self.underlined
        return bold or underlined or paragraph.size >= LARGER * self.size


def running_text(items: Iterable[Item], standard_size: int) -> Running:
    """The look that most words outside tables have; too few words say nothing about it."""
    paragraphs = [item for item in items if isinstance(item, Paragraph) and item.lines and not item.heading]
    sizes: Counter[int] = Counter()
    looks: Counter[str] = Counter()
    for paragraph in paragraphs:
        length = sum(len(words_of(line)) for line in paragraph.lines)
        sizes[paragraph.size] += length
        looks.update({"bold": length * paragraph.bold, "underlined": length * paragraph.underlined})
    told, half = sizes.total() >= TELLING, sizes.total() / 2
    size = max(sizes, key=lambda one: sizes[one]) if told else standard_size
    found = Running(size, told and looks["bold"] > half, told and looks["underlined"] > half)
    marked = any(isinstance(item, Paragraph) and item.heading for item in items)
    return replace(found, marked=marked or any(found.stands_out(one) for one in paragraphs))


@dataclass(slots=True, eq=False)
class Layout:
    """The blocks so far. ``holders`` has for each block the lines of words of each of its cells (one if no row).

    ``told`` says whether the page breaks counted are those of the printed page.
    """

    name: str
    told: bool
    running: Running
    blocks: list[Block] = field(default_factory=list)
    holders: list[tuple[tuple[Line, ...], ...]] = field(default_factory=list)
    tables: int = 0
    cells: int = 0
    level: int = 0

    def add(self, items: Iterable[Item]) -> None:
        """Lay out what stands in the body, in a text box or in a frame."""
        for item in items:
            if isinstance(item, Paragraph):
                self._paragraph(item)
            else:
                self._table(item)

    def add_notes(self, notes: list[tuple[str, list[Item]]]) -> None:
        """Put footnotes and endnotes at the end, each with its number in brackets before its words.

        The number is no marker: a note is no numbered title.
        """
        if notes and self.blocks and self.blocks[-1].kind is not BlockKind.BLANK:
            self._put(Block(BlockKind.BLANK, "", self._origin(0)), [])
        for number, items in notes:
            mark: Line = [Span(f"[{number}] ")]
            for paragraph in paragraphs_of(items):
                paragraph.origin = origin = Origin(line=len(self.blocks) + 1)
                if paragraph.lines:
                    line = [*mark, *joined(paragraph.lines)]
                    mark = []
                    self._put(Block(BlockKind.PARAGRAPH, tidy(words_of(line)), origin, raw=words_of(line)), [line])

    def _paragraph(self, paragraph: Paragraph) -> None:
        origin = paragraph.origin = self._origin(paragraph.page)
        lines = [line for line in paragraph.lines if tidy(words_of(line))]
        if not lines:
            self._blank(paragraph)
        elif (heading := self._heading(paragraph, lines)) is not None:
            self._put(self._titled(paragraph, heading, lines, origin), [joined(lines)])
        elif paragraph.marker is not None and paragraph.marker.kind is not MarkerKind.WORDED:
            marker, line = paragraph.marker, joined(lines)
            text = tidy(words_of(line))
            raw = f"{marker.text} {_emphasised(line)}"
            self._put(Block(BlockKind.LIST_ITEM, text, origin, marker.text, marker.level, raw=raw), [line])
        else:
            for at, line in enumerate(lines):
                self._running(paragraph, labelled(paragraph.marker, line) if at == 0 else line)
        for box in paragraph.boxes:
            self.add(box)

    def _blank(self, paragraph: Paragraph) -> None:
        if self.blocks and self.blocks[-1].kind is not BlockKind.BLANK:
            self._put(Block(BlockKind.BLANK, "", self._origin(paragraph.page)), [])

    def _heading(self, paragraph: Paragraph, lines: list[Line]) -> int | None:
        """The level of a heading: that of its style, else, for a short paragraph that stands out, one below it."""
        if paragraph.style.plain:
            return None
        if paragraph.heading is not None:
            self.level = paragraph.heading
            return paragraph.heading
        text = tidy(" ".join(map(words_of, lines)))
        listed = paragraph.marker is not None and paragraph.marker.kind is MarkerKind.BULLET
        stands_out = self.running.stands_out(paragraph) and not listed and MARKER.match(text) is None
        if stands_out and len(text) <= LONGEST_PROMINENT and not text.endswith(RUNNING_TEXT_ENDS):
            return self.level + 1
        return None

    def _titled(self, paragraph: Paragraph, level: int, lines: list[Line], origin: Origin) -> Block:
        line = labelled(paragraph.marker, joined(lines))
        marker = paragraph.marker
        shown = "" if marker is None or marker.kind in (MarkerKind.BULLET, MarkerKind.WORDED) else marker.text
        text = tidy(words_of(line))
        if not shown and (found := MARKER.match(text)) and found[1] not in BULLETS and text[found.end() :]:
            shown, text = found[1], text[found.end() :]
        return Block(BlockKind.HEADING, text, origin, shown, level, raw=f"{shown} {words_of(line)}".strip())

    def _running(self, paragraph: Paragraph, line: Line) -> None:
        """A line of running text; a number, letter or bullet typed before it is its marker."""
        origin = self._origin(paragraph.page)
        text, raw = tidy(words_of(line)), _emphasised(line)
        found = None if paragraph.style.plain else MARKER.match(text)
        rest = text[found.end() :] if found else ""
        if not found or not rest:
            self._put(Block(BlockKind.PARAGRAPH, text, origin, raw=raw), [line])
            return
        short = len(rest) <= LONGEST_HEADING and not rest.endswith((*RUNNING_TEXT_ENDS, ":"))
        titled = found[1] not in BULLETS and short and rest[0].isupper()
        titled = titled and (self.running.stands_out(paragraph) or not self.running.marked)
        kind = BlockKind.HEADING if titled else BlockKind.LIST_ITEM
        level = self.level + 1 if titled else 0
        self._put(Block(kind, rest, origin, found[1], level, raw=raw), [line])

    def _table(self, table: Table) -> None:
        grid = grid_of(table)
        if grid.is_frame:
            for row in grid.rows:
                for place in row:
                    self.add(place.cell.items)
            return
        if self.blocks and self.blocks[-1].kind is BlockKind.TABLE_ROW:
            self._put(Block(BlockKind.BLANK, "", Origin(page=self.blocks[-1].origin.page)), [])
        self.tables += 1
        later: list[Table] = []
        below: dict[int, int] = {}
        for at, row in enumerate(grid.rows, 1):
            self._row(grid, at, row, below, later)
        remark_on_grid(grid)
        for inner in later:
            self._table(inner)

    def _row(self, grid: Grid, at: int, row: tuple[Place, ...], below: dict[int, int], later: list[Table]) -> None:
        """One row; ``below`` counts for each column the rows that a merged cell above still covers."""
        self.cells += grid.width
        if self.cells > MAXIMUM_CELLS:
            self._refuse(f"the tables have more than {MAXIMUM_CELLS:,} cells")
        page = self._page(row[0].cell.page) if row else None
        line = len(self.blocks) + 1
        starts = {place.column: place for place in row}
        cells: list[Cell] = []
        lines: list[tuple[Line, ...]] = []
        wide = 0
        for column in range(grid.width):
            origin = Origin(line, page, "", self.tables, at, column + 1)
            place = starts.get(column)
            if place is None:
                hidden = wide > 0 or below.get(column, 0) > 0
                cells.append(Cell((), origin, covered=hidden))
                lines.append(())
                wide -= 1
                below[column] = max(below.get(column, 0) - 1, 0)
                continue
            pieces = list(cell_pieces(place.cell, origin, later))
            cells.append(made_cell(pieces, origin, place))
            lines.append(tuple(piece.line for piece in pieces))
            wide = place.column_span - 1
            for under in range(column, column + place.column_span):
                below[under] = place.row_span - 1 if under == column else place.row_span
        text = "\t".join([" ".join(cell.paragraphs) for cell in cells])
        raw = "\t".join([cell.raw for cell in cells])
        row_origin = Origin(line, page, "", self.tables, at)
        self._put(Block(BlockKind.TABLE_ROW, text, row_origin, cells=tuple(cells), raw=raw), lines)

    def _origin(self, page: int) -> Origin:
        return Origin(line=len(self.blocks) + 1, page=self._page(page))

    def _page(self, breaks: int) -> int | None:
        return breaks + 1 if self.told else None

    def _put(self, block: Block, lines: list[Line] | list[tuple[Line, ...]]) -> None:
        if len(block.text) > MAXIMUM_LINE and any(len(cell.text) > MAXIMUM_LINE for cell in block.cells or (block,)):
            self._refuse(f"a paragraph or cell is longer than {MAXIMUM_LINE:,} characters")
        if len(self.blocks) >= MAXIMUM_ROWS:
            self._refuse(f"the document has more than {MAXIMUM_ROWS:,} paragraphs and rows")
        if block.origin.line is None:
            block = Block(block.kind, block.text, Origin(line=len(self.blocks) + 1, page=block.origin.page))
        self.blocks.append(block)
        self.holders.append(tuple(lines) if block.cells else (tuple(lines),))  # type: ignore[arg-type]

    def _refuse(self, what: str) -> None:
        raise InputError(what, where=Where(self.name), remedy="split the document")


def labelled(marker: Marker | None, line: Line) -> Line:
    """A line after a number that is printed in words ("Priority 1:"): they are part of what it says."""
    if marker is None or marker.kind is not MarkerKind.WORDED:
        return line
    return [Span(f"{marker.text} "), *line]


def _emphasised(line: Line) -> str:
    """The words of a line with asterisks around a bold beginning, as plain text marks it: "**Risk** – its text"."""
    lead = 0
    while lead < len(line) and (line[lead].bold or not line[lead].text.strip()):
        lead += 1
    start, rest = words_of(line[:lead]), words_of(line[lead:])
    if not start.strip() or not rest.strip() or "*" in start:
        return start + rest
    bare = start.rstrip()
    return f"**{bare.lstrip()}**{start[len(bare) :]}{rest}"
