"""What becomes of the peers, and of the opportunity, when the weights of the variables vary."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from trigpoint.finance.peers.nearness import Likeness
from trigpoint.streams import stream

WAYS = 1_000
"""How many ways to weigh the variables are tried."""
_FOLD = 2.0
_ENDS = (0.05, 0.95)
Chosen: TypeAlias = NDArray[np.intp]


def chosen_by_weights(likeness: Likeness, others: Sequence[str], number: int, seed: int) -> Chosen:
    """The nearest ``number`` of ``others`` in each of a thousand ways to weigh: their places, a row a way.

    Every weight is multiplied by its own factor between a half and two, even on a logarithmic scale. Organisations of
    which no variable is known are never chosen.
    """
    names = list(likeness.weights)
    squares = np.array([[_number(likeness.squares[one][name]) for name in names] for one in others])
    known = ~np.isnan(squares)
    usual = np.array([likeness.weights[name] for name in names])
    weights = usual * _FOLD ** stream(seed, "weights").uniform(-1, 1, (WAYS, len(names)))
    whole = weights @ known.T
    with np.errstate(invalid="ignore", divide="ignore"):
        distances = np.where(whole > 0, weights @ np.where(known, squares, 0).T / whole, np.inf)
    usable = int(known.any(axis=1).sum())
    chosen: Chosen = np.argsort(distances, axis=1, kind="stable")[:, : min(number, usable)]
    return chosen


def _number(square: float | None) -> float:
    return np.nan if square is None else square


def shares_chosen(chosen: Chosen, others: Sequence[str]) -> tuple[tuple[str, float], ...]:
    """How often each is among the peers, the most frequent first; those that never are are left out."""
    times = np.bincount(chosen.ravel(), minlength=len(others)) / len(chosen)
    order = np.argsort(-times, kind="stable")
    return tuple((others[at], float(times[at])) for at in order if times[at] > 0)


def gaps_by_weights(
    chosen: Chosen, rates: Sequence[float], own: float, best: int | None, *, lower: bool
) -> tuple[float, float]:
    """Between which gaps of a head nine of ten ways to weigh come out: own rate against the mean of peers, or of the
    best of them."""
    sign = 1.0 if lower else -1.0
    theirs = sign * np.asarray(rates, dtype=np.float64)[chosen]
    theirs = np.sort(theirs, axis=1)[:, :best]
    gaps = np.maximum(sign * own - theirs.mean(axis=1), 0)
    low, high = np.quantile(gaps, _ENDS)
    return float(low), float(high)
