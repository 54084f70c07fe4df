"""Amounts, months and years as people write them in tables, to values and back, exactly.

Shares are written “1.9%” or 0.019. A bare number above 1 where a share is meant is refused, for it is nearly always
a percentage without its sign: a growth of 1.9 would otherwise nearly triple activity a year.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import TypeVar

from trigpoint.errors import InputError
from trigpoint.periods import FinancialYear, Month, parse_period
from trigpoint.plans.cells import CellError, decode_date, quoted
from trigpoint.plans.tables import nearest
from trigpoint.tabular.exact_amounts import LONGEST, decimal_of_cell, share_of_cell

_MONTH = re.compile(r"([0-9]{4})-([0-9]{1,2})(?:-01)?\Z")
_FIRST_DAY = re.compile(r"0?1/([0-9]{1,2})/([0-9]{4})\Z")
_CHOICE = re.compile(r"(.+?)\s*(?::|@|\bwith\b)\s*(.+)\Z")
LARGEST, SMALLEST = 1e12, 1e-12
"""No health system counts, spends or shares beyond these; products of what lies between stay numbers that a float
holds."""
STEEPEST = 100
"""Growth by more than 10,000% is a slip of the hand, and over many years more than can be calculated with."""
_Member = TypeVar("_Member", bound=Enum)


def number_of(cell: str) -> float:
    """A number as a table writes it: digits, a full stop for decimals, a sign. Raises ``CellError`` with the remedy.

    >>> number_of("1700"), number_of("−12.5")
    (1700.0, -12.5)
    """
    return float(decimal_of_cell(cell))


def count_of(cell: str) -> float:
    """A number that cannot be negative."""
    value = number_of(cell)
    if value < 0:
        raise CellError(f"{quoted(cell)} is negative", "write how many, or remove the row where that is not known")
    if value > LARGEST:
        raise CellError(f"{quoted(cell)} is larger than can be calculated with", "correct it")
    if 0 < value < SMALLEST:
        raise CellError(f"{quoted(cell)} is smaller than can be calculated with", "write 0, or correct it")
    return value


def share_of(cell: str) -> float:
    """A share or rate as a fraction; a bare number beyond 1 is taken for a percentage that lacks its sign.

    >>> share_of("1.9%"), share_of("0.019"), share_of("-2 %"), share_of("150%")
    (0.019, 0.019, -0.02, 1.5)
    """
    return float(share_of_cell(cell))


def rate_of(cell: str) -> float:
    """A share of growth: as ``share_of``, and never as low as −100%; a bare 1 is asked about as well."""
    value = share_of(cell)
    if abs(value) == 1 and "%" not in cell:
        raise CellError(f"{quoted(cell)} may be 1% or 100%", "write it with its sign")
    if value < -1:
        raise CellError(f"{quoted(cell)} would take away more than there is", "write −100% or more")
    if value > STEEPEST:
        raise CellError(f"{quoted(cell)} is larger than can be calculated with", "write 10,000% or less")
    return value


def part_of_one(cell: str) -> float:
    """A share from 0% to 100%: a probability, a cohort, an effect that avoids activity."""
    value = share_of(cell)
    if not 0 <= value <= 1:
        raise CellError(f"{quoted(cell)} is not between 0% and 100%", "correct it")
    return value


def multiplier_of(cell: str) -> float:
    """A factor, 1 for as it is; also as a percentage."""
    text = cell.strip()
    return share_of(text) if text.endswith(("%", "％")) else number_of(text)


def number_text(value: float) -> str:
    """The cell of a number, read back to the same number.

    >>> number_text(1700.0), number_text(0.1)
    ('1700', '0.1')
    """
    return _digits(Decimal(repr(float(value))))


def share_text(value: float) -> str:
    """The cell of a share as a percentage, read back to the same number.

    >>> share_text(0.019), share_text(1.0)
    ('1.9%', '100%')
    """
    return f"{_digits(Decimal(repr(float(value))) * 100)}%"


def _digits(value: Decimal) -> str:
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text if len(text) <= LONGEST else f"{value:E}"


@lru_cache(maxsize=4096)
def month_of(cell: str) -> Month:
    """A month: 2016-04, the day it begins on (2016-04-01, 01/04/2016), or “April 2016”, “Apr-16”. Raises ``CellError``.

    >>> month_of("2016-04") == month_of("Apr-16") == month_of("2016-04-01")
    True
    """
    text = cell.strip()
    match = _MONTH.match(_FIRST_DAY.sub(r"\2-\1", text))
    if match is not None and 1 <= int(match[2]) <= 12 and 1900 <= int(match[1]) <= 2199:
        return Month(int(match[1]), int(match[2]))
    if match is None:
        try:
            found = parse_period(text)
        except InputError:
            found = None
        if isinstance(found, Month):
            return found
    raise CellError(f"{quoted(text)} is no month", "write year and month, e.g. 2016-04")


def month_text(month: Month) -> str:
    """The cell of a month.

    >>> month_text(Month(2016, 4))
    '2016-04'
    """
    return f"{month.year:04d}-{month.number:02d}"


@lru_cache(maxsize=1024)
def year_of(cell: str) -> FinancialYear:
    """A financial year: 2017/18, 2017-18, FY17-18. Raises ``CellError``."""
    try:
        found = parse_period(cell.strip())
    except InputError:
        found = None
    if isinstance(found, FinancialYear):
        return found
    raise CellError(f"{quoted(cell)} is no financial year", "write it as 2017/18")


def years_of(cell: str) -> tuple[FinancialYear, ...]:
    """Financial years, several between commas, or from one “to” another.

    >>> [year.label for year in years_of("2017/18 to 2019/20")]
    ['2017/18', '2018/19', '2019/20']
    """
    found: set[FinancialYear] = set()
    for part in re.split(r"[,;]", cell):
        ends = [year_of(end) for end in re.split(r"\bto\b|–", part) if end.strip()]
        if not ends:
            continue
        if len(ends) > 2 or ends[-1] < ends[0] or ends[-1].first - ends[0].first > 100:
            raise CellError(f"{quoted(part)} are no years", "write e.g. 2017/18, 2018/19 or 2017/18 to 2019/20")
        found.update(FinancialYear(first) for first in range(ends[0].first, ends[-1].first + 1))
    return tuple(sorted(found))


def years_text(years: Iterable[FinancialYear]) -> str:
    """The cell of several years."""
    return ", ".join(year.label for year in years)


def age_of(cell: str) -> int:
    """A single age, or the first age of a band: “75”, “75-79”, “90+”, “90 and over”. Raises ``CellError``.

    >>> age_of("75"), age_of("75-79"), age_of("90+")
    (75, 75, 90)
    """
    match = re.fullmatch(
        r"([0-9]{1,3})(?:\.0+)?(?:\s*(?:-|–|to)\s*[0-9]{1,3}|\s*\+|\s+and\s+over|\s+or\s+over)?", cell.strip()
    )
    if match is None or int(match[1]) > 130:
        raise CellError(f"{quoted(cell)} is no age", "write whole years, or a band: 75, 75-79 or 90+")
    return int(match[1])


def date_of(cell: str) -> date | None:
    """An ISO date, or a moment of which only the day is kept."""
    text = cell.strip()
    if len(text) > 10 and text[10] in " T":
        try:
            return datetime.fromisoformat(text).date()
        except ValueError:
            pass
    return decode_date(text)


def flag_of(cell: str) -> bool:
    """Yes or no. Raises ``CellError`` for anything else."""
    text = cell.strip().casefold()
    if text in ("yes", "y", "true", "1"):
        return True
    if text in ("", "no", "n", "false", "0"):
        return False
    raise CellError(f"{quoted(cell)} is neither yes nor no", "write yes, or leave the cell empty")


def member_of(kinds: type[_Member]) -> Callable[[str], _Member]:
    """The reader of one of a few words; another word is answered with the nearest.

    >>> from trigpoint.activity.assumptions.ramp import Shape
    >>> member_of(Shape)(" S-Curve ")
    <Shape.S_CURVE: 's-curve'>
    """
    words = {_plain(str(kind.value)): kind for kind in kinds}

    def read(cell: str) -> _Member:
        found = words.get(_plain(cell))
        if found is not None:
            return found
        near = nearest(cell.strip(), [str(kind.value) for kind in kinds])
        every = ", ".join(f"“{kind.value}”" for kind in kinds)
        raise CellError(f"{quoted(cell)} is not known", f"did you mean “{near}”?" if near else f"write one of {every}")

    return read


def _plain(word: str) -> str:
    return re.sub(r"[\s_-]+", " ", word.strip().casefold())


def choices_of(cell: str, amount: Callable[[str], float]) -> tuple[tuple[float, float], ...]:
    """Pairs of value and probability: “1%: 0.5; 3%: 50%”.

    >>> choices_of("1%: 0.5; 3%: 50%", share_of)
    ((0.01, 0.5), (0.03, 0.5))
    """
    pairs = []
    for part in (one.strip() for one in cell.split(";")):
        match = _CHOICE.match(part)
        if match is None:
            raise CellError(f"{quoted(part)} is no value with its probability", "write e.g. 1%: 0.5; 3%: 0.5")
        pairs.append((amount(match[1]), part_of_one(match[2])))
    return tuple(pairs)
