"""Small published files as a person would save them, for the tests of readers."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook

from trigpoint.releases.files.content import Content
from trigpoint.releases.files.opening import open_bytes

Rows = Sequence[Sequence[object]]


def workbook(**sheets: Rows) -> bytes:
    """A workbook with these sheets, underlines of their names as blanks."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def content(data: bytes, month: date | None = None, *, name: str = "file") -> Content:
    """The one table of a file, with the month that is given with it."""
    (one,) = open_bytes(data, name)
    return Content(one.name, one.kind, one.data, month=month)


def declaring_one_cell(data: bytes) -> bytes:
    """The same workbook, every sheet of which says that it ends at A1, as some published ones do."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            piece = old.read(name)
            if name.startswith("xl/worksheets/"):
                piece, found = re.subn(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', piece)
                assert found == 1
            new.writestr(name, piece)
    return stream.getvalue()
