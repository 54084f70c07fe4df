"""Which year is meant where a plan does not print it: that of the column, of the plan, or of a date printed nearby."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass

from trigpoint.periods.calendar import FinancialYear, Month, Period
from trigpoint.periods.labels import full_year

# A two-digit number after a month is a year where it lies this close to the plan ("Dec 16" in a plan for 2017/18).
_YEARS_AROUND_A_PLAN = 2
# "13/14" is a financial year where it lies this close to the plan; elsewhere it may be a score or a date.
_YEARS_AROUND_A_SLASH = 6
_FIRST_LIKELY, _LAST_LIKELY = 2005, 2049


@dataclass(frozen=True, slots=True)
class AssumedYear:
    """The financial year taken for a date that prints none; not ``sure`` where another year of the plan would do."""

    year: FinancialYear
    sure: bool


@dataclass(frozen=True, slots=True)
class YearFrame:
    """The years a plan covers, and the column a text stands in."""

    years: tuple[FinancialYear, ...] = ()
    column: Period | None = None

    @classmethod
    def of(cls, years: Sequence[FinancialYear], column: Period | None) -> YearFrame:
        """A frame with its years in order; a column outside the plan's years counts as one of them."""
        return cls(tuple(sorted(set(years))), column)

    @property
    def column_year(self) -> FinancialYear | None:
        """The financial year that the column begins in."""
        return FinancialYear.of(self.column.start) if self.column is not None else None

    @property
    def _known(self) -> tuple[FinancialYear, ...]:
        extra = (self.column_year,) if self.column_year is not None else ()
        return (*self.years, *extra)

    def assumed(self, nearby: FinancialYear | None) -> AssumedYear | None:
        """The year for a date that prints none; ``nearby`` is the year of a date printed in the same text."""
        if self.column_year is not None:
            return AssumedYear(self.column_year, sure=True)
        if len(self.years) == 1:
            return AssumedYear(self.years[0], sure=True)
        if nearby is not None and (not self.years or nearby in self.years):
            return AssumedYear(nearby, sure=False)
        return AssumedYear(self.years[0], sure=False) if self.years else None

    def year_after_month(self, month: int, two_digits: int) -> int | None:
        """The year that two digits after a month mean, or ``None`` where they are a day of the month.

        "June 16" is June 2016 in a plan for 2016/17, and "June 30" the thirtieth of June, unless June 2030 lies
        within the plan.
        """
        year = full_year(two_digits)
        known = self._known
        if not known:
            days = calendar.monthrange(2023, month)[1]
            return year if _FIRST_LIKELY <= year <= _LAST_LIKELY and two_digits != days else None
        if FinancialYear.of(Month(year, month).start) in known:
            return year
        if two_digits in (calendar.monthrange(2023, month)[1], calendar.monthrange(2024, month)[1]):
            return None
        first, last = min(known).first, max(known).first + 1
        return year if first - _YEARS_AROUND_A_PLAN <= year <= last + _YEARS_AROUND_A_PLAN else None

    def likely_financial_year(self, year: FinancialYear) -> bool:
        """Whether two digits, a slash and two digits are this year rather than a fraction, tier or pair of numbers."""
        known = self._known
        if not known:
            return _FIRST_LIKELY <= year.first <= _LAST_LIKELY
        return min(known).first - _YEARS_AROUND_A_SLASH <= year.first <= max(known).first + _YEARS_AROUND_A_SLASH
