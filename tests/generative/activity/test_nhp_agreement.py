"""Within a run everything agrees; between blocks, workers and longer runs nothing changes."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import polars as pl
import pytest
from nhp_scenarios import made, scenario

from trigpoint.activity.nhp.parameters import Dataset
from trigpoint.activity.nhp.planning import plan_nhp
from trigpoint.activity.nhp.results import NhpRun
from trigpoint.activity.nhp.run import run_nhp

PLACE = ["provider", "pod", "sitetret", "measure"]


@pytest.fixture(scope="module")
def baseline() -> Any:
    return made(scale=0.02)[1]


@pytest.fixture(scope="module")
def run(baseline: Any) -> NhpRun:
    return run_nhp(baseline, scenario(), runs=40)


def totals(run: NhpRun, dataset: Dataset, name: str) -> dict[tuple[Any, ...], tuple[int, ...]]:
    table = run.table(dataset, name)
    values = pl.DataFrame(table.matrix.astype(np.int64), schema=[str(at) for at in range(run.runs + 1)], orient="row")
    sums = pl.concat([table.rows.select(PLACE), values], how="horizontal").group_by(PLACE).sum()
    return {row[:4]: row[4:] for row in sums.rows() if any(row[4:])}


@pytest.mark.parametrize(
    ("dataset", "name"),
    [(dataset, name) for dataset, names in {
        Dataset.INPATIENTS: ("sex+age_group", "age", "tretspef", "sex+tretspef_grouped", "tretspef+los_group",
                             "delivery_episode_in_spell"),
        Dataset.OUTPATIENTS: ("sex+age_group", "age", "tretspef", "sex+tretspef_grouped"),
        Dataset.EMERGENCY: ("sex+age_group", "age", "acuity", "attendance_category"),
    }.items() for name in names],
)  # fmt: skip
def test_every_table_of_a_run_has_the_same_totals(run: NhpRun, dataset: Dataset, name: str) -> None:
    assert totals(run, dataset, name) == totals(run, dataset, "default")


@pytest.mark.parametrize("dataset", list(Dataset))
def test_the_bridge_sums_to_the_result_bed_days_too(run: NhpRun, dataset: Dataset) -> None:
    """In every run, place and measure: baseline + parts = what the table says; nothing is left over."""
    bridge, table = run.bridge(dataset), totals(run, dataset, "default")
    values = pl.DataFrame(bridge.values, schema=[str(at) for at in range(run.runs)], orient="row")
    sums = pl.concat([bridge.rows.select(PLACE), values], how="horizontal").group_by(PLACE).sum()
    assert sums.height >= len(table)
    for row in sums.rows():
        assert np.allclose(row[4:], table.get(row[:4], (0,) * (run.runs + 1))[1:], rtol=0, atol=1e-6)


def test_chance_has_the_size_of_poisson_noise(run: NhpRun) -> None:
    """So the other parts hold all that is not noise: admissions and arrivals less chance are their expectation."""
    scores = []
    for dataset, measures in ((Dataset.INPATIENTS, ["admissions"]),
                              (Dataset.OUTPATIENTS, ["attendances", "tele_attendances"]),
                              (Dataset.EMERGENCY, ["ambulance", "walk-in"])):  # fmt: skip
        bridge = run.bridge(dataset)
        for place in bridge.rows.filter(pl.col("measure").is_in(measures)).select(PLACE).unique().sort(PLACE).rows():
            there = np.array([row == place for row in bridge.rows.select(PLACE).rows()])
            chance = there & (bridge.rows["change_factor"] == "chance").to_numpy()
            expected = bridge.values[there & ~chance].sum(axis=0)
            if chance.any() and expected.min() > 30:
                scores.extend(bridge.values[chance][0] / np.sqrt(expected))
    assert len(scores) > 1000
    assert abs(np.mean(scores)) < 4 / math.sqrt(len(scores))
    assert abs(np.std(scores) - 1) < 4 / math.sqrt(2 * len(scores))


def test_run_0_is_the_base_year_itself(run: NhpRun, baseline: Any) -> None:
    told = {
        row[:4]: row[4][0]
        for row in ((*key, value) for key, value in totals(run, Dataset.INPATIENTS, "default").items())
    }
    spells = baseline.inpatients.group_by("provider", "pod", "sitetret").agg(
        admissions=pl.len(), beddays=(pl.col("speldur") + 1).sum(), procedures=pl.col("has_procedure").sum()
    )
    for row in spells.iter_rows(named=True):
        for measure in ("admissions", "beddays", "procedures"):
            assert told.get((row["provider"], row["pod"], row["sitetret"], measure), 0) == row[measure]


@pytest.mark.parametrize("changed", [{"block": 3}, {"block": 40}, {"workers": 2}, {"workers": 3, "block": 5}])
def test_blocks_and_workers_change_nothing(run: NhpRun, baseline: Any, changed: dict[str, int]) -> None:
    again = run_nhp(baseline, scenario(), runs=40, **changed)
    assert all((one.values == two.values).all() for one, two in zip(run.tables, again.tables, strict=True))
    assert all(
        np.allclose(one.values, two.values, atol=1e-9) for one, two in zip(run.bridges, again.bridges, strict=True)
    )


def test_the_first_runs_of_more_are_the_same_and_another_seed_is_another_answer(run: NhpRun, baseline: Any) -> None:
    fewer, other = run_nhp(baseline, scenario(), runs=9), run_nhp(baseline, scenario(), runs=40, seed=12)
    assert all((one.values == two.values[..., :10]).all() for one, two in zip(fewer.tables, run.tables, strict=True))
    assert any((one.values != two.values).any() for one, two in zip(other.tables, run.tables, strict=True))


def test_planning_grain_follows_the_full_grain_and_its_workers_change_nothing(baseline: Any) -> None:
    """The same parameter draws: expectations agree run by run, so differences are Poisson's alone."""
    run, plans = run_nhp(baseline, scenario(), runs=60, bridge=False), plan_nhp(baseline, scenario(), runs=60)
    again = plan_nhp(baseline, scenario(), runs=60, workers=2)
    assert all((one.values == two.values).all() for one, two in zip(plans, again, strict=True))
    scores = []
    for plan in plans:
        full = run.table(plan.dataset, "default").values
        whole = plan.values.sum(axis=(1, 2, 3)).astype(float)
        for at, measure in enumerate(plan.measures):
            made_of = full[at, :, 1:].sum(axis=0).astype(float)
            if measure != "beddays":
                scores.extend((whole[at] - made_of) / np.sqrt(whole[at] + made_of))
    assert len(scores) == 300
    assert abs(np.mean(scores)) < 4 / math.sqrt(300)
    assert abs(np.std(scores) - 1) < 4 / math.sqrt(600)
