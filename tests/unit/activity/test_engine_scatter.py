"""How months scatter: found again in made worlds, shared where it is shared, and whole when it is told in parts."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest

from trigpoint.activity.assumptions.filters import Asked, Condition, Filter
from trigpoint.activity.assumptions.growth import Growth, GrowthForm, GrowthKind
from trigpoint.activity.assumptions.uncertain import Uncertain
from trigpoint.activity.book.book import COUNTS, ActivityBook, Settings
from trigpoint.activity.simulation.baseline import Series, baselines
from trigpoint.activity.simulation.noise import level_of, noise, shared_of
from trigpoint.activity.simulation.run import run_model
from trigpoint.activity.simulation.scatter import Scatter
from trigpoint.periods import FinancialYear, Month

BASE = FinancialYear(2018)
SEASON = 1 + 0.08 * np.sin(2 * np.pi * np.arange(12) / 12)


def world(
    series: int, years: int, *, own: float, common: float = 0.0, carry: float = 0.0, apart: float = 0.0, seed: int = 1,
    level: float = 3_000.0, known: int = 12,
) -> pl.DataFrame:  # fmt: skip
    """Counts of series with a season (``apart`` from each other by so much), months that scatter by ``own`` and
    ``common`` standard deviations and carry on from one to the next; ``years`` of them up to the base year."""
    rng = np.random.default_rng(seed)
    months = 12 * years

    def chain(rows: int, size: float) -> np.ndarray:
        made = rng.standard_normal((rows, months))
        for at in range(1, months):
            made[:, at] = carry * made[:, at - 1] + np.sqrt(1 - carry**2) * made[:, at]
        return np.asarray(size * made)

    scatter = chain(series, own) + chain(1, common)
    seasons = np.tile(SEASON * np.exp(apart * rng.standard_normal((series, 12))), (1, years))
    counts = rng.poisson(level * seasons * np.exp(scatter)).astype(float)
    first = Month(BASE.first - years + 1, 4)
    rows = [
        (f"R{at:02}", "EL", (first + month).start, counts[at, month])
        for at in range(series)
        for month in range(months - 12 + known)
    ]
    return pl.DataFrame(rows, schema=COUNTS, orient="row")


def series_of(frame: pl.DataFrame, known: int = 12) -> tuple[Series, ...]:
    return baselines(ActivityBook(Settings(BASE, (BASE + 1,), months_known=known), frame)).series


def mean_of(of: Callable[[Scatter], float], **made: float) -> float:
    found = [
        one.shape.scatter
        for seed in range(20)
        for one in series_of(world(12, 4, seed=seed, **made))  # type: ignore[arg-type]
    ]
    return float(np.mean([of(one) for one in found if one is not None]))


@pytest.mark.parametrize("carry", [0.0, 0.6])
def test_scatter_is_found_again_in_worlds_whose_months_carry_on(carry: float) -> None:
    # Measured about the level of each year it would be a quarter too small where months carry on.
    assert mean_of(lambda one: one.dispersion, own=0.04, carry=carry) == pytest.approx(0.04**2, rel=0.1)
    assert mean_of(lambda one: one.carry, own=0.04, carry=carry) == pytest.approx(carry, abs=0.08)


def test_what_all_series_have_in_a_month_is_told_from_what_is_their_own() -> None:
    assert mean_of(lambda one: one.common, own=0.03, common=0.03) == pytest.approx(0.5, abs=0.12)
    assert mean_of(lambda one: one.common, own=0.03) < 0.05


def test_one_series_alone_and_one_year_know_no_scatter_and_the_first_months_of_a_second_do() -> None:
    assert series_of(world(1, 1, own=0.03))[0].shape.scatter is None
    found = [
        series_of(world(8, 2, own=0.03, carry=0.5, seed=seed, known=5), 5)[0].shape.dispersion for seed in range(30)
    ]
    assert np.mean([one or 0.0 for one in found]) == pytest.approx(0.03**2, rel=0.35)


def test_a_series_with_a_short_past_takes_the_scatter_of_the_others() -> None:
    frame = world(8, 4, own=0.03)
    short = frame.filter((pl.col("provider") != "R00") | (pl.col("month") >= Month(2018, 4).start))
    one, other, *_ = series_of(short)
    assert one.shape.dispersion == pytest.approx(0.03**2, rel=0.4)
    assert one.shape.season > 0
    assert other.shape.season > 0


def test_months_of_a_draw_correlate_as_scatter_says_and_have_its_variance() -> None:
    shared = shared_of(5, "EL", 0.6, 24, 20_000)
    one, other = (level_of(5, (code, "EL"), Scatter(0.01, 0.3, 0.6), 0.0, 24, 20_000, shared) for code in ("R1", "R2"))
    assert one is not None
    assert other is not None
    assert one.mean() == pytest.approx(1, abs=0.002)
    assert one.var(axis=1) == pytest.approx(np.full(24, 0.01), rel=0.06)
    assert np.corrcoef(one[3], one[4])[0, 1] == pytest.approx(0.6, abs=0.02)
    assert np.corrcoef(one[3], one[5])[0, 1] == pytest.approx(0.36, abs=0.03)
    assert np.corrcoef(one[7], other[7])[0, 1] == pytest.approx(0.3, abs=0.03)


def test_the_error_of_a_season_comes_again_every_year_and_leaves_the_year_as_it_is() -> None:
    made = level_of(5, ("R1", "EL"), Scatter(0.0), 0.0009, 24, 4_000)
    assert made is not None
    assert (made[:12] == made[12:]).all()
    assert made[:12].mean(axis=0) == pytest.approx(np.ones(4_000))
    assert made[3].std() == pytest.approx(0.03, rel=0.08)


def test_a_series_told_by_specialty_has_the_band_of_the_series() -> None:
    """The scatter was measured on the whole, so parts share it: with a scatter each of their own it would cancel."""
    frame = world(1, 4, own=0.05)
    parts = pl.concat([frame.with_columns(pl.lit(name).alias("specialty"), pl.col("value") / 4) for name in "abcd"])
    whole = run_model(ActivityBook(Settings(BASE, (BASE + 1,), months_known=12), frame), draws=4_000)
    told = run_model(
        ActivityBook(Settings(BASE, (BASE + 1,), months_known=12, output_by=("specialty",)), parts), draws=4_000
    )
    assert len(told.series) == 4
    width = [float((run.pods[0].do_nothing.p90 - run.pods[0].do_nothing.p10).mean()) for run in (whole, told)]
    assert width[1] == pytest.approx(width[0], rel=0.03)


@pytest.mark.parametrize(("years", "known", "series"), [(2, 12, 10), (4, 12, 10), (4, 12, 1), (2, 5, 10)])
def test_eight_months_in_ten_of_a_next_year_lie_within_their_bands(years: int, known: int, series: int) -> None:
    """Worlds with seasons of their own, shared and lasting scatter; the year's level given as it truly is."""
    inside: list[float] = []
    for seed in range(16):
        frame = world(series, years + 1, own=0.03, common=0.015, carry=0.5, apart=0.03, seed=seed)
        shifted = frame.with_columns(pl.col("month").dt.offset_by("12mo"))
        past = shifted.filter(pl.col("month") < BASE.months[known - 1].end)
        coming = shifted.filter(pl.col("month") >= (BASE + 1).start)
        levels = shifted.group_by("provider", pl.col("month").dt.offset_by("-3mo").dt.year().alias("year")).agg(
            pl.col("value").sum()
        )
        total = {(row[0], row[1]): row[2] for row in levels.iter_rows()}
        growth = tuple(
            Growth(code, GrowthKind.TREND, GrowthForm.RATE, Uncertain(total[code, 2019] / total[code, 2018] - 1),
                   where=Filter((Condition("provider", Asked.IN, (code,)),)))
            for code in past.get_column("provider").unique().sort()
        )  # fmt: skip
        book = ActivityBook(Settings(BASE, (BASE + 1,), months_known=known), past, growth=growth)
        for one in run_model(book, draws=400).series:
            seen = coming.filter(pl.col("provider") == one.key.provider).sort("month").get_column("value").to_numpy()
            band = one.do_nothing
            inside += ((band.p10 <= seen) & (seen <= band.p90)).tolist()
    assert 0.75 < np.mean(inside) < 0.93


def test_a_pandemic_in_the_past_is_in_neither_the_season_nor_the_scatter() -> None:
    frame = world(8, 5, own=0.02)
    spring = (pl.col("month") >= Month(2016, 4).start) & (pl.col("month") < Month(2016, 7).start)
    fallen = frame.with_columns(pl.when(spring).then(pl.col("value") * 0.5).otherwise("value"))
    for usual, after in zip(series_of(frame), series_of(fallen), strict=True):
        assert after.shape.months[0] == pytest.approx(usual.shape.months[0], rel=0.025)
    found = [one.shape.dispersion or 0.0 for one in series_of(fallen)]
    assert np.mean(found) == pytest.approx(0.02**2, rel=0.35), "a fall by half would make it fifty times as large"


def test_the_chance_of_counts_alone_needs_no_past() -> None:
    drawn = noise(1, ("RNA", "EL"), None, 1, 100_000).counts(np.full((1, 100_000), 900.0))
    assert drawn.var() == pytest.approx(900, rel=0.03)
