"""Laws of control charts, and every rule set against an implementation that is slow and obvious.

Values are multiples of a quarter, so that shifting and doubling them is exact.
"""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.measures.definitions.definition import ChartKind
from trigpoint.measures.spc import Recentre, RuleSet, SpcResult, control_chart, control_charts, rule_set, spc
from trigpoint.measures.spc.control import Assurance, Signal, Variation
from trigpoint.plans.model import Polarity

NONE = math.nan
quarters = st.integers(-80, 80).map(lambda number: number / 4)
# Long stretches of small numbers make runs, ties and trends; now and then nothing is known.
small = st.integers(0, 6).map(float)
values = st.lists(st.one_of(small, small, quarters, st.just(NONE)), min_size=1, max_size=60)
rising = st.builds(
    lambda head, start, steps: [*head, *np.cumsum([start, *steps]).tolist()],
    st.lists(small, max_size=20),
    small,
    st.lists(st.sampled_from([0.0, 1.0, 1.0, 1.0, -1.0]), max_size=30),
)
series = st.one_of(values, rising.filter(bool))
own_sets = st.builds(
    RuleSet,
    st.just("own"),
    st.just("own"),
    shift=st.integers(2, 8),
    trend=st.integers(3, 8),
    screening=st.booleans(),
    near_counts_beyond=st.booleans(),
    target_on_limit=st.booleans(),
    improvement_wins=st.booleans(),
    limits_from=st.integers(2, 13),
    icons_from=st.integers(1, 13),
    ties_break_trend=st.booleans(),
    gaps_end_runs=st.booleans(),
    rebase_between=st.booleans(),
)
rule_sets = st.one_of(st.sampled_from(["mdc-7", "mdc-6", "nhsr-0.2.2"]).map(rule_set), own_sets)
polarities = st.sampled_from(list(Polarity))
baselines = st.sampled_from([0, 12, 20])


# ---- the slow and obvious implementation: one series, one segment, lists and loops ----


