"""Remarks on what a PDF file holds beside the words of its pages: comments, hidden words, scans, scripts, files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped,unused-ignore]

from trigpoint.documents.readers.pdf.fields import note_text
from trigpoint.documents.readers.pdf.file import OpenPage, PdfFile
from trigpoint.documents.readers.pdf.page import RawPage
from trigpoint.documents.readers.pdf.page_blocks import BlockList
from trigpoint.plans.document import RemarkKind
from trigpoint.wording import count, verb

COMMENTS = frozenset(
    (
        pdfium.FPDF_ANNOT_TEXT,
        pdfium.FPDF_ANNOT_FREETEXT,
        pdfium.FPDF_ANNOT_HIGHLIGHT,
        pdfium.FPDF_ANNOT_UNDERLINE,
        pdfium.FPDF_ANNOT_STRIKEOUT,
        pdfium.FPDF_ANNOT_SQUIGGLY,
        pdfium.FPDF_ANNOT_CARET,
        pdfium.FPDF_ANNOT_STAMP,
    )
)
MOST_NOTES = 500
LONGEST_NOTE = 2_000
LONGEST_QUOTE = 300


def remark_on_file(file: PdfFile, into: BlockList) -> None:
    """Say what the file carries that no page shows. Scripts are never run, embedded files never opened."""
    if file.scripts:
        text = f"The file carries {count(file.scripts, 'script')}; {verb(file.scripts, 'it was', 'they were')} not run"
        into.remark(RemarkKind.MACRO, text)
    if file.is_dynamic_form:
        into.remark(RemarkKind.UNREAD, "The file is a form that a program inside it makes up; not all may be read")
    if file.attachments:
        files = count(file.attachments, "other file")
        text = f"The file carries {files}; {verb(file.attachments, 'it was', 'they were')} not read"
        into.remark(RemarkKind.UNREAD, text)


def remark_on_page(page: OpenPage, raw: RawPage, into: BlockList) -> None:
    """Say what a page holds beside the words that are read."""
    number = page.number
    if raw.scanned:
        into.remark(RemarkKind.UNREAD, f"Page {number} is a scanned picture: its words are not read", page=number)
    if raw.recognised:
        text = f"The words of page {number} were recognised in a scanned picture and may be wrong"
        into.remark(RemarkKind.UNREAD, text, page=number)
    if raw.unknown:
        text = f"The file does not say which letters many signs of page {number} stand for: its words may be wrong"
        into.remark(RemarkKind.UNREAD, text, page=number)
    if raw.hidden:
        words = _quoted(raw.hidden)
        into.remark(RemarkKind.HIDDEN, f"Words that cannot be seen on page {number} were left out", words, number)
    if raw.slanted:
        words = _quoted(raw.slanted)
        into.remark(RemarkKind.UNREAD, f"Words across page {number} were left out: “{words}”", words, number)
    for author, words in _comments(page.handle):
        into.remark(
            RemarkKind.COMMENT, f"A reader's comment on page {number}: “{words[:LONGEST_QUOTE]}”", words, number, author
        )


def _quoted(words: Sequence[str]) -> str:
    return " ".join(words)[:LONGEST_QUOTE]


def _comments(page: Any) -> Iterator[tuple[str, str]]:
    """Author and words of each comment."""
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), MOST_NOTES)):
        note = pdfium.FPDFPage_GetAnnot(page, index)
        if not note:
            continue
        if pdfium.FPDFAnnot_GetSubtype(note) in COMMENTS and (words := _said(note, b"Contents")):
            yield _said(note, b"T"), words
        pdfium.FPDFPage_CloseAnnot(note)


def _said(note: Any, key: bytes) -> str:
    return " ".join(note_text(note, key, LONGEST_NOTE).split())
