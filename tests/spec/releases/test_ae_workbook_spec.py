"""A&E workbooks: sheets of booked and unbooked attendances, systems by the hidden mapping, England's time series."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime

import openpyxl
import polars as pl
import pytest

from trigpoint.errors import InputError
from trigpoint.releases.files.content import Content, Kind
from trigpoint.releases.reading import FileReading, read_content
from trigpoint.releases.release import Mapped, Reading

Cells = Sequence[object]
DEPARTMENTS = [
    "Type 1 Departments - Major A&E",
    "Type 2 Departments - Single Specialty",
    "Type 3 Departments - Other A&E/Minor Injury Unit",
]
ADMISSIONS = [
    "Emergency Admissions via Type 1 A&E",
    "Emergency Admissions via Type 2 A&E",
    "Emergency Admissions via Type 3 and 4 A&E",
    "Total Emergency Admissions via A&E",
    "Other Emergency admissions (i.e not via A&E)",
    "Total Emergency Admissions",
    "Number of patients spending >4 hours from decision to admit to admission",
    "Number of patients spending >12 hours from decision to admit to admission",
]
ENGLAND = ["-", "-", "England"]
TRUST = ["RAA", "NHS England Midlands ", "A Trust"]
CENTRE = ["NTV0B", "NHS England Midlands ", "A Walk-In Centre"]
SYSTEM = "NHS Black Country Integrated Care Board"


def preamble(period: object = "June 2025") -> list[Cells]:
    return [
        [],
        ["", "Title:", "A&E Attendances"],
        ["", "Period:", period],
        ["", "Published:", "10th July 2025"],
        ["", "Revised:", "14th August 2025"],
        ["", "Status:", "Published"],
        [],
    ]


def counts(label: str, over: str, places: Sequence[str]) -> list[Cells]:
    """The labels and the header of a sheet of attendances."""
    blank = [""] * (len(places) + 1)
    spans = [
        label,
        "",
        "",
        "",
        "A&E attendances < 4 hours from arrival",
        "",
        "",
        "",
        over,
        "",
        "",
        "",
        "Percentage",
        "",
    ]
    names = [*DEPARTMENTS, "Total attendances", *DEPARTMENTS, "Total Attendances < 4 hours"]
    names += [*DEPARTMENTS, "Total Attendances > 4 hours", "Percentage in 4 hours or less (all)", ""]
    return [[*blank, *spans, "Emergency Admissions"], ["", *places, *names, *ADMISSIONS]]


def row(places: Cells, seen: Cells, over: Cells, waits: Cells = (40, 1, 2, 43, 60, 103, 10, 3)) -> list[object]:
    """A row of a sheet; with attendances within four hours made of the others."""
    within = [one - late if isinstance(late, int) else late for one, late in zip(seen, over, strict=True)]  # type: ignore[operator]
    blocks = [[*block, sum(x for x in block if isinstance(x, int))] for block in (seen, within, over)]
    return ["", *places, *blocks[0], *blocks[1], *blocks[2], 0.75, "", *waits]


PLACES = ["Code", "Region", "Name"]
LATE = "A&E attendances greater than 4 hours from arrival"
SHEETS: dict[str, list[Cells]] = {
    "System Level Data": [
        *preamble(),
        *counts("A&E attendances", LATE, ["Code", "System"]),
        row(["-", "-"], [150, 20, 350], [31, 2, 7]),
        [],
        row(["QUA", SYSTEM], [150, 20, 350], [31, 2, 7]),
    ],
    "Provider Level Data": [
        *preamble(),
        *counts("A&E attendances", LATE, PLACES),
        row(ENGLAND, [150, 20, 350], [31, 2, 7]),
        [],
        row(TRUST, [150, 20, 300], [31, 2, 7]),
        [*row(CENTRE, [0, 0, 50], [0, 0, 0], [0] * 8), SYSTEM],
    ],
    "Non-Booked Data": [
        *preamble(),
        *counts("A&E attendances", LATE, PLACES),
        row(ENGLAND, [140, 20, 310], [30, 2, 5]),
        [],
        row(TRUST, [140, 20, 260], [30, 2, 5]),
        row(CENTRE, [0, 0, 50], [0, 0, 0], [0] * 8),
    ],
    "Booked Appointments Data": [
        *preamble(),
        [
            "",
            "",
            "",
            "",
            "A&E Booked Appointment attendances",
            "",
            "",
            "",
            "A&E Booked Appointments > 4 hours from arrival",
        ],
        ["", *PLACES, *DEPARTMENTS, "Total attendances", *DEPARTMENTS, "Booked Appointment Attendances > 4 hours"],
        ["", *ENGLAND, 10, 0, 40, 50, 1, 0, 2, 3],
        [],
        ["", *TRUST, 10, 0, 40, 50, 1, 0, 2, 3],
        ["", *CENTRE, 0, 0, 0, 0, 0, 0, 0, 0],
    ],
    "System Mapping": [
        [],
        ["Org code", "Region ", "Name", "STP", "", "", "STP", "Code"],
        ["RAA", "Midlands", "A Trust", SYSTEM, "", "", "Black Country STP", "QUA", SYSTEM.upper(), SYSTEM],
    ],
}


def workbook(sheets: dict[str, list[Cells]], hidden: Sequence[str] = ("System Mapping",)) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for cells in rows:
            sheet.append([None if cell == "" else cell for cell in cells])
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read(sheets: dict[str, list[Cells]]) -> Reading:
    found = read_content(Content("ae.xlsx", Kind.WORKBOOK, workbook(sheets)))
    assert isinstance(found, FileReading)
    assert found.release.id == "ae"
    return found.reading


def value(reading: Reading, part: str, org: str, whole: str = "", basis: str = "") -> float | str | None:
    rows = reading.frame.filter((pl.col("part") == part) & (pl.col("org") == org) & (pl.col("detail") == whole))
    rows = rows.filter(pl.col("basis") == basis) if basis else rows
    if rows.is_empty():
        return None
    (one,) = rows.to_dicts()
    return one["value"] if one["value"] is not None else one["marker"]


def test_each_sheet_has_parts_of_its_own() -> None:
    found = read(SHEETS)
    assert (found.variant, found.status.value, str(found.published)) == ("provider workbook", "revised", "2025-07-10")
    table = {
        ("ae-attendances", "RAA"): 420,
        ("ae-attendances-booked", "RAA"): 50,
        ("ae-attendances-published", "RAA"): 470,
        ("ae-within-4-hours", "ENG"): 470 - 37,
        ("ae-within-4-hours-published", "ENG"): 520 - 40,
        ("ae-over-4-hours-published", "QUA"): 40,
        ("ae-over-4-hours-booked", "ENG"): 3,
        ("ae-dta-4-to-12-hours", "RAA"): 7,
        ("ae-dta-over-12-hours", "ENG"): 3,
        ("ae-emergency-admissions", "RAA"): 103,
        ("ae-attendances-published", "NTV0B"): 50,
    }
    assert {key: value(found, *key) for key in table} == table
    assert found.rejected == ()


def test_what_the_sheets_say_twice_is_compared() -> None:
    notes = read(SHEETS).notes
    assert "sheet Provider Level Data: the England row agrees with the sum of 2 rows in all 20 columns" in notes
    agree = "the attendances as published and the unbooked with the booked ones agree for all 2 organisations"
    assert agree in notes
    assert "the England rows of the sheets Provider Level Data and System Level Data agree" in notes
    assert "all 1 system agree with their providers by the hidden sheet System Mapping" in notes


def test_a_difference_is_a_note_and_the_published_figure_stays() -> None:
    sheets = {**SHEETS, "Non-Booked Data": list(SHEETS["Non-Booked Data"])}
    sheets["Non-Booked Data"][-2] = row(TRUST, [139, 20, 260], [30, 2, 5])
    found = read(sheets)
    assert (value(found, "ae-attendances", "RAA"), value(found, "ae-attendances-published", "RAA")) == (419, 470)
    said = [note for note in found.notes if "differ" in note]
    assert any("sheet Non-Booked Data: the England row differs from the sum of 2 rows" in note for note in said)
    assert any("the unbooked with the booked ones differ in" in note and "RAA: 470 and 469" in note for note in said)


def test_the_mapping_is_by_code_and_by_what_stands_beside_a_provider() -> None:
    found = read(SHEETS)
    assert found.mapping == (Mapped("RAA", "QUA"), Mapped("NTV0B", "QUA"))
    assert any("NTV0B is not in the hidden sheet System Mapping" in note for note in found.notes)


def test_before_booked_appointments_the_sheet_of_providers_is_both() -> None:
    found = read({"Provider Level Data": SHEETS["Provider Level Data"]})
    assert value(found, "ae-attendances", "RAA") == value(found, "ae-attendances-published", "RAA") == 470
    assert value(found, "ae-within-4-hours", "ENG") == 480
    assert any("not counted apart yet" in note for note in found.notes)


@pytest.mark.parametrize("over", [(0, 0, 0), ("-", "-", "-")])
def test_a_trust_that_reports_none_over_four_hours(over: Cells) -> None:
    rows = [*SHEETS["Provider Level Data"][:9], row(ENGLAND, [1000, 0, 0], [0, 0, 0]), row(TRUST, [1000, 0, 0], over)]
    found = read({"Provider Level Data": rows})
    assert value(found, "ae-attendances", "RAA") == 1000
    assert value(found, "ae-within-4-hours-published", "RAA") == "not available"


def test_the_acute_trust_footprint_has_a_basis_of_its_own() -> None:
    header = counts("A&E attendances", LATE, PLACES)
    mapped = ["Of which is additional mapped type 3 activity", ""]
    footprint = [
        *preamble(),
        [*header[0][:16], *mapped],
        [*header[1][:16], "A&E attendances", "A&E attendances > 4 hours"],
        [*row(TRUST, [150, 20, 350], [31, 2, 7])[:16], 50, 0],
    ]
    found = read({**SHEETS, "Acute Trust Footprint Data": footprint})
    assert value(found, "ae-attendances-published", "RAA", basis="acute trust footprint") == 520
    assert value(found, "ae-attendances-published", "RAA", basis="provider") == 470
    assert not any("not known" in note for note in found.notes)


def test_a_new_column_is_told_and_a_workbook_without_period_is_refused() -> None:
    rows = [list(cells) for cells in SHEETS["Provider Level Data"]]
    rows[8].append("Frailty")
    said = "the column “frailty” of sheet “Provider Level Data” is not known and was left out"
    assert said in read({"Provider Level Data": rows}).notes
    rows[2] = ["", "Period:", "soon"]
    with pytest.raises(InputError, match="the period “soon” is no month"):
        read({"Provider Level Data": rows})
    given = read_content(
        Content("ae.xlsx", Kind.WORKBOOK, workbook({"Provider Level Data": rows}), month=date(2025, 6, 1))
    )
    assert given.periods == ((date(2025, 6, 1), date(2025, 6, 30)),)


def test_a_row_with_figures_and_no_code_is_told() -> None:
    rows = [*SHEETS["Provider Level Data"], row(["", "", "A Trust without code"], [1, 1, 1], [0, 0, 0])]
    rows.append(["", "Notes: as reported by the providers"])
    found = read({"Provider Level Data": rows})
    assert [one.code for one in found.organisations] == ["ENG", "RAA", "NTV0B"]
    assert len(found.rejected) == 1
    assert "“A Trust without code” has no organisation code; the row was left out" in found.rejected[0]


def series(**more: list[Cells]) -> dict[str, list[Cells]]:
    months = [datetime(2012, 4, 1), datetime(2019, 4, 1), datetime(2019, 6, 1)]
    head = ["", "", "A&E attendances", "", "", "", "Emergency Admissions"]
    late = ["", "", "Attendances > 4 hours from arrival", "", "", "", "A&E attendances < 4 hours", "", "", ""]
    return {
        "Activity": [
            *preamble("August 2010 to June 2019"),
            head,
            ["", "Period", *DEPARTMENTS, "Total Attendances", *ADMISSIONS],
            ["", months[0], 1000.5, 20.25, 300, 1320.75, 40, 1, 2, 43, 60, 103, 10, 3],
            ["", months[1], 1000, 20, 300, 1320, 40, 1, 2, 43, 60, 103, "#N/A", 3],
            ["", 43617, 1000, 20, 300, 1320, 40, 1, 2, 43, 60, 103, 10, 3],
            ["", "Note: estimates before 2015"],
        ],
        "Performance": [
            *preamble(""),
            late,
            ["", "Period", *DEPARTMENTS, "Total Attendances > 4 hours", *DEPARTMENTS, "Total Attendances < 4 hours"],
            ["", months[0], 100.5, 1, 2, 103.5, 900, 19.25, 298, 1217.25],
            ["", months[1], 100, 1, 2, 103, 900, 19, 298, 1217],
            ["", months[2], 90, 1, 2, 93, "-", "-", "-", "-"],
        ],
        "Chart Data": [["Period", "Type 1"], [datetime(2019, 4, 1), 42]],
        **more,
    }


def test_the_time_series_of_england_has_a_row_a_month_from_several_sheets() -> None:
    found = read(series())
    assert found.variant == "time series"
    assert found.rejected == ()
    of = {start: found.frame.filter(pl.col("start") == start) for start in found.frame["start"].unique()}
    assert [start.isoformat() for start in sorted(of)] == ["2012-04-01", "2019-04-01", "2019-06-01"]
    parts = [{(one["part"], one["detail"]): one["value"] for one in of[start].to_dicts()} for start in sorted(of)]
    assert parts[0]["ae-attendances-published", ""] == 1320.75
    assert parts[0]["ae-within-4-hours", "type=1"] == 900
    assert parts[1]["ae-over-4-hours-published", ""] == 103
    assert parts[1]["ae-dta-over-4-hours", ""] is None  # an error in the cell, never its number 42
    assert parts[2]["ae-attendances-published", ""] == 1320  # a serial number for a date
    assert parts[2]["ae-within-4-hours-published", ""] is None  # some trusts report none in these months
    assert "1 month up to April 2012 hold fractions: estimates made from weekly figures" in found.notes


def test_two_sheets_of_the_series_that_differ_are_told() -> None:
    again: list[Cells] = [["", "Period", "Total Emergency Admissions"], ["", datetime(2019, 4, 1), 104]]
    notes = read(series(More=again)).notes
    assert any(
        "the sheet More and those before it differ in 1 figure" in note and "103 and 104" in note for note in notes
    )


def test_a_line_of_the_series_that_names_no_month_is_told() -> None:
    sheets = series()
    sheets["Activity"].append(["", "2019/20", 1, 1, 1, 3])
    assert "“2019/20” is no month; the row was left out" in read(sheets).rejected[0]


@pytest.mark.parametrize(
    ("month", "expected"), [(datetime(2019, 4, 1), 1217), (datetime(2019, 6, 1), None), (datetime(2023, 6, 1), 1217)]
)
def test_a_series_of_those_over_four_hours_alone(month: datetime, expected: float | None) -> None:
    """Those within are the rest, but while some trusts reported none the rest would count all of theirs."""
    sheets: dict[str, list[Cells]] = {
        "Activity": [
            ["", "", "A&E attendances"],
            ["", "Period", *DEPARTMENTS, "Total Attendances"],
            ["", month, 1000, 20, 300, 1320],
        ],
        "Performance": [
            ["", "", "A&E attendances > 4 hours"],
            ["", "Period", *DEPARTMENTS, "Total Attendances"],
            ["", month, 100, 1, 2, 103],
        ],
    }
    found = read(sheets)
    assert not any("differ" in note for note in found.notes)
    assert value(found, "ae-over-4-hours-published", "ENG") == 103
    within = found.frame.filter((pl.col("part") == "ae-within-4-hours-published") & (pl.col("detail") == ""))
    assert within["value"].to_list() == [expected]


def test_columns_without_a_label_are_told_by_the_total_that_ends_their_block() -> None:
    rows: list[Cells] = [
        ["", "Period", *DEPARTMENTS, "Total Attendances", *DEPARTMENTS, "Total Attendances > 4 hours"],
        ["", datetime(2018, 4, 1), 1000, 20, 300, 1320, 100, 1, 2, 103],
    ]
    found = read({"Activity": rows})
    assert value(found, "ae-attendances-published", "ENG", "type=1") == 1000
    assert value(found, "ae-over-4-hours-published", "ENG", "type=1") == 100
    assert value(found, "ae-within-4-hours", "ENG") == 1217
