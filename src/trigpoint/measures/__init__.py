"""Measures: what a target series should be, what was reached, and how both are written.

The public names are here; rules and their grammar are described in ``docs/trajectories.md``.
"""

from trigpoint.measures.rounding import half_up
from trigpoint.measures.series import SeriesPair, series_pairs
from trigpoint.measures.standing import Judgement, Standing, against_target, standings
from trigpoint.measures.trajectories import Reproduction, compute, parse_rule, reproduce

__all__ = [
    "Judgement",
    "Reproduction",
    "SeriesPair",
    "Standing",
    "against_target",
    "compute",
    "half_up",
    "parse_rule",
    "reproduce",
    "series_pairs",
    "standings",
]
