"""Laws of the statistics, against slow and obvious implementations in plain Python."""

from __future__ import annotations

import math
import statistics as plain
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.measures import statistics
from trigpoint.measures.statistics import Reference, intervals

unhurried = settings(deadline=None)  # the first call imports and compiles; none of these laws is about time

LEVELS = (0.8, 0.95, 0.998)
LIMITS = [(f"lower_{level}", f"upper_{level}") for level in ("80", "95", "99_8")]
counts = st.one_of(st.none(), st.integers(-2, 40), st.integers(0, 5_000))
rows = st.lists(st.tuples(st.sampled_from("ABC"), counts, counts), min_size=1, max_size=30)
Rows = list[tuple[str, int | None, int | None]]


def columns(table: Sequence[tuple[Any, ...]], *names: str) -> dict[str, list[Any]]:
    return {name: [row[at] for row in table] for at, name in enumerate(names)}


def by_group(found: dict[str, list[Any]]) -> dict[str, dict[str, Any]]:
    return {group: {name: cells[at] for name, cells in found.items()} for at, group in enumerate(found["g"])}


def near(value: float | None) -> Any:
    return None if value is None else pytest.approx(value, rel=1e-9, abs=1e-9)


def poisson_tail(count: int, expected: float) -> float:
    """How likely ``count`` events or fewer are, term by term."""
    term, total = math.exp(-expected), 0.0
    for number in range(count + 1):
        total += term
        term *= expected / (number + 1)
    return total


def obvious_rate(group: Rows) -> float | None:
    """Sum of counts over sum of people, by hand."""
    if any(x is None or n is None or x < 0 or n < 0 for _, x, n in group):
        return None
    people = sum(n for _, _, n in group if n is not None)
    return sum(x for _, x, _ in group if x is not None) / people * 1_000 if people else None


@unhurried
@given(rows)
def test_a_rate_is_what_adding_and_dividing_gives(table: Rows) -> None:
    found = by_group(
        statistics.rate(columns(table, "g", "x", "n"), numerator="x", denominator="n", by="g", multiplier=1_000)
    )
    for group in {row[0] for row in table}:
        own = [row for row in table if row[0] == group]
        assert found[group]["value"] == near(obvious_rate(own))
        assert bool(found[group]["reason"]) == (obvious_rate(own) is None)


@unhurried
@given(rows, st.randoms())
def test_the_order_of_rows_does_not_matter(table: Rows, chance: Any) -> None:
    shuffled = chance.sample(table, len(table))
    for call in (statistics.rate, statistics.proportion, statistics.ratio):
        first, second = (
            by_group(call(columns(each, "g", "x", "n"), numerator="x", denominator="n", by="g"))
            for each in (table, shuffled)
        )
        assert first == second


@unhurried
@given(rows, st.sampled_from([1, 7, 1_000, 100_000]))
def test_value_and_limits_scale_with_the_multiplier(table: Rows, times: int) -> None:
    for call in (statistics.rate, statistics.proportion):
        once, more = (
            call(columns(table, "g", "x", "n"), numerator="x", denominator="n", multiplier=multiplier)
            for multiplier in (1, times)
        )
        for name in ("value", "lower_95", "upper_95"):
            assert more[name] == [near(None if cell is None else cell * times) for cell in once[name]]


@unhurried
@given(rows)
def test_intervals_hold_the_value_and_a_higher_level_holds_a_lower(table: Rows) -> None:
    data = columns(table, "g", "x", "n")
    for found in (
        statistics.rate(data, numerator="x", denominator="n", levels=LEVELS),
        statistics.proportion(data, numerator="x", denominator="n", levels=LEVELS),
        statistics.count(data, count="x", levels=LEVELS),
    ):
        for at, value in enumerate(found["value"]):
            if value is None:
                assert all(found[name][at] is None for pair in LIMITS for name in pair)
                continue
            lowers, uppers = ([found[pair[end]][at] for pair in LIMITS] for end in (0, 1))
            assert sorted(lowers, reverse=True) == lowers
            assert sorted(uppers) == uppers
            assert lowers[0] <= value * (1 + 1e-12)
            assert value <= uppers[0] * (1 + 1e-12)


@unhurried
@given(st.integers(0, 9), st.sampled_from([0.8, 0.9, 0.95, 0.998]))
def test_exact_limits_leave_half_the_rest_on_each_side(count: int, level: float) -> None:
    lower, upper = (float(end) for end in intervals.poisson(count, level))
    tail = (1 - level) / 2

    assert poisson_tail(count, upper) == pytest.approx(tail, rel=1e-9)
    assert lower == 0 if count == 0 else 1 - poisson_tail(count - 1, lower) == pytest.approx(tail, rel=1e-9)


