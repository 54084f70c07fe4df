"""A control chart's result: centre, limits, signals, variation and assurance of one series.

All arrays have one entry a point, in order of time; a period without a value has NaN and no signal.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from trigpoint.measures.definitions.definition import ChartKind
from trigpoint.plans.model import Polarity

Floats = npt.NDArray[np.float64]


class Signal(Enum):
    """Why a point is special cause; the words are those of the sentence under the chart."""

    NONE = "common cause"
    ABOVE_LIMIT = "above the upper limit"
    BELOW_LIMIT = "below the lower limit"
    RISING = "part of a run of rises"
    FALLING = "part of a run of falls"
    NEAR_UPPER = "one of two in three near the upper limit"
    NEAR_LOWER = "one of two in three near the lower limit"
    SHIFT_UP = "part of a run above the mean"
    SHIFT_DOWN = "part of a run below the mean"


class Variation(Enum):
    """The variation icon of a series, from its last point."""

    COMMON = "common cause"
    IMPROVEMENT_HIGH = "improvement, high"
    IMPROVEMENT_LOW = "improvement, low"
    CONCERN_HIGH = "concern, high"
    CONCERN_LOW = "concern, low"
    NEUTRAL_HIGH = "special cause, high"
    NEUTRAL_LOW = "special cause, low"
    TOO_FEW = "too few points"
    NO_VALUE = "no latest value"


class Assurance(Enum):
    """The assurance icon: whether the process can be relied on to meet the target of the last period."""

    CONSISTENTLY_HIT = "consistently hits the target"
    CONSISTENTLY_MISS = "consistently misses the target"
    INCONSISTENT = "hits and misses the target at random"
    NO_TARGET = "no target"
    TOO_FEW = "too few points"


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules a chart is read by (``spc/data/rule_sets.toml``), stored with every result.

    ``near_counts_beyond`` says whether points beyond the limit count in two of three; ``target_on_limit`` whether a
    target exactly on a limit is assured; ``icons_from`` and ``limits_from`` are numbers of points.
    ``ties_break_trend``: two equal values in a row end a trend (else they neither add to it nor end it).
    ``gaps_end_runs``: a period missing from the data ends every run, as a missing value does. ``rebase_between``: a
    rebase on a date that is not in the data holds from the next point (else it is left out). Both are said.
    """

    id: str
    title: str
    shift: int
    trend: int
    screening: bool
    near_counts_beyond: bool
    target_on_limit: bool
    improvement_wins: bool
    limits_from: int
    icons_from: int
    ties_break_trend: bool = True
    gaps_end_runs: bool = True
    rebase_between: bool = True
    source: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """Points with one centre and one set of limits, from a rebase to the next; ``reason`` is the rebase's.

    ``first`` and ``last`` are places in the series, both included. Where limits vary from point to point (p and u
    charts), ``lower`` and ``upper`` are those of the last point. ``screened`` counts moving ranges left out.
    """

    first: int
    last: int
    centre: float
    lower: float
    upper: float
    average_moving_range: float
    screened: int
    reason: str = ""
    by: str = ""


@dataclass(frozen=True, eq=False)
class SpcResult:
    """One series on its control chart.

    ``labels`` are the periods as printed. ``centre``, ``lower``, ``upper``, ``near_lower`` and ``near_upper`` vary by
    segment, and from point to point on p and u charts. ``targets`` are NaN where there is none. ``gaps`` are labels of
    periods that are missing altogether. ``finding`` is the one sentence under the chart.
    """

    chart: ChartKind
    rule_set: RuleSet
    polarity: Polarity
    labels: tuple[str, ...]
    values: Floats
    targets: Floats
    centre: Floats
    lower: Floats
    upper: Floats
    near_lower: Floats
    near_upper: Floats
    signals: tuple[Signal, ...]
    points: tuple[Variation, ...]
    segments: tuple[Segment, ...]
    variation: Variation
    assurance: Assurance
    gaps: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    finding: str = ""

    @property
    def highest_level(self) -> float:
        """The highest finite limit or centre, which says with how many digits all of them are printed; 0 for none."""
        levels = np.concatenate((self.centre, self.upper))
        return float(np.max(levels, initial=0.0, where=np.isfinite(levels)))
