"""The words of a spreadsheet cell: its lines as paragraphs, HTML that exports leave in cells taken as mark-up."""

from __future__ import annotations

import re
from html import escape
from typing import NamedTuple

from trigpoint.documents.markup import BLOCKS, pieces, tags, tidy

ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
MARK_UP = re.compile(
    r"</(?:p|div|ul|ol|li|table|tr|td|th|h[1-6]|a|b|em|font|i|small|span|strong|sub|sup|u)\s*>|<(?:br|hr|li|p)\s*/?>",
    re.IGNORECASE,
)
"""What only mark-up has: the end of an element, or one that needs none. "LOS <a week and >b" is no mark-up."""
LINE_END = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")
NONE: frozenset[str] = frozenset()
PARAGRAPH = frozenset(("p",))


class Words(NamedTuple):
    """A cell's paragraphs, the same on one line, with their mark-up, and the names of that mark-up's elements."""

    paragraphs: tuple[str, ...]
    text: str
    raw: str
    tags: frozenset[str] = NONE


EMPTY = Words((), "", "")


def plain(text: str) -> Words:
    """The words of a text that is known to be one tidy paragraph without mark-up: a printed number or date."""
    return Words((text,), text, text)


def words_of(text: str) -> Words:
    """The words of a cell that holds text.

    Exports from other systems leave HTML and entities in cells ("<p>Quality &amp; Safety</p>"); they are read as the
    text reader reads them. Any other "<" and "&" is a character like others.

    >>> words_of("Open the ward\\nby June").paragraphs
    ('Open the ward', 'by June')
    >>> words_of("<p>Quality &amp; Safety</p>").text, words_of("R&D: 4hr <95%").raw
    ('Quality & Safety', 'R&amp;D: 4hr &lt;95%')
    """
    special = "&" in text or "<" in text or ">" in text
    if not special and "  " not in text and "**" not in text and text.isprintable():
        stripped = text.strip()
        return plain(stripped) if stripped else EMPTY
    if special and (ENTITY.search(text) or MARK_UP.search(text)):
        return _marked(text)
    paragraphs = tuple(part for line in LINE_END.split(text) if (part := tidy(line)))
    raws = [escape(part, quote=False) for part in paragraphs]
    if len(raws) == 1:
        return Words(paragraphs, paragraphs[0], raws[0])
    return Words(paragraphs, " ".join(paragraphs), "\n".join(f"<p>{raw}</p>" for raw in raws), PARAGRAPH)


def _marked(text: str) -> Words:
    lines = LINE_END.split(text)
    marked = tags(text)
    if marked & BLOCKS or len(lines) == 1:
        paragraphs = tuple(piece.text for piece in pieces(text))
        return Words(paragraphs, " ".join(paragraphs), text, marked)
    raw = "\n".join(f"<p>{line}</p>" for line in lines if line.strip())
    paragraphs = tuple(piece.text for piece in pieces(raw))
    return Words(paragraphs, " ".join(paragraphs), raw, marked | PARAGRAPH)
