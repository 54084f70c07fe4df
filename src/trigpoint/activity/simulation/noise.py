"""What a month differs from its expected value by: counts with an overdispersion, added to the outputs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaincinv, ndtr

from trigpoint.activity.simulation.kernel import Floats
from trigpoint.activity.simulation.scatter import Scatter
from trigpoint.streams import stream

# From this mean on three terms of the Cornish-Fisher expansion are a Poisson number but for less than 0.01.
_MANY = 100.0
_GRID = np.linspace(-6.0, 6.0, 1201)  # quantiles of a gamma number between are straight to four digits
_LEAST = 1e-7  # κ below which nothing is seen
_SMALL = 0.1  # κ up to which the cube of a normal (Wilson and Hilferty 1931) is a gamma number to the third digit of κ


@dataclass(frozen=True, slots=True, eq=False)
class Noise:
    """The chance of one output in [months, draws]: do nothing and do something, and all scenarios, share it."""

    seed: int
    name: tuple[str, ...]
    factor: Floats | None
    normal: Floats

    def counts(self, mean: Floats) -> Floats:
        """Negative binomial counts of [months, draws] about ``mean``: variance μ + κμ² (Poisson where κ is 0).

        A gamma number of mean 1 and variance κ (``level_of``) multiplies the mean, and a Poisson count is made about
        the product: μ + √μ z + (z² − 1)/6 + (z − z³)/(72 √μ) for many (the mean and the variance of it are exact),
        drawn for few.
        """
        about = mean if self.factor is None else mean * self.factor
        z, square = self.normal, self.normal * self.normal
        root = np.sqrt(about)
        made: Floats = z * root
        made += about
        made += (square - 1) / 6
        made += z * (1 - square) / (72 * np.maximum(root, 1.0))
        few = about < _MANY
        if few.any():
            made[few] = stream(self.seed, "few", *self.name).poisson(about[few])
        return made


def noise(seed: int, name: tuple[str, ...], factor: Floats | None, months: int, draws: int) -> Noise:
    """The noise of one output, by its name: the same in every scenario of one seed.

    ``factor`` is what the months of its series share (``level_of``), ``None`` for the chance of counts alone.
    """
    return Noise(seed, name, factor, stream(seed, "noise", *name).standard_normal((months, draws)))


def shared_of(seed: int, pod: str, carry: float, months: int, draws: int) -> Floats:
    """Standard normal numbers [months, draws] that all series of a point of delivery have in common."""
    return _chain(stream(seed, "months of all", pod).standard_normal((months, draws)), carry)


def level_of(
    seed: int, key: tuple[str, ...], scatter: Scatter, season: float, months: int, draws: int,
    shared: Floats | None = None,
) -> Floats | None:  # fmt: skip
    """What the months of one series are multiplied with, [months, draws]: of mean 1, one for all its outputs.

    Gamma numbers of variance κ, joined by normals that carry on from month to month and are in part ``shared``; and the
    error of its season (variance ``season``), the same in all years of a draw and of mean 1 in each.
    """
    made: Floats | None = None
    if scatter.dispersion > _LEAST:
        normal = _chain(stream(seed, "months", *key).standard_normal((months, draws)), scatter.carry)
        if shared is not None and scatter.common > 0:
            normal *= np.sqrt(1 - scatter.common)
            normal += np.sqrt(scatter.common) * shared
        made = _gamma(normal, scatter.dispersion)
    if season > _LEAST:
        error = np.exp(np.sqrt(season) * stream(seed, "season", *key).standard_normal((12, draws)))
        tiled = np.tile(error / error.mean(axis=0), (-(-months // 12), 1))[:months]
        made = tiled if made is None else made * tiled
    return made


def _gamma(normal: Floats, dispersion: float) -> Floats:
    """The gamma number of mean 1 and variance κ at the place of each standard normal number."""
    if dispersion > _SMALL:
        return np.asarray(np.interp(normal, _GRID, gammaincinv(1 / dispersion, ndtr(_GRID)) * dispersion))
    root = normal * np.sqrt(dispersion / 9)
    root += 1 - dispersion / 9
    made: Floats = root * root
    made *= root
    return made


def _chain(normal: Floats, carry: float) -> Floats:
    """Independent normals [months, draws] made to correlate by ``carry`` from each month to the next."""
    if carry:
        fresh = np.sqrt(1 - carry * carry)
        for month in range(1, len(normal)):
            normal[month] *= fresh
            normal[month] += carry * normal[month - 1]
    return normal
