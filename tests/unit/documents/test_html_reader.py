"""Web pages, and what Word and Outlook save as such: what a reader of the page sees, and what is told of the rest."""

from __future__ import annotations

import codecs

import pytest

from trigpoint.documents.markup import pieces
from trigpoint.documents.readers.html.document import parse_html
from trigpoint.documents.readers.limits import MAXIMUM_COLUMNS
from trigpoint.errors import InputError
from trigpoint.plans.document import BlockKind, Document, Format, RemarkKind


def read(text: str) -> Document:
    document = parse_html(text.encode(), "plan.html")
    assert [block.origin.line for block in document.blocks] == list(range(1, len(document.blocks) + 1))
    return document


def said(text: str) -> list[tuple[str, int, str, str]]:
    return [(block.kind.value, block.level, block.marker, block.text) for block in read(text).blocks]


def rows(text: str) -> list[list[str]]:
    return [[cell.text for cell in block.cells] for block in read(text).blocks if block.cells]


BLOCKS = {
    "headings": (
        "<h1>Plan</h1><h3>Aims <br>and ends</h3>",
        [("heading", 1, "", "Plan"), ("heading", 3, "", "Aims and ends")],
    ),
    "a numbered heading": ("<h2>3. Safer care</h2>", [("heading", 2, "3.", "Safer care")]),
    "a heading by its role": ("<div role=heading aria-level=4>Aims</div>", [("heading", 4, "", "Aims")]),
    "a short bold paragraph": (
        "<h1>Plan</h1><p><b>Next steps</b>",
        [("heading", 1, "", "Plan"), ("heading", 2, "", "Next steps")],
    ),
    "a bold beginning": ("<p><b>Risk</b> – its text.", [("paragraph", 0, "", "Risk – its text.")]),
    "paragraphs": (
        "<p>One<br>two<div>three</div>four",
        [("paragraph", 0, "", word) for word in ("One", "two", "three", "four")],
    ),
    "entities": ("<p>R&amp;D &lt;b&gt; &#163;5m&nbsp;&eacute;", [("paragraph", 0, "", "R&D <b> £5m é")]),
    "bullets": ("<ul><li>a<li>b</ul>", [("list item", 0, "-", "a"), ("list item", 0, "-", "b")]),
    "numbers": (
        "<ol start=3><li>a<li value=9>b<li>c</ol><ol type=a><li>d</ol><ol type=I reversed><li>e<li>f</ol>",
        [
            ("list item", 0, mark, word)
            for mark, word in (("3.", "a"), ("9.", "b"), ("10.", "c"), ("a.", "d"), ("II.", "e"), ("I.", "f"))
        ],
    ),
    "a list in a list": (
        "<ol><li>a<ul><li>b</ul><li>c</ol>",
        [("list item", 0, "1.", "a"), ("list item", 1, "-", "b"), ("list item", 0, "2.", "c")],
    ),
    "a second paragraph of an item": (
        "<ul><li><p>One.<p>Two.</ul>",
        [("list item", 0, "-", "One."), ("paragraph", 0, "", "Two.")],
    ),
    "definitions": ("<dl><dt>Lead<dd>Nurse</dl>", [("paragraph", 0, "", "Lead"), ("paragraph", 0, "", "Nurse")]),
    "what stands as typed": (
        "<pre>one\ta\n\n# two</pre>",
        [("table row", 0, "", "one\ta"), ("paragraph", 0, "", "# two")],
    ),
    "menus and scripts": (
        "<nav>Menu</nav><script>x()</script><style>p{}</style><p>Words<svg><text>no</text></svg>",
        [("paragraph", 0, "", "Words")],
    ),
    "a list that Word saved": (
        "<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><![if !supportLists]>"
        "<span style='mso-list:Ignore'>·<span>&nbsp; </span></span><![endif]>Open it",
        [("list item", 1, "·", "Open it")],
    ),
    "a comment of Office": (
        "<!--[if gte mso 9]><p>no</p><![endif]--><p>Words<o:p></o:p>",
        [("paragraph", 0, "", "Words")],
    ),
}


@pytest.mark.parametrize(("text", "found"), BLOCKS.values(), ids=list(BLOCKS))
def test_what_elements_mean(text: str, found: list[tuple[str, int, str, str]]) -> None:
    assert said(text) == found


def test_a_bold_beginning_is_marked_in_raw_as_in_plain_text() -> None:
    (block,) = read("<p><strong>Risk one</strong> – its text").blocks
    assert block.raw == "**Risk one** – its text"


