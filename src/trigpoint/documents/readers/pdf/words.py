"""The words of a PDF page with their places, as the engine's characters give them."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped,unused-ignore]

from trigpoint.characters import UNPRINTABLE
from trigpoint.documents.readers.limits import MAXIMUM_CHARACTERS
from trigpoint.documents.readers.pdf.file import OpenPage
from trigpoint.documents.readers.word.symbols import symbols

BOLD_WEIGHT = 600
SIGN_FONTS = re.compile(r"wingdings(?:[ -]?[23])?|webdings")
SPELLED_APART = re.compile(r"(wingdings)[ -]?([23])")
PRIVATE_AREA, PRIVATE_END, LAST_OF_A_FONT = 0xF000, 0xF0FF, 0xFF
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
BOLD_NAMES = ("bold", "black", "heavy", "semibold", "demi")
FORCED_BOLD = 1 << 18  # of the flags of a font descriptor
HYPHENS = frozenset((0x02, 0xAD, 0xFFFE))  # how the engine gives a hyphen at the end of a line
SMALLEST = 1.5  # points; smaller letters are not meant to be seen
SLANT = math.radians(10)
GAP = 0.5  # of the size of the letters: a wider gap parts words, whatever the engine says
DROP = 0.35  # of the size: a letter farther from the base line of the last begins a new word
SPACES = frozenset((0x20, 0x09, 0x0A, 0x0D, 0xA0, 0x00, 0x200B))


class Showing(Enum):
    """How letters stand on the page."""

    SEEN = "seen"
    INVISIBLE = "invisible"  # drawn with no ink: hidden, or the words that were recognised in a scanned picture
    WHITE = "white"  # hidden, unless something dark lies behind
    SLANTED = "slanted"  # a watermark across the page


@dataclass(frozen=True, slots=True)
class Style:
    """What all letters of one piece of text share. ``turns`` are quarter turns anticlockwise from upright.

    ``signs`` is the name of the font where it draws signs in the place of letters.
    """

    mcid: int
    artifact: bool
    size: float
    bold: bool
    turns: int
    showing: Showing
    signs: str = ""


@dataclass(slots=True)
class Word:
    """A word, its box on paper, its base line, and its place in the order in which the page was written.

    ``glued``: no blank stands between it and the word before it.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    style: Style
    order: int
    glued: bool = False

    @property
    def size(self) -> float:
        return self.style.size

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2


@dataclass(slots=True)
class PageWords:
    """The words of a page in the order of writing; how many letters have no known meaning."""

    words: list[Word] = field(default_factory=list)
    unknown: int = 0
    letters: int = 0


def page_words(page: OpenPage) -> PageWords:
    """All words of a page, seen or not, on paper or off it."""
    found = PageWords()
    word: Word | None = None
    blank = True
    along = 0.0
    for order, (text, box, base, style) in enumerate(_letters(page, found)):
        if not text:
            word, blank = None, True
            continue
        start, end = _along(box, style.turns)
        if word is None or _parts(word, style, start - along, end - along, base):
            glued = not blank and word is not None and style.turns == word.style.turns
            word = Word("", *box, base, style, order, glued and abs(start - along) < GAP * style.size)
            found.words.append(word)
        word.text += text
        word.x0, word.top = min(word.x0, box[0]), min(word.top, box[1])
        word.x1, word.bottom = max(word.x1, box[2]), max(word.bottom, box[3])
        along, blank = end, False
    return found


def _parts(word: Word, style: Style, start: float, end: float, base: float) -> bool:
    """Whether a letter begins a new word: another element, a gap, a step back, another base line."""
    if style.showing is word.style.showing is Showing.SLANTED:
        return False
    if style is not word.style and (style.mcid, style.turns, style.showing) != (
        word.style.mcid, word.style.turns, word.style.showing
    ):  # fmt: skip
        return True
    reach = GAP * max(style.size, word.style.size)
    return start > reach or end < -reach or abs(base - word.base) > DROP * max(style.size, word.style.size)


def _along(box: tuple[float, float, float, float], turns: int) -> tuple[float, float]:
    """Where a letter begins and ends along the direction that its line is read in."""
    left, top, right, bottom = box
    return ((left, right), (-bottom, -top), (-right, -left), (top, bottom))[turns]


