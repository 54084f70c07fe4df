"""Centre and limits of every kind of control chart.

Sources: XmR, moving ranges and 2.66 – Wheeler, *Understanding Variation* (1993); p, u and c – Montgomery, *Introduction
to Statistical Quality Control*, ch. 7; p′ and u′ – Laney (2002); t – Nelson (1994), power 1/3.6; g – Benneyan (2001),
with the theoretical median as centre – Provost and Murray, *The Health Care Data Guide* (2011).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from trigpoint.measures.definitions.definition import ChartKind
from trigpoint.measures.spc.layout import Floats, Integers, Layout, Truths

# 3 / 1.128 and 3.267 as the published rules print them: more digits would be another chart.
LIMIT_FACTOR = 2.66
SCREEN_FACTOR = 3.267
NEAR = 2 / 3
_D2 = 1.128
_POWER = 3.6
_MEDIAN_OF_MEAN = 0.693


@dataclass(frozen=True, eq=False, slots=True)
class Limits:
    """Centre and limits a point; ``floor`` and ``ceiling`` are what the values can never pass.

    ``lower`` and ``upper`` are as computed; drawn limits are cut at floor and ceiling. ``ranges`` is the average moving
    range and ``screened`` the number of ranges left out, one a segment. ``collapsed`` says of a segment that screening
    would have left nothing but zeros, so that all its ranges count.
    """

    centre: Floats
    lower: Floats
    upper: Floats
    near_lower: Floats
    near_upper: Floats
    ranges: Floats
    screened: Integers
    collapsed: Truths
    floor: Floats
    ceiling: Floats

    def times(self, multipliers: Floats) -> Limits:
        """The same limits in another unit, a multiplier a point."""
        return self.through(lambda line: line * multipliers, (*LINES, "floor", "ceiling"))

    def drawn(self) -> Limits:
        """Limits cut at what the values can never pass: no negative count, no share above all."""
        return self.through(lambda line: np.clip(line, self.floor, self.ceiling), LINES[1:])

    def through(self, change: Callable[[Floats], Floats], names: tuple[str, ...]) -> Limits:
        """The same limits with the lines of these names changed."""
        changed: dict[str, Any] = {name: change(getattr(self, name)) for name in names}
        return replace(self, **changed)


LINES = ("centre", "lower", "upper", "near_lower", "near_upper")


@dataclass(frozen=True, eq=False, slots=True)
class Ranges:
    """Average moving range, ranges left out, and whether screening had to be given up, one a segment."""

    average: Floats
    screened: Integers
    collapsed: Truths


def segment_means(values: Floats, used: Truths, layout: Layout) -> Floats:
    """The mean of the used values of each segment, NaN where there is none.

    Values are summed as differences from one of them, so that equal values have exactly that mean.
    """
    count = layout.count(used)
    at = np.where(used, np.arange(layout.size), layout.size)
    first = np.minimum.reduceat(at, layout.segment_starts)
    mean: Floats = np.append(values, np.nan)[first]
    with np.errstate(invalid="ignore", divide="ignore"):
        for _ in range(2):
            mean = mean + layout.total(np.where(used, values - layout.over_points(mean), 0.0)) / count
    return mean


def moving_ranges(values: Floats, used: Truths, layout: Layout, screening: bool) -> Ranges:
    """The average distance of neighbouring used values in each segment; no range passes a barrier or a missing value.

    ``screening`` leaves out, once, the ranges of 3.267 × their average and more. Where that would leave nothing but
    zeros, limits would fall onto the mean and one or two odd points would make all the others special cause: then all
    ranges count. (Not at a clean step between two levels, where no point would lie within the limits either way.)
    """
    paired = used & ~layout.barriers
    paired[1:] &= used[:-1]
    ranges = np.zeros_like(values)
    ranges[1:] = np.abs(np.diff(values))
    ranges[~paired] = 0.0
    count, total = layout.count(paired), layout.total(ranges)
    none = np.zeros(len(count), dtype=np.int64)
    with np.errstate(invalid="ignore", divide="ignore"):
        average = total / count
        if not screening:
            return Ranges(average, none, none > 0)
        left_out = paired & (ranges >= layout.over_points(SCREEN_FACTOR * average)) & (ranges > 0)
        screened = layout.count(left_out)
        kept = layout.total(np.where(left_out, 0.0, ranges)) / (count - screened)
    collapsed = (screened > 0) & ~(kept > 0)
    if collapsed.any():
        distance = np.abs(values - layout.over_points(segment_means(values, used, layout)))
        collapsed &= layout.count(used & (distance <= layout.over_points(LIMIT_FACTOR * average))) > 0
    return Ranges(np.where(collapsed, average, kept), np.where(collapsed, 0, screened), collapsed)


def _around(
    centre: Floats, three_sigma: Floats, ranges: Ranges, least: float = -np.inf, most: float = np.inf
) -> Limits:
    near = NEAR * three_sigma
    bounds = (centre - three_sigma, centre + three_sigma, centre - near, centre + near)
    natural = (np.full_like(centre, least), np.full_like(centre, most))
    return Limits(centre, *bounds, ranges.average, ranges.screened, ranges.collapsed, *natural)


def xmr_limits(values: Floats, used: Truths, layout: Layout, screening: bool) -> Limits:
    """Mean ± 2.66 × average moving range."""
    ranges = moving_ranges(values, used, layout, screening)
    centre = layout.over_points(segment_means(values, used, layout))
    return _around(centre, layout.over_points(LIMIT_FACTOR * ranges.average), ranges)


def share_limits(
    numerators: Floats,
    denominators: Floats,
    used: Truths,
    layout: Layout,
    *,
    kind: ChartKind,
    laney: bool,
    screening: bool,
) -> Limits:
    """p and u charts, per one of the denominator: limits by each point's own denominator.

    ``laney`` widens them by the scatter of the standardised values (p′ and u′), for very large denominators.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        together = layout.total(np.where(used, numerators, 0.0)) / layout.total(np.where(used, denominators, 0.0))
        centre = layout.over_points(together)
        spread = centre * (1 - centre) if kind is ChartKind.P else centre
        sigma = np.sqrt(np.maximum(spread, 0.0) / denominators)
        distance = np.where(used, numerators / denominators - centre, np.nan)
        standardised = np.where(distance == 0, 0.0, distance / sigma)
    ranges = moving_ranges(standardised, used, layout, screening and laney)
    if laney:
        sigma = sigma * layout.over_points(ranges.average / _D2)
    return _around(centre, 3 * sigma, ranges, 0.0, 1.0 if kind is ChartKind.P else np.inf)


