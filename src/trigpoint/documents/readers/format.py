"""What a file is, told by its content; what no reader reads is refused with what to do instead."""

from __future__ import annotations

import codecs
import re
import zlib
from io import BytesIO
from pathlib import PurePath
from zipfile import BadZipFile, ZipFile

from trigpoint.documents.readers.csv_rows import is_csv
from trigpoint.documents.readers.limits import MAXIMUM_FILE_BYTES, MAXIMUM_PARTS, MAXIMUM_UNPACKED_BYTES, MEGABYTE
from trigpoint.errors import InputError, Where
from trigpoint.plans.document import Format

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PDF = b"%PDF-"
PDF_WITHIN = 1024  # viewers look for the mark in the first kilobyte, and so do we
REFUSED = (
    (b"{\\rtf", "a rich text file", "save it as .docx first"),
    (b"\x89PNG", "a picture", "give the document it was made from"),
    (b"\xff\xd8\xff", "a picture", "give the document it was made from"),
    (b"GIF8", "a picture", "give the document it was made from"),
    (b"II*\x00", "a picture", "give the document it was made from"),
    (b"MM\x00*", "a picture", "give the document it was made from"),
    (b"RIFF", "a picture or a recording", "give the document it was made from"),
    (b"\x1f\x8b", "a compressed file", "unpack it first"),
    (b"BZh", "a compressed file", "unpack it first"),
    (b"\xfd7zXZ", "a compressed file", "unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed file", "unpack it first"),
    (b"Rar!", "a compressed file", "unpack it first"),
    (b"MZ\x90", "a program", "give the document it belongs to"),
    (b"\x7fELF", "a program", "give the document it belongs to"),
)
PACKAGES = {
    "word/document.xml": Format.WORD,
    "xl/workbook.xml": Format.EXCEL,
    "xl/workbook.bin": Format.EXCEL,
}
SHEETS = b"application/vnd.oasis.opendocument.spreadsheet"
OTHER_PACKAGES = {
    b"application/vnd.oasis.opendocument.text": "an OpenDocument text",
    b"application/vnd.oasis.opendocument.presentation": "an OpenDocument presentation",
    b"application/epub+zip": "an electronic book",
}
DECLARATION = rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,2000}-->\s*){0,9}"
PAGE_START = re.compile(DECLARATION + rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
ELEMENT_START = re.compile(
    DECLARATION + rb"<(?:main|article|section|header|table|div|h[1-6]|p|ul|ol|dl|meta|title|style)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
XML_START = re.compile(rb"\s*<\?xml\b")
LETTER_START = re.compile(rb"(?:[A-Za-z][\w-]{1,40}:[^\r\n]{0,998}(?:\r?\n[ \t][^\r\n]{0,998}){0,50}\r?\n){2,200}")
LETTER_TYPE = re.compile(rb"^(?:mime-version|content-type:\s*multipart/)", re.IGNORECASE | re.MULTILINE)
TABBED = re.compile(rb"[^\s][ ]*\t+[ ]*[^\s]")
MARKDOWN_LINE = re.compile(rb"^(?:#{1,6} |\|[^\n]*\|[ \t]*\r?$)", re.MULTILINE)
MARKDOWN_NAMES = frozenset((".md", ".markdown", ".mdown"))
LOOKED_AT = 64 * 1024


def format_of(data: bytes, name: str) -> Format:
    """The format of a file's bytes; ``InputError`` for one that no reader reads.

    >>> format_of(b"<!DOCTYPE html><p>Plan</p>", "plan.txt")
    <Format.HTML: 'HTML'>
    """
    where = Where(name)
    refuse_large(len(data), where)
    for start, what, remedy in REFUSED:
        if data.startswith(start):
            raise InputError(f"this is {what}, not a document", where=where, remedy=remedy)
    if data.startswith(ZIP):
        return _package(data, where)
    if data.startswith(OLE):
        return _compound(data, where)
    if PDF in data[:PDF_WITHIN]:
        return Format.PDF
    return _text_format(_head(data), PurePath(name).suffix.lower(), where)


def refuse_large(size: int, where: Where) -> None:
    """``InputError`` where a file has more bytes than are read."""
    if size > MAXIMUM_FILE_BYTES:
        what = f"the file is larger than {MAXIMUM_FILE_BYTES // MEGABYTE} MB"
        raise InputError(what, where=where, remedy="remove pictures or split the document")


def _head(data: bytes) -> bytes:
    """The start of a text, in an encoding that keeps ASCII as it is."""
    head = data[:LOOKED_AT]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", "replace").encode()
    return head.removeprefix(codecs.BOM_UTF8)


def _text_format(head: bytes, suffix: str, where: Where) -> Format:
    """HTML, CSV, Markdown or plain text. Text parted by tabs is plain text, whatever mark-up its cells begin with."""
    if PAGE_START.match(head):
        return Format.HTML
    tabbed = len(TABBED.findall(head)) > 1
    if ELEMENT_START.match(head) and not tabbed:
        return Format.HTML
    if XML_START.match(head):
        raise InputError("this is an XML file, not a document", where=where, remedy="save it as .docx, .xlsx or .pdf")
    if LETTER_START.match(head) and LETTER_TYPE.search(head[: PDF_WITHIN * 4]):
        remedy = "save the page as .html, or the document that came with it as a file of its own"
        raise InputError("this is a saved e-mail or web archive", where=where, remedy=remedy)
    if not tabbed and is_csv(head.decode("utf-8", "replace").splitlines(), called_so=suffix == ".csv"):
        return Format.CSV
    markdown = suffix in MARKDOWN_NAMES or (b"\t" not in head and MARKDOWN_LINE.search(head))
    return Format.MARKDOWN if markdown and not tabbed else Format.TEXT


def _package(data: bytes, where: Where) -> Format:
    """Which office format a zip package is, its declared size checked before anything is unpacked."""
    try:
        with ZipFile(BytesIO(data)) as package:
            parts = package.infolist()
            if len(parts) > MAXIMUM_PARTS or sum(part.file_size for part in parts) > MAXIMUM_UNPACKED_BYTES:
                what = (
                    f"the file unpacks to more than {MAXIMUM_UNPACKED_BYTES // MEGABYTE} MB or {MAXIMUM_PARTS:,} parts"
                )
                raise InputError(what, where=where, remedy="remove pictures or split the document")
            names = {part.filename for part in parts}
            found = next((PACKAGES[name] for name in PACKAGES if name in names), None)
            kind = package.read("mimetype").strip() if found is None and _has_mimetype(package, names) else b""
    except (BadZipFile, zlib.error, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        raise InputError(
            "the file is damaged: it begins like a Word or Excel file and breaks off",
            where=where,
            remedy="open it in the program it was made with and save it again",
        ) from None
    if kind == SHEETS:
        return Format.OPEN_DOCUMENT
    if found is None:
        called = "a PowerPoint presentation" if "ppt/presentation.xml" in names else OTHER_PACKAGES.get(kind)
        what = f"this is {called or 'a zip file that holds no Word document and no Excel workbook'}"
        if called:
            raise InputError(f"{what}, not a document that can be read", where=where, remedy="save it as .docx or .pdf")
        raise InputError(what, where=where, remedy="give the document inside it, as .docx, .xlsx, .ods or .pdf")
    return found


def _has_mimetype(package: ZipFile, names: set[str]) -> bool:
    return "mimetype" in names and package.getinfo("mimetype").file_size < PDF_WITHIN


def _compound(data: bytes, where: Where) -> Format:
    """An old Excel workbook, or what else came in Microsoft's compound files. Their names stand in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise InputError(
            "the file is protected by a password", where=where, remedy="remove the password and save it again"
        )
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        return Format.EXCEL
    raise InputError("this is an old Word or other Office file", where=where, remedy="save it as .docx first")
