"""Outpatients and A&E, whose rows carry counts: one Poisson draw for each measure of each draw cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from trigpoint.activity.nhp.avoidance import Avoidance, avoidance_of_columns
from trigpoint.activity.nhp.baseline import (
    PERSON,
    WHERE,
    NhpBaseline,
    emergency_strategies,
    outpatient_strategies,
    tele_strategy,
)
from trigpoint.activity.nhp.bridge import EVERYTHING, PART_SCHEMA, Bridge, Shares, bridge_of
from trigpoint.activity.nhp.coding import coded
from trigpoint.activity.nhp.growth import Growth, growth_of
from trigpoint.activity.nhp.parameters import Dataset, NhpParameters
from trigpoint.activity.nhp.sampling import Sampled
from trigpoint.activity.nhp.tables import Asked, Sparse, Tables, summing, tables_of
from trigpoint.activity.nhp.triples import Triples, pairs_of

Floats: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[np.intp]

MEASURES = {Dataset.OUTPATIENTS: ("attendances", "tele_attendances"), Dataset.EMERGENCY: ("arrivals",)}
TREATMENT = ("tretspef", "tretspef_grouped")
OUTPATIENT = (*WHERE, *PERSON, *TREATMENT)
EMERGENCY = (*WHERE, "measure", *PERSON, "acuity", "attendance_category")
OUTPATIENT_TABLES: tuple[Asked, ...] = (
    ((*WHERE, *PERSON), {"default": WHERE, "sex+age_group": (*WHERE, "sex", "age_group"), "age": (*WHERE, "age")}),
    ((*WHERE, "sex", *TREATMENT),
     {"tretspef": (*WHERE, "tretspef"), "sex+tretspef_grouped": (*WHERE, "sex", "tretspef_grouped")}),
)  # fmt: skip
_DOOR = (*WHERE, "measure")
EMERGENCY_TABLES: tuple[Asked, ...] = (
    ((*_DOOR, *PERSON), {"default": _DOOR, "sex+age_group": (*_DOOR, "sex", "age_group"), "age": (*_DOOR, "age")}),
    ((*_DOOR, "acuity", "attendance_category"),
     {"acuity": (*_DOOR, "acuity"), "attendance_category": (*_DOOR, "attendance_category")}),
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Tele:
    """Conversion to telephone: the strategies that are set, with their leaves; ``at`` is each row's, 0 for none."""

    names: tuple[str, ...]
    leaves: Whole
    at: Whole

    @property
    def leaf_of(self) -> Whole:
        """Each row's leaf."""
        return self.leaves[self.at]

    @property
    def shares(self) -> Shares:
        """What conversion leaves of attendances: everything, or φ of each strategy."""
        beta = np.append(0.0, np.ones(len(self.names)))
        return Shares(1 - beta, beta, self.leaves, np.arange(-1, len(self.names)), self.names)


@dataclass(frozen=True, slots=True, eq=False)
class Gains:
    """What conversion adds where it goes: sums of pairs by ``keys``; of each the share 1 − φ of its ``leaf`` moves."""

    matrix: Sparse
    keys: pl.DataFrame
    leaf: Whole


