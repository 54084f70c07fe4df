"""Sheets to blocks: order, gaps, merged cells, what is seen and what is not."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from openpyxl import Workbook

from trigpoint.documents.readers.limits import MAXIMUM_COLUMNS
from trigpoint.documents.readers.workbook.document import parse_workbook
from trigpoint.plans.document import Block, BlockKind, Cell, Document, Format, RemarkKind
from workbook_files import MAIN, OFFICE, STRICT_MAIN, STRICT_OFFICE, made, repacked, row, table, xlsx


def read(data: bytes) -> Document:
    return parse_workbook(data, "plan.xlsx")


def shown(document: Document) -> list[list[str]]:
    return [[cell.text for cell in block.cells] for block in document.blocks]


def rows_of(document: Document) -> list[Block]:
    return [block for block in document.blocks if block.kind is BlockKind.TABLE_ROW]


def cell_at(document: Document, name: str) -> Cell:
    column, line = ord(name[0]) - 64, int(name[1:])
    cells = (cell for block in document.blocks for cell in block.cells)
    return next(cell for cell in cells if (cell.origin.row, cell.origin.column) == (line, column))


def test_each_sheet_begins_with_a_blank_block_that_names_it() -> None:
    def fill(book: Workbook) -> None:
        book.worksheets[0].append(["Action", "Owner"])
        book.create_sheet("Risks").append(["Risk", "Score"])

    document = read(made(fill))
    assert [(block.kind.value, block.origin.sheet, block.text) for block in document.blocks] == [
        ("blank", "Actions", ""),
        ("table row", "Actions", "Action\tOwner"),
        ("blank", "Risks", ""),
        ("table row", "Risks", "Risk\tScore"),
    ]
    assert document.format is Format.EXCEL
    assert [block.origin.line for block in document.blocks] == [1, 2, 3, 4]


def test_empty_rows_make_one_blank_block_and_empty_columns_before_the_first_none() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.worksheets[0]
        sheet["C2"] = "Plan"
        sheet["C90"], sheet["D90"] = "Action", "Owner"
        sheet["D91"] = "Amy"

    document = read(made(fill))
    assert shown(document) == [[], ["Plan", ""], [], ["Action", "Owner"], ["", "Amy"]]
    assert [block.origin.row for block in document.blocks] == [None, 2, 3, 90, 91]
    assert [cell.origin.column for cell in document.blocks[4].cells] == [3, 4]


def test_lines_within_a_cell_are_paragraphs_and_special_characters_are_escaped_in_raw() -> None:
    cell = cell_at(read(table(["Action"], ["Open the ward,\nthen staff it\r\n\n <5 beds & more"])), "A2")
    assert cell.paragraphs == ("Open the ward,", "then staff it", "<5 beds & more")
    assert cell.raw == "<p>Open the ward,</p>\n<p>then staff it</p>\n<p>&lt;5 beds &amp; more</p>"
    assert cell.tags == {"p"}


def test_mark_up_that_an_export_left_is_read_as_mark_up() -> None:
    document = read(
        table(
            ["Action"],
            ["<p>Quality &amp; Safety</p><ul><li>one</li><li>two</li></ul>"],
            ["R&amp;D"],
            ["LOS <a week and >b"],
        )
    )
    assert cell_at(document, "A2").paragraphs == ("Quality & Safety", "one", "two")
    assert cell_at(document, "A2").tags == {"p", "ul", "li"}
    assert cell_at(document, "A3").paragraphs == ("R&D",)
    assert cell_at(document, "A4").paragraphs == ("LOS <a week and >b",)


def test_values_are_shown_as_their_format_shows_them() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.worksheets[0]
        values = [
            (date(2026, 6, 30), "dd/mm/yyyy"),
            (date(2026, 6, 1), "mmm-yy"),
            (0.935, "0.0%"),
            (12500.5, '"£"#,##0.00'),
            (46203, "General"),
            (True, "General"),
            (time(9, 30), "hh:mm"),
            (timedelta(hours=30), "[h]:mm"),
            ("00123", "General"),
            ("30/06/2026", "@"),
        ]
        for column, (value, code) in enumerate(values, 1):
            sheet.cell(1, column, value).number_format = code

    assert shown(read(made(fill)))[1] == [
        "30 June 2026",
        "June 2026",
        "93.5%",
        "£12,500.50",
        "46203",
        "TRUE",
        "09:30",
        "30:00",
        "00123",
        "30/06/2026",
    ]


def test_merged_cells_stand_whole_in_their_first_place() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.worksheets[0]
        for line in (
            ["Objective", "Action", "Due"],
            ["Safer care", "one", "Q1"],
            [None, "two", "Q2"],
            [None, None, "Q3"],
        ):
            sheet.append(line)
        sheet["A6"] = "Total of all"
        sheet.merge_cells("A2:A4")
        sheet.merge_cells("B3:B4")
        sheet.merge_cells("A6:C6")

    document = read(made(fill))
    rows = rows_of(document)
    assert [[(cell.row_span, cell.column_span, cell.covered) for cell in row.cells] for row in rows[1:]] == [
        [(3, 1, False), (1, 1, False), (1, 1, False)],
        [(1, 1, True), (2, 1, False), (1, 1, False)],
        [(1, 1, True), (1, 1, True), (1, 1, False)],
        [(1, 3, False), (1, 1, True), (1, 1, True)],
    ]
    assert {len(row.cells) for row in rows} == {3}


def test_an_empty_row_within_a_merged_cell_does_not_part_the_table() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.worksheets[0]
        sheet["A1"], sheet["B1"] = "Safer care", "one"
        sheet["B4"] = "two"
        sheet.merge_cells("A1:A4")

    document = read(made(fill))
    assert [block.kind.value for block in document.blocks] == ["blank", "table row", "table row"]
    assert cell_at(document, "A1").row_span == 2


def test_merged_ranges_that_overlap_or_cover_the_sheet_are_taken_calmly() -> None:
    ranges = ("A1:XFD1048576", "A1:B2", "B2:C3", "A1:A1", "C3:B2", "#REF!", "", "A0:B1")
    merged = "".join(f'<mergeCell ref="{one}"/>' for one in ranges)
    data = xlsx(
        row(1, "a", "b", "c") + row(2, "d", "e") + row(3, "f", "g", "h"), after=f"<mergeCells>{merged}</mergeCells>"
    )
    document = read(data)
    assert document.blocks[1].cells[0].text == "a"
    assert document.blocks[1].cells[0].column_span == 2
    hidden = [remark for remark in document.remarks if remark.kind is RemarkKind.HIDDEN]
    assert hidden[0].text == "3 cells underneath merged cells hold words that nobody sees, left out"
    assert hidden[0].words == "b · d · e"


def test_hidden_rows_and_columns_are_left_out_and_said() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.worksheets[0]
        for line in (
            ["Action", "Note", "Owner"],
            ["one", "x", "Amy"],
            ["secret", "y", "Ben"],
            ["hush", "z", "Cat"],
            ["two", "z", "Dee"],
        ):
            sheet.append(line)
        sheet.row_dimensions[3].hidden = True
        sheet.row_dimensions[4].hidden = True
        sheet.column_dimensions["B"].hidden = True

    document = read(made(fill))
    assert shown(document) == [[], ["Action", "Owner"], ["one", "Amy"], ["two", "Dee"]]
    assert [cell.origin.column for cell in document.blocks[1].cells] == [1, 3]
    assert [(remark.text, remark.words) for remark in document.remarks] == [
        ("Rows 3 to 4 are hidden and left out: 6 filled cells", "secret · y · Ben · hush · z · Cat"),
        ("Column B is hidden and left out: 5 filled cells", "Note · x · y · z · z"),
    ]
    assert {remark.kind for remark in document.remarks} == {RemarkKind.HIDDEN}


def test_a_merged_cell_shows_its_words_though_its_first_row_is_hidden() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.worksheets[0]
        sheet.append(["Safer care", "one"])
        sheet.append([None, "two"])
        sheet.append([None, "three"])
        sheet.merge_cells("A1:A3")
        sheet.row_dimensions[1].hidden = True

    document = read(made(fill))
    assert shown(document) == [[], ["Safer care", "two"], ["", "three"]]
    assert document.blocks[1].cells[0].row_span == 2


def test_hidden_sheets_are_left_out_and_said() -> None:
    def fill(book: Workbook) -> None:
        book.worksheets[0].append(["Action"])
        for name, state in (("Lists", "hidden"), ("Workings", "veryHidden")):
            sheet = book.create_sheet(name)
            sheet.append(["On track", "Delayed"])
            sheet.sheet_state = state

    document = read(made(fill))
    assert {block.origin.sheet for block in document.blocks} == {"Actions"}
    assert [(remark.origin.sheet, remark.text, remark.words) for remark in document.remarks] == [
        ("Lists", "The sheet Lists is hidden and was left out: 2 filled cells", "On track · Delayed"),
        ("Workings", "The sheet Workings is very hidden and was left out: 2 filled cells", "On track · Delayed"),
    ]


def test_filtered_rows_are_read_because_the_author_works_with_them() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.worksheets[0]
        for line in (["Action", "Owner"], ["one", "Amy"], ["two", "Ben"], ["outside", "Cat"]):
            sheet.append(line)
        sheet.auto_filter.ref = "A1:B3"
        sheet.auto_filter.add_filter_column(1, ["Amy"])
        sheet.row_dimensions[3].hidden = sheet.row_dimensions[4].hidden = True

    document = read(made(fill))
    assert shown(document) == [[], ["Action", "Owner"], ["one", "Amy"], ["two", "Ben"]]
    assert [remark.text for remark in document.remarks] == [
        "Row 4 is hidden and left out: 2 filled cells",
        "1 row of this sheet is out of sight behind a filter, and is read all the same",
    ]


def test_a_filter_that_lets_everything_through_hides_nothing() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.worksheets[0]
        sheet.append(["Action"])
        sheet.append(["secret"])
        sheet.auto_filter.ref = "A1:A2"
        sheet.row_dimensions[2].hidden = True

    assert shown(read(made(fill))) == [[], ["Action"]]


def test_rows_of_a_closed_group_are_read() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.worksheets[0]
        for line in (["Action", "Owner"], ["one", "Amy"], ["two", "Ben"]):
            sheet.append(line)
        sheet.row_dimensions.group(2, 3, hidden=True)
        sheet.column_dimensions.group("B", "B", hidden=True)

    document = read(made(fill))
    assert shown(document)[1:] == [["Action", "Owner"], ["one", "Amy"], ["two", "Ben"]]
    assert [remark.text for remark in document.remarks] == [
        "2 rows of this sheet are out of sight behind a closed group, and are read all the same",
        "Column B is out of sight in a closed group, and read all the same",
    ]


def test_what_stands_beyond_the_last_column_is_said() -> None:
    def fill(book: Workbook) -> None:
        book.worksheets[0]["A1"] = "Action"
        book.worksheets[0].cell(1, 10_000, "far away")

    document = read(made(fill))
    assert shown(document) == [[], ["Action"]]
    assert document.remarks[0].text == "1 cell in this sheet stands beyond column SF, unread"
    assert document.remarks[0].words == "far away"
    assert document.remarks[0].origin.column == 10_000 > MAXIMUM_COLUMNS


def test_a_sheet_that_is_merely_formatted_to_its_end_is_short() -> None:
    empty = "".join(
        f'<row r="{number}" s="1" customFormat="1"><c r="A{number}" s="1"/></row>' for number in range(2, 20_000)
    )
    document = read(xlsx(row(1, "Action") + empty + row(1_048_576, "", "end")))
    assert shown(document) == [[], ["Action", ""], [], ["", "end"]]
    assert document.blocks[3].origin.row == 1_048_576


def test_rows_and_cells_without_numbers_follow_each_other() -> None:
    cell = "<c t='inlineStr'><is><t>{}</t></is></c>"
    data = xlsx(f"<row>{cell.format('a')}{cell.format('b')}</row><row>{cell.format('c')}</row>")
    assert shown(read(data)) == [[], ["a", "b"], ["c", ""]]


def test_rows_in_any_order_and_twice_are_put_in_order() -> None:
    data = xlsx(row(3, "c") + row(1, "", "b") + row(1, "a") + row(2, "x", "y"))
    assert shown(read(data))[1:] == [["a", "b"], ["x", "y"], ["c", ""]]


@pytest.mark.parametrize("prefix", ["", "x:"])
@pytest.mark.parametrize("strict", [False, True])
def test_both_variants_of_the_format_with_and_without_prefixes(prefix: str, strict: bool) -> None:
    main, office = (STRICT_MAIN, STRICT_OFFICE) if strict else (MAIN, OFFICE)
    data = xlsx("", main=main, office=office)
    declared = f'xmlns{":x" if prefix else ""}="{main}"'
    sheet = (
        f"<{prefix}worksheet {declared}><{prefix}sheetData><{prefix}row r='1'><{prefix}c r='A1' t='d'>"
        f"<{prefix}v>2026-06-30</{prefix}v></{prefix}c></{prefix}row></{prefix}sheetData></{prefix}worksheet>"
    )
    assert shown(read(repacked(data, {"xl/worksheets/sheet1.xml": sheet}))) == [[], ["30 June 2026"]]


def test_rich_text_is_joined_and_phonetic_guides_are_left_out() -> None:
    strings = (
        "<si><r><rPr><b/></rPr><t>Open </t></r><r><t>the ward_x000D_\nnow</t></r><rPh sb='0' eb='1'><t>x</t></rPh></si>"
    )
    document = read(xlsx('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=strings))
    assert document.blocks[1].cells[0].paragraphs == ("Open the ward", "now")


def test_days_from_1904() -> None:
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    data = xlsx(
        '<row r="1"><c r="A1" s="1"><v>44741</v></c></row>', styles=styles, workbook='<workbookPr date1904="1"/>'
    )
    assert shown(read(data)) == [[], ["30 June 2026"]]


def test_progress_goes_to_its_end() -> None:
    told: list[tuple[int, int]] = []
    words = [[f"word{number}" * 20] for number in range(4000)]
    parse_workbook(table(*words), "plan.xlsx", lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1] > 0
    assert [done for done, _ in told] == sorted(done for done, _ in told)
