"""Quantiles over the draws, each with the error that the number of draws leaves it."""

from __future__ import annotations

import math

import numpy as np

from trigpoint.activity.results.run import Band
from trigpoint.activity.simulation.kernel import Floats

PROBABILITIES = (0.1, 0.5, 0.9)


def quantiles(ordered: Floats, probability: float) -> tuple[Floats, Floats]:
    """A quantile of numbers in order along the last axis, and its Monte Carlo standard error.

    The rank of a quantile among n draws has the standard deviation √(n p (1 − p)); half the way between the order
    statistics so far below and above is the standard error, whatever the distribution.

    >>> value, error = quantiles(np.arange(101.0), 0.5)
    >>> float(value), float(error)
    (50.0, 5.0)
    """
    draws = ordered.shape[-1]
    at = (draws - 1) * probability
    below = math.floor(at)
    above = min(below + 1, draws - 1)
    value = ordered[..., below] + (at - below) * (ordered[..., above] - ordered[..., below])
    reach = math.sqrt(draws * probability * (1 - probability))
    low, high = max(round(at - reach), 0), min(round(at + reach), draws - 1)
    error: Floats = (ordered[..., high] - ordered[..., low]) / 2
    return value, error


def drawn_quantiles(draws: Floats) -> Floats:
    """The 10th and 90th percentiles along the last axis, each of them a number that was drawn.

    What a scheme changes jumps: all of it where it is delivered, nothing where it is not. Between the two there is no
    draw, and a percentile between draws would be a number that cannot come.

    >>> drawn_quantiles(np.array([[-100.0] * 9 + [0.0]])).tolist()
    [[-100.0], [-100.0]]
    """
    low, _, high = np.quantile(draws, PROBABILITIES, axis=-1, method="inverted_cdf")
    return np.stack([low, high])


def band(draws: Floats, mean: Floats) -> Band:
    """The band of [months, draws]; ``mean`` is that of the expected values."""
    ordered = np.sort(draws, axis=-1)
    (p10, e10), (p50, e50), (p90, e90) = (quantiles(ordered, each) for each in PROBABILITIES)
    return Band(mean, p10, p50, p90, e10, e50, e90)
