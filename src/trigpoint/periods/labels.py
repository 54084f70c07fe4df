"""Period labels as printed in British papers, in every spelling, read into periods.

``2017/18``, ``2017-18``, ``2017_18``, ``FY17-18`` and ``17/18`` are one financial year; ``2013-15`` is a pool of
calendar years; ``2017-11`` a month. Each period's own label reads back to the period.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from trigpoint.errors import InputError
from trigpoint.periods.calendar import (
    CalendarYear,
    FinancialYear,
    Month,
    Period,
    Quarter,
    RollingYears,
    SchoolYear,
    short_pool,
)

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
YEAR = r"(?:19\d\d|20\d\d)"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONGEST_LABEL = 60
_FY = rf"(?:fy\s?)?(?:{YEAR}\s?[/_–—-]\s?(?:{YEAR}|\d\d)|\d\d\s?/\s?\d\d)|fy\s?\d\d\s?[-–_]?\s?\d\d"
_QUARTER = r"q(?:uarter|tr)?\.?\s?[1-4]"
_MONTH_NUMBER = r"m(?:onth)?\s?(?:1[0-2]|0?[1-9])"
_LABEL = (
    rf"school\s+year\s+{YEAR}\s?[/–-]\s?\d\d(?:\d\d)?",
    rf"calendar\s+years?\s+{YEAR}(?:\s?(?:[–-]|to)\s?{YEAR})?",
    rf"year\s+(?:ending|ended|to)\s+(?:31(?:st)?\s+)?march\s+{YEAR}",
    rf"(?:{_FY}),?\s?{_QUARTER}",
    rf"{_QUARTER},?\s?(?:of\s)?(?:{_FY})",
    rf"(?:{_FY}),?\s?{_MONTH_NUMBER}",
    rf"{_MONTH_NUMBER},?\s?(?:of\s)?(?:{_FY})",
    rf"{MONTH}\.?[\s'’–-]{{1,2}}(?:{YEAR}|\d\d)",
    rf"{YEAR}\s?[–-]\s?\d\d",
    _FY,
    rf"{YEAR}\sto\s{YEAR}",
    YEAR,
)
_IN_TEXT = re.compile(rf"(?<![\w£/.,–-])(?:{'|'.join(_LABEL)})(?![\w%]|[/.,–-]\d)", re.IGNORECASE)


def long_date(day: date) -> str:
    """A day as British papers print it.

    >>> long_date(date(2026, 4, 1))
    '1 April 2026'
    """
    return f"{day.day} {Month.of(day).label}"


def month_number(word: str) -> int:
    """1 to 12 for a month's name or abbreviation.

    >>> month_number("Sept"), month_number("January")
    (9, 1)
    """
    return _MONTHS.index(word.lower()[:3]) + 1


def full_year(two_digits: int) -> int:
    """The year that two printed digits mean: 1970 to 2069, as computers have it.

    >>> full_year(17), full_year(98)
    (2017, 1998)
    """
    return two_digits + (1900 if two_digits >= 70 else 2000)


def financial_year(digits: str) -> FinancialYear | None:
    """The financial year in words that hold two years, ``None`` unless the second follows the first.

    >>> financial_year("FY2017/18"), financial_year("17-18"), financial_year("2016/2020")
    (FinancialYear(first=2017), FinancialYear(first=2017), None)
    """
    run_together = re.fullmatch(r"fy\s?(\d\d)(\d\d)", digits, re.IGNORECASE)
    numbers = list(run_together.groups()) if run_together else re.findall(r"\d\d\d\d|\d\d", digits)
    if len(numbers) != 2:
        return None
    first = int(numbers[0]) if len(numbers[0]) == 4 else full_year(int(numbers[0]))
    following = int(numbers[1]) == (first + 1 if len(numbers[1]) == 4 else (first + 1) % 100)
    return FinancialYear(first) if following else None


def parse_period(text: str) -> Period:
    """Read a whole label into its period.

    ``2013-14`` is a financial year (the years follow each other), ``2013-15`` a pool of calendar years, ``2017-11`` a
    month. Raises InputError where the words are no label, naming the spellings that are.

    >>> str(parse_period("FY17-18")), str(parse_period("Q3 16/17")), str(parse_period("Nov-17"))
    ('2017/18', '2016/17 Q3', 'November 2017')
    """
    words = " ".join(text.split()) if len(text) <= _LONGEST_LABEL else ""
    period = _read(words.lower()) if words else None
    if period is None:
        shown = text if len(text) <= _LONGEST_LABEL else text[:_LONGEST_LABEL] + "…"
        raise InputError(
            f"“{shown}” is not a period",
            remedy="write it as 2017/18, 2017/18 Q3, November 2017, 2017, 2013-15 or school year 2016/17",
        )
    return period


@lru_cache(maxsize=8192)
def period_of(label: str) -> Period | None:
    """The period of a label that may be no period: ``None`` where ``parse_period`` would raise.

    >>> str(period_of("2017/18 Q3")), period_of("Baseline")
    ('2017/18 Q3', None)
    """
    try:
        return parse_period(label)
    except InputError:
        return None


def find_period(text: str) -> Period | None:
    """The first period label that stands anywhere in a text, or ``None``.

    >>> str(find_period("Actual number of quits 2014/15"))
    '2014/15'
    """
    for match in _IN_TEXT.finditer(text):
        period = _read(" ".join(match.group().lower().split()))
        if period is not None:
            return period
    return None


def _read(label: str) -> Period | None:
    """The period of a lower-case label with single blanks."""
    if match := re.fullmatch(rf"school year ({YEAR}\s?[/–-]\s?\d\d(?:\d\d)?)", label):
        year = financial_year(match[1])
        return SchoolYear(year.first) if year else None
    if match := re.fullmatch(rf"calendar years? ({YEAR})(?:\s?(?:[–-]|to)\s?({YEAR}))?", label):
        return _pool(int(match[1]), int(match[2])) if match[2] else CalendarYear(int(match[1]))
    if match := re.fullmatch(rf"year (?:ending|ended|to) (?:31(?:st)? )?march ({YEAR})", label):
        return FinancialYear(int(match[1]) - 1)
    if match := re.fullmatch(rf"({MONTH})\.?[\s'’–-]{{1,2}}({YEAR}|\d\d)", label):
        year_number = int(match[2]) if len(match[2]) == 4 else full_year(int(match[2]))
        return Month(year_number, month_number(match[1]))
    if re.fullmatch(YEAR, label):
        return CalendarYear(int(label))
    return _part_of_year(label) or _dashed(label)


def _part_of_year(label: str) -> Period | None:
    """A financial year, or a quarter or numbered month with its financial year on either side."""
    part = rf"(?P<q>{_QUARTER})|(?P<m>{_MONTH_NUMBER})"
    match = re.fullmatch(rf"(?P<fy>{_FY})(?:,?\s?(?:{part}))?", label) or re.fullmatch(
        rf"(?:{part}),?\s?(?:of\s)?(?P<fy>{_FY})", label
    )
    year = financial_year(match["fy"]) if match else None
    if match is None or year is None:
        return None
    if match["q"]:
        return Quarter(year, int(match["q"][-1]))
    if match["m"]:
        return year.months[int(re.sub(r"\D", "", match["m"])) - 1]
    return year


def _dashed(label: str) -> Period | None:
    """``2013-15``, ``2013-2015``, ``2013 to 2015``: a pool of years; ``2017-11``: a month."""
    match = re.fullmatch(rf"({YEAR})\s?(?:[–-]|to)\s?({YEAR}|\d\d)", label)
    if match is None:
        return None
    first, second = int(match[1]), int(match[2])
    if len(match[2]) == 4:
        return _pool(first, second)
    last = first // 100 * 100 + second
    if short_pool(first, last):
        return RollingYears(first, last)
    return Month(first, second) if 1 <= second <= 12 else None


def _pool(first: int, last: int) -> RollingYears | None:
    return RollingYears(first, last) if first <= last else None
