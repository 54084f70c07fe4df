"""Working days that a plan's months did not reckon with: how far activity follows them, told by past years."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from trigpoint.activity.monitor.actuals import Actuals
from trigpoint.activity.outturn.arrays import Floats, month_days, month_working_days
from trigpoint.activity.results.run import OutputKey
from trigpoint.periods import FinancialYear, Month

Days = Callable[[FinancialYear], Floats]
_FEWEST = 2  # whole years, that a month's days differ between


class DayResponse:
    """What the days of a month make of it beside the plan, for one point of delivery.

    The plan spreads the base year's outturn over the calendar or working days of the plan year, so a year of more days
    than the base year has more: days of the plan year ÷ days of the base year. And past years tell how far activity
    follows working days beyond that: the slope of the log count a planned day on the log working days, both less their
    mean in the same calendar month and in the year. It is shrunk towards none by its own error,
    slope × max(0, 1 − (error ÷ slope)²), so that chance makes no working days.
    """

    __slots__ = ("_base", "_days", "_usual", "slope")

    def __init__(self, days: Days, base: FinancialYear, slope: float, usual: Floats) -> None:
        self.slope = slope
        self._days, self._base, self._usual = days, base, usual

    def factor(self, month: Month) -> float:
        """The month as its days make it ÷ the month as planned."""
        year = FinancialYear.of(month.start)
        longer = float(self._days(year).sum() / self._days(self._base).sum())
        if not self.slope:
            return longer
        at = year.months.index(month)
        return longer * float(np.exp(self.slope * (np.log(month_working_days(year)[at]) - self._usual[at])))


def day_response(actuals: Actuals, keys: Iterable[OutputKey], base: FinancialYear, *, working: bool) -> DayResponse:
    """The response of the series ``keys`` of one point of delivery, from whole years up to the base year."""
    planned = month_working_days if working else month_days
    above = below = 0.0
    residuals: list[tuple[Floats, Floats]] = []
    usual: dict[int, Floats] = {}
    for key in keys:
        years = _whole_years(actuals, key, base)
        if len(years) < _FEWEST:
            continue
        rate = np.array([np.log(counts / planned(year)) for year, counts in years.items()])
        days = np.array([np.log(month_working_days(year)) for year in years])
        usual |= {year.first: month_working_days(year) for year in years}
        y, x = _centred(rate), _centred(days)
        above, below = above + float((x * y).sum()), below + float((x * x).sum())
        residuals.append((x, y))
    if below <= 0 or not residuals:
        return DayResponse(planned, base, 0.0, np.zeros(12))
    slope = above / below
    scatter = sum(float(((y - slope * x) ** 2).sum()) for x, y in residuals)
    freedom = sum((len(x) - 1) * 11 for x, _ in residuals) - 1
    error = float(np.sqrt(scatter / max(freedom, 1) / below))
    kept = slope * max(0.0, 1 - (error / slope) ** 2) if slope else 0.0
    return DayResponse(planned, base, kept, np.log(np.array(list(usual.values()))).mean(axis=0))


def _centred(table: Floats) -> Floats:
    """Less the means of months over the years and of years over their months."""
    less: Floats = table - table.mean(axis=0) - table.mean(axis=1, keepdims=True) + table.mean()
    return less


def _whole_years(actuals: Actuals, key: OutputKey, last: FinancialYear) -> dict[FinancialYear, Floats]:
    known = actuals.values.get(key, {})
    found = {}
    for first in sorted({FinancialYear.of(month.start).first for month in known}):
        year = FinancialYear(first)
        counts = [known.get(month, 0.0) for month in year.months]
        if year <= last and min(counts) > 0:
            found[year] = np.array(counts)
    return found
