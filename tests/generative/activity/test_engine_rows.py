"""The pooled model against a row-level one: every record repeated and thinned by itself, as record-level models do.

Given the parameters, a sum of Poisson counts that are thinned is a Poisson count: outputs of the two must have one
distribution. Here a loop over records is the reference, and the z scores of many outputs are compared.
"""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from trigpoint.activity.assumptions.filters import Asked, Condition, Filter
from trigpoint.activity.assumptions.growth import Growth, GrowthForm, GrowthKind
from trigpoint.activity.assumptions.scheme import Effect, Scheme
from trigpoint.activity.assumptions.uncertain import Uncertain
from trigpoint.activity.book.book import COUNTS, ActivityBook, Settings, Total
from trigpoint.activity.results.run import ActivityRun
from trigpoint.activity.simulation.noise import noise
from trigpoint.activity.simulation.run import run_model
from trigpoint.periods import FinancialYear

YEAR = FinancialYear(2017)
SPECIALTIES = [str(100 + at) for at in range(12)]
OLD = Filter((Condition("age", Asked.AT_LEAST, ("65",)),))
FRAIL = Filter((Condition("frail", Asked.IN, ("1",)),))
GROWTH = (
    Growth("all", GrowthKind.TREND, GrowthForm.RATE, Uncertain(0.03)),
    Growth("old", GrowthKind.DEMOGRAPHIC, GrowthForm.CHANGE, Uncertain(0.20), OLD),
)
SCHEMES = (
    Scheme("frail", Effect.SHARE, Uncertain(0.40), FRAIL),
    Scheme("older", Effect.SHARE, Uncertain(0.25), OLD, cohort=0.5),
)


def records(seed: int, rows: int) -> pl.DataFrame:
    rng = np.random.default_rng(seed)
    return pl.DataFrame(
        {
            "provider": ["RNA"] * rows,
            "pod": ["EL"] * rows,
            "specialty": rng.choice(SPECIALTIES, rows),
            "age": rng.integers(0, 95, rows).astype(np.int32),
            "frail": rng.choice(["0", "1"], rows, p=[0.8, 0.2]),
        }
    )


def run_of(frame: pl.DataFrame) -> ActivityRun:
    """The pooled model, everything certain: its draws are nothing but expected values."""
    book = ActivityBook(
        Settings(FinancialYear(2016), (YEAR,), output_by=("specialty",), noise=False),
        pl.DataFrame(schema=COUNTS),
        (Total("RNA", "EL", Uncertain(float(frame.height))),),
        frame.with_columns(pl.lit(1.0).alias("weight")),
        GROWTH,
        SCHEMES,
    )
    return run_model(book, draws=40)


def rows_simulated(frame: pl.DataFrame, rng: np.random.Generator) -> dict[str, int]:
    """One run, record by record: how often each comes again, and how many of these are kept."""
    kept = dict.fromkeys(SPECIALTIES, 0)
    for row in frame.iter_rows(named=True):
        factor = 1.03 * (1.20 if row["age"] >= 65 else 1.0)
        stays = (0.60 if row["frail"] == "1" else 1.0) * (1 - 0.5 * 0.25 if row["age"] >= 65 else 1.0)
        again = rng.poisson(factor)
        kept[row["specialty"]] += rng.binomial(again, stays)
    return kept


def test_row_level_runs_scatter_about_the_pooled_expectation_as_poisson_counts_do() -> None:
    scores = []
    for seed in range(4):
        frame = records(seed, 1_500)
        expected = {one.key.detail[0]: one.annual_do_something.mean[0] for one in run_of(frame).series}
        rng = np.random.default_rng(1_000 + seed)
        for _ in range(25):
            for specialty, count in rows_simulated(frame, rng).items():
                scores.append((count - expected[specialty]) / expected[specialty] ** 0.5)
    # 1,200 scores: the mean has a standard error of 0.03, the standard deviation one of 0.02.
    assert np.mean(scores) == pytest.approx(0, abs=0.11)
    assert np.std(scores) == pytest.approx(1, abs=0.08)


def test_the_noise_of_the_pooled_model_has_the_distribution_of_the_rows() -> None:
    frame = records(9, 600)
    expected = {one.key.detail[0]: one.annual_do_something.mean[0] for one in run_of(frame).series}
    rng = np.random.default_rng(5)
    rows = np.array([list(rows_simulated(frame, rng).values()) for _ in range(200)])
    for at, specialty in enumerate(SPECIALTIES):
        pooled = noise(1, ("RNA", "EL", specialty), None, 1, 4_000).counts(np.full((1, 4_000), expected[specialty]))
        error = (expected[specialty] * (1 / 200 + 1 / 4_000)) ** 0.5
        assert rows[:, at].mean() == pytest.approx(pooled.mean(), abs=4.5 * error)
        assert rows[:, at].std() == pytest.approx(pooled.std(), rel=0.25)


def test_the_errors_of_a_runs_bands_are_no_less_than_what_seeds_scatter_by() -> None:
    frame = records(2, 300)
    rate = Growth("all", GrowthKind.TREND, GrowthForm.RATE, Uncertain(0.03))
    wide = Uncertain(0.1, 0.0, 0.2)
    book = ActivityBook(
        Settings(FinancialYear(2016), (YEAR,)),
        pl.DataFrame(schema=COUNTS),
        (Total("RNA", "EL", Uncertain(5_000.0)),),
        frame.with_columns(pl.lit(1.0).alias("weight")),
        (rate,),
        (Scheme("one", Effect.SHARE, wide, FRAIL, delivery=0.5),),
    )
    runs = [run_model(book, draws=500, seed=seed).pods[0].annual_do_something for seed in range(80)]
    for name in ("p10", "p90"):
        scatter = np.std([getattr(one, name)[0] for one in runs])
        said = np.mean([getattr(one, f"{name}_error")[0] for one in runs])
        assert said == pytest.approx(scatter, rel=0.3)
