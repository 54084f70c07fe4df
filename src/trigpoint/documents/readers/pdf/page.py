"""One page of a PDF file as read before its layout is told: what is seen, what is hidden, what is tagged."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from trigpoint.documents.readers.pdf.drawings import Box, Drawings, drawings
from trigpoint.documents.readers.pdf.fields import field_words
from trigpoint.documents.readers.pdf.file import OpenPage
from trigpoint.documents.readers.pdf.page_layout import PageRead
from trigpoint.documents.readers.pdf.tags import Tag, page_tags
from trigpoint.documents.readers.pdf.words import PageWords, Showing, Word, page_words

SCANNED = 0.5  # of the page: a picture that covers more, with few words, is a scan
FEW_LETTERS = 20
UNKNOWN = 0.1  # of the letters: where more have no known meaning, the words cannot be trusted
BULLET_ROOM = 24.0  # points: how far before its words a bullet stands
MOST_DOTS = 2_000
BEYOND = 2.0  # points: words farther outside the page are not on it


@dataclass(slots=True)
class RawPage:
    """A page: what is seen of it, its tags, and what a reader of the print would not see.

    ``scanned``: a picture with no words. ``recognised``: words that were recognised in a picture. ``unknown``: letters
    whose meaning the file does not tell.
    """

    seen: PageRead
    tags: Tag | None
    hidden: list[str] = field(default_factory=list)
    slanted: list[str] = field(default_factory=list)
    scanned: bool = False
    recognised: bool = False
    unknown: bool = False


def raw_page(page: OpenPage) -> RawPage:
    """Everything that the layout of a page is told by."""
    found = page_words(page)
    drawn = drawings(page)
    width, height = page.frame.width, page.frame.height
    pictured = max((_on_page(box, width, height) for box in drawn.pictures), default=0.0) >= SCANNED * width * height
    recognised = pictured and _is_recognised(found)
    seen: list[Word] = []
    raw = RawPage(PageRead(page.number, width, height, (), drawn), page_tags(page))
    for word in found.words:
        showing = word.style.showing
        if not _is_on(word, width, height):
            raw.hidden.append(word.text)
        elif showing is Showing.SLANTED:
            raw.slanted.append(word.text)
        elif showing is Showing.SEEN or (showing is Showing.INVISIBLE and recognised) or _on_dark(word, drawn):
            seen.append(word)
        else:
            raw.hidden.append(word.text)
    seen += field_words(page)
    raw.seen = PageRead(page.number, width, height, (*seen, *_bullets(drawn.dots, seen)), drawn)
    raw.recognised = recognised
    raw.scanned = pictured and found.letters < FEW_LETTERS
    raw.unknown = found.unknown > UNKNOWN * max(found.letters, 1)
    return raw


def _bullets(dots: Sequence[Box], words: Sequence[Word]) -> Iterator[Word]:
    """Dots that are drawn before a word, as bullets: some programs draw what others write."""
    firsts = sorted((word for word in words if word.style.turns == 0), key=lambda word: word.x0)
    starts = [word.x0 for word in firsts]
    for dot in dots[:MOST_DOTS]:
        near = firsts[bisect_left(starts, dot.x1) : bisect_right(starts, dot.x1 + BULLET_ROOM)]
        y = (dot.top + dot.bottom) / 2
        word = next((word for word in near if word.top < y < word.bottom), None)
        if word is not None:
            style = replace(word.style, mcid=-1, artifact=True)
            yield Word("•", dot.x0, dot.top, dot.x1, dot.bottom, word.base, style, word.order)


def _on_page(box: Box, width: float, height: float) -> float:
    """How much of a picture lies on the page, in square points."""
    return Box(max(box.x0, 0), max(box.top, 0), min(box.x1, width), min(box.bottom, height)).area


def _is_recognised(found: PageWords) -> bool:
    """Whether the words were recognised in a picture: most are drawn with no ink."""
    return sum(word.style.showing is Showing.INVISIBLE for word in found.words) * 2 > len(found.words)


def _is_on(word: Word, width: float, height: float) -> bool:
    x, y = word.middle
    return -BEYOND <= x <= width + BEYOND and -BEYOND <= y <= height + BEYOND


def _on_dark(word: Word, drawn: Drawings) -> bool:
    """Whether white letters stand on a shaded box or a picture."""
    if word.style.showing is not Showing.WHITE:
        return False
    x, y = word.middle
    return any(box.holds(x, y) for box in (*drawn.shaded, *drawn.pictures))
