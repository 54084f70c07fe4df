"""Answers as tidy rows: one a rule, scheme, risk, contract or month; numbers exact, for spreadsheets and programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any

from trigpoint.plans.cells import encode_text
from trigpoint.reports.finance.exact import decimal_text

BOM = "\ufeff"  # without it Excel reads UTF-8 as Windows-1252


def csv_bytes(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Rows as the bytes of a CSV file that spreadsheets open: no cell runs as a formula, nothing for what is not known.

    What is itself a table (the months of a scheme) is left to JSON.

    >>> csv_bytes([{"name": "=x", "gbp": Decimal("-1.50")}, {"name": "y", "gbp": None}]).decode("utf-8-sig").split()
    ['name,gbp', "'=x,-1.5", 'y,']
    """
    told = [{name: value for name, value in row.items() if not _is_table(value)} for row in rows]
    headers = list(dict.fromkeys(name for row in told for name in row))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(headers)
    writer.writerows([_cell(row.get(name)) for name in headers] for row in told)
    return (BOM + text.getvalue()).encode("utf-8", "backslashreplace")


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping | list | tuple)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        text = decimal_text(value)
        return "" if text == "null" else text
    return encode_text(str(value.value if isinstance(value, Enum) else value))
