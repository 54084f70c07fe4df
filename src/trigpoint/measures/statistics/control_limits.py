"""Control limits of funnels: how far a place of a given size may lie from the average by chance alone.

Limits of shares are those whose Wilson interval just touches the average; limits of events are the exact ones of the
Poisson distribution, by the gamma function. Arrays in, arrays out; ``level`` is a share of one, 0.95 or 0.998.
"""

from __future__ import annotations

import math
from enum import Enum

import numpy as np
import numpy.typing as npt
from scipy.special import gammaincinv, pdtrik

from trigpoint.measures.statistics.intervals import Floats, Interval, normal_quantile

POINTS = 100


class FunnelStatistic(Enum):
    """What is compared. A standardised rate's population is the one that its events and its rate imply."""

    PROPORTION = "proportion"
    CRUDE_RATE = "crude rate"
    STANDARDISED_RATE = "directly standardised rate"
    COUNT_RATIO = "count against expected, less 1"
    STANDARDISED_RATIO = "indirectly standardised ratio"

    @property
    def is_rate(self) -> bool:
        return self in (FunnelStatistic.CRUDE_RATE, FunnelStatistic.STANDARDISED_RATE)

    @property
    def is_ratio(self) -> bool:
        return self in (FunnelStatistic.COUNT_RATIO, FunnelStatistic.STANDARDISED_RATIO)


def limits_of_shares(average: float, sizes: npt.ArrayLike, level: float) -> Interval:
    """Limits around an average share for places of these sizes, not cut off at 0 and 1.

    A place beyond them has a Wilson interval that leaves the average out. Source: Spiegelhalter, Statistics in Medicine
    24, 2005, pages 1185–1202.

    >>> [round(float(limit), 4) for limit in limits_of_shares(0.5, 100, 0.95)]
    [0.402, 0.598]
    """
    half = normal_quantile(level) * np.sqrt(average * (1 - average) / np.asarray(sizes, dtype=np.float64))
    return average - half, average + half


def expected_at_limits(events: npt.ArrayLike, level: float) -> Interval:
    """How many events are expected where so many observed lie just on the lower, and just on the upper limit.

    The first is always the larger: few observed are low where many were expected.

    >>> [round(float(expected), 4) for expected in expected_at_limits(10, 0.95)]
    [18.3904, 4.7954]
    """
    observed = np.asarray(events, dtype=np.float64)
    tail = (1 - level) / 2
    upper = np.where(observed > 0, gammaincinv(np.maximum(observed, 1e-300), tail), 0.0)
    return gammaincinv(observed + 1, 1 - tail), upper


def events_at_limits(expected: npt.ArrayLike, level: float) -> Interval:
    """The limits of observed events where so many are expected, on the same curve as ``expected_at_limits``: not whole
    numbers, and 0 where even none at all would not be too few.

    >>> [round(float(limit), 3) for limit in events_at_limits([18.3904, 4.7954], 0.95)[0]]
    [10.0, 0.565]
    """
    mean = np.asarray(expected, dtype=np.float64)
    tail = (1 - level) / 2
    lower = np.where(np.exp(-mean) >= tail, 0.0, pdtrik(tail, mean))
    return lower, np.maximum(pdtrik(1 - tail, mean) + 1, 1.0)


def steps(smallest: float, largest: float, *, rooms: int = POINTS) -> Floats:
    """100 whole numbers from ``smallest`` to about ``largest`` in geometric steps of at least one.

    ``rooms`` counts the steps after which ``largest`` would be reached. Source: the method reference, 1.3.

    >>> steps(1, 1000)[[0, 1, 50, 98, 99]]
    array([   1.,    2.,   87.,  951., 1000.])
    """
    points = [smallest]
    for left in range(rooms - 1, rooms - POINTS, -1):
        last = points[-1]
        points.append(max(float(round(last * (largest / last) ** (1 / left))), last + 1))
    return np.array(points)


def axis(smallest: float, largest: float) -> tuple[float, float]:
    """Round ends of an axis that holds all sizes with room to spare: from 0 unless the sizes are much alike.

    >>> axis(1234, 1783), axis(10, 1783)
    ((1000.0, 1900.0), (0.0, 1900.0))
    """
    low, high = 0.95 * smallest, 1.05 * largest
    low_unit, high_unit = (10.0 ** math.floor(math.log10(size)) if size > 0 else 1.0 for size in (low, high))
    start = math.floor(low / low_unit) * low_unit if smallest >= largest / 2 else 0.0
    return start, math.ceil(10 * high / high_unit) * high_unit / 10
