"""Laws of peers: what is usually told against plain sums, shrinking against slow integration, chance held in check."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.finance.book.book import FinanceBook, FinanceSettings, OrganisationType, PeerRate, PeerVariable
from trigpoint.finance.peers import benchmark
from trigpoint.finance.peers.chance import chance_gaps
from trigpoint.finance.peers.nearness import likeness, nearest
from trigpoint.finance.peers.result import Comparator
from trigpoint.finance.peers.shrinkage import shrunk_rates

SETTINGS = FinanceSettings("own", OrganisationType.CCG, "nhs-2017-19", ())
rates = st.lists(st.decimals(0, 500, places=2), min_size=2, max_size=14)


@settings(max_examples=60, deadline=None)
@given(rates, st.integers(1, 2_000_000), st.integers(1, 6))
def test_the_usual_opportunity_is_a_sum_and_a_division(told: list[Decimal], people: int, best: int) -> None:
    rows = tuple(PeerRate("m", f"P{at}", one) for at, one in enumerate(told[1:]))
    own = PeerRate("m", "own", told[0], Decimal(people), own=True)

    found = benchmark(FinanceBook(SETTINGS, peers=(own, *rows)), "m", best=best)

    for one, others in zip(found.opportunities, (told[1:], sorted(told[1:])[:best]), strict=True):
        wanted = max(Fraction(told[0]) - sum(map(Fraction, others), Fraction(0)) / len(others), Fraction(0)) * people
        assert abs(Fraction(one.raw) - wanted) <= Fraction(1, 200)
    assert found.opportunities[1].raw >= found.opportunities[0].raw - Decimal("0.01")


def slow_shrunk(seen: list[float], errors: list[float]) -> list[float]:
    """The mean true rates by integrating over mean and spread on a grid, with no formula for either."""
    scale = math.sqrt(len(errors) / sum(1 / error**2 for error in errors))
    middles = np.linspace(min(seen) - 6 * max(errors), max(seen) + 6 * max(errors), 801)
    spreads = scale * np.tan(np.pi / 2 * (np.arange(160) + 0.5) / 160)
    logs = np.zeros((len(spreads), len(middles)))
    for rate, error in zip(seen, errors, strict=True):
        variance = error**2 + spreads[:, None] ** 2
        logs += -0.5 * np.log(variance) - 0.5 * (rate - middles) ** 2 / variance
    weights = np.exp(logs - logs.max())
    found = []
    for rate, error in zip(seen, errors, strict=True):
        keep = spreads[:, None] ** 2 / (spreads[:, None] ** 2 + error**2)
        found.append(float((weights * (keep * rate + (1 - keep) * middles)).sum() / weights.sum()))
    return found


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.floats(20, 60), st.floats(1, 5)), min_size=3, max_size=11))
def test_shrunk_rates_against_slow_integration(pairs: list[tuple[float, float]]) -> None:
    seen, errors = [rate for rate, _ in pairs], [error for _, error in pairs]

    found = shrunk_rates(seen, errors)

    assert found.rates.tolist() == pytest.approx(slow_shrunk(seen, errors), abs=0.02 * (max(seen) - min(seen) + 1))
    assert found.weights.sum() == pytest.approx(1)
    low, high = min(seen) - 1e-9, max(seen) + 1e-9
    assert all(low <= rate <= high for rate in found.rates)
    assert all(0 <= part <= 1 for part in found.own_part)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(20, 60), min_size=3, max_size=11), st.floats(0.5, 5), st.floats(0.5, 0.99))
def test_an_interval_holds_what_it_says_of_the_draws(seen: list[float], error: float, level: float) -> None:
    """Mean and limits of a difference against drawing true rates one after the other."""
    found = shrunk_rates(seen, [error] * len(seen))
    parts = np.zeros(len(seen))
    parts[0], parts[1:] = 1, -1 / (len(seen) - 1)

    mean, low, high = found.difference(parts, level)

    chance = np.random.default_rng(5)
    size = chance.choice(len(found.weights), 40_000, p=found.weights)
    own = chance.standard_normal((40_000, len(seen))) * np.sqrt(found.variances[size])
    shared = chance.standard_normal((40_000, 1)) * found.shared[size]
    drawn = (found.means[size] + own + shared) @ parts
    spread = float(drawn.std()) + 1e-12
    assert mean == pytest.approx(float(drawn.mean()), abs=0.04 * spread)
    assert float(((drawn >= low) & (drawn <= high)).mean()) == pytest.approx(level, abs=0.015)


def test_identical_organisations_are_hardly_ever_told_of_a_real_opportunity() -> None:
    """The usual way finds one in three of four; with intervals, shrinking and chance taken off, one in forty."""
    chance = np.random.default_rng(8)
    usual = real = 0
    for _ in range(120):
        seen = 40 + 2 * chance.standard_normal(11)
        rows = tuple(
            PeerRate(
                "m", f"P{at}" if at else "own", Decimal(repr(round(float(rate), 4))), Decimal(1_000), None, Decimal(2)
            )
            for at, rate in enumerate(seen)
        )
        one = benchmark(FinanceBook(SETTINGS, peers=rows), "m").opportunities[1]
        usual += one.raw > 0
        real += bool(one.real)
    assert 72 <= usual <= 110
    assert real <= 3


def test_a_difference_that_is_there_is_found() -> None:
    chance = np.random.default_rng(9)
    found = 0
    for _ in range(50):
        seen = 40 + chance.standard_normal(11) * math.hypot(1, 2)
        seen[0] += 10
        rows = tuple(
            PeerRate(
                "m", f"P{at}" if at else "own", Decimal(repr(round(float(rate), 4))), Decimal(1_000), None, Decimal(1)
            )
            for at, rate in enumerate(seen)
        )
        found += bool(benchmark(FinanceBook(SETTINGS, peers=rows), "m").opportunities[1].real)
    assert found >= 40


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 12), st.integers(1, 6), st.floats(0.1, 10))
def test_chance_goes_with_the_size_of_the_errors(number: int, best: int, scale: float) -> None:
    one = chance_gaps(1.0, [1.0] * number, best, 0.0, 4)
    other = chance_gaps(scale, [scale] * number, best, 0.0, 4)

    assert other.mean == pytest.approx(one.mean * scale, rel=1e-6)
    assert other.shown == pytest.approx(one.shown, abs=1e-9)


def test_chance_against_the_order_statistics_of_the_normal() -> None:
    """E of the mean of the lowest five of ten, by numerical integration of their densities."""
    from scipy.special import ndtr

    grid = np.linspace(-9, 9, 200_001)
    density, below = np.exp(-(grid**2) / 2) / math.sqrt(2 * math.pi), ndtr(grid)
    lowest = [
        float(np.trapezoid(grid * 10 * math.comb(9, k) * below**k * (1 - below) ** (9 - k) * density, grid))
        for k in range(5)
    ]

    found = chance_gaps(1e-9, [1.0] * 10, 5, 0.0, 2)

    # Without an error of one's own the gap is hardly ever negative, so its mean is that of the lowest five.
    assert found.mean == pytest.approx(-sum(lowest) / 5, abs=0.005)


cells = st.dictionaries(
    st.tuples(st.sampled_from(("own", "A", "B", "C", "D", "E")), st.sampled_from(("old", "poor", "rural"))),
    st.tuples(st.integers(-50, 50), st.integers(0, 3)),
)


@settings(max_examples=150, deadline=None)
@given(cells, st.integers(1, 5))
def test_the_nearest_against_a_plain_calculation(told: dict[tuple[str, str], tuple[int, int]], number: int) -> None:
    rows = tuple(
        PeerVariable(who, what, Decimal(value), Decimal(weight)) for (who, what), (value, weight) in told.items()
    )
    others = ("A", "B", "C", "D", "E")

    found = nearest(likeness(FinanceBook(SETTINGS, peer_variables=rows), "own", others), others, number)

    squares: dict[str, list[tuple[int, float]]] = {one: [] for one in others}
    for what in ("old", "poor", "rural"):
        known = {who: value for (who, name), (value, _) in told.items() if name == what}
        if "own" not in known or np.std(list(known.values())) == 0 or told[("own", what)][1] == 0:
            continue
        for one in others:
            if one in known:
                step = (known[one] - known["own"]) / float(np.std(list(known.values())))
                squares[one].append((told[("own", what)][1], step**2))
    if not any(squares.values()):
        assert len(found) in (0, 5)
        return
    wanted = {
        one: math.sqrt(sum(w * square for w, square in parts) / sum(w for w, _ in parts))
        for one, parts in squares.items()
        if parts
    }
    nearest_first = sorted(wanted.values())[:number]
    assert [distance for _, distance in found] == pytest.approx(nearest_first)
    assert all(distance == pytest.approx(wanted[name]) for name, distance in found)


def test_comparators_are_told_in_one_order() -> None:
    rows = (PeerRate("m", "own", Decimal(2), own=True), PeerRate("m", "A", Decimal(1)))

    found = benchmark(FinanceBook(SETTINGS, peers=rows), "m")

    assert [one.comparator for one in found.opportunities] == [Comparator.MEAN, Comparator.BEST]
