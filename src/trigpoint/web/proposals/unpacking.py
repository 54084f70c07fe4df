"""Whether a workbook is small enough to be read while somebody waits for the page."""

from __future__ import annotations

from io import BytesIO
from zipfile import BadZipFile, ZipFile

from trigpoint.errors import InputError

MOST_UNPACKED = 15_000_000
"""Bytes: some 40,000 rows of counts, read in a second or two."""


def require_small(data: bytes) -> None:
    """Raises ``InputError`` for a workbook that unpacks to far more than a template: reading it would hold the page."""
    try:
        with ZipFile(BytesIO(data)) as packed:
            size = sum(each.file_size for each in packed.infolist())
    except (BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        return  # no workbook at all: the reader says so
    if size > MOST_UNPACKED:
        what = f"the workbook unpacks to {size / 1_000_000:,.0f} MB, and no template to {MOST_UNPACKED // 1_000_000} MB"
        raise InputError(what, remedy="download the template again and enter what you need there, or load the files")
