"""Results of measures put together by hand, as the calculations hand them to the charts."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from trigpoint.measures.book.book import AimKind, Status
from trigpoint.measures.definitions.definition import ChartKind, Definition, Part, PeriodType, Statistic
from trigpoint.measures.results.result import (
    Direction,
    FunnelPoint,
    FunnelResult,
    InequalityResult,
    MeasureResult,
    PeriodResult,
    Rating,
    Rung,
    Significance,
    TargetStanding,
)
from trigpoint.measures.spc.control import Assurance, RuleSet, Segment, Signal, SpcResult, Variation
from trigpoint.measures.standing import Judgement
from trigpoint.periods.calendar import Month
from trigpoint.places.model import Place, PlaceKind
from trigpoint.plans.model import Polarity

RULES = RuleSet(
    id="by-hand",
    title="By hand",
    shift=7,
    trend=7,
    screening=False,
    near_counts_beyond=True,
    target_on_limit=True,
    improvement_wins=True,
    limits_from=12,
    icons_from=12,
)
APRIL = Month(2016, 4)
HOSTILE = '<script>alert("1")</script> & مستشفى \u202e\x00 {datum.value} "quotes"'
_SIDES = {
    Polarity.HIGHER: (Variation.IMPROVEMENT_HIGH, Variation.CONCERN_LOW),
    Polarity.LOWER: (Variation.CONCERN_HIGH, Variation.IMPROVEMENT_LOW),
    Polarity.NEITHER: (Variation.NEUTRAL_HIGH, Variation.NEUTRAL_LOW),
}


def months(count: int, *, without: Sequence[str] = ()) -> tuple[str, ...]:
    """So many labels of months from April 2016 on, some left out."""
    labels = ((APRIL + at).label for at in range(count + len(without)))
    return tuple(label for label in labels if label not in without)[:count]


def control(
    values: Sequence[float],
    *,
    target: float | Sequence[float] = np.nan,
    rebases: Mapping[int, str] | None = None,
    polarity: Polarity = Polarity.HIGHER,
    gaps: Sequence[str] = (),
    chart: ChartKind = ChartKind.XMR,
    finding: str = "Common cause variation.",
    labels: Sequence[str] = (),
) -> SpcResult:
    """A control chart whose limits lie 2 above and below the mean of each part, its last point's own variation."""
    array = np.array(values, dtype=float)
    cuts = [0, *(rebases or {}), len(array)]
    reasons = ["", *(rebases or {}).values()]
    centre = np.full(len(array), np.nan)
    for first, end in itertools.pairwise(cuts):
        known = array[first:end][~np.isnan(array[first:end])]
        centre[first:end] = known.mean() if len(known) else np.nan
    lower, upper = centre - 2, centre + 2
    points, signals = [], []
    for value, low, high in zip(array, lower, upper, strict=True):
        above, below = value > high, value < low
        points.append(_SIDES[polarity][0] if above else _SIDES[polarity][1] if below else Variation.COMMON)
        signals.append(Signal.ABOVE_LIMIT if above else Signal.BELOW_LIMIT if below else Signal.NONE)
    segments = tuple(
        Segment(first, end - 1, float(centre[first]), float(lower[first]), float(upper[first]), 0.75, 0, reason, "Team")
        for first, end, reason in zip(cuts, cuts[1:], reasons, strict=False)
        if end > first
    )
    return SpcResult(
        chart=chart,
        rule_set=RULES,
        polarity=polarity,
        labels=tuple(labels) or months(len(array), without=gaps),
        values=array,
        targets=np.broadcast_to(np.array(target, dtype=float), array.shape).copy(),
        centre=centre,
        lower=lower,
        upper=upper,
        near_lower=centre - 4 / 3,
        near_upper=centre + 4 / 3,
        signals=tuple(signals),
        points=tuple(points),
        segments=segments,
        variation=points[-1] if points else Variation.TOO_FEW,
        assurance=Assurance.INCONSISTENT if not np.all(np.isnan(target)) else Assurance.NO_TARGET,
        gaps=tuple(gaps),
        finding=finding,
    )


