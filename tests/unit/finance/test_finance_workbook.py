"""The workbook of a plan's finance: every formula agrees with our value, follows its inputs, and nothing runs."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from finance_formulas import Reckoner
from finance_workspace import made_finance

from trigpoint.finance.book.book import FinanceBook
from trigpoint.finance.book.reading import read_finance
from trigpoint.reports.bearing import Bearing
from trigpoint.reports.finance.gathered import Gathered, gathered
from trigpoint.reports.finance.workbook import finance_workbook

BEARING = Bearing(date(2017, 3, 31), "Somewhere CCG", "Financial plan", ("risks.csv: bad.",))
EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
SHEETS = {"Read me", "Position", "Groups", "Bridge", "Rules", "Schemes", "Risks", "Contracts"}


def book_of(folder: Path) -> FinanceBook:
    book = read_finance(folder).book
    assert book is not None
    return book


@pytest.fixture(scope="module", params=["made", "dudley-2017-19", "northvale-2026-29"])
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Gathered:
    folder = EXAMPLES / request.param
    if request.param == "made":
        folder = made_finance(tmp_path_factory.mktemp("finance"))
    return gathered(book_of(folder), draws=500)


@pytest.fixture(scope="module")
def made(told: Gathered) -> bytes:
    return finance_workbook(told, BEARING)


def workbook(content: bytes, *, values: bool = False) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def formulas(book: openpyxl.Workbook) -> Iterator[Any]:
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            yield from (cell for cell in row if cell.data_type == "f")


def rows(book: openpyxl.Workbook, sheet: str) -> list[dict[str, Any]]:
    grid = list(book[sheet].iter_rows(min_row=5, values_only=True))
    return [dict(zip(map(str, grid[0]), row, strict=True)) for row in grid[1:]]


def test_every_formula_gives_the_value_that_is_stored_in_it(made: bytes) -> None:
    written, stored = workbook(made), workbook(made, values=True)
    reckoner, counted = Reckoner(written), 0
    for cell in formulas(written):
        counted += 1
        ours, theirs = (
            stored[cell.parent.title][cell.coordinate].value,
            reckoner.cell(cell.parent.title, cell.row, cell.column),
        )
        if isinstance(ours, str):
            assert theirs == ours, (cell.parent.title, cell.coordinate, cell.value)
        else:
            assert theirs == pytest.approx(ours, abs=0.005), (cell.parent.title, cell.coordinate, cell.value)
    assert counted > 200


def test_every_check_says_yes_and_the_front_counts_them(made: bytes) -> None:
    stored = workbook(made, values=True)
    found = [row["Agrees"] for name in stored.sheetnames for row in rows(stored, name) if row.get("Agrees")]
    assert set(found) == {"yes"}
    front = {row["Item"]: row["Detail"] for row in rows(stored, "Read me")}
    assert front["Rows whose formulas agree"] == front["Rows with formulas"] == len(found)


def test_risks_that_go_together_stand_on_a_sheet_of_their_own(told: Gathered, made: bytes) -> None:
    stored = workbook(made, values=True)
    assert ("Correlations" in stored.sheetnames) == bool(told.book.correlations)
    if told.book.correlations:
        found = [(row["Id"], row["Its id"], row["Correlation"]) for row in rows(stored, "Correlations")]
        assert found == [(one.first, one.second, float(one.value)) for one in told.book.correlations]


def test_a_changed_input_moves_the_formulas_and_the_checks_say_no(tmp_path: Path) -> None:
    content = finance_workbook(gathered(book_of(made_finance(tmp_path)), draws=100), BEARING)
    book = workbook(content)
    head = {cell.value: cell.column for cell in book["Schemes"][5]}
    at = next(row for row in range(6, 20) if book["Schemes"].cell(row, head["Id"]).value == "homes")
    before = Reckoner(book).cell("Schemes", at, head["This year"])
    book["Schemes"].cell(at, head["Full-year effect"]).value = 2_400_000
    after = Reckoner(book)
    assert after.cell("Schemes", at, head["This year"]) == 2 * before == 1_800_000
    assert after.cell("Schemes", at, head["Risk-adjusted"]) == 1_440_000
    assert after.cell("Schemes", at, head["Agrees"]) == "no"
    assert after.cell("Schemes", at + 2, head["This year"]) == 1_800_000 + 300_000


def test_the_payment_follows_its_activity_by_slices_and_by_the_contract_s_own_words(tmp_path: Path) -> None:
    content = finance_workbook(gathered(book_of(made_finance(tmp_path)), draws=100), BEARING)
    for units, payment in ((50_000, 11_000_000), (60_000, 11_600_000), (30_000, 9_900_000)):
        book = workbook(content)
        lines = {cell.value: cell.column for cell in book["Contract lines"][5]}
        book["Contract lines"].cell(6, lines["Planned units"]).value = units
        head = {cell.value: cell.column for cell in book["Contracts"][5]}
        again = Reckoner(book)
        paid = again.cell("Contracts", 6, head["Payment"])
        activity = Decimal(units) * 100 + 5_000_000
        capped = min(max(activity, Decimal(9_800_000)), Decimal(10_200_000))
        assert paid == capped + (activity - capped) / 2 + 1_000_000 == payment
        assert again.cell("Contracts", 6, head["In its own terms"]) == paid


def test_the_sheets_and_what_they_say_of_themselves(made: bytes, told: Gathered) -> None:
    book = workbook(made, values=True)
    assert set(book.sheetnames) >= SHEETS
    front = {row["Item"]: str(row["Detail"]) for row in rows(book, "Read me")}
    assert "surplus positive" in front["Signs"]
    assert set(book.sheetnames) - {"Read me", "Warnings"} <= set(front)
    assert ("Illustrative" in front) == told.illustrative
    assert any("risks.csv: bad." in str(row["Warning"]) for row in rows(book, "Warnings"))
    assert book["Schemes"].freeze_panes
    for sheet in book.worksheets:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet["A1"].font.bold


def test_words_of_the_plan_are_never_formulas(tmp_path: Path) -> None:
    content = finance_workbook(gathered(book_of(made_finance(tmp_path)), draws=100), BEARING)
    cell = next(cell for row in workbook(content)["Schemes"].iter_rows() for cell in row if cell.value == "=Care homes")
    assert cell.data_type == "s"
    stored = workbook(content, values=True)
    names = [row["Scheme"] for row in rows(stored, "Schemes")]
    assert "=Care homes" in names


def test_the_same_plan_gives_the_same_bytes_and_no_clock(tmp_path: Path) -> None:
    book = book_of(made_finance(tmp_path))
    one, two = (finance_workbook(gathered(book, draws=100), BEARING) for _ in range(2))
    assert one == two
    assert workbook(one).properties.created.date() == BEARING.on


def test_a_spreadsheet_gives_the_same_values(tmp_path: Path) -> None:
    """LibreOffice works every formula out anew: what was stored is taken away before it is asked."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    content = finance_workbook(gathered(book_of(EXAMPLES / "dudley-2017-19"), draws=100), BEARING)
    bare, stored = workbook(content), workbook(content, values=True)
    bare.save(tmp_path / "bare.xlsx")
    home = (tmp_path / "home").as_uri()
    done = subprocess.run(
        [program, "--headless", f"-env:UserInstallation={home}", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
         "--outdir", str(tmp_path / "out"), str(tmp_path / "bare.xlsx")],
        capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    again = tmp_path / "out" / "bare.xlsx"
    if not again.exists():
        pytest.skip(f"LibreOffice has no Calc here: {done.stderr.strip().splitlines()[-1:]}")
    theirs = openpyxl.load_workbook(again, data_only=True)
    for cell in formulas(bare):
        ours = stored[cell.parent.title][cell.coordinate].value
        found = theirs[cell.parent.title][cell.coordinate].value
        expected = ours if isinstance(ours, str) else pytest.approx(ours, abs=0.005)
        assert found == expected, (cell.parent.title, cell.coordinate, cell.value)