@unhurried
@given(st.integers(10, 3_000), st.sampled_from([0.9, 0.95, 0.998]))
def test_byars_limits_are_near_the_exact_ones(count: int, level: float) -> None:
    for near_one, exact in zip(intervals.byar(count, level), intervals.exact_poisson(count, level), strict=True):
        assert float(near_one) == pytest.approx(float(exact), rel=0.03)


@unhurried
@given(st.integers(1, 400), st.data(), st.sampled_from([0.5, 0.95, 0.998]))
def test_wilsons_limits_are_where_the_score_is_the_normal_quantile(of: int, data: Any, level: float) -> None:
    count = data.draw(st.integers(0, of))
    for limit in (float(end) for end in intervals.wilson(count, of, level)):
        if 0 < limit < 1:
            score = abs(count / of - limit) / math.sqrt(limit * (1 - limit) / of)
            assert score == pytest.approx(plain.NormalDist().inv_cdf((1 + level) / 2), rel=1e-6)


@unhurried
@given(st.lists(st.integers(-1_000, 1_000), min_size=2, max_size=20), st.integers(-50, 50), st.integers(1, 9))
def test_a_mean_and_its_limits_move_and_scale_with_the_values(values: list[int], shift: int, times: int) -> None:
    plainly = statistics.mean({"x": values}, values="x")
    moved = statistics.mean({"x": [value * times + shift for value in values]}, values="x")

    assert plainly["value"] == [near(plain.fmean(values))]
    assert plainly["sd"] == [near(plain.stdev(values))]
    for name in ("value", "lower_95", "upper_95"):
        assert moved[name] == [pytest.approx(plainly[name][0] * times + shift, rel=1e-9, abs=1e-7)]


bands = st.lists(
    st.tuples(
        st.integers(0, 60), st.integers(1, 5_000), st.integers(1, 9_000), st.integers(1, 500), st.integers(1, 9_000)
    ),
    min_size=1,
    max_size=12,
)
Bands = list[tuple[int, int, int, int, int]]


def area(name: str, table: Bands) -> list[tuple[Any, ...]]:
    return [(name, f"band {at}", *row) for at, row in enumerate(table)]


@unhurried
@given(st.lists(bands, min_size=1, max_size=4), st.sampled_from([1, 100_000]), st.randoms())
def test_a_directly_standardised_rate_is_what_its_formula_says(areas: list[Bands], times: int, chance: Any) -> None:
    table = [row for at, each in enumerate(areas) for row in area(f"A{at}", each)]
    data = columns(chance.sample(table, len(table)), "g", "band", "x", "n", "w", "rx", "rn")
    found = by_group(
        statistics.dsr(data, count="x", population="n", standard="w", by="g", multiplier=times, levels=(0.95,))
    )
    for at, each in enumerate(areas):
        ours = found[f"A{at}"]
        events, weights = sum(row[0] for row in each), sum(row[2] for row in each)
        if events < 10:
            assert (ours["value"], ours["reason"]) == (None, "suppressed: fewer than 10 events")
            continue
        value = sum(w * x / n for x, n, w, _, _ in each) / weights
        variance = sum(x * (w / n) ** 2 for x, n, w, _, _ in each) / weights**2
        lower, upper = (float(end) for end in intervals.byar(events, 0.95))
        scale = math.sqrt(variance / events)
        assert ours["value"] == near(value * times)
        assert ours["lower_95"] == near((value + scale * (lower - events)) * times)
        assert ours["upper_95"] == near((value + scale * (upper - events)) * times)


@unhurried
@given(bands, st.lists(st.integers(0, 20), min_size=12, max_size=12))
def test_events_that_come_singly_may_be_told_by_frequency(table: Bands, twice: list[int]) -> None:
    """With nobody twice both ways agree; with somebody, the rate is that of all events, the interval wider."""
    singly = columns(area("A", table), "g", "band", "x", "n", "w", "rx", "rn")
    often = [(*row, 1) for row in area("A", table)]
    often += [
        ("A", f"band {at}", times, *row[1:], 2) for at, (row, times) in enumerate(zip(table, twice, strict=False))
    ]
    by_frequency = columns(often, "g", "band", "x", "n", "w", "rx", "rn", "f")
    every = singly | {"x": [x + 2 * times for x, times in zip(singly["x"], twice, strict=False)]}

    found = statistics.dsr(by_frequency, count="x", population="n", standard="w", age_band="band", frequency="f")
    plainly = statistics.dsr(every, count="x", population="n", standard="w")

    assert found["count"] == plainly["count"]
    assert found["population"] == plainly["population"]
    assert found["value"] == [near(plainly["value"][0])]
    if found["value"][0] is not None:
        assert found["upper_95"][0] >= plainly["upper_95"][0] * (1 - 1e-12)


