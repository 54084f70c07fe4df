"""What a Word file holds, between its XML and the blocks: paragraphs with the elements of their words, and tables.

The reader makes blocks of it; whoever writes comments into the file finds by it the elements that a block came from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from trigpoint.documents.readers.limits import MAXIMUM_PARAGRAPHS
from trigpoint.documents.readers.package import Element
from trigpoint.documents.readers.word.numbering import Marker, Numbering
from trigpoint.documents.readers.word.styles import Style, Styles
from trigpoint.errors import InputError, Where
from trigpoint.plans.document import Origin, RemarkKind

BREAK = "\n"
"""The text of a span that ends a line."""


@dataclass(slots=True, eq=False)
class Span:
    """Some words and the element that holds them; none where Word or this reader puts them there."""

    text: str
    element: Element | None = None
    bold: bool = False


Line: TypeAlias = list[Span]


def words_of(line: Line) -> str:
    """The words of a line, blanks as they are."""
    return "".join([span.text for span in line])


def joined(lines: list[Line]) -> Line:
    """Several lines as one, a blank between each two."""
    if len(lines) == 1:
        return lines[0]
    found = list(lines[0])
    for line in lines[1:]:
        found += [Span(" "), *line]
    return found


@dataclass(slots=True, eq=False)
class Event:
    """Something beside the words of a paragraph, to be remarked on. ``at`` is where among the spans it ends."""

    kind: RemarkKind
    text: str
    words: list[str] = field(default_factory=list)
    author: str = ""
    date: str = ""
    at: int = 0


@dataclass(slots=True, eq=False)
class Paragraph:
    """A paragraph: its lines (a line break ends one), what Word prints before it, and what stands beside it.

    ``page`` counts the page breaks before its first word, from 0. ``bold`` and ``underlined`` say that all of its words
    are so, ``size`` is that of the smallest in half points. ``boxes`` are the text boxes that hang on it. ``origin`` is
    where its words came to stand among the blocks.
    """

    element: Element
    style: Style
    lines: list[Line] = field(default_factory=list)
    heading: int | None = None
    marker: Marker | None = None
    page: int = 0
    bold: bool = False
    underlined: bool = False
    size: int = 0
    events: list[Event] = field(default_factory=list)
    boxes: list[list[Item]] = field(default_factory=list)
    origin: Origin | None = None


@dataclass(slots=True, eq=False)
class TableCell:
    """A cell from one line of its table's grid to another. ``goes_on``: it is covered by the cell above it."""

    start: int
    end: int
    items: list[Item]
    page: int
    merged: bool = False
    goes_on: bool = False


@dataclass(slots=True, eq=False)
class Table:
    """A table: its rows of cells, and the widths of its grid in twentieths of a point."""

    rows: list[list[TableCell]] = field(default_factory=list)
    widths: list[int] = field(default_factory=list)


Item: TypeAlias = "Paragraph | Table"


def paragraphs_of(items: list[Item]) -> Iterator[Paragraph]:
    """Every paragraph in reading order, those of tables and text boxes included."""
    for item in items:
        if isinstance(item, Paragraph):
            yield item
            for box in item.boxes:
                yield from paragraphs_of(box)
        else:
            for row in item.rows:
                for cell in row:
                    yield from paragraphs_of(cell.items)


def holds_words(items: list[Item]) -> bool:
    """Whether any of them prints a word."""
    return any(paragraph.lines for paragraph in paragraphs_of(items))


@dataclass(slots=True, eq=False)
class Anchor:
    """What a comment hangs on: the paragraph it begins in, and from which to which of the document's words."""

    paragraph: Paragraph
    start: int | None = None
    end: int | None = None


@dataclass(slots=True, eq=False)
class Course:
    """How far the reading of a document has come, and what was met on the way. ``name`` is the file's.

    ``breaks`` are the page breaks passed; ``rendered`` says that Word left its own marks of where pages ended.
    ``texts`` are all words read, ``notes`` the footnotes and endnotes in order of their marks, ``waiting`` what is to
    be remarked on at the next paragraph, ``carried`` changes that run on into the next paragraph.
    """

    name: str
    styles: Styles
    numbering: Numbering
    rendered: bool = False
    breaks: int = 0
    paragraphs: int = 0
    texts: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    comments: dict[str, Anchor] = field(default_factory=dict)
    waiting: list[Event] = field(default_factory=list)
    carried: dict[RemarkKind, Event] = field(default_factory=dict)

    def count_paragraph(self) -> None:
        """Count a paragraph; ``InputError`` where there are too many."""
        self.paragraphs += 1
        if self.paragraphs > MAXIMUM_PARAGRAPHS:
            what = f"the document has more than {MAXIMUM_PARAGRAPHS:,} paragraphs"
            raise InputError(what, where=Where(self.name), remedy="split the document")

    def page_break(self, *, rendered: bool) -> None:
        """Count a page break; where Word left its own marks, only those."""
        if rendered or not self.rendered:
            self.breaks += 1
