"""Median and percentile waits from counts in bands of a week.

NHS England's method (RTT waiting times guidance, "Calculating median and percentile waits"): with ``n`` pathways
whose wait is known, the pathway at ``share × n`` falls in a band; the wait is the beginning of that band and as much
of the week as the pathways of the band up to it are of all pathways of the band. In an open band nothing can be said.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def percentile_weeks(counts: NDArray[np.float64], share: float, *, open_ended: bool) -> NDArray[np.float64]:
    """The wait in weeks within which ``share`` (0 to 1) of pathways lie, one for each row of counts a band.

    ``counts`` has one row a group and one column a band of a week, the first from 0. The answer is NaN where there is
    no pathway and where the place falls into the last band with ``open_ended``.

    >>> percentile_weeks(np.array([[10.0, 30.0, 0.0], [0.0, 1.0, 9.0]]), 0.5, open_ended=True).tolist()
    [1.3333333333333333, nan]
    """
    total = counts.sum(axis=1)
    reached = np.cumsum(counts, axis=1)
    place = share * total
    band = np.argmax(reached >= place[:, None] - 1e-9, axis=1)
    rows = np.arange(len(counts))
    inside = counts[rows, band]
    before = reached[rows, band] - inside
    with np.errstate(invalid="ignore", divide="ignore"):
        weeks = band + (place - before) / inside
    beyond = (band == counts.shape[1] - 1) if open_ended else np.zeros(len(counts), dtype=bool)
    answer: NDArray[np.float64] = np.where((total > 0) & ~beyond, weeks, np.nan)
    return answer
