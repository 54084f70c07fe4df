"""A run of a New Hospital Programme's scenario as tables and as JSON: activity, and what makes the difference."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from trigpoint.activity.nhp.parameters import Dataset
from trigpoint.activity.nhp.results import BASELINE, CHANCE, NhpRun
from trigpoint.reports.activity.words import between, change, number, signed
from trigpoint.reports.blocks import Table

MOST_STRATEGIES = 8
_DATASETS = {Dataset.INPATIENTS: "In-patients", Dataset.OUTPATIENTS: "Out-patients", Dataset.EMERGENCY: "A&E"}


def totals(run: NhpRun) -> pl.DataFrame:
    """Activity by point of delivery and measure over all providers and sites, run by run, summarised."""
    from trigpoint.activity.nhp.results import summarised  # noqa: PLC0415 - beside its use

    frames = []
    for table in run.tables:
        if table.name == "default":
            values = pl.DataFrame(
                table.matrix.astype("int64"), schema=[str(at) for at in range(run.runs + 1)], orient="row"
            )
            frames.append(
                pl.concat([table.rows.select(pl.col("pod", "measure").cast(pl.String)), values], how="horizontal")
            )
    summed = pl.concat(frames).group_by("pod", "measure", maintain_order=True).sum().sort("pod", "measure")
    matrix = summed.drop("pod", "measure").to_numpy()
    there = matrix.any(axis=1)
    return summed.select("pod", "measure").filter(pl.Series(there)).with_columns(**summarised(matrix[there]))


def nhp_tables(run: NhpRun) -> Iterator[Table]:
    """Activity by point of delivery with its interval; then the bridge of each kind of activity."""
    rows = []
    for row in totals(run).iter_rows(named=True):
        interval = between(row["p10"], row["p90"])
        told = (number(row["baseline"]), number(row["mean"]), interval, change(row["mean"], row["baseline"]))
        rows.append((row["pod"], row["measure"].replace("_", " "), *told))
    headers = ("Point of delivery", "Measure", f"{run.parameters.start_year}", f"{run.parameters.end_year}",
               "80% interval", "Change")  # fmt: skip
    yield Table("Activity by point of delivery", headers, tuple(rows), (28, 16, 12, 12, 22, 10))
    for bridge in run.bridges:
        yield _bridge_table(run, bridge.dataset)


def _bridge(run: NhpRun, dataset: Dataset) -> pl.DataFrame:
    """Mean of each part by measure, over all places."""
    told = run.bridge(dataset).summary().with_columns(pl.col("measure", "change_factor", "strategy").cast(pl.String))
    keys = ["measure", "change_factor", "strategy"]
    return told.group_by(keys, maintain_order=True).agg(pl.col("mean").sum())


def _bridge_table(run: NhpRun, dataset: Dataset) -> Table:
    """The steps by measure: growth one by one, the largest strategies, the rest together, chance, the sum."""
    parts = _bridge(run, dataset)
    measures = parts["measure"].unique(maintain_order=True).to_list()
    steps: dict[tuple[str, str], dict[str, float]] = {}
    for row in parts.iter_rows(named=True):
        key = (row["change_factor"], row["strategy"] or "")
        steps.setdefault(key, {})[row["measure"]] = row["mean"]
    strategies = sorted((key for key in steps if key[1] and key[1] != "-"), key=lambda key: -_size(steps[key]))
    small = strategies[MOST_STRATEGIES:]
    rows = [(_name(key), *_cells(key, steps[key], measures)) for key in steps if key not in small and key[0] != CHANCE]
    if small:
        rest = {measure: sum(steps[key].get(measure, 0.0) for key in small) for measure in measures}
        rows.append((f"{len(small)} more strategies", *_cells(small[0], rest, measures)))
    chance = [key for key in steps if key[0] == CHANCE]
    rows += [("Chance of the runs", *_cells(key, steps[key], measures)) for key in chance]
    sums = {measure: sum(step.get(measure, 0.0) for step in steps.values()) for measure in measures}
    rows.append(("Result", *(number(sums[measure]) for measure in measures)))
    name = _DATASETS[dataset]
    return Table(
        f"{name}: what makes the difference", ("Step", *(one.replace("_", " ") for one in measures)), tuple(rows)
    )


def _size(step: dict[str, float]) -> float:
    return max(abs(value) for value in step.values())


def _cells(key: tuple[str, str], step: dict[str, float], measures: list[str]) -> list[str]:
    told = number if key[0] == BASELINE else signed
    return [told(step[measure]) if measure in step else "–" for measure in measures]


def _name(key: tuple[str, str]) -> str:
    factor, strategy = key
    if factor == BASELINE:
        return "Baseline"
    words = strategy if strategy and strategy != "-" else factor
    return words.replace("_", " ").capitalize()


def nhp_answer(run: NhpRun) -> dict[str, Any]:
    """The run as JSON has it: activity by place, totals, bridge, seed and runs; unrounded."""
    return {
        "start_year": run.parameters.start_year,
        "end_year": run.parameters.end_year,
        "activity": run.default().to_dicts(),
        "totals": totals(run).to_dicts(),
        "bridge": [{"dataset": one.dataset.value} | row for one in run.bridges
                   for row in _bridge(run, one.dataset).to_dicts()],
        "seed": run.seed,
        "runs": run.runs,
    }  # fmt: skip


def made_with(run: NhpRun) -> str:
    """One sentence on the run."""
    named = " ".join(part for part in (run.parameters.dataset, run.parameters.scenario) if part)
    return f"{f'{named}: ' if named else ''}{run.runs:,} runs, seed {run.seed}; the mean of the runs, and P10 to P90."
