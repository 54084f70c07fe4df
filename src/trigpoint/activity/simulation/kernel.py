"""The one heavy sum of the model: cells × draws to outputs × draws."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[np.int32]

BLOCK = 4_096


def pooled(weights: Floats, growth: Floats, growth_of: Whole, keep: Floats, keep_of: Whole, starts: Whole) -> Floats:
    """Σ weight × growth × keep over the cells of each output, in every draw.

    ``growth`` and ``keep`` are tables (rows × draws) of the few distinct factors; ``growth_of`` and ``keep_of`` give
    each cell's row in them. Cells are sorted by output and ``starts`` holds the first cell of each output. Returns
    outputs × draws.

    >>> pooled(np.array([2.0, 3.0]), np.array([[1.1]]), np.array([0, 0]), np.array([[1.0], [0.5]]),
    ...        np.array([0, 1]), np.array([0])).round(6)
    array([[3.85]])
    """
    result = np.zeros((len(starts), growth.shape[1]))
    output_of = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(weights))))
    for first in range(0, len(weights), BLOCK):
        part = slice(first, first + BLOCK)
        product = weights[part, None] * growth[growth_of[part]] * keep[keep_of[part]]
        there, begins = np.unique(output_of[part], return_index=True)
        result[there] += np.add.reduceat(product, begins, axis=0)
    return result
