"""The published workbooks of delayed transfers: England's figures, and every total against its rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from trigpoint.releases.reading import FileReading, read_file

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "dtoc"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not DATA.is_dir(), reason="the published workbooks are not beside this checkout"),
]


def read(name: str) -> FileReading:
    (found,) = read_file(DATA / name)
    assert isinstance(found, FileReading), found
    return found


def value(found: FileReading, part: str, org: str = "ENG", whole: str = "") -> float:
    rows = found.reading.frame.filter((pl.col("part") == part) & (pl.col("org") == org) & (pl.col("detail") == whole))
    assert len(rows) == 1
    return float(rows["value"][0])


@pytest.mark.parametrize(
    ("file", "part", "org", "whole", "expected"),
    [
        ("April_17.xls", "delayed-days", "ENG", "", 176_886),
        ("April_17.xls", "delayed-beds", "ENG", "", 5_896.2),
        ("April_17.xls", "delayed-days", "ENG", "responsible=nhs", 96_880),
        ("April_17.xls", "delayed-days", "ENG", "responsible=social-care", 67_425),
        ("April_17.xls", "delayed-days", "ENG", "reason=Dii", 23_445),
        ("April_17.xls", "delayed-days", "ENG", "care=non-acute;reason=O;responsible=both", 60),
        ("April_17.xls", "delayed-days", "E06000015", "", 363),
        ("March_16.xls", "delayed-days", "ENG", "", 169_882),
        ("March_16.xls", "delayed-days", "ENG", "care=acute;responsible=social-care", 29_562),
        ("March_16.xls", "delayed-days", "E06000014", "responsible=nhs", 427),
    ],
)
def test_published_figures(file: str, part: str, org: str, whole: str, expected: float) -> None:
    assert value(read(file), part, org, whole) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("file", "totals", "era"), [("April_17.xls", 23, "with-beds"), ("March_16.xls", 16, "days-only")]
)
def test_england_agrees_with_the_authorities(file: str, totals: int, era: str) -> None:
    found = read(file)
    assert f"the England row agrees with the sum of 154 local authorities ({totals} totals checked)" in (
        found.reading.notes
    )
    assert found.reading.era == era
    assert not found.reading.rejected


def test_the_revision_is_the_provenance() -> None:
    reading = read("April_17.xls").reading
    assert (reading.status.value, reading.published, reading.revised) == (
        "revised",
        date(2017, 6, 8),
        date(2018, 6, 14),
    )
