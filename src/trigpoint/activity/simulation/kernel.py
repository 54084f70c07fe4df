"""The one heavy sum of the model: cells × draws to outputs × draws."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Floats: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[np.int32]

CELLS, DRAWS = 4_096, 32
"""Cells and draws that are multiplied together: one megabyte, which stays in a core's own cache."""


def pooled(weights: Floats, growth: Floats, growth_of: Whole, keep: Floats, keep_of: Whole, starts: Whole) -> Floats:
    """Σ weight × growth × keep over the cells of each output, in every draw.

    ``growth`` and ``keep`` are tables (rows × draws) of the few distinct factors; ``growth_of`` and ``keep_of`` give
    each cell's row in them. Cells are sorted by output and ``starts`` holds the first cell of each output (that of the
    next where an output has none). Returns outputs × draws. Every output is summed in the order of its cells, so the
    result does not depend on the size of the blocks.

    >>> pooled(np.array([2.0, 3.0]), np.array([[1.1]]), np.array([0, 0]), np.array([[1.0], [0.5]]),
    ...        np.array([0, 1]), np.array([0])).round(6)
    array([[3.85]])
    """
    draws = growth.shape[1]
    result = np.zeros((len(starts), draws))
    ends = np.append(starts, len(weights)).astype(np.int32)
    grown_by, kept_by = growth_of.astype(np.intp), keep_of.astype(np.intp)
    blocks = _blocks(ends)
    sums = [_summing(weights, ends[first : last + 1]) for first, last in blocks]
    most = max((int(ends[last] - ends[first]) for first, last in blocks), default=0)
    room = np.empty((2, most * min(DRAWS, draws)))
    for draw in range(0, draws, DRAWS):
        part = slice(draw, min(draw + DRAWS, draws))
        width = part.stop - part.start
        grown, kept = np.ascontiguousarray(growth[:, part]), np.ascontiguousarray(keep[:, part])
        for (first, last), matrix in zip(blocks, sums, strict=True):
            cells = slice(int(ends[first]), int(ends[last]))
            number = cells.stop - cells.start
            product, factor = (place[: number * width].reshape(number, width) for place in room)
            # Rows are within the tables; “clip” only spares a copy that numpy makes to check them first.
            np.take(grown, grown_by[cells], axis=0, out=product, mode="clip")
            np.take(kept, kept_by[cells], axis=0, out=factor, mode="clip")
            product *= factor
            result[first:last, part] = matrix @ product
    return result


def _blocks(ends: Whole) -> list[tuple[int, int]]:
    """Runs of whole outputs of about ``CELLS`` cells each: the first output, and that after the last."""
    cuts = np.searchsorted(ends, np.arange(int(ends[0]), int(ends[-1]), CELLS))
    edges = np.unique(np.concatenate([[0], cuts, [len(ends) - 1]]))
    return list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))


def _summing(weights: Floats, ends: Whole) -> csr_array:
    """The matrix that sums a block's cells to its outputs, with their weights."""
    first, last = int(ends[0]), int(ends[-1])
    columns = np.arange(last - first, dtype=np.int32)
    return csr_array((weights[first:last], columns, ends - ends[0]), shape=(len(ends) - 1, last - first))
