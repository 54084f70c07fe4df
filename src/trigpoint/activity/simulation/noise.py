"""What a month differs from its expected value by: counts with an overdispersion, added to the outputs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from trigpoint.activity.simulation.kernel import Floats
from trigpoint.activity.simulation.streams import stream

# From this mean on three terms of the Cornish-Fisher expansion are a Poisson number but for less than 0.01.
_MANY = 100.0


@dataclass(frozen=True, slots=True, eq=False)
class Noise:
    """The chance of one output in [months, draws]: do nothing and do something, and all scenarios, share it."""

    seed: int
    name: tuple[str, ...]
    factor: Floats | None
    normal: Floats

    def counts(self, mean: Floats) -> Floats:
        """Negative binomial counts of [months, draws] about ``mean``: variance μ + κμ² (Poisson where κ is 0).

        A gamma number of mean 1 and variance κ multiplies the mean, and a Poisson count is made about the product: μ +
        √μ z + (z² − 1)/6 + (z − z³)/(72 √μ) for many (the mean and the variance of it are exact), drawn for few.
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


def noise(seed: int, name: tuple[str, ...], dispersion: float, months: int, draws: int) -> Noise:
    """The noise of one output, by its name: the same in every scenario of one seed."""
    numbers = stream(seed, "noise", *name)
    normal = numbers.standard_normal((months, draws))
    if dispersion <= 0:
        return Noise(seed, name, None, normal)
    return Noise(seed, name, numbers.standard_gamma(1 / dispersion, (months, draws)) * dispersion, normal)
