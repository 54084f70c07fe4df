"""What is known of a measure, from one calculation: chart, sentence, table, paper and page all show these values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from trigpoint.measures.book.book import AimKind, Status
from trigpoint.measures.definitions.definition import Definition
from trigpoint.measures.spc.control import SpcResult
from trigpoint.measures.standing import Judgement
from trigpoint.periods.calendar import Period
from trigpoint.places.model import Place


class Rating(Enum):
    """The colour of a measure against its target."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    NONE = "not rated"


class Direction(Enum):
    """The recent trend as Fingertips reads it: the latest five yearly points."""

    RISING = "rising"
    FALLING = "falling"
    NO_CHANGE = "no significant change"
    CANNOT = "cannot be calculated"


class Significance(Enum):
    """A place against the average or the standard of its peers, by funnel limits."""

    HIGH_3 = "above the 99.8% limit"
    HIGH_2 = "above the 95% limit"
    WITHIN = "within the limits"
    LOW_2 = "below the 95% limit"
    LOW_3 = "below the 99.8% limit"
    NOT_KNOWN = "not compared"


@dataclass(frozen=True, slots=True)
class PeriodResult:
    """One period of one series. ``value`` is unrounded; ``shown`` its printed form, exact half up, or a dash.

    ``aims`` holds the value of each kind of trajectory in this period. ``reason`` says why there is no value
    ("suppressed: fewer than 5", "denominator is 0"), "" where there is one or nothing was entered. ``note`` is what was
    written beside the figure, or how it was made ("added up from 5 localities").
    """

    period: Period
    numerator: Decimal | None
    denominator: Decimal | None
    value: float | None
    lower: float | None
    upper: float | None
    shown: str
    status: Status | None
    aims: tuple[tuple[AimKind, float], ...] = ()
    illustrative: bool = False
    reason: str = ""
    note: str = ""

    def aim(self, kind: AimKind) -> float | None:
        """The trajectory's value in this period."""
        return dict(self.aims).get(kind)


@dataclass(frozen=True, slots=True)
class TargetStanding:
    """The latest actual against the target of its own period. ``kind`` is whose target it is (the plan's before the
    centre's); ``gap`` actual less target in the measure's unit; ``finding`` one sentence. ``coming`` are the next
    targets ("the plan’s target of 100.0% for March 2018"), the earlier first, where none falls due in the period."""

    judgement: Judgement
    period: str
    target: float | None
    kind: AimKind | None
    gap: float | None
    rating: Rating
    finding: str
    coming: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PeerStanding:
    """A place among its peers in its latest period: ``rank`` 1 is best (highest where neither way is better)."""

    rank: int
    of: int
    average: float | None
    significance: Significance
    finding: str


@dataclass(frozen=True, eq=False)
class MeasureResult:
    """One indicator in one place for one group: every period, the standing, the control chart, the rank.

    ``periods`` makes each period when it is asked for. ``standings`` holds one standing for each kind of target of the
    latest period, ``standing`` the first of them: the plan's, else the centre's. ``derived`` says how the figures were
    made where the place entered none itself. ``illustrative`` says that a figure or target of it is invented for a
    demonstration.
    """

    definition: Definition
    place: Place
    group: str
    periods: Sequence[PeriodResult]
    latest: PeriodResult | None
    standing: TargetStanding
    spc: SpcResult | None
    year_to_date: PeriodResult | None
    trend: Direction
    peers: PeerStanding | None
    finding: str
    problems: tuple[str, ...] = ()
    standings: tuple[TargetStanding, ...] = ()
    derived: str = ""
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class FunnelPoint:
    """A place on a funnel."""

    place: Place
    numerator: float
    denominator: float
    value: float
    significance: Significance


@dataclass(frozen=True, eq=False)
class FunnelResult:
    """Places against limits that widen as numbers shrink. ``limits`` rows are denominator, lower 99.8%, lower 95%,
    upper 95%, upper 99.8%; ``dispersion`` is phi where the limits are widened for overdispersion, else ``None``.
    ``illustrative`` says that a place's figure is invented for a demonstration."""

    definition: Definition
    period: str
    average: float
    points: tuple[FunnelPoint, ...]
    limits: tuple[tuple[float, float, float, float, float], ...]
    dispersion: float | None
    finding: str
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Rung:
    """One group of an inequality ladder, the most deprived first."""

    group: str
    numerator: float | None
    denominator: float | None
    value: float | None
    lower: float | None
    upper: float | None


@dataclass(frozen=True, eq=False)
class InequalityResult:
    """A measure along deprivation (or another order of groups), with slope and relative index and their intervals.
    ``illustrative`` says that a group's figure is invented for a demonstration."""

    definition: Definition
    place: Place
    period: str
    dimension: str
    rungs: tuple[Rung, ...]
    sii: float | None
    sii_interval: tuple[float, float] | None
    rii: float | None
    rii_interval: tuple[float, float] | None
    finding: str
    illustrative: bool = False


@dataclass(frozen=True, eq=False)
class IndicatorResult:
    """One indicator whole: the place the plan is of first, then its parts; funnels and ladders where there are any."""

    definition: Definition
    main: MeasureResult | None
    parts: tuple[MeasureResult, ...]
    groups: tuple[MeasureResult, ...]
    funnels: tuple[FunnelResult, ...]
    inequality: InequalityResult | None
    finding: str
