"""Months of many series as arrays, and the days of a year's months."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import cache

import numpy as np
from numpy.typing import NDArray

from trigpoint.activity.outturn.history import History, months_between
from trigpoint.periods import FinancialYear, Month, working_days_between

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def cube(histories: Sequence[History], last: FinancialYear) -> tuple[FinancialYear, Floats]:
    """The first financial year that any series reaches, and the months as [series, year, month] up to ``last``.

    NaN where a month has no value. The first year is ``last`` itself where nothing is older.
    """
    earliest = min([FinancialYear.of(one.first.start).first for one in histories] + [last.first])
    first = FinancialYear(earliest)
    months = 12 * (last.first - earliest + 1)
    values = np.full((len(histories), months), np.nan)
    for at, one in enumerate(histories):
        start = months_between(Month(earliest, 4), one.first)
        taken = one.values[: max(0, months - start)]
        if taken:
            values[at, start : start + len(taken)] = np.array(taken, dtype=np.float64)
    return first, values.reshape(len(histories), -1, 12)


@cache
def month_days(year: FinancialYear) -> Floats:
    """Calendar days of the twelve months, April first.

    >>> month_days(FinancialYear(2019))[10]
    np.float64(29.0)
    """
    return np.array([(month.end - month.start).days + 1 for month in year.months], dtype=np.float64)


@cache
def month_working_days(year: FinancialYear) -> Floats:
    """Working days in England of the twelve months, April first: Monday to Friday without bank holidays.

    >>> month_working_days(FinancialYear(2018))[:2]
    array([20., 21.])
    """
    days = [working_days_between(month.start - timedelta(days=1), month.end) for month in year.months]
    return np.array(days, dtype=np.float64)
