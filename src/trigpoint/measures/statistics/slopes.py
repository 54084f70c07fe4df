"""The regression behind the slope index of inequality: values on the mid-points of the groups' population shares."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

Floats = NDArray[np.float64]


class Scale(Enum):
    """What kind of value is measured, which says on which scale its sampling error is near to normal."""

    OTHER = "other"
    RATE = "rate"
    PROPORTION = "proportion"

    def straight(self, values: Floats) -> Floats:
        """Values on the scale of their error: as they are, their logarithms, or their logits."""
        if self is Scale.OTHER:
            return values
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.log(values) if self is Scale.RATE else np.asarray(logit(values))

    def back(self, numbers: Floats) -> Floats:
        """The inverse of ``straight``."""
        if self is Scale.OTHER:
            return numbers
        return np.exp(numbers) if self is Scale.RATE else np.asarray(expit(numbers))

    def steepness(self, values: Floats) -> Floats:
        """The derivative of ``back`` where it gives ``values``."""
        if self is Scale.OTHER:
            return np.ones_like(values)
        return values if self is Scale.RATE else values * (1 - values)


@dataclass(frozen=True, slots=True, eq=False)
class Ends:
    """How much each group's value weighs in the fitted value at each end of the line, arrays of areas × groups.

    The fitted value at an end is the sum of weight × value; the slope index is the far end less the near one, and the
    relative index the far end over the near one. The near end is the first group's side, the most deprived.
    """

    near: Floats
    far: Floats

    def fitted(self, values: Floats) -> tuple[Floats, Floats]:
        """The line at both ends, one number an area."""
        return np.einsum("aq,aq->a", self.near, values), np.einsum("aq,aq->a", self.far, values)


def ends(populations: Floats) -> Ends:
    """Weights of both ends of the line fitted by least squares weighted with population shares.

    ``populations`` is areas × groups, in the order of the groups, all above zero. Each group stands at the mid-point of
    its range of the cumulated population, from 0 to 1 (its ridit); the mean of the mid-points is one half exactly.
    The method is that of the Public Health England technical guide on the slope index of inequality.

    >>> import numpy as np
    >>> found = ends(np.array([[1.0, 1.0, 2.0]]))
    >>> found.near.round(4), found.far.round(4)
    (array([[ 0.9167,  0.4722, -0.3889]]), array([[-0.4167,  0.0278,  1.3889]]))
    """
    shares = populations / populations.sum(axis=1, keepdims=True)
    distances = np.cumsum(shares, axis=1) - shares / 2 - 0.5
    slopes = shares * distances / np.sum(shares * distances**2, axis=1, keepdims=True)
    return Ends(near=shares - slopes / 2, far=shares + slopes / 2)