TABLES = {
    "no end tags": ("<table><tr><td>a<td>b<tr><td>c<td>d</table>", [["a", "b"], ["c", "d"]]),
    "the foot stands last and the head first": (
        "<table><tfoot><tr><td>f</tfoot><tbody><tr><td>b</tbody><thead><tr><th>h</thead></table>",
        [["h"], ["b"], ["f"]],
    ),
    "a cell over two rows": ("<table><tr><td rowspan=2>a<td>b<tr><td>c</table>", [["a", "b"], ["", "c"]]),
    "a cell over two columns": (
        "<table><tr><td colspan=2>a<td>b<tr><td>c<td>d<td>e</table>",
        [["a", "", "b"], ["c", "d", "e"]],
    ),
    "spans that meet": (
        "<table><tr><td>a<td rowspan=2>b<td>c<tr><td rowspan=2 colspan=1>d<td>e<tr><td>f<td>g</table>",
        [["a", "b", "c"], ["d", "", "e"], ["", "f", "g"]],
    ),
    "a span wider than the table": ("<table><tr><td colspan=1000>a<tr><td>b<td>c</table>", [["a", ""], ["b", "c"]]),
    "what stands beside a span without end": (
        "<table><tr><td colspan=99999>a<td>z<tr><td>b</table>",
        [["a", "z"], ["b", ""]],
    ),
    "a span longer than the table": ("<table><tr><td rowspan=65000>a<td>b<tr><td>c</table>", [["a", "b"], ["", "c"]]),
    "a span to the end of its part": (
        "<table><tr><td rowspan=0>a<td>b<tr><td>c<tr><td>d</table>",
        [["a", "b"], ["", "c"], ["", "d"]],
    ),
    "spans that are no numbers": ("<table><tr><td rowspan=x colspan=-3>a<td>b</table>", [["a", "b"]]),
    "a row that is short": ("<table><tr><td>a<td>b<tr><td>c</table>", [["a", "b"], ["c", ""]]),
}


@pytest.mark.parametrize(("text", "found"), TABLES.values(), ids=list(TABLES))
def test_tables_have_rows_of_one_length(text: str, found: list[list[str]]) -> None:
    assert rows(text) == found


def test_a_merged_cell_says_its_spans_and_covers_the_rest() -> None:
    text = "<table><tr><td rowspan=2 colspan=2>a<td>b<tr><td>c<tr><td>d<td>e<td>f</table>"
    first, second, _ = read(text).blocks
    assert (first.cells[0].row_span, first.cells[0].column_span) == (2, 2)
    assert [cell.covered for cell in (*first.cells, *second.cells)] == [False, True, False, True, True, False]


def test_a_cell_keeps_simple_mark_up_that_is_read_back() -> None:
    (row,) = read("<table><tr><th><p>R&amp;D <b>x</b></p><ul><li>one<li>two</ul><td>alone &lt;i&gt;</table>").blocks
    both = row.cells[0]
    assert both.paragraphs == ("R&D x", "one", "two")
    assert both.raw == "<p>R&amp;D x</p><ul><li>one</li><li>two</li></ul>"
    assert {"p", "ul", "li", "b", "th"} <= both.tags
    assert row.cells[1].raw == "alone &lt;i&gt;"
    for cell in row.cells:
        assert tuple(piece.text for piece in pieces(cell.raw)) == cell.paragraphs


def test_a_table_inside_a_cell_follows_as_its_own() -> None:
    inner = "<table><tr><td>x<td>y<tr><td>z<td>w</table>"
    document = read(
        f"<table><tr><th>Action<th>Notes<tr><td>Open the ward for all who need it<td>see {inner}</table><p>End"
    )
    tables = [(block.origin.table, [cell.text for cell in block.cells]) for block in document.blocks]
    assert tables == [
        (1, ["Action", "Notes"]), (1, ["Open the ward for all who need it", "see"]), (None, []),
        (2, ["x", "y"]), (2, ["z", "w"]), (None, []),
    ]  # fmt: skip


def test_a_table_that_only_lays_out_the_page_is_none() -> None:
    inner = "<table><tr><td>Action<td>Owner<tr><td>Open the ward<td>Nurse</table>"
    assert rows(f"<table><tr><td>Logo<td>{inner}</table>") == [["Action", "Owner"], ["Open the ward", "Nurse"]]
    assert said("<table role=presentation><tr><td>One<td>Two</table>")[0] == ("paragraph", 0, "", "One")


def test_a_caption_stands_before_its_table() -> None:
    assert said("<table><caption>Our aims</caption><tr><td>a<td>b</table>")[0] == ("paragraph", 0, "", "Our aims")


def test_an_image_that_stands_for_a_word_says_it() -> None:
    assert rows("<table><tr><td>Open it<td><img src=a.png alt=Amber></table>") == [["Open it", "Amber"]]


