"""The words of a Word paragraph: what is printed, once, and nothing that is not."""

from __future__ import annotations

import pytest

from trigpoint.documents.readers.word.document import parse_word
from trigpoint.plans.document import BlockKind, Document, Format
from word_files import bold, box, changed, field, p, r, styled, tbl, tc, tr, word_file


def read(*body: str, **parts: str) -> Document:
    return parse_word(word_file("".join(body), **parts), "plan.docx")


def words(*body: str, **parts: str) -> list[str]:
    """The text of every block that has words."""
    return [line for line in read(*body, **parts).lines if line]


def run(inside: str) -> str:
    return f"<w:r>{inside}</w:r>"


PRINTED = [
    ("runs join without a blank", p("Im", bold("prove"), " access"), ["Improve access"]),
    ("tabs and wide blanks are one", p("Lead:", run("<w:tab/>"), "  the \xa0 director"), ["Lead: the director"]),
    ("a line break ends a line", p("By June", run("<w:br/>"), "By July"), ["By June", "By July"]),
    ("but not a sentence", p("agree and", run("<w:br/>"), "publish it"), ["agree and publish it"]),
    ("a line break between items", p("staff", run("<w:br/>"), "carers", run("<w:br/>"), "patients"),
     ["staff", "carers", "patients"]),
    ("a line break after a colon", p("We will:", run("<w:br/>"), "agree it;", run("<w:br/>"), "and open it"),
     ["We will:", "agree it;", "and open it"]),
    ("a column break ends a line", p("One", run('<w:br w:type="column"/>'), "Two"), ["One", "Two"]),
    ("a hyphen that does not break", p("2017", run("<w:noBreakHyphen/>"), "18"), ["2017-18"]),
    ("the same typed", p("2017\u201118"), ["2017-18"]),
    ("a soft hyphen is none", p("inte", run("<w:softHyphen/>"), "gr\u00adated"), ["integrated"]),
    ("a symbol", p(run('<w:sym w:font="Wingdings" w:char="F0FC"/>'), " done"), ["✓ done"]),
    ("a letter in a symbol font", p(r("ü", '<w:rFonts w:ascii="Wingdings"/>'), " done"), ["✓ done"]),
    ("a sign of decoration is no word", p(run('<w:sym w:font="Wingdings" w:char="F026"/>'), "Plan"), ["Plan"]),
    ("a sign that older versions have as a letter", p(run(
        '<mc:AlternateContent><mc:Choice Requires="x"><x:sign xmlns:x="urn:x"/></mc:Choice><mc:Fallback><w:t>✔</w:t>'
        "</mc:Fallback></mc:AlternateContent>"), " met"), ["✔ met"]),
    ("a symbol of no known font", p("≥", run('<w:sym w:font="Arial" w:char="00B5"/>')), ["≥µ"]),
    ("a symbol that is none", p("a", run('<w:sym w:font="Symbol" w:char="zz"/>'), "b"), ["ab"]),
    ("the text of a link", p("see ", f"<w:hyperlink>{r('the site')}</w:hyperlink>"), ["see the site"]),
    ("the result of a field", p("page ", field("PAGEREF x", "7"), "."), ["page 7."]),
    ("a simple field", p('<w:fldSimple w:instr="DATE">' + r("1 May 2026") + "</w:fldSimple>"), ["1 May 2026"]),
    ("a field within an instruction", p(
        run('<w:fldChar w:fldCharType="begin"/>'), run("<w:instrText>IF </w:instrText>"), field("MERGEFIELD a", "x"),
        run('<w:fldChar w:fldCharType="separate"/>'), "yes", run('<w:fldChar w:fldCharType="end"/>')), ["yes"]),
    ("a field without a result", p(
        "a", run('<w:fldChar w:fldCharType="begin"/>'), "XE", run('<w:fldChar w:fldCharType="end"/>'), "b"), ["ab"]),
    ("a field that never ends hides nothing", p(run('<w:fldChar w:fldCharType="begin"/>'), "the plan"), ["the plan"]),
    ("an end without a beginning", p("the ", run('<w:fldChar w:fldCharType="end"/>'), "plan"), ["the plan"]),
    ("the choice in an old form", p(
        "Status: ", run('<w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/>'
        '<w:listEntry w:val="Late"/><w:listEntry w:val="Done"/></w:ddList></w:ffData></w:fldChar>'),
        run("<w:instrText>FORMDROPDOWN</w:instrText>"), run('<w:fldChar w:fldCharType="end"/>')), ["Status: Done"]),
    ("a choice that is none of them", p(
        "Status", run('<w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="7"/>'
        '</w:ddList></w:ffData></w:fldChar>'), run('<w:fldChar w:fldCharType="end"/>')), ["Status"]),
    ("a tick box in an old form", p(
        run('<w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>'
        "</w:ffData></w:fldChar>"), run('<w:fldChar w:fldCharType="end"/>'), " met"), ["☒ met"]),
    ("a content control", f"<w:sdt><w:sdtPr/><w:sdtContent>{p('The plan')}</w:sdtContent></w:sdt>", ["The plan"]),
    ("a content control in a line", p("RAG: ", f"<w:sdt><w:sdtContent>{r('Green')}</w:sdtContent></w:sdt>"),
     ["RAG: Green"]),
    ("smart tags and own elements", p(f"<w:smartTag><w:customXml>{r('Fell')}</w:customXml></w:smartTag>", " CCG"),
     ["Fell CCG"]),
    ("words from right to left", p(f'<w:bdo w:val="rtl">{r("شبكة")}</w:bdo>', " \u200fNHS"), ["شبكة NHS"]),
    ("ruby prints its base", p(run(f"<w:ruby><w:rt>{r('x')}</w:rt><w:rubyBase>{r('plan')}</w:rubyBase></w:ruby>")),
     ["plan"]),
    ("a formula", p("at ", "<m:oMath><m:r><m:t>x=2</m:t></m:r></m:oMath>"), ["at x=2"]),
    ("a drop cap", p("T", properties='<w:framePr w:dropCap="drop"/>') + p("he plan."), ["The plan."]),
    ("insertions are in, deletions out", p("by ", changed("del", "June"), changed("ins", "July")), ["by July"]),
    ("a deletion within an insertion", p("a", changed("ins", r("b"), changed("del", "c"))), ["ab"]),
    ("moved words once", p(changed("moveFrom", "late "), "now ", changed("moveTo", "late")), ["now late"]),
    ("hidden words are not printed", p("seen", r(" hidden", "<w:vanish/>")), ["seen"]),
    ("hidden switched off again", p(r("seen", '<w:vanish w:val="0"/>')), ["seen"]),
    ("white space in the XML is a blank", p("<w:r><w:t>by\n  June</w:t></w:r>"), ["by June"]),
    ("control characters are dropped", p("pl\x9ban \u202eb"), ["plan b"]),
    ("empty paragraphs", p() + p("a") + p() + p(" ") + p("b") + p(), ["a", "b"]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "printed"), [row[1:] for row in PRINTED], ids=[row[0] for row in PRINTED])
