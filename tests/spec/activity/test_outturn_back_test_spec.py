"""The back-test, the learned form, the weights and the intervals: what each is, on figures that can be followed."""

from __future__ import annotations

import math

import numpy as np
import pytest

from trigpoint.activity.outturn import BackTest, History, Method, back_test, forecast_outturn
from trigpoint.activity.outturn.averaging import combined, weighing
from trigpoint.activity.outturn.intervals import calibration
from trigpoint.activity.outturn.learned import columns, fit_pairs, learned
from trigpoint.activity.outturn.methods import BASE, Situation
from trigpoint.errors import InputError
from trigpoint.periods import FinancialYear, Month

YEAR = FinancialYear(2018)


def row_of(test: BackTest, method: Method) -> tuple[float | None, ...]:
    row = test.row(method)
    return row.mape, row.median, row.p10, row.p90, row.bias


def test_a_row_is_the_errors_of_its_method() -> None:
    """Twelve fifths of level months is right for level years; a quarter more in autumn is missed by all alike."""
    level = [(100.0,) * 24 + (100.0,) * 5 + (100.0 * more,) * 7 for more in (1.0, 1.25, 1.5)]
    histories = [History(str(at), "", Month(2016, 4), months) for at, months in enumerate(level)]
    test = back_test(histories, 5, [YEAR])
    truths = [100 * 5 + 700 * more for more in (1.0, 1.25, 1.5)]
    errors = [100 * (1200 / truth - 1) for truth in truths]
    expected = (
        np.mean(np.abs(errors)), np.median(errors), np.quantile(errors, 0.1), np.quantile(errors, 0.9), np.mean(errors)
    )  # fmt: skip
    assert row_of(test, Method.YEAR_TO_DATE) == pytest.approx(expected)
    assert test.row(Method.YEAR_TO_DATE).series == 3
    assert test.row(Method.LEARNED).series == 0
    assert test.row(Method.LEARNED).mape is None
    assert test.frame().height == 12
    assert "the model average missed 2018/19 by 11.8% on average" in test.finding
    with pytest.raises(InputError, match="no row of model average"):
        test.row(Method.AVERAGE, FinancialYear(2010))


def test_a_year_without_a_whole_series_is_told_as_untested() -> None:
    histories = [History(str(at), "", Month(2016, 4), (100.0,) * 30) for at in range(3)]
    assert back_test(histories, 5, [YEAR]).finding == "No series could be tested in 2018/19."


def test_those_asked_for_are_tested_with_all_others_pooled() -> None:
    """The rows of one series are its own errors in the forecast of all, not those of a forecast of it alone."""
    rng = np.random.default_rng(3)
    months = rng.uniform(90, 110, (5, 36)) * np.linspace(1, 5, 5)[:, None]
    histories = [History(str(at), "", Month(2016, 4), tuple(row)) for at, row in enumerate(months)]
    known = [History(str(at), "", Month(2016, 4), tuple(row[:29])) for at, row in enumerate(months)]
    made = dict(forecast_outturn(known, YEAR, 5)[1].by_method)
    test, alone = back_test(histories, 5, [YEAR], asked={("1", "")}), back_test(histories[1:2], 5, [YEAR])
    for method in (Method.POOLED_PROFILE, Method.AVERAGE):
        said = made[method]
        assert said is not None
        assert test.row(method).mape == pytest.approx(abs(100 * (said / sum(months[1, 24:]) - 1)))
        assert test.row(method).mape != pytest.approx(alone.row(method).mape)
        assert test.row(method).series == 1
    assert "its 80% interval held it." in test.finding or "its 80% interval did not hold it." in test.finding
    assert back_test(histories, 5, [YEAR], asked=[(str(at), "") for at in range(5)]) == back_test(histories, 5, [YEAR])


def test_the_learned_form_finds_the_form_it_was_made_of() -> None:
    """log(F / L) = 0.01 + 0.9 growth to date + 1.5 (own − mean share) + 0.4 momentum, without noise."""
    rng = np.random.default_rng(7)
    last = rng.uniform(80, 120, (200, 12))
    now = last * np.exp(rng.normal(0, 0.1, (200, 1)) + rng.normal(0, 0.05, (200, 12)))
    now[:, 5:] = np.nan
    none = np.full((200, 12), np.nan)
    of = Situation(now, last, none, np.ones(200, dtype=bool), np.ones(12), np.ones(12), 0.5)
    truth = last.sum(axis=1) * np.exp(columns(of) @ [0.01, 0.9, 1.5, 0.4])
    fit = fit_pairs([(of, truth)])
    assert fit is not None
    # The ridge holds c and d back by a tenth in 1.1, and b towards 1; the forecasts are hardly touched.
    assert fit.coefficients == pytest.approx([0.01, 0.9 + 0.1 / 11, 1.5 / 1.1, 0.4 / 1.1], abs=0.05)
    assert np.nanmax(np.abs(learned(of, fit) / truth - 1)) < 0.02
    assert fit_pairs([(of, np.where(np.arange(200) < 11, truth, np.nan))]) is None, "eleven series are too few"


