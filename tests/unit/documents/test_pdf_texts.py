"""PDF pages without tags: headings, paragraphs, lists, columns and what runs along the edges."""

from __future__ import annotations

import pytest

from pdf_pages import Page, pdf
from trigpoint.documents.readers.limits import MAXIMUM_PAGES
from trigpoint.documents.readers.pdf.document import parse_pdf
from trigpoint.errors import InputError
from trigpoint.plans.document import Document, Format


def read(*pages: Page) -> Document:
    document = parse_pdf(pdf(*pages), "plan.pdf")
    assert [block.origin.line for block in document.blocks] == list(range(1, len(document.blocks) + 1))
    return document


def texts(*pages: Page) -> list[str]:
    return [block.text for block in read(*pages).blocks]


def test_larger_and_bolder_words_are_headings() -> None:
    page = Page().text(50, 60, "Operational plan", 18, bold=True).text(50, 90, "Our aims", 13)
    page.lines(50, 110, ["We plan together with all of our partners in the county, and we", "say how far we are."])
    page.text(50, 150, "Next steps", bold=True).text(50, 164, "We open the ward.")
    found = [(block.kind.value, block.level, block.text) for block in read(page).blocks]
    assert found == [
        ("heading", 1, "Operational plan"),
        ("heading", 2, "Our aims"),
        ("paragraph", 0, "We plan together with all of our partners in the county, and we say how far we are."),
        ("heading", 3, "Next steps"),
        ("paragraph", 0, "We open the ward."),
    ]


ENDS = [
    (
        ["Words of the implementation are", "here, and the imple-", "mentation goes on."],
        "and the implementation goes on",
    ),
    (["The county gives all of them e-", "cigarettes now."], "all of them e-cigarettes now"),
    (["The county will review and re-", "design all pathways."], "review and re-design all"),
    (["The years are 2017/18-", "2018/19 for all of it."], "2017/18-2018/19"),
    (["The county plans for all of it", "and says so."], "all of it and says so"),
]


@pytest.mark.parametrize(("lines", "said"), ENDS)
def test_a_hyphen_at_the_end_of_a_line(lines: list[str], said: str) -> None:
    (paragraph,) = texts(Page().lines(50, 100, lines))
    assert said in paragraph


def test_a_paragraph_ends_at_a_gap_or_where_its_author_ended_the_line() -> None:
    page = Page().lines(50, 100, ["This is the first paragraph of this page, and", "it ends here."])
    page.lines(50, 124, ["The second one follows with no gap, but after", "a short line."]).text(50, 160, "Third.")
    assert texts(page) == [
        "This is the first paragraph of this page, and it ends here.",
        "The second one follows with no gap, but after a short line.",
        "Third.",
    ]


def test_bullets_and_numbers_are_markers() -> None:
    page = Page().text(50, 80, "•").lines(62, 80, ["Open the ward for everyone who needs it in the", "county."])
    page.text(50, 104, "•").text(62, 104, "Close it.").text(50, 130, "2.").text(62, 130, "Staff it;")
    found = [(block.kind.value, block.marker, block.text) for block in read(page).blocks]
    assert found == [
        ("list item", "•", "Open the ward for everyone who needs it in the county."),
        ("list item", "•", "Close it."),
        ("list item", "2.", "Staff it;"),
    ]


def test_a_bullet_that_is_drawn_is_one_too() -> None:
    page = Page().text(62, 80, "Open the ward.").box(50, 74, 53, 77, 0).text(62, 94, "Close it.").box(50, 88, 53, 91, 0)
    assert [(block.marker, block.text) for block in read(page).blocks] == [("•", "Open the ward."), ("•", "Close it.")]


def test_columns_of_text_are_read_one_after_the_other() -> None:
    left = ["The first column of the page has words that", "run on from line to line and fill it to its",
            "edge, as a newsletter does when it is set", "in columns, and it ends here with a stop."]  # fmt: skip
    right = ["The second column stands beside it and is", "read after it, though its lines stand at the",
             "same height as those of the first column", "on this page and also fill the width of it."]  # fmt: skip
    page = Page().text(50, 60, "A title over both of the columns of this page", 16)
    found = texts(page.lines(50, 100, left).lines(300, 100, right))
    assert found == ["A title over both of the columns of this page", " ".join(left), " ".join(right)]