LEFT_OUT = {
    "hidden": ("<p hidden>Secret</p>", RemarkKind.HIDDEN),
    "not displayed": ("<div style='color:red; DISPLAY : none'>Secret</div>", RemarkKind.HIDDEN),
    "hidden by Word": ("<span style='mso-hide:all'>Secret</span>", RemarkKind.HIDDEN),
    "deleted": ("<del>Secret</del>", RemarkKind.DELETED),
    "a comment of Word": ("<div style='mso-element:comment-list'>Secret</div>", RemarkKind.COMMENT),
    "a hidden row": ("<table><tr hidden><td>Secret<tr><td>a</table>", RemarkKind.HIDDEN),
    "a hidden cell": ("<table><tr><td>a<td style='display:none'>Secret</table>", RemarkKind.HIDDEN),
    "hidden in a cell": ("<table><tr><td>a<span hidden>Secret</span></table>", RemarkKind.HIDDEN),
}


@pytest.mark.parametrize(("text", "kind"), LEFT_OUT.values(), ids=list(LEFT_OUT))
def test_what_the_page_does_not_show_is_left_out_and_told(text: str, kind: RemarkKind) -> None:
    document = read(f"<p>Words</p>{text}<p>More</p>")
    assert "Secret" not in document.words
    (remark,) = document.remarks
    assert (remark.kind, remark.words) == (kind, "Secret")
    assert remark.origin.line in (2, 3)


def test_what_is_kept_from_screen_readers_is_on_the_page() -> None:
    assert said("<p aria-hidden=true>Words") == [("paragraph", 0, "", "Words")]


def test_the_page_says_its_title_and_author() -> None:
    document = read("<title>Our &amp; plan</title><meta name=Author content='Ann'><p>Words")
    assert document.properties == {"title": "Our & plan", "author": "Ann"}
    assert document.format is Format.HTML
    assert document.sureness == 1.0


PAGE = "<html><meta charset={}><p>£5m – caf\u00e9</p>"
ENCODED = {
    "UTF-8 without saying so": "<p>£5m – caf\u00e9".encode(),
    "UTF-8 with a mark": codecs.BOM_UTF8 + "<p>£5m – caf\u00e9".encode(),
    "UTF-16 with a mark": "<p>£5m – caf\u00e9".encode("utf-16"),
    "Windows-1252 as said": PAGE.format("windows-1252").encode("cp1252"),
    "Windows-1252 said to be Latin 1": PAGE.format("iso-8859-1").encode("cp1252"),
    "Windows-1252 said to be UTF-8": PAGE.format("utf-8").encode("cp1252"),
    "Windows-1250 as said": PAGE.format("windows-1250").encode("cp1250", "xmlcharrefreplace"),
    "said to be what is no encoding": PAGE.format("rot13").encode(),
}


@pytest.mark.parametrize("data", ENCODED.values(), ids=list(ENCODED))
def test_the_encoding_is_told_by_mark_by_word_and_by_bytes(data: bytes) -> None:
    assert parse_html(data, "plan.html").blocks[0].text == "£5m – caf\u00e9"


BOMBS = {
    "elements without end": ("<div>" * 100_000, "nested"),
    "elements after a comment that is none": ("<!-->" + "<div>" * 100_000, "nested"),
    "tables in tables": ("<table><tr><td>" * 3_000, "nested"),
    "formatting that is never closed": ("".join(f"<b id={n}>" for n in range(600)) + "<p>x" * 1_000, "nested"),
    "a drawing without end": ("<svg>" + "<g>" * 100_000, "drawing"),
    "cells of a thousand rows": ("<table>" + "<tr><td rowspan=65000>x" * 3_000, "cells"),
    "no words": ("<html><body><p> </p>", "no words"),
}


@pytest.mark.parametrize(("text", "what"), BOMBS.values(), ids=list(BOMBS))
def test_what_would_break_a_parser_is_refused(text: str, what: str) -> None:
    with pytest.raises(InputError, match=what) as refused:
        parse_html(text.encode(), "plan.html")
    assert str(refused.value).startswith("plan.html: ")
    assert refused.value.remedy


def test_columns_without_end_are_cut_and_told() -> None:
    document = read("<table><tr>" + "<td>x" * 10_000 + "</table>")
    assert [len(block.cells) for block in document.blocks] == [MAXIMUM_COLUMNS]
    assert [remark.kind for remark in document.remarks] == [RemarkKind.UNREAD]


def test_a_huge_attribute_is_no_matter() -> None:
    assert said(f"<p style='{'x' * 2_000_000}'>Words") == [("paragraph", 0, "", "Words")]


def test_drawings_of_many_closed_elements_are_no_nesting() -> None:
    assert said("<p>Words<svg>" + "<path d='M0 0'/>" * 5_000 + "</svg> after") == [("paragraph", 0, "", "Words after")]


def test_the_words_of_cells_are_safe_for_a_terminal() -> None:
    (block,) = read("<p>&#27;[31mred &#x202e;back").blocks
    assert not set(block.text) & set("\x1b\u202e")
    assert block.kind is BlockKind.PARAGRAPH
