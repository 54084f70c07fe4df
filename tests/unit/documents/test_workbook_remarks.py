"""What a workbook holds beside its words: notes, macros, links, errors, drawings, parts that are not read."""

from __future__ import annotations

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment

from trigpoint.documents.readers.workbook.document import parse_workbook
from trigpoint.documents.readers.workbook.sheet_builder import MOST_NAMED
from trigpoint.plans.document import Document, Remark, RemarkKind
from workbook_files import MAIN, made, packed, part, relationships, repacked, row, table, xlsx

THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"


def read(data: bytes) -> Document:
    return parse_workbook(data, "plan.xlsx")


def remarks(data: bytes, kind: RemarkKind) -> list[Remark]:
    return [remark for remark in read(data).remarks if remark.kind is kind]


def test_a_note_on_a_cell() -> None:
    def fill(book: Workbook) -> None:
        book.worksheets[0].append(["Action"])
        book.worksheets[0].append(["Open the ward"])
        book.worksheets[0]["A2"].comment = Comment("Amy Lee:\nIs this  right?", "Amy Lee")

    (remark,) = remarks(made(fill), RemarkKind.COMMENT)
    assert (remark.text, remark.words, remark.author) == ("Is this right?", "Open the ward", "Amy Lee")
    assert (remark.origin.sheet, remark.origin.row, remark.origin.column, remark.origin.line) == ("Actions", 2, 1, 3)


def threaded(done: str = "0") -> bytes:
    legacy = (
        f'<comments xmlns="{MAIN}"><authors><author>tc={{1}}</author><author>Ben</author></authors><commentList>'
        '<comment ref="A1" authorId="0"><text><t>[Threaded comment] Your version of Excel…</t></text></comment>'
        '<comment ref="B1" authorId="1"><text><t>a note</t></text></comment></commentList></comments>'
    )
    threads = (
        f'<ThreadedComments xmlns="{THREADS}"><threadedComment ref="A1" dT="2026-04-01T09:00:00.00" personId="{{P}}"'
        f' id="{{1}}" done="{done}"><text>Who leads this?</text></threadedComment>'
        '<threadedComment ref="A1" dT="2026-04-02T09:00:00.00" personId="{Q}" id="{2}" parentId="{1}">'
        "<text>The chief nurse</text></threadedComment></ThreadedComments>"
    )
    persons = (
        f'<personList xmlns="{THREADS}"><person displayName="Amy Lee" id="{{P}}"/>'
        '<person displayName="Ben Roe" id="{Q}"/></personList>'
    )
    data = xlsx(
        row(1, "Open the ward", "Cat"),
        links=[
            ("rId1", "comments", "../comments1.xml"),
            ("rId2", "threadedComment", "../threadedComments/threadedComment1.xml"),
        ],
        parts={
            "xl/comments1.xml": legacy,
            "xl/threadedComments/threadedComment1.xml": threads,
            "xl/persons/person.xml": persons,
        },
    )
    rels = part(data, "xl/_rels/workbook.xml.rels").decode()
    person = relationships(("rId9", "person", "persons/person.xml"))
    row_of = person[person.index("<Relationship ") : person.rindex("</")]
    return repacked(data, {"xl/_rels/workbook.xml.rels": rels.replace("</Relationships>", f"{row_of}</Relationships>")})


def test_threads_of_comments_are_read_and_not_their_copies() -> None:
    assert [(one.text, one.author, one.date[:10], one.words) for one in remarks(threaded(), RemarkKind.COMMENT)] == [
        ("Who leads this?", "Amy Lee", "2026-04-01", "Open the ward"),
        ("The chief nurse", "Ben Roe", "2026-04-02", "Open the ward"),
        ("a note", "Ben", "", "Cat"),
    ]


def test_resolved_threads_are_left_out() -> None:
    assert [one.text for one in remarks(threaded(done="1"), RemarkKind.COMMENT)] == ["a note"]


def test_macros_are_said_and_not_run() -> None:
    data = repacked(table(["Action"]), {"xl/vbaProject.bin": b"Sub Auto_Open()"})
    assert [one.text for one in remarks(data, RemarkKind.MACRO)] == ["The file carries macros; they were not run"]


def test_links_to_other_files_are_said_and_not_followed() -> None:
    data = repacked(
        xlsx(row(1, "Action")),
        {
            "xl/_rels/workbook.xml.rels": relationships(
                ("rId1", "worksheet", "worksheets/sheet1.xml"),
                ("rId2", "externalLink", "externalLinks/externalLink1.xml"),
            ),
            "xl/externalLinks/externalLink1.xml": "<externalLink/>",
            "xl/externalLinks/_rels/externalLink1.xml.rels": relationships(
                ("rId1", "externalLinkPath", "file:///C:/budget.xlsx"), external=True
            ),
        },
    )
    assert [one.words for one in remarks(data, RemarkKind.EXTERNAL_LINK)] == ["file:///C:/budget.xlsx"]


def test_formula_errors_keep_their_words() -> None:
    data = xlsx(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Total</t></is></c><c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    )
    assert read(data).blocks[1].text == "Total\t#DIV/0!"
    (remark,) = remarks(data, RemarkKind.FORMULA_ERROR)
    assert (remark.text, remark.words) == ("The formula in B1 gives the error #DIV/0!", "#DIV/0!")
    assert (remark.origin.line, remark.origin.column) == (2, 2)


def test_many_formula_errors_are_counted() -> None:
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="e"><v>#REF!</v></c></row>' for n in range(1, MOST_NAMED + 11))
    found = remarks(xlsx(cells), RemarkKind.FORMULA_ERROR)
    assert len(found) == MOST_NAMED + 1
    assert found[-1].text == "10 more cells in this sheet show a formula error"


