"""Laws of funnels: limits hold the average, nest and narrow; places within them are not significant."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from trigpoint.measures.statistics import (
    FunnelData,
    FunnelStatistic,
    funnel_limits,
    funnel_significance,
    overdispersed_funnel,
)
from trigpoint.measures.statistics.control_limits import events_at_limits, expected_at_limits, limits_of_shares

Table = dict[str, list[Any]]
STATISTICS = list(FunnelStatistic)
PLACES = st.lists(st.tuples(st.integers(0, 400), st.integers(1, 3_000)), min_size=3, max_size=25)


def table_of(places: list[tuple[int, int]]) -> Table:
    return {
        "place": [f"P{number}" for number in range(len(places))],
        "x": [min(pair) for pair in places],
        "n": [max(pair) for pair in places],
        "rate": [min(pair) * 1000 / max(pair) for pair in places],
    }


def options(statistic: FunnelStatistic) -> dict[str, Any]:
    rate = {"rate": "rate"} if statistic.is_rate else {}
    return {"statistic": statistic, "numerator": "x", "denominator": "n", "multiplier": 1000, **rate}


def tail(count: int, expected: float) -> float:
    """How likely ``count`` events or fewer are, term by term."""
    return math.fsum(math.exp(-expected + number * math.log(expected) - math.lgamma(number + 1))
                     for number in range(count + 1))  # fmt: skip


@given(PLACES, st.sampled_from(STATISTICS))
@settings(max_examples=60)
def test_limits_hold_the_average_nest_and_narrow(places: list[tuple[int, int]], statistic: FunnelStatistic) -> None:
    table = table_of(places)
    assume(sum(table["x"]) > 0)
    found = funnel_limits(table, **options(statistic))
    columns = [np.array(found[name], dtype=float) for name in ("lower_99_8", "lower_95", "upper_95", "upper_99_8")]
    outer_low, low, high, outer_high = columns
    average = np.array(found["average"])
    slack = 1e-9 * (1 + np.abs(average))

    assert (low <= average + slack).all()
    assert (average <= high + slack).all()
    if statistic is FunnelStatistic.PROPORTION:  # the same population on every curve, so that they can be compared
        assert (outer_low <= low).all()
        assert (high <= outer_high).all()
    for curve in (high, outer_high, -low, -outer_low):
        assert (np.diff(curve) <= 1e-9 * (1 + np.abs(curve[1:]))).all()


@given(PLACES, st.sampled_from(STATISTICS), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_significance_is_that_of_the_definition_in_any_order(
    places: list[tuple[int, int]], statistic: FunnelStatistic, chance: random.Random
) -> None:
    chance.shuffle(places)
    table = table_of(places)
    assume(sum(table["x"]) > 0)
    found = funnel_significance(table, **options(statistic))
    average = 1.0 if statistic.is_ratio else sum(table["x"]) / sum(table["n"])
    for at, (x, n) in enumerate(zip(table["x"], table["n"], strict=True)):
        for name, share in (("beyond_95", 0.025), ("beyond_99_8", 0.001)):
            if statistic is FunnelStatistic.STANDARDISED_RATE and x < 10:
                assert found[name][at] is None
                assert found["reason"][at] == "fewer than 10 events"
                continue
            if statistic is FunnelStatistic.PROPORTION:
                reach = {0.025: 1.959963984540054, 0.001: 3.090232306167813}[share]
                distance = (x / n - average) - math.copysign(reach, x / n - average) * math.sqrt(
                    average * (1 - average) / n
                )
                clear = abs(distance) > 1e-9
                wanted = 0 if distance * (x / n - average) <= 0 else int(math.copysign(1, x / n - average))
            else:
                expected = n * average
                few, many = tail(x, expected), 1 - tail(x - 1, expected) if x else 1.0
                clear = abs(few - share) > 1e-9 and abs(many - share) > 1e-9
                wanted = int(many < share) - int(few < share)
            if clear:
                assert found[name][at] == wanted


@given(st.floats(0.01, 0.99), st.integers(1, 10_000), st.floats(0.5, 0.999))
def test_limits_of_shares_are_where_a_wilson_interval_touches_the_average(
    average: float, size: int, level: float
) -> None:
    from trigpoint.measures.statistics.intervals import normal_quantile

    lower, upper = limits_of_shares(average, size, level)
    z = normal_quantile(level)
    for limit, side in ((float(lower), 1), (float(upper), -1)):
        if 0 < limit < 1:
            root = math.sqrt(average * (1 - average) / size)
            assert (average - limit) * side == pytest.approx(z * root, rel=1e-6)


@given(st.integers(1, 2_000), st.sampled_from([0.8, 0.95, 0.998]))
def test_exact_limits_have_the_probability_of_their_level(events: int, level: float) -> None:
    at_lower, at_upper = expected_at_limits(events, level)
    assert tail(events, float(at_lower)) == pytest.approx((1 - level) / 2, rel=1e-6)
    assert tail(events - 1, float(at_upper)) == pytest.approx((1 + level) / 2, rel=1e-6)
    lower, _ = events_at_limits(at_lower, level)
    _, upper = events_at_limits(at_upper, level)
    assert float(lower) == pytest.approx(events, rel=1e-6)
    assert float(upper) == pytest.approx(events, rel=1e-6)


@given(PLACES, st.sampled_from(list(FunnelData)), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_a_widened_funnel_keeps_its_laws(
    places: list[tuple[int, int]], kind: FunnelData, chance: random.Random
) -> None:
    table = table_of(places)
    assume(0 < sum(table["x"]) < sum(table["n"]))
    call: dict[str, Any] = {"numerator": "x", "denominator": "n", "by": "place", "kind": kind}
    found = overdispersed_funnel(table, **call)
    order = list(range(len(places)))
    chance.shuffle(order)
    again = overdispersed_funnel({name: [cells[at] for at in order] for name, cells in table.items()}, **call)

    assert again.phi == pytest.approx(found.phi, rel=1e-9)
    assert again.tau2 == pytest.approx(found.tau2, rel=1e-6, abs=1e-12)
    assert found.tau2 >= 0
    frame = found.frame
    for at, ratio in enumerate(frame["ratio"]):
        lower, upper, wide_lower, wide_upper = (
            frame[name][at] for name in ("adjusted_lower_95", "adjusted_upper_95", "adjusted_lower_99_8",
                                         "adjusted_upper_99_8")
        )  # fmt: skip
        assert wide_lower <= lower <= found.target + 1e-12
        assert found.target - 1e-12 <= upper <= wide_upper
        if found.widened:
            assert frame["beyond_95"][at] == int(ratio > upper) - int(ratio < lower)
