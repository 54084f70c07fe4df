"""Workbooks of Excel 97 (.xls) and binary ones (.xlsb): records of all kinds, and agreement with another reader."""

from __future__ import annotations

import struct
from datetime import datetime
from io import BytesIO

import pytest
from python_calamine import load_workbook

from old_workbook_files import at, broad, label, narrow, number, rec, xls
from trigpoint.documents.readers.workbook.document import parse_workbook
from trigpoint.errors import InputError
from trigpoint.plans.document import Document, RemarkKind
from workbook_files import binary_cell, binary_row, record, repacked, wide, xlsb

JUNE_30 = 46203


def read(data: bytes) -> Document:
    return parse_workbook(data, "plan.xls")


def lines(data: bytes) -> list[str]:
    return [block.text for block in read(data).blocks if block.cells]


def formula(row: int, column: int, result: bytes, style: int = 0) -> bytes:
    return rec(0x06, at(row, column, style) + result + bytes(8))


EVERY_CELL = (
    rec(0xFD, at(1, 1) + struct.pack("<I", 1))
    + label(1, 2, "Größe – “x”")
    + rec(0x204, at(1, 3) + narrow("plain"))
    + number(2, 1, JUNE_30, 2)
    + rec(0x27E, at(2, 2, 1) + struct.pack("<I", (93 << 2) | 3))
    + rec(0xBD, struct.pack("<HH", 1, 2) + struct.pack("<HIHI", 0, (7 << 2) | 2, 0, 0x3FF00000) + struct.pack("<H", 3))
    + rec(0x205, at(3, 1) + b"\x01\x00")
    + rec(0x205, at(3, 2) + b"\x17\x01")
    + formula(3, 3, struct.pack("<d", 0.5), 1)
    + formula(3, 4, b"\x00\0\0\0\0\0\xff\xff")
    + rec(0x207, broad("from a formula"))
    + formula(4, 1, b"\x01\0\x01\0\0\0\xff\xff")
    + formula(4, 2, b"\x02\0\x2a\0\0\0\xff\xff")
    + formula(4, 3, b"\x03\0\0\0\0\0\xff\xff")
)
CODES = ["0.0%", "dd/mm/yyyy"]


def test_every_kind_of_cell() -> None:
    assert lines(xls(EVERY_CELL, texts=["a", "Objective"], codes=CODES)) == [
        "Objective\tGröße – “x”\tplain\t",
        "30 June 2026\t93.0%\t7\t1",
        "TRUE\t#REF!\t50.0%\tfrom a formula",
        "TRUE\t#N/A\t\t",
    ]


def test_another_reader_finds_the_same_values() -> None:
    data = xls(EVERY_CELL, texts=["a", "Objective"], codes=CODES)
    values = load_workbook(BytesIO(data)).get_sheet_by_index(0).to_python()
    assert values[0][:3] == ["Objective", "Größe – “x”", "plain"]
    assert values[1][1:] == [0.93, 7, 1]
    assert str(values[1][0]) == "2026-06-30"
    assert values[2] == [True, "", 0.5, "from a formula"]


def test_texts_run_on_in_the_next_record() -> None:
    long, next_one = "x" * 20, "Größe"
    head = struct.pack("<II", 2, 2) + struct.pack("<HB", 24, 0) + long.encode()
    shared = rec(0xFC, head) + rec(0x3C, b"\x01" + "–yes".encode("utf-16-le") + struct.pack("<HB", 5, 0) + b"Gr")
    shared += rec(0x3C, b"\x01" + "öße".encode("utf-16-le"))
    cells = b"".join(rec(0xFD, at(1, index + 1) + struct.pack("<I", index)) for index in range(2))
    assert lines(xls(cells, shared=shared)) == [f"{long}–yes\t{next_one}"]


def test_rich_texts_and_phonetic_guides_are_skipped() -> None:
    rich = struct.pack("<HBHI", 4, 0x0C, 1, 3) + b"Plan" + bytes(4) + b"abc"
    shared = rec(0xFC, struct.pack("<II", 2, 2) + rich + broad("next"))
    cells = b"".join(rec(0xFD, at(1, index + 1) + struct.pack("<I", index)) for index in range(2))
    assert lines(xls(cells, shared=shared)) == ["Plan\tnext"]


