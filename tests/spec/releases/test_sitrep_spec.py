"""What a daily situation report says, as workbook and as a save of one of its sheets, and what is made of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import polars as pl
import pytest
from tests import release_files
from tests.release_files import content

from trigpoint.errors import InputError
from trigpoint.releases.figures.frame import figures_frame
from trigpoint.releases.files.content import Content, Kind
from trigpoint.releases.observation import Status, repeated
from trigpoint.releases.readers.sitrep import RELEASE
from trigpoint.releases.release import Reading

FIRST, SECOND = date(2021, 11, 29), date(2021, 11, 30)
PREAMBLE: list[list[Any]] = [
    [],
    ["", "Title:", "UEC Daily SitRep"],
    ["", "Summary:", "Beds and handovers reported each day"],
    [],
    ["", "Period:", "29 November 2021 to 30 November 2021"],
    ["", "Source:", "SDCS data collection"],
    ["", "Basis:", "Provider"],
    ["", "Published:", "9th December 2021"],
    ["", "Revised:", "-"],
    ["", "Status:", "Published"],
    [],
    [],
]
LABELS = ["", "NHS England Region", "", "Code", "Name"]
BEDS = ["Adult G&A Beds Open", "Adult G&A beds occ'd", "Occupancy rate"]


def days(width: int) -> list[Any]:
    label = [datetime(2021, 11, 29), *[None] * (width - 1), datetime(2021, 11, 30)]
    return [None] * 5 + label


def blocks(names: list[str], *rows: list[Any]) -> list[list[Any]]:
    """A sheet with a block of columns for each of two days."""
    return [*PREAMBLE, days(len(names)), [*LABELS, *names, *names], *rows]


def sheet_of_beds() -> list[list[Any]]:
    return blocks(
        BEDS,
        ["", "", "", "-", "ENGLAND (All Acute Trusts)", 300, 270, 0.9, 310, 280, 280 / 310],
        ["", "", "", "-", "ENGLAND (Acute Trusts with Type 1 A&E)", 200, 190, 0.95, 200, 190, 0.95],
        ["", "", "", "", "", 2, 2, 2, 3, 3, 3],
        [],
        ["", "London Commissioning Region", "", "RF4", "A TRUST", 200, 190, 0.95, 200, 190, 0.95],
        [],
        ["", "Midlands Commissioning Region", "", "K0N6A", "ANOTHER", 100, 80, 0.8, 110, 90, 90 / 110],
        [],
        ["", "1. Beds open include those in use for a single day"],
    )


def workbook(**sheets: list[list[Any]]) -> Content:
    return content(release_files.workbook(**sheets), name="a book.xlsx")


def read(content: Content) -> Reading:
    assert RELEASE.recognise(content)
    return RELEASE.read(content)


def test_a_block_of_columns_a_day() -> None:
    reading = read(workbook(Contents=[["Contents"]], Beds=sheet_of_beds()))
    open_beds = reading.frame.filter(part="sitrep-ga-beds-open").select(
        "org", "basis", "detail", "start", "end", "value"
    )
    assert open_beds.rows() == [
        ("ENG", "national", "age=adult", FIRST, FIRST, 300.0),
        ("ENG", "national", "age=adult", SECOND, SECOND, 310.0),
        ("ENG", "national", "age=adult;trusts=acute trusts with type 1 a&e", FIRST, FIRST, 200.0),
        ("ENG", "national", "age=adult;trusts=acute trusts with type 1 a&e", SECOND, SECOND, 200.0),
        ("RF4", "provider", "age=adult", FIRST, FIRST, 200.0),
        ("RF4", "provider", "age=adult", SECOND, SECOND, 200.0),
        ("K0N6A", "provider", "age=adult", FIRST, FIRST, 100.0),
        ("K0N6A", "provider", "age=adult", SECOND, SECOND, 110.0),
    ]
    rates = reading.frame.filter(part="sitrep-ga-occupancy-rate", org="RF4")["value"].to_list()
    assert rates == [95.0, 95.0]
    assert repeated(reading.frame).is_empty()
    assert reading.whole
    assert reading.rejected == ()


def test_the_preamble_and_what_is_verified() -> None:
    reading = read(workbook(Beds=sheet_of_beds()))
    assert (reading.published, reading.status, reading.variant) == (date(2021, 12, 9), Status.PUBLISHED, "workbook")
    assert "days from 29 November 2021 to 30 November 2021" in reading.notes
    assert "the England row agrees with the sum of 2 trusts (4 totals checked)" in reading.notes
    assert "sitrep-ga-occupancy: the beds occupied and open make the rates printed (8 checked)" in reading.notes


SHEETS = [
    # sheet, columns, cells | part, detail, value, marker
    ("G&A beds", ["Core Beds Open", "Escalation Beds Open", "Total Beds Open", "Total beds occ'd", "Occupancy rate"],
     [90, 10, 100, 95, 0.95], "sitrep-ga-beds-escalation", "", 10.0, ""),
    ("G&A beds", ["Total beds avail", "Total beds occ'd"], [100, 95], "sitrep-ga-beds-open", "", 100.0, ""),
    ("Total G&A beds", ["Total G&A Beds Open", 'Total G&A Beds Unavailable to non-covid admissions "void"',
                        "Total G&A beds occ'd"], [100, 7, 95], "sitrep-ga-beds-void", "", 7.0, ""),
    ("Paediatric G&A beds", ["Paeds G&A Beds Open", "Paeds G&A beds occ'd"], [10, 9],
     "sitrep-ga-beds-occupied", "age=paediatric", 9.0, ""),
    ("Adult critical care", ["CC Adult Open", "CC Adult Occ", "Occupancy rate"], [0, 0, "-"],
     "sitrep-critical-care-occupancy-rate", "", None, "not applicable"),
    ("Adult critical care", ["CC Adult avail", "CC Adult Occ"], [20, 17], "sitrep-critical-care-open", "", 20.0, ""),
    ("Beds Occ by long stay patients", ["> 7 days", "> 14 days", "> 21 days"], [70, 40, 20],
     "sitrep-long-stay-14-days", "", 40.0, ""),
    ("Ambulance Arrivals and Delays", ["Arriving by ambulance", "Delay 30-60 mins", "Delay >60 mins"], [50, 6, "-"],
     "sitrep-handover-over-60-minutes", "", None, "not available"),
    ("D&V, Norovirus", ["Beds closed", "Beds closed unocc"], [5, 2], "sitrep-norovirus-beds-closed-unoccupied", "",
     2.0, ""),
    ("Flu", ["G&A flu beds", "CC flu beds"], [5, 2], "sitrep-flu-critical-care-beds", "", 2.0, ""),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "names", "cells", "part", "detail", "value", "marker"), SHEETS)
def test_the_sheets(
    sheet: str, names: list[str], cells: list[Any], part: str, detail: str, value: float | None, marker: str
) -> None:
    rows = blocks(names, ["", "London", "", "RF4", "A TRUST", *cells, *cells])
    frame = read(workbook(**{sheet: rows})).frame.filter(part=part, org="RF4")
    assert frame.select("detail", "start", "value", "marker").rows() == [
        (detail, FIRST, value, marker),
        (detail, SECOND, value, marker),
    ]


@pytest.mark.parametrize(
    ("sheet", "part"), [("A&E Closures", "sitrep-ae-closures"), ("A&E diverts", "sitrep-ae-diverts")]
)
def test_a_sheet_of_one_column_a_day(sheet: str, part: str) -> None:
    rows = [
        *PREAMBLE,
        [*LABELS, datetime(2021, 11, 29), datetime(2021, 11, 30)],
        ["", "", "", "-", "ENGLAND", 1, 2],
        ["", "London", "", "RF4", "A TRUST", 1, 2],
    ]
    frame = read(workbook(**{sheet: rows})).frame.filter(org="RF4")
    assert frame.select("part", "start", "value").rows() == [(part, FIRST, 1.0), (part, SECOND, 2.0)]


SAVES = [
    "Code,Name,CC Adult Open_43437,CC Adult Occ_43437,Occupancy rate_43437",
    "Region,Code,Name,CC Adult Open_43437,CC Adult Occ_43437,Occupancy rate_43437",
    "Provider Level Data,Code,Name,CC Adult Open_43437,CC Adult Occ_43437,Occupancy rate_43437",
]


@pytest.mark.parametrize("header", SAVES)
def test_a_sheet_saved_as_text(header: str) -> None:
    lead = "" if header.startswith("Code") else "London Commissioning Region,"
    england = "" if header.startswith("Code") else "-,"
    rows = (f'{england}-,England,"3,708","3,056",82.4%', f'{lead}RF4,"A TRUST, LONDON","3,708","3,056",82.4%')
    content = Content("a save.csv", Kind.TEXT, "\r\n".join((header, *rows)).encode("utf-8-sig"))
    reading = read(content)
    day = date(2018, 12, 3)
    assert reading.frame.select("part", "org", "start", "end", "value").rows() == [
        (f"sitrep-critical-care-{part}", org, day, day, value)
        for org in ("ENG", "RF4")
        for part, value in (("open", 3708.0), ("occupied", 3056.0), ("occupancy-rate", 82.4))
    ]
    assert reading.variant == "csv"
    assert "the England row agrees with the sum of 1 trust (2 totals checked)" in reading.notes


def test_days_in_the_row_above_of_a_text() -> None:
    text = (
        ",,,,,03/12/2018,,04/12/2018,\n"
        ",Region,,Code,Name,> 7 days,> 21 days,> 7 days,> 21 days\n"
        ',London,,RF4,A TRUST,"1,070",20,71,21\n'
    )
    frame = read(Content("a save.csv", Kind.TEXT, text.encode())).frame
    assert frame.select("part", "start", "value").rows() == [
        ("sitrep-long-stay-7-days", date(2018, 12, 3), 1070.0),
        ("sitrep-long-stay-21-days", date(2018, 12, 3), 20.0),
        ("sitrep-long-stay-7-days", date(2018, 12, 4), 71.0),
        ("sitrep-long-stay-21-days", date(2018, 12, 4), 21.0),
    ]


def test_what_does_not_agree_is_told() -> None:
    rows = blocks(
        ["CC Adult Open", "CC Adult Occ", "Occupancy rate"],
        ["", "", "", "-", "ENGLAND", 21, 17, "81.0%", 20, 17, "85.0%"],
        ["", "London", "", "RF4", "A TRUST", 20, 17, "85.0%", 20, 17, "58.0%"],
    )
    notes = read(workbook(Care=rows)).notes
    assert any("sitrep-critical-care-open 21 printed, 20 added up" in note for note in notes)
    assert "sitrep-critical-care-occupancy: 1 of 4 rates printed differs from the beds beside them" in notes


def test_what_is_not_known_is_told() -> None:
    rows = blocks(
        ["CC Adult Open", "CC Adult Occ", "Something new"],
        ["", "London", "", "RF4", "A TRUST", 20, 17, 1, 20, "many", 1],
        ["", "London", "", "", "A NAME ALONE", 20, 17, 1, 20, 17, 1],
    )
    reading = read(workbook(Care=rows))
    assert any("“Something new” are not known" in note for note in reading.notes)
    assert [said.partition(": ")[2] for said in reading.rejected] == [
        "“many” for 30 November 2021 is no number; it was left out",
        "“A NAME ALONE” has no organisation code; the row was left out",
    ]
    assert not reading.whole


WEEKENDS = [
    ("11-13-Dec-15", date(2015, 12, 11), date(2015, 12, 13)),
    ("14-16-Dec 12", date(2012, 12, 14), date(2012, 12, 16)),
    ("18-20 Jan-13", date(2013, 1, 18), date(2013, 1, 20)),
    ("21-26/12/2012", date(2012, 12, 21), date(2012, 12, 26)),
    ("25-27/1/13", date(2013, 1, 25), date(2013, 1, 27)),
    ("15-17-02-13", date(2013, 2, 15), date(2013, 2, 17)),
    ("30 Nov 12 to 02 Dec 2012", date(2012, 11, 30), date(2012, 12, 2)),
    ("16 Nov 12 to 18-Nov-2012", date(2012, 11, 16), date(2012, 11, 18)),
    ("31/12/2012 -01 /1/13", date(2012, 12, 31), date(2013, 1, 1)),
    ("30-2 Jan 2013", date(2012, 12, 30), date(2013, 1, 2)),
    ("18-Nov-12", date(2012, 11, 18), date(2012, 11, 18)),
    ("2012-11-18", date(2012, 11, 18), date(2012, 11, 18)),
]


@pytest.mark.parametrize(("label", "start", "end"), WEEKENDS)
def test_a_weekend_in_one_column_is_a_period_of_its_days(label: str, start: date, end: date) -> None:
    rows = blocks(["CC Adult avail", "CC Adult Occ"], ["", "London", "", "RF4", "A TRUST", 20, 17, 21, 18])
    rows[-3][7] = label
    spans = read(workbook(Care=rows)).frame.select("start", "end").unique().sort("start").rows()
    assert spans == sorted([(FIRST, FIRST), (start, end)])


def test_a_label_that_names_no_days_is_left_out() -> None:
    rows = blocks(["CC Adult Open", "CC Adult Occ"], ["", "London", "", "RF4", "A TRUST", 20, 17, 21, 18])
    rows[-3][7] = "Bank holidays"
    reading = read(workbook(Care=rows))
    assert set(reading.frame["start"]) == {FIRST}
    assert any("“Bank holidays” are no days that are known" in note for note in reading.notes)


def test_a_sheet_of_columns_that_are_not_known_is_told() -> None:
    strange = blocks(["Something", "Else"], ["", "London", "", "RF4", "A TRUST", 20, 17, 21, 18])
    reading = read(workbook(Beds=sheet_of_beds(), Strange=strange))
    assert "of “Strange” nothing is read: the columns are not known" in reading.notes


def test_other_workbooks_are_not_claimed() -> None:
    rows = [*PREAMBLE, [*LABELS, "Total beds", "Occupied"], ["", "London", "", "RF4", "A TRUST", 20, 17]]
    assert not RELEASE.recognise(workbook(Provider=rows))
    with pytest.raises(InputError, match="no sheet has a block of columns for each day"):
        RELEASE.read(workbook(Provider=rows))


MEASURES = [("sitrep-adult-ga-occupancy", 95.0), ("sitrep-ga-occupancy", None)]


@pytest.mark.parametrize(("id", "expected"), MEASURES)
def test_occupancy_is_made_of_the_beds(id: str, expected: float | None) -> None:
    observed = read(workbook(Beds=sheet_of_beds())).frame.with_columns(
        release=pl.lit("sitrep"), variant=pl.lit("workbook"), status=pl.lit("published"), digest=pl.lit("a")
    )
    measure = next(one for one in RELEASE.measures if one.id == id)
    found = figures_frame(observed, [measure]).filter(org="RF4", start=FIRST)["value"].to_list()
    assert found == ([] if expected is None else [expected])
