"""RTT as published: January 2026 in the full extract, and other files that lie under ``../shared/data/rtt``."""

from __future__ import annotations

import csv
import zipfile
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from trigpoint.errors import InputError
from trigpoint.releases.files.opening import open_bytes
from trigpoint.releases.observation import KEY
from trigpoint.releases.readers.rtt import RELEASE
from trigpoint.releases.readers.rtt.percentiles import percentile_weeks
from trigpoint.releases.readers.rtt.workbook_header import find_header
from trigpoint.releases.reading import FileReading, read_file

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "rtt"
JANUARY = "Full-CSV-data-file-Jan26-ZIP-4M-WL5BiP.zip"
ONE_PROVIDER = "20241130-RTT-November-2024-RBD.csv"
SHEET = "Incomplete-Provider-Mar25-XLSX-9M-38145.csv"
SERIES = "RTT-Overview-Timeseries_HF_rtt-data.xlsx"
WITHOUT = "commissioner=without NONC"
pytestmark = pytest.mark.shared


def found(name: str, month: date | None = None) -> FileReading:
    path = SHARED / name
    if not path.is_file():
        pytest.skip(f"the published file {name} is not here")
    (one,) = read_file(path, month=month)
    if isinstance(one, InputError):
        raise one
    return one


@pytest.fixture(scope="module")
def january() -> FileReading:
    return found(JANUARY)


def value(one: FileReading, part: str, org: str, detail: str = "", start: date | None = None) -> float:
    frame = one.reading.frame.filter((pl.col("part") == part) & (pl.col("org") == org) & (pl.col("detail") == detail))
    if start is not None:
        frame = frame.filter(pl.col("start") == start)
    (answer,) = frame["value"].to_list()
    return float(answer)


@pytest.mark.parametrize(
    ("detail", "total", "share", "year"), [("", 7_187_677, 61.38, 137_320), (WITHOUT, 7_155_958, 61.43, None)]
)
def test_england_as_published(january: FileReading, detail: str, total: int, share: float, year: int | None) -> None:
    assert january.reading.whole
    assert value(january, "rtt-incomplete", "ENG", detail) == total
    within = value(january, "rtt-incomplete-within-18-weeks", "ENG", detail)
    assert round(100 * within / total, 2) == share
    assert within + value(january, "rtt-incomplete-over-18-weeks", "ENG", detail) == total
    if year is not None:
        assert value(january, "rtt-incomplete-over-52-weeks", "ENG", detail) == year


@pytest.mark.parametrize("basis", ["provider", "commissioner"])
def test_the_organisations_add_up_to_england(january: FileReading, basis: str) -> None:
    totals = january.reading.frame.filter((pl.col("part") == "rtt-incomplete") & (pl.col("detail") == ""))
    assert totals.filter(pl.col("basis") == basis)["value"].sum() == 7_187_677


def test_january_is_of_42_systems_and_517_providers(january: FileReading) -> None:
    totals = january.reading.frame.filter((pl.col("part") == "rtt-incomplete") & (pl.col("detail") == ""))
    assert totals.filter(pl.col("basis") == "system")["org"].n_unique() == 42
    assert january.reading.frame.filter(pl.col("basis") == "provider")["org"].n_unique() == 517
    assert not january.reading.rejected
    assert any("agree with their treatment functions" in note for note in january.reading.notes)
    assert len(january.reading.frame) < 2_500_000


def test_the_bands_of_the_list_are_the_list(january: FileReading) -> None:
    bands = january.reading.frame.filter(
        (pl.col("part") == "rtt-incomplete") & (pl.col("org") == "ENG") & pl.col("detail").str.starts_with("band=")
    )
    assert len(bands.filter(~pl.col("detail").str.contains("function"))) == 105
    assert bands.filter(~pl.col("detail").str.contains("function"))["value"].sum() == 7_187_677


def test_a_file_of_one_provider_gives_that_provider_only() -> None:
    one = found(ONE_PROVIDER)
    totals = one.reading.frame.filter(~pl.col("detail").str.contains("provider="))
    assert not one.reading.whole
    assert totals["org"].unique().to_list() == ["RBD"]
    assert value(one, "rtt-incomplete", "RBD") > 10_000


def test_a_sheet_saved_alone_is_of_the_month_that_is_named() -> None:
    one = found(SHEET, date(2025, 3, 1))
    assert value(one, "rtt-incomplete", "R1H") == 124_135
    assert value(one, "rtt-incomplete-within-18-weeks", "R1H") == 68_707
    assert one.reading.notes == ("the table: what is printed agrees with the bands added up in all 3,648 rows",)
    assert not one.reading.whole


@pytest.mark.parametrize(
    ("column", "codes", "bases"),
    [
        ("Commissioner Parent Org Code", ("QVV", "QSL"), {"commissioner", "system"}),
        ("Provider Parent Org Code", ("QVV", "QSL"), {"commissioner", "provider"}),
        ("Provider Org Code", ("RBD",), {"commissioner", "provider"}),
    ],
)
def test_an_extract_cut_down_gives_the_figures_of_the_whole_one(
    january: FileReading, column: str, codes: tuple[str, ...], bases: set[str]
) -> None:
    with zipfile.ZipFile(SHARED / JANUARY) as archive:
        table = pl.read_csv(archive.read(archive.namelist()[0]), infer_schema=False)
    (content,) = open_bytes(table.filter(pl.col(column).is_in(codes)).write_csv().encode(), "cut.csv")
    reading = RELEASE.read(content)
    both = reading.frame.join(january.reading.frame, on=KEY, suffix="_whole", how="left")
    shared = both.filter(~pl.col("detail").str.contains("function=.*provider="))  # in parts of England only
    assert set(reading.frame["basis"]) == bases
    assert not reading.whole
    assert len(shared) > 1_000
    assert shared.filter(~pl.col("value").eq_missing(pl.col("value_whole"))).is_empty()
    assert "ENG" not in reading.frame["org"].to_list()


def test_our_median_and_92nd_percentile_are_those_that_are_printed() -> None:
    path = SHARED / SHEET
    if not path.is_file():
        pytest.skip(f"the published file {SHEET} is not here")
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    header = find_header(rows)
    assert header is not None
    assert header.bands is not None
    counts = np.array(
        [[float(row[at].replace(",", "").replace("-", "0")) for at in header.bands.places] for row in rows[1:]]
    )
    for share, place in ((0.5, header.median), (0.92, header.percentile)):
        assert place is not None
        ours = percentile_weeks(counts, share, open_ended=True)
        printed = [(week, float(row[place])) for week, row in zip(ours, rows[1:], strict=True) if row[place] != "-"]
        assert len(printed) > 2_000
        assert max(abs(week - said) for week, said in printed) <= 0.05 + 1e-9


@pytest.mark.parametrize(
    ("start", "detail", "total"),
    [
        (date(2023, 8, 1), "", 7_745_030),
        (date(2007, 12, 1), "", 3_861_337),
        (date(2007, 12, 1), "estimates=left out", 3_853_836),
    ],
)
def test_the_overview_goes_back_to_2007(start: date, detail: str, total: int) -> None:
    one = found(SERIES)
    assert value(one, "rtt-incomplete", "ENG", detail, start) == total
    assert one.reading.frame["start"].min() == date(2007, 4, 1)
    assert not one.reading.rejected
    assert not one.reading.notes
