"""Planning grain: pod × site × specialty group × month of one or several years, by exact Poisson splits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from trigpoint.activity.nhp.baseline import NhpBaseline
from trigpoint.activity.nhp.growth import Growth, at_horizon
from trigpoint.activity.nhp.parameters import Dataset, NhpParameters
from trigpoint.activity.nhp.planning_cells import Planned, planned_of
from trigpoint.activity.nhp.results import summarised
from trigpoint.activity.nhp.sampling import Floats, Sampled, noise_stream, sample
from trigpoint.errors import InputError

Numbers: TypeAlias = NDArray[np.int32]

MONTHS = 12
EVEN = tuple([1 / MONTHS] * MONTHS)
BLOCK = 8
ANNUAL = {"non-demographic_adjustment", "baseline_adjustment"}
"""Factors that a share reached does not scale: growth has its own years, and a correction is of the base year."""


@dataclass(frozen=True, slots=True, eq=False)
class NhpPlan:
    """Monthly activity of one kind: ``values`` are measures × outputs × years × months × runs."""

    dataset: Dataset
    keys: pl.DataFrame
    measures: tuple[str, ...]
    years: tuple[int, ...]
    values: Numbers

    def frame(self) -> pl.DataFrame:
        """Wide: keys, measure, year, month (1 is April), baseline of the year before any change, mean, quantiles."""
        parts = []
        for at, measure in enumerate(self.measures):
            for row, year in enumerate(self.years):
                made = self.values[at, :, row].reshape(-1, self.values.shape[-1]).astype(np.float64)
                index = np.repeat(np.arange(self.keys.height), MONTHS)
                keys = self.keys[index] if "measure" in self.keys.columns else self.keys[index].with_columns(
                    pl.lit(measure).alias("measure"))  # fmt: skip
                told = summarised(np.concatenate([np.zeros((len(made), 1)), made], axis=1))
                del told["baseline"]
                month = np.tile(np.arange(1, MONTHS + 1), self.keys.height)
                parts.append(keys.with_columns(year=pl.lit(year), month=month, **told))
        return pl.concat(parts)


def plan_nhp(
    baseline: NhpBaseline,
    parameters: NhpParameters,
    *,
    years: Sequence[int] = (),
    reached: Sequence[float] = (),
    shares: Mapping[str, Sequence[float]] | None = None,
    runs: int | None = None,
    seed: int | None = None,
    workers: int = 1,
) -> tuple[NhpPlan, ...]:
    """Activity by pod, site, specialty group and month in every run, for each of ``years`` (the horizon without).

    ``shares`` are twelve a pod, April first, that sum to 1 (even without); a Poisson split by them is exact.
    ``reached`` is how much of the scenario's change is there in each year, 0 to 1 (all without). The same draws of the
    parameters serve every year. Bed days are drawn once, of the months' own spells. Raises ``InputError`` for shares
    that are not twelve or do not sum to 1.
    """
    number = parameters.model_runs if runs is None else runs
    chosen = parameters.seed if seed is None else seed
    wanted = tuple(years) or (parameters.end_year,)
    part_reached = tuple(reached) or tuple([1.0] * len(wanted))
    if len(part_reached) != len(wanted):
        what = f"{len(part_reached)} shares reached are given for {len(wanted)} years"
        raise InputError(what, remedy="give one a year")
    _check_shares(shares or {})
    sampled = sample(parameters, number, chosen)
    steps = zip(wanted, part_reached, strict=True)
    horizons = [(parameters.to_year(year), _reached(sampled, share)) for year, share in steps]
    plans = []
    with ThreadPoolExecutor(max(workers, 1)) as pool:
        for dataset in Dataset:
            planned = planned_of(dataset, baseline, parameters, sampled, chosen)
            if planned is not None:
                values = _planned_values(pool, planned, baseline, horizons, _split(planned.keys, shares or {}), chosen)
                plans.append(NhpPlan(dataset, planned.keys, planned.measures, wanted, values))
    return tuple(plans)


def _planned_values(
    pool: ThreadPoolExecutor,
    planned: Planned,
    baseline: NhpBaseline,
    horizons: Sequence[tuple[NhpParameters, Sampled]],
    split: Floats,
    seed: int,
) -> Numbers:
    """Measures × outputs × years × months × runs of one kind of activity."""
    runs = horizons[0][1].values.shape[1]
    shape = (len(planned.measures), planned.keys.height, len(horizons), MONTHS, runs)
    values = np.zeros(shape, dtype=np.int32)
    waiting: list[Future[None]] = []
    for at, (parameters, sampled) in enumerate(horizons):
        growth = at_horizon(planned.growth, baseline, parameters, sampled, seed)
        for start in range(0, runs, BLOCK):
            part = slice(start, min(start + BLOCK, runs))
            waiting.append(pool.submit(_block, planned, growth, sampled, split, part, values[:, :, at], (seed, at)))
    for task in waiting:
        task.result()
    return values


def _block(
    planned: Planned,
    growth: Growth,
    sampled: Sampled,
    split: Floats,
    part: slice,
    values: Numbers,
    stream: tuple[int, int],
) -> None:
    """Makes the runs of a slice, each from its own stream, and writes them in their columns."""
    seed, year = stream
    expected = planned.expected(growth.product(part), sampled, part)
    for at, run in enumerate(range(part.start, part.stop)):
        rng = noise_stream(seed, 16 + len(Dataset) * year + list(Dataset).index(planned.dataset), run)
        made = planned.drawn(
            [np.ascontiguousarray(cells[:, at]) for cells in expected], split, sampled.values[:, run], rng
        )
        for row, months in enumerate(made):
            values[row, :, :, run] = months


def _check_shares(shares: Mapping[str, Sequence[float]]) -> None:
    for pod, months in shares.items():
        if len(months) != MONTHS or min(months) < 0 or abs(sum(months) - 1) > 1e-6:
            found = f"there are {len(months)}; they sum to {sum(months):g}"
            what = f"the shares of {pod} are not twelve that sum to 1 ({found})"
            raise InputError(what, remedy="give each month's share of the year, April first")


def _split(keys: pl.DataFrame, shares: Mapping[str, Sequence[float]]) -> Floats:
    rows: Floats = np.array([shares.get(str(pod), EVEN) for pod in keys["pod"]], dtype=np.float64)
    return rows


def _reached(sampled: Sampled, share: float) -> Sampled:
    """The draws with only a share of each change: 1 + share × (value − 1)."""
    if share == 1:
        return sampled
    values = sampled.values.copy()
    rows = [row for path, row in sampled.rows.items() if path[0] not in ANNUAL]
    values[rows] = 1 + share * (values[rows] - 1)
    return replace(sampled, values=values)
