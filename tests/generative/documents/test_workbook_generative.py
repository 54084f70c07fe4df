"""What must hold for every workbook: whatever its cells, words stand in their place; whatever its bytes, no crash."""

from __future__ import annotations

import random
from datetime import date
from io import BytesIO
from zipfile import BadZipFile, ZipFile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from old_workbook_files import label, number, xls
from trigpoint.checks.finding import Finding, Severity
from trigpoint.documents.readers.workbook.document import parse_workbook
from trigpoint.documents.readers.workbook.sheet_formats import cell_format
from trigpoint.documents.readers.workbook.sheet_regions import side_by_side
from trigpoint.errors import InputError
from trigpoint.plans.document import BlockKind, Document
from trigpoint.reports.annotations.workbook import annotate_workbook
from workbook_files import binary_cell, binary_row, made, ods, ods_row, packed, wide, xlsb

ON = date(2026, 4, 1)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp")), max_size=30)
PLACES = st.tuples(st.integers(1, 30), st.integers(1, 12))
CELLS = st.dictionaries(PLACES, WORDS, min_size=1, max_size=25)
MERGES = st.lists(st.tuples(PLACES, PLACES), max_size=4)
SEEDS = st.integers(0, 2**32 - 1)


def filled(document: Document) -> dict[tuple[int, int], str]:
    return {
        (cell.origin.row or 0, cell.origin.column or 0): cell.text
        for block in document.blocks
        for cell in block.cells
        if not cell.empty
    }


def tidy(text: str) -> str:
    return " ".join(text.split())


@given(CELLS)
def test_every_word_stands_in_its_own_cell_and_nowhere_else(cells: dict[tuple[int, int], str]) -> None:
    def fill(book: Workbook) -> None:
        for (row, column), text in cells.items():
            book.worksheets[0].cell(row, column).value = text
            book.worksheets[0].cell(row, column).data_type = "s"

    plain = {place: text for place, text in cells.items() if tidy(text) and not {"&", "<", "*", "_"} & set(text)}
    try:
        found = filled(parse_workbook(made(fill), "plan.xlsx"))
    except InputError:
        assert not plain
        return
    assert {place: tidy(text) for place, text in plain.items()}.items() <= {
        p: tidy(t) for p, t in found.items()
    }.items()
    assert found.keys() <= cells.keys()


# As many cells as columns are shown, one of them in a hidden column.
@example({(1, 2): "", (2, 1): "", (2, 11): ""}, [], set(), {11})
@given(CELLS, MERGES, st.sets(st.integers(1, 30), max_size=4), st.sets(st.integers(1, 12), max_size=3))
def test_tables_are_whole_whatever_is_merged_or_hidden(
    cells: dict[tuple[int, int], str],
    merges: list[tuple[tuple[int, int], tuple[int, int]]],
    rows: set[int],
    columns: set[int],
) -> None:
    def fill(book: Workbook) -> None:
        sheet = book.worksheets[0]
        for row, column in cells:
            sheet.cell(row, column).value = f"{row}/{column}"
        for row in rows:
            sheet.row_dimensions[row].hidden = True
        for column in columns:
            sheet.column_dimensions[get_column_letter(column)].hidden = True
        for (top, left), (bottom, right) in merges:
            sheet.merged_cells.add(f"{get_column_letter(min(left, right))}{min(top, bottom)}:"
                                   f"{get_column_letter(max(left, right))}{max(top, bottom)}")  # fmt: skip

    try:
        document = parse_workbook(made(fill), "plan.xlsx")
    except InputError:
        return
    assert all(block.origin.line == line for line, block in enumerate(document.blocks, 1))
    for block in document.blocks:
        assert not (block.cells and block.origin.row in rows)
        assert not {cell.origin.column for cell in block.cells} & columns
        assert (block.kind is BlockKind.TABLE_ROW) == bool(block.cells)
        for cell in block.cells:
            assert not (cell.covered and cell.paragraphs)
            assert cell.row_span >= 1 <= cell.column_span
    if not any(block.origin.table for block in document.blocks):
        assert len({len(block.cells) for block in document.blocks if block.cells}) <= 1
        assert sum(cell.covered for block in document.blocks for cell in block.cells) == sum(
            cell.row_span * cell.column_span - 1 for block in document.blocks for cell in block.cells
        )


@given(st.lists(st.dictionaries(st.integers(1, 9), st.text("ab", min_size=1, max_size=2)), min_size=1, max_size=9))
def test_regions_lose_no_cell_and_hold_none_twice(rows: list[dict[int, str]]) -> None:
    regions = side_by_side(rows, range(1, 10))
    places = [
        (number, column)
        for region in regions
        for number in range(region.first, region.last)
        for column in region.columns
        if rows[number].get(column)
    ]
    assert sorted(places) == sorted((number, column) for number, row in enumerate(rows) for column in row)


