"""The figures a control chart is made of, checked, and its limits by kind of chart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trigpoint.errors import InputError
from trigpoint.measures.definitions.definition import ChartKind
from trigpoint.measures.spc.layout import Floats, Integers, Layout
from trigpoint.measures.spc.limits import (
    LINES,
    Limits,
    cases_between_limits,
    count_limits,
    share_limits,
    time_between_limits,
    xmr_limits,
)

SHORTEST_BASELINE = 12
_LONGEST = 10**9
SHARES = (ChartKind.P, ChartKind.U)


@dataclass(frozen=True, eq=False, slots=True)
class Parts:
    """Values as shown and what they are made of. ``faults`` says, by place, why a figure was left out."""

    chart: ChartKind
    values: Floats
    numerators: Floats
    denominators: Floats
    targets: Floats
    multipliers: Floats
    baselines: Integers
    series_starts: Integers
    faults: Mapping[int, str]

    def places(self) -> list[int]:
        """The place of each point in its series, from 0."""
        size = len(self.values)
        own = np.searchsorted(self.series_starts, np.arange(size), side="right") - 1
        return [int(place) for place in np.arange(size) - self.series_starts[own]]


def _numbers(given: npt.ArrayLike, name: str) -> Floats:
    try:
        array = np.array(given, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(f"the {name} are not all numbers", remedy="give numbers, NaN where there is none") from error
    return array


def _finite(numbers: Floats) -> Floats:
    """The numbers with NaN for those without end."""
    return np.where(np.isinf(numbers), np.nan, numbers) if np.isinf(numbers).any() else numbers


def _one_a_point(given: npt.ArrayLike | None, name: str, size: int) -> Floats:
    array = _numbers(np.nan if given is None else given, name)
    if array.ndim and array.shape != (size,):
        raise InputError(f"there are {size:,} values, but {array.size:,} {name}", remedy="give one a point")
    return np.broadcast_to(array, (size,))


def checked_parts(
    values: npt.ArrayLike,
    lengths: npt.ArrayLike,
    *,
    denominators: npt.ArrayLike | None,
    targets: npt.ArrayLike | None,
    multiplier: npt.ArrayLike,
    baseline: npt.ArrayLike,
    chart: ChartKind,
) -> Parts:
    """The figures as arrays. Raises InputError where they do not fit each other or the kind of chart."""
    numerators = _numbers(values, "values").ravel()
    size, counts = len(numerators), np.atleast_1d(np.asarray(lengths, dtype=np.int64))
    if int(counts.sum()) != size or (counts < 1).any():
        raise InputError(
            f"{len(counts):,} series with {counts.sum():,} points do not fit {size:,} values",
            remedy="give each series its number of points, 1 or more",
        )
    if not size:
        raise InputError("there is no series", remedy="give one or more values")
    if chart is ChartKind.NONE:
        raise InputError("no control chart was asked for", remedy="choose XmR, p, u, c, t or g")
    if chart in SHARES and denominators is None:
        raise InputError(
            f"a {chart.value} chart needs denominators", remedy="give the denominator of each point, or choose XmR"
        )
    baselines = _baselines(baseline, len(counts))
    below = _one_a_point(denominators, "denominators", size) if chart in SHARES else np.ones(size)
    numerators, faults = _without_faults(numerators, below, chart)
    times = _numbers(multiplier, "multipliers")
    if not (times > 0).all() or times.shape not in ((), counts.shape):
        raise InputError("the multiplier cannot be used", remedy="give one number above 0 for all, or one a series")
    multipliers = np.repeat(np.broadcast_to(times, counts.shape), counts)
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        shown = _finite(numerators / below * multipliers) if chart in SHARES else numerators
    goals = _finite(_one_a_point(targets, "targets", size))
    starts = np.cumsum(counts) - counts
    return Parts(chart, shown, numerators, below, goals, multipliers, baselines, starts, faults)


def _baselines(baseline: npt.ArrayLike, series: int) -> Integers:
    points = _numbers(baseline, "baselines")
    whole = np.isfinite(points) & (points == np.floor(points))
    unfit = (points != 0) & ~((points >= SHORTEST_BASELINE) & whole)
    if unfit.any() or points.shape not in ((), (series,)):
        shown = f"{points.ravel()[np.argmax(unfit)]:g} points" if unfit.any() else f"{points.size:,} numbers"
        remedy = f"give a whole number of points, {SHORTEST_BASELINE} or more, or 0 for all"
        raise InputError(f"a baseline of {shown} cannot be used", remedy=remedy)
    # No series is as long; a larger number would leave the integers.
    return np.broadcast_to(np.minimum(points, _LONGEST).astype(np.int64), series)


def _without_faults(numerators: Floats, denominators: Floats, chart: ChartKind) -> tuple[Floats, dict[int, str]]:
    """Numerators with NaN where a point cannot be, and the reason of each by its place."""
    tests = [(np.isinf(numerators), "is not a finite number")]
    if chart is not ChartKind.XMR:
        tests.append((numerators < 0, "is below 0"))
    if chart in SHARES:
        tests.append((~(denominators > 0) & ~np.isnan(numerators), "has no denominator above 0"))
    if chart is ChartKind.P:
        tests.append((numerators > denominators, "has a numerator above its denominator"))
    faults: dict[int, str] = {}
    for wrong, words in tests:
        if wrong.any():
            for place in np.flatnonzero(wrong).tolist():
                faults.setdefault(place, words)
    if faults:
        numerators = numerators.copy()
        numerators[list(faults)] = np.nan
    return numerators, faults


def chart_limits(parts: Parts, layout: Layout, screening: bool, overdispersion: bool, least: int) -> Limits:
    """Centre and limits of each point, in the unit shown; limits are NaN in segments of fewer than ``least`` values."""
    used = ~np.isnan(parts.values)
    base = layout.baseline(used, parts.baselines)
    if parts.chart in SHARES:
        shares = share_limits(
            parts.numerators,
            parts.denominators,
            base,
            layout,
            kind=parts.chart,
            laney=overdispersion,
            screening=screening,
        )
        limits = shares.times(parts.multipliers)
    elif parts.chart is ChartKind.C:
        limits = count_limits(parts.values, base, layout)
    elif parts.chart is ChartKind.T:
        limits = time_between_limits(parts.values, base, layout, screening)
    elif parts.chart is ChartKind.G:
        limits = cases_between_limits(parts.values, base, layout)
    else:
        limits = xmr_limits(parts.values, base, layout, screening)
    # Where numbers are too large for their squares there is no limit to draw.
    limits = limits.through(_finite, LINES)
    few = layout.count(used) < least
    if not few.any():
        return limits
    gone = layout.over_points(few)
    return limits.through(lambda line: np.where(gone, np.nan, line), LINES[1:])
