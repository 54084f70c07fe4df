"""Printed numbers: "1,098" is 1098, "58.4%" is 58.4, and an empty cell or a dash is no number."""

from __future__ import annotations

import re
from decimal import Decimal

PRINTED = re.compile(
    r"\s*[£$€]?\s*(?P<sign>[-–−+])?\s*£?(?P<digits>\d{1,3}(?:,\d{3})+|\d{1,15})(?P<decimals>\.\d{1,10})?"
    r"\s*(?P<scale>bn|m|k)?\s*(?:%|per ?cent)?\s*[*†‡^]*\s*$",
    re.IGNORECASE | re.ASCII,
)
SCALES = {"": 1, "k": 1_000, "m": 1_000_000, "million": 1_000_000, "bn": 1_000_000_000, "billion": 1_000_000_000}


def printed_number(text: str) -> Decimal | None:
    """The number that a whole cell prints, ``None`` when it prints none.

    >>> printed_number("1,098"), printed_number("58.4%"), printed_number("n/a")
    (Decimal('1098'), Decimal('58.4'), None)
    """
    found = PRINTED.match(text)
    if found is None:
        return None
    value = Decimal(found["digits"].replace(",", "") + (found["decimals"] or ""))
    if found["sign"] in ("-", "–", "−"):
        value = -value
    return value * SCALES[found["scale"].lower()] if found["scale"] else value


def decimals_printed(text: str) -> int:
    """How many decimal places a cell prints."""
    found = PRINTED.match(text)
    return len(found["decimals"]) - 1 if found and found["decimals"] else 0
