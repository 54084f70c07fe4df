"""The finance template, wrongly filled in: what is said of each cell, all of it at once."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from trigpoint.errors import InputError
from trigpoint.finance.book.book import FinanceBook
from trigpoint.finance.book.reading import read_finance, read_texts
from trigpoint.finance.book.sheets import SHEETS
from trigpoint.finance.book.template import TemplateReading, read_template, template_workbook
from trigpoint.finance.book.writing import texts_of

EXAMPLES = Path(__file__).parents[3] / "examples"
LINE = {"A2": "a", "C2": "2017/18", "D2": "acute", "E2": "recurrent"}
SCHEME = {"A2": "s", "C2": "2017/18", "D2": 2_400_000, "E2": date(2017, 7, 1), "F2": "recurrent", "G2": "outline"}
RISK = {"A2": "r", "C2": "2017/18", "D2": "risk", "E2": 1_800_000, "F2": 0.9}
CELLS = [
    # sheet, cells by address, what is said of which cell
    ("Allocations", {"A2": "a", "C2": "2017/18", "D2": "programme", "E2": "recurrent", "F2": "$5"},
     "row 2, column F: “$5” is not in pounds; write what it is in pounds"),
    ("Allocations", {"A2": "a", "C2": "2017/18", "D2": "programm", "E2": "recurrent", "F2": 5},
     "row 2, column D: “programm” is not known; did you mean “programme”?"),
    ("Allocations", {"A2": "a", "C2": "2017/18", "D2": "programme", "F2": 5},
     "row 2, column E: the cell is empty; fill it or remove the row."),
    ("Spend", LINE | {"G2": 100, "H2": 10}, "row 2, column I: the budget has no amount for May, June, July, August"),
    ("Spend", LINE | {"G2": 130, **{f"{letter}2": 10 for letter in "HIJKLMNOPQRS"}},
     "row 2, column G: the months add up to 120, and gbp says 130, 10 more; correct the month or the total"),
    ("Spend", LINE | {"G2": "1.200"}, "row 2, column G: “1.200” may be 1200 or 1.2; write 1200, or 1.2."),
    ("Spend", LINE | {"G2": "#REF!"}, "row 2, column G: the formula gives #REF!; correct the formula"),
    ("Spend", LINE | {"G2": "=SUM(H2:S2)"}, "row 2, column G: the formula has not been calculated; open the workbook"),
    ("Spend", LINE | {"G2": 5, "G1": "gpb"}, "row 1, column G: unknown heading “gpb”; did you mean “gbp”?"),
    ("Spend", LINE | {"G2": 5, "AB2": "x"}, "row 2, column AB: this cell stands under no heading"),
    ("Spend", LINE | {"G2": 5, "T2": "dgft"},
     "row 2, column T: there is no contract “dgft”; add it to the sheet “Contracts”"),
    ("Spend", LINE | {"G2": 5, "A3": "a", "C3": "2017/18", "D3": "acute", "E3": "recurrent", "G3": 6},
     "row 3: sheet Spend, row 2 is of the same already, and is kept; remove one."),
    ("Growth", {"A2": "2017/18", "C2": "inflation", "E2": 1.9},
     "row 2, column E: “1.9” is no share; did you mean 1.9%? Write 1.9% or 0.019."),
    ("Quantities", {"A2": "2017/18", "B2": "planned_surplus", "C2": 0.009},
     "row 2, column C: “0.009” may be a share, or pence; write a share with its sign"),
    ("Schemes", SCHEME | {"H2": 80}, "row 2, column H: “80” is no share; did you mean 80%? Write 80% or 0.8."),
    ("Schemes", SCHEME | {"E2": date(2018, 7, 1)}, "row 2, column E: it starts in July 2018, which is not in its year"),
    ("Schemes", SCHEME | {"D2": -5}, "row 2, column D: “-5” is negative; write what it saves as a positive amount."),
    ("Schemes", SCHEME | {"W2": 0.5}, "the shares of the months add up to 50%, not to 100%; correct them."),
    ("Scheme months", {"A2": "s", "B2": "2017/18", "C2": "actual", "D2": 5},
     "row 2, column D: there is an actual for April, and no month of 2017/18 is known yet"),
    ("Gates", {"A2": "s", "B2": "approved", "C2": "passed"}, "row 2, column A: there is no scheme “s”"),
    ("Risks", RISK | {"F2": 90}, "row 2, column F: “90” is no share; did you mean 90%?"),
    ("Risks", RISK | {"G2": 2_000_000, "H2": 3_000_000}, "row 2, column E: its value, 1800000, is below its low end"),
    ("Risks", RISK | {"I2": "norml"}, "row 2, column I: “norml” is not known; did you mean “normal”?"),
    ("Correlations", {"A2": "r", "B2": "q", "C2": 2}, "row 2, column C: “2” is not between -1 and 1"),
    ("Contracts", {"A2": "c", "C2": "2017/18", "E2": "RNA", "F2": "b"}, "row 2, column F: there is no mechanism “b”"),
    ("Contract lines", {"A2": "c", "B2": "l", "D2": "A&E", "E2": -5, "F2": 10}, "row 2, column E: “-5” is negative"),
    ("Mechanisms", {"A2": "block", "B2": "value_gbp"}, "row 2, column C: the cell is empty; fill it"),
    ("Mechanisms", {"A2": "My block", "B2": "kind", "C2": "block"}, "row 2, column A: the id “My block” cannot be"),
    ("Mechanisms", {"A2": "b", "B2": "kind", "C2": "blok"}, "row 2, column C: the mechanism “blok” is not known"),
    ("Peers", {"A2": "MSK", "B2": "05C", "D2": "many"}, "row 2, column D: “many” is no amount"),
    ("Peer variables", {"A2": "05C", "B2": "age", "C2": "old"}, "row 2, column C: “old” is not a number"),
    ("Settings", {"B3": "Trusts"}, "row 3, column B: organisation_type: “Trusts” is not known"),
    ("Settings", {"B7": "lots"}, "row 7, column B: draws: “lots” is no whole number from 1 to"),
    ("Own rules", {"A2": "rule.toml", "B2": "x"}, "row 2, column A: “rule.toml” is no file that is read"),
]  # fmt: skip


def filled(cells: dict[str, dict[str, Any]]) -> openpyxl.Workbook:
    book = openpyxl.load_workbook(io.BytesIO(template_workbook()))
    settings = book["Settings"]
    settings["B3"], settings["B4"], settings["B5"] = "CCG", "nhs-2017-19", "2017/18, 2018/19"
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


def book_of(reading: TemplateReading) -> FinanceBook:
    book = read_texts(reading.texts).book
    assert book is not None
    return book


@pytest.mark.parametrize(("sheet", "cells", "said"), CELLS)
def test_finance_template_names_a_mistake_by_its_sheet_and_cell(sheet: str, cells: dict[str, Any], said: str) -> None:
    told = [str(problem) for problem in read(**{sheet: cells}).problems]
    assert len(told) == 1, told
    assert told[0].startswith(f"plan.xlsx, sheet {sheet}")
    assert said in told[0]


def test_finance_template_tells_every_mistake_at_once_and_uses_the_rest() -> None:
    reading = read(
        Schemes=SCHEME | {"H2": 80, "A3": "t", "C3": "2017/18", "D3": 5, "E3": date(2017, 4, 9), "F3": "recurrent",
                          "G3": "live"},
        Risks=RISK | {"F2": 1.2},
    )  # fmt: skip
    assert [(one.where.sheet, one.where.row, one.where.column) for one in reading.problems] == [  # type: ignore[union-attr]
        ("Schemes", 2, "H"),
        ("Risks", 2, "F"),
    ]
    assert [one.id for one in book_of(reading).schemes] == ["t"]


def test_finance_template_reads_amounts_as_numbers_or_words_and_notes_the_spelling_by_its_cell() -> None:
    first = {"A2": "a", "C2": "2017/18", "D2": "programme", "E2": "recurrent", "F2": 0.1 + 0.2}
    second = {"A3": "b", "C3": "2017/18", "D3": "programme", "E3": "recurrent", "F3": "£442.5m"}
    reading = read(Allocations=first | second)
    assert reading.problems == ()
    assert [str(one) for one in reading.notes] == [
        "plan.xlsx, sheet Allocations, row 3, column F: “£442.5m” is read as 442500000; write 442500000."
    ]
    assert [one.gbp for one in book_of(reading).allocations] == [Decimal("0.3"), Decimal(442_500_000)]


def test_finance_template_names_merged_cells() -> None:
    book = filled({"Spend": LINE | {"G2": 5}})
    book["Spend"].merge_cells("D2:D3")
    told = [str(one) for one in read_template(saved(book), "plan.xlsx").problems]
    assert told == [
        "plan.xlsx, sheet Spend, row 2, column D: the cells D2 to D3 are merged, and only the first of them has a "
        "value; take the merge apart and fill each cell."
    ]


def test_finance_template_tells_a_renamed_sheet_and_passes_over_another() -> None:
    book = filled({})
    book["Spend"].title = "Spends"
    book.create_sheet("My own sums")["A1"] = "=1/0"
    told = [str(one) for one in read_template(saved(book), "plan.xlsx").problems]
    assert told == ["plan.xlsx, sheet Spends: this sheet is not read; call it “Spend” if it is that one."]


def test_finance_template_without_years_says_where_they_belong() -> None:
    told = [str(one) for one in read_template(template_workbook(), "plan.xlsx").problems]
    assert told == ["plan.xlsx, sheet Settings: nothing says which years are planned; fill in years."]


def test_finance_template_holds_words_that_begin_like_formulas_as_words() -> None:
    texts = {
        "settings.toml": 'years = ["2017/18"]\norganisation_type = "CCG"\nframework = "nhs-2017-19"\n',
        "allocations.csv": "id,name,year,part,recurrence,gbp\na,'=cmd|' /C calc'!A0,2017/18,programme,recurrent,5\n",
    }
    data = template_workbook(read_texts(texts).book)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist() if "sheet" in name)
    assert "'=cmd|' /C calc'!A0" in read_template(data, "plan.xlsx").texts["allocations.csv"]


def test_finance_template_locks_and_explains_headings_and_offers_words_and_ids() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_workbook()))
    assert {one.name for one in SHEETS} <= set(book.sheetnames)
    sheet = book["Schemes"]
    assert sheet.protection.sheet
    assert sheet["A1"].protection.locked
    assert "lower-case letters" in sheet["A1"].comment.text
    assert not sheet.column_dimensions["A"].protection.locked
    assert '"£"#,##0.00' in sheet.column_dimensions["D"].number_format
    rules = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    assert rules["F2"].formula1 == '"recurrent,non-recurrent"'
    assert rules["F2"].showErrorMessage
    offered = {rule.formula1 for rule in book["Scheme months"].data_validations.dataValidation}
    assert "'Schemes'!$A$2:$A$500" in offered
    assert "'Mechanisms'!$A$2:$A$500" in {rule.formula1 for rule in book["Contracts"].data_validations.dataValidation}


def test_finance_template_is_the_same_bytes_for_the_same_book() -> None:
    assert template_workbook() == template_workbook()


@pytest.mark.parametrize("example", ["dudley-2017-19", "northvale-2026-29"])
def test_finance_template_gives_the_example_back(example: str) -> None:
    if not (EXAMPLES / example / "finance").exists():
        pytest.skip("the example has no finance")
    book = read_finance(EXAMPLES / example).book
    assert book is not None
    back = read_template(template_workbook(book), "plan.xlsx")
    assert back.problems == ()
    assert book_of(back).settings == book.settings
    assert texts_of(book_of(back)) == texts_of(book)


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
def test_finance_template_refuses_what_is_none_in_one_sentence(data: bytes, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read_template(data, "plan.xlsx")
    assert str(caught.value).startswith("plan.xlsx: ")
    assert said in str(caught.value)
