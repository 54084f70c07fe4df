"""The published KH03 workbook of July to September 2020."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from trigpoint.releases.reading import FileReading, read_file

FILE = Path(__file__).resolve().parents[4] / "shared/data/beds_kh03/Beds-Open-Overnight-Web_File-Final-DE5WC.xlsx"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not FILE.is_file(), reason="the published workbook is not beside this checkout"),
]


@pytest.fixture(scope="module")
def found() -> FileReading:
    (one,) = read_file(FILE)
    assert isinstance(one, FileReading), one
    return one


@pytest.mark.parametrize(
    ("part", "org", "whole", "expected"),
    [
        ("beds-available", "ENG", "", 120_828.4457),
        ("beds-occupied", "ENG", "", 93_090.6196),
        ("bed-occupancy", "ENG", "", 77.0436),
        ("bed-occupancy", "ENG", "sector=maternity", 54.8006),
        ("beds-available", "R1H", "sector=general-acute", 1_474.9022),
        ("beds-available", "Y63", "", 20_483.6630),
        ("beds-occupied", "ENG", "specialty=100", 7_547.6196),
    ],
)
def test_published_figures(found: FileReading, part: str, org: str, whole: str, expected: float) -> None:
    frame = found.reading.frame
    rows = frame.filter((pl.col("part") == part) & (pl.col("org") == org) & (pl.col("detail") == whole))
    assert rows["value"].to_list() == [pytest.approx(expected, abs=5e-5)]


def test_the_quarter_and_what_was_verified(found: FileReading) -> None:
    assert found.periods == ((date(2020, 7, 1), date(2020, 9, 30)),)
    assert found.reading.published == date(2020, 11, 19)
    assert not found.reading.rejected
    assert found.reading.notes[:3] == (
        "the England row agrees with the sum of 195 providers (86 totals checked)",
        "the England row agrees with the sum of 7 regions (10 totals checked)",
        "the printed shares are beds occupied out of beds available in all 617 figures",
    )