def test_what_a_paragraph_prints(body: str, printed: list[str]) -> None:
    assert words(body) == printed


def test_blocks_are_counted_in_reading_order_and_blank_ones_are_one() -> None:
    document = read(p("a"), p(), p(), p("b"), tbl(tr("c", "d")), p("e"))
    assert [block.origin.line for block in document.blocks] == [1, 2, 3, 4, 5]
    assert [block.kind for block in document.blocks][1:4] == [
        BlockKind.BLANK, BlockKind.PARAGRAPH, BlockKind.TABLE_ROW]  # fmt: skip
    assert (document.format, document.sureness, document.name) == (Format.WORD, 1.0, "plan.docx")


def test_a_deleted_paragraph_mark_joins_what_follows() -> None:
    mark = '<w:rPr><w:del w:author="A. Reviewer"/></w:rPr>'
    assert words(p("Agree the plan ", properties=mark), p("by June.")) == ["Agree the plan by June."]
    assert words(p("Agree the plan", properties=mark), tbl(tr("a", "b"))) == ["Agree the plan", "a\tb"]
    assert words(p("first"), p(changed("del", "gone"), properties=mark), p("second")) == ["first", "second"]


def test_a_text_box_follows_its_paragraph_and_is_read_once() -> None:
    body = p("The plan", box("What we ask for", "More time"), " is agreed.") + p("Next.")
    assert words(body) == ["The plan is agreed.", "What we ask for", "More time", "Next."]


def test_a_text_box_with_a_table_and_one_in_a_cell() -> None:
    document = read(p(box(tbl(tr("a", "b")))), tbl(tr(tc(p("cell", box("boxed"))), "d")))
    assert [line for line in document.lines if line] == ["a\tb", "cell boxed\td"]
    assert [block.origin.table for block in document.blocks if block.cells] == [1, 2]


def test_an_old_text_box_without_a_newer_twin() -> None:
    assert words(p(run(f"<w:pict><v:textbox><w:txbxContent>{p('old')}</w:txbxContent></v:textbox></w:pict>"))) == [
        "old"]  # fmt: skip


