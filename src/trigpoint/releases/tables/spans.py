"""Periods as published files write them, some thirty ways, to their first and last day."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta

from trigpoint.periods import FinancialYear, Month, long_date
from trigpoint.releases.files.sheet import Cell
from trigpoint.releases.tables.cells import words

Span = tuple[date, date]
"""First and last day of a period; a single day has both the same."""

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAY = "(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?"
_YEAR = r"(?P<year>(?:19|20)\d\d|\d\d)"
_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_DAYS = range(32_000, 73_000)  # 1987 to 2099: a serial number that can be meant as a day of statistics

_MONTHS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"(?:[a-z][a-z&0-9]*[-_ ])?{_MONTH}[-_ '’]+{_YEAR}",  # MSitAE-MAY-2025, RTT-January-2026, Apr-25, April 2017
        rf"{_MONTH}{_YEAR}",  # Apr2020
        rf"{_YEAR}[-_ ]{_MONTH}",  # 2020-April
        r"(?P<year>(?:19|20)\d\d)[-/_](?P<number>0[1-9]|1[0-2])",  # 2025-06
    )
)
_DAYS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"(?P<year>(?:19|20)\d\d)-(?P<number>\d\d?)-(?P<day>\d\d?)(?:[ T]\d\d:\d\d(?::\d\d)?(?:\.0+)?)?",
        r"(?P<day>\d\d?)[/.](?P<number>\d\d?)[/.](?P<year>(?:19|20)\d\d|\d\d)(?: \d\d:\d\d(?::\d\d)?)?",
        rf"{_WEEKDAY}(?P<day>\d\d?)(?:st|nd|rd|th)?[- ]?(?:of )?{_MONTH},?[- ]?{_YEAR}",
        r"(?P<year>(?:19|20)\d\d)(?P<number>0[1-9]|1[0-2])(?P<day>[0-3]\d)",
    )
)
_FINANCIAL = re.compile(r"(?:fy ?)?(?P<first>(?:19|20)\d\d)[-/_–](?P<second>(?:\d\d)?\d\d)")
_POOL = re.compile(r"(?P<first>(?:19|20)\d\d) ?[-–] ?(?P<second>(?:\d\d)?\d\d)")
_QUARTER_FIRST = re.compile(r"q(?:uarter )?(?P<quarter>[1-4])[-_ ]*(?P<year>.+)", re.I)
_QUARTER_LAST = re.compile(r"(?P<year>.+?)[-_ ]*q(?:uarter )?(?P<quarter>[1-4])", re.I)


def month(year: int, number: int) -> Span:
    """The first and last day of a month.

    >>> month(2024, 2)[1].isoformat()
    '2024-02-29'
    """
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


def quarter_ending(year: int, number: int) -> Span:
    """The three months that end with this one.

    >>> quarter_ending(2021, 1)[0].isoformat()
    '2020-11-01'
    """
    start = (year, number - 2) if number > 2 else (year - 1, number + 10)
    return date(*start, 1), month(year, number)[1]


def month_of_year(year: str, name: Cell) -> Span:
    """The month of a name in a financial year: ``2016-17`` with ``March`` is March 2017. ``ValueError`` for others."""
    match = _FINANCIAL.fullmatch(words(year))
    number = _number(words(name))
    if match is None or number is None:
        raise ValueError(f"{words(year)} {words(name)}")
    return month(int(match["first"]) + (number < 4), number)


def day(cell: Cell) -> date:
    """A day in any of the spellings (``10th July 2025``, ``01SEP2017``, ``31MAR21``, ``01/07/2024``, ``20150401``,
    ``2019-02-01 00:00:00``, the serial number 43437). Days come before months, as in Britain. ``ValueError`` for
    others.

    >>> day("Thursday 12th March 2026").isoformat(), day("31MAR21").isoformat(), day(43437).isoformat()
    ('2026-03-12', '2021-03-31', '2018-12-03')
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = words(cell)
    for pattern in _DAYS:
        if match := pattern.fullmatch(text):
            parts = match.groupdict()
            number = int(parts["number"]) if parts.get("number") else _number(parts["month"])
            try:
                return date(_full(parts["year"]), number or 0, int(parts["day"]))
            except ValueError:
                raise ValueError(text) from None
    if re.fullmatch(r"\d{5}", text) and int(text) in _EXCEL_DAYS:
        return _EXCEL_EPOCH + timedelta(days=int(text))
    raise ValueError(text)


