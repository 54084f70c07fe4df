"""The results of a run of many runs: tables and bridges as frames, with what each quantile may be off by."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from trigpoint.activity.nhp.parameters import Dataset, NhpParameters
from trigpoint.errors import InputError

Floats: TypeAlias = NDArray[np.float64]
Numbers: TypeAlias = NDArray[np.int32]

QUANTILES = (0.1, 0.5, 0.9)
TOLD_AS = {"op_procedure": "attendances", "aae_type-05": "walk-in"}
"""Spells that are counted in another kind of activity are told in its measure."""
BASELINE, CHANCE = "baseline", "chance"


@dataclass(frozen=True, slots=True, eq=False)
class NhpTable:
    """One aggregation. ``values`` are measures × rows × (1 + runs), the first the base year itself."""

    dataset: Dataset
    name: str
    keys: pl.DataFrame
    measures: tuple[str, ...]
    values: Numbers

    @property
    def rows(self) -> pl.DataFrame:
        """The keys with their measure, a row for each row of ``matrix``."""
        named = [
            self.keys if self._named else self.keys.with_columns(pl.lit(one).alias("measure")) for one in self.measures
        ]
        rows = pl.concat(named)
        if self.dataset is not Dataset.INPATIENTS:
            return rows
        other = pl.when(pl.col("measure") == "admissions").then(pl.col("pod").replace_strict(TOLD_AS, default=None))
        rows = rows.with_columns(pl.coalesce(other, "measure").alias("measure"))
        if "los_group" in rows.columns:
            group = pl.when(pl.col("pod").is_in(list(TOLD_AS))).then(None).otherwise(pl.col("los_group"))
            rows = rows.with_columns(group.alias("los_group"))
        return rows

    @property
    def _named(self) -> bool:
        return "measure" in self.keys.columns

    @property
    def matrix(self) -> Numbers:
        """Rows × (1 + runs)."""
        return self.values.reshape(-1, self.values.shape[2])

    def frame(self) -> pl.DataFrame:
        """Long: keys, measure, model_run (0 is the base year), value; rows of 0 are left out, as nhp_model does."""
        runs = self.values.shape[2]
        there = self.matrix.any(axis=1)
        rows = self.rows.filter(pl.Series(there))
        matrix = self.matrix[there]
        index = np.repeat(np.arange(rows.height), runs)
        long = rows[index].with_columns(
            model_run=np.tile(np.arange(runs), rows.height), value=matrix.reshape(-1).astype(np.int64)
        )
        return long.filter(pl.col("value") > 0)

    def summary(self) -> pl.DataFrame:
        """Wide: keys, measure, baseline, mean (the principal projection), p10, p50, p90, each with its error."""
        there = self.matrix.any(axis=1)
        return self.rows.filter(pl.Series(there)).with_columns(**summarised(self.matrix[there]))


def summarised(matrix: NDArray[np.int32] | Floats) -> dict[str, pl.Series]:
    """Baseline, mean and quantiles over the runs, with Monte Carlo standard errors.

    The error of a quantile is half the distance of the two order statistics one standard error of its rank apart
    (rank ± √(n·p·(1 − p))), which needs no shape of the distribution.

    >>> {name: round(value[0], 3) for name, value in summarised(np.arange(101.0)[None, :]).items()}["p90"]
    90.1
    """
    runs = np.sort(matrix[:, 1:].astype(np.float64), axis=1)
    number = runs.shape[1]
    told = {"baseline": matrix[:, 0].astype(np.float64), "mean": runs.mean(axis=1)}
    told["mean_error"] = runs.std(axis=1, ddof=1) / math.sqrt(number) if number > 1 else np.full(len(runs), np.nan)
    for level in QUANTILES:
        name = f"p{100 * level:.0f}"
        told[name] = np.quantile(runs, level, axis=1)
        reach = math.sqrt(number * level * (1 - level))
        low = max(math.floor(number * level - reach), 0)
        high = min(math.ceil(number * level + reach), number - 1)
        told[f"{name}_error"] = (runs[:, high] - runs[:, low]) / 2
    return {name: pl.Series(name, values) for name, values in told.items()}


@dataclass(frozen=True, slots=True, eq=False)
class NhpBridge:
    """From baseline to result by pod, site and measure: the parts of each run, which sum to ``realised`` exactly.

    ``rows`` has the place, measure, change_factor and strategy; the first factor is ``baseline`` and the last
    ``chance``, the Poisson noise of the run. ``values`` are rows × runs.
    """

    dataset: Dataset
    rows: pl.DataFrame
    values: Floats

    def frame(self) -> pl.DataFrame:
        """Long: place, measure, change_factor, strategy, model_run (from 1), value."""
        runs = self.values.shape[1]
        index = np.repeat(np.arange(self.rows.height), runs)
        return self.rows[index].with_columns(
            model_run=np.tile(np.arange(1, runs + 1), self.rows.height), value=self.values.reshape(-1)
        )

    def summary(self) -> pl.DataFrame:
        """The mean of each part over the runs."""
        return self.rows.with_columns(mean=self.values.mean(axis=1))


@dataclass(frozen=True, slots=True, eq=False)
class NhpRun:
    """All tables and bridges of a scenario on a baseline; the same seed gives the same, on any number of workers."""

    parameters: NhpParameters
    seed: int
    runs: int
    tables: tuple[NhpTable, ...]
    bridges: tuple[NhpBridge, ...]

    def table(self, dataset: Dataset, name: str) -> NhpTable:
        """One aggregation. Raises ``InputError`` for a name that there is not."""
        for table in self.tables:
            if table.dataset is dataset and table.name == name:
                return table
        known = ", ".join(table.name for table in self.tables if table.dataset is dataset)
        raise InputError(f"{dataset.value} has no table “{name}”", remedy=f"use one of {known}")

    def bridge(self, dataset: Dataset) -> NhpBridge:
        """The bridge of a kind of activity. Raises ``InputError`` where there is none."""
        for bridge in self.bridges:
            if bridge.dataset is dataset:
                return bridge
        raise InputError(f"there is no bridge of {dataset.value}", remedy="run with it")

    def default(self) -> pl.DataFrame:
        """Activity by provider, pod, site and measure over all kinds, conversions where they went: the summary."""
        frames = []
        for table in self.tables:
            if table.name == "default":
                values = pl.DataFrame(
                    table.matrix.astype(np.int64), schema=[str(at) for at in range(self.runs + 1)], orient="row"
                )
                frames.append(
                    pl.concat(
                        [table.rows.with_columns(pl.col("pod", "sitetret", "measure").cast(pl.String)), values],
                        how="horizontal",
                    )
                )
        keys = ["provider", "pod", "sitetret", "measure"]
        summed = pl.concat(frames, how="diagonal").group_by(keys, maintain_order=True).sum().sort(keys)
        matrix = summed.drop(keys).to_numpy()
        there = matrix.any(axis=1)
        return summed.select(keys).filter(pl.Series(there)).with_columns(**summarised(matrix[there]))
