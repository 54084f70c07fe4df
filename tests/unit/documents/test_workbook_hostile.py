"""Workbooks that are damaged or made to harm: refused in one sentence that names the place."""

from __future__ import annotations

import pytest

from old_workbook_files import compound, label, rec, xls
from trigpoint.documents.readers.limits import MAXIMUM_ROWS
from trigpoint.documents.readers.workbook import sheet_builder, sheet_stream
from trigpoint.documents.readers.workbook.document import parse_workbook
from trigpoint.errors import InputError
from workbook_files import (
    MAIN,
    binary_cell,
    binary_row,
    ods,
    ods_row,
    packed,
    part,
    record,
    repacked,
    row,
    table,
    wide,
    xlsb,
    xlsx,
)

BOMB = "<!DOCTYPE w [" + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)) + "]>"
OUTSIDE = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
SHEET = f'<worksheet xmlns="{MAIN}"><sheetData>{row(1, "&a9;")}</sheetData></worksheet>'
GOOD = xlsx(row(1, "Action"))
CELL = '<row r="1"><c r="{}" {}><v>{}</v></c></row>'


def refused(data: bytes) -> str:
    with pytest.raises(InputError) as error:
        parse_workbook(data, "plan.xlsx")
    assert "\n" not in str(error.value)
    return str(error.value)


