"""Laws of the recent trend, against a slow fit by hand."""

from __future__ import annotations

import math
import random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from trigpoint.measures.statistics import Scale, recent_trend

SERIES = st.lists(st.tuples(st.integers(1, 300), st.integers(1, 2_000)), min_size=5, max_size=9)
TURNED = {"rising": "falling", "falling": "rising"}


def table_of(series: list[tuple[int, int]]) -> dict[str, list[float]]:
    return {
        "year": [2015 + number for number in range(len(series))],
        "x": [x for x, _ in series],
        "n": [x + others for x, others in series],
    }


def marked(table: dict[str, list[float]]) -> dict[str, list[object]]:
    found: dict[str, list[object]] = recent_trend(
        table, period="year", numerator="x", denominator="n", scale=Scale.PROPORTION
    )
    return found


def slope_and_chi_square(points: list[tuple[int, float, float]]) -> tuple[float, float]:
    """A weighted straight line by hand: points of time, height, weight."""
    weight = math.fsum(w for _, _, w in points)
    time, height = (math.fsum(w * point[at] for point in points for w in [point[2]]) / weight for at in (0, 1))
    room = math.fsum(w * (t - time) ** 2 for t, _, w in points)
    slope = math.fsum(w * (t - time) * (y - height) for t, y, w in points) / room
    return slope, slope**2 * room


@given(SERIES)
def test_the_marker_is_that_of_a_fit_by_hand(series: list[tuple[int, int]]) -> None:
    points = [(at, math.log(x / n), x * n / (x + n)) for at, (x, n) in enumerate(series[-5:])]
    slope, chi_square = slope_and_chi_square(points)
    others = [slope_and_chi_square(points[:at] + points[at + 1 :])[0] for at in range(5)]
    assume(abs(chi_square - 9.5495) > 1e-6 and min(abs(other) for other in others) > 1e-9)
    trend = "no significant change"
    if chi_square > 9.5495 and all(other * slope > 0 for other in others):
        trend = "rising" if slope > 0 else "falling"

    found = marked(table_of(series))

    assert found["trend"] == [trend]
    assert math.isclose(found["chi_square"][0], chi_square, rel_tol=1e-6, abs_tol=1e-9)  # type: ignore[arg-type]


@given(SERIES, st.randoms(use_true_random=False))
@settings(max_examples=50)
def test_the_order_of_rows_does_not_matter(series: list[tuple[int, int]], chance: random.Random) -> None:
    table = table_of(series)
    order = list(range(len(series)))
    chance.shuffle(order)
    assert marked({name: [cells[at] for at in order] for name, cells in table.items()}) == marked(table)


@given(SERIES.filter(lambda series: len(series) == 5))
@settings(max_examples=50)
def test_time_turned_round_turns_the_trend(series: list[tuple[int, int]]) -> None:
    forward, backward = marked(table_of(series)), marked(table_of(series[::-1]))
    assume(all(abs(found["chi_square"][0] - 9.5495) > 1e-6 for found in (forward, backward)))  # type: ignore[operator]
    assert backward["trend"] == [TURNED.get(str(forward["trend"][0]), forward["trend"][0])]
