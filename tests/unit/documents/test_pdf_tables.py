"""Tables on PDF pages: by their lines, by how their words align, over pages, and by their tags."""

from __future__ import annotations

from pathlib import Path

import pytest

from pdf_pages import Page, pdf
from trigpoint.documents.readers.file import parse_document
from trigpoint.documents.readers.pdf.document import parse_pdf
from trigpoint.plans.document import BlockKind, Document

PLANS = Path(__file__).resolve().parents[4] / "shared" / "data" / "plans"
XS = (50, 150, 300, 450)
HEAD = ("Action", "Owner", "Latest update")


def read(*pages: Page) -> Document:
    return parse_pdf(pdf(*pages), "plan.pdf")


def rows(document: Document) -> list[tuple[str, ...]]:
    return [tuple(" ".join(cell.paragraphs) for cell in block.cells) for block in document.blocks if block.cells]


def ruled(body: list[tuple[str, ...]], top: float = 100, *, tall: float = 20, head: bool = True) -> Page:
    """A page with a ruled table, its heading row bold."""
    page = Page()
    lines = [HEAD, *body] if head else body
    page.grid(XS, [top + tall * number for number in range(len(lines) + 1)])
    for number, row in enumerate(lines):
        for x, words in zip(XS, row, strict=False):
            page.text(x + 4, top + tall * number + 14, words, 9, bold=head and number == 0)
    return page


def test_cells_by_lines_on_all_sides() -> None:
    document = read(ruled([("Open it", "Nurse", "Done"), ("Close it", "", "Late")]))
    assert rows(document) == [HEAD, ("Open it", "Nurse", "Done"), ("Close it", "", "Late")]
    origin = document.blocks[2].cells[2].origin
    assert (origin.line, origin.page, origin.table, origin.row, origin.column) == (3, 1, 1, 3, 3)
    assert document.blocks[0].cells[0].tags == {"b"}


def test_merged_cells_have_spans_and_cover_their_neighbours() -> None:
    page = Page()
    for y, x0 in ((100, 50), (130, 150), (160, 50), (190, 50)):
        page.rule(x0, y, 450, y)
    for x in (50, 150, 450):
        page.rule(x, 100, x, 190)
    page.rule(300, 130, 300, 190)
    page.text(55, 115, "Down").text(155, 115, "Across").text(155, 145, "a").text(305, 145, "b")
    page.text(55, 175, "c").text(155, 175, "d").text(305, 175, "e")
    document = read(page)
    spans = [[(c.text, c.row_span, c.column_span, c.covered) for c in block.cells] for block in document.blocks]
    assert spans == [
        [("Down", 2, 1, False), ("Across", 1, 2, False), ("", 1, 1, True)],
        [("", 1, 1, True), ("a", 1, 1, False), ("b", 1, 1, False)],
        [("c", 1, 1, False), ("d", 1, 1, False), ("e", 1, 1, False)],
    ]


def test_wrapped_lines_paragraphs_and_bullets_of_a_cell() -> None:
    page = Page().grid((50, 200, 400), (100, 120, 200)).text(55, 114, "Action", 9, bold=True).text(205, 114, "Steps", 9)
    page.lines(55, 134, ["Open the ward and", "staff it with nurses"], 9, 11).text(55, 168, "In June.", 9)
    page.text(205, 134, "•", 9).text(214, 134, "Plan it", 9).text(205, 146, "•", 9).text(214, 146, "Build it", 9)
    _, row = read(page).blocks
    assert row.cells[0].paragraphs == ("Open the ward and staff it with nurses", "In June.")
    assert row.cells[0].raw == "<p>Open the ward and staff it with nurses</p><p>In June.</p>"
    assert row.cells[1].raw == "<ul><li>Plan it</li><li>Build it</li></ul>"


@pytest.mark.parametrize("turn", [90, 270])
def test_a_turned_heading_is_read(turn: int) -> None:
    page = Page().grid((50, 80, 200), (100, 200, 230)).text(68, 190 if turn == 90 else 110, "Priority", turn=turn)
    page.text(90, 150, "Action").text(55, 220, "1").text(90, 220, "Open it")
    assert rows(read(page)) == [("Priority", "Action"), ("1", "Open it")]