@unhurried
@given(st.lists(bands, min_size=1, max_size=4), st.randoms())
def test_an_indirectly_standardised_ratio_is_observed_over_expected(areas: list[Bands], chance: Any) -> None:
    table = [row for at, each in enumerate(areas) for row in area(f"A{at}", each)]
    longest = max(areas, key=len)
    reference = columns(area("", longest), "g", "band", "x", "n", "w", "rx", "rn")
    found = by_group(
        statistics.isr_ratio(
            columns(chance.sample(table, len(table)), "g", "band", "x", "n", "w", "rx", "rn"),
            count="x",
            population="n",
            by="g",
            refvalue=100,
            reference=Reference(reference, count="rx", population="rn", on="band"),
        )
    )
    for at, each in enumerate(areas):
        expected = sum(row[1] * ref[3] / ref[4] for row, ref in zip(each, longest, strict=False))
        observed = sum(row[0] for row in each)
        assert found[f"A{at}"]["expected"] == near(expected)
        assert found[f"A{at}"]["value"] == near(observed / expected * 100)
        assert found[f"A{at}"]["upper_95"] == near(float(intervals.poisson(observed, 0.95)[1]) / expected * 100)


def obvious_years(first_ages: list[int], deaths: list[int], people: list[int]) -> tuple[float, float]:
    """Life expectancy at birth and its variance, band by band (Chiang, Silcocks)."""
    last = len(first_ages) - 1
    alive, chances, lived = [1.0], [], []
    for band in range(last):
        width = first_ages[band + 1] - first_ages[band]
        part = 0.1 if band == 0 else 0.5
        mortality = deaths[band] / people[band]
        dying = min(1.0, width * mortality / (1 + width * (1 - part) * mortality))
        alive.append(alive[-1] * (1 - dying))
        chances.append(dying)
        lived.append(width * (alive[-1] + part * alive[-2] * dying))
    lived.append(alive[-1] * people[last] / deaths[last])
    left = [sum(lived[band:]) / alive[band] if alive[band] else 0.0 for band in range(last + 1)]
    variance = alive[last] ** 2 * people[last] ** 2 / deaths[last] ** 3
    for band in range(last):
        part = 0.1 if band == 0 else 0.5
        width = first_ages[band + 1] - first_ages[band]
        spread = chances[band] ** 2 * (1 - chances[band]) / deaths[band] if deaths[band] else 0.0
        variance += spread * (alive[band] * (left[band + 1] + (1 - part) * width)) ** 2
    return left[0], variance


@unhurried
@given(
    st.lists(st.integers(1, 100), min_size=1, max_size=20, unique=True),
    st.lists(st.tuples(st.integers(0, 60), st.integers(6_000, 90_000)), min_size=21, max_size=21),
)
def test_life_expectancy_is_what_the_life_table_gives(ages: list[int], table: list[tuple[int, int]]) -> None:
    first_ages = [0, *sorted(ages)]
    deaths, people = ([row[at] for row in table[: len(first_ages)]] for at in (0, 1))
    deaths[-1] += 1
    found = statistics.life_expectancy(
        {"age": first_ages[::-1], "d": deaths[::-1], "n": people[::-1]},
        deaths="d",
        population="n",
        start_age="age",
        ages=[0],
    )
    years, variance = obvious_years(first_ages, deaths, people)
    half = plain.NormalDist().inv_cdf(0.975) * math.sqrt(variance)

    assert found["lower_95"] == [pytest.approx(years - half, rel=1e-8)]
    assert found["upper_95"] == [pytest.approx(years + half, rel=1e-8)]
    assert found["value"] == [near(years) if 2 * half <= 20 else None]


@unhurried
@given(st.lists(st.one_of(st.none(), st.integers(-20, 20)), min_size=1, max_size=60), st.integers(2, 10), st.booleans())
def test_quantiles_are_numbered_from_one_and_keep_the_order(values: list[int | None], parts: int, invert: bool) -> None:
    found = statistics.quantiles({"x": values}, values="x", parts=parts, invert=invert)["quantile"]
    known = [value for value in values if value is not None]
    if len(known) < parts:
        assert set(found) == {None}
        return
    for value, quantile in zip(values, found, strict=True):
        if value is None:
            assert quantile is None
            continue
        before = sum(other > value if invert else other < value for other in known)
        assert quantile == max(1, parts + 1 - math.ceil((len(known) - before) / (len(known) / parts)))
    assert set(filter(None, found)) <= set(range(1, parts + 1))


@unhurried
@given(rows)
def test_the_parts_of_groups_add_up_to_those_of_all(table: Rows) -> None:
    known = [row for row in table if all(isinstance(cell, int) and cell >= 0 for cell in row[1:])]
    groups, whole = (
        statistics.rate(
            columns([(*row, "all") for row in known], "g", "x", "n", "of"), numerator="x", denominator="n", by=by
        )
        for by in ("g", "of")
    )
    for part in ("numerator", "denominator"):
        assert sum(groups[part]) == sum(whole[part])
