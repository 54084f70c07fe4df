"""Funnels: places against limits that widen as numbers shrink, and further where places differ by more than chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from trigpoint.measures.book.book import Actual
from trigpoint.measures.definitions.definition import Definition, Overdispersion, Statistic
from trigpoint.measures.results.arrays import Series
from trigpoint.measures.results.derivation import kind_words
from trigpoint.measures.results.result import FunnelPoint, FunnelResult, Significance
from trigpoint.measures.results.values import Floats, told
from trigpoint.measures.statistics.control_limits import events_at_limits, expected_at_limits, limits_of_shares
from trigpoint.measures.statistics.dispersion import FunnelData, scores
from trigpoint.measures.statistics.intervals import normal_quantile
from trigpoint.wording import count, listed, verb

FUNNELLED = frozenset((Statistic.PROPORTION, Statistic.RATE, Statistic.ISR_RATIO))
FEWEST_FOR_FUNNEL = 3
_POINTS = 60
_LEVELS = (0.95, 0.998)
_TRIM = 0.1
_STEPS = {
    2: Significance.HIGH_3,
    1: Significance.HIGH_2,
    0: Significance.WITHIN,
    -1: Significance.LOW_2,
    -2: Significance.LOW_3,
}


@dataclass(frozen=True, slots=True)
class Spread:
    """Variance between places beyond chance: ``phi`` above 1, ``tau_squared`` on the transformed scale of ``data``.

    ``middle`` is the average on that scale. Ratios and rates are scaled by ``average`` and their expected events.
    """

    data: FunnelData
    middle: float
    phi: float
    tau_squared: float
    average: float

    def limits(self, sizes: Floats, level: float) -> tuple[Floats, Floats]:
        """Lower and upper limit of the value (before the multiplier) at denominators ``sizes``."""
        share = self.data is FunnelData.PR
        effective = sizes if share else self.average * sizes
        error = 1 / np.sqrt(effective) if self.data.is_logarithmic else 1 / (2 * np.sqrt(effective))
        reach = normal_quantile(level) * np.sqrt(error**2 + self.tau_squared)
        lower, upper = (self._value(self.middle + way * reach) for way in (-1, 1))
        return lower, upper

    def _value(self, numbers: Floats) -> Floats:
        if self.data is FunnelData.PR:
            shares: Floats = np.sin(np.clip(numbers, 0, np.pi / 2)) ** 2
            return shares
        ratios: Floats = np.exp(numbers) if self.data.is_logarithmic else np.maximum(numbers, 0.0) ** 2
        return self.average * ratios


def spread_of(
    method: Overdispersion, tops: Floats, bottoms: Floats, average: float, *, proportion: bool
) -> Spread | None:
    """How much more places differ than chance explains; ``None`` where it is not asked for, or they do not.

    Rates are taken as ratios of events to those expected at the average. Source: see ``overdispersed_funnel``.
    """
    if method is Overdispersion.NONE or not average:
        return None
    data = FunnelData.SR_SHMI if method is Overdispersion.SHMI else FunnelData.SR_CQC
    data = FunnelData.PR if proportion else data
    found = scores(tops, bottoms if proportion else average * bottoms, data, _TRIM)
    if np.isnan(found.trimmed).all() or not found.phi > 1:
        return None
    return Spread(data, found.target, found.phi, found.tau_squared, average)


def funnel_of(
    definition: Definition, period: str, found: Sequence[tuple[Series, Actual, Fraction]], withheld: int
) -> FunnelResult | None:
    """The funnel around the places' own average, from those whose figures may be shown."""
    parts = [(row.numerator, row.denominator) for _, row, _ in found]
    if definition.statistic not in FUNNELLED or len(found) < FEWEST_FOR_FUNNEL:
        return None
    known = [(top, bottom) for top, bottom in parts if top is not None and bottom is not None]
    if len(known) < len(found):
        return None
    tops = np.array([float(top) for top, _ in known])
    bottoms = np.array([float(bottom) for _, bottom in known])
    # Ratios are compared with what was expected; shares and rates with the average of all the places shown.
    ratio = definition.statistic is Statistic.ISR_RATIO
    average = 1.0 if ratio else float(tops.sum() / bottoms.sum())
    factor, proportion = float(definition.multiplier), definition.statistic is Statistic.PROPORTION
    spread = spread_of(definition.comparison.overdispersion, tops, bottoms, average, proportion=proportion)
    significance = (
        _significance(tops, bottoms, average, proportion=proportion)
        if spread is None
        else _beyond(tops / bottoms, [spread.limits(bottoms, level) for level in _LEVELS])
    )
    points = tuple(
        FunnelPoint(each.place, float(top), float(bottom), float(value), beyond)
        for (each, _, value), top, bottom, beyond in zip(found, tops, bottoms, significance, strict=True)
    )
    smallest = float(bottoms.min())
    # Nobody counts less than one person, but fewer than one event may be expected.
    start = max(smallest * 0.8, min(smallest, 1.0))
    sizes = np.geomspace(start, float(bottoms.max()) * 1.1, _POINTS)
    rows = _curves(sizes, average, factor, proportion=proportion, spread=spread)
    sentence = funnel_sentence(definition, period, factor * average, points, withheld, widened=spread is not None)
    invented = any(row.illustrative for _, row, _ in found)
    phi = None if spread is None else spread.phi
    return FunnelResult(definition, period, factor * average, points, rows, phi, sentence, invented)