def test_what_repeats_at_the_edges_is_header_and_footer() -> None:
    pages = [
        Page()
        .text(50, 40, "Draft plan 2017")
        .text(50, 100, f"Words of page {word}.")
        .text(280, 800, f"Page {number} of 4")
        for number, word in enumerate(("one", "two", "three", "four"), 1)
    ]
    document = read(*pages)
    assert [block.text for block in document.blocks] == [f"Words of page {w}." for w in ("one", "two", "three", "four")]
    assert [block.origin.page for block in document.blocks] == [1, 2, 3, 4]
    assert document.properties == {"header": "Draft plan 2017", "footer": "Page 1 of 4"}


def test_the_number_of_a_lone_page_is_no_paragraph() -> None:
    document = read(Page().text(50, 100, "Words.").text(290, 800, "1"))
    assert [block.text for block in document.blocks] == ["Words."]
    assert document.properties == {"footer": "1"}


def test_a_sentence_that_a_page_cuts_is_joined() -> None:
    lines = ["All that the county plans for the year is written down on this", "page and on the"]
    more = Page().text(50, 60, "next one, as it should be.").text(50, 90, "New words.")
    page = Page().lines(50, 760, [lines[0], f"{lines[1]} one that comes after it, which is the"])
    found = read(page, more)
    assert [block.text for block in found.blocks] == [
        f"{lines[0]} {lines[1]} one that comes after it, which is the next one, as it should be.",
        "New words.",
    ]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_page_that_is_turned_is_read_as_it_is_seen(rotate: int) -> None:
    # The words are written so that they are upright once the page is turned.
    page = Page(width=600, height=600, rotate=rotate)
    turn = {0: "1 0 0 1 50 500", 90: "0 1 -1 0 100 50", 180: "-1 0 0 -1 550 100", 270: "0 -1 1 0 500 550"}[rotate]
    page.marks.append(f"BT /F0 10 Tf {turn} Tm (Upright words) Tj 0 -20 Td (and more) Tj ET")
    assert texts(page) == ["Upright words", "and more"]


def test_a_pdf_file_is_less_sure_and_says_what_it_is() -> None:
    document = parse_pdf(
        pdf(Page().text(50, 100, "Words."), trailer="/Info 5 0 R", more=[b"<< /Title (Our plan) /Author (Ann) >>"]),
        "p.pdf",
    )
    assert document.format is Format.PDF
    assert document.sureness == 0.7
    assert document.properties == {"title": "Our plan", "author": "Ann"}


def test_progress_is_told_page_by_page() -> None:
    told: list[tuple[int, int]] = []
    parse_pdf(pdf(*(Page().text(50, 100, "Words.") for _ in range(3))), "plan.pdf", lambda *one: told.append(one))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_too_many_pages_are_refused_before_any_is_read() -> None:
    told: list[tuple[int, int]] = []
    data = pdf(*(Page() for _ in range(MAXIMUM_PAGES + 1)))
    with pytest.raises(InputError, match="1,001 pages"):
        parse_pdf(data, "plan.pdf", lambda *one: told.append(one))
    assert told == []


def test_lines_of_a_list_of_contents_stay_apart() -> None:
    page = Page()
    for number, words in enumerate(("Our aims", "Finance", "Workforce")):
        page.text(50, 100 + 14 * number, f"{words} {'.' * 60} {number + 2}")
    assert [text.partition(" .")[0] for text in texts(page)] == ["Our aims", "Finance", "Workforce"]


def test_signs_of_a_font_that_draws_them_are_read() -> None:
    page = Page()
    page.marks.append("BT /F2 10 Tf 50 700 Td <FC> Tj /F0 10 Tf ( Done and agreed) Tj ET")
    about = "/FontDescriptor << /Type /FontDescriptor /FontName /A+Wingdings-Regular /Flags 4 /FontBBox [0 0 1 1] >>"
    font = f"/Subtype /TrueType /BaseFont /A+Wingdings-Regular /FirstChar 252 /LastChar 252 /Widths [1000] {about}"
    data = pdf(page).replace(b"/F1 <<", f"/F2 << /Type /Font {font} >> /F1 <<".encode())
    document = parse_pdf(_mended(data), "plan.pdf")
    assert "✓" in (document.blocks[0].marker or document.blocks[0].text)


def _mended(data: bytes) -> bytes:
    """The file without its table of places, which the engine then finds anew."""
    return data[: data.index(b"xref\n")] + b"trailer << /Root 1 0 R >>\n%%EOF"
