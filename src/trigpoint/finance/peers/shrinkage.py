"""Rates drawn towards what they have in common, as far as they are uncertain and no further than they truly differ."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from trigpoint.streams import Floats

# How many sizes of the true differences are weighed against each other.
_SIZES = 400
_HALVINGS = 80
# Below this part of the others an error is as good as none, and stands for none.
_LEAST = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Shrunk:
    """True rates given those seen, for every size of the true differences between organisations that is weighed.

    ``weights`` say how likely each size is (one number a size, together 1), ``means`` the true rates then (a row a
    size), ``variances`` their own part of the variance and ``shared`` what the estimated mean adds: the covariance of
    i and j is ``shared[i] × shared[j]`` besides.
    """

    weights: Floats
    means: Floats
    variances: Floats
    shared: Floats
    kept: Floats

    @property
    def rates(self) -> Floats:
        """The mean true rate of each organisation."""
        found: Floats = self.weights @ self.means
        return found

    @property
    def own_part(self) -> Floats:
        """What each keeps of its own distance from the mean of all, 0 to 1."""
        found: Floats = self.weights @ self.kept
        return found

    def difference(self, parts: Floats, level: float) -> tuple[float, float, float]:
        """Mean and interval of a difference Σ part × true rate, as own rate less the mean of some others."""
        means = self.means @ parts
        spreads = np.sqrt(self.variances @ parts**2 + (self.shared @ parts) ** 2)
        tail = (1 - level) / 2
        low, high = (self._quantile(means, spreads, share) for share in (tail, 1 - tail))
        return float(self.weights @ means), low, high

    def _quantile(self, means: Floats, spreads: Floats, share: float) -> float:
        """Where the mixture of normals has that share below it, by halving."""
        far = -float(ndtri(min(share, 1 - share))) + 1
        low, high = float((means - far * spreads).min()), float((means + far * spreads).max())
        safe = np.maximum(spreads, 1e-300)
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            below = float(self.weights @ ndtr((middle - means) / safe))
            low, high = (middle, high) if below < share else (low, middle)
        return (low + high) / 2


def shrunk_rates(rates: Sequence[float], errors: Sequence[float]) -> Shrunk:
    """Each rate drawn towards the mean of all: the less, the more surely it is known and the more they truly differ.

    True rates are normal about a mean with a standard deviation τ, rates seen normal about them with their ``errors``.
    Given τ, a rate keeps τ² ÷ (τ² + error²) of its distance from the mean. How large τ is, few organisations cannot
    say: every size is weighed by how well it explains the rates, beginning from a half-Cauchy distribution with the
    typical error for its scale (Gelman 2006, Bayesian Analysis 1:515).

    >>> found = shrunk_rates([30.0, 40.0, 41.0, 39.0, 40.0], [3.0] * 5)
    >>> found.rates.round(1).tolist()
    [34.6, 38.9, 39.3, 38.4, 38.9]
    """
    seen, own = np.asarray(rates, dtype=np.float64), np.asarray(errors, dtype=np.float64)
    scale = math.sqrt(len(own) / float((1 / np.maximum(own, _LEAST * own.max()) ** 2).sum())) if own.any() else 0.0
    if scale == 0:
        # Rates that are known exactly are what they are.
        nothing = np.zeros((1, len(seen)))
        return Shrunk(np.ones(1), seen[None, :], nothing, nothing, np.ones((1, len(seen))))
    error = np.maximum(own, _LEAST * own.max())
    sizes = scale * np.tan(np.pi / 2 * (np.arange(_SIZES) + 0.5) / _SIZES)
    variance = error**2 + sizes[:, None] ** 2
    precision = (1 / variance).sum(axis=1)
    middle = (seen / variance).sum(axis=1) / precision
    fit = -0.5 * (np.log(variance).sum(axis=1) + ((seen - middle[:, None]) ** 2 / variance).sum(axis=1))
    fit -= 0.5 * np.log(precision)
    weights = np.exp(fit - fit.max())
    kept = sizes[:, None] ** 2 / variance
    return Shrunk(
        weights=weights / weights.sum(),
        means=kept * seen + (1 - kept) * middle[:, None],
        variances=kept * error**2,
        shared=(1 - kept) / np.sqrt(precision)[:, None],
        kept=kept,
    )
