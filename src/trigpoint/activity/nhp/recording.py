"""Where each kind of activity writes the runs it has made: arrays of their full size, each run in its own column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from trigpoint.activity.nhp.counted import Counted
from trigpoint.activity.nhp.inpatients import MEASURES, Inpatients
from trigpoint.activity.nhp.parameters import Dataset
from trigpoint.activity.nhp.results import BASELINE, CHANCE, TOLD_AS, NhpBridge, NhpTable
from trigpoint.activity.nhp.sampling import Sampled, noise_stream
from trigpoint.activity.nhp.tables import Sparse, summing

Floats: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[np.intp]

AVOIDED, LENGTH = "avoided_activity", "tretspef+los_group"


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """The rows of a bridge: place and measure are ``of``, into ``places``; ``total`` sums the parts of each."""

    rows: pl.DataFrame
    of: Whole
    places: pl.DataFrame
    total: Sparse


class Recorder:
    """The runs of one kind of activity. ``block`` makes those of a slice; slices may be made in any order."""

    def __init__(self, model: Counted | Inpatients, sampled: Sampled, seed: int) -> None:
        self.model, self.sampled, self.seed = model, sampled, seed
        self.dataset = Dataset.INPATIENTS if isinstance(model, Inpatients) else model.dataset
        self.measures = MEASURES if isinstance(model, Inpatients) else model.measures
        avoided = model.gone.keys if isinstance(model, Inpatients) else model.avoided[0].keys
        self.keys = [(table.name, table.keys) for table in model.tables.tables] + [(AVOIDED, avoided)]
        if isinstance(model, Inpatients):
            self.keys.append((LENGTH, model.cells.length_keys))
        runs = sampled.values.shape[1]
        shapes = [(len(self.measures), keys.height, runs + 1) for _, keys in self.keys]
        self.values = [np.zeros(shape, dtype=np.int32) for shape in shapes]
        self.parts = _parts(model, self.measures) if model.bridges else None
        self.effects = np.zeros((self.parts.rows.height if self.parts else 0, runs))
        self._baseline()

    def _baseline(self) -> None:
        model = self.model
        if isinstance(model, Inpatients):
            cells, by_length = model.baseline()
            self._write(0, [*model.tables.sums(cells), None, by_length])
            return
        sums = [matrix @ np.ones(matrix.shape[1]) for matrix in model.matrices]
        self._write(0, [*model.tables.sums(np.stack(sums, axis=1)), None])

    def _write(self, column: int, sums: list[Floats | None]) -> None:
        for values, made in zip(self.values, sums, strict=True):
            if made is not None:
                values[:, :, column] = np.rint(made).T

    def block(self, part: slice) -> None:
        """Makes and writes the runs of a slice."""
        model, sampled = self.model, self.sampled
        growth, kept = model.growth.product(part), model.avoidance.kept(sampled, part)
        if isinstance(model, Inpatients):
            triples = model.triples.values(growth, kept, model.outcomes.values(sampled, part))
            expected, avoided = _by_run(model.matrix @ triples), _by_run(model.gone.expected(growth, kept))
            gains: Floats | None = model.gains @ triples
            for at, run in enumerate(range(part.start, part.stop)):
                self._inpatient_run(run, expected[at], avoided[at])
        else:
            before = model.expected(growth, kept)
            gone = [_by_run(one.expected(growth, cells)) for one, cells in zip(model.avoided, before, strict=True)]
            after = [_by_run(cells) for cells in model.converted(before, sampled, part)]
            gains = None
            if model.gains is not None:
                gains = model.gains.matrix @ model.pairs.values(growth, kept)
                gains *= 1 - sampled.values[model.gains.leaf, part]
            for at, run in enumerate(range(part.start, part.stop)):
                self._counted_run(run, [cells[at] for cells in after], [cells[at] for cells in gone])
        if self.parts is not None:
            self._bridge(part, growth, kept, gains)

    def _counted_run(self, run: int, cells: list[Floats], gone: list[Floats]) -> None:
        rng = noise_stream(self.seed, list(Dataset).index(self.dataset), run)
        made = np.empty((len(cells[0]), len(cells)))
        for at, expected in enumerate(cells):
            made[:, at] = rng.poisson(expected)
        avoided = np.stack([rng.poisson(expected) for expected in gone], axis=1).astype(np.float64)
        self._write(run + 1, [*self.model.tables.sums(made), avoided])

    def _inpatient_run(self, run: int, expected: Floats, gone: Floats) -> None:
        model = self.model
        if not isinstance(model, Inpatients):
            return
        rng = noise_stream(self.seed, list(Dataset).index(self.dataset), run)
        spells = rng.poisson(expected).astype(np.float64)
        cells, by_length = model.measured(spells, rng, self.sampled.values[:, run])
        avoided = model.gone.measured(rng.poisson(gone).astype(np.float64))
        self._write(run + 1, [*model.tables.sums(cells), avoided, by_length])

    def _bridge(self, part: slice, growth: Floats, kept: Floats, gains: Floats | None) -> None:
        model, parts = self.model, self.parts
        if parts is None:
            return
        baseline = self.values[0][:, :, 0].reshape(-1)[:, None].astype(np.float64)
        made = self.values[0][:, :, part.start + 1 : part.stop + 1].reshape(len(baseline), -1).astype(np.float64)
        effects = [bridge.effects(growth, kept, self.sampled, part) for bridge in model.bridges]
        between = np.concatenate([*effects, *([gains] if gains is not None else [])])
        chance = made - baseline - parts.total @ between
        self.effects[:, part] = np.concatenate([np.repeat(baseline, made.shape[1], axis=1), between, chance])

    def tables(self) -> list[NhpTable]:
        """The tables, once every run is made."""
        named = zip(self.keys, self.values, strict=True)
        return [NhpTable(self.dataset, name, keys, self.measures, values) for (name, keys), values in named]

    def bridge(self) -> NhpBridge | None:
        """The bridge, once every run is made; parts that are 0 in every run are left out."""
        if self.parts is None:
            return None
        there = self.effects.any(axis=1)
        return NhpBridge(self.dataset, self.parts.rows.filter(pl.Series(there)), self.effects[there])


def _by_run(cells: Floats) -> Floats:
    return np.ascontiguousarray(cells.T)


def _parts(model: Counted | Inpatients, measures: tuple[str, ...]) -> Parts:
    """Every part's place and measure: baseline, the bridges' effects, what conversions add, chance."""
    base = model.base
    named = "measure" in base.columns
    places = pl.concat(
        [base.with_columns(pl.lit(one).alias("measure") if not named else pl.col("measure")) for one in measures]
    )
    if isinstance(model, Inpatients):
        other = pl.when(pl.col("measure") == "admissions").then(pl.col("pod").replace_strict(TOLD_AS, default=None))
        places = places.with_columns(pl.coalesce(other, "measure").alias("measure"))
    between, of = [], []
    for bridge in model.bridges:
        rows = bridge.rows
        between.append(rows.select("change_factor", "strategy"))
        of.append(measures.index(bridge.measure) * base.height + rows["base"].to_numpy())
    if model.gains is not None:
        keys = model.gain_keys if isinstance(model, Inpatients) else model.gains.keys
        between.append(keys.select("change_factor", "strategy"))
        at = [
            0 if name in TOLD_AS.values() and name not in measures else measures.index(name) for name in keys["measure"]
        ]
        of.append(np.array(at, dtype=np.intp) * base.height + keys["base"].to_numpy())
    middle = np.concatenate(of)
    every = np.arange(places.height)
    ends = [
        pl.DataFrame({"change_factor": [name] * places.height, "strategy": [""] * places.height})
        for name in (BASELINE, CHANCE)
    ]
    factors = pl.concat([ends[0], *between, ends[1]])
    place_of = np.concatenate([every, middle, every])
    return Parts(
        pl.concat([places[place_of], factors], how="horizontal"), place_of, places, summing(middle, places.height)
    )
