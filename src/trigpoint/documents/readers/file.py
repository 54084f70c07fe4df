"""A file → ``Document``: opened with care, its format told by its content, read by the reader of that format."""

from __future__ import annotations

import stat
from pathlib import Path

from trigpoint.documents.readers.format import format_of, refuse_large
from trigpoint.documents.readers.limits import MAXIMUM_FILE_BYTES, Progress
from trigpoint.documents.readers.text import parse_text
from trigpoint.errors import InputError, Where
from trigpoint.plans.document import Document, Format


def read_document(path: Path | str, progress: Progress | None = None) -> Document:
    """The document in a file: plain text, Markdown, CSV, HTML, Word, Excel, an OpenDocument spreadsheet or PDF.

    ``progress`` is told how far the reading is. Raises ``InputError`` when the file is missing, empty, too large,
    protected by a password, damaged, or of another format.
    """
    return parse_document(file_bytes(path), Path(path).name, progress)


def parse_document(data: bytes, name: str, progress: Progress | None = None) -> Document:
    """The document in the bytes of a file; ``name`` is only used to say where something is wrong.

    A PDF file is read in a process of its own, with an end to its time and memory (see ``guard``); the rest is read
    here, within the limits of its reader.

    >>> parse_document(b"Priorities\\tKey deliverables\\n", "plan.txt").format
    <Format.TEXT: 'plain text'>
    """
    if format_of(data, name) is Format.PDF:
        from trigpoint.documents.readers.guard import INSIDE, read_guarded

        if not INSIDE.is_set():
            return read_guarded(data, name, progress=progress)
    return parse_here(data, name, progress)


def parse_here(data: bytes, name: str, progress: Progress | None = None) -> Document:
    """The document in the bytes of a file, read in this process whatever its format."""
    found = format_of(data, name)
    if found is Format.WORD:
        from trigpoint.documents.readers.word.document import parse_word

        return parse_word(data, name, progress)
    if found in (Format.EXCEL, Format.OPEN_DOCUMENT):
        from trigpoint.documents.readers.workbook.document import parse_workbook

        return parse_workbook(data, name, progress)
    if found is Format.PDF:
        from trigpoint.documents.readers.pdf.document import parse_pdf

        return parse_pdf(data, name, progress)
    if found is Format.HTML:
        from trigpoint.documents.readers.html.document import parse_html

        return parse_html(data, name)
    if found is Format.CSV:
        from trigpoint.documents.readers.csv_rows import parse_csv

        return parse_csv(data, name)
    if found is Format.MARKDOWN:
        from trigpoint.documents.readers.markdown import parse_markdown

        return parse_markdown(data, name)
    return parse_text(data, name)


def file_bytes(path: Path | str) -> bytes:
    """The bytes of a document's file; ``InputError`` when it is missing, no regular file or too large."""
    file = Path(path)
    where = Where(file.name or str(file))
    try:
        found = file.stat()
        if stat.S_ISDIR(found.st_mode):
            raise InputError("this is a folder, not a document", where=where, remedy="give the document inside it")
        if not stat.S_ISREG(found.st_mode):
            # Nobody may ever write into a pipe, and a device may never end.
            raise InputError("this is a pipe or a device, not a file", where=where, remedy="save it as a file first")
        refuse_large(found.st_size, where)
        if not found.st_size:
            return b""  # some that call themselves empty, as /proc/kmsg does, would be waited for without end
        with file.open("rb") as stream:
            return stream.read(MAXIMUM_FILE_BYTES + 1)
    except FileNotFoundError:
        raise InputError("there is no such file", where=str(path), remedy="check the path") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name cannot be used"
        raise InputError(
            f"the file cannot be opened ({reason})", where=where, remedy="check its name and permissions"
        ) from None