def mean(numbers: list[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else NONE


def lines_of(
    points: list[float], baseline: int, rules: RuleSet, least: int
) -> tuple[float, float, float, float, float]:
    """Centre, lower, upper, near lower, near upper."""
    left = baseline or len(points)
    used = []
    for value in points:
        counts = not math.isnan(value) and left > 0
        left -= counts
        used.append(value if counts else NONE)
    centre = mean([value for value in used if not math.isnan(value)])
    ranges = [abs(after - before) for before, after in pairwise(used) if not math.isnan(after - before)]
    average = mean(ranges)
    if rules.screening and any(ranges):
        kept = [each for each in ranges if each < 3.267 * average]
        inside = any(abs(value - centre) <= 2.66 * average for value in used)
        if any(kept) or not inside:
            average = mean(kept)
    width = 2.66 * average if sum(not math.isnan(value) for value in points) >= least else NONE
    return centre, centre - width, centre + width, centre - 2 / 3 * width, centre + 2 / 3 * width


def more(one: float, other: float) -> bool:
    """Whether a number is larger by more than the machine's last places."""
    return one > other and not math.isclose(one, other, rel_tol=1e-13)


def obvious_signals(points: list[float], baseline: int, rules: RuleSet, good: int) -> list[Signal]:
    if sum(not math.isnan(value) for value in points) < rules.icons_from:
        return [Signal.NONE] * len(points)
    centre, lower, upper, near_lower, near_upper = lines_of(points, baseline, rules, rules.limits_from)
    sides = [more(value, centre) - more(centre, value) for value in points]
    beyond = [more(value, upper) - more(lower, value) for value in points]
    near = [
        (more(value, near_upper) - more(near_lower, value)) * (rules.near_counts_beyond or not far)
        for value, far in zip(points, beyond, strict=True)
    ]
    found: list[dict[int, set[int]]] = []
    for at in range(len(points)):
        # By the rank of the rule, the directions in which it applies.
        applies: dict[int, set[int]] = {1: {beyond[at]}, 2: set(), 3: set(), 4: set()}
        for way in (1, -1):
            applies[2] |= {way} if in_trend(points, at, way, rules) else set()
            applies[3] |= {way} if near[at] == way and in_three(sides, near, at, way) else set()
            applies[4] |= {way} if in_shift(sides, at, way, rules.shift) else set()
        found.append({rank: ways - {0} for rank, ways in applies.items() if ways - {0}})
    later = [trend_way(points, at, rules) for at in range(len(points))]
    return [chosen(each, good, rules, way) for each, way in zip(found, later, strict=True)]


def chosen(applies: dict[int, set[int]], good: int, rules: RuleSet, later: int) -> Signal:
    ways = set().union(*applies.values())
    if rules.improvement_wins and good and len(ways) == 2:
        applies = {rank: {good} for rank, own in applies.items() if good in own}
    if not applies:
        return Signal.NONE
    rank = min(applies)
    way = applies[rank].pop() if len(applies[rank]) == 1 else later
    upward = {1: Signal.ABOVE_LIMIT, 2: Signal.RISING, 3: Signal.NEAR_UPPER, 4: Signal.SHIFT_UP}
    downward = {1: Signal.BELOW_LIMIT, 2: Signal.FALLING, 3: Signal.NEAR_LOWER, 4: Signal.SHIFT_DOWN}
    return (upward if way > 0 else downward)[rank]


def in_shift(sides: list[int], at: int, way: int, points: int) -> bool:
    windows = range(max(0, at - points + 1), min(at, len(sides) - points) + 1)
    return any(all(side == way for side in sides[start : start + points]) for start in windows)


def in_three(sides: list[int], near: list[int], at: int, way: int) -> bool:
    windows = range(max(0, at - 2), min(at, len(sides) - 3) + 1)
    return any(
        all(side == way for side in sides[start : start + 3])
        and sum(each == way for each in near[start : start + 3]) > 1
        for start in windows
    )


def stretches(points: list[float], way: int, rules: RuleSet) -> list[range]:
    """Where trends lie: from the first point to the last, ties after it included where they do not end it."""
    found = []
    for start in range(len(points)):
        steps, end = 0, start
        for at in range(start + 1, len(points)):
            step = way * (points[at] - points[at - 1])
            if not (step > 0 or (step == 0 and not rules.ties_break_trend and steps)):
                break
            steps, end = steps + (step > 0), at
        if steps >= rules.trend - 1:
            found.append(range(start, end + 1))
    return found


def in_trend(points: list[float], at: int, way: int, rules: RuleSet) -> bool:
    return any(at in each for each in stretches(points, way, rules))


def trend_way(points: list[float], at: int, rules: RuleSet) -> int:
    """A point of two trends belongs first of all to the one that goes on from it."""
    goes_on = {way: any(at in each and at != each[-1] for each in stretches(points, way, rules)) for way in (1, -1)}
    return 1 if goes_on[1] else -1


def good_of(polarity: Polarity) -> int:
    return {Polarity.HIGHER: 1, Polarity.LOWER: -1, Polarity.NEITHER: 0}[polarity]


@given(series, rule_sets, polarities, baselines)
def test_every_rule_set_agrees_with_the_obvious_implementation(
    points: list[float], rules: RuleSet, polarity: Polarity, baseline: int
) -> None:
    result = control_chart(points, rule_set=rules, polarity=polarity, baseline=baseline)

    lines = lines_of(points, baseline, rules, rules.limits_from)
    ours = (result.centre[0], result.lower[0], result.upper[0], result.near_lower[0], result.near_upper[0])
    np.testing.assert_allclose(ours, lines, rtol=1e-9, atol=1e-12)
    assert list(result.signals) == obvious_signals(points, baseline, rules, good_of(polarity))


# ---- laws ----


def same_reading(one: SpcResult, other: SpcResult) -> None:
    assert one.signals == other.signals
    assert (one.variation, one.assurance) == (other.variation, other.assurance)


@given(series, rule_sets, polarities, st.integers(-64, 64), st.sampled_from([0.25, 0.5, 2.0, 8.0]))
def test_shifting_and_scaling_changes_no_reading(
    points: list[float], rules: RuleSet, polarity: Polarity, by: int, scale: float
) -> None:
    moved = [value * scale + by for value in points]
    one = control_chart(points, rule_set=rules, polarity=polarity, targets=3.0)
    other = control_chart(moved, rule_set=rules, polarity=polarity, targets=3.0 * scale + by)

    same_reading(one, other)
    np.testing.assert_allclose(other.upper, one.upper * scale + by, rtol=1e-9, atol=1e-9)


MIRRORED = {
    Signal.ABOVE_LIMIT: Signal.BELOW_LIMIT,
    Signal.RISING: Signal.FALLING,
    Signal.NEAR_UPPER: Signal.NEAR_LOWER,
    Signal.SHIFT_UP: Signal.SHIFT_DOWN,
}
MIRRORED |= {down: up for up, down in MIRRORED.items()} | {Signal.NONE: Signal.NONE}
OPPOSITE = {Polarity.HIGHER: Polarity.LOWER, Polarity.LOWER: Polarity.HIGHER, Polarity.NEITHER: Polarity.NEITHER}
TURNED = {
    Variation.IMPROVEMENT_HIGH: Variation.IMPROVEMENT_LOW,
    Variation.CONCERN_HIGH: Variation.CONCERN_LOW,
    Variation.NEUTRAL_HIGH: Variation.NEUTRAL_LOW,
}
TURNED |= {low: high for high, low in TURNED.items()}


@given(series, rule_sets, polarities)
def test_the_mirror_image_with_the_other_polarity_reads_the_same(
    points: list[float], rules: RuleSet, polarity: Polarity
) -> None:
    one = control_chart(points, rule_set=rules, polarity=polarity, targets=3.0)
    other = control_chart([-value for value in points], rule_set=rules, polarity=OPPOSITE[polarity], targets=-3.0)

    assert [MIRRORED[signal] for signal in one.signals] == list(other.signals)
    assert [TURNED.get(point, point) for point in one.points] == list(other.points)
    assert one.assurance is other.assurance


@given(st.lists(series, min_size=2, max_size=4), rule_sets, polarities)
def test_no_rule_crosses_a_rebase(parts: list[list[float]], rules: RuleSet, polarity: Polarity) -> None:
    starts = np.cumsum([0, *(len(part) for part in parts)])
    rebases = [Recentre(int(start)) for start in starts[1:-1]]
    whole = control_chart(
        [value for part in parts for value in part], rule_set=rules, polarity=polarity, rebases=rebases
    )

    for part, start, segment in zip(parts, starts[:-1].tolist(), whole.segments, strict=True):
        alone = control_chart(part, rule_set=rules, polarity=polarity)
        own = slice(start, start + len(part))
        assert whole.signals[own] == alone.signals
        assert whole.points[own] == alone.points
        np.testing.assert_array_equal(whole.upper[own], alone.upper)
        assert (segment.first, segment.last) == (start, start + len(part) - 1)


@given(
    st.lists(series, min_size=1, max_size=5),
    rule_sets,
    st.sampled_from([ChartKind.XMR, ChartKind.C, ChartKind.T, ChartKind.G]),
)
def test_series_computed_together_are_those_computed_alone(
    many: list[list[float]], rules: RuleSet, kind: ChartKind
) -> None:
    many = [[abs(value) for value in each] for each in many]
    together = control_charts(
        [value for each in many for value in each], [len(each) for each in many], chart=kind, rule_set=rules
    )

    for each, result in zip(many, together, strict=True):
        alone = control_chart(each, chart=kind, rule_set=rules)
        same_reading(alone, result)
        assert (alone.finding, alone.warnings) == (result.finding, result.warnings)
        np.testing.assert_array_equal(alone.lower, result.lower)


@given(st.lists(series, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(many: list[list[float]], random: object) -> None:
    rows = [
        (f"s{place}", f"{2000 + at // 12}-{at % 12 + 1:02}-01", value)
        for place, each in enumerate(many)
        for at, value in enumerate(each)
    ]
    mixed = list(rows)
    random.shuffle(mixed)  # type: ignore[attr-defined]

    def told(table: list[tuple[str, str, float]]) -> object:
        place, date, value = zip(*table, strict=True)
        return spc({"place": place, "date": date, "value": value}, by="place", target=3, polarity="higher").frame()

    assert repr(told(rows)) == repr(told(mixed))


@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=13, max_size=40),
    st.sampled_from([ChartKind.P, ChartKind.U]),
    st.booleans(),
)
def test_limits_of_shares_stay_where_shares_can_be(pairs: list[tuple[int, int]], kind: ChartKind, laney: bool) -> None:
    numerators = [min(pair) if kind is ChartKind.P else pair[0] for pair in pairs]
    denominators = [max(pair) for pair in pairs]
    result = control_chart(numerators, chart=kind, denominators=denominators, multiplier=100, overdispersion=laney)

    known = ~np.isnan(result.lower)
    assert (result.lower[known] >= 0).all()
    assert kind is ChartKind.U or (result.upper[known] <= 100).all()
    assert ((result.lower <= result.centre + 1e-9) & (result.centre <= result.upper + 1e-9))[known].all()


@given(series, rule_sets, polarities, quarters)
def test_the_icons_agree_with_the_points_and_the_limits(
    points: list[float], rules: RuleSet, polarity: Polarity, target: float
) -> None:
    result = control_chart(points, rule_set=replace(rules, icons_from=1), polarity=polarity, targets=target)

    assert result.variation is result.points[-1]
    assert (result.variation is Variation.NO_VALUE) == math.isnan(points[-1])
    inside = result.lower[-1] + 1e-9 < target < result.upper[-1] - 1e-9
    assert not (inside and polarity is not Polarity.NEITHER) or result.assurance is Assurance.INCONSISTENT


@given(
    st.lists(st.one_of(st.floats(), st.integers(-3, 30).map(float)), min_size=1, max_size=40),
    st.sampled_from([kind for kind in ChartKind if kind is not ChartKind.NONE]),
    rule_sets,
    st.one_of(st.floats(), st.integers(-3, 30).map(float)),
)
def test_any_numbers_have_a_result_that_can_be_told(
    points: list[float], kind: ChartKind, rules: RuleSet, other: float
) -> None:
    days = [f"2024-01-{at % 28 + 1:02}" if at < 28 else f"2024-02-{at - 27:02}" for at in range(len(points))]
    columns = {"date": days, "value": points, "all": [other, *points[::-1]][: len(points)]}
    whole = "all" if kind in (ChartKind.P, ChartKind.U) else None
    table = spc(columns, denominator=whole, chart=kind, rule_set=rules, target=other, polarity="higher")

    assert str(table)
    assert table[0].finding
    assert len(table.frame()["signal"]) == len(points) == len(table[0].points)
