"""Periods as running numbers: a series of one kind of period is counted, stepped through and put into arrays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from trigpoint.measures.definitions.definition import PeriodType
from trigpoint.periods.calendar import (
    CalendarYear,
    FinancialYear,
    Month,
    Period,
    Quarter,
    RollingYears,
    SchoolYear,
)
from trigpoint.periods.labels import period_of

KINDS: Mapping[PeriodType, type] = {
    PeriodType.MONTH: Month,
    PeriodType.QUARTER: Quarter,
    PeriodType.FINANCIAL_YEAR: FinancialYear,
    PeriodType.CALENDAR_YEAR: CalendarYear,
    PeriodType.SCHOOL_YEAR: SchoolYear,
    PeriodType.ROLLING_YEARS: RollingYears,
}
YEARLY = frozenset(PeriodType) - {PeriodType.MONTH, PeriodType.QUARTER}


def running_number(period: Period) -> int:
    """The period's place among all of its kind: one more for the next month, quarter or year.

    >>> running_number(Month(2017, 4)) - running_number(Month(2016, 12))
    4
    """
    match period:
        case Month():
            return 12 * period.year + period.number - 1
        case Quarter():
            return 4 * period.year.first + period.number - 1
        case _:
            return period.start.year


@lru_cache(maxsize=65536)
def placed(label: str, kind: PeriodType) -> tuple[int, Period] | None:
    """A label as running number and period; ``None`` where it is no period of this kind.

    >>> placed("Nov-17", PeriodType.MONTH)
    (24214, Month(year=2017, number=11))
    """
    period = period_of(label)
    if period is None or not isinstance(period, KINDS[kind]):
        return None
    return running_number(period), period


@lru_cache(maxsize=8192)
def stepped(base: Period, steps: int) -> Period:
    """The period so many steps on."""
    return base + steps


def first_ending_from(day: date, base: tuple[int, Period]) -> int:
    """The running number of the first period that ends on a day or later; ``base`` is any period with its own.

    >>> first_ending_from(date(2017, 4, 1), (24214, Month(2017, 11))) - 24214
    -7
    """
    number, period = base
    match period:
        case Month():
            return running_number(Month.of(day))
        case Quarter():
            return running_number(Quarter.of(day))
        case _:
            guess = number + day.year - period.end.year
            return guess if stepped(period, guess - number).end >= day else guess + 1
