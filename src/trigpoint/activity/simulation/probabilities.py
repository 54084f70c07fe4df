"""Where the draws of assumptions lie in their distributions: evenly spread, and together where they belong together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.special import ndtr, ndtri

from trigpoint.streams import Floats, stream

# The farthest that a probability comes to 0 or 1: the quantile of a normal is finite there.
_EDGE = 2.0**-53


def uniforms(seed: int, names: Sequence[str], draws: int) -> Floats:
    """Numbers between 0 and 1, both excluded, of one named thing: one in each of as many equal strips, in any order.

    A Latin hypercube (McKay, Beckman and Conover 1979, Technometrics 21:239): what is drawn has the mean and the
    quantiles of its distribution almost exactly, so that a growth of 1.9% is seen as 1.9% in the results.

    >>> numbers = uniforms(1, ["a rate"], 10)
    >>> sorted((10 * numbers).astype(int).tolist())
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    """
    chance = stream(seed, *names)
    return np.clip((chance.permutation(draws) + chance.random(draws)) / draws, _EDGE, 1 - _EDGE)


def normals(seed: int, names: Sequence[str], draws: int) -> Floats:
    """Standard normal numbers of one named thing, spread as evenly."""
    numbers: Floats = ndtri(uniforms(seed, names, draws))
    return numbers


def probabilities(seed: int, name: str, together: str, correlation: float, draws: int) -> Floats:
    """Where each draw of an assumption lies in its distribution, 0 to 1.

    Assumptions of one group share a normal: z = √ρ z_group + √(1 − ρ) z_own, so two of them with the same ρ correlate
    by ρ (a Gaussian copula). A negative ρ moves against the group.
    """
    own = uniforms(seed, ("assumption", name), draws)
    if not together or correlation == 0:
        return own
    shared = normals(seed, ("together", together), draws)
    strength = min(abs(correlation), 1.0)
    mixed = np.copysign(np.sqrt(strength), correlation) * shared + np.sqrt(1 - strength) * ndtri(own)
    moved: Floats = np.clip(ndtr(mixed), _EDGE, 1 - _EDGE)
    return moved
