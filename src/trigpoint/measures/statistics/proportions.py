"""Shares of a whole, with Wilson's interval."""

from __future__ import annotations

import polars as pl

from trigpoint.measures.statistics import faults as unfit
from trigpoint.measures.statistics import intervals
from trigpoint.measures.statistics.frames import Frame, Names, names
from trigpoint.measures.statistics.levels import Levels, Strictness, confidence_levels
from trigpoint.measures.statistics.quotients import Quotient, quotients


def proportion(
    data: Frame,
    *,
    numerator: str,
    denominator: str,
    by: Names = (),
    multiplier: float = 1,
    levels: Levels = 0.95,
    strictness: Strictness = Strictness.BY_GROUP,
) -> Frame:
    """Which part of all has something, times ``multiplier`` (100 for per cent), with Wilson's limits.

    Groups, columns, reasons and errors as in ``rate``; besides, a numerator above its denominator leaves a group
    without a value. Source: method reference, 1.3.

    >>> found = proportion({"seen": [95, 3], "all": [100, 2]}, numerator="seen", denominator="all", multiplier=100)
    >>> found["value"], found["reason"]
    ([95.0, None], ['', 'seen is greater than all'])
    """
    parts = (numerator, denominator)
    faults = (
        *(unfit.negative(column) for column in parts),
        *(unfit.endless(column) for column in parts),
        unfit.above(numerator, denominator),
        *(unfit.missing(column) for column in parts),
    )
    shape = Quotient(numerator, denominator, names(by), multiplier, faults, strictness)
    shares = confidence_levels(levels, strictness=strictness)
    return quotients(data, shape, shares, intervals.wilson, lambda x: pl.Series(["Wilson"]).new_from_index(0, len(x)))
