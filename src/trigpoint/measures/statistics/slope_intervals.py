"""Intervals of the slope and relative indices of inequality, from the sampling error of each group's value.

Both are in closed form for values with normal error and for lines fitted to logarithms or logits. Only a line through
rates or shares as they are has none; its intervals are simulated, always with the same seed: a Latin hypercube of
normal scores, with the linear part of each index, whose distribution is known exactly, as control. Plain simulation,
the peer's way, needs a hundred thousand draws to come as near.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from trigpoint.measures.statistics.slopes import Ends, Floats, Scale

DRAWS = 1 << 13
SEED = 20150101  # any number: it is fixed so that the same table always gives the same interval


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """Areas' fitted lines: values and their standard errors on the scale of the error, both areas × groups.

    ``transformed`` tells whether the line itself is fitted on that scale, or to the values as they are.
    """

    ends: Ends
    scale: Scale
    transformed: bool
    centres: Floats
    errors: Floats

    def fitted(self) -> tuple[Floats, Floats]:
        """The two ends of each line in the unit of the values."""
        if self.transformed:
            near, far = self.ends.fitted(self.centres)
            return self.scale.back(near), self.scale.back(far)
        return self.ends.fitted(self.scale.back(self.centres))

    def limits(self, shares: Sequence[float], seed: int = SEED) -> tuple[Floats, Floats]:
        """Quantiles of far end less near end, and of far end over near end: both areas × ``shares``.

        A share of 0.025 is a lower limit at 95%. A ratio's limit is NaN where its near end cannot be told from zero.
        """
        if self.transformed:
            return self._turned(ndtri(np.asarray(shares)))
        if self.scale is Scale.OTHER:
            return self._normal(ndtri(np.asarray(shares)))
        return self._simulated(np.asarray(shares), seed)

    def _turned(self, scores: Floats) -> tuple[Floats, Floats]:
        """The line turned about its middle, whose height is held at the average, as far as its slope is uncertain."""
        near, far = self.ends.fitted(self.centres)
        spread = _length((self.ends.far - self.ends.near) * self.errors)
        half = ((far - near)[:, None] + spread[:, None] * scores) / 2
        middle = ((near + far) / 2)[:, None]
        low, high = self.scale.back(middle - half), self.scale.back(middle + half)
        return high - low, high / low

    def _normal(self, scores: Floats) -> tuple[Floats, Floats]:
        """The normal interval of the difference, and Fieller's of the ratio, unbounded where the near end may be 0."""
        near, far = (end[:, None] for end in self.ends.fitted(self.centres))
        low, high = self.ends.near * self.errors, self.ends.far * self.errors
        low_square, high_square, both = (_product(*pair)[:, None] for pair in ((low, low), (high, high), (low, high)))
        bottom = near**2 - scores**2 * low_square
        inside = far**2 * low_square - 2 * near * far * both + near**2 * high_square
        inside = np.maximum(inside - scores**2 * (low_square * high_square - both**2), 0)
        with np.errstate(divide="ignore", invalid="ignore"):
            ratios = (near * far - scores**2 * both + scores * np.sqrt(inside)) / bottom
        return far - near + _length(high - low)[:, None] * scores, np.where(bottom > 0, ratios, np.nan)

    def _simulated(self, shares: Floats, seed: int) -> tuple[Floats, Floats]:
        scores = _scores(self.centres.shape[1], seed)
        near, far = self.fitted()
        steps = self.scale.steepness(self.scale.back(self.centres)) * self.errors
        low, high = self.ends.near * steps, self.ends.far * steps
        differences, ratios = np.empty((2, len(near), len(shares)))
        for area in range(len(near)):
            values = self.scale.back(self.centres[area] + scores * self.errors[area])
            near_draws, far_draws = values @ self.ends.near[area], values @ self.ends.far[area]
            differences[area] = _quantiles(far_draws - near_draws, scores, (high - low)[area], shares)
            with np.errstate(divide="ignore", invalid="ignore"):
                gradient = (high[area] - low[area] * far[area] / near[area]) / near[area]
                found = _quantiles(far_draws / near_draws, scores, gradient, shares)
            # As in Fieller's theorem: no limit at a level at which the near end may be 0.
            ratios[area] = np.where(np.minimum(shares, 1 - shares) > np.mean(near_draws <= 0), found, np.nan)
        return differences, ratios


@functools.lru_cache(maxsize=8)
def _scores(groups: int, seed: int) -> Floats:
    """Draws × groups of normal scores: every column holds the same evenly spaced quantiles, shuffled on its own."""
    column = ndtri((np.arange(DRAWS) + 0.5) / DRAWS)
    shuffled: Floats = np.random.default_rng(seed).permuted(np.tile(column, (groups, 1)), axis=1).T.copy()
    shuffled.setflags(write=False)
    return shuffled


def _quantiles(draws: Floats, scores: Floats, gradient: Floats, shares: Floats) -> Floats:
    """Quantiles of the draws, corrected by how far the draws' linear part misses its own, known, normal quantiles."""
    found = np.quantile(np.stack((draws, scores @ gradient)), shares, axis=1, method="hazen")
    corrected: Floats = found[:, 0] - found[:, 1] + np.sqrt(gradient @ gradient) * ndtri(shares)
    return corrected


def _product(one: Floats, other: Floats) -> Floats:
    products: Floats = np.einsum("aq,aq->a", one, other)
    return products


def _length(gradients: Floats) -> Floats:
    lengths: Floats = np.sqrt(_product(gradients, gradients))
    return lengths
