"""Bytes of a PDF file → ``Document``: blocks and tables told from its tags, or from the position of its words."""

from __future__ import annotations

from collections.abc import Sequence

from trigpoint.documents.readers.limits import Progress
from trigpoint.documents.readers.pdf.file import PdfFile
from trigpoint.documents.readers.pdf.headings import blocks_of
from trigpoint.documents.readers.pdf.notes import remark_on_file, remark_on_page
from trigpoint.documents.readers.pdf.page import RawPage, raw_page
from trigpoint.documents.readers.pdf.page_blocks import BlockList
from trigpoint.documents.readers.pdf.reading import items_of
from trigpoint.errors import InputError, Where
from trigpoint.plans.document import Document, Format

SURENESS = 0.7
"""How far what the position of words tells is trusted; where tags told all of it, no more, for they may lie too."""


def parse_pdf(data: bytes, name: str, progress: Progress | None = None) -> Document:
    """The document in the bytes of a PDF file; ``progress`` is told each page that has been read.

    Tables that run over pages are one; running headers, footers and page numbers are properties, no blocks. Raises
    ``InputError`` for a file that is damaged, protected by a password, too long, or a scanned picture without words.
    """
    where = Where(name)
    file = PdfFile(data, where)
    try:
        into = BlockList(where)
        pages = _pages(file, into, progress)
        remark_on_file(file, into)
        properties = file.properties
    finally:
        file.close()
    _refuse_without_words(pages, where)
    items, running = items_of(pages)
    into.extend(blocks_of(items))
    return Document(name, tuple(into.blocks), Format.PDF, into.settled_remarks(), {**properties, **running}, SURENESS)


def _pages(file: PdfFile, into: BlockList, progress: Progress | None) -> list[RawPage]:
    found = []
    for number in range(1, file.pages + 1):
        with file.page(number) as page:
            if page is None:
                raise file.damaged()
            found.append(raw_page(page))
            remark_on_page(page, found[-1], into)
        if progress is not None:
            progress(number, file.pages)
    return found


def _refuse_without_words(pages: Sequence[RawPage], where: Where) -> None:
    if any(page.seen.words for page in pages):
        return
    if any(page.scanned for page in pages):
        what = "the document is a scanned picture without words"
        raise InputError(what, where=where, remedy="run text recognition on it first")
    raise InputError("the document has no words", where=where, remedy="give a document with text in it")
