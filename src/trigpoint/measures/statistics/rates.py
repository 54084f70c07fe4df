"""Counts, crude rates and ratios of groups, with their intervals."""

from __future__ import annotations

import numpy as np
import polars as pl

from trigpoint.measures.statistics import faults as unfit
from trigpoint.measures.statistics import intervals
from trigpoint.measures.statistics.faults import CODE
from trigpoint.measures.statistics.frames import Frame, Names, names, read, with_numbers
from trigpoint.measures.statistics.intervals import Floats
from trigpoint.measures.statistics.levels import Levels, Strictness, confidence_levels
from trigpoint.measures.statistics.quotients import Quotient, quotients
from trigpoint.measures.statistics.results import answer, blanked, floats

_POISSON_METHODS = pl.Series(["Byar", "exact Poisson"])


def poisson_methods(x: Floats) -> pl.Series:
    """Which limits each count has, as words."""
    return _POISSON_METHODS.gather(pl.Series(x < intervals.EXACT_BELOW).cast(pl.UInt32))


def count(
    data: Frame, *, count: str, by: Names = (), levels: Levels = 0.95, strictness: Strictness = Strictness.BY_GROUP
) -> Frame:
    """How many events there were, with Poisson limits: exact below 10, Byar's from 10 on.

    With ``by`` the rows of each group are added, else every row is a statistic of its own and keeps its other columns
    as labels. Columns of the answer: the labels, ``value``, ``lower_95`` and ``upper_95`` (one pair a level),
    ``method``, ``reason``. A group with a missing or negative count has no value and says why. Raises ``InputError``
    for a column that is absent or holds text. Source: method reference, 1.3.

    >>> count({"practice": ["P1"], "falls": [9]}, count="falls")["upper_95"]
    [17.084...]
    """
    given = read(data)
    shares = confidence_levels(levels, strictness=strictness)
    frame = with_numbers(given.frame, count)
    faults = [unfit.negative(count), unfit.endless(count), unfit.missing(count)]
    groups = unfit.added(frame, [count], names(by), faults=faults, of_totals=(), strictness=strictness)
    x = blanked(floats(groups[count]), groups[CODE])
    reason = unfit.reasons(groups[CODE], faults)
    labels = groups.drop(count, CODE)
    made = answer(
        labels, {}, x, shares, lambda level: intervals.poisson(x, level), methods=poisson_methods(x), reason=reason
    )
    return given.back(made)


def rate(
    data: Frame,
    *,
    numerator: str,
    denominator: str,
    by: Names = (),
    multiplier: float = 100_000,
    levels: Levels = 0.95,
    strictness: Strictness = Strictness.BY_GROUP,
) -> Frame:
    """Events per ``multiplier`` people or person-years, with Poisson limits: exact below 10, Byar's from 10 on.

    With ``by`` numerators and denominators of each group are added first (one group is added like several); else every
    row is a rate of its own and keeps its other columns as labels. Columns of the answer: the labels, ``numerator``,
    ``denominator``, ``value``, ``lower_95`` and ``upper_95`` (one pair a level), ``method``, ``reason``. A group with a
    missing or negative number or nobody to count has no value and says why. Raises ``InputError`` for a column that is
    absent or holds text, and for a multiplier that is not above 0. Source: method reference, 1.3.

    >>> found = rate({"area": ["A", "B"], "deaths": [30, 4], "people": [10_000, 0]}, numerator="deaths",
    ...              denominator="people", multiplier=1_000)
    >>> found["value"], found["reason"]
    ([3.0, None], ['', 'people is 0'])
    """
    shares = confidence_levels(levels, strictness=strictness)
    faults = [
        *(unfit.negative(column) for column in (numerator, denominator)),
        *(unfit.endless(column) for column in (numerator, denominator)),
        *(unfit.missing(column) for column in (numerator, denominator)),
    ]
    shape = Quotient(numerator, denominator, names(by), multiplier, tuple(faults), strictness)
    return quotients(data, shape, shares, _rate_limits, poisson_methods)


def ratio(
    data: Frame,
    *,
    numerator: str,
    denominator: str,
    by: Names = (),
    multiplier: float = 1,
    strictness: Strictness = Strictness.BY_GROUP,
) -> Frame:
    """One amount over another, times ``multiplier``: cost an item, bed days a stay. It has no interval, because its
    parts need not be counts; for events over people use ``rate``.

    Groups, columns, reasons and errors as in ``rate``, but a negative amount is an amount. Source: design of measures.

    >>> ratio({"cost": [120.0], "items": [40]}, numerator="cost", denominator="items")["value"]
    [3.0]
    """
    faults = [
        *(unfit.endless(column) for column in (numerator, denominator)),
        *(unfit.missing(column) for column in (numerator, denominator)),
    ]
    shape = Quotient(numerator, denominator, names(by), multiplier, tuple(faults), strictness)
    return quotients(data, shape, (), None, lambda x: pl.Series(["quotient"]).new_from_index(0, len(x)))


def _rate_limits(x: Floats, n: Floats, level: float) -> intervals.Interval:
    lower, upper = intervals.poisson(x, level)
    with np.errstate(divide="ignore", invalid="ignore"):
        return lower / n, upper / n
