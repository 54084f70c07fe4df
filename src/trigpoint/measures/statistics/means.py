"""Means of observations, with Student's interval."""

from __future__ import annotations

import polars as pl

from trigpoint.measures.statistics import faults as unfit
from trigpoint.measures.statistics import intervals
from trigpoint.measures.statistics.faults import CODE
from trigpoint.measures.statistics.frames import Frame, Names, names, read, require, with_numbers
from trigpoint.measures.statistics.levels import Levels, Strictness, confidence_levels
from trigpoint.measures.statistics.results import answer, blanked, floats


def mean(
    data: Frame, *, values: str, by: Names = (), levels: Levels = 0.95, strictness: Strictness = Strictness.BY_GROUP
) -> Frame:
    """The mean of the observations of each group (of all where ``by`` names none), with Student's t limits.

    Values may be negative. Columns of the answer: the labels, ``count`` (how many observations), ``total``, ``sd``
    (of a sample), ``value``, the limits, ``method``, ``reason``. A group with a missing value has no mean and says why;
    a single observation has a mean and no limits. Raises ``InputError`` for a column that is absent or holds text.
    Source: method reference, 1.3.

    >>> mean({"ward": ["A", "A"], "days": [5, 7]}, values="days", by="ward")["value"]
    [6.0]
    """
    given = read(data)
    shares = confidence_levels(levels, strictness=strictness)
    faults = [unfit.endless(values), unfit.missing(values)]
    frame = with_numbers(given.frame, values)
    groups_by = names(by)
    require(frame, *groups_by)
    rows = unfit.marked(frame, faults)
    sums = (
        pl.len().cast(pl.Int64).alias("__count"),
        pl.col(values).sum().alias("__total"),
        pl.col(values).std().alias("__sd"),
        pl.col(values).mean().alias("__mean"),
    )
    groups = unfit.collected(rows, groups_by, sums)
    middle, total, deviation = (blanked(floats(groups[f"__{part}"]), groups[CODE]) for part in ("mean", "total", "sd"))
    size = floats(groups["__count"])
    made = answer(
        groups.select(groups_by),
        {"count": groups["__count"], "total": total, "sd": deviation},
        middle,
        shares,
        lambda level: intervals.student(middle, deviation, size, level),
        methods="Student's t",
        reason=unfit.reasons(groups[CODE], faults),
    )
    return given.back(made)