def count_limits(values: Floats, used: Truths, layout: Layout) -> Limits:
    """c chart: mean count ± 3 × its square root."""
    ranges = moving_ranges(values, used, layout, False)
    centre = layout.over_points(segment_means(values, used, layout))
    return _around(centre, 3 * np.sqrt(centre), ranges, 0.0)


def time_between_limits(values: Floats, used: Truths, layout: Layout, screening: bool) -> Limits:
    """t chart: an XmR chart of the times to the power 1/3.6, its lines brought back to times."""
    flat = xmr_limits(values ** (1 / _POWER), used, layout, screening)

    def back(line: Floats) -> Floats:
        return np.sign(line) * np.abs(line) ** _POWER

    return replace(flat.through(back, LINES), floor=np.zeros_like(values))


def cases_between_limits(values: Floats, used: Truths, layout: Layout) -> Limits:
    """g chart: mean + 3 standard deviations of the geometric distribution, centre at its theoretical median.

    The mean would lie so far above the middle that chance alone made runs below it. The lower limit lies below zero:
    a g chart never signals a low point.
    """
    ranges = moving_ranges(values, used, layout, False)
    mean = layout.over_points(segment_means(values, used, layout))
    limits = _around(mean, 3 * np.sqrt(mean * (mean + 1)), ranges, 0.0)
    return replace(limits, centre=_MEDIAN_OF_MEAN * mean)
