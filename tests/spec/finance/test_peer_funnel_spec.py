"""The funnel of peers: who stands outside the limits, and when there are none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest

from trigpoint.charts.finance import peer_funnel_picture
from trigpoint.errors import InputError
from trigpoint.finance.book.book import FinanceBook, FinanceSettings, OrganisationType, PeerRate
from trigpoint.finance.peers import benchmark
from trigpoint.periods import FinancialYear

SETTINGS = FinanceSettings("05C", OrganisationType.CCG, "nhs-2017-19", (FinancialYear(2017),))
MEASURE = "Procedures per 1,000"


def rated(own: tuple[str, str | None], *others: tuple[str, str | None]) -> FinanceBook:
    rows = [
        PeerRate(
            MEASURE, "own" if at == 0 else f"P{at}", Decimal(rate),
            standard_error=None if error is None else Decimal(error), own=at == 0,
        )
        for at, (rate, error) in enumerate((own, *others))
    ]  # fmt: skip
    return FinanceBook(SETTINGS, peers=tuple(rows))


ALIKE = [("40", "2")] * 8


def _layers(spec: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if isinstance(spec.get("mark"), Mapping):
        yield spec
    for one in (*spec.get("layer", ()), *spec.get("vconcat", ()), *spec.get("hconcat", ())):
        yield from _layers(one)


@pytest.mark.parametrize(
    ("own", "standing"),
    [
        # (own rate, error), against eight peers of 40 ± 2; the average moves towards the own rate by a ninth.
        (("40", "2"), "within the limits"),
        (("44.3", "2"), "within the limits"),  # 3.82 above an average of 40.48: 1.91 errors
        (("45", "2"), "above the 95% limit"),  # 4.44 above 40.56: 2.22 errors
        (("47.5", "2"), "above the 99.8% limit"),  # 6.67 above 40.83: 3.33 errors
        (("35", "2"), "below the 95% limit"),
        (("32", "2"), "below the 99.8% limit"),
        (("47.5", "6"), "within the limits"),  # as far, and known less surely
    ],
)
def test_where_the_own_rate_stands(own: tuple[str, str], standing: str) -> None:
    picture = peer_funnel_picture(benchmark(rated(own, *ALIKE), MEASURE))
    assert f"own is {standing}" in picture.finding
    assert picture.table.rows[0][-1].lower() == standing


def test_how_surely_a_rate_is_known_is_told_as_events() -> None:
    picture = peer_funnel_picture(benchmark(rated(("40", "2"), *ALIKE), MEASURE))
    points = [row for layer in _layers(picture.spec) if layer["mark"].get("type") == "point"
              for row in layer["data"]["values"]]  # fmt: skip
    assert [row["size"] for row in points] == [pytest.approx(400)] * 9  # (40 ÷ 2)²


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("40", "2"), ("41", None)], "needs the standard error of every rate"),
        ([("0", "2"), ("0", "2")], "not above nothing"),
    ],
)
def test_there_is_no_funnel_without_limits(rows: list[tuple[str, str | None]], said: str) -> None:
    with pytest.raises(InputError, match=said):
        peer_funnel_picture(benchmark(rated(*rows), MEASURE))
