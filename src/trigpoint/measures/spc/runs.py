"""Patterns in a series: runs on one side, trends, two of three near a limit. No pattern passes a barrier."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from trigpoint.measures.spc.layout import Floats, Truths

Signs = npt.NDArray[np.int8]


def run_lengths(keys: Signs, barriers: Truths) -> npt.NDArray[np.int64]:
    """The length of the run of equal keys that each point lies in; a barrier begins a new run.

    >>> run_lengths(np.array([1, 1, -1, -1, -1], np.int8), np.array([True, False, False, False, True])).tolist()
    [2, 2, 2, 2, 1]
    """
    begins = barriers.copy()
    begins[1:] |= keys[1:] != keys[:-1]
    begins[:1] = True
    starts = np.flatnonzero(begins)
    lengths = np.diff(starts, append=len(keys))
    return np.repeat(lengths, lengths)


def shifts(sides: Signs, barriers: Truths, points: int) -> Signs:
    """1 and −1 for the points of a run of at least so many above and below the centre; on the centre ends a run."""
    return np.where(run_lengths(sides, barriers) >= points, sides, np.int8(0))


def trends(values: Floats, barriers: Truths, points: int, ties_break: bool) -> tuple[Signs, Truths, Truths]:
    """The trend each point belongs to (1 rising, −1 falling), and whether it belongs to a rise and to a fall.

    A trend is ``points`` values each above (below) the one before. A point that ends one trend and begins the next
    belongs to both, and first of all to the later. Unless ties break a trend, a repeated value neither adds to it nor
    ends it, and belongs to it.
    """
    steps = np.zeros(len(values))
    steps[1:] = np.diff(values)
    stopped = barriers | np.isnan(steps)
    stopped[:1] = True
    signs = np.where(stopped, 0, np.sign(np.where(stopped, 0.0, steps))).astype(np.int8)
    flagged = _long_steps(signs, stopped, points - 1, ties_break)
    following = np.append(flagged[1:], np.int8(0))[: len(flagged)]
    main = np.where(following != 0, following, flagged)
    return main, (flagged > 0) | (following > 0), (flagged < 0) | (following < 0)


def _long_steps(signs: Signs, stopped: Truths, least: int, ties_break: bool) -> Signs:
    """The sign of each step that is part of a run of at least so many steps, 0 for others."""
    if ties_break:
        return np.where(run_lengths(signs, stopped) >= least, signs, np.int8(0))
    # Runs among the steps that go up or down; a barrier between two of them shows as a change of block.
    blocks = np.cumsum(stopped)
    moving = np.flatnonzero(signs)
    barriers = np.diff(blocks[moving], prepend=-1) != 0
    long = np.zeros_like(signs)
    long[moving] = shifts(signs[moving], barriers, least)
    # A tie takes the sign of the step before it, unless a barrier stands between.
    places = np.arange(len(signs))
    last = np.maximum.accumulate(np.where((signs != 0) | stopped, places, 0))
    return np.where(stopped, np.int8(0), long[last])


def two_of_three(sides: Signs, near: Truths, barriers: Truths) -> Truths:
    """The near points of every three neighbours on one side of the centre of which at least two are near the limit."""
    begins = barriers.copy()
    begins[1:] |= sides[1:] != sides[:-1]
    run = np.cumsum(begins)
    threes = np.zeros(len(sides) + 2, dtype=bool)
    close = near.astype(np.int8)
    if len(sides) > 2:
        together = (run[2:] == run[:-2]) & (sides[2:] != 0)
        threes[2:-2] = together & (close[2:] + close[1:-1] + close[:-2] >= 2)
    # Place i of `threes` says that points i − 2, i − 1 and i are such a three.
    return near & (threes[:-2] | threes[1:-1] | threes[2:])