def test_columns_that_no_line_parts_are_told_by_their_words() -> None:
    page = Page()
    for y in (100, 120, 160, 200):
        page.rule(50, y, 450, y)
    for x, words in zip(XS, HEAD, strict=False):
        page.text(x + 4, 114, words, 9, bold=True)
    page.lines(54, 134, ["Open the", "ward"], 9, 11).text(154, 134, "Nurse", 9).lines(
        304, 134, ["Done in June", "and July"], 9, 11
    )
    page.lines(54, 174, ["Close the", "ward"], 9, 11).text(154, 174, "Director", 9).lines(
        304, 174, ["Late, as", "said"], 9, 11
    )
    assert rows(read(page)) == [
        HEAD,
        ("Open the ward", "Nurse", "Done in June and July"),
        ("Close the ward", "Director", "Late, as said"),
    ]


def test_white_words_on_a_dark_heading_row_are_read() -> None:
    page = ruled([("Open it", "Nurse", "Done")], head=False, top=120).grid(XS, (100, 120)).box(50, 100, 450, 120, 0.2)
    for x, words in zip(XS, HEAD, strict=False):
        page.text(x + 4, 114, words, 9, grey=1)
    assert rows(read(page)) == [HEAD, ("Open it", "Nurse", "Done")]


def test_words_that_only_align_are_a_table_where_there_are_rows_enough() -> None:
    body = [
        HEAD,
        ("Open the ward", "Chief nurse", "Done"),
        ("Close the ward", "Director", "Late"),
        ("Staff it", "Nurse", "Soon"),
    ]
    page = Page()
    for number, row in enumerate(body):
        for x, words in zip(XS, row, strict=False):
            page.text(x, 100 + 14 * number, words)
    assert rows(read(page)) == body


def test_lines_of_prose_with_a_gap_are_no_table() -> None:
    page = (
        Page()
        .text(50, 100, "Date: June 2017")
        .text(300, 100, "Author: Ann")
        .text(50, 120, "We plan it all together and say so.")
    )
    assert all(block.kind is not BlockKind.TABLE_ROW for block in read(page).blocks)


def test_two_tables_that_touch_are_two() -> None:
    page = Page().grid((50, 150, 450), (100, 120, 140)).grid((50, 250, 350, 450), (140, 160, 180))
    page.text(55, 114, "a").text(155, 114, "b").text(55, 134, "c").text(155, 134, "d")
    page.text(55, 154, "e").text(255, 154, "f").text(355, 154, "g").text(55, 174, "h").text(255, 174, "i").text(
        355, 174, "j"
    )
    document = read(page)
    assert rows(document) == [("a", "b"), ("c", "d"), ("e", "f", "g"), ("h", "i", "j")]
    assert document.blocks[2].kind is BlockKind.BLANK


LAST = ("1 - Open the ward for all who need it", "Chief nurse", "The ward is open and")


def over_pages(last: tuple[str, ...], first: tuple[str, ...], *, head: bool = True) -> list[tuple[str, ...]]:
    one = ruled([("0 - Plan it", "Nurse", "Done."), ("0 - Agree it", "Director", "Done."), last])
    two = ruled([first, ("3 - Close it", "Nurse", "Late.")], top=40, head=head)
    return rows(read(one, two))


def test_a_table_over_two_pages_is_one_and_its_repeated_heading_is_dropped() -> None:
    found = over_pages(("1 - Open it", "Nurse", "Done."), ("2 - Staff it", "Nurse", "Late."))
    assert [row[0] for row in found] == [
        "Action",
        "0 - Plan it",
        "0 - Agree it",
        "1 - Open it",
        "2 - Staff it",
        "3 - Close it",
    ]


