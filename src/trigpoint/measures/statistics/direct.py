"""Directly standardised rates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from trigpoint.errors import InputError
from trigpoint.measures.statistics import faults as unfit
from trigpoint.measures.statistics import intervals
from trigpoint.measures.statistics.faults import CODE, Fault, MissingCounts
from trigpoint.measures.statistics.frames import Frame, Names, names, read, require, with_numbers
from trigpoint.measures.statistics.levels import Levels, Strictness, confidence_levels
from trigpoint.measures.statistics.populations import standard_weights
from trigpoint.measures.statistics.quotients import refuse_multiplier
from trigpoint.measures.statistics.results import answer, blanked, floats

# Below ten events the approximation does not hold, and published tables show no rate (method reference, 1.3).
SUPPRESSED_BELOW = 10
_STANDARD = "standard population"
_DIFFERING = Fault(pl.lit(False), "an age band has several populations")
_EMPTY = Fault(pl.col("__standard") == 0, "the standard population is 0 in every age band")
_FEW = Fault(pl.col("__events") < SUPPRESSED_BELOW, f"suppressed: fewer than {SUPPRESSED_BELOW} events")
# Found when the rows of a group are put together; the gravest first, so that its code is their number.
_OF_GROUPS = (_DIFFERING, _EMPTY, _FEW)
_SUMS = ("__events", "__standard", "__weighted", "__variance")


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column holds what."""

    count: str
    population: str
    standard: str
    age_band: str | None
    frequency: str | None
    by: Sequence[str]

    @property
    def measured(self) -> list[str]:
        return [self.count, self.population, self.standard, *([self.frequency] if self.frequency else [])]


def dsr(
    data: Frame,
    *,
    count: str,
    population: str,
    age_band: str | None = None,
    standard: str | None = None,
    by: Names = (),
    frequency: str | None = None,
    multiplier: float = 100_000,
    levels: Levels = 0.95,
    missing: MissingCounts = MissingCounts.NO_VALUE,
    strictness: Strictness = Strictness.BY_GROUP,
) -> Frame:
    """Rates per ``multiplier`` people as they would be in a standard population, with Dobson's limits on Byar's.

    One row an age band and group: events, people, and ``standard``, the column with the standard population; without
    one the 2013 European Standard Population is used by the labels in ``age_band``. Groups may have different bands.
    Where one person can have several events, ``frequency`` names the column that says how many and ``count`` is people
    with so many; there is one row a band and frequency, and the variance adds the squares of the frequencies.

    Columns of the answer: the labels in ``by``, ``count``, ``population``, ``value``, the limits, ``method``,
    ``reason``. A group has no value, and says why, with fewer than 10 events, a missing or negative number, nobody in
    a band, or several populations for one band. Raises ``InputError`` for a column that is absent or holds text, a
    multiplier that is not above 0, and a band the standard population does not have. Source: method reference, 1.3.

    >>> deaths = {"band": ["0-74", "75+"], "deaths": [40, 60], "people": [9_000, 1_000], "standard": [90, 10]}
    >>> dsr(deaths, count="deaths", population="people", standard="standard", multiplier=1_000)["value"]
    [10.0]
    """
    refuse_multiplier(multiplier)
    shares = confidence_levels(levels, strictness=strictness)
    given = read(data)
    columns = _Columns(count, population, standard or _STANDARD, age_band, frequency, names(by))
    frame = given.frame if standard else _with_standard(given.frame, age_band)
    require(frame, *columns.by, *([age_band] if age_band else []))
    frame = with_numbers(frame, *columns.measured)
    if missing is MissingCounts.AS_ZERO:
        frame = frame.with_columns(pl.col(count).fill_null(0))
    faults = _faults(columns)
    unfit.refuse(unfit.marked(frame, faults), faults, columns.by, strictness)
    groups = _sums(unfit.marked(frame, faults, above=len(_OF_GROUPS)), columns)
    if strictness is Strictness.PUBLISHED and (groups[CODE] == len(_OF_GROUPS)).any():
        raise InputError(f"{_DIFFERING.words} in one of the groups", remedy="give one population for each age band")
    made = _answer(groups, columns, multiplier, shares, [*faults, *_OF_GROUPS])
    return given.back(made)