def span(cell: Cell) -> Span:
    """The period that a cell means: month, quarter, financial year, pool of years or day.

    A date on the first of a month means that month, for that is how spreadsheets write one; another date is a day.
    ``2016/17`` is a financial year, ``2014 - 16`` a pool of calendar years, ``2015`` a calendar year, ``Q1 2024/25``
    a quarter of the financial year, ``Q2 2005`` of the calendar year. Raises ``ValueError`` with the words for others.

    >>> [day.isoformat() for day in span("MSitAE-MAY-2025")], [day.isoformat() for day in span("Q1 2024/25")]
    (['2025-05-01', '2025-05-31'], ['2024-04-01', '2024-06-30'])
    """
    text = words(cell)
    if not isinstance(cell, date):
        for pattern in _MONTHS:
            if match := pattern.fullmatch(text):
                parts = match.groupdict()
                number = int(parts["number"]) if parts.get("number") else _number(parts["month"])
                return month(_full(parts["year"]), number or 0)
        if found := _years(text) or _quarter(text):
            return found
    one = day(cell)
    return month(one.year, one.month) if one.day == 1 else (one, one)


def _years(text: str) -> Span | None:
    if re.fullmatch(r"(19|20)\d\d", text):
        return date(int(text), 1, 1), date(int(text), 12, 31)
    if (match := _FINANCIAL.fullmatch(text)) and (_last(match) - int(match["first"])) == 1:
        return date(int(match["first"]), 4, 1), date(int(match["first"]) + 1, 3, 31)
    if (match := _POOL.fullmatch(text)) and 0 < _last(match) - int(match["first"]) < 20:
        return date(int(match["first"]), 1, 1), date(_last(match), 12, 31)
    if sortable := re.fullmatch(r"((?:19|20)\d\d)0000", text):
        return date(int(sortable[1]), 1, 1), date(int(sortable[1]), 12, 31)
    return None


def _last(match: re.Match[str]) -> int:
    second = match["second"]
    return int(second) if len(second) == 4 else int(match["first"][:2] + second) + 100 * (second < match["first"][2:])


def _quarter(text: str) -> Span | None:
    match = _QUARTER_FIRST.fullmatch(text) or _QUARTER_LAST.fullmatch(text)
    years = _years(words(match["year"])) if match else None
    if match is None or years is None:
        return None
    first, quarter = years[0], int(match["quarter"])
    number = (first.month - 1) + 3 * quarter
    return quarter_ending(first.year + (number - 1) // 12, (number - 1) % 12 + 1)


def period_words(start: date, end: date) -> str:
    """A period as people say it.

    >>> period_words(date(2024, 1, 1), date(2024, 1, 31)), period_words(date(2024, 4, 1), date(2025, 3, 31))
    ('January 2024', '2024/25')
    >>> period_words(date(2024, 4, 1), date(2024, 6, 30)), period_words(date(2024, 4, 1), date(2024, 4, 1))
    ('April to June 2024', '1 April 2024')
    """
    if start == end:
        return long_date(start)
    if not months_in(start, end):
        return f"{long_date(start)} to {long_date(end)}"
    first, last = Month.of(start), Month.of(end)
    if first == last:
        return first.label
    if (start.month, end.month) == (4, 3) and end.year == start.year + 1:
        return FinancialYear.of(start).label
    if start.year == end.year:
        return f"{first.label.split()[0]} to {last.label}"
    return f"{first.label} to {last.label}"


def months_in(start: date, end: date) -> int:
    """How many months a period has; 0 for one that is not of whole months, such as a day.

    >>> months_in(date(2024, 4, 1), date(2024, 6, 30)), months_in(date(2024, 4, 1), date(2024, 4, 7))
    (3, 0)
    """
    whole = start.day == 1 and end.day == monthrange(end.year, end.month)[1]
    return (end.year - start.year) * 12 + end.month - start.month + 1 if whole else 0


def _number(word: str) -> int | None:
    start = word.strip().casefold()[:3]
    return _NAMES.index(start) + 1 if start in _NAMES else None


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else int(year) + (1900 if int(year) >= 70 else 2000)
