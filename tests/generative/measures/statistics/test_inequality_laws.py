"""Laws of the slope index: order, shift, scale, nesting, and the same numbers by slow and obvious ways."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.measures.statistics import Scale, sii

Table = dict[str, list[Any]]
LEVELS = [0.8, 0.95, 0.998]
NAMES = ("80", "95", "99_8")
KINDS = [(Scale.OTHER, False), (Scale.RATE, False), (Scale.RATE, True), (Scale.PROPORTION, False),
         (Scale.PROPORTION, True)]  # fmt: skip


@st.composite
def ladders(draw: st.DrawFn) -> Table:
    """From one to three areas of 5 to 12 groups, shares between 5% and 60% with 95% limits around them."""
    groups = draw(st.integers(5, 12))
    rows = []
    for area in range(draw(st.integers(1, 3))):
        for group in range(groups):
            share = draw(st.floats(0.05, 0.6))
            error = draw(st.floats(1.02, 1.3))
            people = draw(st.integers(1, 5_000))
            rows.append((f"A{area}", group + 1, people, share, share / error, share * error, share * (error - 1) / 2))
    return {name: [row[at] for row in rows] for at, name in enumerate(("area", "q", "n", "v", "low", "high", "se"))}


def fitted(table: Table, scale: Scale = Scale.OTHER, transform: bool = False, **more: Any) -> Table:
    errors = {"standard_error": "se"} if scale is Scale.OTHER else {"lower": "low", "upper": "high"}
    options: dict[str, Any] = {"levels": LEVELS, "scale": scale, "transform": transform, **errors, **more}
    return sii(table, quantile="q", population="n", value="v", by="area", **options)


def near(numbers: list[float | None]) -> list[Any]:
    return [None if number is None else pytest.approx(number, rel=1e-7, abs=1e-10) for number in numbers]


@given(ladders(), st.randoms(use_true_random=False), st.sampled_from(KINDS))
@settings(max_examples=40)
def test_the_order_of_rows_does_not_matter(table: Table, chance: random.Random, kind: tuple[Scale, bool]) -> None:
    order = list(range(len(table["q"])))
    chance.shuffle(order)
    shuffled = fitted({name: [cells[at] for at in order] for name, cells in table.items()}, *kind)
    straight = fitted(table, *kind)

    places = [shuffled["area"].index(area) for area in straight["area"]]

    for name in ("sii", "sii_lower_95", "sii_upper_99_8", "intercept"):
        assert [shuffled[name][at] for at in places] == near(straight[name])
    # A ratio to nearly nothing hangs on the last bit of it.
    if all(abs(end) > 0.01 for end in straight["intercept"]):
        assert [shuffled["rii"][at] for at in places] == near(straight["rii"])
        if kind[1]:
            assert [shuffled["rii_upper_99_8"][at] for at in places] == near(straight["rii_upper_99_8"])


@given(ladders())
def test_the_index_is_that_of_weighted_least_squares(table: Table) -> None:
    found = fitted(table)
    for at, area in enumerate(found["area"]):
        own = [row for row, name in enumerate(table["area"]) if name == area]
        people, values = (np.array([table[name][row] for row in own], dtype=float) for name in ("n", "v"))
        weights, passed, middles = people / people.sum(), 0.0, []
        for weight in weights:
            middles.append(passed + weight / 2)
            passed += weight
        design = np.column_stack((np.ones(len(own)), middles)) * np.sqrt(weights)[:, None]
        near_end, slope = np.linalg.lstsq(design, np.sqrt(weights) * values)[0]
        assert found["sii"][at] == pytest.approx(slope, rel=1e-6, abs=1e-9)
        assert found["intercept"][at] == pytest.approx(near_end, rel=1e-6, abs=1e-9)
        assert found["rii"][at] == pytest.approx((near_end + slope) / near_end, rel=1e-6, abs=1e-6)


@given(ladders(), st.floats(-5, 5), st.floats(0.1, 10))
def test_the_slope_stays_under_a_shift_and_grows_with_the_scale(table: Table, shift: float, factor: float) -> None:
    moved = {**table, "v": [shift + factor * value for value in table["v"]], "se": [factor * se for se in table["se"]]}
    before, after = fitted(table), fitted(moved)
    for name in ("sii", "sii_lower_95", "sii_upper_99_8"):
        assert after[name] == [pytest.approx(factor * value, rel=1e-6, abs=1e-9) for value in before[name]]


@given(ladders(), st.floats(0.1, 1000), st.sampled_from(KINDS))
@settings(max_examples=40)
def test_a_multiplier_stretches_the_slope_and_leaves_the_ratio(
    table: Table, multiplier: float, kind: tuple[Scale, bool]
) -> None:
    plain, stretched = fitted(table, *kind), fitted(table, *kind, multiplier=multiplier)
    for name in ("sii", "sii_lower_95", "sii_upper_95", "intercept"):
        assert stretched[name] == near([value * multiplier for value in plain[name]])
    for name in ("rii", "rii_lower_95", "rii_upper_95"):
        assert stretched[name] == near(plain[name])


@given(ladders(), st.sampled_from(KINDS))
@settings(max_examples=40)
def test_a_negative_multiplier_turns_both_indices_round(table: Table, kind: tuple[Scale, bool]) -> None:
    up, down = fitted(table, *kind), fitted(table, *kind, multiplier=-1)
    assert down["sii"] == near([-value for value in up["sii"]])
    assert down["sii_lower_95"] == near([-value for value in up["sii_upper_95"]])
    assert down["rii"] == near([1 / value for value in up["rii"]])
    assert down["rii_upper_95"] == near([None if value is None else 1 / value for value in up["rii_lower_95"]])


@given(ladders(), st.sampled_from(KINDS))
@settings(max_examples=60)
def test_intervals_hold_the_value_and_nest(table: Table, kind: tuple[Scale, bool]) -> None:
    found = fitted(table, *kind)
    for index in ("sii", "rii"):
        for at, value in enumerate(found[index]):
            limits = [(found[f"{index}_lower_{name}"][at], found[f"{index}_upper_{name}"][at]) for name in NAMES]
            known = [(low, high) for low, high in limits if low is not None and high is not None]
            lows, highs = [low for low, _ in reversed(known)], [high for _, high in known]
            assert lows == sorted(lows)
            assert highs == sorted(highs)
            # The middle of a simulated interval is a median, and not quite the point value.
            if kind in ((Scale.OTHER, False), (Scale.RATE, True), (Scale.PROPORTION, True)):
                assert all(low <= value <= high for low, high in known)


@pytest.mark.parametrize(("scale", "back"), [(Scale.RATE, np.exp), (Scale.PROPORTION, lambda x: 1 / (1 + np.exp(-x)))])
def test_the_simulated_interval_is_that_of_plain_simulation(scale: Scale, back: Any) -> None:
    """A quarter of a million plain draws, whose limits are themselves uncertain by some 0.4% of the width."""
    chance = np.random.default_rng(11)
    people, values = chance.integers(300, 3_000, 10), np.linspace(0.35, 0.12, 10) * chance.uniform(0.9, 1.1, 10)
    table = {"area": ["A"] * 10, "q": list(range(10)), "n": people.tolist(), "v": values.tolist(),
             "low": (values / 1.25).tolist(), "high": (values * 1.25).tolist()}  # fmt: skip
    straight = scale.straight
    errors = (straight(values * 1.25) - straight(values / 1.25)) / (2 * 1.959963985)
    draws = back(straight(values) + errors * chance.standard_normal((250_000, 10)))
    weights = people / people.sum()
    middles = np.cumsum(weights) - weights / 2 - 0.5
    slopes = draws @ (weights * middles) / (weights * middles**2).sum()
    means = draws @ weights

    found = fitted(table, scale)

    for index, sample in (("sii", slopes), ("rii", (means + slopes / 2) / (means - slopes / 2))):
        low, high = np.quantile(sample, (0.025, 0.975))
        assert found[f"{index}_lower_95"][0] == pytest.approx(low, abs=0.01 * (high - low))
        assert found[f"{index}_upper_95"][0] == pytest.approx(high, abs=0.01 * (high - low))
