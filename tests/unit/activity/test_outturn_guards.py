"""What keeps one odd series from a wild forecast, and from the forecasts of the others."""

from __future__ import annotations

import numpy as np
import pytest

from trigpoint.activity.outturn import History, Method, Outturn, forecast_outturn
from trigpoint.activity.outturn.averaging import combined, weighing
from trigpoint.activity.outturn.methods import BASE
from trigpoint.activity.outturn.steps import before_step
from trigpoint.periods import FinancialYear, Month

YEAR = FinancialYear(2018)
START = Month(2016, 4)
SEASON = np.array([98, 104, 100, 103, 99, 97, 101, 100, 99, 98, 92, 109], dtype=np.float64)


def histories(series: int = 30, seed: int = 3, months: int = 29) -> list[History]:
    rng = np.random.default_rng(seed)
    made = []
    for at in range(series):
        level = rng.uniform(20, 300) * np.exp(np.cumsum(rng.normal(0.001, 0.004, months)))
        counts = rng.poisson(level * SEASON[np.arange(months) % 12])
        made.append(History(f"R{at:02}", "A&E", START, tuple(map(float, counts))))
    return made


def changed(one: History, **months: float | None) -> History:
    """Months of 2018/19 by their names put in the place of those that are there."""
    values = list(one.values)
    for name, value in months.items():
        values[24 + ["april", "may", "june", "july", "august"].index(name)] = value
    return History(one.organisation, one.label, one.first, tuple(values))


def told(given: list[History], **asked: bool) -> dict[str, Outturn]:
    return {one.organisation: one for one in forecast_outturn(given, YEAR, 5, **asked)}


def test_a_number_beyond_three_times_what_the_others_say_is_not_in_the_average() -> None:
    rng = np.random.default_rng(1)
    numbers = np.full((len(BASE), 3), 100.0) * rng.uniform(0.97, 1.03, (len(BASE), 3))
    numbers[BASE.index(Method.OWN_PROFILE), 1] = 4_600.0  # 3 counted to date; last year 1 in 153 was by August
    numbers[BASE.index(Method.OWN_PROFILE), 2] = 2.0
    weights = weighing(np.empty((len(BASE), 0, 3)))
    *_, chosen, average = combined(numbers, weights)
    assert (np.abs(average / 100 - 1) < 0.03).all()
    assert (np.abs(chosen / 100 - 1) < 0.03).all()


def test_a_nearly_empty_last_year_makes_no_wild_forecast() -> None:
    given = histories()
    odd = [1.0, 0.0, 0.0, 0.0, 0.0, *[20.0] * 7, 0.0, 1.0, 0.0, 0.0, 0.0, *[25.0] * 7, 9.0, 11.0, 8.0, 10.0, 12.0]
    answer = told([*given, History("ODD", "A&E", START, tuple(odd))])["ODD"]
    by = dict(answer.by_method)
    assert (by[Method.OWN_PROFILE] or 0) > 5_000
    assert answer.value is not None
    assert answer.value < 400


def test_a_trust_that_took_over_another_in_july_is_carried_on_at_its_new_level() -> None:
    given = histories(months=36)
    merged = 3.0
    true = {one.organisation: one.values for one in given}["R04"][24:]
    whole = sum(true[:3]) + merged * sum(true[3:])
    now = changed(given[4], july=merged * true[3], august=merged * true[4])
    answer = told([*given[:4], now, *given[5:]])["R04"]
    assert answer.value == pytest.approx(whole, rel=0.04)
    assert answer.trajectory[:3] == true[:3]
    assert any(note.startswith("Since July 2018 the level is another") for note in answer.notes)
    unscreened = told([*given[:4], now, *given[5:]], screening=False)["R04"]
    assert unscreened.value == pytest.approx(whole, rel=0.5)
    assert abs((unscreened.value or 0) / whole - 1) > 0.08, "which is what the step is looked for against"


def test_growth_seasons_and_chance_are_no_steps() -> None:
    rng = np.random.default_rng(5)
    usual = np.tile(SEASON, (2_000, 1)) * 30
    for size in (0.003, 1.0):  # some ten a month, and some three thousand
        now = rng.poisson(usual * size * rng.uniform(0.8, 1.3, (2_000, 1)) * np.exp(rng.normal(0, 0.04, usual.shape)))
        seen = np.where(np.arange(12) < 8, now, np.nan).astype(np.float64)
        assert before_step(seen, usual).any(axis=1).mean() < 0.002
    with_step = seen.copy()
    with_step[:, 4:] *= 0.5
    found = before_step(with_step, usual)
    assert found.any(axis=1).mean() > 0.8
    assert (found[found.any(axis=1)].sum(axis=1) == 4).mean() > 0.98


def test_a_gap_in_one_series_moves_no_other() -> None:
    given = histories()
    holed = [changed(given[0], april=None, may=None), *given[1:]]
    whole, other = told(given), told(holed)
    for code in [one.organisation for one in given[1:]]:
        assert dict(other[code].by_method)[Method.LEARNED] == pytest.approx(
            dict(whole[code].by_method)[Method.LEARNED], rel=1e-12
        ), code


def test_a_month_that_stands_out_every_year_is_a_season_and_no_exception() -> None:
    values = tuple(300.0 if at % 12 == 8 else 100.0 for at in range(29))
    (one,) = forecast_outturn([History("R00", "Flu jabs", START, values)], YEAR, 5)
    assert one.value == pytest.approx(1_400, rel=1e-4)
    assert one.trajectory[8] == pytest.approx(300, rel=1e-3)
    assert not any("exceptional" in note for note in one.notes)
