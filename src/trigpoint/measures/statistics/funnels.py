"""Funnel plots: limits that widen as places get smaller, the places themselves, and which lie beyond the limits."""

from __future__ import annotations

import math

import numpy as np
import polars as pl

from trigpoint.errors import InputError
from trigpoint.measures.choices import chosen
from trigpoint.measures.statistics.control_limits import (
    POINTS,
    FunnelStatistic,
    axis,
    expected_at_limits,
    limits_of_shares,
    steps,
)
from trigpoint.measures.statistics.frames import Frame, refuse_clash
from trigpoint.measures.statistics.intervals import Floats
from trigpoint.measures.statistics.levels import Levels, Strictness, confidence_levels, label
from trigpoint.measures.statistics.peers import FEWEST_EVENTS, TOO_FEW, Compared, Peers, peers, scaled
from trigpoint.measures.statistics.results import limit_names, number

__all__ = ["FunnelStatistic", "funnel_limits", "funnel_points", "funnel_significance"]

PAIR = (0.95, 0.998)


def funnel_limits(
    data: Frame,
    *,
    statistic: FunnelStatistic | str,
    numerator: str,
    denominator: str | None = None,
    rate: str | None = None,
    multiplier: float = 100,
    years: float = 1,
    levels: Levels = PAIR,
    strictness: Strictness = Strictness.BY_GROUP,
) -> Frame:
    """The curves of a funnel around the average of all places (around what was expected, for ratios): 100 points each.

    For a proportion the points are ``population`` and, a level, ``lower_95`` and ``upper_95`` times ``multiplier``, cut
    off at 0 and at the multiplier. For the others they are ``events``, and each limit has the population or the
    expected events at which so many lie on it: ``lower_95_at``, ``lower_95``, ``upper_95_at``, ``upper_95``. A rate's
    events are those of all ``years``, its populations those of one. Last comes ``average``, in the limits' unit.
    Rows that are not fit are left out of the average. Raises ``InputError`` where columns do not go with the statistic.
    Source: method reference, 1.3; Spiegelhalter 2005; exact Poisson limits in place of the peer's bisection.

    >>> found = funnel_limits({"seen": [30, 50], "all": [100, 80]}, statistic=FunnelStatistic.PROPORTION,
    ...                       numerator="seen", denominator="all")
    >>> found["population"][-1], round(found["lower_95"][-1], 4), round(found["upper_99_8"][-1], 4)
    (169.0, 36.9528, 56.2564)
    """
    statistic = chosen(FunnelStatistic, statistic, "statistic of a funnel")
    shares = confidence_levels(levels)
    compared = Compared(statistic, numerator, denominator, rate, multiplier, years)
    found = peers(data, compared, strictness)
    columns = _share_curves(found, shares, multiplier)
    if statistic is not FunnelStatistic.PROPORTION:
        columns = _event_curves(found, compared, shares)
    average = scaled(np.full(POINTS, found.average / (years if statistic.is_rate else 1)), compared)
    return found.given.back(pl.DataFrame([*columns, number("average", average)]))


def funnel_points(
    data: Frame,
    *,
    statistic: FunnelStatistic | str,
    numerator: str,
    denominator: str | None = None,
    rate: str | None = None,
    multiplier: float = 100,
    years: float = 1,
    strictness: Strictness = Strictness.BY_GROUP,
) -> Frame:
    """Where each place stands on its funnel: the rows as they came, with ``size`` (population of one year, people
    counted, or events expected), ``value`` and ``reason``.

    A rate's population is the one that its events and its rate imply, so that standardised places stand on the same
    funnel. A directly standardised rate of fewer than 10 events is not drawn. Raises ``InputError`` where columns do
    not go with the statistic. Source: method reference, 1.3.

    >>> found = funnel_points({"deaths": [9, 50], "rate": [180.0, 250.0]}, numerator="deaths", rate="rate",
    ...                       statistic=FunnelStatistic.STANDARDISED_RATE, multiplier=100_000)
    >>> found["size"], found["value"], found["reason"]
    ([None, 20000.0], [None, 250.0], ['fewer than 10 events', ''])
    """
    statistic = chosen(FunnelStatistic, statistic, "statistic of a funnel")
    found = peers(data, Compared(statistic, numerator, denominator, rate, multiplier, years), strictness)
    drawn = ~np.isnan(found.values)
    return _with(found, [number("size", np.where(drawn, found.sizes, np.nan)), number("value", found.values)], drawn)


