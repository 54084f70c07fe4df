"""A document as its readers see it, before anything is understood: blocks and tables with their origin.

Every reader (text, Word, Excel, PDF, HTML) makes a ``Document``; one interpreter turns it into a plan draft, and the
checks read the same blocks, so that a finding stands where the author wrote.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property

LONGEST_HEADING = 80


class BlockKind(Enum):
    """What a line or paragraph looks like."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    TABLE_ROW = "table row"
    RULE = "rule"
    BLANK = "blank"


PROSE = (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)


class Format(Enum):
    """What a file is, told by its content."""

    TEXT = "plain text"
    MARKDOWN = "Markdown"
    CSV = "comma-separated values"
    HTML = "HTML"
    WORD = "Word"
    EXCEL = "Excel"
    OPEN_DOCUMENT = "OpenDocument spreadsheet"
    PDF = "PDF"

    @property
    def lined(self) -> bool:
        """Whether authors find a place in it by its line."""
        return self in (Format.TEXT, Format.MARKDOWN, Format.CSV)


def column_letters(column: int) -> str:
    """The letters that Excel shows over a column.

    >>> column_letters(1), column_letters(28), column_letters(16_384)
    ('A', 'AB', 'XFD')
    """
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something stands.

    ``line`` is the 1-based place of the block in reading order; in a text, Markdown or CSV file that is its line.
    ``page``, ``table``, ``row`` and ``column`` are 1-based, as far as the format has them; ``row`` and ``column`` of a
    sheet are those that Excel shows.
    """

    line: int | None = None
    page: int | None = None
    sheet: str = ""
    table: int | None = None
    row: int | None = None
    column: int | None = None

    @property
    def place(self) -> dict[str, str]:
        """Page, sheet, table, row and column by name, as far as known; the line is left out.

        >>> Origin(line=40, page=3, table=1, row=7).place
        {'page': '3', 'table': '1', 'row': '7'}
        """
        named = {"page": self.page, "sheet": self.sheet, "table": self.table, "row": self.row, "column": self.column}
        return {key: str(value) for key, value in named.items() if value}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: its paragraphs as plain words, mark-up removed.

    ``text`` joins the paragraphs with a line break, so that words of two paragraphs never run together.
    ``tags`` are the lower-case element names that the cell's mark-up used ("p", "ul", "b"); ``raw`` is the cell with
    that mark-up (a reader of another format than text writes ``<p>`` or ``<li>`` around paragraphs where there are
    several, with ``&``, ``<`` and ``>`` escaped). A merged cell stands whole in its first place with its spans;
    every other place that it covers holds an empty cell that is ``covered``, so that all rows of a table have equally
    many cells.
    """

    paragraphs: tuple[str, ...]
    origin: Origin
    raw: str = ""
    tags: frozenset[str] = frozenset()
    row_span: int = 1
    column_span: int = 1
    covered: bool = False

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)

    @property
    def empty(self) -> bool:
        return not self.paragraphs or not "".join(self.paragraphs).strip()


@dataclass(frozen=True, slots=True)
class Block:
    """One block in reading order. ``text`` is plain; ``marker`` is a list or section marker ("-", "1.", "a)", "#").

    A table row keeps its cells, so that tables can be found by content.
    """

    kind: BlockKind
    text: str
    origin: Origin
    marker: str = ""
    level: int = 0
    cells: tuple[Cell, ...] = ()
    raw: str = ""


class RemarkKind(Enum):
    """What a reader met in a file beside its words."""

    INSERTED = "tracked insertion"
    DELETED = "tracked deletion"
    COMMENT = "comment"
    HIDDEN = "hidden content"
    FORMULA_ERROR = "formula error"
    MACRO = "macro"
    EXTERNAL_LINK = "external link"
    UNREAD = "unread part"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something in the file that a reader of the printed page would not see, or that could not be read.

    ``text`` is one sentence for the author; ``words`` are those inserted, deleted, commented or hidden; ``date`` is as
    the file gives it.
    """

    kind: RemarkKind
    text: str
    origin: Origin
    words: str = ""
    author: str = ""
    date: str = ""


@dataclass(frozen=True)
class Document:
    """A whole document. ``blocks[n - 1]`` has ``origin.line == n``; in a text file that is line ``n``.

    Tables are runs of ``TABLE_ROW`` blocks with a ``BLANK`` block between two that touch, and one before each sheet.
    ``properties`` are what the file says of itself ("title", "author", "modified", "header", "footer"), as far as it
    does. ``sureness`` (0 to 1) is how far the format lets blocks be told: 1 where the file marks its own tables and
    headings, less for PDF, where they are told from the position of words.
    """

    name: str
    blocks: tuple[Block, ...]
    format: Format = Format.TEXT
    remarks: tuple[Remark, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)
    sureness: float = 1.0

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The plain words of each block."""
        return tuple(block.text for block in self.blocks)

    @cached_property
    def words(self) -> str:
        """All plain words, one block a line."""
        return "\n".join(self.lines)

    def locate(self, line: int | None, fragment: str = "") -> Origin:
        """Where the block at this place of the reading order stands; of a table row the cell with these words.

        An empty ``Origin`` when there is no such block.
        """
        if line is None or not 1 <= line <= len(self.blocks):
            return Origin()
        block = self.blocks[line - 1]
        wanted = " ".join(fragment.split())
        for cell in block.cells:
            if wanted and wanted in " ".join(cell.text.split()):
                return replace(cell.origin, line=line)
        return block.origin

    def landmark(self, line: int) -> dict[str, str]:
        """What authors find words by that stand in no table: the heading above, else which paragraph it is."""
        lines, titles = self._headings
        if index := bisect_right(lines, line):
            return {"section": titles[index - 1]}
        return {"paragraph": str(bisect_right(self._paragraphs, line) or 1)}

    @cached_property
    def _headings(self) -> tuple[list[int], list[str]]:
        found = [
            (number, " ".join(block.text.split()))
            for number, block in enumerate(self.blocks, start=1)
            if block.kind is BlockKind.HEADING and block.text.strip()
        ]
        short = [
            title if len(title) <= LONGEST_HEADING else f"{title[: LONGEST_HEADING - 1].rstrip()}…"
            for _, title in found
        ]
        return [line for line, _ in found], short

    @cached_property
    def _paragraphs(self) -> list[int]:
        return [number for number, block in enumerate(self.blocks, start=1) if block.kind in PROSE]

    def spot(self, line: int | None) -> str:
        """The same in words for a message.

        "line 12" in a text; "page 3, table 1, row 7", "sheet Actions, row 12", "section “Finance”" in other formats.
        """
        if line is None:
            return ""
        if self.format.lined or not 1 <= line <= len(self.blocks):
            return f"line {line}"
        place = self.locate(line).place
        words = [f"{name} {value}" for name, value in place.items()]
        if "table" not in place and "sheet" not in place:
            words += [
                f"section “{value}”" if name == "section" else f"{name} {value}"
                for name, value in self.landmark(line).items()
                if name == "section" or not place
            ]
        return ", ".join(words)