def _significance(tops: Floats, bottoms: Floats, average: float, *, proportion: bool) -> list[Significance]:
    """Each place against the 95% and 99.8% limits at its own size."""
    if proportion:
        return _beyond(tops / bottoms, [limits_of_shares(average, bottoms, level) for level in _LEVELS])
    # Exact for counts: the expected number at which the count would just be on a limit.
    at_limits = [expected_at_limits(tops, level) for level in _LEVELS]
    return _beyond(-average * bottoms, [(-at_lower, -at_upper) for at_lower, at_upper in at_limits])


def _beyond(values: Floats, limits: Sequence[tuple[Floats, Floats]]) -> list[Significance]:
    """How many pairs of limits a place lies beyond, and on which side."""
    steps = np.zeros(len(values), dtype=np.intp)
    for lower, upper in limits:
        steps += (values > upper).astype(np.intp) - (values < lower)
    return [_STEPS[step] for step in steps.tolist()]


def _curves(
    sizes: Floats, average: float, factor: float, *, proportion: bool, spread: Spread | None
) -> tuple[tuple[float, float, float, float, float], ...]:
    """The limits along the sizes: size, lower 99.8%, lower 95%, upper 95%, upper 99.8%."""
    lines: dict[float, tuple[Floats, Floats]] = {}
    for level in _LEVELS:
        if spread is not None:
            lower, upper = spread.limits(sizes, level)
        elif proportion:
            lower, upper = limits_of_shares(average, sizes, level)
        else:
            lower, upper = (line / sizes for line in events_at_limits(average * sizes, level))
        top = 1.0 if proportion else np.inf
        lines[level] = (factor * np.clip(lower, 0, top), factor * np.clip(upper, 0, top))
    columns = (sizes, lines[0.998][0], lines[0.95][0], lines[0.95][1], lines[0.998][1])
    return tuple(
        (float(size), float(a), float(b), float(c), float(d)) for size, a, b, c, d in zip(*columns, strict=True)
    )


def funnel_sentence(
    definition: Definition,
    period: str,
    average: float,
    points: Sequence[FunnelPoint],
    withheld: int,
    *,
    widened: bool = False,
) -> str:
    """How many places differ from their average by more than chance, in one sentence."""
    high = [point for point in points if point.significance is Significance.HIGH_3]
    low = [point for point in points if point.significance is Significance.LOW_3]
    places = kind_words(points[0].place.kind, len(points))
    said = f"{period}: of {places} around an average of {told(definition, average)}"
    outside = _outside_words(high, low)
    words = f"{outside} {verb(len(high) + len(low), 'is', 'are')}" if outside else "none is"
    left = (
        f"; {count(withheld, 'place')} {verb(withheld, 'is', 'are')} left out for want of a figure" if withheld else ""
    )
    limits = "the 99.8% limits, widened for overdispersion" if widened else "the 99.8% limits"
    return f"{said}, {words} outside {limits}{left}."


def _outside_words(high: Sequence[FunnelPoint], low: Sequence[FunnelPoint]) -> str:
    return listed([f"{_named(part)} ({way})" for part, way in ((high, "above"), (low, "below")) if part])


def _named(points: Sequence[FunnelPoint]) -> str:
    if len(points) <= 3:
        return listed([point.place.name for point in points])
    return f"{len(points):,}"
