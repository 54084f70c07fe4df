"""A day as computers write it, within the years that a plan can speak of."""

from __future__ import annotations

from datetime import date

from trigpoint.errors import InputError

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
"""A day beyond these is a slip of the pen; and near the end of the calendar no next quarter could be computed."""


def iso_day(text: str, *, where: str | None = None) -> date:
    """The day in a text such as ``2017-11-30``. Raises ``InputError`` when it is none, or not from 1900 to 2199.

    >>> iso_day("2017-11-30").year
    2017
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise InputError(f"“{text}” is no date", where=where, remedy="write it as 2017-11-30") from None
    if not EARLIEST <= day <= LATEST:
        what = f"“{text}” is not between {EARLIEST.year} and {LATEST.year}"
        raise InputError(what, where=where, remedy="correct the year")
    return day