def _letters(page: OpenPage, found: PageWords) -> Iterator[tuple[str, tuple[float, float, float, float], float, Style]]:
    """Each letter with its box, base line and style; "" for a blank."""
    text, frame = page.text, page.frame
    styles = _Styles(page)
    box = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    at_box, at_x, at_y = ctypes.byref(box), ctypes.byref(x), ctypes.byref(y)
    nowhere = (0.0, 0.0, 0.0, 0.0)
    blank = Style(-1, False, 1.0, False, 0, Showing.SEEN)
    for index in range(min(pdfium.FPDFText_CountChars(text), MAXIMUM_CHARACTERS)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code in SPACES:
            yield "", nowhere, 0.0, blank
            continue
        style = styles.of(index)
        if style is None or not pdfium.FPDFText_GetLooseCharBox(text, index, at_box):
            yield "", nowhere, 0.0, blank
            continue
        found.letters += 1
        found.unknown += pdfium.FPDFText_HasUnicodeMapError(text, index) == 1
        pdfium.FPDFText_GetCharOrigin(text, index, at_x, at_y)
        across, down = frame.on_paper(x.value, y.value)
        base = (down, across, -down, -across)[style.turns]
        letter = "-" if code in HYPHENS else chr(code) if code < 0x110000 else UNKNOWN
        if PRIVATE_AREA <= code <= PRIVATE_END or (style.signs and code <= LAST_OF_A_FONT):
            letter = symbols(letter, style.signs or "symbol")
        if not letter or UNPRINTABLE.match(letter):
            continue
        yield letter, frame.box(box.left, box.bottom, box.right, box.top), base, style


class _Styles:
    """The style of each piece of text of a page, asked for once."""

    def __init__(self, page: OpenPage) -> None:
        self._page = page
        self._known: dict[int, Style | None] = {}

    def of(self, index: int) -> Style | None:
        """The style of a letter; ``None`` for one that the engine made up."""
        piece = pdfium.FPDFText_GetTextObject(self._page.text, index)
        if not piece:
            return None
        key = ctypes.addressof(piece.contents)
        if key not in self._known:
            self._known[key] = _style(self._page, piece, index)
        return self._known[key]


def _style(page: OpenPage, piece: Any, index: int) -> Style:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(page.text, index, ctypes.byref(matrix))
    size = pdfium.FPDFText_GetFontSize(page.text, index) * math.hypot(matrix.c, matrix.d)
    angle = math.atan2(matrix.b, matrix.a) - page.frame.turns * math.pi / 2
    turns = round(angle / (math.pi / 2))
    slanted = abs(angle - turns * math.pi / 2) > SLANT
    mode = pdfium.FPDFTextObj_GetTextRenderMode(piece)
    mcid = pdfium.FPDFPageObj_GetMarkedContentID(piece)
    showing = Showing.SLANTED if slanted else _showing(page, index, mode, size)
    font, forced = _font(page.text, index)
    weight = pdfium.FPDFText_GetFontWeight(page.text, index)
    bold = mode == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE or weight >= BOLD_WEIGHT or forced
    bold = bold or any(word in font for word in BOLD_NAMES)
    signs = SPELLED_APART.sub(r"\1 \2", found[0]) if (found := SIGN_FONTS.match(font)) else ""
    return Style(mcid, mcid < 0 and _is_artifact(piece), max(size, 0.1), bold, turns % 4, showing, signs)


def _showing(page: OpenPage, index: int, mode: int, size: float) -> Showing:
    if mode in (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP) or size < SMALLEST:
        return Showing.INVISIBLE
    parts = [ctypes.c_uint() for _ in range(4)]
    if pdfium.FPDFText_GetFillColor(page.text, index, *map(ctypes.byref, parts)):
        red, green, blue, alpha = (part.value for part in parts)
        if alpha == 0:
            return Showing.INVISIBLE
        if min(red, green, blue) > 250:
            return Showing.WHITE
    return Showing.SEEN


def _font(text: Any, index: int) -> tuple[str, bool]:
    """The name of a font without the mark of a subset, in small letters; whether it is to be drawn bold."""
    flags = ctypes.c_int()
    room = ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(text, index, room, len(room), ctypes.byref(flags))
    name = room.value.decode("utf-8", "replace").lower()
    return name.rpartition("+")[2], bool(flags.value & FORCED_BOLD)


def _is_artifact(piece: Any) -> bool:
    """Whether the file marks the piece as no part of the document proper: a running header, a page number."""
    size = ctypes.c_ulong()
    for index in range(min(pdfium.FPDFPageObj_CountMarks(piece), 8)):
        mark = pdfium.FPDFPageObj_GetMark(piece, index)
        room = (pdfium.FPDF_WCHAR * 32)()
        pdfium.FPDFPageObjMark_GetName(mark, room, ctypes.sizeof(room), ctypes.byref(size))
        if bytes(room).decode("utf-16-le", "replace").split("\x00")[0] == "Artifact":
            return True
    return False
