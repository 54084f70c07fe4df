"""What schemes bring to series: activity shifted there, and activity that is new."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from trigpoint.activity.assumptions.scheme import Effect
from trigpoint.activity.outturn.arrays import month_days
from trigpoint.activity.simulation.kernel import Floats
from trigpoint.activity.simulation.model import Model
from trigpoint.activity.simulation.sampled import Sampled
from trigpoint.activity.simulation.series_draws import SeriesDraws

Key = tuple[str, str]


@dataclass(slots=True, eq=False)
class Inflow:
    """By target and scheme: months × draws."""

    brought: dict[Key, dict[str, Floats]] = field(default_factory=dict)

    @property
    def keys(self) -> tuple[Key, ...]:
        return tuple(self.brought)

    def of(self, key: Key) -> Floats | None:
        """All that comes to a series, months × draws; none where nothing does."""
        parts = self.brought.get(key)
        return None if parts is None else np.asarray(sum(parts.values()))

    def parts(self, key: Key, year: int) -> dict[str, float]:
        """The mean of a year that each scheme brings to a series."""
        found = self.brought.get(key, {})
        return {name: float(one[12 * year : 12 * year + 12].sum(axis=0).mean()) for name, one in found.items()}

    def put(self, key: Key, scheme: str, amount: Floats) -> None:
        """Adds months × draws of one scheme to a target."""
        mine = self.brought.setdefault(key, {})
        mine[scheme] = mine[scheme] + amount if scheme in mine else amount

    def shifted(self, model: Model, at: int, made: SeriesDraws) -> None:
        """Adds what the schemes of one series shift elsewhere: ratio × what each avoids."""
        for term in model.units[at].schemes:
            shift = term.scheme.shift
            if shift is not None and term.scheme.effect is not Effect.LENGTH_OF_STAY:
                target = target_of(model, term.scheme.id, at)
                self.put(target, term.scheme.id, -shift.ratio * made.monthly[term.scheme.id])


def target_of(model: Model, scheme: str, at: int) -> Key:
    """Where a scheme shifts the activity of a series to."""
    shift = next(one.scheme.shift for one in model.terms.schemes if one.scheme.id == scheme)
    if shift is None:
        return model.series[at].key
    pod = next((one.key[1] for one in model.series if one.key[1].lower() == shift.pod.lower()), shift.pod)
    provider = shift.provider or model.series[at].key[0]
    return provider, pod


def targets_of(model: Model) -> frozenset[Key]:
    """Every series that a scheme brings activity to."""
    found = {term.target for term in model.terms.schemes if term.target is not None}
    for term in model.terms.schemes:
        if term.scheme.shift is not None and term.target is None:
            found |= {target_of(model, term.scheme.id, at) for at in term.series}
    return frozenset(found)


def inflow_added(inflow: Inflow, model: Model, drawn: Sampled) -> None:
    """Adds what schemes add of new activity, in the shape of the target's months, or of their days where it is new."""
    days = np.concatenate([month_days(year) / month_days(year).sum() for year in model.book.settings.years])
    shapes = {one.key: one.shape.months.ravel() for one in model.series}
    for term in model.terms.schemes:
        if term.target is not None:
            part = shapes.get(term.target, days) * np.array(term.parts)
            amount = drawn.amounts[term.scheme.id] * drawn.delivered[term.scheme.id]
            inflow.put(term.target, term.scheme.id, part[:, None] * amount)
