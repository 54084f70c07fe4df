"""A PDF file, opened with PDFium: its pages, its own words about itself, and what it carries beside its pages.

PDFium is the engine of a browser, hardened by years of hostile files, and ten times faster than a reader in Python.
It serves one thread at a time: ``guard`` gives it a process of its own.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped,unused-ignore]

from trigpoint.characters import without_unprintable
from trigpoint.documents.readers.limits import MAXIMUM_PAGES
from trigpoint.errors import InputError, Where

PROPERTIES = {"Title": "title", "Author": "author", "Subject": "subject", "ModDate": "modified", "Creator": "program"}
LONGEST_PROPERTY = 1_000
QUARTER_TURNS = 4


@dataclass(frozen=True, slots=True)
class Frame:
    """How the points of a page lie on paper: its visible box in the file's units, and its quarter turns clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    @property
    def width(self) -> float:
        return self.top - self.bottom if self.turns % 2 else self.right - self.left

    @property
    def height(self) -> float:
        return self.right - self.left if self.turns % 2 else self.top - self.bottom

    def on_paper(self, x: float, y: float) -> tuple[float, float]:
        """A point in the file as points from the left and from the top of the page as it is seen.

        >>> Frame(0, 0, 600, 800, 0).on_paper(10, 790), Frame(0, 0, 600, 800, 1).on_paper(10, 790)
        ((10, 10), (790, 10))
        """
        if self.turns == 0:
            return x - self.left, self.top - y
        if self.turns == 1:
            return y - self.bottom, x - self.left
        if self.turns == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """A box in the file as left, top, right and bottom on paper."""
        ax, ay = self.on_paper(left, bottom)
        bx, by = self.on_paper(right, top)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A page while it is open: the engine's handles for it and for its text."""

    number: int
    handle: Any
    text: Any
    frame: Frame


class PdfFile:
    """An open file. ``InputError`` where it is damaged, protected, empty or too long."""

    def __init__(self, data: bytes, where: Where) -> None:
        self.where = where
        self._data = data  # the engine reads from these bytes as long as the file is open
        self.handle = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        if not self.handle:
            raise self._refusal(pdfium.FPDF_GetLastError())
        self.pages = int(pdfium.FPDF_GetPageCount(self.handle))
        if self.pages < 1:
            raise self.damaged()
        if self.pages > MAXIMUM_PAGES:
            what = f"the document has {self.pages:,} pages, more than {MAXIMUM_PAGES:,}"
            raise InputError(what, where=where, remedy="split the document")

    def damaged(self) -> InputError:
        """The refusal of a file that cannot be read."""
        what = "the file is damaged: it begins like a PDF file and its pages cannot be read"
        return InputError(what, where=self.where, remedy="open it in the program it was made with and save it again")

    def _refusal(self, error: int) -> InputError:
        if error in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            remedy = "remove the password and save it again"
            return InputError("the file is protected by a password", where=self.where, remedy=remedy)
        return self.damaged()

    def close(self) -> None:
        """Give the engine's memory back."""
        pdfium.FPDF_CloseDocument(self.handle)

    @contextmanager
    def page(self, number: int) -> Iterator[OpenPage | None]:
        """The page with this number, from 1; ``None`` where it is damaged."""
        handle = pdfium.FPDF_LoadPage(self.handle, number - 1)
        text = pdfium.FPDFText_LoadPage(handle) if handle else None
        try:
            yield OpenPage(number, handle, text, _frame(handle)) if text else None
        finally:
            if text:
                pdfium.FPDFText_ClosePage(text)
            if handle:
                pdfium.FPDF_ClosePage(handle)

    @property
    def properties(self) -> dict[str, str]:
        """What the file says of itself, as far as it does."""
        found = {name: self._meta(key) for key, name in PROPERTIES.items()}
        return {name: words for name, words in found.items() if words}

    def _meta(self, key: str) -> str:
        name = key.encode()
        size = min(pdfium.FPDF_GetMetaText(self.handle, name, None, 0), LONGEST_PROPERTY * 2)
        return text_of(lambda room, length: pdfium.FPDF_GetMetaText(self.handle, name, room, length), size)

    @property
    def attachments(self) -> int:
        """How many files are embedded in it."""
        return int(pdfium.FPDFDoc_GetAttachmentCount(self.handle))

    @property
    def is_dynamic_form(self) -> bool:
        """Whether its pages are made up by a program of its own (XFA), which is not run."""
        return pdfium.FPDF_GetFormType(self.handle) in (pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND)

    @property
    def scripts(self) -> int:
        """How many scripts it would run on opening; they are never run here."""
        return int(pdfium.FPDFDoc_GetJavaScriptActionCount(self.handle))


def text_of(fetch: Any, size: int, *, lines: bool = False) -> str:
    """The words that a function of the engine writes into a room of ``size`` bytes; ``lines`` keeps their lines."""
    if size <= 2:
        return ""
    room = ctypes.create_string_buffer(size)
    fetch(room, size)
    words = without_unprintable(room.raw[:size].decode("utf-16-le", "replace").split("\x00")[0])
    return words if lines else " ".join(words.split())


def _frame(page: Any) -> Frame:
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(box))
    turns = int(pdfium.FPDFPage_GetRotation(page)) % QUARTER_TURNS
    return Frame(box.left, box.bottom, box.right, box.top, turns)