def definition(name: str = "Checks done", **others: Any) -> Definition:
    """A percentage of which more is better, unless told otherwise."""
    usual: dict[str, Any] = {"unit": "%", "polarity": Polarity.HIGHER, "denominator": Part("people who could be")}
    return Definition("checks", "1", name, Statistic.PROPORTION, PeriodType.MONTH, **{**usual, **others})


def place(name: str = "Northvale", code: str = "N1") -> Place:
    return Place(code, name, PlaceKind.LOCALITY)


def period(at: int, value: float | None, aims: Mapping[AimKind, float], **others: Any) -> PeriodResult:
    interval = (None, None) if value is None else (value - 1, value + 1)
    shown = "–" if value is None else f"{value:,.1f}%"
    status = None if value is None else Status.FINAL
    usual = {"numerator": None, "denominator": None, "shown": shown, "status": status}
    told = {**usual, "lower": interval[0], "upper": interval[1], **others}
    return PeriodResult(period=APRIL + at, value=value, aims=tuple(aims.items()), **told)


def measure(
    values: Sequence[float | None],
    *,
    plan: Sequence[float] = (),
    aims: Mapping[AimKind, Sequence[float]] | None = None,
    spc: SpcResult | None = None,
    where: Place | None = None,
    of: Definition | None = None,
    judgement: Judgement = Judgement.MISSED,
) -> MeasureResult:
    """One measure in one place; aims go on for as long as they have values."""
    every = {AimKind.PLAN: plan, **(aims or {})}
    length = max(len(values), *(len(line) for line in every.values()))
    periods = tuple(
        period(
            at,
            values[at] if at < len(values) else None,
            {kind: line[at] for kind, line in every.items() if at < len(line)},
            reason="suppressed: fewer than 5" if at < len(values) and values[at] is None else "",
        )
        for at in range(length)
    )
    known = [each for each in periods if each.value is not None]
    latest = known[-1] if known else None
    told = judgement if latest else Judgement.NO_ACTUAL
    goal = latest.aim(AimKind.PLAN) if latest else None
    kind = AimKind.PLAN if plan else None
    finding = f"{latest.period.label}: {latest.shown}." if latest else "No actual yet."
    standing = TargetStanding(told, latest.period.label if latest else "", goal, kind, None, Rating.RED, finding)
    parts = (of or definition(), where or place(), "", periods, latest, standing, spc, None, Direction.CANNOT, None)
    return MeasureResult(*parts, finding=finding)


def funnel(count: int = 40, polarity: Polarity = Polarity.HIGHER) -> FunnelResult:
    """Places around an average of 60%, every tenth above the outer limit and every eleventh below the inner one."""
    points = []
    for at in range(count):
        size = 20.0 + 11 * (at % 37)
        width = 50 / size**0.5
        far = 3.5 if at % 10 == 0 else -2.5 if at % 11 == 0 else (at % 7 - 3) / 2
        reading = {3.5: Significance.HIGH_3, -2.5: Significance.LOW_2}.get(far, Significance.WITHIN)
        value = 60 + far * width
        points.append(FunnelPoint(place(f"Practice {at}", f"P{at}"), value * size / 100, size, value, reading))
    limits = tuple(
        (float(size), *(60 + z * 50 / size**0.5 for z in (-3.09, -1.96, 1.96, 3.09))) for size in range(5, 480, 5)
    )
    return FunnelResult(definition(polarity=polarity), "2016/17", 60.0, tuple(points), limits, None, "4 stand out.")


def ladder(values: Sequence[float | None] = (24, 21, 20, 17, 15), sii: float | None = 9.5) -> InequalityResult:
    """Five fifths of unlike size."""
    rungs = tuple(
        Rung(f"fifth {at + 1}", None, 1000.0 + 100 * at, value, *((value - 1, value + 1) if value else (None, None)))
        for at, value in enumerate(values)
    )
    between = (7.0, 12.0) if sii is not None else None
    return InequalityResult(
        definition(polarity=Polarity.LOWER),
        place(),
        "2016/17",
        "deprivation",
        rungs,
        sii,
        between,
        None,
        None,
        "Unequal.",
    )