def test_a_reorganised_series_does_not_turn_the_line() -> None:
    rng = np.random.default_rng(7)
    last = rng.uniform(80, 120, (60, 12))
    now = last * np.exp(rng.normal(0, 0.1, (60, 1)))
    truth = now.sum(axis=1)
    now[:, 5:] = np.nan
    of = Situation(now, last, last, np.ones(60, dtype=bool), np.ones(12), np.ones(12), 0.5)
    moved = truth.copy()
    moved[0] *= 5
    both = [fit_pairs([(of, one)]) for one in (truth, moved)]
    assert both[0] is not None and both[1] is not None  # noqa: PT018
    assert both[1].coefficients == pytest.approx(both[0].coefficients, abs=0.06)


def test_growth_that_the_fit_has_never_met_is_not_learned() -> None:
    rng = np.random.default_rng(7)
    last = rng.uniform(80, 120, (40, 12))
    now = last * np.exp(rng.normal(0, 0.02, (40, 1)))
    truth = now.sum(axis=1)
    rest = (last, last, np.ones(40, dtype=bool), np.ones(12), np.ones(12), 0.5)
    of = Situation(np.where(np.arange(12) < 5, now, np.nan), *rest)
    shock = Situation(of.now * 0.4, *rest)
    fit = fit_pairs([(of, truth)])
    assert np.isfinite(learned(of, fit)).all()
    assert np.isnan(learned(shock, fit)).all()


WEIGHTS = [
    # mean absolute log errors of two methods   weights
    ((0.02, 0.02), (0.5, 0.5)),
    ((0.02, 0.04), (128 / 129, 1 / 129)),  # half the error, 2 to the power 8 × 70 / 80 times the weight
    ((0.02, None), (1.0, 0.0)),  # never tested
]


@pytest.mark.parametrize(("errors", "expected"), WEIGHTS, ids=str)
def test_weights_fall_with_a_high_power_of_past_errors(
    errors: tuple[float, float | None], expected: tuple[float, float]
) -> None:
    ratios = np.full((len(BASE), 1, 70), np.nan)
    for at, error in enumerate(errors):
        ratios[at] = np.nan if error is None else np.exp([error, -error] * 35)
    made = weighing(ratios)
    assert made.weights[:2] == pytest.approx(expected)
    assert made.weights[2:].sum() == 0
    numbers = np.full((len(BASE), 2), np.nan)
    numbers[:2] = [[100.0, np.nan], [200.0, 200.0]]
    *_, chosen, average = combined(numbers, made)
    assert chosen == pytest.approx([100.0, 200.0]), "the best that is there"
    assert average == pytest.approx([100 * expected[0] + 200 * expected[1], 200.0])


def test_the_common_shock_and_the_own_part_are_told_apart() -> None:
    """Two years, 99 series: all 3% too high in one and 3% too low in the other, and ±1% to ±5% of their own."""
    own = np.tile([-0.05, -0.03, -0.01, 0.0, 0.0, 0.0, 0.01, 0.03, 0.05], 11)
    made = calibration(np.exp(np.stack([own + 0.03, own - 0.03])), np.full((2, 99), 1000.0), 5)
    assert made.common_sd == pytest.approx(math.sqrt((2 * 0.03**2 + 2 * 0.015**2) / 4))
    assert made.degrees == 4
    assert made.own == pytest.approx((0.05, 0.05)), "8 of 18 parts are beyond 2%, 4 of 18 at 5%"
    assert made.tested == 198


def test_small_series_have_wider_intervals() -> None:
    rng = np.random.default_rng(3)
    volumes = np.exp(rng.uniform(4, 10, (1, 400)))
    made = calibration(np.exp(rng.normal(0, 1, (1, 400)) / np.sqrt(volumes)), volumes, 5)
    assert made.decline == pytest.approx(0.5, abs=0.07)
    halves = made.own_half(0.80, np.array([100.0, 10_000.0]), np.array([40.0, 4000.0]))
    assert halves[0] / halves[1] == pytest.approx(10, rel=0.35)


def test_the_interval_covers_what_it_says_where_years_differ_by_a_common_shock() -> None:
    """A hundred made worlds: 30 series, five years, a shock of 2% that all share in a year and 2% of their own."""
    held, tested = 0, 0
    for seed in range(100):
        rng = np.random.default_rng(seed)
        rates = np.exp(rng.normal(0, 0.02, (1, 5, 1)) + rng.normal(0, 0.02, (30, 5, 1)))
        rates = np.where(np.arange(12) < 5, 1.0, rates)  # the rest of a year goes its own way after month 5
        counts = (1e6 * rates).round().reshape(30, -1)
        histories = [History(str(at), "", Month(2014, 4), tuple(row)) for at, row in enumerate(counts.tolist())]
        row = back_test(histories, 5, [YEAR]).row(Method.CALENDAR_DAYS)
        held, tested = held + (row.coverage_80 or 0) * row.series / 100, tested + row.series
    assert 0.78 <= held / tested <= 0.92


def test_no_history_has_an_interval_of_the_usual_size() -> None:
    (one,) = forecast_outturn([History("A", "", Month(2018, 4), (10_000.0,) * 5)], YEAR, 5)
    assert one.value is not None and one.likely is not None  # noqa: PT018
    assert one.likely.high / one.value == pytest.approx(1.065, abs=0.015)
