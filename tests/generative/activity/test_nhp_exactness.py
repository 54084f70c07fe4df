"""The pooled form has the distribution of the row-level model: against a slow implementation, with designed numbers."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

import numpy as np
import polars as pl
import pytest
from nhp_row_by_row import counted, inpatients, leaf_of, strategies_of
from nhp_scenarios import END, START, made, ratio_of, scenario

from trigpoint.activity.nhp.parameters import Dataset
from trigpoint.activity.nhp.results import NhpRun, NhpTable
from trigpoint.activity.nhp.run import run_nhp
from trigpoint.activity.nhp.sampling import sample

RUNS = 60
KEY = ["pod", "sitetret", "measure", "sex", "age_group"]


@pytest.fixture(scope="module")
def baseline() -> Any:
    return made()[1]


def by_key(table: NhpTable) -> dict[tuple[Any, ...], np.ndarray]:
    return dict(zip(table.rows.select(KEY).rows(), table.matrix[:, 1:].astype(float), strict=True))


def expectations(baseline: Any, kind: str, runs: int) -> tuple[NhpRun, list[Counter[Any]]]:
    parameters = scenario()
    table = baseline.outpatients if kind == "op" else baseline.emergencies
    sampled = sample(parameters, runs, parameters.seed)
    slow = []
    for run in range(runs):
        ratio = ratio_of(parameters.variants[int(sampled.variant[run])][0])
        slow.append(counted(table, kind, leaf_of(sampled, run), ratio, END - START, None))
    return run_nhp(baseline, parameters, runs=runs, bridge=False), slow


@pytest.mark.parametrize(
    ("dataset", "kind", "least"), [(Dataset.OUTPATIENTS, "op", 3000), (Dataset.EMERGENCY, "aae", 2000)]
)
def test_z_scores_of_every_cell_have_mean_0_and_deviation_1(
    baseline: Any, dataset: Dataset, kind: str, least: int
) -> None:
    """Given the drawn parameters each cell is Poisson about the row-level expectation, which each run has anew."""
    pooled, slow = expectations(baseline, kind, RUNS)
    found = by_key(pooled.table(dataset, "sex+age_group"))
    scores = [
        (found[key][run] - mean) / math.sqrt(mean)
        for run, expected in enumerate(slow)
        for key, mean in expected.items()
        if mean > 30
    ]
    number = len(scores)
    assert number >= least
    assert abs(np.mean(scores)) < 4 / math.sqrt(number)
    assert abs(np.std(scores) - 1) < 4 / math.sqrt(2 * number)
    assert np.mean(np.abs(scores) > 3) < 0.0027 + 4 * math.sqrt(0.0027 / number)


@pytest.mark.parametrize(("dataset", "kind"), [(Dataset.OUTPATIENTS, "op"), (Dataset.EMERGENCY, "aae")])
def test_row_level_runs_have_the_same_scores(baseline: Any, dataset: Dataset, kind: str) -> None:
    """The slow model's own runs, drawn row by row, so that the reference is a reference."""
    parameters = scenario(width=0.0, variants=(("principal", 1.0),))
    sampled, rng = sample(parameters, 1, parameters.seed), np.random.default_rng(3)
    table = baseline.outpatients if kind == "op" else baseline.emergencies
    setting = (table, kind, leaf_of(sampled, 0), ratio_of("principal"), END - START)
    expected = counted(*setting, None)
    rows = [counted(*setting, rng) for _ in range(20)]
    scores = [(row[key] - mean) / math.sqrt(mean) for row in rows for key, mean in expected.items() if mean > 30]
    assert len(scores) > 500
    assert abs(np.mean(scores)) < 4 / math.sqrt(len(scores))
    assert abs(np.std(scores) - 1) < 4 / math.sqrt(2 * len(scores))


