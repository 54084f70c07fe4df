"""Inequality, funnels and recent trends by example: what goes in, what comes out."""

from __future__ import annotations

from typing import Any

import pytest

from trigpoint.errors import InputError
from trigpoint.measures.statistics import (
    FunnelData,
    FunnelStatistic,
    Scale,
    Strictness,
    funnel_limits,
    funnel_points,
    funnel_significance,
    overdispersed_funnel,
    recent_trend,
    sii,
)

YEARS = {"q": [1, 2, 3, 4, 5], "n": [10] * 5, "v": [70.0, 72, 74, 76, 78], "se": [0.5] * 5}
SHARES = {"q": [1, 2, 3, 4, 5], "n": [10] * 5, "v": [0.30, 0.26, 0.22, 0.18, 0.14],
          "low": [0.27, 0.23, 0.19, 0.16, 0.12], "high": [0.33, 0.29, 0.25, 0.20, 0.16]}  # fmt: skip
OF_YEARS = {"quantile": "q", "population": "n", "value": "v", "standard_error": "se"}
OF_SHARES = {"quantile": "q", "population": "n", "value": "v", "lower": "low", "upper": "high"}

# What the years of life of five equal fifths say (they rise by 2 a fifth, so by 10 from end to end).
SLOPES = [
    (YEARS, OF_YEARS, {}, 10.0, 79 / 69),
    (YEARS, OF_YEARS, {"multiplier": -1}, -10.0, 69 / 79),
    (SHARES, OF_SHARES, {"scale": Scale.PROPORTION}, -0.2, 0.12 / 0.32),
    (SHARES, OF_SHARES, {"scale": Scale.PROPORTION, "multiplier": -100}, 20.0, 0.32 / 0.12),
]


@pytest.mark.parametrize(("table", "columns", "options", "slope", "ratio"), SLOPES)
def test_slope_and_ratio(table: Any, columns: Any, options: Any, slope: float, ratio: float) -> None:
    found = sii(table, **columns, **options)
    assert found["sii"] == [pytest.approx(slope)]
    assert found["rii"] == [pytest.approx(ratio)]
    assert found["sii_lower_95"][0] < slope < found["sii_upper_95"][0]
    assert found["rii_lower_95"][0] < ratio < found["rii_upper_95"][0]


def test_groups_are_ordered_by_their_numbers_even_in_words() -> None:
    groups = [f"Q{number}" for number in range(1, 11)]
    table = {"q": groups[::-1], "n": [5] * 10, "v": list(range(79, 69, -1)), "se": [1] * 10}
    assert sii(table, **OF_YEARS)["sii"] == [pytest.approx(10)]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"n": [10, 0, 10, 10, 10]}, "n is 0"),
        ({"n": [10, None, 10, 10, 10]}, "n is missing"),
        ({"v": [70.0, 72, None, 76, 78]}, "v is missing"),
        ({"se": [0.5, 0.5, -1, 0.5, 0.5]}, "se is negative"),
        ({"q": [1, 2, 3, 4, 4]}, "q 4 is given more than once"),
    ],
)
def test_an_area_with_a_gap_says_why_and_the_others_are_computed(change: dict[str, list[Any]], reason: str) -> None:
    bad = YEARS | change
    table = {name: YEARS[name] + bad[name] for name in YEARS} | {"area": ["whole"] * 5 + ["gap"] * 5}
    found = sii(table, by="area", **OF_YEARS)
    assert found["area"] == ["whole", "gap"]
    assert found["sii"] == [pytest.approx(10), None]
    assert found["sii_lower_95"][1] is None
    assert found["reason"] == ["", reason]


def test_an_area_without_a_group_that_others_have() -> None:
    table = {name: cells + cells[:4] for name, cells in YEARS.items()} | {"area": ["A"] * 5 + ["B"] * 4}
    assert sii(table, by="area", **OF_YEARS)["reason"] == ["", "q 5 is missing"]


