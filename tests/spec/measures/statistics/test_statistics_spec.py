"""The statistics by example: what goes in, what comes out. Each line can be checked with a calculator or a table."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from trigpoint.measures import statistics
from trigpoint.measures.statistics import Reference, Strictness

# (statistic, columns, options, value, lower 95%, upper 95%, method)
CRUDE = [
    ("count", {"x": [0]}, {}, 0, 0, 3.6889, "exact Poisson"),
    ("count", {"x": [9]}, {}, 9, 4.1154, 17.0848, "exact Poisson"),
    ("count", {"x": [10]}, {}, 10, 4.7874, 18.3915, "Byar"),
    ("count", {"x": [100]}, {}, 100, 81.3621, 121.6279, "Byar"),
    ("rate", {"x": [9], "n": [1_000]}, {"multiplier": 1_000}, 9, 4.1154, 17.0848, "exact Poisson"),
    ("rate", {"x": [100], "n": [50_000]}, {"multiplier": 100_000}, 200, 162.7242, 243.2559, "Byar"),
    ("proportion", {"x": [65], "n": [100]}, {}, 0.65, 0.5525, 0.7364, "Wilson"),
    ("proportion", {"x": [65], "n": [100]}, {"multiplier": 100}, 65, 55.2544, 73.6358, "Wilson"),
    ("proportion", {"x": [0], "n": [20]}, {"multiplier": 100}, 0, 0, 16.1125, "Wilson"),
    ("proportion", {"x": [20], "n": [20]}, {"multiplier": 100}, 100, 83.8875, 100, "Wilson"),
    ("mean", {"x": [5, 7]}, {}, 6, -6.7062, 18.7062, "Student's t"),
    ("mean", {"x": [3, 3, 3]}, {}, 3, 3, 3, "Student's t"),
    ("mean", {"x": [4]}, {}, 4, None, None, "Student's t"),
]
COLUMNS = {
    "count": {"count": "x"},
    "mean": {"values": "x"},
    "rate": {"numerator": "x", "denominator": "n"},
    "proportion": {"numerator": "x", "denominator": "n"},
}


@pytest.mark.parametrize(("statistic", "data", "options", "value", "lower", "upper", "method"), CRUDE)
def test_value_and_interval(
    statistic: str, data: Any, options: Any, value: float, lower: float | None, upper: float | None, method: str
) -> None:
    found = getattr(statistics, statistic)(data, **COLUMNS[statistic], **options)

    assert found["value"] == [pytest.approx(value)]
    assert found["lower_95"] == [lower if lower is None else pytest.approx(lower, abs=5e-5)]
    assert found["upper_95"] == [upper if upper is None else pytest.approx(upper, abs=5e-5)]
    assert found["method"] == [method]
    assert found["reason"] == [""]


def test_a_ratio_has_no_interval_as_its_parts_need_not_be_counts() -> None:
    found = statistics.ratio({"gbp": [120.0, -30.0], "items": [40, 10]}, numerator="gbp", denominator="items")

    assert found["value"] == [3, -3]
    assert not [name for name in found if name.startswith(("lower", "upper"))]


LEVELS = [
    (0.95, ["lower_95", "upper_95"]),
    (95, ["lower_95", "upper_95"]),
    ([0.95, 0.998], ["lower_95", "upper_95", "lower_99_8", "upper_99_8"]),
    ([99.8, 50], ["lower_99_8", "upper_99_8", "lower_50", "upper_50"]),
    (np.array([0.95]), ["lower_95", "upper_95"]),
    (np.int64(95), ["lower_95", "upper_95"]),
    ((), []),
    (None, []),
]


@pytest.mark.parametrize(("levels", "names"), LEVELS)
def test_several_levels_in_one_pass(levels: Any, names: list[str]) -> None:
    found = statistics.rate({"x": [12], "n": [100]}, numerator="x", denominator="n", levels=levels)

    assert [name for name in found if name.startswith(("lower", "upper"))] == names


def test_a_level_of_all_has_the_ends_of_what_is_possible() -> None:
    data = {"x": [3, 30], "n": [100, 100]}
    shares = statistics.proportion(data, numerator="x", denominator="n", levels=1)
    rates = statistics.rate(data, numerator="x", denominator="n", levels=100, strictness=Strictness.PUBLISHED)

    assert (shares["lower_100"], shares["upper_100"]) == ([0, 0], [1, 1])
    assert (rates["lower_100"], rates["upper_100"]) == ([0, 0], [float("inf")] * 2)


BANDS = ["0-4", "5-9", "10-14", "15-19", "20-24", "25-29", "30-34", "35-39", "40-44", "45-49"]
BANDS += ["50-54", "55-59", "60-64", "65-69", "70-74", "75-79", "80-84", "85-89", "90+"]


def test_the_2013_european_standard_population_is_used_by_the_labels_of_age_bands() -> None:
    """The same risk at every age gives the crude rate, whatever the ages; under 75s have their own standard."""
    data = {"area": ["A"] * 19 + ["B"] * 15, "band": [*BANDS, *BANDS[:15]], "deaths": [20] * 34, "people": [1_000] * 34}

    found = statistics.dsr(data, count="deaths", population="people", age_band="band", by="area", multiplier=1_000)

    assert found["value"] == [pytest.approx(20), pytest.approx(20)]
    assert found["count"] == [380, 300]
    assert found["method"] == ["Dobson and Byar"] * 2


def test_the_standard_population_weighs_the_bands() -> None:
    """50 in 1,000 under 75 and 100 in 1,000 from 75: the standard has 9,000 of 100,000 people from 75 on."""
    data = {"band": ["0–74", "75 and over"], "deaths": [50, 100], "people": [1_000, 1_000]}

    found = statistics.dsr(data, count="deaths", population="people", age_band="band", multiplier=1_000)

    assert found["value"] == [pytest.approx(50 * 0.91 + 100 * 0.09)]


ENGLAND = {"band": ["0-74", "75+"], "deaths": [900, 2_000], "people": [90_000, 10_000]}


@pytest.mark.parametrize(
    ("statistic", "options", "value"),
    [
        ("isr_ratio", {}, 2),
        ("isr_ratio", {"refvalue": 100}, 200),
        ("isr_rate", {"multiplier": 1_000}, 58),
    ],
)
def test_indirect_standardisation(statistic: str, options: Any, value: float) -> None:
    """Expected 9 + 20 of 29 deaths, observed 58; England's crude rate is 29 in 1,000."""
    area = {"band": ["75+", "0-74"], "deaths": [50, 8], "people": [100, 900]}
    reference = Reference(ENGLAND, count="deaths", population="people", on="band")

    found = getattr(statistics, statistic)(area, count="deaths", population="people", reference=reference, **options)

    assert found["observed"] == [58]
    assert found["expected"] == [pytest.approx(29)]
    assert found["value"] == [pytest.approx(value)]


