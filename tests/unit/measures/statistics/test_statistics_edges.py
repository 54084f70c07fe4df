"""Edges of the statistics where an answer, or a plain refusal, is due and neither is obvious."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

from trigpoint.errors import InputError
from trigpoint.measures.spc import spc
from trigpoint.measures.statistics import (
    FunnelData,
    FunnelStatistic,
    Matching,
    MissingCounts,
    Reference,
    Scale,
    Strictness,
    dsr,
    funnel_limits,
    isr_ratio,
    overdispersed_funnel,
    proportion,
    quantiles,
    recent_trend,
    sii,
)

LADDER: dict[str, list[Any]] = {
    "fifth": [1, 2, 3, 4, 5],
    "people": [10] * 5,
    "years": [70.0, 72, 74, 76, 78],
    "error": [0.5] * 5,
}
PLACES = {"trust": ["A", "B", "C"], "deaths": [10, 25, 50], "expected": [20, 20, 50.0]}
YEARS: dict[str, list[Any]] = {"year": [2019, 2020, 2021, 2022, 2023], "value": [1.0, 2, 3, 4, 5], "error": [0.1] * 5}


def ladder(**changes: Any) -> dict[str, list[Any]]:
    options = {"multiplier": 1, "strictness": Strictness.PUBLISHED} | changes.pop("options", {})
    found: dict[str, list[Any]] = sii(
        LADDER | changes, quantile="fifth", population="people", value="years", standard_error="error", **options
    )
    return found


def trend(strictness: Strictness = Strictness.PUBLISHED, by: str = "", **changes: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = recent_trend(
        YEARS | changes,
        period="year",
        value="value",
        standard_error="error",
        scale=Scale.OTHER,
        by=by or (),
        strictness=strictness,
    )
    return found


def test_a_frame_that_is_no_group_may_say_in_a_column_that_it_is_inverted() -> None:
    table = {"value": [1, 2, 3, 4], "inverted": [True] * 4}

    assert quantiles(table, values="value", parts=2, invert="inverted")["quantile"] == [2, 2, 1, 1]


def test_a_frame_that_is_no_group_cannot_be_both_inverted_and_not() -> None:
    with pytest.raises(InputError, match="'inverted' is both true and false in the frame"):
        quantiles({"value": [1, 2], "inverted": [True, False]}, values="value", parts=2, invert="inverted")


def test_the_limits_of_a_standardised_rate_at_100_per_cent_are_the_ends_of_what_is_possible() -> None:
    bands = {"deaths": [40, 60], "people": [9_000, 1_000], "standard": [90, 10]}

    found = dsr(bands, count="deaths", population="people", standard="standard", levels=1)

    assert (found["lower_100"], found["upper_100"]) == ([0.0], [math.inf])


def test_a_missing_reference_count_is_nought_where_missing_counts_are() -> None:
    reference = {"deaths": [None, 10], "people": [100, 100]}
    options: dict[str, Any] = {"count": "deaths", "population": "people"}
    matched = Reference(reference, count="deaths", population="people", matching=Matching.POSITION)
    area = {"deaths": [2, 3], "people": [50, 50]}

    strict = isr_ratio(area, reference=matched, **options)
    lenient = isr_ratio(area, reference=matched, missing=MissingCounts.AS_ZERO, **options)

    assert (strict["value"], strict["reason"]) == ([None], ["reference count is missing"])
    assert (lenient["expected"], lenient["value"]) == ([5.0], [1.0])


@pytest.mark.parametrize("levels", [[95, 99.8], [0.998, 0.95], [0.95, 0.99]])
def test_published_figures_have_one_pair_of_levels_written_one_way(levels: list[float]) -> None:
    table = {"seen": [3], "all": [9]}
    with pytest.raises(InputError, match="are not those of published figures"):
        proportion(table, numerator="seen", denominator="all", levels=levels, strictness=Strictness.PUBLISHED)


def test_an_index_of_published_figures_needs_every_error() -> None:
    with pytest.raises(InputError, match="row 2: error is missing"):
        ladder(error=[0.5, None, 0.5, 0.5, 0.5])
    lenient = ladder(error=[0.5, None, 0.5, 0.5, 0.5], options={"strictness": Strictness.BY_GROUP})
    assert (lenient["sii"], lenient["reason"]) == ([None], ["error is missing"])


def test_an_index_of_published_figures_does_without_an_area_that_lacks_a_value() -> None:
    assert ladder(years=[70.0, None, 74, 76, 78])["reason"] == ["years is missing"]


FREQUENT: tuple[tuple[Callable[[], Any], str], ...] = (
    (lambda: ladder(options={"multiplier": "100"}), "a multiplier of '100'"),
    (lambda: ladder(options={"multiplier": None}), "a multiplier of None"),
    (lambda: _funnel(multiplier=None), "a multiplier of None"),
    (lambda: _funnel(years=None), "a number of years of None"),
    (lambda: _overdispersed(trim=None), "trimming None"),
    (lambda: _overdispersed(multiplier="1"), "a multiplier of '1'"),
    (lambda: spc({"date": ["2026-01-01"], "value": [1]}, None), "there is no column 'None'"),  # type: ignore[arg-type]
    (lambda: spc({"date": ["2026-01-01"], "value": [1]}, by="date"), "'date' is the date and tells series apart too"),
    (lambda: spc({"date": ["2026-01-01"], "value": [1]}, trajectory=["value"]), "there is no column"),  # type: ignore[arg-type]
)


@pytest.mark.parametrize(("call", "words"), FREQUENT, ids=[words for _, words in FREQUENT])
def test_what_is_no_number_or_no_name_is_refused_in_words(call: Callable[[], Any], words: str) -> None:
    with pytest.raises(InputError, match=words.replace("(", r"\(")):
        call()


def _funnel(**options: Any) -> Any:
    table = {"deaths": [20, 50], "rate": [180.0, 250.0]}
    return funnel_limits(table, numerator="deaths", rate="rate", statistic=FunnelStatistic.CRUDE_RATE, **options)


def _overdispersed(**options: Any) -> Any:
    columns: dict[str, Any] = {"numerator": "deaths", "denominator": "expected", "by": "trust"}
    return overdispersed_funnel(PLACES, kind=FunnelData.SR_CQC, **columns, **options)


def test_a_series_with_a_year_twice_has_no_trend_however_long_ago_it_was() -> None:
    longer = {name: [YEARS[name][0], *YEARS[name]] for name in YEARS}
    two = {name: values * 2 for name, values in longer.items()} | {"area": ["A"] * 6 + ["B"] * 6}
    two["year"] = [*range(2018, 2024), *longer["year"]]

    found = trend(by="area", **two)

    assert found["reason"] == ["", "a period is given more than once"]
    assert found["trend"] == ["rising", "cannot be calculated"]


def test_a_single_series_with_a_year_twice_is_refused_where_published_figures_are_asked_for() -> None:
    twice = {"year": [2019, 2019, 2021, 2022, 2023]}

    with pytest.raises(InputError, match="a period is given more than once in 'year'"):
        trend(**twice)
    assert trend(Strictness.BY_GROUP, **twice)["reason"] == ["a period is given more than once"]


def test_published_trends_are_those_of_years() -> None:
    names = {"year": ["2019/20", "2020/21", "2021/22", "2022/23", "2023/24"]}

    with pytest.raises(InputError, match="column 'year' holds no numbers"):
        trend(**names)
    assert trend(Strictness.BY_GROUP, **names)["trend"] == ["rising"]


def test_too_few_points_are_said_before_one_of_them_that_is_missing() -> None:
    few = {name: values[:3] for name, values in YEARS.items()} | {"value": [1.0, None, 3.0]}

    assert trend(**few)["reason"] == ["fewer than 5 points"]
