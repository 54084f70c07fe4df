"""Downloads: a table as CSV that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from trigpoint.web.config.responses import CSV, attachment

# A spreadsheet runs a cell that begins like this; a number may begin with a sign and is left alone.
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
BOM = "\ufeff"  # without it Excel reads UTF-8 as Windows-1252


def safe_cell(text: str) -> str:
    """The cell, with an apostrophe before anything that would run as a formula.

    >>> safe_cell("=1+1"), safe_cell("-4.5"), safe_cell("-cmd"), safe_cell("58.4")
    ("'=1+1", '-4.5', "'-cmd", '58.4')
    """
    if text.lstrip(" ").startswith(_RUNS) and not _is_number(text):
        return f"'{text}"
    return text


def _is_number(text: str) -> bool:
    digits = text.removeprefix("-").removeprefix("+")
    return digits.replace(".", "", 1).isascii() and digits.replace(".", "", 1).isdigit()


def csv_response(name: str, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> HttpResponse:
    """A download called ``name``."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([safe_cell(cell) for cell in headers])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return attachment(BOM + text.getvalue(), name, CSV)