def test_inpatients_have_the_means_and_variances_of_the_row_level_model(baseline: Any) -> None:
    """A fixed scenario, so that all runs are of one distribution: both models' moments in every pod and measure."""
    parameters = scenario(width=0.0, variants=(("high", 1.0),))
    sampled, rng, number = sample(parameters, 1, parameters.seed), np.random.default_rng(4), 150
    names = {
        family: set(parameters.strategies(family, Dataset.INPATIENTS))
        for family in ("activity_avoidance", "efficiencies")
    }
    avoidance = strategies_of(baseline.inpatients, baseline.avoidance, names["activity_avoidance"])
    efficiencies = strategies_of(baseline.inpatients, baseline.efficiencies, names["efficiencies"])
    setting = (
        baseline.inpatients,
        avoidance,
        efficiencies,
        parameters.kinds,
        leaf_of(sampled, 0),
        ratio_of("high"),
        END - START,
    )
    slow = [_by_pod(inpatients(*setting, rng)) for _ in range(number)]
    pooled = run_nhp(baseline, parameters, runs=1500, bridge=False).table(Dataset.INPATIENTS, "default")
    quick: Counter[Any] = Counter()
    for (_, pod, _, measure), runs in zip(pooled.rows.rows(), pooled.matrix[:, 1:].astype(float), strict=True):
        quick[pod, measure] = quick[pod, measure] + runs
    keys = sorted({key for run in slow for key in run})
    assert {key[0] for key in keys} >= {"op_procedure", "aae_type-05", "ip_elective_daycase"}
    compared = []
    for key in keys:
        row = np.array([run[key] for run in slow], dtype=float)
        error = math.sqrt(row.var() / number + quick[key].var() / 1500)
        compared.append((row.mean() - quick[key].mean()) / error)
        if row.mean() > 30:
            assert 0.6 < row.var() / quick[key].var() < 1.6, key
    assert len(compared) >= 14
    assert max(abs(score) for score in compared) < 4
    assert np.std(compared) < 1.8


def _by_pod(found: Counter[Any]) -> Counter[Any]:
    sums: Counter[Any] = Counter()
    for key, value in found.items():
        sums[key[0], key[2]] += value
    return sums


def test_lengths_of_stay_have_the_frequencies_of_the_binomial() -> None:
    """One spell of 4 nights repeated: what is left in each group of lengths is a Poisson of its own."""
    trust, _ = made()
    row = trust.inpatients.filter((pl.col("speldur") == 4) & (pl.col("group") == "non-elective")).head(1)
    rows = pl.concat([row.with_columns(rn=pl.lit(at).cast(pl.Int64)) for at in range(100)])
    given = pl.DataFrame({"rn": range(100), "strategy": ["emergency_elderly"] * 100, "sample_rate": [1.0] * 100})
    _, baseline = made(inpatients=rows, outpatients=None, emergencies=None, avoidance=None, efficiencies=given,
                       population=None, births=None)  # fmt: skip
    fixed = scenario(width=0.0)
    leaves = {path: leaf for path, leaf in fixed.leaves.items() if path[:2] == ("efficiencies", "ip")}
    phi = leaves["efficiencies", "ip", "emergency_elderly"].middle
    run = run_nhp(baseline, scenario(width=0.0, leaves=leaves), runs=800)
    table = run.table(Dataset.INPATIENTS, "tretspef+los_group")
    rows_of = table.rows.filter(pl.col("measure") == "admissions")
    for nights, group in enumerate(("0 days", "1 day", "2 days", "3 days", "4-7 days")):
        expected = 100 * math.comb(4, nights) * phi**nights * (1 - phi) ** (4 - nights)
        at = rows_of["los_group"].to_list().index(group)
        made_of = table.values[0, at, 1:]
        assert abs(made_of.mean() - expected) < 4 * math.sqrt(expected / 800)
        if expected > 0.5:
            assert abs(made_of.var() / expected - 1) < 4 * math.sqrt((2 + 1 / expected) / 800)
