"""The days a phrase can mean, and the one taken: "the end of", "the start of", "early", "mid-", "late", "before"."""

from __future__ import annotations

from datetime import date, timedelta

from trigpoint.periods.calendar import Month
from trigpoint.periods.reading import Reading
from trigpoint.periods.words import Introducer, Part

_ONE_DAY = timedelta(days=1)
_LONGEST_MONTH_DAYS = 31
_OPENING_DAYS_OF_A_MONTH = 10
_THIRDS = (Part.EARLY, Part.MID, Part.LATE)


def days_meant(reading: Reading, introducer: Introducer | None, part: Part | None) -> tuple[date, date, date]:
    """Earliest, latest and due day.

    A period falls due on its last day; its "end" is that day alone, its "start" its first (up to ten days into a month,
    or a month into a longer period); "early", "mid" and "late" are its thirds; "before" it is the day before its first;
    and what starts then does so on its first day.
    """
    first, last = reading.first, reading.last
    if introducer is Introducer.BEFORE:
        due = last if part is Part.END else first - _ONE_DAY
        return due, due, due
    if part is Part.END:
        return last, last, last
    if part is Part.START:
        return first, _opening_end(first, last), first
    if part is not None:
        first, last = _third(first, last, _THIRDS.index(part))
    return first, last, first if introducer is Introducer.START else last


def _opening_end(first: date, last: date) -> date:
    """The last day that "the start of" a period can mean."""
    days = (last - first).days + 1
    if days <= _LONGEST_MONTH_DAYS:
        return min(last, first + timedelta(days=_OPENING_DAYS_OF_A_MONTH - 1))
    return (Month.of(first) + 1).start - _ONE_DAY


def _third(first: date, last: date, number: int) -> tuple[date, date]:
    """A third of a period: of whole months where their number can be divided, of days otherwise."""
    months = 12 * (last.year - first.year) + last.month - first.month + 1
    if months % 3 == 0:
        step = months // 3
        return (Month.of(first) + number * step).start, (Month.of(first) + (number + 1) * step).start - _ONE_DAY
    step = ((last - first).days + 1) // 3
    begin = first + timedelta(days=number * step)
    return begin, last if number == len(_THIRDS) - 1 else begin + timedelta(days=max(step, 1) - 1)
