"""Streams, bands, noise and shapes of the activity engine, each against what theory says of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from scipy.special import pdtr

from trigpoint.activity.assumptions.filters import Asked, Condition, Filter
from trigpoint.activity.assumptions.growth import Growth, GrowthForm, GrowthKind
from trigpoint.activity.assumptions.matching import matching
from trigpoint.activity.assumptions.uncertain import Distribution, Uncertain
from trigpoint.activity.book.book import COUNTS, ActivityBook, PodName, Settings, Total
from trigpoint.activity.book.reading import read_texts
from trigpoint.activity.outturn.arrays import month_days, month_working_days
from trigpoint.activity.simulation import series_draws
from trigpoint.activity.simulation.bands import quantiles
from trigpoint.activity.simulation.baseline import baselines
from trigpoint.activity.simulation.decomposition import logarithm, mean_weight
from trigpoint.activity.simulation.noise import level_of, noise
from trigpoint.activity.simulation.probabilities import probabilities, uniforms
from trigpoint.activity.simulation.run import run_model
from trigpoint.activity.simulation.scatter import Scatter
from trigpoint.errors import InputError
from trigpoint.periods import FinancialYear, Month
from trigpoint.streams import stream

BASE = FinancialYear(2016)
SETTINGS = 'base_year = "2016/17"\nyears = ["2017/18"]\n'


def test_streams_are_the_same_on_every_machine_and_differ_by_name_and_seed() -> None:
    assert stream(1, "a").integers(0, 1_000_000, 3).tolist() == stream(1, "a").integers(0, 1_000_000, 3).tolist()
    kept = [round(float(one), 9) for one in stream(2017, "assumption", "iham").random(2)]
    assert kept == [0.477165293, 0.934151836]
    assert (uniforms(1, ("a",), 50) != uniforms(1, ("b",), 50)).all()
    assert (uniforms(1, ("a",), 50) != uniforms(2, ("a",), 50)).all()
    assert sorted((50 * uniforms(1, ("a",), 50)).astype(int)) == list(range(50)), "one in each strip"
    assert uniforms(1, ("ab", "c"), 5).tolist() != uniforms(1, ("a", "bc"), 5).tolist()


def test_a_group_correlates_and_each_stays_uniform() -> None:
    first = probabilities(3, "first", "all", 0.36, 50_000)
    second = probabilities(3, "second", "all", 0.36, 50_000)
    assert np.quantile(first, [0.1, 0.5, 0.9]) == pytest.approx([0.1, 0.5, 0.9], abs=0.01)
    # A normal correlation of ρ is one of 6/π asin(ρ/2) between the uniforms.
    assert np.corrcoef(first, second)[0, 1] == pytest.approx(6 / np.pi * np.arcsin(0.18), abs=0.02)


@pytest.mark.parametrize("probability", [0.1, 0.5, 0.9])
def test_the_error_of_a_quantile_is_what_repeated_draws_scatter_by(probability: float) -> None:
    numbers = np.sort(np.random.default_rng(1).lognormal(0, 0.3, (600, 1_000)), axis=1)
    values, errors = quantiles(numbers, probability)
    assert errors.mean() == pytest.approx(values.std(), rel=0.12)


@pytest.mark.parametrize(("mean", "dispersion"), [(3.0, 0.0), (3.0, 0.2), (140.0, 0.0), (5_000.0, 0.001), (90.0, 0.05)])
def test_noise_has_the_mean_and_variance_of_a_negative_binomial(mean: float, dispersion: float) -> None:
    factor = level_of(1, ("RNA", "EL"), Scatter(dispersion), 0.0, 1, 200_000)
    drawn = noise(1, ("RNA", "EL"), factor, 1, 200_000).counts(np.full((1, 200_000), mean))
    variance = mean + dispersion * mean**2
    assert drawn.mean() == pytest.approx(mean, abs=5 * (variance / 200_000) ** 0.5)
    assert drawn.var() == pytest.approx(variance, rel=0.025)


def test_noise_of_many_is_poisson_in_its_tails_too() -> None:
    drawn = noise(4, ("RNA",), None, 1, 200_000).counts(np.full((1, 200_000), 120.0))
    for limit in (100, 110, 120, 130, 145):
        assert (drawn < limit + 0.5).mean() == pytest.approx(float(pdtr(limit, 120.0)), abs=0.004)


def test_do_nothing_and_do_something_share_their_chance() -> None:
    chance = noise(1, ("RNA",), level_of(1, ("RNA",), Scatter(0.01), 0.0, 12, 100), 12, 100)
    more, less = chance.counts(np.full((12, 100), 1_000.0)), chance.counts(np.full((12, 100), 900.0))
    assert np.corrcoef(more.ravel(), less.ravel())[0, 1] > 0.999


def monthly(level: float, dispersion: float, years: int, seed: int) -> pl.DataFrame:
    rng = np.random.default_rng(seed)
    rows = []
    for at in range(12 * years):
        month = Month(2017 - years, 4) + at
        mean = level * (1 + 0.1 * np.sin(2 * np.pi * at / 12))
        rows.append(("RNA", "EL", month.start, float(rng.poisson(mean * rng.gamma(1 / dispersion, dispersion)))))
    return pl.DataFrame(rows, schema=COUNTS, orient="row")


def test_dispersion_is_found_again_in_the_months_of_the_past() -> None:
    settings = Settings(BASE, (BASE + 1,), months_known=12)
    found = []
    for seed in range(60):
        (one,) = baselines(ActivityBook(settings, monthly(2_000, 0.002, 3, seed))).series
        found.append(one.shape.dispersion)
    assert np.mean(found) == pytest.approx(0.002, rel=0.2)


def test_without_whole_years_months_follow_their_days_and_the_scatter_is_unknown() -> None:
    total = Total("RNA", "EL", Uncertain(1_000.0))
    book = ActivityBook(Settings(BASE, (BASE + 1,)), pl.DataFrame(schema=COUNTS), (total,))
    (one,) = baselines(book).series
    year = BASE + 1
    assert one.shape.months[0] == pytest.approx(month_days(year) / month_days(year).sum())
    assert one.shape.dispersion is None
    (one,) = baselines(replace(book, pods=(PodName("EL", "Elective", days="working"),))).series
    assert one.shape.months[0] == pytest.approx(month_working_days(year) / month_working_days(year).sum())
    assert any("Poisson" in str(told) for told in run_model(book, draws=50).warnings)


def test_a_season_of_the_past_is_that_of_the_plan_and_sums_to_one() -> None:
    rows = [("RNA", "EL", month.start, 200.0 if month.number == 12 else 100.0)
            for year in (BASE - 1, BASE) for month in year.months]  # fmt: skip
    book = ActivityBook(Settings(BASE, (BASE + 1, BASE + 2)), pl.DataFrame(rows, schema=COUNTS, orient="row"))
    (one,) = baselines(book).series
    assert one.shape.months.sum(axis=1) == pytest.approx([1, 1])
    assert one.shape.months[0][8] / one.shape.months[0][9] == pytest.approx(2, rel=1e-9)


def test_months_after_the_known_ones_are_not_looked_at() -> None:
    counts = monthly(1_000, 0.001, 3, 1)
    early = counts.filter(pl.col("month") < Month(2016, 9).start)
    known = ActivityBook(Settings(BASE, (BASE + 1,), months_known=5), early)
    all_of_them = replace(known, counts=counts)
    one, other = run_model(known, draws=100), run_model(all_of_them, draws=100)
    assert (one.pods[0].do_something.p90 == other.pods[0].do_something.p90).all()


def test_the_outturn_has_the_interval_of_its_forecast_and_the_mean_of_its_draws_is_the_forecast() -> None:
    book = ActivityBook(Settings(BASE, (BASE + 1,), months_known=5, noise=False), monthly(1_000, 0.001, 4, 2))
    run = run_model(book, draws=20_000)
    likely = run.outturns[0].likely
    drawn = run.draws_of["EL"][0]
    assert np.log(np.quantile(drawn, [0.1, 0.9]) / run.outturns[0].value) == pytest.approx(
        np.log(np.array([likely.low, likely.high]) / run.outturns[0].value), abs=0.002
    )
    assert run.bridge[0].value == pytest.approx(run.outturns[0].value, rel=1e-12)


def test_series_share_the_shock_of_a_year() -> None:
    frame = monthly(1_000, 0.001, 4, 2)
    both = pl.concat([frame, frame.with_columns(pl.lit("RWP").alias("provider"), pl.col("value") + 1)])
    book = ActivityBook(Settings(BASE, (BASE + 1,), months_known=5, noise=False), both)
    run = run_model(book, draws=20_000)
    one, other = (each.likely for each in run.outturns)
    own, common = one.own / 1.2816, one.common / 1.2816
    values = [each.value for each in run.outturns]
    variance = (values[0] * own) ** 2 + (values[1] * other.own / 1.2816) ** 2 + (sum(values) * common) ** 2
    assert run.draws_of["EL"][0].std() == pytest.approx(variance**0.5, rel=0.05)


def test_the_size_of_a_part_changes_no_digit(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(3)
    cells = pl.DataFrame(
        {
            "provider": ["RNA"] * 300,
            "pod": ["EL"] * 300,
            "specialty": rng.choice(["100", "101", "110"], 300),
            "age": rng.integers(0, 90, 300),
            "weight": rng.gamma(1.0, 2.0, 300),
        }
    )
    growth = tuple(
        Growth(str(at), GrowthKind.OTHER, GrowthForm.RATE, Uncertain(0.02, 0.0, 0.04, distribution=Distribution.NORMAL),
               Filter((Condition("age", Asked.AT_LEAST, (str(at * 10),)),)))
        for at in range(8)
    )  # fmt: skip
    settings = Settings(BASE, (BASE + 1,), output_by=("specialty",))
    book = ActivityBook(settings, pl.DataFrame(schema=COUNTS), (Total("RNA", "EL", Uncertain(9_000.0)),), cells, growth)
    whole = run_model(book, draws=333)
    monkeypatch.setattr(series_draws, "_BYTES", 1)
    parts = run_model(book, draws=333)
    assert (whole.draws_of["EL"] == parts.draws_of["EL"]).all()
    for one, other in zip(whole.series, parts.series, strict=True):
        assert (one.do_something.p10 == other.do_something.p10).all()
    assert [one.value for one in whole.bridge] == [one.value for one in parts.bridge]


def test_logarithmic_means_sum_to_the_change_whatever_the_factors() -> None:
    factors = np.array([[1.2, 1.0, 0.0, 2.0, 1 + 1e-13, 1.0], [0.7, 1.0, 0.5, 0.5, 1.0, 1 - 1e-10]])
    logs = logarithm(factors)
    parts = logs * mean_weight(factors.prod(axis=0), logs.sum(axis=0))
    assert parts.sum(axis=0) == pytest.approx(factors.prod(axis=0) - 1, abs=1e-12)
    assert (parts[:, 1] == 0).all()


def test_a_filter_compares_numbers_and_text_and_knows_what_is_missing() -> None:
    cells = pl.DataFrame({"pod": ["EL", "NEL", None], "age": [10, None, 80]})

    def found(attribute: str, test: Asked, *values: str) -> list[bool]:
        return matching(cells, Filter((Condition(attribute, test, values),))).tolist()

    assert found("age", Asked.AT_MOST, "10") == [True, False, False]
    assert found("age", Asked.IN, "80") == [False, False, True]
    assert found("pod", Asked.NOT_IN, "EL") == [False, True, True]
    assert found("pod", Asked.IN, "el", "Nel") == [True, True, False]
    with pytest.raises(InputError, match="no number"):
        found("age", Asked.AT_LEAST, "old")
    with pytest.raises(InputError, match="the attributes there are: pod and age"):
        found("specialty", Asked.IN, "300")


def test_a_run_says_itself_in_a_line_and_as_a_frame() -> None:
    book = read_texts({"totals.csv": "pod,outturn\nA&E,1200\n", "settings.toml": SETTINGS}).book
    assert book is not None
    run = run_model(book, draws=50)
    assert repr(run) == "ActivityRun(As planned, 1 point of delivery, 2017/18, 50 draws, seed 2017)"
    frame = run.frame()
    assert frame.height == 12
    assert frame["fot"].sum() == pytest.approx(1_200)
    with pytest.raises(InputError, match="it takes pod, year"):
        run.picture("bridge")


def test_percentiles_of_what_may_not_happen_are_numbers_that_come() -> None:
    scheme = "id,pod,effect,value,probability\na,A&E,number avoided,60,90%\n"
    texts = {"totals.csv": "pod,outturn\nA&E,1200\n", "settings.toml": SETTINGS, "schemes.csv": scheme}
    book = read_texts(texts).book
    assert book is not None
    made = run_model(book, draws=1_000).schemes[0]
    assert (made.p10, made.p90) == pytest.approx((-60, -60))
    assert made.stated == pytest.approx(-60)
