"""What is filled into the fields of a PDF form: words that stand on the page and are not written on it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped,unused-ignore]

from trigpoint.documents.readers.pdf.file import OpenPage, text_of
from trigpoint.documents.readers.pdf.words import Showing, Style, Word

SIZE = 9.0  # points: what fields are about filled in with
LETTER = 0.5  # of the size: how wide a letter about is
MARGIN = 2.0
LINE = 1.15  # sizes from line to line
MOST_FIELDS = 2_000
LONGEST_VALUE = 5_000
STYLE = Style(-1, False, SIZE, False, 0, Showing.SEEN)


def field_words(page: OpenPage) -> Iterator[Word]:
    """The words in the fields of a page, set into their boxes as they are about seen."""
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page.handle), MOST_FIELDS)):
        note = pdfium.FPDFPage_GetAnnot(page.handle, index)
        if not note:
            continue
        if pdfium.FPDFAnnot_GetSubtype(note) == pdfium.FPDF_ANNOT_WIDGET:
            yield from _set(note_text(note, b"V", LONGEST_VALUE), note, page)
        pdfium.FPDFPage_CloseAnnot(note)


def note_text(note: Any, key: bytes, longest: int) -> str:
    """A text of a note or field; "" where it has none. Line ends stay."""
    size = min(pdfium.FPDFAnnot_GetStringValue(note, key, None, 0), longest * 2)

    def fetch(room: Any, length: int) -> int:
        wide = ctypes.cast(room, ctypes.POINTER(pdfium.FPDF_WCHAR))
        return int(pdfium.FPDFAnnot_GetStringValue(note, key, wide, length))

    return text_of(fetch, size, lines=True)


def _set(value: str, note: Any, page: OpenPage) -> Iterator[Word]:
    box = pdfium.FS_RECTF()
    if not value.strip() or not pdfium.FPDFAnnot_GetRect(note, ctypes.byref(box)):
        return
    left, top, right, bottom = page.frame.box(box.left, box.bottom, box.right, box.top)
    lines = [line.split() for line in value.splitlines() if line.strip()]
    step = min(SIZE * LINE, (bottom - top) / max(len(lines), 1))
    for number, words in enumerate(lines):
        letters = sum(map(len, words)) + len(words)
        wide = min(LETTER * SIZE, (right - left - 2 * MARGIN) / max(letters, 1))
        x, base = left + MARGIN, top + step * (number + 0.8)
        for word in words:
            end = x + wide * len(word)
            yield Word(word, x, base - SIZE * 0.7, end, base + SIZE * 0.2, base, STYLE, 1_000_000 + number)
            x = end + wide
