"""The published HES open data of March 2021: two files that must come to the same England."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from trigpoint.releases.reading import FileReading, read_file

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "hes"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not DATA.is_dir(), reason="the published files are not beside this checkout"),
]


def england(name: str) -> pl.DataFrame:
    (found,) = read_file(DATA / name)
    assert isinstance(found, FileReading), found
    assert not found.reading.rejected
    return found.reading.frame.filter(pl.col("detail") == "").select("part", "end", "value").sort("part", "end")


@pytest.fixture(scope="module")
def ages() -> pl.DataFrame:
    return england("HES_M13_2021_OPEN_DATA_AGE_BANDS.csv")


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("hes-episodes", 1_607_954),
        ("hes-admission-episodes", 1_296_740),
        ("hes-emergency-admission-episodes", 517_291),
        ("hes-appointments-attended", 8_094_863),
        ("hes-appointments-not-attended", 559_692),
        ("hes-appointments", 10_055_975),
    ],
)
def test_england_in_march_2021(ages: pl.DataFrame, part: str, expected: int) -> None:
    found = ages.filter((pl.col("part") == part) & (pl.col("end") == date(2021, 3, 31)))
    assert found["value"].to_list() == [expected]


def test_ages_and_treatment_functions_come_to_the_same_england(ages: pl.DataFrame) -> None:
    functions = england("HES_M13_2021_OPEN_DATA_TREATMENT_FUNCTION.csv")
    assert len(ages) == 12 * 36
    assert functions.equals(ages)