def test_formulas_that_were_never_calculated() -> None:
    data = table(["Total", "=SUM(A1:A2)"], ["x", "=A1"])
    (remark,) = remarks(data, RemarkKind.UNREAD)
    assert remark.text == (
        "2 cells in this sheet hold a formula that has never been calculated: open the file in Excel and save it"
        " (the first is B1)"
    )
    assert (remark.origin.row, remark.origin.column) == (1, 2)


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ('HYPERLINK("https://a.example/b","Read more")', "Read more"),
        ('=HYPERLINK("https://a.example/b")', "https://a.example/b"),
        ('HYPERLINK("x","say ""yes""")', 'say "yes"'),
    ],
)
def test_links_show_their_words_even_when_never_calculated(formula: str, shown: str) -> None:
    escaped = formula.replace('"', "&quot;")
    data = xlsx(f'<row r="1"><c r="A1" t="str"><f>{escaped}</f></c></row>')
    assert read(data).blocks[1].text == shown
    assert remarks(data, RemarkKind.UNREAD) == []


def test_a_formula_that_gives_no_words_is_an_empty_cell() -> None:
    data = xlsx(row(1, "a", '<c r="B1" t="str"><f>""</f><v></v></c>'))
    assert read(data).blocks[1].text == "a"
    assert read(data).remarks == ()


def test_a_value_that_its_format_hides_is_said() -> None:
    def fill(book: Workbook) -> None:
        book.worksheets[0].append(["Action", 42])
        book.worksheets[0]["B1"].number_format = ";;;"

    (remark,) = remarks(made(fill), RemarkKind.HIDDEN)
    assert remark.text == "1 cell in this sheet holds a value that the cell's format shows to nobody"
    assert remark.words == "42"


@pytest.mark.parametrize("written", ["NaN", "1e999", "-5", "abc", "99999999"])
def test_numbers_and_dates_that_cannot_be(written: str) -> None:
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    data = xlsx(row(1, "Due", f'<c r="B1" s="1"><v>{written}</v></c>'), styles=styles)
    assert read(data).blocks[1].text == f"Due\t{written}"
    (remark,) = remarks(data, RemarkKind.UNREAD)
    assert (
        remark.text
        == "1 cell in this sheet holds a date or number that cannot be; it is given as it stands in the file"
    )


def test_charts_pictures_and_boxes_are_said_once_a_sheet() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.worksheets[0]
        for line in (["Month", "Value"], ["April", 3], ["May", 4]):
            sheet.append(line)
        for place in ("D1", "D20"):
            chart = BarChart()
            chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=3), titles_from_data=True)
            sheet.add_chart(chart, place)

    data = made(fill)
    (remark,) = remarks(data, RemarkKind.UNREAD)
    assert (remark.text, remark.origin.sheet) == ("On this sheet lie charts, which are not read", "Actions")
    drawing = part(data, "xl/drawings/drawing1.xml").decode()
    box = '<xdr:sp xmlns:xdr="x" xmlns:a="y"><xdr:txBody><a:p><a:r><a:t>Read me</a:t></a:r></a:p></xdr:txBody></xdr:sp>'
    end = drawing.rindex("</")
    (remark,) = remarks(
        repacked(data, {"xl/drawings/drawing1.xml": drawing[:end] + box + drawing[end:]}), RemarkKind.UNREAD
    )
    assert (remark.text, remark.words) == ("On this sheet lie boxes of text and charts, which are not read", "Read me")


def test_a_sheet_that_is_a_chart_is_said() -> None:
    def fill(book: Workbook) -> None:
        book.worksheets[0].append(["Action", 1])
        chart = BarChart()
        chart.add_data(Reference(book.worksheets[0], min_col=2, min_row=1))
        book.create_chartsheet("Trend").add_chart(chart)

    (remark,) = remarks(made(fill), RemarkKind.UNREAD)
    assert remark.text == "The sheet Trend is a chart, which is not read"


def test_remarks_beyond_measure_are_cut_off_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "trigpoint.documents.readers.workbook.sheet_builder.Budget.__init__.__defaults__", (100, 100, 3)
    )
    notes = "".join(f'<comment ref="A{n}" authorId="0"><text><t>n{n}</t></text></comment>' for n in range(1, 10))
    data = xlsx(
        row(1, "Action"),
        links=[("rId1", "comments", "../comments1.xml")],
        parts={"xl/comments1.xml": f'<comments xmlns="{MAIN}"><authors/><commentList>{notes}</commentList></comments>'},
    )
    texts = [remark.text for remark in read(data).remarks]
    assert texts == ["n1", "n2", "n3", "There are more than 5,000 remarks on this workbook"]


def test_what_the_file_says_of_itself() -> None:
    def fill(book: Workbook) -> None:
        book.worksheets[0].append(["Action"])
        book.properties.title, book.properties.creator = "Operational plan", "Amy Lee"
        book.worksheets[0].oddHeader.center.text = "Draft 3"
        book.worksheets[0].oddFooter.left.text = "Page &P of &N"
        hidden = book.create_sheet("Lists")
        hidden.oddHeader.center.text, hidden.sheet_state = "not this", "hidden"

    properties = read(made(fill)).properties
    assert {key: properties[key] for key in ("title", "author", "header", "footer")} == {
        "title": "Operational plan",
        "author": "Amy Lee",
        "header": "Draft 3",
        "footer": "Page of",
    }
    assert properties["modified"].startswith("20")


def test_a_package_without_properties_has_none() -> None:
    assert dict(read(xlsx(row(1, "Action"))).properties) == {}
    assert packed({}) != b""
