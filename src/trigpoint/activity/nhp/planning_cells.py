"""The cells of planning grain: only what months of pods, sites and specialty groups need, and how they are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from trigpoint.activity.nhp.avoidance import Avoidance, avoidance_of_pairs
from trigpoint.activity.nhp.baseline import (
    WHERE,
    NhpBaseline,
    inpatient_strategies,
)
from trigpoint.activity.nhp.bridge import EVERYTHING, Shares
from trigpoint.activity.nhp.coding import coded, combined, numbered
from trigpoint.activity.nhp.counted import MEASURES as COUNTED
from trigpoint.activity.nhp.counted import counted_avoidance, tele_of, told_rows
from trigpoint.activity.nhp.growth import Growth, growth_of
from trigpoint.activity.nhp.inpatients import MEASURES
from trigpoint.activity.nhp.parameters import Dataset, NhpParameters
from trigpoint.activity.nhp.sampling import Sampled
from trigpoint.activity.nhp.spells import cell_frame, options_of, outcome_shares, outcomes_of
from trigpoint.activity.nhp.tables import Sparse, summing
from trigpoint.activity.nhp.triples import Triples, pairs_of, triples_of

Floats: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[np.intp]

SPECIALTY = "tretspef_grouped"


@dataclass(frozen=True, slots=True, eq=False)
class Nights:
    """Spells of one night and more, and those of none, by cell. ``flat`` cells have no nights and come last.

    ``group_of`` is each cell's group of output and thinning strategy, whose ``leaf`` is −1 where nothing thins.
    """

    nights: Floats
    flat: int
    output: Whole
    told: NDArray[np.bool_]
    treated: NDArray[np.bool_]
    group_of: Whole
    group_output: Whole
    leaf: Whole


@dataclass(frozen=True, slots=True, eq=False)
class Planned:
    """A kind of activity at planning grain: distinct triples of growth key, signature and outcome, summed to cells."""

    dataset: Dataset
    keys: pl.DataFrame
    measures: tuple[str, ...]
    growth: Growth
    avoidance: Avoidance
    triples: Triples
    outcomes: Shares
    matrices: tuple[Sparse, ...]
    tele: Whole | None
    to_output: Sparse | None
    nights: Nights | None

    def expected(self, growth: Floats, sampled: Sampled, part: slice) -> list[Floats]:
        """Expected activity of each cell (× the runs of ``part``), of each growth key's factor."""
        outcomes = self.outcomes.values(sampled, part) if self.nights is not None else None
        value = self.triples.values(growth, self.avoidance.kept(sampled, part), outcomes)
        cells = [matrix @ value for matrix in self.matrices]
        if self.tele is not None and self.to_output is not None:
            moved = cells[0] * (1 - sampled.values[self.tele, part])
            cells = [self.to_output @ (cells[0] - moved), self.to_output @ (cells[1] + moved)]
        return cells

    def drawn(self, expected: list[Floats], split: Floats, leaves: Floats, rng: np.random.Generator) -> list[Floats]:
        """Each measure by output and month, of one run's expectation."""
        if self.nights is None:
            return [rng.poisson(cells[:, None] * split).astype(np.float64) for cells in expected]
        return list(_spells(self.nights, expected[0], split, leaves, rng))


def _spells(
    cells: Nights, expected: Floats, split: Floats, leaves: Floats, rng: np.random.Generator
) -> tuple[Floats, Floats, Floats]:
    """Admissions, bed days and procedures by output and month."""
    outputs, months = split.shape
    first = cells.flat
    # Without nights every month is a Poisson of its own; with them each spell is given its month.
    flat = rng.poisson(expected[first:, None] * split[cells.output[first:]])
    spells = rng.poisson(expected[:first])
    cell = np.repeat(np.arange(first), spells)
    month = _months(cells.output[:first], spells, split, rng)
    place = cells.output[cell] * months + month
    admissions = np.bincount(place, minlength=outputs * months).astype(np.float64)
    procedures = np.bincount(place[cells.treated[cell]], minlength=outputs * months).astype(np.float64)
    groups = len(cells.leaf)
    stays = np.bincount(cells.group_of[cell] * months + month, cells.nights[cell], groups * months).reshape(
        groups, months
    )
    thinned = np.flatnonzero(cells.leaf >= 0)
    stays[thinned] = rng.binomial(stays[thinned].astype(np.int64), leaves[cells.leaf[thinned], None])
    days = np.zeros((outputs, months))
    np.add.at(days, cells.group_output, stays)
    added, counted, treated = np.zeros((outputs, months)), np.zeros((outputs, months)), np.zeros((outputs, months))
    np.add.at(added, cells.output[first:], flat)
    np.add.at(counted, cells.output[first:][cells.told[first:]], flat[cells.told[first:]])
    np.add.at(treated, cells.output[first:][cells.treated[first:]], flat[cells.treated[first:]])
    stayed = admissions.reshape(outputs, months)
    return stayed + added, days + stayed + counted, procedures.reshape(outputs, months) + treated