REFUSED = [
    ("no zip file", b"PK\x03\x04 and nothing more", "the file is damaged: it breaks off"),
    ("cut off", GOOD[: len(GOOD) // 2], "the file is damaged: it breaks off"),
    ("empty", packed({}), "xl/workbook.xml is missing"),
    ("no words at all", table(), "the workbook is empty; give a workbook with words in its cells"),
    ("all hidden", xlsx(row(1, "Action", hidden="1")), "hold words are hidden; unhide the sheet with the plan"),
    (
        "a sheet without its part",
        repacked(GOOD, {"xl/worksheets/sheet1.xml": None}),
        "sheet Actions: the sheet is damaged",
    ),
    ("no XML", repacked(GOOD, {"xl/worksheets/sheet1.xml": "<worksheet><oops"}), "is no XML that can be read"),
    ("XML that ends early", repacked(GOOD, {"xl/worksheets/sheet1.xml": SHEET[:90]}), "is no XML that can be read"),
    ("an entity bomb", repacked(GOOD, {"xl/worksheets/sheet1.xml": BOMB + SHEET}), "has a document type"),
    ("an outside entity", repacked(GOOD, {"xl/worksheets/sheet1.xml": OUTSIDE + SHEET}), "has a document type"),
    ("nesting without end", xlsx("<row>" + "<c>" * 3000 + "</c>" * 3000 + "</row>"), "is no XML that can be read"),
    ("a row nobody has", xlsx('<row r="99999999999"/>'), "it has a row numbered “99999999999”"),
    ("a row beyond the last", xlsx('<row r="1048577"><c r="A1"><v>1</v></c></row>'), "it has a row 1048577"),
    ("row nought", xlsx('<row r="0"><c r="A0"><v>1</v></c></row>'), "it has a row 0"),
    ("a negative row", xlsx('<row r="-1"/>'), "it has a row numbered “-1”"),
    ("a row in other digits", xlsx('<row r="١"/>'), "it has a row numbered “١”"),
    ("a column beyond the last", xlsx(CELL.format("XFE1", "", 1)), "it has a cell “XFE1”"),
    ("a cell without a name", xlsx(CELL.format("7", "", 1)), "it has a cell “7”"),
    (
        "a text that is not there",
        xlsx(CELL.format("A1", 't="s"', 7)),
        "its cell A1 refers to a text that the file does not",
    ),
    ("a text by a negative number", xlsx(CELL.format("A1", 't="s"', -1)), "its cell A1 refers to a text"),
    ("a text by a word", xlsx(CELL.format("A1", 't="s"', "x")), "its cell A1 refers to a text"),
    ("a cell without end", xlsx(row(1, "x" * 50_001)), "row 1, column A: the cell holds more than 50,000 characters"),
    (
        "a shared text without end",
        xlsx(CELL.format("A1", 't="s"', 0), strings=f"<si><t>{'x' * 50_001}</t></si>"),
        "a cell of the workbook holds more than 50,000 characters",
    ),
    (
        "places without number",
        xlsx("".join(f'<row r="{n}"><c r="{"A" if n % 2 else "SF"}{n}"><v>1</v></c></row>' for n in range(1, 20_000))),
        "have more than 4,000,000 places, most of them empty",
    ),
]


@pytest.mark.parametrize(("why", "data", "said"), REFUSED, ids=[case[0] for case in REFUSED])
def test_a_workbook_that_cannot_be_read_is_refused_with_its_place(why: str, data: bytes, said: str) -> None:
    assert said in refused(data), why


def test_more_rows_than_a_plan_has() -> None:
    rows = "".join(f"<row><c><v>{number}</v></c></row>" for number in range(MAXIMUM_ROWS + 1))
    assert "more than 100,000 filled rows or 2,000,000 filled cells; leave out sheets of data" in refused(xlsx(rows))


def test_more_cells_than_a_plan_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "trigpoint.documents.readers.workbook.sheet_builder.Budget.__init__.__defaults__", (100, 20, 10)
    )
    assert "filled cells" in refused(table(*[["x"] * 5] * 5))
    assert "filled cells" in refused(xls(b"".join(label(1 + n // 5, 1 + n % 5, "x") for n in range(25))))


def test_an_element_made_to_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_stream, "LONGEST_ELEMENT", 400_000)
    assert "holds an element of more than" in refused(xlsx("<row>" + "<c/>" * 300_000 + "</row>"))


def test_parts_that_are_no_rows_are_forgotten_on_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_stream, "LONGEST_ELEMENT", 400_000)
    colours = '<conditionalFormatting sqref="A1"><cfRule type="x"/></conditionalFormatting>' * 20_000
    deep = "<extLst><ext><a>" + "<b/>" * 300_000 + "</a></ext></extLst>"
    assert parse_workbook(xlsx(row(1, "Action"), after=colours + deep), "plan.xlsx").lines == ("", "Action")


def test_columns_out_of_order_or_without_end_hide_what_they_may() -> None:
    ranges = (("9", "2"), ("x", ""), ("2", "99999"))
    before = "".join(f'<col min="{first}" max="{last}" hidden="1"/>' for first, last in ranges)
    document = parse_workbook(xlsx(row(1, "Action", "secret"), before=f"<cols>{before}</cols>"), "plan.xlsx")
    assert document.lines == ("", "Action")


def test_control_characters_do_not_reach_the_words() -> None:
    data = xlsx(row(1, "Open_x0007_ the _x202E_ward_x005F_x0041_"), before="")
    assert parse_workbook(data, "plan.xlsx").blocks[1].text == "Open the ward_x0041_"


def test_a_workbook_in_an_unknown_letter_case_is_read() -> None:
    sheet = part(GOOD, "xl/worksheets/sheet1.xml")
    data = repacked(GOOD, {"xl/worksheets/sheet1.xml": None, "XL/Worksheets/Sheet1.XML": sheet})
    assert parse_workbook(data, "plan.xlsx").blocks[1].text == "Action"


ODS_REFUSED = [
    ("no sheet", ods(""), "the workbook is empty"),
    (
        "a password",
        ods(ods_row("x"), parts={"META-INF/manifest.xml": "<manifest:encryption-data/>"}),
        "protected by a password; remove the password",
    ),
    ("rows without end", ods(ods_row("x", number_rows_repeated="1000000")), "more than 100,000 filled rows"),
    ("a row beyond the last", ods(ods_row(number_rows_repeated="1048576") + ods_row("x")), "it has a row 1048577"),
]


@pytest.mark.parametrize(("why", "data", "said"), ODS_REFUSED, ids=[case[0] for case in ODS_REFUSED])
def test_an_ods_file_that_cannot_be_read(why: str, data: bytes, said: str) -> None:
    assert said in refused(data), why


def test_repeated_columns_and_spans_are_cut_at_what_is_read() -> None:
    cell = (
        '<table:table-cell table:number-columns-repeated="16384" office:value-type="string">'
        "<text:p>x</text:p></table:table-cell>"
    )
    spread = (
        '<table:table-cell table:number-columns-spanned="99999" table:number-rows-spanned="99999999"'
        ' office:value-type="string"><text:p>y</text:p></table:table-cell>'
    )
    document = parse_workbook(ods(ods_row(cell) + ods_row(spread)), "plan.ods")
    assert [len(block.cells) for block in document.blocks] == [0, 500, 500]
    assert "beyond column SF" in document.remarks[0].text


OLD = xls(label(1, 1, "Action"))
OLD_REFUSED = [
    ("cut off", OLD[:700], "the file is damaged"),
    ("nothing but its mark", OLD[:8], "it breaks off"),
    ("sectors of no size", OLD[:30] + b"\x01\x00" + OLD[32:], "its sectors have a size that none has"),
    (
        "a ring of sectors",
        OLD.replace(b"\x01\0\0\0\x02\0\0\0\x03\0\0\0", b"\x01\0\0\0\x00\0\0\0\x03\0\0\0"),
        "in a ring",
    ),
    ("no workbook", compound({"WordDocument": b"x"}), "it holds no workbook"),
    ("a password", xls(b"", extra=rec(0x2F, b"\x01\x00")), "protected by a password"),
    ("older than Excel 5", xls(b"", version=0x0400), "a workbook of Excel 4 or older"),
    ("a text that is not there", xls(rec(0xFD, bytes(6) + b"\x09\0\0\0")), "its cell A1 refers to a text"),
    ("a record that breaks off", xls(rec(0x203, b"\0\0")), "one of its records breaks off"),
    ("no words", xls(b""), "the workbook is empty"),
]


@pytest.mark.parametrize(("why", "data", "said"), OLD_REFUSED, ids=[case[0] for case in OLD_REFUSED])
def test_an_old_workbook_that_cannot_be_read(why: str, data: bytes, said: str) -> None:
    assert said in refused(data), why


def test_sheets_that_lie_over_each_other_are_not_read_again_and_again() -> None:
    data = xls(label(1, 1, "Action" * 200), times=10)
    assert "its sheets lie over each other" in refused(data)


BINARY_REFUSED = [
    ("a record that breaks off", xlsb(binary_row(1) + record(7, b"\0")), "one of its records breaks off"),
    ("a part that breaks off", xlsb(binary_row(1) + b"\x07\x0c\0"), "breaks off"),
    ("a record without end", xlsb(b"\x05\xff\xff\xff\x7f" + bytes(2_000_000)), "has a record that is far too long"),
    ("a text that is not there", xlsb(binary_row(1) + binary_cell(7, 1, bytes(4))), "its cell A1 refers to a text"),
    (
        "a text without end",
        xlsb(binary_row(1) + binary_cell(6, 1, b"\xff\xff\xff\x7f")),
        "one of its records breaks off",
    ),
    ("a cell outside", xlsb(binary_row(1) + binary_cell(6, 20_000, wide("x"))), "it has a cell where no sheet has one"),
    ("a cell before any row", xlsb(binary_cell(6, 1, wide("x"))), "it has a cell where no sheet has one"),
]


@pytest.mark.parametrize(("why", "data", "said"), BINARY_REFUSED, ids=[case[0] for case in BINARY_REFUSED])
def test_a_binary_workbook_that_cannot_be_read(why: str, data: bytes, said: str) -> None:
    assert said in refused(data), why


def test_merged_ranges_beyond_measure_are_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_builder, "MOST_MERGES", 1)
    merged = '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="A2:B2"/></mergeCells>'
    document = parse_workbook(xlsx(row(1, "a", "") + row(2, "b", "c"), after=merged), "plan.xlsx")
    assert [block.cells[0].column_span for block in document.blocks[1:]] == [2, 1]
