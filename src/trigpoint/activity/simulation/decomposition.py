"""What each factor contributes to a product, by logarithmic means (LMDI): the parts sum to the change exactly."""

from __future__ import annotations

import numpy as np

from trigpoint.activity.simulation.kernel import Floats

# Of a factor of 0 the logarithm is that of this: it takes nearly all of a change to nothing, and the parts still sum.
FLOOR = 1e-12


def logarithm(factor: Floats) -> Floats:
    """The natural logarithm, finite for a factor of 0."""
    return np.asarray(np.log(np.maximum(factor, FLOOR)))


def mean_weight(product: Floats, total: Floats) -> Floats:
    """What to multiply the logarithm of each factor by: (Π f − 1) ÷ Σ ln f, the logarithmic mean of Π f and 1.

    ``product`` is Π f and ``total`` Σ ln f as ``logarithm`` gives them. Where the factors cancel (Σ ln f = 0) it is 1.
    Ang, B. W. (2005), The LMDI approach to decomposition analysis, Energy Policy 33.

    >>> factors = np.array([1.1, 0.8])
    >>> weight = mean_weight(factors.prod(keepdims=True), logarithm(factors).sum(keepdims=True))
    >>> round(float((weight * logarithm(factors)).sum()), 12) == round(1.1 * 0.8 - 1, 12)
    True
    """
    near = np.abs(total) < 1e-9
    with np.errstate(divide="ignore", invalid="ignore"):
        quotient = (product - 1) / total
    return np.where(near, 1 + total / 2, quotient)
