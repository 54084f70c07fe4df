"""KH03: which quarter, which bed and which part of the whole a cell is."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from tests.release_files import workbook

from trigpoint.errors import InputError
from trigpoint.releases.files.opening import open_bytes
from trigpoint.releases.readers.beds import RELEASE
from trigpoint.releases.readers.beds.quarters import quarter_of, quarter_of_words
from trigpoint.releases.release import Reading

TITLE = "Average daily number of available and occupied beds open overnight by sector"
PREAMBLE = [
    [],
    [None, "Title:", TITLE],
    [None, "Period:", "July to September 2020"],
    [None, "Published:", "19th November 2020"],
    [None, "Revised:", ""],
    [None, "Status:", "Public"],
]
LABELS = ["Year", "Period End", "Region Code", "Org Code", "Org Name"]
SECTOR = [
    [None, "Provider Level Data", None, None, 227],
    [None, None, None, None, None, None, "Available", None, None, "Occupied", None, None, "% Occupied"],
    [None, *LABELS, "Total ", "General & Acute", None, "Total ", "General & Acute", None, "Total ", "Maternity"],
    [None, "2020-21", "September", None, None, "England", 100, 80, 0, 75, 60, None, 0.75, 0.5],
    [],
    [None, "2020-21", "September", "Y56", "R1H", "BARTS", 60, 50, None, 45, 40, None, 0.75, "-"],
    [None, "2020-21", "September", "Y56", "RAL", "ROYAL FREE", 40, 30, None, 30, 20, None, 0.75, 0.5],
]
REGION = [
    [None, None, None, None, None, "Available", None, "Occupied"],
    [None, "Year", "Period End", "Region Code", "AT Name", "Total ", "General & Acute", "Total ", "General & Acute"],
    [None, "2020-21", "September", None, "England", 100, 80, 75, 60],
    [None, "2020-21", "September", "Y56", "LONDON", 100, 80, 75, 60],
]
SPECIALTY = [
    [
        None,
        "Year",
        "Period End",
        "Region Code",
        "Org Code",
        "Org Name",
        "100 General Surgery",
        "101 Urology",
        "501 Obs",
    ],
    [None, "2020-21", "September", None, None, "England", 7, 1, 2],
    [None, "2020-21", "September", "Y56", "R1H", "BARTS", 7, 1, 2],
]


def read(data: bytes) -> Reading:
    (content,) = open_bytes(data, "beds.xlsx")
    assert RELEASE.recognise(content)
    return RELEASE.read(content)


def value(reading: Reading, part: str, org: str, whole: str = "") -> float | None:
    found = reading.frame.filter((pl.col("part") == part) & (pl.col("org") == org) & (pl.col("detail") == whole))
    assert len(found) == 1, (part, org, whole)
    return found["value"][0]


@pytest.mark.parametrize(
    ("year", "period", "first", "last"),
    [
        ("2020-21", "September", "2020-07-01", "2020-09-30"),
        ("2020-21", "March", "2021-01-01", "2021-03-31"),
        ("2010/11", "June", "2010-04-01", "2010-06-30"),
        ("2010-11", "Q1", "2010-04-01", "2010-06-30"),
        ("2010-11", "Quarter 4", "2011-01-01", "2011-03-31"),
        ("2021-22", "April to June", "2021-04-01", "2021-06-30"),
        ("", "Jun-21", "2021-04-01", "2021-06-30"),
        ("", date(2021, 6, 30), "2021-04-01", "2021-06-30"),
        ("2020", "December", "2020-10-01", "2020-12-31"),
    ],
)
def test_the_quarter_of_a_row(year: str, period: str | date, first: str, last: str) -> None:
    assert [day.isoformat() for day in quarter_of(year, period)] == [first, last]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("July to September 2020", "2020-09-30"),
        ("Q1 2017-18", "2017-06-30"),
        ("2017-18 Q4", "2018-03-31"),
        ("Q2_1819", "2018-09-30"),
        ("Quarter Ending June 2010", "2010-06-30"),
    ],
)
def test_the_quarter_of_a_title(text: str, last: str) -> None:
    found = quarter_of_words(text)
    assert found is not None
    assert found[1].isoformat() == last


@pytest.mark.parametrize(
    ("part", "org", "whole", "expected"),
    [
        ("beds-available", "ENG", "", 100),
        ("beds-available", "ENG", "sector=general-acute", 80),
        ("beds-occupied", "RAL", "", 30),
        ("bed-occupancy", "R1H", "", 75),
        ("bed-occupancy", "R1H", "sector=maternity", None),
        ("beds-occupied", "ENG", "specialty=100", 7),
        ("beds-available", "Y56", "", 100),
    ],
)
def test_cells_become_observations(part: str, org: str, whole: str, expected: float | None) -> None:
    occupied = [[None, "Title:", "Average daily number of occupied beds open overnight by Consultant Specialty"], []]
    reading = read(
        workbook(
            NHS_Trust_by_Sector=PREAMBLE + SECTOR,
            Region_by_Sector=PREAMBLE + REGION,
            Occupied_by_Specialty=occupied + SPECIALTY,
        )
    )
    assert value(reading, part, org, whole) == expected
    assert any("region (4 totals checked)" in note for note in reading.notes)


def test_day_only_beds_are_parts_of_their_own() -> None:
    preamble = [
        [None, "Title:", TITLE.replace("overnight", "day only")] if "Title:" in row else row for row in PREAMBLE
    ]
    reading = read(workbook(NHS_Trust_by_Sector=preamble + SECTOR))
    assert reading.variant == "day only workbook"
    assert value(reading, "day-beds-available", "ENG") == 100
    assert set(reading.frame["part"]) == {"day-beds-available", "day-beds-occupied", "day-bed-occupancy"}


def test_few_lines_above_the_table_and_health_authorities() -> None:
    rows = [
        ["Average daily number of available and occupied beds open overnight by sector"],
        ["Source: KH03"],
        [],
        [None, None, None, None, None, "Available", None, "Occupied"],
        ["Year", "Period", "SHA Code", "Org Code", "Org Name", "Total ", "Acute", "Total ", "Acute"],
        ["2010-11", "June", None, None, "England", 10, 8, 5, 4],
        ["2010-11", "June", "Q30", "5D7", "NEWCASTLE PCT", 10, 8, 5, 4],
    ]
    reading = read(workbook(NHS_Trust_by_Sector=rows))
    assert value(reading, "beds-occupied", "5D7") == 5
    assert value(reading, "beds-available", "ENG", "sector=acute") == 8
    assert set(reading.frame["start"]) == {date(2010, 4, 1)}


def test_many_quarters_have_one_sheet_each() -> None:
    later = [[cell if cell != "September" else "December" for cell in row] for row in SECTOR]
    reading = read(workbook(Q2=PREAMBLE + SECTOR, Q3=PREAMBLE + later))
    assert sorted(set(reading.frame["end"])) == [date(2020, 9, 30), date(2020, 12, 31)]


def test_a_sheet_without_year_and_period_takes_the_quarter_of_its_lines_or_name() -> None:
    bare = [[None, *row[3:]] for row in SECTOR]
    reading = read(workbook(**{"2018-19 Q1": bare}))
    assert set(reading.frame["end"]) == {date(2018, 6, 30)}
    with pytest.raises(InputError, match="neither a year and period column"):
        read(workbook(Sheet1=bare))


def test_printed_shares_that_are_not_the_shares_are_told() -> None:
    wrong = [[0.7 if cell == 0.75 else cell for cell in row] for row in SECTOR]
    reading = read(workbook(a=PREAMBLE + wrong))
    assert any(note.startswith("the printed shares are not") for note in reading.notes)


def test_the_time_series_has_england_only_and_a_year_in_its_first_row() -> None:
    rows = [
        ["Average daily number of available and occupied beds open overnight by sector, England"],
        [],
        ["", "", "Available", "", "Occupied", ""],
        ["Year", "Period", "Total", "General & Acute", "Total", "General & Acute"],
        ["1999-00", "", 200, 150, 180, 120],
        ["2010-11", "Q1", 100, 80, 75, 60],
        ["", "Q2", 99, 79, 74, 59],
    ]
    reading = read(workbook(Open_Overnight=rows))
    assert reading.variant == "time series"
    total = reading.frame.filter((pl.col("part") == "beds-available") & (pl.col("detail") == "")).sort("start")
    assert total.select("start", "end", "value").rows() == [
        (date(1999, 4, 1), date(2000, 3, 31), 200),
        (date(2010, 4, 1), date(2010, 6, 30), 100),
        (date(2010, 7, 1), date(2010, 9, 30), 99),
    ]


def test_saved_as_text_the_shares_are_in_per_cent() -> None:
    text = (
        "Title:,KH03\n,,,,Available,,Occupied,,% Occupied\nYear,Period End,Org Code,Org Name,Total,General & Acute,"
        'Total,General & Acute,Total\n2020-21,September,-,England,"1,000",800,750,600,75.0%\n'
    )
    (content,) = open_bytes(text.encode(), "beds.csv")
    assert RELEASE.recognise(content)
    reading = RELEASE.read(content)
    assert value(reading, "beds-available", "ENG") == 1000
    assert value(reading, "bed-occupancy", "ENG") == 75


def test_health_authorities_are_regions_whatever_their_column_is_called() -> None:
    rows = [
        [None, None, None, None, "Available", None, "Occupied"],
        ["Year", "Period", "Org Code", "Org Name", "Total ", "General & Acute", "Total ", "General & Acute"],
        ["2010-11", "June", None, "England", 10, 8, 5, 4],
        ["2010-11", "June", "Q30", "NORTH EAST SHA", 10, 8, 5, 4],
    ]
    reading = read(workbook(SHA_by_Sector=rows))
    assert set(reading.frame["basis"]) == {"national", "region"}


def test_names_that_hold_the_figure_as_well_as_the_sector() -> None:
    counts = ["Total Beds Available", "G&A Beds Available", "Total Beds Occupied", "G&A Occupied", "% Occupied Total"]
    rows = [
        ["Quarter", "Year", "Org Code", "Org Name", *counts],
        ["Q2", "2020-21", "R1H", "BARTS", 60, 50, 45, 40, 0.75],
    ]
    reading = read(workbook(Data=rows))
    assert value(reading, "beds-available", "R1H") == 60
    assert value(reading, "beds-occupied", "R1H", "sector=general-acute") == 40
    assert value(reading, "bed-occupancy", "R1H") == 75


def test_an_organisation_that_stands_twice_is_told() -> None:
    twice = [*SECTOR, SECTOR[-1], [*SECTOR[5][:6], 61, *SECTOR[5][7:]]]
    reading = read(workbook(a=PREAMBLE + twice))
    assert [said.rpartition(": ")[2] for said in reading.rejected] == [
        "R1H (provider) stands twice for July 2020 with different figures, which were left out",
        "RAL (provider) stands twice for July 2020 with the same figures",
    ]
    assert value(reading, "beds-available", "RAL") == 40
    assert value(reading, "beds-occupied", "R1H") == 45
    assert reading.frame.filter((pl.col("org") == "R1H") & (pl.col("part") == "beds-available")).height == 1
