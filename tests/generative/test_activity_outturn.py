"""Laws of forecast outturn, and every method against the plain loops of the benchmark."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
from benchmarks.activity_outturn import plain_forecasts
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.activity.outturn import History, Outturns, back_test, forecast_outturn
from trigpoint.activity.outturn.arrays import cube
from trigpoint.activity.outturn.methods import BASE, Method
from trigpoint.activity.outturn.screening import screen
from trigpoint.periods import FinancialYear, Month

LAST = FinancialYear(2018)


@st.composite
def panels(draw: st.DrawFn, *, gaps: bool = False, zeros: bool = False) -> tuple[list[History], int]:
    """Series of two to five years, and the month k; counts of 1 to 9,999, with gaps and zeros where asked."""
    series, years = draw(st.integers(1, 14)), draw(st.integers(2, 5))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    level = rng.lognormal(draw(st.floats(1, 6)), 1, (series, 1))
    spread = draw(st.sampled_from((0.0, 0.02, 0.3)))
    counts = np.maximum((level * rng.normal(1, spread, (series, 12 * years))).round(), 0 if zeros else 1)
    if zeros:
        counts *= rng.random(counts.shape) > 0.1
    there = rng.random(counts.shape) > (0.1 if gaps else 0)
    first = Month((LAST - (years - 1)).first, 4)
    values = [
        tuple(float(v) if known else None for v, known in zip(row, seen, strict=True))
        for row, seen in zip(counts, there, strict=True)
    ]
    return [History(f"S{at}", "", first, row) for at, row in enumerate(values)], draw(st.integers(1, 11))


def plain(histories: list[History], known: int) -> dict[Method, list[float]]:
    first, values = cube(histories, LAST)
    months = values.tolist()
    past = [[one[at] for one in months] for at in range(LAST.first - first.first)]
    return plain_forecasts(past, [one[-1][:known] for one in months], LAST)


@given(panels())
@settings(max_examples=60, deadline=None)
def test_every_method_is_what_the_loops_say(made: tuple[list[History], int]) -> None:
    histories, known = made
    expected = plain(histories, known)
    for at, one in enumerate(forecast_outturn(histories, LAST, known, screening=False)):
        says = dict(one.by_method)
        for method in (*BASE, Method.AVERAGE):
            value, wanted = says[method], expected[method][at]
            if math.isnan(wanted):
                assert value is None, method
            else:
                # The rest of a year that a method sees below what was counted already is nothing.
                assert value is not None, method
                assert math.isclose(value, max(wanted, one.to_date), rel_tol=1e-6), method


@given(panels(gaps=True, zeros=True), st.booleans())
@settings(max_examples=60, deadline=None)
def test_whatever_the_series_the_answer_is_whole_or_has_a_reason(
    made: tuple[list[History], int], screened: bool
) -> None:
    histories, known = made
    outturns = forecast_outturn(histories, LAST, known, screening=screened)
    assert [one.organisation for one in outturns] == [one.organisation for one in histories]
    for one in outturns:
        assert (one.value is None) == bool(one.reason)
        if one.value is None:
            continue
        assert one.likely is not None
        assert one.wide is not None
        assert math.isclose(sum(one.trajectory), one.value, rel_tol=1e-9, abs_tol=1e-9)
        assert all(month >= 0 for month in one.trajectory)
        bounds = (one.to_date, one.wide.low, one.likely.low, one.value, one.likely.high, one.wide.high)
        assert all(low <= high * (1 + 1e-12) for low, high in pairwise(bounds))
    assert outturns.frame().height == len(histories)


@given(panels(gaps=True), st.integers(0, 2**32))
@settings(max_examples=40, deadline=None)
def test_what_comes_after_month_k_changes_nothing(made: tuple[list[History], int], seed: int) -> None:
    histories, known = made
    rng = np.random.default_rng(seed)
    cut = len(histories[0].values) - 12 + known
    later = [
        History(one.organisation, one.label, one.first, (*one.values[:cut], *rng.integers(0, 9999, 24).tolist()))
        for one in histories
    ]
    assert forecast_outturn(later, LAST, known) == forecast_outturn(histories, LAST, known)


@given(panels(), st.integers(0, 2**32))
@settings(max_examples=30, deadline=None)
def test_a_back_test_uses_nothing_that_was_not_known(made: tuple[list[History], int], seed: int) -> None:
    """Other later months, in the year tested and after it: the weights and the choice made for it stay."""
    histories, known = made
    year = LAST - 1
    rng = np.random.default_rng(seed)
    cut = len(histories[0].values) - 24 + known
    later = [
        History(one.organisation, one.label, one.first, (*one.values[:cut], *rng.integers(1, 9999, 24).tolist()))
        for one in histories
    ]
    before, after = back_test(histories, known, [year]), back_test(later, known, [year])
    assert before.chosen == after.chosen
    assert [row.weight for row in before.rows] == [row.weight for row in after.rows]
    assert forecast_outturn(histories, year, known) == forecast_outturn(later, year, known)
    assert before == back_test(histories, known, [year]), "the same question has the same answer"


@given(panels(), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_the_order_of_the_series_does_not_matter(made: tuple[list[History], int], random: object) -> None:
    histories, known = made
    mixed = list(histories)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    straight = values_of(forecast_outturn(histories, LAST, known))
    shuffled = values_of(forecast_outturn(mixed, LAST, known))
    assert all(math.isclose(straight[name], shuffled[name], rel_tol=1e-6) for name in straight)


@given(panels(), st.sampled_from((2.0, 8.0, 64.0)))
@settings(max_examples=30, deadline=None)
def test_ten_times_the_activity_is_ten_times_the_outturn(made: tuple[list[History], int], times: float) -> None:
    histories, known = made
    larger = [
        History(one.organisation, one.label, one.first, tuple(None if v is None else times * v for v in one.values))
        for one in histories
    ]
    straight = values_of(forecast_outturn(histories, LAST, known, screening=False))
    scaled = values_of(forecast_outturn(larger, LAST, known, screening=False))
    assert all(math.isclose(times * straight[name], scaled[name], rel_tol=1e-6) for name in straight)


def values_of(outturns: Outturns) -> dict[str, float]:
    return {one.organisation: one.value for one in outturns if one.value is not None}


@given(st.integers(0, 2**32), st.integers(5, 20), st.integers(3, 5), st.integers(2, 30))
@settings(max_examples=40, deadline=None)
def test_a_common_shock_is_found_in_every_series_that_it_hit(seed: int, series: int, years: int, start: int) -> None:
    rng = np.random.default_rng(seed)
    season = 1 + 0.1 * np.sin(np.arange(12) / 6 * math.pi)
    values = 1000 * season * rng.normal(1, 0.01, (series, years, 12))
    flat = values.reshape(series, -1)
    months = np.arange(start, start + 3)
    flat[:, months] *= 0.4
    flagged, usual = screen(values)
    assert set(np.flatnonzero(flagged.reshape(series, -1).any(axis=0)).tolist()) == set(months.tolist())
    assert flagged.reshape(series, -1)[:, months].all()
    assert np.allclose(usual.reshape(series, -1)[:, months], (1000 * np.tile(season, years))[months], rtol=0.1)