def _months(output: Whole, spells: NDArray[np.int64], split: Floats, rng: np.random.Generator) -> Whole:
    """A month for each spell by its output's shares; outputs of the same shares are drawn together."""
    distinct, of = np.unique(split, axis=0, return_inverse=True)
    uniform = rng.random(int(spells.sum()))
    if len(distinct) == 1:
        return _month(uniform, distinct[0])
    profile = np.repeat(of[output], spells)
    months = np.zeros(len(uniform), dtype=np.intp)
    for at, shares in enumerate(distinct):
        there = profile == at
        months[there] = _month(uniform[there], shares)
    return months


def _month(uniform: Floats, shares: Floats) -> Whole:
    """The month of each uniform number: by a table of 4,096 steps, exactly, and by search where a step is divided."""
    edges = np.cumsum(shares)[:-1]
    steps = 4096
    low = np.searchsorted(edges, np.arange(steps) / steps, side="right")
    divided = low != np.searchsorted(edges, np.arange(1, steps + 1) / steps, side="left")
    step = (uniform * steps).astype(np.intp)
    month = low[step]
    there = np.flatnonzero(divided[step])
    month[there] = np.searchsorted(edges, uniform[there], side="right")
    return month.astype(np.intp)


def planned_of(
    dataset: Dataset, baseline: NhpBaseline, parameters: NhpParameters, sampled: Sampled, seed: int
) -> Planned | None:
    """A kind of activity of a baseline at planning grain; ``None`` where the baseline has none."""
    rows = baseline.table(dataset)
    if rows is None or rows.is_empty():
        return None
    growth = growth_of(rows, dataset, baseline, parameters, sampled, seed)
    if dataset is Dataset.INPATIENTS:
        return _inpatients(rows, growth, baseline, parameters, sampled)
    avoidance = counted_avoidance(rows, dataset, sampled)
    outpatient = dataset is Dataset.OUTPATIENTS
    keys, output = coded(told_rows(rows, dataset), [*WHERE, SPECIALTY if outpatient else "measure"])
    triples = pairs_of(growth, avoidance)
    cell, cells, leaf, to_output = output, keys.height, None, None
    if outpatient:
        tele = tele_of(rows, sampled)
        first, cell = numbered(combined([(output, keys.height), (tele.at, len(tele.leaves))]))
        cells, leaf, to_output = len(first), tele.leaf_of[first], summing(output[first], keys.height)
    counts = [rows[name].cast(pl.Float64).to_numpy() for name in COUNTED[dataset]]
    matrices = tuple(summing(cell, cells, count, triples.of, triples.number) for count in counts)
    return Planned(
        dataset, keys, COUNTED[dataset], growth, avoidance, triples, EVERYTHING, matrices, leaf, to_output, None
    )


def _inpatients(
    rows: pl.DataFrame, growth: Growth, baseline: NhpBaseline, parameters: NhpParameters, sampled: Sampled
) -> Planned:
    known = parameters.strategies("activity_avoidance", Dataset.INPATIENTS)
    strategies = inpatient_strategies(baseline, "activity_avoidance", known)
    avoidance = avoidance_of_pairs(rows["rn"], strategies, Dataset.INPATIENTS, sampled)
    options = options_of(rows, baseline, parameters, sampled)
    outcomes = outcomes_of(options, rows["speldur"].to_numpy().astype(np.intp))
    frame = cell_frame(rows, options, outcomes)
    keys, output = coded(frame, [*WHERE, SPECIALTY])
    keyed = frame.select("nights", "binomial", "told", "treated").with_columns(
        output=pl.Series(output), flat=pl.col("nights") == 0
    )
    cells, cell_of = coded(keyed, ["flat", "output", "binomial", "told", "treated", "nights"])
    row, shares = options.row[outcomes.option], outcome_shares(options)
    triples = triples_of(growth, avoidance, row, outcomes.outcome, len(shares.alpha))
    matrix = summing(cell_of, cells.height, options.weight[outcomes.option], triples.of, triples.number)
    nights = _nights(cells, np.append(-1, options.leaf))
    return Planned(
        Dataset.INPATIENTS, keys, MEASURES, growth, avoidance, triples, shares, (matrix,), None, None, nights
    )


def _nights(cells: pl.DataFrame, leaf: Whole) -> Nights:
    groups, group_of = coded(cells, ["output", "binomial"])
    return Nights(
        cells["nights"].to_numpy().astype(np.float64), int((~cells["flat"]).sum()),
        cells["output"].to_numpy().astype(np.intp), cells["told"].to_numpy(), cells["treated"].to_numpy(), group_of,
        groups["output"].to_numpy().astype(np.intp), leaf[groups["binomial"].to_numpy().astype(np.intp)],
    )  # fmt: skip
