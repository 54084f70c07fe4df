"""Where a control chart might be rebased. It says so and redraws nothing: a person decides, and gives the reason."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from trigpoint.measures.spc.cautions import FEW_POINTS
from trigpoint.measures.spc.control import SpcResult
from trigpoint.measures.spc.signals import sides_of


@dataclass(frozen=True, slots=True)
class Suggestion:
    """From which point (its place in the series) new limits could be made, and why."""

    first: int
    label: str
    points: int
    reason: str


def suggest_rebase(result: SpcResult) -> Suggestion | None:
    """Where the last segment has left its mean for good: its last points, enough for limits of their own, all lie on
    one side of it. ``None`` where they do not, or where nothing would be left before them.

    At least 13 points are asked for, or as many as the rule set's limits need. Missing values are passed over. Making
    Data Count advises against redrawing by rule: look for the cause first, and record it with the rebase.

    >>> from trigpoint.measures.spc.charts import control_chart
    >>> before, after = [10, 12, 9, 11, 13, 8] * 3, [20, 22, 19, 21, 23, 18] * 3
    >>> suggest_rebase(control_chart(before + after)).label
    '19'
    """
    segment = result.segments[-1]
    own = slice(segment.first, segment.last + 1)
    sides = sides_of(result.values[own], result.centre[own])
    places = np.flatnonzero(~np.isnan(result.values[own]))
    if not len(places) or sides[places[-1]] == 0:
        return None
    differing = np.flatnonzero(sides[places] != sides[places[-1]])
    if not len(differing):
        return None
    run = places[differing[-1] + 1 :]
    if len(run) < max(FEW_POINTS, result.rule_set.limits_from):
        return None
    first = segment.first + int(run[0])
    way = "above" if sides[places[-1]] > 0 else "below"
    label = result.labels[first]
    return Suggestion(first, label, len(run), f"All {len(run)} points from {label} on are {way} the mean.")
