"""Printed totals held against their rows, and figures that stand on more than one sheet."""

from __future__ import annotations

from datetime import date

import pytest

from trigpoint.releases.observation import Basis, Marker, Rows
from trigpoint.releases.tables.columns import Tally
from trigpoint.releases.tables.gathered import gathered
from trigpoint.releases.tables.totals import totals_told

MONTH = (date(2017, 4, 1), date(2017, 4, 30))


def rows(*said: tuple[str, float | None]) -> Rows:
    made = Rows()
    for org, value in said:
        basis = Basis.NATIONAL if org == "ENG" else Basis.PROVIDER
        marker = Marker.NONE if value is not None else Marker.SUPPRESSED
        made.add("days", org, basis, *MONTH, value, marker)
    return made


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            [("ENG", 1000.0), ("R1A", 400.0), ("RBL", 600.0)],
            "the England row agrees with the sum of 2 providers (1 total checked)",
        ),
        (
            [("ENG", 1001.0), ("R1A", 400.0), ("RBL", 600.0)],
            "1 of 1 total differs from the sum of 2 providers: days 1,001 printed, 1,000 added up",
        ),
        (
            [("ENG", 1000.0), ("R1A", 400.0), ("RBL", None)],
            "1 of 1 total differs from the sum of 2 providers (suppressed figures count as nothing):"
            " days 1,000 printed, 400 added up",
        ),
    ],
)
def test_a_total_agrees_or_the_difference_is_told(said: list[tuple[str, float | None]], expected: str) -> None:
    assert totals_told(rows(*said).frame(), Basis.PROVIDER, "provider") == (expected,)


@pytest.mark.parametrize("said", [[("ENG", 1000.0)], [("R1A", 1.0)], []])
def test_without_a_total_or_rows_nothing_is_claimed(said: list[tuple[str, float | None]]) -> None:
    assert totals_told(rows(*said).frame(), Basis.PROVIDER, "provider") == ()


@pytest.mark.parametrize(
    ("second", "kept", "told"),
    [
        (1000.0, 1000.0, 0),
        (1000.0000001, 1000.0, 0),  # the last digits of a sum
        (1002.0, 1000.0, 1),
    ],
)
def test_a_figure_on_two_sheets_is_one(second: float, kept: float, told: int) -> None:
    found = gathered(
        "file", [("first", Tally(rows=rows(("ENG", 1000.0)))), ("second", Tally(rows=rows(("ENG", second))))]
    )
    assert found.frame["value"].to_list() == [kept]
    assert len(found.differing) == told
    assert all("sheet “second” differs" in one for one in found.differing)
