"""The gap that chance alone makes between organisations that are identical."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from trigpoint.streams import Floats, stream

CHANCE_DRAWS = 50_000
"""A share of one half is told within ±0.4 per cent points."""


@dataclass(frozen=True, slots=True)
class Chance:
    """What organisations with one and the same true rate show: the mean opportunity of a head, how often there is any,
    and how often one as large as was seen."""

    mean: float
    shown: float
    as_much: float


# The same numbers serve every measure and comparator of as many peers.
@lru_cache(maxsize=4)
def _normals(seed: int, number: int) -> Floats:
    drawn = stream(seed, "identical organisations").standard_normal((CHANCE_DRAWS, number + 1))
    drawn.flags.writeable = False
    return drawn


def chance_gaps(own_error: float, peer_errors: Sequence[float], best: int | None, seen: float, seed: int) -> Chance:
    """The opportunity that identical organisations show, by seeded draws of their errors.

    ``best`` is how many of the best peers make the comparator, ``None`` for the mean of all; ``seen`` the gap of a head
    that was seen. With ten peers of one's own size the best five lie below one's own rate in three of four draws:

    >>> found = chance_gaps(1.0, [1.0] * 10, 5, 2.0, seed=1)
    >>> round(found.shown, 2), round(found.mean, 2), round(found.as_much, 2)
    (0.76, 0.89, 0.12)
    """
    normals = _normals(seed, len(peer_errors))
    # Normal errors are the same upwards and downwards: whether low or high is good makes no difference.
    theirs = normals[:, 1:] * np.asarray(peer_errors, dtype=np.float64)
    mine = normals[:, 0] * own_error
    if best is not None and best < len(peer_errors):
        theirs = np.partition(theirs, best - 1, axis=1)[:, :best]
    gaps = mine - theirs.mean(axis=1)
    return Chance(float(np.maximum(gaps, 0).mean()), float((gaps > 0).mean()), float((gaps >= seen).mean()))
