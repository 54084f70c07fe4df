"""Laws of the PDF reader: a table comes back as it was written, however it is drawn, ruled, tagged and cut by pages."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pdf_pages import Page, Tag, pdf
from reader_seeds import broken_promise
from trigpoint.documents.readers.pdf.document import parse_pdf
from trigpoint.plans.document import Document

BOUNDED = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
WIDE, TALL, LEFT, TOP = 90.0, 24.0, 40.0, 80.0
WORD = st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=9).map(str.capitalize)
CELL = st.one_of(st.just(""), WORD)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """Rows of one length, each with words, its first cell among them."""
    width = draw(st.integers(2, 5))
    return [[draw(WORD), *(draw(CELL) for _ in range(width - 2)), draw(WORD)] for _ in range(draw(st.integers(2, 8)))]


def grid(rows: list[list[str]], page: Page) -> None:
    page.grid([LEFT + WIDE * n for n in range(len(rows[0]) + 1)], [TOP + TALL * n for n in range(len(rows) + 1)])


def words(rows: list[list[str]], page: Page, *, tagged: bool = False) -> None:
    """The words of all cells; with tags, empty cells are tagged too."""
    found: list[Tag | int] = []
    mcid = 0
    for number, row in enumerate(rows):
        cells: list[Tag | int] = []
        for column, text in enumerate(row):
            if text:
                place = (LEFT + WIDE * column + 5, TOP + TALL * number + 15)
                page.text(*place, text, 9, mcid=mcid if tagged else None)
            cells.append(("TD", [mcid] if text else []))
            mcid += bool(text)
        found.append(("TR", cells))
    if tagged:
        page.tags = [("Table", found)]


def read(*pages: Page) -> Document:
    document = parse_pdf(pdf(*pages), "plan.pdf")
    assert broken_promise(document) == ""
    return document


def cells(document: Document) -> list[list[str]]:
    return [[cell.text for cell in block.cells] for block in document.blocks if block.cells]


@BOUNDED
@given(tables())
def test_a_ruled_table_comes_back(rows: list[list[str]]) -> None:
    page = Page()
    grid(rows, page)
    words(rows, page)
    assert cells(read(page)) == rows


@BOUNDED
@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_writing_is_no_matter(rows: list[list[str]], chance: object) -> None:
    page = Page()
    grid(rows, page)
    words(rows, page)
    chance.shuffle(page.marks)  # type: ignore[attr-defined]
    assert cells(read(page)) == rows


@BOUNDED
@given(tables())
def test_a_tagged_table_comes_back_without_any_line(rows: list[list[str]]) -> None:
    page = Page()
    words(rows, page, tagged=True)
    assert cells(read(page)) == rows


@BOUNDED
@given(tables(), st.data())
def test_a_table_over_pages_comes_back_as_one(rows: list[list[str]], data: st.DataObject) -> None:
    """Its heading repeated; each row begins with a number of its own."""
    rows = [[f"{number} {row[0]}", *row[1:]] for number, row in enumerate(rows, 1)]
    head = [f"Head{column}" for column in range(len(rows[0]))]
    cut = data.draw(st.integers(1, len(rows) - 1))
    pages = [Page(), Page()]
    for page, part in zip(pages, (rows[:cut], rows[cut:]), strict=True):
        grid([head, *part], page)
        words([head, *part], page)
    assert cells(read(*pages)) == [head, *rows]


@BOUNDED
@given(st.lists(st.lists(WORD, min_size=1, max_size=30), min_size=1, max_size=6))
def test_no_word_of_a_page_is_lost(paragraphs: list[list[str]]) -> None:
    page = Page()
    y = 60.0
    for paragraph in paragraphs:
        for start in range(0, len(paragraph), 6):
            page.text(50, y, " ".join(paragraph[start : start + 6]))
            y += 12
        y += 10
    found = " ".join(f"{block.marker} {block.text}" for block in read(page).blocks)
    assert sorted(found.replace("-", " ").split()) == sorted(word for paragraph in paragraphs for word in paragraph)
