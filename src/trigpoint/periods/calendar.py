"""Periods of the planning year: financial years, quarters, months, and the other years that plans print.

All are immutable, ordered by their first day, and know their first and last day. English financial
years run from 1 April to 31 March.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeAlias, TypeVar, runtime_checkable

# Of a pool whose last year is also the number of a month, so many years at most are read as a pool: 2008-12, but not
# 2001-12, which is December 2001.
_LONGEST_POOL_LIKE_A_MONTH = 6


@runtime_checkable
class Span(Protocol):
    """Anything with a first day, a last day and a printed label."""

    @property
    def start(self) -> date: ...
    @property
    def end(self) -> date: ...
    @property
    def label(self) -> str: ...


class _Stepped(Protocol):
    """Anything that is followed by more of its kind."""

    def __add__(self: _Self, steps: int) -> _Self: ...


_Self = TypeVar("_Self", bound=_Stepped)


class _Between:
    """What all periods share: containing, ordering, stepping back and printing."""

    __slots__ = ()

    def __sub__(self: _Self, steps: int) -> _Self:
        return self + -steps

    def __contains__(self: Span, day: date) -> bool:
        return self.start <= day <= self.end

    def __lt__(self: Span, other: Span) -> bool:
        return (self.start, self.end) < (other.start, other.end)

    def __le__(self: Span, other: Span) -> bool:
        return (self.start, self.end) <= (other.start, other.end)

    def __gt__(self: Span, other: Span) -> bool:
        return (self.start, self.end) > (other.start, other.end)

    def __ge__(self: Span, other: Span) -> bool:
        return (self.start, self.end) >= (other.start, other.end)

    def __str__(self: Span) -> str:
        return self.label


@dataclass(frozen=True, slots=True)
class FinancialYear(_Between):
    """1 April of ``first`` to 31 March of the next year.

    >>> FinancialYear(2017).label, (FinancialYear(2017) + 1).label
    ('2017/18', '2018/19')
    """

    first: int

    @property
    def start(self) -> date:
        return date(self.first, 4, 1)

    @property
    def end(self) -> date:
        return date(self.first + 1, 3, 31)

    @property
    def label(self) -> str:
        return f"{self.first}/{(self.first + 1) % 100:02d}"

    @property
    def quarters(self) -> tuple[Quarter, ...]:
        return tuple(Quarter(self, number) for number in (1, 2, 3, 4))

    @property
    def months(self) -> tuple[Month, ...]:
        return tuple(Month(self.first, 4) + offset for offset in range(12))

    def __add__(self, years: int) -> FinancialYear:
        return FinancialYear(self.first + years)

    @classmethod
    def of(cls, day: date) -> FinancialYear:
        """The financial year that a day falls in."""
        return cls(day.year if (day.month, day.day) >= (4, 1) else day.year - 1)


@dataclass(frozen=True, slots=True)
class Quarter(_Between):
    """A quarter of a financial year: Q1 is April to June, Q4 January to March.

    >>> Quarter(FinancialYear(2016), 4).end.isoformat()
    '2017-03-31'
    """

    year: FinancialYear
    number: int

    def __post_init__(self) -> None:
        if self.number not in (1, 2, 3, 4):
            raise ValueError(f"a financial year has quarters 1 to 4, not {self.number}")

    @property
    def months(self) -> tuple[Month, ...]:
        return self.year.months[3 * (self.number - 1) : 3 * self.number]

    # Asked for once for every commitment of a plan, so without making the twelve months of the year.
    @property
    def start(self) -> date:
        return (Month(self.year.first, 4) + (3 * self.number - 3)).start

    @property
    def end(self) -> date:
        return (Month(self.year.first, 4) + (3 * self.number - 1)).end

    @property
    def label(self) -> str:
        return f"{self.year.label} Q{self.number}"

    def __add__(self, quarters: int) -> Quarter:
        index = 4 * self.year.first + self.number - 1 + quarters
        return Quarter(FinancialYear(index // 4), index % 4 + 1)

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter that a day falls in."""
        return cls(FinancialYear.of(day), (day.month - 4) % 12 // 3 + 1)


@dataclass(frozen=True, slots=True)
class Month(_Between):
    """A calendar month.

    >>> (Month(2017, 11) + 3).label
    'February 2018'
    """

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 12:
            raise ValueError(f"a year has months 1 to 12, not {self.number}")

    @property
    def start(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def end(self) -> date:
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    @property
    def label(self) -> str:
        return f"{calendar.month_name[self.number]} {self.year}"

    def __add__(self, months: int) -> Month:
        index = 12 * self.year + self.number - 1 + months
        return Month(index // 12, index % 12 + 1)

    @classmethod
    def of(cls, day: date) -> Month:
        """The month that a day falls in."""
        return cls(day.year, day.month)


@dataclass(frozen=True, slots=True)
class CalendarYear(_Between):
    """1 January to 31 December."""

    year: int

    @property
    def start(self) -> date:
        return date(self.year, 1, 1)

    @property
    def end(self) -> date:
        return date(self.year, 12, 31)

    @property
    def label(self) -> str:
        return str(self.year)

    def __add__(self, years: int) -> CalendarYear:
        return CalendarYear(self.year + years)

    @classmethod
    def of(cls, day: date) -> CalendarYear:
        """The calendar year that a day falls in."""
        return cls(day.year)


@dataclass(frozen=True, slots=True)
class SchoolYear(_Between):
    """1 September to 31 August, as the child measurement programme counts years."""

    first: int

    @property
    def start(self) -> date:
        return date(self.first, 9, 1)

    @property
    def end(self) -> date:
        return date(self.first + 1, 8, 31)

    @property
    def label(self) -> str:
        return f"school year {self.first}/{(self.first + 1) % 100:02d}"

    def __add__(self, years: int) -> SchoolYear:
        return SchoolYear(self.first + years)


@dataclass(frozen=True, slots=True)
class RollingYears(_Between):
    """A pool of calendar years, as mortality is published: ``2013-15`` is 1 January 2013 to 31 December 2015.

    The short label is printed only where it can be read back: ``2013-14`` would be a financial year and
    ``2001-11`` a month, so pools of that shape print both years in full.

    >>> (RollingYears(2013, 2015) + 1).label, RollingYears(2013, 2014).label
    ('2014-16', 'calendar years 2013-2014')
    """

    first: int
    last: int

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"rolling years end before they begin: {self.first} to {self.last}")

    @property
    def start(self) -> date:
        return date(self.first, 1, 1)

    @property
    def end(self) -> date:
        return date(self.last, 12, 31)

    @property
    def label(self) -> str:
        if short_pool(self.first, self.last):
            return f"{self.first}-{self.last % 100:02d}"
        return f"calendar years {self.first}-{self.last}"

    @property
    def years(self) -> int:
        return self.last - self.first + 1

    def __add__(self, years: int) -> RollingYears:
        return RollingYears(self.first + years, self.last + years)


_Steps = TypeVar("_Steps", FinancialYear, Quarter, Month, CalendarYear)

Period: TypeAlias = FinancialYear | Quarter | Month | CalendarYear | SchoolYear | RollingYears


def short_pool(first: int, last: int) -> bool:
    """Whether ``2013-15`` can only mean these calendar years, and neither a financial year nor a month.

    >>> short_pool(2013, 2015), short_pool(2013, 2014), short_pool(2001, 2011)
    (True, False, False)
    """
    years = last - first + 1
    month_like = 1 <= last % 100 <= 12
    return first // 100 == last // 100 and years > 2 and not (month_like and years > _LONGEST_POOL_LIKE_A_MONTH)


def periods_in(kind: type[_Steps], first: date, last: date) -> tuple[_Steps, ...]:
    """Every financial year, quarter or month that has a day in ``first`` to ``last``, in order.

    >>> [str(quarter) for quarter in periods_in(Quarter, date(2017, 6, 30), date(2017, 10, 1))]
    ['2017/18 Q1', '2017/18 Q2', '2017/18 Q3']
    """
    found: list[_Steps] = []
    period = kind.of(first)
    while period.start <= last:
        found.append(period)
        period = period + 1
    return tuple(found)
