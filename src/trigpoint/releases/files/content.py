"""The content of one file (or of one member of an archive), told apart by what is in it, with its sheets in reach."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cached_property
from itertools import islice

from trigpoint.errors import InputError, Where
from trigpoint.releases.files.limits import HEAD_BYTES, MAXIMUM_LINES
from trigpoint.releases.files.sheet import AS_PUBLISHED, Sheet
from trigpoint.releases.files.text import decoded, encoding_of
from trigpoint.releases.files.workbook import AGAIN, sheets_of


class Kind(Enum):
    """What a file is, as far as its reading goes."""

    TEXT = "text"
    WORKBOOK = "workbook"


@dataclass(frozen=True, eq=False)
class Content:
    """One table file. A CSV has one sheet, named ""; a workbook has its sheets, hidden ones marked.

    ``name`` is for messages only (``file.zip » member.csv``). ``digest`` is the SHA-256 of the table, of
    the member for one in an archive. ``data`` are the bytes; for a large CSV hand them to ``polars.read_csv`` and do
    not touch ``sheets``, which makes Python rows of it. ``month`` is the first day of the month that the user says it
    is of, for a file that does not say so itself; a file that does is believed before it.
    """

    name: str
    kind: Kind
    data: bytes = field(repr=False)
    month: date | None = field(default=None, kw_only=True)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def encoding(self) -> str:
        """The encoding of a text: ``utf-8-sig``, ``utf-16`` or ``cp1252``."""
        return encoding_of(self.data)

    @cached_property
    def text(self) -> str:
        """A text file's words."""
        return decoded(self.data, self.name)

    @cached_property
    def head(self) -> tuple[tuple[str, ...], ...]:
        """The first rows of a text, at most 60, cheaply: what recognition looks at. Empty for a workbook."""
        if self.kind is not Kind.TEXT:
            return ()
        piece = decoded(self.data[:HEAD_BYTES], self.name, cut=len(self.data) > HEAD_BYTES)
        return tuple(tuple(row) for row in islice(self._rows(piece), 60))

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """All sheets in order, hidden ones too; the rows of each are read when they are asked for."""
        if self.kind is Kind.TEXT:
            return (Sheet("", rows=tuple(self._rows(self.text))),)
        return sheets_of(self.data, self.name)

    def below(self, rows: int) -> bytes:
        """What stands below the first rows of a text (blank ones count), in UTF-8, every line ended by ``\\n``.

        This is what ``polars.read_csv`` wants, which does not know other line ends, and passes over blank lines at the
        top of what it is given without a word.

        >>> Content("a.csv", Kind.TEXT, b"\\rCode,N\\rA,1\\r").below(2)
        b'A,1\\n'
        """
        data = self.data if self.encoding == "utf-8-sig" else self.text.encode()
        if data.count(b"\r") != data.count(b"\r\n"):
            data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        at = 0
        for _ in range(self._lines(rows)):
            at = data.find(b"\n", at) + 1 or len(data)
        return data[at:].replace(b"\r\n", b"\n")

    def _lines(self, rows: int) -> int:
        """How many lines the first rows take up: a cell can have several."""
        for text in (decoded(self.data[:HEAD_BYTES], self.name, cut=True), self.text):
            reader = csv.reader(io.StringIO(text, newline=""))
            if sum(1 for _ in islice(reader, rows)) == rows:
                break
        return reader.line_num

    def _rows(self, text: str) -> Iterator[list[str]]:
        """The rows of a text. Raises ``InputError`` at a cell longer than any that is meant."""
        rows, before = csv.reader(io.StringIO(text, newline="")), 0
        try:
            for row in rows:
                if rows.line_num - before > MAXIMUM_LINES:
                    raise csv.Error
                before = rows.line_num
                yield row
        except csv.Error:
            what = (
                "a quotation mark is opened and not closed: a cell would be dozens of lines or thousands of words long"
            )
            raise InputError(what, where=Where(self.name, line=before + 1), remedy=AGAIN) from None

    @property
    def visible(self) -> tuple[Sheet, ...]:
        """The sheets that a reader of the workbook sees."""
        return tuple(sheet for sheet in self.sheets if sheet.visible)

    def sheet(self, name: str) -> Sheet:
        """A sheet by its name, capitals and outer blanks apart. Raises ``InputError`` where there is none."""
        wanted = name.strip().casefold()
        for sheet in self.sheets:
            if sheet.name.strip().casefold() == wanted:
                return sheet
        raise InputError(f"there is no sheet “{name}”", where=self.name, remedy=AS_PUBLISHED)