def _answer(
    groups: pl.DataFrame, columns: _Columns, multiplier: float, levels: Sequence[float], faults: Sequence[Fault]
) -> pl.DataFrame:
    events, weights, weighted, variance = (floats(groups[part]) for part in _SUMS)
    value = blanked(weighted, groups[CODE]) / blanked(weights, groups[CODE]) * multiplier
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = variance / weights**2 * multiplier**2
    # A sum that leaves out what is missing is no sum; a suppressed rate keeps its counts, as published tables do.
    unknown = groups[CODE] >= len(_OF_GROUPS)
    return answer(
        groups.select(columns.by),
        {"count": groups["__events"].set(unknown, None), "population": groups["__people"].set(unknown, None)},
        value,
        levels,
        lambda level: intervals.dobson(value, spread, events, level),
        methods="Dobson and Byar, events not independent" if columns.frequency else "Dobson and Byar",
        reason=unfit.reasons(groups[CODE], faults),
    )


def _with_standard(frame: pl.DataFrame, age_band: str | None) -> pl.DataFrame:
    if age_band is None:
        raise InputError(
            "there is no standard population",
            remedy="name the column of the age bands for the 2013 European one, or the column that holds another",
        )
    require(frame, age_band)
    bands = frame[age_band].cast(pl.String)
    weights = standard_weights(bands.drop_nulls().unique(maintain_order=True))
    return frame.with_columns(bands.replace_strict(weights, default=None, return_dtype=pl.Float64).alias(_STANDARD))


def _faults(columns: _Columns) -> list[Fault]:
    measured = columns.measured
    faults = [
        *(unfit.negative(column) for column in measured),
        *(unfit.endless(column) for column in measured),
        unfit.zero(columns.population),
        *(unfit.missing(column) for column in measured),
        *([unfit.missing(columns.age_band)] if columns.age_band else []),
    ]
    # A sum over age bands needs every part of every band: what is missing refuses a strict frame too.
    return [Fault(fault.rows, fault.words) for fault in faults]


def _sums(rows: pl.DataFrame, columns: _Columns) -> pl.DataFrame:
    """Events, people, standard population and the sums of rate and variance of each group, with its fault's code."""
    x, n, w = pl.col(columns.count), pl.col(columns.population), pl.col(columns.standard)
    times = pl.col(columns.frequency) if columns.frequency else pl.lit(1.0)
    rows = rows.select(
        *dict.fromkeys([*columns.by, *([columns.age_band] if columns.age_band and columns.frequency else [])]),
        (times * x).alias("__events"),
        n.alias("__people"),
        w.alias("__standard"),
        (w * times * x / n).alias("__weighted"),
        (times**2 * x * (w / n) ** 2).alias("__variance"),
        CODE,
    )
    if columns.frequency:
        rows = _each_band_once(rows, columns)
    every = [pl.col(part).sum() for part in ("__events", "__people", "__standard", "__weighted", "__variance")]
    return unfit.settled(unfit.collected(rows, columns.by, every), [_EMPTY, _FEW])


def _each_band_once(rows: pl.DataFrame, columns: _Columns) -> pl.DataFrame:
    """Rows of one band and several frequencies put together: events add up, the people are the same people."""
    if columns.age_band is None:
        raise InputError("there is no column of age bands", remedy="name it: events by frequency need it")
    differing = pl.any_horizontal(pl.col(part).min() != pl.col(part).max() for part in ("__people", "__standard"))
    code = pl.max_horizontal(pl.col(CODE).max(), differing.fill_null(False) * pl.lit(len(_OF_GROUPS), dtype=pl.UInt8))
    return rows.group_by(list(dict.fromkeys([*columns.by, columns.age_band])), maintain_order=True).agg(
        *(pl.col(part).sum() for part in ("__events", "__weighted", "__variance")),
        *(pl.col(part).first() for part in ("__people", "__standard")),
        code.alias(CODE),
    )
