"""Steps in the year to date: a trust that took over another, or gave a service away, half way through."""

from __future__ import annotations

import numpy as np

from trigpoint.activity.outturn.arrays import Flags, Floats

_LEAST = float(np.log(1.25))  # a step is a quarter or more (or a fifth less)
_FEWEST = 2  # months on either side of it
_QUIET = 4.0  # so many times as far as the months of either side lie apart
_CHANCE = 5.0  # and as the chance of counts


def before_step(now: Floats, usual: Floats) -> Flags:
    """Months of the year to date that lie before a step of their series; both arrays [series, 12].

    ``now`` are the months known (NaN: not known), ``usual`` what they were the year before, or the profile of all.
    log(now ÷ usual) has a step where the means of the months before and after (two or more on either side) differ by a
    quarter or more, by four times the range of either side, and by five times what the chance of counts makes of it.
    The largest one counts.
    """
    seen = np.isfinite(now)
    # A month of nothing, or without anything to compare with: too few to tell.
    told = seen.any(axis=1) & (~seen | (np.isfinite(usual) & (usual > 0) & (now > 0))).all(axis=1)
    rows = np.flatnonzero(told & (seen.sum(axis=1) >= 2 * _FEWEST))
    here, counts = seen[rows], np.where(seen[rows], now[rows], 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.where(here, np.log(now[rows] / usual[rows]), 0.0)
    best, at = np.zeros(len(rows)), np.zeros(len(rows), dtype=np.int64)
    for month in range(1, now.shape[1]):
        early, late = here & (np.arange(12) < month), here & (np.arange(12) >= month)
        enough = here[:, month] & (early.sum(axis=1) >= _FEWEST) & (late.sum(axis=1) >= _FEWEST)
        if not enough.any():
            continue
        height = np.abs(_mean(logs, late) - _mean(logs, early))
        ways = np.maximum(_range(logs, early), _range(logs, late))
        chance = sum(1 / np.maximum((counts * side).sum(axis=1), 1.0) for side in (early, late)) ** 0.5
        stands = enough & (height > np.maximum(np.maximum(_LEAST, _QUIET * ways), np.maximum(_CHANCE * chance, best)))
        best, at = np.where(stands, height, best), np.where(stands, month, at)
    found = np.zeros(now.shape, dtype=bool)
    found[rows] = here & (np.arange(12) < at[:, None])
    return found


def _mean(logs: Floats, there: Flags) -> Floats:
    return np.asarray((logs * there).sum(axis=1) / np.maximum(there.sum(axis=1), 1))


def _range(logs: Floats, there: Flags) -> Floats:
    return np.asarray(np.where(there, logs, -np.inf).max(axis=1) - np.where(there, logs, np.inf).min(axis=1))
