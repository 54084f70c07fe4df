"""Parts of a difference against a slow obvious calculation, and laws of the whole."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.activity.assumptions.filters import Asked, Condition, Filter
from trigpoint.activity.assumptions.growth import Growth, GrowthForm, GrowthKind
from trigpoint.activity.assumptions.scheme import Effect, Scheme
from trigpoint.activity.assumptions.uncertain import Uncertain
from trigpoint.activity.book.book import ActivityBook, PodName, Settings
from trigpoint.activity.monitor import Part, monitor
from trigpoint.activity.monitor.ahead import usual_counts
from trigpoint.activity.monitor.parts import Compared, band_to_date, parts_of
from trigpoint.activity.simulation.run import run_model
from trigpoint.periods import FinancialYear, Month

sizes = st.floats(0.01, 1e6)
factors = st.floats(0.5, 2.0)
compared = st.builds(
    Compared,
    plan=st.one_of(st.just(0.0), sizes),
    actual=st.one_of(st.just(0.0), sizes),
    baseline=factors,
    days=factors,
    schemes=factors,
)


def slow(series: Sequence[Compared]) -> list[dict[Part, float]]:
    """The formulas of the method note, one number after another, with the mean by numerical integration."""
    pairs = [one for one in series if one.plan > 0 and one.actual > 0]
    expected = sum(one.plan * one.baseline * one.days * one.schemes for one in pairs)
    common = sum(one.actual for one in pairs) / expected if pairs else 1.0
    found = []
    for one in series:
        parts = dict.fromkeys(Part, 0.0)
        if one not in pairs:
            parts[Part.VOLUME] = one.actual - one.plan
        else:
            # The logarithmic mean of a and b is the mean of a^t · b^(1 − t) over t from 0 to 1 (Gauss-Legendre).
            points, weights = np.polynomial.legendre.leggauss(40)
            grid = one.actual ** ((points + 1) / 2) * one.plan ** ((1 - points) / 2)
            mean = float((weights * grid).sum()) / 2
            adjusted = one.plan * one.baseline * one.days * one.schemes
            parts[Part.BASELINE] = mean * math.log(one.baseline)
            parts[Part.DAYS] = mean * math.log(one.days)
            parts[Part.SCHEMES] = mean * math.log(one.schemes)
            parts[Part.VOLUME] = mean * math.log(common)
            parts[Part.MIX] = mean * math.log(one.actual / adjusted / common)
        found.append(parts)
    return found


@given(st.lists(compared, min_size=1, max_size=6))
def test_parts_are_those_of_the_formulas(series: list[Compared]) -> None:
    for one, made, plain in zip(series, parts_of(series), slow(series), strict=True):
        tolerance = 1e-7 * (1 + one.plan + one.actual) * 30
        assert sum(value for _, value in made) == pytest.approx(one.actual - one.plan, abs=tolerance * 1e-4)
        for part, value in made:
            assert value == pytest.approx(plain[part], abs=tolerance)


@given(st.lists(compared, min_size=2, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_the_series_does_not_matter(series: list[Compared], chance: object) -> None:
    order = list(range(len(series)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    straight, turned = parts_of(series), parts_of([series[at] for at in order])
    for place, at in enumerate(order):
        for (_, one), (_, other) in zip(straight[at], turned[place], strict=True):
            assert one == pytest.approx(other, rel=1e-9, abs=1e-6)


@given(st.integers(1, 60), st.floats(0.05, 0.95))
def test_usual_counts_are_the_binomials(number: int, level: float) -> None:
    chances = [math.comb(number, one) * level**one * (1 - level) ** (number - one) for one in range(number + 1)]
    low, high = usual_counts(number, level)
    assert sum(chances[: low + 1]) > 0.05 - 1e-9
    assert sum(chances[:low]) <= 0.05 + 1e-9
    assert sum(chances[: high + 1]) >= 0.95 - 1e-9
    assert sum(chances[:high]) < 0.95 + 1e-9


@given(st.floats(0.0, 0.1), st.floats(0.0, 0.2), st.integers(1, 12))
def test_the_band_to_date_lies_between_all_common_and_all_own(shared: float, own: float, months: int) -> None:
    plan = np.full(12, 500.0)
    month, year = math.hypot(shared, own), math.hypot(shared, own / math.sqrt(12))
    band = (6000.0, 6000.0 * (1 - year), 6000.0 * (1 + year))
    low, high = band_to_date(plan, plan * (1 - month), plan * (1 + month), band, range(months))
    half = 500.0 * months * math.hypot(shared, own / math.sqrt(months))
    assert (low, high) == pytest.approx((500.0 * months - half, 500.0 * months + half), rel=1e-9, abs=1e-6)


counts = st.lists(st.integers(5, 400), min_size=4, max_size=4)


@settings(max_examples=25, deadline=None)
@given(counts, st.lists(st.one_of(st.none(), st.integers(-5, 900)), min_size=24, max_size=24), st.floats(0, 0.5))
def test_totals_and_parts_of_any_counts(levels: list[int], came: list[int | None], share: float) -> None:
    """Two providers, two cohorts, six months: plan and actual to date are plain sums of the months that can be used."""
    rows = []
    for place, (provider, cohort) in enumerate((p, c) for p in "AB" for c in "xy"):
        for at in range(48):
            rows.append((provider, "EL", (Month(2013, 4) + at).start, float(levels[place] + at % 5), cohort))
        for at in range(6):
            value = came[6 * place + at]
            if value is not None:
                rows.append((provider, "EL", (Month(2017, 4) + at).start, float(value), cohort))
    schema = {"provider": pl.String, "pod": pl.String, "month": pl.Date, "value": pl.Float64, "cohort": pl.String}
    book = ActivityBook(
        Settings(FinancialYear(2016), (FinancialYear(2017),), 12, draws=50, noise=False),
        pl.DataFrame(rows, schema=schema, orient="row"),
        growth=(Growth("g", GrowthKind.TREND, GrowthForm.RATE, Uncertain(0.02)),),
        schemes=(Scheme("s", Effect.SHARE, Uncertain(share), Filter((Condition("cohort", Asked.IN, ("x",)),))),),
        pods=(PodName("EL", "Elective"),),
    )
    run = run_model(book)
    told = monitor(run, book)
    plan = {(one.key.provider, month): float(one.do_something.mean[at])
            for one in run.series for at, month in enumerate(run.months)}  # fmt: skip
    usable = _usable(rows)
    last = max((month for _, month in usable), default=None)
    assert told.at == last
    if last is None:
        return
    (whole,) = [one for one in told.to_date if not one.provider]
    assert whole.actual == pytest.approx(sum(usable.values()))
    assert whole.plan == pytest.approx(sum(plan[key] for key in usable))
    for one in (*told.to_date, *(month for month in told.months if month.actual is not None)):
        total = sum(value for _, value in one.parts)
        assert total == pytest.approx(one.difference, rel=1e-9, abs=1e-6)
    assert whole.parts == tuple(
        (part, pytest.approx(sum(one.part(part) for one in told.to_date if one.provider), abs=1e-6)) for part in Part
    )


def _usable(rows: list[tuple[str, str, date, float, str]]) -> dict[tuple[str, Month], float]:
    """Plan months in which a provider has all cells that matter and none is negative, by looking at every row."""
    found: dict[tuple[str, Month], float] = {}
    base = [row for row in rows if date(2016, 4, 1) <= row[2] < date(2017, 4, 1)]
    for provider in "AB":
        before = sum(row[3] for row in base if row[0] == provider)
        matters = {
            cohort: sum(row[3] for row in base if (row[0], row[4]) == (provider, cohort)) / before for cohort in "xy"
        }
        for at in range(6):
            month = Month(2017, 4) + at
            mine = {row[4]: row[3] for row in rows if (row[0], row[2]) == (provider, month.start)}
            lacking = sum(part for cohort, part in matters.items() if cohort not in mine)
            if mine and min(mine.values()) >= 0 and lacking < 0.05:
                found[provider, month] = sum(mine.values())
    return found
