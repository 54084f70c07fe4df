"""Published diagnostic waiting times, read from the web file and from its save as CSV."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from trigpoint.releases.files.opening import open_file
from trigpoint.releases.observation import Status
from trigpoint.releases.reading import FileReading, read_content

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "data" / "diagnostics"
WORKBOOK = "Monthly-Diagnostics-Web-File-Provider-March-2025_SW40K.xls"
SAVED = "Monthly-Diagnostics-Web-File-Provider-March-2025_SW40K.csv"
MARCH = date(2025, 3, 1)
pytestmark = pytest.mark.shared


@cache
def reading(name: str, month: date | None = None) -> FileReading:
    path = FOLDER / name
    if not path.exists():
        pytest.skip("the published file is not here: it lies in the shared folder beside the checkout")
    (content,) = open_file(path)
    return read_content(replace(content, month=month))


@pytest.mark.parametrize(("name", "month"), [(WORKBOOK, None), (SAVED, MARCH)])
@pytest.mark.parametrize(
    ("part", "org", "detail", "value"),
    [
        ("dm01-waiting", "ENG", "", 1_703_242),
        ("dm01-waiting-6-weeks", "ENG", "", 312_744),
        ("dm01-waiting-13-weeks", "ENG", "", 103_422),
        ("dm01-waiting", "ENG", "band=00-01", 378_063),
        ("dm01-waiting", "ENG", "band=13-plus", 103_422),
        ("dm01-tests-waiting-list", "ENG", "", 1_690_238),
        ("dm01-tests-planned", "ENG", "", 278_608),
        ("dm01-tests-unscheduled", "ENG", "", 526_837),
        ("dm01-waiting", "RF4", "", 9_733),
        ("dm01-waiting", "RF4", "test=mri", 3_038),
        ("dm01-waiting-6-weeks", "RF4", "test=mri", 147),
        ("dm01-waiting", "RF4", "band=00-01;test=mri", 850),
        ("dm01-tests-waiting-list", "NKO", "test=ultrasound", 13_867),
    ],
)
def test_published_figures(name: str, month: date | None, part: str, org: str, detail: str, value: float) -> None:
    frame = reading(name, month).reading.frame
    rows = frame.filter((pl.col.part == part) & (pl.col.org == org) & (pl.col.detail == detail))
    assert rows["value"].to_list() == [value]
    assert rows["end"].to_list() == [date(2025, 3, 31)]


def test_six_weeks_of_england_in_per_cent() -> None:
    frame = reading(WORKBOOK).reading.frame.filter((pl.col.org == "ENG") & (pl.col.detail == ""))
    values = dict(frame.select("part", "value").iter_rows())
    assert round(100 * values["dm01-waiting-6-weeks"] / values["dm01-waiting"], 2) == 18.36


def test_provenance_of_the_workbook() -> None:
    found = reading(WORKBOOK).reading
    assert (found.variant, found.title, found.status) == ("provider workbook", "Monthly Diagnostics", Status.PUBLISHED)
    assert found.published == date(2025, 5, 15)
    assert found.whole
    assert found.rejected == ()
    assert "England agrees with the sum of 446 organisations in all 20 columns" in found.notes
    assert "the row of all tests agrees with the sum of the tests of 433 organisations" in found.notes


def test_a_saved_sheet_has_its_month_from_its_name_alone() -> None:
    found = reading(SAVED)
    assert found.periods == ((date(2025, 3, 1), date(2025, 3, 31)),)
    assert "March 2025 was taken from its name" in found.reading.notes[0]


def test_fifteen_tests_once_each() -> None:
    england = reading(WORKBOOK).reading.frame.filter((pl.col.org == "ENG") & (pl.col.part == "dm01-waiting"))
    tests = england.filter(pl.col.detail.str.starts_with("test="))
    assert tests.height == 15
    assert tests["value"].sum() == 1_703_242
