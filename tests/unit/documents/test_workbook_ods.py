"""OpenDocument spreadsheets: what cells show, repeated cells, what is hidden, notes, links."""

from __future__ import annotations

import pytest

from trigpoint.documents.readers.workbook.document import parse_workbook
from trigpoint.plans.document import Document, Format, RemarkKind
from workbook_files import ods, ods_row

DATE_STYLE = (
    '<number:date-style style:name="N1"><number:day/><number:text>/</number:text><number:month/><number:text>/'
    '</number:text><number:year/></number:date-style><style:style style:name="day" style:family="table-cell"'
    ' style:data-style-name="N1"/><style:style style:name="child" style:family="table-cell"'
    ' style:parent-style-name="day"/>'
)
MONTH_STYLE = (
    '<number:date-style style:name="N2"><number:month number:textual="true"/><number:text>-</number:text>'
    '<number:year/></number:date-style><style:style style:name="month" style:family="table-cell"'
    ' style:data-style-name="N2"/>'
)
CLOCK_STYLE = (
    '<number:time-style style:name="N3" number:truncate-on-overflow="false"><number:hours/><number:text>:'
    '</number:text><number:minutes number:style="long"/></number:time-style><style:style style:name="clock"'
    ' style:family="table-cell" style:data-style-name="N3"/>'
)
PLACES_STYLE = (
    '<number:number-style style:name="N4"><number:number number:decimal-places="2" number:grouping="true"/>'
    '</number:number-style><style:style style:name="places" style:family="table-cell" style:data-style-name="N4"/>'
)
STYLES = DATE_STYLE + MONTH_STYLE + CLOCK_STYLE + PLACES_STYLE


def read(data: bytes) -> Document:
    return parse_workbook(data, "plan.ods")


def cell(kind: str, value: str, printed: str, *, style: str = "", inner: str = "", **more: str) -> str:
    names = {"date": "date-value", "time": "time-value", "boolean": "boolean-value"}
    written = f' office:{names.get(kind, "value")}="{value}"' if value else ""
    styled = f' table:style-name="{style}"' if style else ""
    extra = "".join(f' table:{key.replace("_", "-")}="{text}"' for key, text in more.items())
    return (
        f'<table:table-cell office:value-type="{kind}"{written}{styled}{extra}>{inner}<text:p>{printed}</text:p>'
        "</table:table-cell>"
    )


SHOWN = [
    ("a percentage as printed", cell("percentage", "0.935", "93.5%"), "93.5%"),
    ("a date from its value, not as printed", cell("date", "2026-06-30", "30.06.26"), "30 June 2026"),
    ("a date in its style", cell("date", "2026-06-30", "30/06/26", style="day"), "30 June 2026"),
    ("a style that another is based on", cell("date", "2026-06-30", "30/06/26", style="child"), "30 June 2026"),
    ("a month", cell("date", "2026-06-01", "Jun-26", style="month"), "June 2026"),
    ("a day with its time", cell("date", "2026-06-30T09:30:00", "x"), "30 June 2026"),
    ("a time", cell("time", "PT09H30M00S", "09:30:00"), "9:30:00"),
    ("more hours than a day has", cell("time", "PT30H00M00S", "30:00", style="clock"), "30:00"),
    ("a general number in full, not as wide as its column", cell("float", "3.33333333333333", "3.33"), "3.333333333"),
    ("a formatted number as printed", cell("float", "1234.5", "1,234.50", style="places"), "1,234.50"),
    ("a truth value", cell("boolean", "true", "TRUE"), "TRUE"),
    ("a truth value that a program gave as a number", cell("float", "1", "TRUE"), "TRUE"),
    ("a date that cannot be", cell("date", "2026-13-45", "45/13/2026"), "45/13/2026"),
    ("blanks and tabs", cell("string", "", 'a<text:s text:c="3"/>b<text:tab/>c<text:span>d</text:span>'), "a b cd"),
    ("a link", cell("string", "", '<text:a href="https://a.example">Read</text:a> more'), "Read more"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "written", "shown"), SHOWN, ids=[case[0] for case in SHOWN])
def test_what_a_cell_shows(why: str, written: str, shown: str) -> None:
    assert read(ods(ods_row(written), styles=STYLES)).blocks[1].text == shown, why


def test_the_style_of_a_column_holds_for_cells_without_one() -> None:
    columns = (
        '<table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:default-cell-style-name="month"/>'
    )
    document = read(ods(columns + ods_row("a", "", cell("date", "2026-06-01", "Jun")), styles=STYLES))
    assert document.blocks[1].text == "a\t\tJune 2026"


def test_the_format_and_lines_within_a_cell() -> None:
    two = "<table:table-cell><text:p>Open it</text:p><text:p>Staff it</text:p></table:table-cell>"
    document = read(ods(ods_row(two)))
    assert document.format is Format.OPEN_DOCUMENT
    assert document.blocks[1].cells[0].paragraphs == ("Open it", "Staff it")