def test_a_standard_error_of_nought_gives_an_interval_of_no_width() -> None:
    found = sii(YEARS | {"se": [0.0] * 5}, **OF_YEARS)
    assert found["sii_lower_95"] == found["sii_upper_95"] == [pytest.approx(10)]
    assert found["rii_lower_95"] == found["rii_upper_95"] == [pytest.approx(79 / 69)]


def test_a_ratio_to_what_may_be_nought_has_no_interval() -> None:
    found = sii({"q": [1, 2, 3, 4, 5], "n": [10] * 5, "v": [1.0, 2, 3, 4, 5], "se": [2.0] * 5}, **OF_YEARS)
    assert found["rii"] == [pytest.approx(11)]
    assert found["rii_lower_95"] == found["rii_upper_95"] == [None]
    assert found["reason"][0].startswith("the relative index has no interval")


def test_without_errors_there_are_no_intervals() -> None:
    found = sii(YEARS, quantile="q", population="n", value="v")
    assert (found["sii"], found["sii_lower_95"], found["reason"]) == ([pytest.approx(10)], [None], [""])


def test_a_proportion_may_come_as_counts_and_then_has_the_limits_of_wilson() -> None:
    counts = {"q": [1, 2, 3, 4, 5], "n": [1000] * 5, "x": [300, 260, 220, 180, 140]}
    found = sii(counts, quantile="q", population="n", numerator="x", scale=Scale.PROPORTION, multiplier=-100)
    assert found["sii"] == [pytest.approx(20)]
    assert found["sii_lower_95"][0] == pytest.approx(16.0, abs=0.1)  # 20 less 1.96 × 2.04
    assert found["sii_upper_95"][0] == pytest.approx(24.0, abs=0.1)


def test_closed_form_intervals_do_not_move_from_seed_to_seed() -> None:
    options = {"scale": Scale.PROPORTION, "reliability": True}
    assert sii(SHARES, **OF_SHARES, **options, transform=True)["sii_moves_95"] == [0]
    assert 0 < sii(SHARES, **OF_SHARES, **options)["sii_moves_95"][0] < 0.002


REFUSED = [
    ({"transform": True}, "only rates and proportions"),
    ({"transform": True, "scale": Scale.RATE}, "standard errors do not go with a transform"),
    ({"multiplier": 0}, "a multiplier of 0"),
    ({"lower": "v"}, "one limit"),
    ({"lower": "v", "upper": "v"}, "standard errors and limits are both given"),
    ({"quantile": "deprivation"}, "there is no column 'deprivation'"),
    ({"levels": 0.5, "strictness": Strictness.PUBLISHED}, "below 90%"),
    ({"quantile": "n"}, "holds 1 different groups"),
]