def test_notes_stand_at_the_end_with_their_numbers() -> None:
    def mark(kind: str, id_: str) -> str:
        return run(f'<w:{kind}Reference w:id="{id_}"/>')

    body = p(
        "One", mark("footnote", "3"), " and two", mark("footnote", "2"), mark("endnote", "5"), mark("footnote", "9")
    )
    footnotes = "".join(f'<w:footnote w:id="{at}">{p(text)}</w:footnote>' for at, text in
                        ((-1, "separator"), (2, "By June, it is agreed."), (3, "www.example.org")))  # fmt: skip
    document = read(body, footnotes=footnotes, endnotes=f'<w:endnote w:id="5">{p("Last", run("<w:br/>"), "word")}'
                    "</w:endnote>")  # fmt: skip
    assert document.lines == ("One and two", "", "[1] www.example.org", "[2] By June, it is agreed.", "[1] Last word")
    assert all(block.marker == "" for block in document.blocks)


def test_headers_footers_and_properties() -> None:
    core = (
        '<cp:coreProperties xmlns:cp="urn:c" xmlns:dc="urn:d" xmlns:t="urn:t"><dc:title>Fell plan</dc:title>'
        "<dc:creator>A. Planner</dc:creator><t:modified>2026-05-04T10:00:00Z</t:modified></cp:coreProperties>"
    )
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Type="x/officeDocument" Target="/word/document.xml"/>'
        '<Relationship Id="b" Type="x/core-properties" Target="docProps/core.xml"/></Relationships>'
    )
    parts = {"_rels/.rels": rels, "docProps/core.xml": core}
    data = word_file(p("Plan"), parts=parts, header=p("Official", field("PAGE", "3")), footer=p("Draft"))
    assert parse_word(data, "plan.docx").properties == {
        "title": "Fell plan", "author": "A. Planner", "modified": "2026-05-04T10:00:00Z",
        "header": "Official3", "footer": "Draft"}  # fmt: skip


def test_the_strict_variant_is_read_alike() -> None:
    from word_files import SPACES, STRICT

    body = styled("Heading1", "Plan") + p("a", changed("ins", "b")) + tbl(tr(tc("x", span=2)), tr("y", "z"))
    strict = word_file(body, spaces={**SPACES, "w": STRICT})
    usual = word_file(body)
    assert parse_word(strict, "plan.docx") == parse_word(usual, "plan.docx")


def test_the_main_part_may_have_any_name() -> None:
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Type="x/officeDocument" Target="word/document2.xml"/></Relationships>'
    )
    data = word_file(p("old"), parts={"_rels/.rels": rels, "word/document2.xml": word_xml("new")})
    assert parse_word(data, "plan.docx").lines == ("new",)


def word_xml(text: str) -> str:
    from word_files import W

    return f'<w:document xmlns:w="{W}"><w:body>{p(text)}</w:body></w:document>'


def test_progress_is_told_up_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    parse_word(word_file("".join(p(f"Line {n}") for n in range(250))), "plan.docx", lambda *done: told.append(done))
    assert told[0] == (2, 250)
    assert told[-1] == (250, 250)
    assert told == sorted(told)


PAGE = "<w:lastRenderedPageBreak/>"


def pages(*body: str, **parts: str) -> list[int | None]:
    return [block.origin.page for block in read(*body, **parts).blocks if block.text]


def test_pages_are_those_that_word_left_marks_of() -> None:
    broken = p(run('<w:br w:type="page"/>'), run(PAGE), "c")
    assert pages(p("a"), p(run(PAGE), "b"), broken, p("d", run(PAGE), "d"), p("e")) == [1, 2, 3, 3, 4]


def test_cells_of_a_row_run_over_the_same_page_end() -> None:
    crossing = tr(tc(p("b", run(PAGE), "b")), tc(p("c", run(PAGE), "c")))
    opening = tr(tc(p(run(PAGE), "d")), "e")
    document = read(tbl(tr("a", "a"), crossing, tr("x", "y"), opening), p("f"))
    assert [block.origin.page for block in document.blocks] == [1, 1, 2, 3, 3]
    assert {cell.origin.page for cell in document.blocks[3].cells} == {3}


def test_without_marks_page_breaks_count_only_where_they_are_all_the_pages() -> None:
    body = p("a") + p(run('<w:br w:type="page"/>'), "b") + p("c", properties="<w:pageBreakBefore/>")
    assert pages(body) == [None, None, None]
    app = '<Properties xmlns="urn:p"><Pages>{}</Pages></Properties>'
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Type="x/officeDocument" Target="word/document.xml"/>'
        '<Relationship Id="b" Type="x/extended-properties" Target="docProps/app.xml"/></Relationships>'
    )
    for counted, told in ((3, [1, 2, 3]), (5, [None, None, None])):
        parts: dict[str, str | bytes] = {"_rels/.rels": rels, "docProps/app.xml": app.format(counted)}
        blocks = parse_word(word_file(body, parts=parts), "plan.docx").blocks
        assert [block.origin.page for block in blocks] == told
