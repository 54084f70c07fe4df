"""Confidence intervals of counts, shares and means, for whole arrays at once.

Every function takes arrays or single numbers and one confidence level as a share of one (0.95), and returns the lower
and the upper limits as arrays of floats. NaN in gives NaN out; a level of 1 gives the ends of what is possible. Where
an interval cannot be made (nobody counted, one observation) it is NaN.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import gammainccinv, gammaincinv, ndtri, stdtrit

Floats = npt.NDArray[np.float64]
Interval = tuple[Floats, Floats]

# Byar's approximation is close enough from ten events on; below that the exact limits are used (method reference, 1.3).
EXACT_BELOW = 10.0


def normal_quantile(level: float) -> float:
    """How many standard errors each way hold ``level`` of a normal distribution.

    >>> round(normal_quantile(0.95), 6)
    1.959964
    """
    return float(-ndtri((1 - level) / 2))


def byar(count: npt.ArrayLike, level: float) -> Interval:
    """Byar's limits of Poisson counts; a lower limit below nought is nought, as no count is.

    Source: Breslow and Day, Statistical Methods in Cancer Research, volume II, 1987, page 69.

    >>> [round(float(limit), 4) for limit in byar(10, 0.95)]
    [4.7874, 18.3915]
    """
    x = np.asarray(count, dtype=np.float64)
    z = normal_quantile(level)
    if np.isinf(z):
        return np.where(np.isnan(x), np.nan, 0.0), np.where(np.isnan(x), np.nan, np.inf)
    with np.errstate(divide="ignore", invalid="ignore"):
        below = np.maximum(1 - 1 / (9 * x) - z / (3 * np.sqrt(x)), 0.0)
        lower = np.where(x == 0, 0.0, x * below**3)
        upper = (x + 1) * (1 - 1 / (9 * (x + 1)) + z / (3 * np.sqrt(x + 1))) ** 3
    return lower, upper


def exact_poisson(count: npt.ArrayLike, level: float) -> Interval:
    """Exact limits of Poisson counts by the gamma distribution; the lower limit of nought is nought.

    Source: Garwood, Biometrika 28, 1936, pages 437–442.

    >>> [round(float(limit), 4) for limit in exact_poisson(5, 0.95)]
    [1.6235, 11.6683]
    """
    x = np.asarray(count, dtype=np.float64)
    # The same few small counts come again and again, and each limit takes a search: each is looked for once.
    different, back = np.unique(x, return_inverse=True)
    tail = (1 - level) / 2
    with np.errstate(invalid="ignore"):
        lower = np.where(different == 0, 0.0, gammaincinv(np.maximum(different, 1e-300), tail))
        upper = gammainccinv(different + 1, tail)
    return lower[back].reshape(x.shape), upper[back].reshape(x.shape)


def poisson(count: npt.ArrayLike, level: float) -> Interval:
    """Limits of counts of events: exact below 10, Byar's from 10 on.

    Source: the method reference, 1.3; Fingertips' technical guidance on confidence intervals.

    >>> [round(float(limit), 4) for limit in poisson(9, 0.95)]
    [4.1154, 17.0848]
    """
    x = np.asarray(count, dtype=np.float64)
    lower, upper = byar(x, level)
    few = x < EXACT_BELOW
    if few.any():
        lower, upper = np.array(lower), np.array(upper)
        lower[few], upper[few] = exact_poisson(x[few], level)
    return lower, upper


def wilson(count: npt.ArrayLike, of: npt.ArrayLike, level: float) -> Interval:
    """Wilson's score limits of a share, ``count`` out of ``of``, between 0 and 1.

    NaN where nobody is counted. Source: Wilson, Journal of the American Statistical Association 22, 1927.

    >>> [round(float(limit), 4) for limit in wilson(65, 100, 0.95)]
    [0.5525, 0.7364]
    """
    x, n = np.broadcast_arrays(np.asarray(count, dtype=np.float64), np.asarray(of, dtype=np.float64))
    known = ~np.isnan(x) & (n > 0)
    z = normal_quantile(level)
    if np.isinf(z):
        return np.where(known, 0.0, np.nan), np.where(known, 1.0, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = z * np.sqrt(z * z + 4 * x * (1 - x / n))
        lower = (2 * x + z * z - spread) / (2 * (n + z * z))
        upper = (2 * x + z * z + spread) / (2 * (n + z * z))
    # At the ends the limits are exactly 0 and 1; the formula misses them by a rounding.
    lower, upper = np.where(x == 0, 0.0, lower), np.where(x == n, 1.0, upper)
    return np.where(known, lower, np.nan), np.where(known, upper, np.nan)


def student(mean: npt.ArrayLike, sd: npt.ArrayLike, n: npt.ArrayLike, level: float) -> Interval:
    """Student's limits of a mean of ``n`` observations with standard deviation ``sd``; NaN for fewer than two.

    >>> [round(float(limit), 4) for limit in student(6, 2 ** 0.5, 2, 0.95)]
    [-6.7062, 18.7062]
    """
    middle, deviation, size = np.broadcast_arrays(
        np.asarray(mean, dtype=np.float64), np.asarray(sd, dtype=np.float64), np.asarray(n, dtype=np.float64)
    )
    many = size > 1
    freedom = np.where(many, size - 1, np.nan)
    with np.errstate(invalid="ignore", divide="ignore"):
        quantile = -stdtrit(freedom, (1 - level) / 2) if level < 1 else np.where(many, np.inf, np.nan)
        half = np.where(deviation == 0, 0.0, quantile * deviation / np.sqrt(size))
    half = np.where(many, half, np.nan)
    return middle - half, middle + half


def dobson(value: npt.ArrayLike, variance: npt.ArrayLike, count: npt.ArrayLike, level: float) -> Interval:
    """Dobson's limits of a weighted sum of counts, such as a directly standardised rate, from Byar's of their total.

    ``value`` and ``variance`` are in the same unit, ``count`` is all events. NaN where there is no event.
    Source: Dobson and others, Statistics in Medicine 10, 1991, pages 457–462.

    >>> [round(float(limit), 4) for limit in dobson(2.0, 0.04, 100, 0.95)]
    [1.6272, 2.4326]
    """
    total = np.asarray(count, dtype=np.float64)
    middle = np.asarray(value, dtype=np.float64)
    lower, upper = byar(total, level)
    if level == 1:  # the ends of what is possible, whatever the weights
        known = ~np.isnan(middle) & (total > 0)
        return np.where(known, 0.0, np.nan), np.where(known, np.inf, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = np.sqrt(np.asarray(variance, dtype=np.float64) / total)
        return middle + scale * (lower - total), middle + scale * (upper - total)
