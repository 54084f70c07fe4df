"""A number that is not known exactly: a value, what it may be besides, and its quantiles."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from trigpoint.errors import InputError

Floats: TypeAlias = NDArray[np.float64]


class Distribution(Enum):
    """How the values between and beyond ``low`` and ``high`` are spread."""

    POINT = "point"
    NORMAL = "normal"
    LOGNORMAL = "lognormal"
    UNIFORM = "uniform"
    TRIANGULAR = "triangular"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Uncertain:
    """A number with its uncertainty. Shares and rates are fractions: 0.019 is 1.9%.

    A normal or lognormal lies between ``low`` and ``high`` with probability ``level``, about their middle (a published
    interval is taken as it stands, as nhp_model does); a uniform or triangular never leaves them, and the triangular
    has its mode at ``value``. A choice takes one of ``choices``, pairs of value and probability. ``value`` is the
    central value that is printed and that runs without uncertainty use. Raises ``InputError`` for limits the wrong way
    round, or that a distribution needs and does not have.

    >>> Uncertain(0.02, 0.01, 0.03, distribution=Distribution.NORMAL).quantile(np.array([0.1, 0.5, 0.9])).round(6)
    array([0.01, 0.02, 0.03])
    """

    value: float
    low: float | None = None
    high: float | None = None
    level: float = 0.8
    distribution: Distribution = Distribution.POINT
    choices: tuple[tuple[float, float], ...] = ()

    def __post_init__(self) -> None:
        if not math.isfinite(self.value):
            raise InputError(f"{self.value} is no number to calculate with", remedy="give a finite value")
        if self.distribution is Distribution.CHOICE:
            total = sum(part for _, part in self.choices)
            if not self.choices or abs(total - 1) > 1e-6 or any(part < 0 for _, part in self.choices):
                raise InputError("the probabilities of the choices do not add up to 1", remedy="correct them")
            return
        if self.distribution is Distribution.POINT:
            return
        if self.low is None or self.high is None:
            what = f"a {self.distribution.value} distribution needs a low and a high value"
            raise InputError(what, remedy="give both, or leave the distribution out")
        if self.low > self.high:
            raise InputError(f"its low value, {self.low:g}, is above its high, {self.high:g}", remedy="exchange them")
        if self.distribution is Distribution.LOGNORMAL and self.low <= 0:
            raise InputError("a lognormal distribution has no value of 0 or less", remedy="use normal or triangular")
        if self.distribution is Distribution.TRIANGULAR and not self.low <= self.value <= self.high:
            raise InputError(
                f"its value, {self.value:g}, is not between low and high", remedy="correct one of the three"
            )

    @property
    def is_certain(self) -> bool:
        """Whether every draw is the value itself."""
        return self.distribution is Distribution.POINT

    def quantile(self, probability: Floats) -> Floats:
        """The values below which the number lies with these probabilities (0 to 1, exclusive)."""
        if self.distribution is Distribution.CHOICE:
            edges = np.cumsum([part for _, part in self.choices])
            at = np.minimum(np.searchsorted(edges, probability, side="right"), len(self.choices) - 1)
            return np.array([value for value, _ in self.choices])[at]
        if self.low is None or self.high is None or self.distribution is Distribution.POINT:
            return np.full(np.shape(probability), self.value)
        low, high = self.low, self.high
        if self.distribution is Distribution.UNIFORM:
            return low + (high - low) * probability
        if self.distribution is Distribution.TRIANGULAR:
            return self._triangular(probability)
        if self.distribution is Distribution.LOGNORMAL:
            return np.exp(_normal(math.log(low), math.log(high), self.level, probability))
        return _normal(low, high, self.level, probability)

    def _triangular(self, probability: Floats) -> Floats:
        low, high = self.low or 0.0, self.high or 0.0
        width = high - low
        if width == 0:
            return np.full(np.shape(probability), self.value)
        left = (self.value - low) / width
        rising = low + np.sqrt(probability * width * (self.value - low))
        falling = high - np.sqrt((1 - probability) * width * (high - self.value))
        return np.where(probability < left, rising, falling)


def _normal(low: float, high: float, level: float, probability: Floats) -> Floats:
    spread = (high - low) / (2 * float(ndtri((1 + level) / 2)))
    middle: Floats = (low + high) / 2 + spread * ndtri(probability)
    return middle
