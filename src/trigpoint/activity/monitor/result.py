"""What monitoring answers: months, year to date, schemes, the new forecast of the year, and how often bands held."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from trigpoint.activity.monitor import sentences
from trigpoint.activity.results.drawing import Drawn
from trigpoint.errors import InputError
from trigpoint.periods import FinancialYear, Month


class Part(Enum):
    """Where a difference between actual and plan comes from.

    ``BASELINE``: the base year came to something else than was forecast. ``DAYS``: working days that the plan's months
    did not reckon with. ``SCHEMES``: what schemes were to avoid in their cohorts, and did not. ``MIX``: this series'
    part in its point of delivery is not what was planned. ``VOLUME``: all the rest, common to the point of delivery:
    growth that was not as assumed, and schemes that reach all of it, which totals cannot tell apart.
    """

    BASELINE = "outturn of the base year"
    VOLUME = "volume"
    MIX = "mix"
    DAYS = "working days"
    SCHEMES = "schemes"


class Verdict(Enum):
    """Where an actual lies beside the plan's 80% band."""

    WITHIN = "within the band"
    ABOVE = "above the band"
    BELOW = "below the band"
    UNKNOWN = "no band to compare with"


Parts = tuple[tuple[Part, float], ...]


def verdict_of(actual: float | None, low: float | None, high: float | None) -> Verdict:
    """Where an actual lies; the limits are within.

    >>> verdict_of(12.0, 8.0, 11.0), verdict_of(None, 8.0, 11.0)
    (<Verdict.ABOVE: 'above the band'>, <Verdict.UNKNOWN: 'no band to compare with'>)
    """
    if actual is None or low is None or high is None:
        return Verdict.UNKNOWN
    if actual > high:
        return Verdict.ABOVE
    return Verdict.BELOW if actual < low else Verdict.WITHIN


@dataclass(frozen=True, slots=True)
class PlanMonth:
    """One month of a series, or of a point of delivery (``provider`` ""): do something as planned, and the actual.

    ``low`` and ``high`` are the 80% band of the plan, ``None`` where some providers lack an actual: then ``plan`` is
    of the others, and ``reason`` says so. ``parts`` sum to ``difference`` exactly; without an actual there are none.
    """

    provider: str
    pod: str
    detail: tuple[str, ...]
    month: Month
    plan: float
    low: float | None
    high: float | None
    actual: float | None
    parts: Parts = ()
    reason: str = ""

    @property
    def difference(self) -> float | None:
        """Actual less plan."""
        return None if self.actual is None else self.actual - self.plan

    @property
    def verdict(self) -> Verdict:
        return verdict_of(self.actual, self.low, self.high)


