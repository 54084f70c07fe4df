"""Day numbers of spreadsheets → dates and times in words, as far as the cell's format shows them.

A spreadsheet keeps a date as a number of days. Which of day, month and year people see is the format's choice, and only
those are printed: "mmm-yy" gives "June 2026", "dd/mm/yy" gives "30 June 2026". Months are written out, because
"01/02/2026" means one day in Britain and another in a file made elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

EPOCH = date(1899, 12, 30).toordinal()
LEAP_BUG = 60
"""Day 60 is 29 February 1900, which never was; Excel keeps it for the sake of older programs, days before it shift."""
DAYS_TO_1904 = 1462
LAST_DAY = 2_958_465
DAY_MILLISECONDS = 86_400_000
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Part(NamedTuple):
    """A piece of a date format: ``code`` is "y", "m", "d", "w", "h", "n" (minutes), "s", "p" (AM/PM), "[h]"… or "".

    A piece without a code is a literal; ``width`` is how often the letter stands, of seconds the decimals too.
    """

    code: str
    text: str
    width: int = 1


class Moment(NamedTuple):
    """A day number taken apart."""

    year: int
    month: int
    day: int
    weekday: str
    milliseconds: int


def moment_of(days: float, *, from_1904: bool = False) -> Moment | None:
    """The date and time of a day number, ``None`` for one that is no date in any spreadsheet.

    >>> moment_of(46203)[:3], moment_of(44741, from_1904=True)[:3], moment_of(-1)
    ((2026, 6, 30), (2026, 6, 30), None)
    """
    if from_1904 and days >= 0:
        days += DAYS_TO_1904
    if not 0 <= days < LAST_DAY + 1:
        return None
    whole, milliseconds = divmod(round(days * DAY_MILLISECONDS), DAY_MILLISECONDS)
    if whole == 0:
        return Moment(1900, 1, 0, "Saturday", milliseconds)
    if whole == LEAP_BUG:
        return Moment(1900, 2, 29, "Wednesday", milliseconds)
    if whole > LAST_DAY:
        return None
    day = date.fromordinal(EPOCH + whole + (whole < LEAP_BUG))
    return Moment(day.year, day.month, day.day, WEEKDAYS[day.weekday()], milliseconds)


def date_parts(tokens: Sequence[tuple[str, str]]) -> tuple[Part, ...]:
    """The parts of a date format, from its letters ("date" tokens) and literals; "m" after hours means minutes."""
    parts: list[Part] = []
    for kind, text in tokens:
        parts.append(_part(text) if kind == "date" else Part("", text))
    clock = [index for index, part in enumerate(parts) if part.code]
    for place, index in enumerate(clock):
        if parts[index].code == "m" and parts[index].width <= 2:
            before = parts[clock[place - 1]].code if place else ""
            after = parts[clock[place + 1]].code if place + 1 < len(clock) else ""
            if before in ("h", "[h]") or after == "s":
                parts[index] = parts[index]._replace(code="n")
    return tuple(parts)


def _part(text: str) -> Part:
    low = text.lower()
    if low in ("am/pm", "a/p"):
        return Part("p", text)
    if low.startswith("["):
        return Part(f"[{low[1]}]", text, len(low) - 2)
    if low[0] == "s" and "." in low:
        return Part("s", text, low.index("."))
    if low[0] == "d" and len(low) > 2:
        return Part("w", text)
    return Part("y" if low[0] == "e" else low[0], text, len(low))


def date_words(parts: Sequence[Part], moment: Moment) -> str:
    """What the format shows of a date or time, dates in long British form.

    >>> parts = date_parts([("date", "dd"), ("text", "/"), ("date", "mm"), ("text", "/"), ("date", "yy")])
    >>> date_words(parts, moment_of(46203))
    '30 June 2026'
    """
    shown = _rounded(parts, moment)
    dates = [index for index, part in enumerate(parts) if part.code in DATE_CODES]
    words: list[str] = []
    for index, part in enumerate(parts):
        if dates and dates[0] < index <= dates[-1] and not _is_clock(part):
            continue
        if dates and index == dates[0]:
            words.append(_day_words({parts[place].code for place in dates}, shown))
            if any(map(_is_clock, parts[index : dates[-1]])):
                words.append(" ")
        elif part.code:
            words.append(_clock_words(part, parts, shown))
        else:
            words.append(part.text)
    return " ".join("".join(words).split())


DATE_CODES = frozenset("ymdw")


def _is_clock(part: Part) -> bool:
    return bool(part.code) and part.code not in DATE_CODES


def _rounded(parts: Sequence[Part], moment: Moment) -> Moment:
    """Half a second of error in the number must not print a quarter past as fourteen minutes past."""
    if any("." in part.text for part in parts if part.code == "s"):
        return moment
    seconds = min((moment.milliseconds + 500) // 1000, DAY_MILLISECONDS // 1000 - 1)
    return moment._replace(milliseconds=seconds * 1000)


def _day_words(codes: set[str], moment: Moment) -> str:
    pieces = []
    if "w" in codes:
        pieces.append(moment.weekday)
    if "d" in codes:
        pieces.append(str(moment.day))
    if "m" in codes:
        pieces.append(MONTHS[moment.month - 1])
    if "y" in codes:
        pieces.append(str(moment.year))
    return " ".join(pieces)


def _clock_words(part: Part, parts: Sequence[Part], moment: Moment) -> str:
    seconds, rest = divmod(moment.milliseconds, 1000)
    if part.code == "p":
        return "AM" if seconds < 43_200 else "PM"
    if part.code == "h":
        hours = seconds // 3600
        if any(one.code == "p" for one in parts):
            hours = hours % 12 or 12
        return str(hours).zfill(min(part.width, 2))
    if part.code == "n":
        return str(seconds // 60 % 60).zfill(min(part.width, 2))
    whole = str(seconds % 60).zfill(min(part.width, 2))
    decimals = len(part.text.partition(".")[2])
    return f"{whole}.{str(rest).zfill(3)[:decimals].ljust(decimals, '0')}" if decimals else whole


def elapsed_words(parts: Sequence[Part], days: float) -> str:
    """What a format of elapsed time such as "[h]:mm" shows of a number of days.

    >>> elapsed_words(date_parts([("date", "[h]"), ("text", ":"), ("date", "mm")]), 1.5)
    '36:00'
    """
    seconds = int((Decimal(f"{abs(days) * 86_400:.15g}")).quantize(Decimal(1), ROUND_HALF_UP))
    words = "-" if days < 0 and seconds else ""
    for part in parts:
        if part.code == "[h]":
            words += str(seconds // 3600).zfill(part.width)
        elif part.code == "[m]":
            words += str(seconds // 60).zfill(part.width)
        elif part.code == "[s]":
            words += str(seconds).zfill(part.width)
        elif part.code in ("n", "m"):
            words += str(seconds // 60 % 60).zfill(2)
        elif part.code == "s":
            words += str(seconds % 60).zfill(2)
        elif not part.code:
            words += part.text
    return words
