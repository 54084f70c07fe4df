"""Options of the notebook functions in plain words: understood or refused, never taken for another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from trigpoint import measures
from trigpoint.errors import InputError
from trigpoint.measures.definitions.definition import ChartKind
from trigpoint.measures.statistics.overdispersion import FunnelData

COUNTS = [50, 55, 52, 48, 60, 51, 49, 53, 50, 54, 47, 52, 50, 51]
SHARES = {
    "date": [f"2025-{month:02}-01" for month in range(1, 13)] + ["2026-01-01", "2026-02-01"],
    "value": COUNTS,
    "n": [1_000] * 14,
}
PARTS = {"numerator": "deaths"}
PLACES = {"place": ["A", "B", "C"], "deaths": [10, 25, 50], "people": [100, 200, 500]}


def shares(**options: Any) -> Any:
    return measures.spc(SHARES, denominator="n", multiplier=100, polarity="higher", target=5, **options)


@pytest.mark.parametrize("chart", ["p", "P", ChartKind.P])
def test_a_p_chart_asked_for_in_words_is_a_p_chart(chart: Any) -> None:
    result = shares(chart=chart)[0]
    assert result.chart is ChartKind.P
    assert result.values[-1] == pytest.approx(5.1)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: shares(chart="Q"), "“Q” is no kind of chart; write one of xmr, p, u, c, t, g, none."),
        (shares, "a chart of kind XmR takes no denominator"),
        (lambda: measures.spc(SHARES, overdispersion=True), "a chart of kind XmR takes no denominator"),
        (lambda: measures.spc(SHARES, expected_step="months"), "“months” is no step"),
        (
            lambda: measures.funnel_points(PLACES, statistic="share", denominator="people", **PARTS),
            "“share”",
        ),
        (
            lambda: measures.sii(PLACES, quantile="place", population="people", scale="x", **PARTS),
            "“x” is no",
        ),
        (
            lambda: measures.overdispersed_funnel(
                PLACES, numerator="deaths", denominator="people", by="place", kind="PQ"
            ),
            "“PQ” is no kind of funnel",
        ),
    ],
)
def test_a_word_that_names_nothing_is_refused(call: Callable[[], Any], words: str) -> None:
    with pytest.raises(InputError) as refused:
        call()
    assert words in str(refused.value)


def test_words_and_members_give_the_same_funnel() -> None:
    found = [
        measures.overdispersed_funnel(PLACES, numerator="deaths", denominator="people", by="place", kind=kind).frame
        for kind in ("pr", FunnelData.PR)
    ]
    assert found[0] == found[1]
