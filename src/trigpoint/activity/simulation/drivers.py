"""Which assumptions move the answer: the mean of do something where each is lowest, and where it is highest."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from trigpoint.activity.assumptions.scheme import Effect, Scheme
from trigpoint.activity.results.run import Driver
from trigpoint.activity.simulation.inflow import Inflow
from trigpoint.activity.simulation.kernel import Floats
from trigpoint.activity.simulation.model import Model
from trigpoint.activity.simulation.sampled import Sampled

OUTTURN, VARIANT = "baseline", "population"


def drivers_of(model: Model, drawn: Sampled, expected: Mapping[str, Floats], inflow: Inflow) -> tuple[Driver, ...]:
    """For every point of delivery and year the uncertain assumptions that reach it, the widest first."""
    found: list[Driver] = []
    for pod, years in expected.items():
        causes = _causes(model, drawn, pod, inflow)
        for at, year in enumerate(model.book.settings.years):
            bars = [Driver(pod, year, one, name, *_reach(values, years[at])) for one, name, values in causes]
            found += sorted(bars, key=lambda bar: -abs(bar.high - bar.low))
    return tuple(found)


def _causes(model: Model, drawn: Sampled, pod: str, inflow: Inflow) -> list[tuple[str, str, Floats]]:
    """Id, name and draws of everything uncertain that reaches a point of delivery."""
    mine = {at for at, one in enumerate(model.series) if one.key[1] == pod}
    found: list[tuple[str, str, Floats]] = []
    if mine:
        found.append((OUTTURN, "Forecast outturn", np.asarray(sum(drawn.outturns[at] for at in sorted(mine)))))
    grows = [term for term in model.terms.growth if term.series & mine]
    if model.book.population is not None and any(term.projection is not None for term in grows):
        found.append((VARIANT, "Population variant", drawn.variant.astype(np.float64)))
    found += [(term.growth.id, term.growth.name, drawn.amounts[term.growth.id]) for term in grows]
    reaching = {name for key, parts in inflow.brought.items() if key[1] == pod for name in parts}
    for term in model.terms.schemes:
        one: Scheme = term.scheme
        if one.effect is Effect.LENGTH_OF_STAY:
            continue  # it moves bed days, and no activity
        if term.series & mine or one.id in reaching:
            found.append((one.id, one.name, drawn.amounts[one.id] * drawn.delivered[one.id]))
    return [cause for cause in found if np.ptp(cause[2]) > 0]


def _reach(cause: Floats, answer: Floats) -> tuple[float, float]:
    """The mean of the answer in the lowest tenth of a cause's draws, and in the highest; all that tie are in."""
    low, high = np.quantile(cause, (0.1, 0.9))
    return float(answer[cause <= low].mean()), float(answer[cause >= high].mean())
