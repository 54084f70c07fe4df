"""The Excel template, wrongly filled in: what is said of each cell, all of it at once."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest

from trigpoint.activity.book.reading import read_texts
from trigpoint.activity.book.template import TemplateReading, read_template, template_workbook
from trigpoint.errors import InputError

CELLS = [
    # sheet, cells by address, what is said of which cell
    ("Growth", {"A2": "g", "I2": 1.9}, "row 2, column I: “1.9” is no share; did you mean 1.9%? Write 1.9% or 0.019."),
    ("Growth", {"A2": "g", "I2": "two"}, "row 2, column I: “two” is not a number; write digits alone"),
    ("Growth", {"A2": "g", "I2": 0.02, "C2": "trnd"}, "row 2, column C: “trnd” is not known; write one of"),
    ("Growth", {"A2": "g", "I2": 0.02, "H2": "2017-19"}, "row 2, column H: “2017-19” is no financial year"),
    (
        "Growth",
        {"A2": "g", "I2": 0.02, "A3": "g", "I3": 0.03},
        "row 3: the id “g” stands in sheet Growth, row 2 already",
    ),
    ("Growth", {"A2": "g", "I2": "#REF!"}, "row 2, column I: the formula gives #REF!; correct the formula"),
    ("Growth", {"A2": "g", "I2": 0.02, "J2": "#N/A"}, "row 2, column J: the formula gives #N/A"),
    ("Growth", {"A2": "g", "I2": "=0.01+0.01"}, "row 2, column I: the formula has not been calculated; open the"),
    ("Growth", {"I2": 0.02}, "row 2, column A: the cell is empty; fill it or remove the row."),
    (
        "Growth",
        {"A2": "g", "I1": "valeu", "I2": 0.02},
        "row 1, column I: unknown heading “valeu”; did you mean “value”?",
    ),
    ("Growth", {"A2": "g", "I2": 0.02, "AB2": "x"}, "row 2, column AB: this cell stands under no heading"),
    ("Growth", {"A2": "g", "I2": 0.02, "I1": "id"}, "row 1, column I: the heading “id” stands twice"),
    ("Interventions", {"A2": "s", "I2": 1, "J2": 2}, "row 2, column J: “2” is no share; did you mean 2%?"),
    ("Interventions", {"A2": "s", "H2": 15}, "row 2, column H: “15” is no share; did you mean 15%?"),
    ("Interventions", {"A2": "s", "H2": 0.1, "P2": date(2017, 4, 1)}, "row 2: it has a month of “full” and no start"),
    ("Interventions", {"A2": "s", "H2": 0.1, "O2": 42826}, "row 2, column O: “42826” is no month"),
    ("Counts", {"B2": "A&E", "F2": -5}, "row 2, column F: “-5” is negative; write how many"),
    ("Counts", {"B2": "A&E", "F2": "£5"}, "row 2, column F: “£5” is not a number; write 5, without £."),
    (
        "Counts",
        {"B2": "A&E", "F2": 5, "B3": "A&E", "F3": 6},
        "row 3, column F: A&E, May 2016 stands in sheet Counts, cell F2",
    ),
    ("Counts", {"F2": 5}, "row 2, column B: the cell is empty; fill it or remove the row."),
    ("Counts", {"B2": "A&E", "E2": 5, "G2": 6}, "sheet Counts: A&E has no count of May 2016, amid its other months"),
    (
        "Counts",
        {"B2": "A&E", "F2": 5, "Q1": "Total", "Q2": 5},
        "row 1, column Q: unknown heading “Total”, which is not read",
    ),
    ("Counts", {"B2": "A&E", "F2": 5, "Q1": "Aprl 2017", "Q2": 5}, "row 1, column Q: unknown heading “Aprl 2017”"),
    ("Counts", {"B2": "A&E", "F2": 5, "B3": "Total", "F3": 5}, "row 3, column B: “Total” is a sum of other rows"),
    ("Settings", {"B6": "lots"}, "row 6, column B: draws: “lots” is no whole number from 1 to 1,000,000"),
    ("Settings", {"B8": "perhaps"}, "row 8, column B: noise: this is neither true nor false"),
    ("Totals", {"B2": "A&E", "C2": -1}, "row 2, column C: “-1” is negative"),
    ("Population", {"D2": 2017, "F2": "old", "G2": 5}, "row 2, column F: “old” is no age"),
    ("Variants", {"A2": "high", "B2": 60}, "row 2, column B: “60” is no share; did you mean 60%?"),
    (
        "Capacity",
        {"C2": 9, "D2": date(2018, 4, 1), "E2": date(2017, 4, 1)},
        "row 2, column E: it ends (April 2017) before",
    ),
    ("Stays", {"C2": 4, "D2": "92"}, "row 2, column D: “92” is no share; did you mean 92%?"),
    ("Prices", {"C2": "£135"}, "row 2, column C: “£135” is not a number"),
    ("Scenarios", {"A2": "slow", "G2": "x", "H2": "value", "I2": 0.1}, "row 2: there is no assumption “x”"),
    ("Scenarios", {"A2": "Slow one"}, "row 2: “Slow one” is no name for a scenario"),
]


def filled(cells: dict[str, dict[str, Any]]) -> openpyxl.Workbook:
    book = openpyxl.load_workbook(io.BytesIO(template_workbook()))
    book["Settings"]["B2"], book["Settings"]["B3"] = "2016/17", "2017/18"
    book["Totals"]["B5"], book["Totals"]["C5"] = "Elective", 900
    for sheet, values in cells.items():
        for address, value in values.items():
            book[sheet][address] = value
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(**cells: dict[str, Any]) -> TemplateReading:
    return read_template(saved(filled(cells)), "plan.xlsx")


@pytest.mark.parametrize(("sheet", "cells", "said"), CELLS)
def test_a_mistake_is_named_by_its_sheet_and_cell(sheet: str, cells: dict[str, Any], said: str) -> None:
    told = [str(problem) for problem in read(**{sheet: cells}).problems]
    assert len(told) == 1, told
    assert told[0].startswith(f"plan.xlsx, sheet {sheet}")
    assert said in told[0]


def test_every_mistake_is_told_at_once_and_the_rest_is_used() -> None:
    reading = read(
        Growth={"A2": "a", "I2": 1.9, "A3": "b", "I3": 0.019},
        Interventions={"A2": "s", "H2": 5, "A3": "t", "H3": "9%"},
    )
    assert [(one.where.sheet, one.where.row, one.where.column) for one in reading.problems] == [
        ("Growth", 2, "I"),
        ("Interventions", 2, "H"),
    ]
    book = read_texts(reading.texts).book
    assert book is not None
    assert [(one.id, one.amount.value) for one in (*book.growth, *book.schemes)] == [("b", 0.019), ("t", 0.09)]


def test_a_percentage_may_be_a_number_or_words_and_a_month_a_date_or_words() -> None:
    reading = read(
        Interventions={"A2": "a", "H2": 0.09, "O2": date(2017, 4, 17), "A3": "b", "H3": "9%", "O3": "April 2017"}
    )
    assert not reading.problems
    book = read_texts(reading.texts).book
    assert book is not None
    assert {(one.amount.value, one.ramp.start) for one in book.schemes} == {(0.09, book.schemes[0].ramp.start)}


def test_counts_may_have_a_row_for_each_month() -> None:
    book = filled({})
    sheet = book["Counts"]
    for column, heading in enumerate(("pod", "month", "value", "Specialty"), 1):
        sheet.cell(1, column, heading)
    for column in range(5, 17):
        sheet.cell(1, column).value = None
    for row, month in enumerate((4, 5), 2):
        for column, value in enumerate(("A&E", date(2016, month, 1), 100 + month, "300"), 1):
            sheet.cell(row, column, value)
    reading = read_template(saved(book), "plan.xlsx")
    assert not reading.problems
    assert reading.texts["counts.csv"].splitlines()[1:] == [",A&E,2016-04,104,300", ",A&E,2016-05,105,300"]


def test_merged_cells_are_named_for_only_the_first_has_a_value() -> None:
    book = filled({"Growth": {"A2": "a", "I2": 0.02, "A3": "b", "I3": 0.02, "E2": "A&E"}})
    book["Growth"].merge_cells("E2:E3")
    told = read_template(saved(book), "plan.xlsx").problems
    assert [str(one) for one in told] == [
        "plan.xlsx, sheet Growth, row 2, column E: the cells E2 to E3 are merged, and only the first of them has a "
        "value; take the merge apart and fill each cell."
    ]


def test_a_renamed_sheet_is_told_and_another_is_passed_over() -> None:
    book = filled({})
    book["Stays"].title = "Stay"
    book.create_sheet("My own sums")["A1"] = "=1/0"
    told = [str(one) for one in read_template(saved(book), "plan.xlsx").problems]
    assert told == ["plan.xlsx, sheet Stay: this sheet is not read; call it “Stays” if it is that one."]


def test_words_that_begin_like_formulas_are_words() -> None:
    reading = read(Growth={"A2": "a", "I2": 0.02})
    book = read_texts(reading.texts | {"pods.csv": "code,name\nA&E,'=cmd|' /C calc'!A0\n"}).book
    assert book is not None
    data = template_workbook(book)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist() if "sheet" in name)
    assert "'=cmd|' /C calc'!A0" in read_template(data, "plan.xlsx").texts["pods.csv"]


def test_headings_are_locked_and_explained_and_the_rest_is_free() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_workbook(milestones=["m1"])))
    sheet = book["Growth"]
    assert sheet.protection.sheet
    assert sheet["A1"].protection.locked
    assert "lower-case letters" in sheet["A1"].comment.text
    assert not sheet.column_dimensions["A"].protection.locked
    offered = {rule.formula1 for rule in book["Interventions"].data_validations.dataValidation}
    assert "Lists!$B$1:$B$1" in offered
    assert any("share avoided" in rule for rule in offered)


def test_the_same_book_gives_the_same_bytes() -> None:
    assert template_workbook() == template_workbook()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    return out.getvalue()


def other() -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = "x"
    return saved(book)


HOSTILE = [
    (b"", "the file is empty"),
    (b"id,value\ng,2%\n", "this is no workbook; give the template, saved as an Excel workbook (.xlsx)."),
    (b"%PDF-1.7", "this is a PDF, not a table"),
    (b"PK\x03\x04 nonsense", "the archive is damaged or cut short"),
    (bomb(), "the archive would unpack to 30 MB in 2 files, more than is read"),
    (other(), "this workbook has none of the template's sheets; they are Settings"),
    (template_workbook()[:3000], "the archive is damaged or cut short"),
]


@pytest.mark.parametrize(("data", "said"), HOSTILE)
def test_what_is_no_template_is_refused_in_one_sentence(data: bytes, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read_template(data, "plan.xlsx")
    assert str(caught.value).startswith("plan.xlsx: ")
    assert said in str(caught.value)
