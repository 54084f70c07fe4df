"""What each scheme was to change in each plan month, from the bridge of a run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from trigpoint.activity.assumptions.filters import Filter
from trigpoint.activity.assumptions.scheme import Effect, Scheme
from trigpoint.activity.book.scenarios import applied
from trigpoint.activity.outturn.arrays import Floats
from trigpoint.activity.results.run import ActivityRun
from trigpoint.periods import Month

SHIFTED = "shift"


@dataclass(frozen=True, slots=True, eq=False)
class Planned:
    """One scheme in one series: its change in each month of the run, negative where activity is avoided.

    ``narrow`` says whether it singles out cells within its point of delivery; a shift's target and activity that is
    added come from no cell and are never narrow.
    """

    scheme: Scheme
    provider: str
    pod: str
    changes: Floats
    narrow: bool


def narrowed(where: Filter) -> Filter:
    """The conditions of a filter beside the point of delivery: what singles out a cohort within it."""
    return Filter(tuple(one for one in where.conditions if one.attribute != "pod"))


def planned_of(run: ActivityRun) -> tuple[Planned, ...]:
    """The bridge's changes by scheme and month: a year's change falls into months by ramp × forecast outturn."""
    book, _ = applied(run.book, run.scenario)
    schemes = {one.id: one for one in book.schemes}
    outturn: dict[tuple[str, str], Floats] = {}
    for one in run.series:
        of = (one.key.provider, one.key.pod)
        outturn[of] = outturn.get(of, np.zeros(len(run.months))) + one.fot
    changes: dict[tuple[str, str, str, bool], Floats] = {}
    for part in run.bridge:
        scheme = schemes.get(part.part)
        if scheme is None or (part.provider, part.pod) not in outturn:
            continue
        shift = part.kind == SHIFTED or scheme.effect is Effect.ADDED
        key = (part.provider, part.pod, scheme.id, shift)
        at = [number for number, month in enumerate(run.months) if month in part.year.months]
        before = changes.setdefault(key, np.zeros(len(run.months)))
        before[at] += part.value * _shares(
            scheme, [run.months[one] for one in at], outturn[part.provider, part.pod][at]
        )
    return tuple(
        Planned(schemes[id], provider, pod, each, not shift and bool(narrowed(schemes[id].where).conditions))
        for (provider, pod, id, shift), each in changes.items()
        if schemes[id].effect is not Effect.LENGTH_OF_STAY
    )


def _shares(scheme: Scheme, months: list[Month], outturn: Floats) -> Floats:
    """How a year's change falls into its months."""
    weights = np.array([scheme.ramp.share(month) for month in months]) * outturn
    if weights.sum() <= 0:
        weights = outturn if outturn.sum() > 0 else np.ones(len(months))
    shares: Floats = weights / weights.sum()
    return shares


def summed(planned: Iterable[Planned], at: list[int]) -> float:
    """The change of several schemes over some months."""
    return float(sum(one.changes[at].sum() for one in planned))