def test_hidden_merged_grouped_and_filtered() -> None:
    def row_record(row: int, flags: int) -> bytes:
        return rec(0x208, struct.pack("<HHHHHHHH", row - 1, 0, 9, 300, 0, 0, flags, 0))

    cells = b"".join(label(row, column, f"{row}{'abc'[column - 1]}") for row in range(1, 6) for column in (1, 2, 3))
    more = row_record(2, 0x20) + row_record(4, 0x21) + rec(0x7D, struct.pack("<HHHHH", 1, 1, 0, 0, 1))
    more += rec(0xE5, struct.pack("<H4H", 1, 2, 4, 0, 0))
    assert lines(xls(more + cells)) == ["1a\t1c", "3a\t3c", "\t4c", "\t5c"]
    document = read(xls(more + cells))
    assert document.blocks[2].cells[0].row_span == 3
    assert [remark.kind for remark in document.remarks] == [RemarkKind.HIDDEN] * 4
    assert lines(xls(rec(0x9B) + more + cells)) == ["1a\t1c", "2a\t2c", "3a\t3c", "\t4c", "\t5c"]


def test_notes_and_boxes() -> None:
    def thing(kind: int, id: int, text: str) -> bytes:
        described = rec(0x5D, struct.pack("<HHHH", 0x15, 0x12, kind, id) + bytes(14))
        return (
            described
            + rec(0x1B6, bytes(10) + struct.pack("<H", len(text)) + bytes(6))
            + rec(0x3C, b"\0" + text.encode())
        )

    sheet = label(1, 1, "Open it") + thing(0x19, 7, "Amy:\nIs this right?") + thing(6, 8, "Read me")
    sheet += rec(0x1C, struct.pack("<4H", 0, 0, 0, 7) + narrow("Amy"))
    found = [(one.kind, one.text, one.words, one.author) for one in read(xls(sheet)).remarks]
    assert found == [
        (RemarkKind.COMMENT, "Is this right?", "Open it", "Amy"),
        (RemarkKind.UNREAD, "On this sheet lie boxes of text, which are not read", "Read me", ""),
    ]


def test_a_chart_on_a_sheet_is_no_part_of_its_cells() -> None:
    chart = rec(0x809, struct.pack("<HHIII", 0x0600, 0x20, 0, 0, 0)) + label(1, 1, "axis") + rec(0x0A)
    document = read(xls(label(1, 1, "Action") + chart + label(2, 1, "Open it")))
    assert [block.text for block in document.blocks] == ["", "Action", "Open it"]
    assert document.remarks[0].text == "On this sheet lie charts, which are not read"


@pytest.mark.parametrize("state", [1, 2])
def test_a_workbook_whose_only_sheet_is_hidden(state: int) -> None:
    with pytest.raises(InputError, match="unhide the sheet with the plan"):
        read(xls(label(1, 1, "x"), state=state))


def test_macros_links_properties_and_headers() -> None:
    title = struct.pack("<II", 0x1E, 8) + b"My plan\0"
    saved = struct.pack("<IQ", 0x40, int((datetime(2026, 4, 1) - datetime(1601, 1, 1)).total_seconds()) * 10_000_000)
    where = 8 + 8 * 2
    summary = bytes(24) + struct.pack("<I", 1) + bytes(16) + struct.pack("<I", 48)
    summary += struct.pack("<IIIIII", 0, 2, 2, where, 13, where + len(title)) + title + saved
    linked = rec(0x1AE, struct.pack("<H", 1) + broad("\x01budget.xls"))
    data = xls(
        label(1, 1, "Action") + rec(0x14, narrow("&CDraft 3")),
        extra=linked,
        streams={"_VBA_PROJECT_CUR": b"", "\x05SummaryInformation": summary},
    )
    document = read(data)
    assert [(one.kind, one.words) for one in document.remarks] == [
        (RemarkKind.MACRO, ""),
        (RemarkKind.EXTERNAL_LINK, "budget.xls"),
    ]
    assert dict(document.properties) == {"title": "My plan", "modified": "2026-04-01T00:00:00Z", "header": "Draft 3"}