def test_repeated_cells_and_rows_stand_for_themselves() -> None:
    twice = cell("string", "", "x", number_columns_repeated="2")
    gap = '<table:table-cell table:number-columns-repeated="3"/>'
    rows = ods_row(gap, twice, number_rows_repeated="2") + ods_row(number_rows_repeated="1000") + ods_row(gap, "y")
    document = read(ods(rows))
    assert [[one.text for one in block.cells] for block in document.blocks] == [
        [],
        ["x", "x"],
        ["x", "x"],
        [],
        ["y", ""],
    ]
    assert [block.origin.row for block in document.blocks] == [None, 1, 2, 3, 1003]
    assert [one.origin.column for one in document.blocks[1].cells] == [4, 5]


def test_merged_cells_cover_what_stands_beneath() -> None:
    wide = cell("string", "", "Plan", number_columns_spanned="2", number_rows_spanned="2")
    beneath = "<table:covered-table-cell><text:p>beneath</text:p></table:covered-table-cell>"
    document = read(ods(ods_row(wide, beneath, "x") + ods_row(beneath, beneath, "y")))
    assert [block.text for block in document.blocks[1:]] == ["Plan\t\tx", "\t\ty"]
    assert document.blocks[1].cells[0].row_span == document.blocks[1].cells[0].column_span == 2
    assert [one.covered for one in document.blocks[2].cells] == [True, True, False]


def test_rows_and_columns_out_of_sight() -> None:
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    rows = ods_row("Action", "secret", "Owner") + ods_row("hidden", "", "Amy", visibility="collapse")
    rows += ods_row("filtered", "", "Ben", visibility="filter")
    rows += f"<table:table-row-group>{ods_row('grouped', '', 'Cat', visibility='collapse')}</table:table-row-group>"
    document = read(ods(columns + rows))
    assert [block.text for block in document.blocks[1:]] == ["Action\tOwner", "filtered\tBen", "grouped\tCat"]
    assert [remark.text for remark in document.remarks] == [
        "Row 2 is hidden and left out: 2 filled cells",
        "Column B is hidden and left out: 1 filled cell",
        "1 row of this sheet is out of sight behind a filter, and is read all the same",
        "1 row of this sheet is out of sight behind a closed group, and is read all the same",
    ]


def test_hidden_sheets_and_copies_of_other_files() -> None:
    properties = '<style:table-properties table:display="false"/>'
    styles = f'<style:style style:name="gone" style:family="table">{properties}</style:style>'
    hidden = f'<table:table table:name="Lists" table:style-name="gone">{ods_row("x")}</table:table>'
    linked = (
        '<table:table table:name="Copy"><table:table-source xlink:href="file:///budget.ods"'
        f' xmlns:xlink="http://www.w3.org/1999/xlink"/>{ods_row("y")}</table:table>'
    )
    document = read(ods(ods_row("Action"), styles=styles, sheets=hidden + linked))
    assert [block.text for block in document.blocks] == ["", "Action"]
    assert [(remark.kind, remark.words) for remark in document.remarks] == [
        (RemarkKind.EXTERNAL_LINK, "file:///budget.ods"),
        (RemarkKind.HIDDEN, "x"),
    ]


def test_notes_errors_drawings_and_macros() -> None:
    note = (
        '<office:annotation><dc:creator xmlns:dc="d">Amy</dc:creator><dc:date xmlns:dc="d">2026-04-01</dc:date>'
        "<text:p>Is this right?</text:p></office:annotation>"
    )
    picture = "<draw:frame><text:p>caption</text:p></draw:frame>"
    rows = ods_row(cell("string", "", "Open it", inner=note + picture), cell("string", "", "#REF!", formula="of:=x"))
    document = read(ods(rows, parts={"Basic/Standard/Module1.xml": "<x/>"}))
    assert document.blocks[1].text == "Open it\t#REF!"
    assert [(one.kind, one.text, one.words, one.author) for one in document.remarks] == [
        (RemarkKind.MACRO, "The file carries macros; they were not run", "", ""),
        (RemarkKind.COMMENT, "Is this right?", "Open it", "Amy"),
        (RemarkKind.UNREAD, "On this sheet lie pictures or charts, which are not read", "", ""),
        (RemarkKind.FORMULA_ERROR, "The formula in B1 gives the error #REF!", "#REF!", ""),
    ]


def test_what_was_deleted_and_what_lies_in_a_cell_are_no_rows() -> None:
    deleted = f"<table:tracked-changes><table:deletion>{ods_row('gone')}</table:deletion></table:tracked-changes>"
    inner = f"<table:table-cell><table:table table:name='inner'>{ods_row('nested')}</table:table></table:table-cell>"
    document = read(ods(ods_row("Action", inner), sheets=deleted))
    assert [block.text for block in document.blocks] == ["", "Action"]


def test_what_the_file_says_of_itself() -> None:
    meta = (
        '<office:document-meta xmlns:office="o" xmlns:dc="d" xmlns:meta="m"><office:meta>'
        "<meta:initial-creator>Amy</meta:initial-creator><dc:creator>Ben</dc:creator><dc:title>My plan</dc:title>"
        "<dc:date>2026-04-01T09:00:00</dc:date></office:meta></office:document-meta>"
    )
    assert dict(read(ods(ods_row("Action"), parts={"meta.xml": meta})).properties) == {
        "author": "Amy",
        "title": "My plan",
        "modified": "2026-04-01T09:00:00",
    }