def test_the_reference_may_stand_beside_each_row() -> None:
    area = {"deaths": [58], "people": [1_000], "all_deaths": [29], "all_people": [1_000]}

    found = statistics.isr_ratio(
        area,
        count="deaths",
        population="people",
        reference=Reference(None, count="all_deaths", population="all_people"),
    )

    assert found["value"] == [2]


def test_life_expectancy_with_two_age_bands() -> None:
    """1 in 1,000 dies each year before 65, 1 in 20 from then on: 20 years are left at 65."""
    town = {"band": ["0-64", "65+"], "deaths": [80, 1_000], "people": [80_000, 20_000]}

    found = statistics.life_expectancy(town, deaths="deaths", population="people", start_age="band")

    # Of those born, q = 65 m / (1 + 65 × 0.9 m) die before 65, having lived a tenth of the band.
    dying = 0.065 / (1 + 65 * 0.9 * 0.001)
    assert found["start_age"] == [0, 65]
    assert found["value"] == [pytest.approx(65 * (1 - 0.9 * dying) + 20 * (1 - dying)), pytest.approx(20)]
    # At 65 the variance is that of people over deaths: 20² / 1,000.
    assert found["upper_95"][1] == pytest.approx(20 + 1.959964 * 20 / 1_000**0.5, abs=1e-6)
    assert found["population"] == [100_000, 20_000]


def test_nobody_left_alive_has_no_years_left_and_no_limits() -> None:
    town = {"age": [0, 10, 40, 90], "d": [10, 9_000, 10, 10], "n": [10_000] * 4}

    found = statistics.life_expectancy(town, deaths="d", population="n", start_age="age")

    assert found["value"][2:] == [0, 0]
    assert found["upper_95"][2:] == [None, None]


@pytest.mark.parametrize(
    ("invert", "wanted"),
    [(True, [3, 3, 2, 2, 1, 1]), (False, [1, 1, 2, 2, 3, 3])],
    ids=["the highest first", "the lowest first"],
)
def test_quantiles(invert: bool, wanted: list[int]) -> None:
    values = {"value": [1, 2, 3, 4, 5, 6]}

    assert statistics.quantiles(values, values="value", parts=3, invert=invert)["quantile"] == wanted


def test_each_group_may_be_ranked_its_own_way() -> None:
    data = {"g": ["A", "A", "B", "B"], "value": [1, 2, 1, 2], "high_first": ["true", "true", "false", "false"]}

    found = statistics.quantiles(data, values="value", parts=2, by="g", invert="high_first")

    assert found["quantile"] == [2, 1, 1, 2]
    assert list(found) == ["g", "value", "high_first", "quantile", "reason"]


def test_equal_values_share_a_quantile() -> None:
    found = statistics.quantiles({"value": [5, 5, 5, 9]}, values="value", parts=2, invert=False)

    assert found["quantile"] == [1, 1, 1, 2]