@pytest.mark.parametrize(("options", "words"), REFUSED)
def test_what_does_not_go_together_is_refused(options: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        sii(YEARS, **(OF_YEARS | options))


# Which places of a funnel of shares (100 people each, 50% on average) lie beyond which limits
BEYOND = [(50, 0, 0), (59, 0, 0), (60, 1, 0), (65, 1, 0), (66, 1, 1), (40, -1, 0), (34, -1, -1)]


@pytest.mark.parametrize(("seen", "two", "three"), BEYOND)
def test_significance_of_a_share(seen: int, two: int, three: int) -> None:
    table = {"seen": [seen, 100 - seen], "all": [100, 100]}
    found = funnel_significance(table, statistic=FunnelStatistic.PROPORTION, numerator="seen", denominator="all")
    assert (found["beyond_95"][0], found["beyond_99_8"][0]) == (two, three)


@pytest.mark.parametrize("multiplier", [1, 100, 1000])
def test_limits_of_shares_are_cut_off_at_the_multiplier_whatever_it_is(multiplier: float) -> None:
    found = funnel_limits(
        {"seen": [90, 95], "all": [100, 100]}, statistic=FunnelStatistic.PROPORTION, numerator="seen",
        denominator="all", multiplier=multiplier, levels=[0.8, 0.9, 0.999],
    )  # fmt: skip
    assert max(found["upper_99_9"]) == multiplier
    assert list(found) == ["population", "lower_80", "upper_80", "lower_90", "upper_90", "lower_99_9", "upper_99_9",
                           "average"]  # fmt: skip


def test_places_that_cannot_be_compared_say_why_and_do_not_count_in_the_average() -> None:
    table = {"seen": [20, None, 9, 30], "all": [100, 50, 5, 100]}
    found = funnel_significance(table, statistic=FunnelStatistic.PROPORTION, numerator="seen", denominator="all")
    assert found["beyond_95"] == [0, None, None, 0]
    assert found["reason"] == ["", "seen is missing", "seen is greater than all", ""]


def test_points_of_pooled_years_stand_at_the_population_of_one() -> None:
    found = funnel_points(
        {"deaths": [60, 3], "rate": [200.0, 100.0]}, statistic=FunnelStatistic.STANDARDISED_RATE,
        numerator="deaths", rate="rate", multiplier=100_000, years=3,
    )  # fmt: skip
    assert found["size"] == [pytest.approx(10_000), None]
    assert found["reason"] == ["", "fewer than 10 events"]


def test_places_alike_are_not_overdispersed_and_judged_by_chance_alone() -> None:
    table = {"trust": list("ABCD"), "o": [20, 21, 19, 20], "e": [20.5, 20, 20, 19.5]}
    found = overdispersed_funnel(table, numerator="o", denominator="e", by="trust", kind=FunnelData.SR_CQC)
    assert (found.widened, found.tau2, found.target) == (False, 0, 1)
    assert found.frame["beyond_95"] == [0, 0, 0, 0]


def test_rows_of_a_place_are_added_and_an_empty_place_says_why() -> None:
    table = {"trust": ["A", "B", "A", "C"], "o": [10, 25, 10, 3], "e": [10, 20, 12, 0]}
    found = overdispersed_funnel(table, numerator="o", denominator="e", by="trust", kind=FunnelData.SR_SHMI, trim=0)
    assert found.frame["ratio"] == [pytest.approx(20 / 22), pytest.approx(1.25), None]
    assert found.frame["reason"] == ["", "", "e is 0"]


# Five yearly counts of 1,000 people, and what the marker says
TRENDS = [
    ([100, 120, 140, 160, 180], "rising", ""),
    ([180, 160, 140, 120, 100], "falling", ""),
    ([100, 100, 100, 100, 100], "no significant change", "no significant trend"),
    ([100, 101, 99, 100, 180], "no significant change", "one point alone makes the trend"),
    ([0, 0, 10, 30, 60], "rising", ""),
    ([100, 120, 140, 160], "cannot be calculated", "fewer than 5 points"),
    ([100, 120, None, 160, 180], "cannot be calculated", "x is missing"),
    ([300, 100, 120, 140, 160, 180], "rising", ""),
]


@pytest.mark.parametrize(("counts", "trend", "reason"), TRENDS)
def test_recent_trend(counts: list[int | None], trend: str, reason: str) -> None:
    table = {"year": [f"{2010 + at}/{11 + at}" for at in range(len(counts))], "x": counts, "n": [1000] * len(counts)}
    found = recent_trend(table, period="year", numerator="x", denominator="n", scale=Scale.PROPORTION)
    assert (found["trend"], found["reason"]) == ([trend], [reason])
    assert found["period"] == [table["year"][-1]]


def test_a_trend_of_counts_and_of_values_with_limits() -> None:
    years = [2019, 2020, 2021, 2022, 2023]
    counts = {"year": years, "x": [400, 300, 250, 200, 150]}
    values = {"year": years, "v": [80.0, 80.5, 81, 81.5, 82], "low": [79.5, 80, 80.5, 81, 81.5],
              "high": [80.5, 81, 81.5, 82, 82.5]}  # fmt: skip
    assert recent_trend(counts, period="year", numerator="x", scale=Scale.RATE)["trend"] == ["falling"]
    assert recent_trend(values, period="year", value="v", lower="low", upper="high", scale=Scale.OTHER)["trend"] == [
        "rising"
    ]