OPEN = "It is open and"
CUT_ROWS = {
    "one cell goes on": (("1 - Open", "Nurse", OPEN), ("", "", "staffed."), ("1 - Open", "Nurse", f"{OPEN} staffed.")),
    "two cells go on": (
        ("1 - Open the", "Nurse", OPEN),
        ("ward", "", "staffed."),
        ("1 - Open the ward", "Nurse", f"{OPEN} staffed."),
    ),
    "a new sentence without a name": (
        ("1 - Open", "Nurse", "It is open."),
        ("", "", "More is to come."),
        ("1 - Open", "Nurse", "It is open. More is to come."),
    ),
}


@pytest.mark.parametrize("head", [True, False])
@pytest.mark.parametrize(("last", "first", "joined"), CUT_ROWS.values(), ids=list(CUT_ROWS))
def test_a_row_that_a_page_cuts_is_joined(
    last: tuple[str, ...], first: tuple[str, ...], joined: tuple[str, ...], head: bool
) -> None:
    found = over_pages(last, first, head=head)
    assert found[3] == joined
    assert len(found) == 5


WHOLE = [
    pytest.param(("1 - Open", "Nurse", "It is open."), ("2 - Close", "", "late"), id="a new number"),
    pytest.param(("1 - Open", "Nurse", ""), ("", "", "More"), id="nothing to go on with"),
]


@pytest.mark.parametrize(("last", "first"), WHOLE)
def test_a_row_of_its_own_stays_one(last: tuple[str, ...], first: tuple[str, ...]) -> None:
    found = over_pages(last, first)
    assert found[3:5] == [last, first]


def test_another_table_on_the_next_page_is_another() -> None:
    one = ruled([("Plan it", "Nurse", "Done.")])
    two = Page().grid(XS, (40, 60, 80))
    for x, head, words in zip(XS, ("Risk", "Score", "Control"), ("It rains", "4", "Umbrella"), strict=False):
        two.text(x + 4, 54, head, 9, bold=True).text(x + 4, 74, words, 9)
    document = read(one, two)
    assert [block.origin.table for block in document.blocks if block.cells] == [1, 1, 2, 2]


def tagged() -> list[Page]:
    one = Page().text(50, 100, "Aims", 12, mcid=0).text(50, 120, "A", mcid=1).text(150, 120, "B", mcid=2)
    one.text(50, 140, "one", mcid=3).text(150, 140, "cut by", mcid=4).text(50, 20, "Running", artifact=True)
    head = ("THead", [("TR", [("TH", [1]), ("TH", [2])])])
    body = ("TBody", [("TR", [("TD", [("P", [3])]), ("TD", [("P", [4])])])])
    one.tags = [("H2", [0]), ("Table", [head, body])]
    two = (
        Page()
        .text(150, 60, "the page.", mcid=0)
        .text(50, 80, "wide", mcid=1)
        .text(50, 100, "•", mcid=2)
        .text(60, 100, "item", mcid=3)
    )
    row = ("TR", [("TD", [("P", [])]), ("TD", [("P", [0])])])
    wide = ("TR", [("TD", [1], "/A << /O /Table /ColSpan 2 >>")])
    two.tags = [
        ("H2", []),
        ("Table", [("THead", []), ("TBody", [row, wide])]),
        ("L", [("LI", [("Lbl", [2]), ("LBody", [3])])]),
    ]
    return [one, two]


def test_tags_tell_headings_rows_cells_and_lists_over_pages() -> None:
    document = read(*tagged())
    assert [(block.kind.value, block.level, block.marker, block.text) for block in document.blocks] == [
        ("heading", 2, "", "Aims"),
        ("table row", 0, "", "A\tB"),
        ("table row", 0, "", "one\tcut by the page."),
        ("table row", 0, "", "wide\t"),
        ("list item", 0, "•", "item"),
    ]
    assert document.blocks[1].cells[0].tags == {"th"}
    assert (document.blocks[3].cells[0].column_span, document.blocks[3].cells[1].covered) == (2, True)


def test_tags_that_leave_words_out_are_not_trusted() -> None:
    one, _ = tagged()
    one.text(50, 300, "Words that no tag holds, and more than a few of them stand here.")
    assert read(one).blocks[-1].text.startswith("Words that no tag holds")