def funnel_significance(
    data: Frame,
    *,
    statistic: FunnelStatistic | str,
    numerator: str,
    denominator: str | None = None,
    rate: str | None = None,
    multiplier: float = 100,
    years: float = 1,
    levels: Levels = PAIR,
    strictness: Strictness = Strictness.BY_GROUP,
) -> Frame:
    """Which places lie beyond the limits: the rows as they came, with ``beyond_95``, ``beyond_99_8`` (one a level) and
    ``reason``.

    Each is 1 above the upper limit, -1 below the lower one, 0 within, missing where the place is not compared: a
    directly standardised rate of fewer than 10 events, a share without its population. Places are compared with the
    average of all, ratios with what was expected. Raises ``InputError`` as ``funnel_limits`` does. Source: method
    reference, 1.3.

    >>> found = funnel_significance({"seen": [20, 55, 50], "all": [100, 100, 100]}, numerator="seen",
    ...                             denominator="all", statistic=FunnelStatistic.PROPORTION)
    >>> found["beyond_95"], found["beyond_99_8"]
    ([-1, 1, 0], [-1, 0, 0])
    """
    statistic = chosen(FunnelStatistic, statistic, "statistic of a funnel")
    shares = confidence_levels(levels)
    found = peers(data, Compared(statistic, numerator, denominator, rate, multiplier, years), strictness)
    drawn = ~np.isnan(found.values)
    columns = [
        pl.Series(f"beyond_{label(level)}", beyond(statistic, found, level), dtype=pl.Int8, nan_to_null=True)
        for level in shares
    ]
    return _with(found, [column.set(pl.Series(~drawn), None) for column in columns], drawn)


def beyond(statistic: FunnelStatistic, found: Peers, level: float) -> np.ndarray[tuple[int], np.dtype[np.int8]]:
    """1 above, -1 below, 0 within the limits of one level."""
    with np.errstate(invalid="ignore"):
        if statistic is FunnelStatistic.PROPORTION:
            lower, upper = limits_of_shares(found.average, found.sizes, level)
            share = found.events / found.sizes
            return (share > upper).astype(np.int8) - (share < lower).astype(np.int8)
        expected = _expected(statistic, found)
        at_lower, at_upper = expected_at_limits(found.events, level)
        return (at_upper > expected).astype(np.int8) - (at_lower < expected).astype(np.int8)


def _expected(statistic: FunnelStatistic, found: Peers) -> Floats:
    return found.sizes if statistic.is_ratio else found.sizes * found.average


def _share_curves(found: Peers, levels: tuple[float, ...], multiplier: float) -> list[pl.Series]:
    start, end = axis(float(np.nanmin(found.sizes)), float(np.nanmax(found.sizes)))
    sizes = steps(max(start, 1.0), end)
    columns = [number("population", sizes)]
    for level in levels:
        limits = limits_of_shares(found.average, sizes, level)
        columns += [
            number(name, np.clip(limit, 0, 1) * multiplier)
            for name, limit in zip(limit_names(level), limits, strict=True)
        ]
    return columns


def _event_curves(found: Peers, compared: Compared, levels: tuple[float, ...]) -> list[pl.Series]:
    """Whole numbers of events, and where they lie on each limit. ``average`` is events by person and year here."""
    if found.average == 0:
        raise InputError("there are no events at all, so that a rate has no limits", remedy="give a longer period")
    start, end = axis(float(np.nanmin(found.sizes)), float(np.nanmax(found.sizes)))
    if compared.statistic.is_ratio:
        events = steps(max(start, 1.0), end, rooms=POINTS + 1)
    else:
        events = steps(max(math.floor(start * found.average), 1.0), math.ceil(_tidy(end * found.average)))
    years = compared.years if compared.statistic.is_rate else 1
    columns = [number("events", events)]
    for level in levels:
        for name, expected in zip(limit_names(level), expected_at_limits(events, level), strict=True):
            sizes = expected / found.average
            columns += [number(f"{name}_at", sizes), number(name, scaled(events / (sizes * years), compared))]
    return columns


def _tidy(size: float) -> float:
    """Without the last bits of rounding, so that a whole number stays one when it is rounded up."""
    return round(size, 9)


def _with(found: Peers, columns: list[pl.Series], drawn: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Frame:
    few = pl.Series(~drawn & (found.events < FEWEST_EVENTS))
    reason = found.reasons.set(few & (found.reasons == ""), TOO_FEW)
    refuse_clash(found.frame.columns, [*(column.name for column in columns), "reason"])
    return found.given.back(found.frame.hstack([*columns, reason.alias("reason")]))
