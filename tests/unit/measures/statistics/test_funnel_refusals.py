"""What funnels, widened funnels and trends refuse, in one sentence each; and that frames come back as they came."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
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

TABLE = {"place": ["A", "B"], "x": [3, 20], "n": [10, 100], "rate": [300.0, 200.0]}
STRICT = {"strictness": Strictness.PUBLISHED}

SHARE = {"statistic": FunnelStatistic.PROPORTION, "numerator": "x", "denominator": "n"}
RATE = {"statistic": FunnelStatistic.CRUDE_RATE, "numerator": "x", "rate": "rate"}
NO_EVENTS = {"x": [0, 3], "rate": [0.0, 30.0]}
REFUSED: list[tuple[dict[str, Any], dict[str, list[Any]], str]] = [
    (SHARE | {"denominator": None}, {}, "nothing to set the events against"),
    (SHARE | {"rate": "rate"}, {}, "a proportion has no rate"),
    (SHARE | {"denominator": None, "rate": "rate"}, {}, "a proportion has no rate"),
    (SHARE | {"statistic": FunnelStatistic.STANDARDISED_RATE}, {}, "the column of the rate"),
    (SHARE | {"denominator": "m"}, {}, "no column 'm'"),
    (SHARE | {"multiplier": 0}, {}, "a multiplier of 0"),
    (RATE | {"years": -1}, {}, "a number of years of -1"),
    (SHARE, {"x": [None, None]}, "no row can be compared"),
    (SHARE, {"x": ["a", 3]}, "'a' in row 1"),
    (SHARE | STRICT, {"x": [11, 3]}, "row 1: x is greater than n"),
    (SHARE | STRICT, {"x": [3, None]}, "row 2: x is missing"),
    (RATE | STRICT, NO_EVENTS, "row 1: no events, and no population"),
]


@pytest.mark.parametrize("function", [funnel_limits, funnel_points, funnel_significance])
@pytest.mark.parametrize(("options", "change", "words"), REFUSED)
def test_what_is_no_funnel(
    function: Callable[..., Any], options: dict[str, Any], change: dict[str, list[Any]], words: str
) -> None:
    with pytest.raises(InputError, match=words):
        function(TABLE | change, **options)


def test_rates_without_any_event_have_no_limits() -> None:
    with pytest.raises(InputError, match="no events at all"):
        funnel_limits({"x": [0], "n": [9]}, statistic=FunnelStatistic.CRUDE_RATE, numerator="x", denominator="n")


@pytest.mark.parametrize(
    ("options", "change", "words"),
    [
        ({"kind": FunnelData.SR_CQC}, {"x": [10, 100]}, "are the same"),
        ({"kind": FunnelData.SR_CQC}, {"n": [0, 0]}, "no place can be compared"),
        ({"kind": FunnelData.RC}, {"x": [0, 0]}, "no events at all"),
        ({"kind": FunnelData.PR, "trim": 0.5}, {}, "leaves nothing"),
        ({"kind": FunnelData.PR, "multiplier": -1}, {}, "multiplier"),
        ({"kind": FunnelData.PR, "by": "site"}, {}, "no column 'site'"),
    ],
)
def test_what_is_no_widened_funnel(options: dict[str, Any], change: dict[str, list[Any]], words: str) -> None:
    call = {"numerator": "x", "denominator": "n", "by": "place"} | options
    with pytest.raises(InputError, match=words):
        overdispersed_funnel(TABLE | change, **call)


def test_a_share_of_everybody_everywhere_is_a_funnel_without_outliers() -> None:
    found = overdispersed_funnel(
        TABLE | {"x": [10, 100]}, numerator="x", denominator="n", by="place", kind=FunnelData.PR
    )
    assert (found.phi, found.target, found.frame["beyond_95"]) == (0, 1, [0, 0])


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"scale": Scale.PROPORTION, "numerator": "x"}, "proportions needs counts"),
        ({"scale": Scale.RATE, "value": "x"}, "needs the events"),
        ({"scale": Scale.OTHER, "value": "x", "lower": "x"}, "values and their errors"),
        ({"scale": Scale.RATE, "numerator": "x", "period": "year"}, "no column 'year'"),
    ],
)
def test_what_is_no_trend(options: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        recent_trend(TABLE, **({"period": "n"} | options))


def test_frames_come_back_as_they_came() -> None:
    frame = pl.DataFrame(TABLE)
    columns = {"statistic": FunnelStatistic.PROPORTION, "numerator": "x", "denominator": "n"}
    for function in (funnel_limits, funnel_points, funnel_significance):
        assert isinstance(function(frame, **columns), pl.DataFrame)
        assert isinstance(function(TABLE, **columns), dict)
    ladder = pl.DataFrame({"q": [1, 2, 3, 4, 5], "n": [10] * 5, "v": [70, 72, 74, 76, 78]})
    assert isinstance(sii(ladder, quantile="q", population="n", value="v"), pl.DataFrame)
