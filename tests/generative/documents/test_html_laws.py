"""Laws of the HTML reader: its tables against a slow and obvious placing of cells, and what it makes of any mark-up."""

from __future__ import annotations

from html import escape

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader_seeds import broken_promise
from trigpoint.documents.readers.html.document import parse_html
from trigpoint.documents.readers.text import parse_text
from trigpoint.errors import InputError
from trigpoint.plans.document import BlockKind, Document

BOUNDED = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SPAN = st.sampled_from([1, 1, 1, 2, 3, 0])
ROWS = st.lists(st.lists(st.tuples(SPAN, st.sampled_from([1, 1, 1, 2, 3])), max_size=5), min_size=1, max_size=6)
TAGS = (
    "p",
    "div",
    "b",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "td",
    "th",
    "h1",
    "br",
    "span",
    "pre",
    "svg",
    "dl",
    "dd",
    "del",
)


def read(text: str) -> Document:
    document = parse_html(text.encode(), "plan.html")
    assert broken_promise(document) == ""
    return document


def places(rows: list[list[tuple[int, int]]]) -> dict[tuple[int, int], str]:
    """Which cell covers which place, cell by cell and place by place; where two meet, the first has the place."""
    taken: dict[tuple[int, int], str] = {}
    for number, row in enumerate(rows):
        column = 0
        for index, (down, across) in enumerate(row):
            while (number, column) in taken:
                column += 1
            for r in range(number, len(rows) if down == 0 else min(number + down, len(rows))):
                for c in range(column, column + across):
                    taken.setdefault((r, c), f"c{number}x{index}")
            column += across
    return taken


@BOUNDED
@given(ROWS)
def test_every_cell_stands_where_the_obvious_placing_puts_it(rows: list[list[tuple[int, int]]]) -> None:
    if not any(rows):
        return
    text = "".join(
        "<tr>" + "".join(f"<td rowspan={d} colspan={a}>c{n}x{i}" for i, (d, a) in enumerate(row)) + "</tr>"
        for n, row in enumerate(rows)
    )
    expected = places(rows)
    first: dict[str, tuple[int, int]] = {}
    for place in sorted(expected):
        first.setdefault(expected[place], place)
    columns = sorted({column for _, column in first.values()})
    document = read(f"<table>{text}</table>")
    found = {
        cell.text: (number, column)
        for number, block in enumerate(document.blocks)
        for column, cell in enumerate(block.cells)
        if cell.text
    }
    assert found == {name: (row, columns.index(column)) for name, (row, column) in first.items()}


@BOUNDED
@given(st.lists(st.lists(st.text("ab&<>;é ", min_size=1, max_size=12), min_size=2, max_size=4), min_size=1, max_size=4))
def test_words_come_back_from_a_page_as_from_the_page_saved_as_text(rows: list[list[str]]) -> None:
    page = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    if not any(cell.strip() for row in rows for cell in row):
        return
    text = "\n".join("\t".join(escape(cell) for cell in row) for row in rows)
    by_page = [[cell.text for cell in block.cells] for block in read(f"<table>{page}</table>").blocks]
    width = max(map(len, rows))
    by_text = [
        [cell.text for cell in block.cells] + [""] * (width - len(block.cells))
        for block in parse_text(text.encode(), "plan.txt").blocks
        if block.kind is BlockKind.TABLE_ROW
    ]
    assert [row for row in by_page if any(row)] == [row for row in by_text if any(row)]


@BOUNDED
@given(
    st.lists(
        st.one_of(st.sampled_from([f"<{t}>" for t in TAGS] + [f"</{t}>" for t in TAGS]), st.text(max_size=6)),
        max_size=60,
    )
)
def test_any_mark_up_is_a_document_or_a_refusal(parts: list[str]) -> None:
    try:
        read("<html>" + "".join(parts).encode("utf-8", "replace").decode())
    except InputError as error:
        sentence = str(error)
    else:
        return
    assert sentence.startswith("plan.html: ")