def test_days_from_1904() -> None:
    assert lines(xls(number(1, 1, 44741, 1), codes=["dd/mm/yyyy"], from_1904=True)) == ["30 June 2026"]


def test_a_workbook_of_excel_5_has_texts_of_single_bytes() -> None:
    old = rec(0x204, at(1, 1) + struct.pack("<H", 5) + "Größe".encode("cp1252"))
    assert lines(xls(old + number(1, 2, 3.5), version=0x0500, shared=rec(0))) == ["Größe\t3.5"]


HIDDEN_COLUMN = record(390) + record(60, struct.pack("<IIIIH", 3, 3, 2560, 0, 1)) + record(391)
BINARY = (
    binary_row(1)
    + b"".join(
        binary_cell(6, column, wide(text)) for column, text in enumerate(("Objective", "Due", "Share", "secret"), 1)
    )
    + binary_row(2)
    + binary_cell(7, 1, struct.pack("<I", 1))
    + binary_cell(5, 2, struct.pack("<d", JUNE_30), 2)
    + binary_cell(2, 3, struct.pack("<I", (93 << 2) | 3), 1)
    + binary_row(3, hidden=True)
    + binary_cell(6, 1, wide("hidden"))
    + binary_row(4, hidden=True, level=1)
    + binary_cell(4, 1, b"\x01")
    + binary_cell(3, 2, b"\x17")
    + binary_cell(8, 3, wide("given") + bytes(10))
    + binary_row(5)
    + binary_cell(62, 1, b"\0" + wide("rich"))
    + binary_cell(9, 2, struct.pack("<d", 2.5) + bytes(10))
    + record(176, struct.pack("<4I", 4, 4, 1, 2))
)


def test_a_binary_workbook() -> None:
    data = xlsb(BINARY, texts=["a", "Safer care"], codes=CODES, before=HIDDEN_COLUMN)
    assert lines(data) == [
        "Objective\tDue\tShare",
        "Safer care\t30 June 2026\t93.0%",
        "TRUE\t#REF!\tgiven",
        "rich\t2.5\t",
    ]
    assert [one.text for one in read(data).remarks] == [
        "Row 3 is hidden and left out: 1 filled cell",
        "Column D is hidden and left out: 1 filled cell",
        "1 row of this sheet is out of sight behind a closed group, and is read all the same",
        "The formula in B4 gives the error #REF!",
    ]
    assert read(data).blocks[-1].cells[1].column_span == 2


def test_another_reader_finds_the_same_values_in_a_binary_workbook() -> None:
    data = xlsb(BINARY, texts=["a", "Safer care"], codes=CODES, before=HIDDEN_COLUMN)
    values = load_workbook(BytesIO(data)).get_sheet_by_index(0).to_python()
    assert [str(value) for value in values[1][:3]] == ["Safer care", "2026-06-30", "0.93"]
    assert values[4][1] == 2.5


def test_filtered_rows_and_notes_of_a_binary_workbook() -> None:
    sheet = (
        binary_row(1) + binary_cell(6, 1, wide("Action")) + binary_row(2, hidden=True) + binary_cell(6, 1, wide("one"))
    )
    sheet += record(161, struct.pack("<4I", 0, 1, 0, 0)) + record(163, bytes(4))
    notes = record(632, wide("Amy")) + record(635, struct.pack("<5I", 0, 1, 1, 0, 0) + bytes(16))
    notes += record(637, b"\0" + wide("Is this right?"))
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
        ' Type="http://x/comments" Target="../comments1.bin"/></Relationships>'
    )
    data = repacked(xlsb(sheet), {"xl/comments1.bin": notes, "xl/worksheets/_rels/sheet1.bin.rels": links})
    document = read(data)
    assert [block.text for block in document.blocks] == ["", "Action", "one"]
    comment = next(one for one in document.remarks if one.kind is RemarkKind.COMMENT)
    assert (comment.text, comment.author, comment.words) == ("Is this right?", "Amy", "one")