@dataclass(frozen=True, slots=True, eq=False)
class Avoided:
    """What is avoided, by who and where: the grown less the kept, which is a Poisson of its own."""

    keys: pl.DataFrame
    grown: Sparse
    of_draw: Sparse

    def expected(self, growth: Floats, kept: Floats) -> Floats:
        """Expected avoided activity (rows × runs), of growth keys' factors and the draw cells' expectation."""
        difference: Floats = self.grown @ growth - self.of_draw @ kept
        return np.maximum(difference, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """Outpatients or A&E, ready to run. ``matrices`` sum pairs to draw cells, one a measure, of baseline counts.

    ``tele`` is the leaf of each draw cell's conversion to telephone, which moves the first measure to the second.
    """

    dataset: Dataset
    measures: tuple[str, ...]
    growth: Growth
    avoidance: Avoidance
    pairs: Triples
    cells: pl.DataFrame
    matrices: tuple[Sparse, ...]
    tele: Whole | None
    tables: Tables
    avoided: tuple[Avoided, ...]
    base: pl.DataFrame
    bridges: tuple[Bridge, ...]
    gains: Gains | None

    def expected(self, growth: Floats, kept: Floats) -> list[Floats]:
        """Expected kept activity of each draw cell and measure, before any conversion (cells × runs)."""
        pairs = self.pairs.values(growth, kept)
        return [matrix @ pairs for matrix in self.matrices]

    def converted(self, expected: list[Floats], sampled: Sampled, part: slice) -> list[Floats]:
        """After conversion to telephone: a Poisson split, so each part is a Poisson of its own."""
        if self.tele is None:
            return expected
        moved = expected[0] * (1 - np.take(sampled.values[:, part], self.tele, axis=0))
        return [expected[0] - moved, expected[1] + moved]


def counted_of(
    dataset: Dataset,
    baseline: NhpBaseline,
    parameters: NhpParameters,
    sampled: Sampled,
    seed: int,
    *,
    bridge: bool = True,
) -> Counted | None:
    """Outpatients or A&E of a baseline, pooled; ``None`` where the baseline has none."""
    rows = baseline.table(dataset)
    if rows is None or rows.is_empty():
        return None
    growth = growth_of(rows, dataset, baseline, parameters, sampled, seed)
    avoidance = counted_avoidance(rows, dataset, sampled)
    pairs = pairs_of(growth, avoidance)
    tele = tele_of(rows, sampled) if dataset is Dataset.OUTPATIENTS else None
    told = told_rows(rows, dataset)
    cells, cell_of = _cells(told, tele)
    counts = [rows[name].cast(pl.Float64).to_numpy() for name in MEASURES[dataset]]
    base, base_of = coded(told, [*WHERE] if tele else [*WHERE, "measure"])
    bridges: tuple[Bridge, ...] = ()
    if bridge:
        shares = (EVERYTHING if tele is None else tele.shares, EVERYTHING)
        share_of = (None if tele is None else tele.at, None)
        bridges = tuple(
            bridge_of(measure, base_of, base.height, count, growth, avoidance, np.arange(rows.height), of, share)
            for measure, count, of, share in zip(MEASURES[dataset], counts, share_of, shares, strict=False)
        )
    return Counted(
        dataset, MEASURES[dataset], growth, avoidance, pairs, cells,
        tuple(summing(cell_of, cells.height, count, pairs.of, pairs.number) for count in counts),
        cells["tele"].to_numpy().astype(np.intp) if tele else None,
        tables_of(cells, OUTPATIENT_TABLES if tele else EMERGENCY_TABLES), _avoided(told, cells, counts, growth), base,
        bridges, _gains(base, base_of, tele, counts[0], pairs) if tele and bridge else None,
    )  # fmt: skip


def counted_avoidance(rows: pl.DataFrame, dataset: Dataset, sampled: Sampled) -> Avoidance:
    """The signatures of outpatient or A&E rows."""
    columns = outpatient_strategies(rows) if dataset is Dataset.OUTPATIENTS else emergency_strategies(rows)
    return avoidance_of_columns(columns, dataset, sampled)


def told_rows(rows: pl.DataFrame, dataset: Dataset) -> pl.DataFrame:
    """A&E arrivals are told by the way they came, as a measure of its own."""
    if dataset is Dataset.OUTPATIENTS:
        return rows
    return rows.with_columns(pl.col("group").cast(pl.String).alias("measure"))


def tele_of(rows: pl.DataFrame, sampled: Sampled) -> Tele:
    """The conversion to telephone of each row, of the strategies that are set."""
    names = tuple(path[2] for path in sampled.rows if path[:2] == ("efficiencies", "op"))
    numbers = pl.Series("at", np.arange(1, len(names) + 1))
    known = pl.DataFrame({"strategy": names, "at": numbers}, schema_overrides={"strategy": pl.String})
    column = tele_strategy(rows).alias("strategy").to_frame()
    at = column.join(known, on="strategy", how="left", maintain_order="left")["at"].fill_null(0)
    leaves = [len(sampled.values) - 1, *(sampled.row("efficiencies", "op", name) for name in names)]
    return Tele(names, np.array(leaves, dtype=np.intp), at.to_numpy().astype(np.intp))


def _cells(rows: pl.DataFrame, tele: Tele | None) -> tuple[pl.DataFrame, Whole]:
    if tele is None:
        return coded(rows, EMERGENCY)
    return coded(rows.with_columns(pl.Series("tele", tele.leaf_of)), [*OUTPATIENT, "tele"])


def _gains(base: pl.DataFrame, base_of: Whole, tele: Tele, count: Floats, pairs: Triples) -> Gains:
    there = np.flatnonzero(tele.at > 0)
    code = (tele.at[there] - 1) * base.height + base_of[there]
    matrix = summing(code, base.height * len(tele.names), count[there], pairs.of[there], pairs.number)
    listed = [(at, "tele_attendances", "efficiencies", name) for name in tele.names for at in range(base.height)]
    keys = pl.DataFrame(listed, schema=PART_SCHEMA, orient="row")
    return Gains(matrix, keys, np.repeat(tele.leaves[1:], base.height))


def _avoided(rows: pl.DataFrame, cells: pl.DataFrame, counts: list[Floats], growth: Growth) -> tuple[Avoided, ...]:
    columns = [*WHERE, *(["measure"] if "measure" in cells.columns else []), "sex", "age_group"]
    keys, of = coded(rows, columns)
    _, of_cell = coded(cells, columns)
    width = len(growth.person_of)
    return tuple(
        Avoided(keys, summing(of, keys.height, count, growth.of, width), summing(of_cell, keys.height))
        for count in counts
    )
