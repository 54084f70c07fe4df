"""Inpatients: a Poisson draw for each cell, then nights by the binomial, once, for every table and the bridge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import vstack

from trigpoint.activity.nhp.avoidance import Avoidance, avoidance_of_pairs
from trigpoint.activity.nhp.baseline import PERSON, WHERE, NhpBaseline, inpatient_strategies
from trigpoint.activity.nhp.bridge import PART_SCHEMA, Bridge, Shares, bridge_of
from trigpoint.activity.nhp.coding import coded, numbered
from trigpoint.activity.nhp.growth import Growth, growth_of
from trigpoint.activity.nhp.parameters import Dataset, Kind, NhpParameters
from trigpoint.activity.nhp.sampling import Sampled
from trigpoint.activity.nhp.spells import (
    CELL,
    TARGETS,
    Options,
    Outcomes,
    admission_shares,
    bed_day_shares,
    cell_frame,
    options_of,
    outcome_shares,
    outcomes_of,
)
from trigpoint.activity.nhp.tables import Asked, Sparse, Tables, summing, tables_of
from trigpoint.activity.nhp.triples import Triples, triples_of

Floats: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[np.intp]

MEASURES = ("admissions", "beddays", "procedures")
LENGTHS = ("0 days", "1 day", "2 days", "3 days", "4-7 days", "8-14 days", "15-21 days", "22+ days")
_EDGES = (1, 2, 3, 4, 8, 15, 22)
TABLES: tuple[Asked, ...] = (
    ((*WHERE, *PERSON), {"default": WHERE, "sex+age_group": (*WHERE, "sex", "age_group"), "age": (*WHERE, "age")}),
    ((*WHERE, "sex", "tretspef", "tretspef_grouped", "delivery"),
     {"tretspef": (*WHERE, "tretspef"), "sex+tretspef_grouped": (*WHERE, "sex", "tretspef_grouped"),
      "delivery_episode_in_spell": (*WHERE, "delivery")}),
)  # fmt: skip


def length_group(nights: Whole) -> Whole:
    """The group of a length of stay, into ``LENGTHS``."""
    return np.searchsorted(_EDGES, nights, side="right").astype(np.intp)


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Draw cells: those whose nights are drawn come first. ``length_row`` is a cell's row of the length table
    (of length group 0); ``by_length`` sums the cells of fixed nights to that table."""

    nights: Floats
    drawn: int
    leaf: Whole
    told: Floats
    treated: Floats
    length_keys: pl.DataFrame
    length_row: Whole
    by_length: Sparse


@dataclass(frozen=True, slots=True, eq=False)
class AvoidedSpells:
    """Avoided spells by who, where, nights and treatment, so that their bed days are exact; told by ``keys``."""

    keys: pl.DataFrame
    pairs: Triples
    matrix: Sparse
    to_keys: Sparse
    days: Floats
    treated: Floats

    def expected(self, growth: Floats, kept: Floats) -> Floats:
        """Expected avoided spells of each cell (× runs)."""
        expected: Floats = self.matrix @ self.pairs.values(growth, 1 - kept)
        return expected

    def measured(self, spells: Floats) -> Floats:
        """Admissions, bed days and procedures by ``keys``, of the spells drawn."""
        measures = np.stack([spells, spells * self.days, spells * self.treated], axis=1)
        told: Floats = self.to_keys @ measures
        return told


@dataclass(frozen=True, slots=True, eq=False)
class Inpatients:
    """Inpatients ready to run: triples of growth key, signature and outcome, summed to draw cells by ``matrix``."""

    growth: Growth
    avoidance: Avoidance
    triples: Triples
    outcomes: Shares
    matrix: Sparse
    cells: Cells
    tables: Tables
    gone: AvoidedSpells
    base: pl.DataFrame
    bridges: tuple[Bridge, ...]
    gains: Sparse
    gain_keys: pl.DataFrame

    def baseline(self) -> tuple[Floats, Floats]:
        """The base year itself: measures of each draw cell, and of the length table (both × 3)."""
        there = (self.outcomes.alpha + self.outcomes.beta)[self.triples.outcome_of]
        return self.measured(self.matrix @ there, None, None)

    def measured(self, spells: Floats, rng: np.random.Generator | None, leaves: Floats | None) -> tuple[Floats, Floats]:
        """Admissions, bed days and procedures of each draw cell and of the length table, of the spells drawn.

        Nights are drawn here, spell by spell, and nowhere else. Without ``rng`` they are those of the base year.
        """
        cells, drawn = self.cells, self.cells.drawn
        days = spells * cells.nights
        by_length = np.zeros((len(cells.length_keys), len(MEASURES)))
        if rng is None or leaves is None:
            row = cells.length_row[:drawn] + length_group(cells.nights[:drawn].astype(np.intp))
            parts = (spells[:drawn], days[:drawn].copy(), spells[:drawn] * cells.treated[:drawn])
        else:
            cell = np.repeat(np.arange(drawn), spells[:drawn].astype(np.intp))
            left = rng.binomial(cells.nights.astype(np.int64)[cell], leaves[cells.leaf[cell]])
            days[:drawn] = np.bincount(cell, left, drawn)
            row = cells.length_row[cell] + _GROUPS[np.minimum(left, len(_GROUPS) - 1)]
            parts = (np.ones(len(cell)), left.astype(np.float64), cells.treated[cell])
        days += spells
        days *= cells.told
        measures = np.stack([spells, days, spells * cells.treated], axis=1)
        for at, weight in enumerate(parts):
            by_length[:, at] = np.bincount(row, weight, len(by_length))
        by_length[:, 1] += by_length[:, 0]
        by_length += cells.by_length @ measures[drawn:]
        return measures, by_length


_GROUPS = length_group(np.arange(64))


