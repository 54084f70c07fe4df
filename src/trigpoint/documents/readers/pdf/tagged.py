"""Tagged pages → items: the file itself says what is a paragraph, a heading, a list item, a row and a cell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from trigpoint.documents.markup import Piece, tidy
from trigpoint.documents.readers.pdf.page_grid import Grid
from trigpoint.documents.readers.pdf.page_items import Item, TableItem, TextItem
from trigpoint.documents.readers.pdf.page_lines import BULLETS, PRIVATE, Line, Setting
from trigpoint.documents.readers.pdf.tagged_table import TaggedCell, TaggedTable, repeated_on, rows_of
from trigpoint.documents.readers.pdf.tags import PageTag
from trigpoint.documents.readers.pdf.words import Word
from trigpoint.documents.readers.text import MARKER

HEADING = re.compile(r"H([1-6])?$|Title$")
INLINE = frozenset("Span Link NonStruct Reference Em Strong Quote Code Annot Sub Ruby RB RT RP Warichu WP WT".split())  # noqa: SIM905
DRAWN_BULLET = "•"  # of an item whose label is no word: a bullet that is drawn
OTHER_LINE = 0.5  # of the size: a word farther from the base line of the last stands on another line

Marked = Mapping[tuple[int, int], list[Word]]
"""The words of each marked piece of each page."""


@dataclass(slots=True)
class _Reader:
    """What has been read of the tree. The words of the paragraph under way wait until it ends.

    ``page`` is the only one that is read, where it is not 0; ``first`` is the first word with its page.
    """

    words: Marked
    setting: Setting
    grids: Mapping[int, Sequence[Grid]]
    items: list[Item] = field(default_factory=list)
    waiting: list[tuple[int, Word]] = field(default_factory=list)
    heading: int = 0
    depth: int = 0
    marker: str = ""
    page: int = 0
    first: tuple[int, Word] | None = None

    def read(self, tag: PageTag) -> None:
        for child in tag.order:
            if isinstance(child, tuple):
                self._wait(child)
            elif child.kind in INLINE:
                self.read(child)
            else:
                self.flush()
                self._read_block(child)
                self.flush()

    def _wait(self, marked: tuple[int, int]) -> None:
        if self.page in (0, marked[0]):
            found = self.words.get(marked, ())
            self.waiting += [(marked[0], word) for word in found]
            if found and self.first is None:
                self.first = marked[0], found[0]

    def _read_block(self, tag: PageTag) -> None:
        if tag.kind == "Table":
            table = _table(tag, self)
            if table is not None:
                self.items.append(table)
        elif found := HEADING.match(tag.kind):
            self.heading = int(found[1] or 1)
            self.read(tag)
            self.flush()
            self.heading = 0
        elif tag.kind == "L":
            self.depth += 1
            self.read(tag)
            self.depth -= 1
        elif tag.kind == "LI":
            self.marker = DRAWN_BULLET
            self.read(tag)
        elif tag.kind == "Lbl":
            self.read(tag)
            self.marker = self._taken() or self.marker
        else:
            self.read(tag)

    def _taken(self) -> str:
        text = joined([word for _, word in self.waiting], self.setting)
        self.waiting.clear()
        return text

    def flush(self) -> None:
        """End the paragraph."""
        if not self.waiting:
            return
        page, first = self.waiting[0]
        words = [word for _, word in self.waiting]
        bold = all(word.style.bold for word in words)
        last = self.waiting[-1][0]
        whole = self._taken()
        text, marker = marked_text(whole)
        marker = marker if marker and self.marker == DRAWN_BULLET else self.marker or marker
        self.marker = ""
        if text:
            raw = emphasised(whole, words)
            item = TextItem(text, page, first.size, bold, self.heading, marker, self.depth, raw=raw, until=last)
            self.items.append(item)


def tagged_items(root: PageTag, words: Marked, setting: Setting, grids: Mapping[int, Sequence[Grid]]) -> list[Item]:
    """All texts and tables of the tree in its order. ``grids`` are the ruled tables of each page."""
    reader = _Reader(words, setting, grids)
    reader.read(root)
    reader.flush()
    return reader.items


def joined(words: Sequence[Word], setting: Setting) -> str:
    """Words in their order as one text; those of another line are joined as lines are."""
    lines: list[list[Word]] = []
    for word in words:
        if lines and abs(word.base - lines[-1][-1].base) <= OTHER_LINE * word.size:
            lines[-1].append(word)
        else:
            lines.append([word])
    return tidy(setting.joined([Line(tuple(line)) for line in lines])) if lines else ""


def marked_text(text: str) -> tuple[str, str]:
    """A paragraph without the bullet or number that it begins with, and that marker.

    >>> marked_text("• a ward"), marked_text("2. Safer care"), marked_text("Safer care")
    (('a ward', '•'), ('Safer care', '2.'), ('Safer care', ''))
    """
    first, _, rest = text.partition(" ")
    if first in BULLETS and rest and first != "o":
        return PRIVATE.sub("", rest).strip(), first
    text = PRIVATE.sub("", text).strip()
    if (found := MARKER.match(text)) and found[1][0] not in BULLETS and found.end() < len(text):
        return text[found.end() :], found[1]
    return text, ""


def emphasised(text: str, words: Sequence[Word]) -> str:
    """A paragraph with asterisks around a bold beginning, as plain text marks it: "**Risk** – its text"."""
    count = next((index for index, word in enumerate(words) if not word.style.bold), 0)
    lead = " ".join(word.text for word in words[:count])
    if not lead or not text.startswith(lead):
        return text
    return f"**{lead}**{text[len(lead) :]}"


def _table(tag: PageTag, reader: _Reader) -> TableItem | None:
    """A table with its cells read."""
    table = TaggedTable()
    for row, heading in rows_of(tag):
        table.add(row, {index: _cell(cell, reader) for index, cell in row.inside.items()})
        table.headings += heading
    return table.item(reader.grids)


def _cell(tag: PageTag, outer: _Reader) -> TaggedCell:
    """The paragraphs of a cell, those of tables inside it too."""
    reader = replace(outer, items=[], waiting=[], depth=0, marker="", page=repeated_on(tag, outer.words), first=None)
    reader.read(tag)
    reader.flush()
    found: list[Piece] = []
    for item in reader.items:
        if isinstance(item, TextItem):
            found.append(piece_of(item.text, item.marker, listed=item.level > 0))
        else:
            found += [piece for inner in item.cells for piece in inner.pieces]
    page, first = reader.first or (0, None)
    texts = [item for item in reader.items if isinstance(item, TextItem)]
    bold = bool(texts) and all(item.bold for item in texts)
    tags = {name for name, holds in (("b", bold), ("th", tag.kind == "TH")) if holds}
    return TaggedCell(tuple(found), page, first, frozenset(tags))


def piece_of(text: str, marker: str, *, listed: bool = False) -> Piece:
    """A paragraph of a cell; a bullet says that it is listed, a number stays in its words.

    >>> piece_of("Plan it", "1."), piece_of("Plan it", "•")
    (Piece(text='1. Plan it', listed=False), Piece(text='Plan it', listed=True))
    """
    if marker and (marker[0].isalnum() or marker[0] == "("):
        return Piece(f"{marker} {text}", listed)
    return Piece(text, listed or bool(marker))
