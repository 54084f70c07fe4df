"""How dates and numbers read on the pages: British, and the same everywhere."""

from __future__ import annotations

from calendar import month_abbr
from datetime import date
from decimal import Decimal

from trigpoint.periods import long_date
from trigpoint.wording import capital, plural

_ENDS = (".", "?", "!", ":", "…", ".”")


def day(value: date | None) -> str:
    """A date in full, "" for none.

    >>> day(date(2017, 11, 3))
    '3 November 2017'
    """
    return long_date(value) if value else ""


def short_day(value: date | None) -> str:
    """A date for a narrow column, "" for none.

    >>> short_day(date(2017, 11, 3))
    '3 Nov 2017'
    """
    return f"{value.day} {month_abbr[value.month]} {value.year}" if value else ""


def number(value: Decimal | int | None) -> str:
    """A number with thousands separated and its own decimals kept, "" for none.

    >>> number(Decimal("13506")), number(Decimal("58.40")), number(None)
    ('13,506', '58.40', '')
    """
    return f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}" if value is not None else ""


def ended(text: str) -> str:
    """A sentence with a capital at its start and a stop at its end, "" for none. The name of a file keeps its letters.

    >>> ended("its stage is approved"), ended("gates.csv, row 2: what?")
    ('Its stage is approved.', 'gates.csv, row 2: what?')
    """
    if not text:
        return ""
    begun = capital(text) if text.split(" ", 1)[0].isalpha() else text
    return begun if begun.endswith(_ENDS) else f"{begun}."


def count_of(count: int, one: str, many: str = "") -> str:
    """A count with its noun.

    >>> count_of(1, "error"), count_of(2100, "error"), count_of(0, "priority", "priorities")
    ('1 error', '2,100 errors', '0 priorities')
    """
    return f"{count:,} {plural(count, one, many)}"