def test_tags_that_call_a_ruled_table_paragraphs_are_not_trusted() -> None:
    page = Page().grid((50, 150, 300), (100, 120, 140))
    for mcid, (x, y) in enumerate(((55, 114), (155, 114), (55, 134), (155, 134))):
        page.text(x, y, "abcd"[mcid], mcid=mcid)
    page.tags = [("P", [mcid]) for mcid in range(4)]
    assert rows(read(page)) == [("a", "b"), ("c", "d")]


@pytest.mark.shared
@pytest.mark.parametrize("other", ["Action_plan_Table.docx", "Action_plan_table.xlsx"])
def test_a_published_plan_gives_the_same_table_as_pdf_word_and_excel(other: str) -> None:
    if not (PLANS / other).exists():
        pytest.skip("the shared reference folder is not here")
    name = "Action_plan_Table.pdf"
    by_pdf = parse_pdf((PLANS / name).read_bytes(), name)
    by_other = parse_document((PLANS / other).read_bytes(), other)
    told, expected = (actions(document) for document in (by_pdf, by_other))
    assert len(told) > 80
    assert told == expected


def actions(document: Document) -> list[tuple[str, ...]]:
    """The rows that begin with a number, blanks and line ends made alike."""
    found = [tuple(" ".join(cell.text.split()) for cell in block.cells) for block in document.blocks if block.cells]
    return [row for row in found if row[0][:1].isdigit()]


def test_a_title_across_the_rows_of_a_table_without_lines_down() -> None:
    body = [
        HEAD,
        ("Theme one: safer care for all people of the county",),
        ("Open it", "Nurse", "May"),
        ("Close it", "Head", "June"),
    ]
    page = Page()
    for number, row in enumerate(body):
        page.rule(50, 100 + 20 * number, 500, 100 + 20 * number)
        for x, words in zip((54, 250, 400), row, strict=False):
            page.text(x, 114 + 20 * number, words, 9, bold=number < 2)
    document = read(page.rule(50, 180, 500, 180))
    assert rows(document) == [HEAD, (body[1][0], "", ""), *body[2:]]
    assert document.blocks[1].cells[0].column_span == 3


def test_rows_that_no_line_parts_are_told_by_the_room_between_them() -> None:
    page = Page().rule(50, 100, 450, 100).rule(50, 120, 450, 120).rule(50, 200, 450, 200)
    body = [HEAD, ("Open it", "Nurse", "May"), ("Close it", "Head", "June"), ("Staff it", "Nurse", "July")]
    for x in XS:
        page.rule(x, 100, x, 200)
    for number, row in enumerate(body):
        for x, words in zip(XS, row, strict=False):
            page.text(x + 4, 114 + (4 + 18 * number if number else 0), words, 9)
    assert rows(read(page)) == body


def test_a_row_with_several_paragraphs_stays_one() -> None:
    page = Page().grid(XS, (100, 120, 220)).text(54, 134, "1 - Open it", 9)
    for x, words in zip(XS, HEAD, strict=False):
        page.text(x + 4, 114, words, 9)
    for x in XS[1:3]:
        for number in range(3):
            page.text(x + 4, 134 + 18 * number, f"Step {number}.", 9)
    assert rows(read(page)) == [HEAD, ("1 - Open it", "Step 0. Step 1. Step 2.", "Step 0. Step 1. Step 2.")]


def test_rules_above_and_below_two_columns_of_text_are_no_table() -> None:
    left = ["The first column of the page has words that", "run on from line to line and fill it to its"] * 3
    right = ["The second column stands beside it and is", "read after it, though its lines stand at the"] * 3
    page = Page().rule(50, 80, 545, 80).rule(50, 760, 545, 760).lines(50, 100, left).lines(300, 100, right)
    assert all(block.kind is BlockKind.PARAGRAPH for block in read(page).blocks)


def test_a_box_around_words_is_no_table() -> None:
    page = Page().grid((50, 400), (100, 160)).lines(60, 115, ["Words in a box stand on", "two lines."])
    assert [block.text for block in read(page).blocks] == ["Words in a box stand on two lines."]
