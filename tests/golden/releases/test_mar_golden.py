"""The published monthly activity return of March 2017, by provider."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from trigpoint.releases.reading import FileReading, read_file

FILE = Path(__file__).resolve().parents[4] / "shared/data/mar/MAR_Prov-Web-file-March-17-4896.xls"

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
        ("mar-elective-admissions", "ENG", "", 777_272),
        ("mar-elective-admissions", "ENG", "admission=day-case", 645_441),
        ("mar-non-elective-admissions", "ENG", "", 532_315),
        ("mar-gp-referrals-made", "ENG", "", 1_230_389),
        ("mar-gp-referrals-made-all", "ENG", "", 1_281_495),
        ("mar-first-attendances", "ENG", "", 1_705_373),
        ("mar-first-attendances", "Y56", "", 310_813),
        ("mar-elective-planned-admissions", "NT225", "", 361),
    ],
)
def test_published_figures(found: FileReading, part: str, org: str, whole: str, expected: float) -> None:
    frame = found.reading.frame
    rows = frame.filter((pl.col("part") == part) & (pl.col("org") == org) & (pl.col("detail") == whole))
    assert rows["value"].to_list() == [expected]


def test_the_month_and_what_was_verified(found: FileReading) -> None:
    assert found.periods == ((date(2017, 3, 1), date(2017, 3, 31)),)
    assert found.reading.variant == "provider workbook"
    assert found.reading.notes[:2] == (
        "the England row agrees with the sum of 375 providers (14 totals checked)",
        "the England row agrees with the sum of 4 regions (14 totals checked)",
    )
    assert not found.reading.rejected