@dataclass(frozen=True, slots=True)
class ToDate:
    """The months of a plan year that have an actual, added up; ``provider`` "" is the whole point of delivery.

    ``low`` and ``high`` are the 80% band of as many months of the plan. ``uncertain`` is what schemes that reach all of
    the point of delivery were to change by now (negative: to avoid): it is inside ``VOLUME`` and cannot be told from
    growth. ``missing`` says which months are left out.
    """

    provider: str
    pod: str
    detail: tuple[str, ...]
    year: FinancialYear
    months: int
    last: Month
    plan: float
    low: float | None
    high: float | None
    actual: float
    parts: Parts
    unit: str = ""
    name: str = ""
    uncertain: float = 0.0
    missing: str = ""

    @property
    def difference(self) -> float:
        return self.actual - self.plan

    @property
    def verdict(self) -> Verdict:
        return verdict_of(self.actual, self.low, self.high)

    def part(self, part: Part) -> float:
        """One part of the difference, 0 where there is none."""
        return dict(self.parts).get(part, 0.0)

    @property
    def finding(self) -> str:
        """One sentence: actual, plan, band, and where the difference comes from."""
        parts = tuple((one.value, value) for one, value in self.parts)
        said = self.verdict.value if self.verdict is not Verdict.UNKNOWN else ""
        return sentences.to_date(
            self.name or self.pod, self.unit, self.last.label, (self.actual, self.plan), said, (self.low, self.high),
            parts, self.missing,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class SchemeWatch:
    """What is seen of the schemes of one cohort in the year to date. Changes: negative is activity avoided.

    ``planned`` is what they were to change by now. ``seen`` is the cohort's actual less what it would be, had it gone
    the way of the cells that no scheme singles out; ``spread`` is the standard deviation that such a comparison showed
    between past years, when no scheme was there. ``tells`` says whether the comparison could show the plan's effect at
    all; ``reason`` why not. ``also`` names schemes that reach a part of the same cells.
    """

    pod: str
    year: FinancialYear
    where: str
    schemes: tuple[str, ...]
    names: tuple[str, ...]
    planned: float
    seen: float | None = None
    spread: float | None = None
    tells: bool = False
    reason: str = ""
    also: tuple[str, ...] = ()

    @property
    def under_delivery(self) -> float | None:
        """How much less was avoided than planned: positive where activity is more. ``None`` where nothing tells."""
        return None if self.seen is None or not self.tells else self.seen - self.planned

    @property
    def finding(self) -> str:
        """One sentence: planned, seen, or why it cannot be seen."""
        return sentences.scheme(
            self.pod, self.names, self.planned, (self.seen, self.spread) if self.tells else None, self.reason, self.also
        )


@dataclass(frozen=True, slots=True)
class Reforecast:
    """What the plan year will come to by its own months, beside what was planned. ``value`` ``None``: see ``reason``.

    ``low`` and ``high`` are the 80% interval of the new forecast, ``plan_low`` and ``plan_high`` that of the plan.
    """

    provider: str
    pod: str
    year: FinancialYear
    months_known: int
    plan: float
    plan_low: float
    plan_high: float
    value: float | None
    low: float | None = None
    high: float | None = None
    reason: str = ""
    name: str = ""

    @property
    def difference(self) -> float | None:
        return None if self.value is None else self.value - self.plan

    @property
    def finding(self) -> str:
        """One sentence: the year as it looks now, and the plan."""
        value = None if self.value is None else (self.value, self.low, self.high)
        plan = (self.plan, self.plan_low, self.plan_high)
        return sentences.reforecast(self.name or self.pod, self.year.label, self.months_known, value, plan, self.reason)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many months lay inside the plan's 80% bands. ``pod`` "" is all points of delivery.

    ``level`` of them are to be expected; between ``usual_low`` and ``usual_high`` lie nine counts in ten if months were
    independent. They are not: the error of an outturn or a rate is in every month, so a wider range is no surprise.
    """

    provider: str
    pod: str
    months: int
    inside: int
    above: int
    below: int
    usual_low: int
    usual_high: int
    level: float = 0.8

    @property
    def share(self) -> float:
        return self.inside / self.months

    @property
    def expected(self) -> float:
        return self.level * self.months

    @property
    def finding(self) -> str:
        """One sentence: how many were inside, how many were to be."""
        usual = (self.usual_low, self.usual_high)
        return sentences.coverage(self.pod, self.months, self.inside, self.above, self.below, self.expected, usual)


@dataclass(frozen=True, slots=True, eq=False)
class Monitoring(Drawn):
    """Plan against actual up to ``at``, the last month looked at (``None`` where no month has an actual).

    ``months`` hold every plan month up to ``at`` of every series and point of delivery, ``to_date`` every plan year
    begun, ``problems`` the counts that could not be used. Frames: ``monitor.frames``.
    """

    drawings: ClassVar[tuple[str, ...]] = ("monitoring",)

    at: Month | None
    months: tuple[PlanMonth, ...]
    to_date: tuple[ToDate, ...]
    schemes: tuple[SchemeWatch, ...]
    reforecasts: tuple[Reforecast, ...]
    coverage: tuple[Coverage, ...]
    problems: tuple[InputError, ...] = ()

    @property
    def pods(self) -> tuple[str, ...]:
        """The points of delivery, in the order of the run."""
        return tuple(dict.fromkeys(one.pod for one in self.months if not one.provider))

    @property
    def year(self) -> FinancialYear | None:
        """The plan year that is looked at: that of ``at``."""
        return None if self.at is None else FinancialYear.of(self.at.start)

    def months_of(self, pod: str, provider: str = "") -> tuple[PlanMonth, ...]:
        """The months of a point of delivery, or of one of its providers."""
        return tuple(one for one in self.months if one.pod == pod and one.provider == provider)

    @property
    def findings(self) -> tuple[str, ...]:
        """What stands out, in sentences: the year to date of each point of delivery, its forecast, schemes, bands."""
        if self.at is None:
            return ("No month of the plan has an actual yet.",)
        now = [one.finding for one in self.to_date if not one.provider and one.year == self.year]
        ahead = [one.finding for one in self.reforecasts if not one.provider]
        watched = [one for one in self.schemes if one.year == self.year]
        told = [one.finding for one in watched if one.tells]
        rest = sentences.untold(len(watched) - len(told), len(watched))
        whole = [one.finding for one in self.coverage if not one.pod]
        return (*now, *ahead, *told, *rest, *whole)
