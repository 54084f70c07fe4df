"""A scenario in the terms of the New Hospital Programme's model: intervals at the leaves of a tree of factors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeAlias

from scipy.special import ndtri

from trigpoint.errors import InputError

Path: TypeAlias = tuple[str, ...]
WIDTH = 2 * float(ndtri(0.9))
"""Standard deviations between the ends of an 80% interval: 2.563103."""


class Dataset(Enum):
    """The three kinds of activity, by the names that the scenario files use."""

    INPATIENTS = "ip"
    OUTPATIENTS = "op"
    EMERGENCY = "aae"


class Kind(Enum):
    """What an efficiency does to a spell: shortens it, or moves it elsewhere."""

    ALL = "all"
    PRE_OP = "pre-op"
    SDEC = "sdec"
    DAY_CASE = "day_procedures_daycase"
    OUTPATIENT = "day_procedures_outpatients"

    @property
    def converts(self) -> bool:
        """Whether the spell is counted in another point of delivery."""
        return self in (Kind.SDEC, Kind.DAY_CASE, Kind.OUTPATIENT)


@dataclass(frozen=True, slots=True)
class Interval:
    """An 80% prediction interval: normal about its middle, then clipped to ``floor`` and ``ceiling``.

    >>> round(Interval(0.85, 0.95).middle, 6), round(Interval(0.85, 0.95).spread, 6)
    (0.9, 0.039015)
    """

    low: float
    high: float
    floor: float = 0.0
    ceiling: float = 1.0

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise InputError(f"its low end, {self.low:g}, is above its high, {self.high:g}", remedy="exchange the two")

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2

    @property
    def spread(self) -> float:
        return (self.high - self.low) / WIDTH


@dataclass(frozen=True, slots=True)
class Efficiency:
    """How an inpatient strategy works; ``days`` are those that a ``PRE_OP`` saves."""

    kind: Kind
    days: int = 1


@dataclass(frozen=True, slots=True)
class NhpParameters:
    """One scenario: from ``start_year`` to ``end_year``, what is uncertain and how.

    ``leaves`` are the intervals by their path, such as ``("expat", "ip", "elective", "100")`` or
    ``("activity_avoidance", "aae", "frequent_attenders_adult_walk-in")``; ``variants`` the population projections with
    their probabilities; ``inequalities`` the healthcare resource groups with what is done to them (``level_up``,
    ``zero_sum``, ``level_down``); ``kinds`` the inpatient efficiencies. Raises ``InputError`` where the years run
    backwards or the probabilities do not add up to 1.
    """

    start_year: int
    end_year: int
    leaves: Mapping[Path, Interval]
    kinds: Mapping[str, Efficiency]
    variants: tuple[tuple[str, float], ...] = (("principal", 1.0),)
    inequalities: Mapping[str, str] | None = None
    health_status: bool = False
    seed: int = 1
    model_runs: int = 256
    dataset: str = ""
    scenario: str = ""

    def __post_init__(self) -> None:
        if self.end_year < self.start_year:
            what = f"the horizon, {self.end_year}, is before the baseline, {self.start_year}"
            raise InputError(what, remedy="correct start_year or end_year")
        total = sum(part for _, part in self.variants)
        if abs(total - 1) > 1e-6 or any(part < 0 for _, part in self.variants):
            what = f"the probabilities of the population variants add up to {total:g}, not to 1"
            raise InputError(what, remedy="correct demographic_factors.variant_probabilities")
        if self.model_runs < 1:
            raise InputError(f"{self.model_runs} runs are none", remedy="ask for 1 or more")

    @property
    def years(self) -> int:
        """From the baseline to the horizon; annual growth is raised to this power."""
        return self.end_year - self.start_year

    def strategies(self, family: str, dataset: Dataset) -> tuple[str, ...]:
        """The strategies that are set, of ``activity_avoidance`` or ``efficiencies``."""
        return tuple(path[2] for path in self.leaves if path[:2] == (family, dataset.value))

    def to_year(self, year: int) -> NhpParameters:
        """The same scenario with another horizon; its draws are the same draws."""
        return replace(self, end_year=year)
