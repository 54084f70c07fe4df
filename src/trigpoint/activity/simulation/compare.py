"""Scenarios compared draw by draw."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from trigpoint.activity.results.comparison import Comparison, ComparisonRow
from trigpoint.activity.results.run import ActivityRun
from trigpoint.activity.simulation.bands import drawn_quantiles
from trigpoint.activity.simulation.kernel import Floats
from trigpoint.errors import InputError


def compare(runs: Sequence[ActivityRun]) -> Comparison:
    """What each run's do something is, and how far from the first run's, by point of delivery and year.

    Every assumption draws from a stream of its own, so runs of one seed and number of draws share every draw of what
    they have in common: differences are paired, and what is common cancels in them. Expected values are compared, not
    the noise of months. A point of delivery that a run does not have counts as 0 there. Raises ``InputError`` for no
    runs, and for runs of different seeds, draws or years.
    """
    if not runs:
        raise InputError("there is no run to compare", remedy="give two or more")
    first = runs[0]
    for one in runs[1:]:
        if (one.seed, one.draws, one.years) != (first.seed, first.draws, first.years):
            what = f"{_named(one)} was not run as {_named(first)} was: seed, draws and years must be the same"
            raise InputError(what, remedy="run both with one seed and one number of draws")
    pods = list(dict.fromkeys(pod for one in runs for pod in one.draws_of))
    nothing = np.zeros((len(first.years), first.draws))
    rows = tuple(row for one in runs for pod in pods for row in _rows(one, first, pod, nothing))
    return Comparison(tuple(runs), rows)


def _rows(run: ActivityRun, first: ActivityRun, pod: str, nothing: Floats) -> list[ComparisonRow]:
    mine, other = run.draws_of.get(pod, nothing), first.draws_of.get(pod, nothing)
    apart = mine - other
    # Sums in another order differ in the last digits; that is no difference.
    apart[np.abs(apart) <= 1e-9 * np.maximum(np.abs(mine), np.abs(other))] = 0.0
    low, high = drawn_quantiles(apart)
    return [
        ComparisonRow(
            run.scenario, pod, year, float(mine[at].mean()), float(apart[at].mean()), float(low[at]),
            float(high[at]), float((apart[at] < 0).mean()),
        )
        for at, year in enumerate(first.years)
    ]  # fmt: skip


def _named(run: ActivityRun) -> str:
    return run.scenario.name or run.scenario.id or "a run"