@given(st.text('0#?.,%;\\"[]$£-/ @*_ymdhsEAMP:x<>=1', max_size=30), st.floats(allow_nan=False, allow_infinity=False))
def test_any_format_shows_something_of_any_number(code: str, value: float) -> None:
    shown = cell_format(code).shown(value)
    assert shown is None or isinstance(shown, str)


@given(st.floats(-1e14, 1e14), st.integers(0, 6))
def test_places_and_thousands_are_those_of_decimal_arithmetic(value: float, places: int) -> None:
    from decimal import ROUND_HALF_UP, Decimal

    code = "#,##0" + ("." + "0" * places if places else "")
    exact = Decimal(f"{value:.15g}").quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert cell_format(code).shown(value) == (f"{exact:,f}" if exact else f"{abs(exact):,f}")


@given(CELLS, st.lists(st.tuples(st.integers(0, 40), WORDS), max_size=6))
@settings(max_examples=30)
def test_notes_leave_every_word_in_place_and_can_be_written_again(
    cells: dict[tuple[int, int], str], said: list[tuple[int, str]]
) -> None:
    def fill(book: Workbook) -> None:
        book.worksheets[0]["A1"] = "Plan"
        for (row, column), text in cells.items():
            book.worksheets[0].cell(row + 1, column).value = text
            book.worksheets[0].cell(row + 1, column).data_type = "s"

    data = made(fill)
    findings = [Finding("RULE", Severity.INFO, message, line or None) for line, message in said]
    after = annotate_workbook(data, "plan.xlsx", findings, ON)
    assert parse_workbook(after, "plan.xlsx").blocks == parse_workbook(data, "plan.xlsx").blocks
    assert annotate_workbook(after, "plan.xlsx", findings, ON) == after


def example_files() -> dict[str, bytes]:
    def fill(book: Workbook) -> None:
        sheet = book.worksheets[0]
        for line in (
            ["Plan"],
            [],
            ["Action", "Due", "Share"],
            ["Open the ward", date(2026, 6, 30), 0.5],
            ["Staff it", None, 1],
        ):
            sheet.append(line)
        sheet.merge_cells("A1:C1")
        sheet["C4"].number_format = "0.0%"
        sheet.row_dimensions[5].hidden = True

    day = 'office:value-type="date" office:date-value="2026-06-30"'
    cell = f"<table:table-cell {day}><text:p>x</text:p></table:table-cell>"
    binary = binary_row(1) + binary_cell(6, 1, wide("Action")) + binary_row(2) + binary_cell(5, 1, bytes(8), 1)
    return {
        "xlsx": made(fill),
        "ods": ods(ods_row("Action", "Due") + ods_row("Open", cell, number_rows_repeated="2")),
        "xls": xls(label(1, 1, "Action") + number(2, 1, 46203, 1), texts=["a", "b"], codes=["dd/mm/yyyy"]),
        "xlsb": xlsb(binary, texts=["a"], codes=["0%"]),
    }


EXAMPLES = example_files()


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes with a few of them changed, taken out or put in."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 2, 8))):
        place = chance.randrange(len(found) or 1)
        kind = chance.random()
        if kind < 0.5:
            found[place : place + 1] = bytes([chance.choice((0, 255, chance.randrange(256)))])
        elif kind < 0.7:
            del found[place : place + chance.randrange(1, 40)]
        elif kind < 0.9:
            found[place:place] = bytes(chance.randrange(256) for _ in range(chance.randrange(1, 8)))
        else:
            found[place : place + 4] = chance.choice((b"\xff\xff\xff\x7f", b"\xff\xff\xff\xff", bytes(4)))
    return bytes(found)


def damaged_inside(data: bytes, chance: random.Random) -> bytes:
    """The package with one part damaged, or left out."""
    with ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    victim = chance.choice(sorted(parts))
    if chance.random() < 0.1:
        del parts[victim]
    else:
        parts[victim] = damaged(parts[victim], chance)
    return packed(parts)


@pytest.mark.parametrize("kind", sorted(EXAMPLES))
@given(seed=SEEDS)
@example(seed=30956)
@settings(max_examples=150, deadline=None)
def test_damaged_files_are_read_or_refused_in_one_sentence(kind: str, seed: int) -> None:
    chance = random.Random(seed)
    data = EXAMPLES[kind]
    inside = kind != "xls" and chance.random() < 0.8
    try:
        data = damaged_inside(data, chance) if inside else damaged(data, chance)
    except (BadZipFile, UnicodeDecodeError):
        return
    try:
        document = parse_workbook(data, "plan")
    except InputError as error:
        said = str(error)
    else:
        said = ""
        assert all(block.origin.line == line for line, block in enumerate(document.blocks, 1))
    assert "\n" not in said
