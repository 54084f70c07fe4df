"""What each scheme changes, by point of delivery and year, with its band."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from trigpoint.activity.assumptions.scheme import Effect
from trigpoint.activity.results.run import SchemeResult
from trigpoint.activity.simulation.bands import drawn_quantiles
from trigpoint.activity.simulation.inflow import Inflow
from trigpoint.activity.simulation.kernel import Floats
from trigpoint.activity.simulation.model import Model
from trigpoint.activity.simulation.sampled import Sampled
from trigpoint.activity.simulation.series_draws import SeriesDraws
from trigpoint.activity.simulation.terms import SchemeTerm

Place = tuple[str, str]


@dataclass(slots=True, eq=False)
class League:
    """By scheme and point of delivery: what it changes, and what it would change alone, years × draws."""

    model: Model
    drawn: Sampled
    changed: dict[Place, Floats] = field(default_factory=dict)
    alone: dict[Place, Floats] = field(default_factory=dict)
    realised: dict[Place, Floats] = field(default_factory=dict)

    def add(self, at: int, made: SeriesDraws) -> None:
        """What the schemes of one series avoid in it."""
        pod = self.model.series[at].key[1]
        for k, term in enumerate(self.model.units[at].schemes):
            place = (term.scheme.id, pod)
            self._put(self.changed, place, made.schemes[k])
            self._put(self.realised, place, made.schemes[k])
            self._put(self.alone, place, made.isolated[k])

    def bring(self, inflow: Inflow) -> None:
        """What schemes bring to a point of delivery."""
        years = len(self.model.book.settings.years)
        for (_, pod), parts in inflow.brought.items():
            for scheme, amount in parts.items():
                self._put(self.changed, (scheme, pod), amount.reshape(years, 12, -1).sum(axis=1))

    def results(self, pods: list[str]) -> tuple[SchemeResult, ...]:
        """One for each scheme, point of delivery and year, in the order of the book."""
        found = []
        for term in self.model.terms.schemes:
            mine = [pod for pod in pods if (term.scheme.id, pod) in self.changed]
            for pod in mine:
                found += self._of(term, pod)
        return tuple(found)

    @staticmethod
    def _put(where: dict[Place, Floats], place: Place, amount: Floats) -> None:
        where[place] = where[place] + amount if place in where else amount

    def _of(self, term: SchemeTerm, pod: str) -> list[SchemeResult]:
        scheme, place = term.scheme, (term.scheme.id, pod)
        changed = self.changed[place]
        low, high = drawn_quantiles(changed)
        overlap = self.realised[place] - self.alone[place] if place in self.alone else np.zeros((len(changed), 1))
        delivered = float(self.drawn.delivered[scheme.id].mean())
        stated = [self._stated(term, pod, at) for at in range(len(changed))]
        return [
            SchemeResult(
                scheme.id, scheme.name, pod, year,
                float(changed[at].mean()) + 0.0, float(low[at]) + 0.0, float(high[at]) + 0.0,
                delivered, stated[at], max(float(overlap[at].mean()), 0.0), _meets(changed[at], stated[at]),
            )
            for at, year in enumerate(self.model.book.settings.years)
        ]  # fmt: skip

    def _stated(self, term: SchemeTerm, pod: str, year: int) -> float | None:
        """The number that was said, for as much of the year as its ramp lets it have; of one point of delivery only."""
        if term.scheme.effect not in (Effect.NUMBER, Effect.ADDED):
            return None
        reached = {self.model.series[at].key[1] for at in term.series}
        if term.target is not None:
            reached = {term.target[1]}
        if reached != {pod}:
            return None
        part = float(self._months(term, year) @ np.array(term.parts[12 * year : 12 * year + 12]))
        sign = 1.0 if term.scheme.effect is Effect.ADDED else -1.0
        return sign * part * term.scheme.amount.value

    def _months(self, term: SchemeTerm, year: int) -> Floats:
        """How the year of those whom a scheme reaches falls into months, summing to 1."""
        reached = [one for at, one in enumerate(self.model.series) if at in term.series or one.key == term.target]
        weighed = np.array([one.value * one.shape.months[year] for one in reached]).reshape(-1, 12).sum(axis=0)
        return np.asarray(weighed / weighed.sum() if weighed.sum() > 0 else np.full(12, 1 / 12))


def _meets(changed: Floats, stated: float | None) -> float | None:
    """The share of draws in which a scheme changes as much as was said, in the direction in which it was said."""
    if not stated:
        return None
    return float((changed / stated >= 1 - _ROUNDING).mean())


_ROUNDING = 1e-9  # a scheme that is certain is as large as was said, whatever was lost in the last digit