def inpatients_of(
    baseline: NhpBaseline, parameters: NhpParameters, sampled: Sampled, seed: int, *, bridge: bool = True
) -> Inpatients | None:
    """Inpatients of a baseline, pooled; ``None`` where the baseline has none."""
    rows = baseline.table(Dataset.INPATIENTS)
    if rows is None or rows.is_empty():
        return None
    growth = growth_of(rows, Dataset.INPATIENTS, baseline, parameters, sampled, seed)
    known = parameters.strategies("activity_avoidance", Dataset.INPATIENTS)
    strategies = inpatient_strategies(baseline, "activity_avoidance", known)
    avoidance = avoidance_of_pairs(rows["rn"], strategies, Dataset.INPATIENTS, sampled)
    options = options_of(rows, baseline, parameters, sampled)
    nights = rows["speldur"].to_numpy().astype(np.intp)
    outcomes = outcomes_of(options, nights)
    frame = cell_frame(rows, options, outcomes)
    keys, cell_of = coded(frame, ["fixed", "binomial", "nights", *CELL])
    row, weight = options.row[outcomes.option], options.weight[outcomes.option]
    shares = outcome_shares(options)
    triples = triples_of(growth, avoidance, row, outcomes.outcome, len(shares.alpha))
    base, base_of = coded(frame, list(WHERE))
    # Each spell's own place is that of its first option as it was, which is never somewhere else.
    own = np.empty(rows.height, dtype=np.intp)
    own[options.row] = base_of[: len(options.row)]
    bridges = _bridges(options, rows, nights, own, base.height, growth, avoidance) if bridge else ()
    gains, gain_keys = _gains(options, outcomes, frame, base_of, triples, weight)
    return Inpatients(
        growth, avoidance, triples, shares, summing(cell_of, keys.height, weight, triples.of, triples.number),
        _lengths(keys, options), tables_of(keys, TABLES), _avoided(rows, growth, avoidance), base, bridges, gains,
        gain_keys,
    )  # fmt: skip


def _lengths(keys: pl.DataFrame, options: Options) -> Cells:
    drawn = int((~keys["fixed"]).sum())
    nights = keys["nights"].to_numpy().astype(np.float64)
    length_keys, of = coded(keys, [*WHERE, "tretspef"])
    grid = length_keys.join(pl.DataFrame({"los_group": LENGTHS}), how="cross", maintain_order="left_right")
    length_row = of * len(LENGTHS)
    fixed = length_row[drawn:] + length_group(nights[drawn:].astype(np.intp))
    leaf = np.append(0, options.leaf)[keys["binomial"].to_numpy().astype(np.intp)]
    return Cells(
        nights, drawn, leaf.astype(np.intp), keys["told"].to_numpy().astype(np.float64),
        keys["treated"].to_numpy().astype(np.float64), grid, length_row, summing(fixed, grid.height),
    )  # fmt: skip


def _avoided(rows: pl.DataFrame, growth: Growth, avoidance: Avoidance) -> AvoidedSpells:
    there = np.flatnonzero(avoidance.of > 0)
    who = [*WHERE, "sex", "age_group"]
    touched = rows.select(*who, pl.col("has_procedure").cast(pl.Boolean).alias("treated"), "speldur")[there]
    keys, of = coded(touched, [*who, "treated", "speldur"])
    told, told_of = coded(keys, who)
    pairs = triples_of(growth, avoidance, there, np.zeros(len(there), dtype=np.intp), 1)
    return AvoidedSpells(
        told, pairs, summing(of, keys.height, np.ones(len(there)), pairs.of, pairs.number),
        summing(told_of, told.height),
        keys["speldur"].to_numpy().astype(np.float64) + 1, keys["treated"].to_numpy().astype(np.float64),
    )  # fmt: skip


def _bridges(
    options: Options, rows: pl.DataFrame, nights: Whole, own: Whole, bases: int, growth: Growth, avoidance: Avoidance
) -> tuple[Bridge, ...]:
    base = own[options.row]
    treated = rows["has_procedure"].cast(pl.Float64).to_numpy()[options.row]
    moved, moved_of = admission_shares(options)
    days, days_of = bed_day_shares(options, nights)
    weights = (options.weight, options.weight * (1 + nights[options.row]), options.weight * treated)
    shares = ((moved, moved_of), (days, days_of), (moved, moved_of))
    return tuple(
        bridge_of(measure, base, bases, weight, growth, avoidance, options.row, of, share)
        for measure, weight, (share, of) in zip(MEASURES, weights, shares, strict=True)
    )


def _gains(
    options: Options, outcomes: Outcomes, frame: pl.DataFrame, base_of: Whole, triples: Triples, weight: Floats
) -> tuple[Sparse, pl.DataFrame]:
    """What conversions add where they go: sums of triples by measure, base row and strategy."""
    treated = frame["treated"].to_numpy().astype(np.float64)
    strategy = options.strategy[outcomes.option]
    found, keys = [], []
    kinds = list(TARGETS)
    told = {Kind.DAY_CASE: MEASURES, Kind.OUTPATIENT: ("attendances",), Kind.SDEC: ("walk-in",)}
    for kind, measures in told.items():
        there = np.flatnonzero(outcomes.pod == kinds.index(kind))
        first, of = numbered(base_of[there] * len(options.names) + strategy[there])
        for measure in measures:
            value = weight[there] * (treated[there] if measure == "procedures" else 1.0)
            found.append(summing(of, len(first), value, triples.of[there], triples.number))
            keys += [(int(base_of[at]), measure, "efficiencies", options.names[strategy[at]]) for at in there[first]]
    return vstack(found, format="csr"), pl.DataFrame(keys, schema=PART_SCHEMA, orient="row")
