"""Tables of a Word file: merged cells, ragged grids, nested tables, and the mark-up of their cells."""

from __future__ import annotations

import pytest

from trigpoint.documents.markup import pieces, tags
from trigpoint.documents.readers.limits import MAXIMUM_COLUMNS
from trigpoint.documents.readers.word.document import parse_word
from trigpoint.plans.document import Block, BlockKind, Cell, Document, RemarkKind
from word_files import bold, p, r, tbl, tc, tr, word_file


def read(*body: str) -> Document:
    return parse_word(word_file("".join(body)), "plan.docx")


def rows(document: Document) -> list[Block]:
    return [block for block in document.blocks if block.kind is BlockKind.TABLE_ROW]


def shown(cell: Cell) -> str:
    """A cell in short: its words, its spans, and a dot where it is covered."""
    spans = f" {cell.row_span}x{cell.column_span}" if (cell.row_span, cell.column_span) != (1, 1) else ""
    return "." if cell.covered else cell.text + spans


def grid(*body: str) -> list[list[str]]:
    return [[shown(cell) for cell in row.cells] for row in rows(read(*body))]


GRIDS = [
    ("plain", tbl(tr("a", "b"), tr("c", "d")), [["a", "b"], ["c", "d"]]),
    ("a cell over two columns", tbl(tr(tc("a", span=2), "b"), tr("c", "d", "e")),
     [["a 1x2", ".", "b"], ["c", "d", "e"]]),
    ("a cell over three rows", tbl(tr(tc("a", merge="restart"), "b"), tr(tc(merge="continue"), "c"),
                                   tr(tc(merge="continue"), "d"), tr("e", "f")),
     [["a 3x1", "b"], [".", "c"], [".", "d"], ["e", "f"]]),
    ("over rows and columns", tbl(tr(tc("a", span=2, merge="restart"), "b"), tr(tc(span=2, merge="continue"), "c"),
                                  tr("d", "e", "f")),
     [["a 2x2", ".", "b"], [".", ".", "c"], ["d", "e", "f"]]),
    ("two merged cells one below the other", tbl(tr(tc("a", merge="restart"), "b"), tr(tc(merge="continue"), "c"),
                                                 tr(tc("d", merge="restart"), "e"), tr(tc(merge="continue"), "f")),
     [["a 2x1", "b"], [".", "c"], ["d 2x1", "e"], [".", "f"]]),
    ("a cell that goes on from nothing is its own", tbl(tr(tc("a", merge="continue"), "b"), tr("c", "d")),
     [["a", "b"], ["c", "d"]]),
    ("merged the old way", tbl(tr(tc("a", properties='<w:hMerge w:val="restart"/>'), tc(properties="<w:hMerge/>"), "b"),
                               tr("c", "d", "e")),
     [["a 1x2", ".", "b"], ["c", "d", "e"]]),
    ("a row that begins late and ends early",
     tbl(tr("b", properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'), tr("c", "d", "e")),
     [["", "b", ""], ["c", "d", "e"]]),
    ("rows of unequal length", tbl(tr("a"), tr("b", "c", "d")), [["a", "", ""], ["b", "c", "d"]]),
    ("columns that no row parts are one", tbl(tr(tc("a", span=3), "b"), tr(tc("c", span=3), "d")),
     [["a", "b"], ["c", "d"]]),
    ("a title that reaches beyond the columns", tbl(tr(tc("title", span=5)), tr("a", tc("b", span=2))),
     [["title 1x2", "."], ["a", "b"]]),
    ("borders that miss each other by a hair",
     tbl(tr(tc("a", span=2), "b"), tr("c", tc("d", span=2)), widths=(2000, 60, 2000)), [["a", "b"], ["c", "d"]]),
    ("a narrow column is one", tbl(tr("a", "", "b"), tr("c", tc("d", span=2)), widths=(2000, 60, 2000)),
     [["a", "", "b"], ["c", "d 1x2", "."]]),
    ("no row without cells", tbl(tr(), tr("a", "b")), [["a", "b"]]),
]  # fmt: skip


@pytest.mark.parametrize(("table", "expected"), [row[1:] for row in GRIDS], ids=[row[0] for row in GRIDS])
def test_every_row_has_equally_many_places(table: str, expected: list[list[str]]) -> None:
    assert grid(table) == expected


def test_rows_know_their_place_and_their_words() -> None:
    found = rows(read(p("x"), tbl(tr("a", "b")), p("y"), tbl(tr("c", "d"), tr("e", "f"))))
    assert [(row.origin.line, row.origin.table, row.origin.row) for row in found] == [(2, 1, 1), (4, 2, 1), (5, 2, 2)]
    assert [(cell.origin.line, cell.origin.table, cell.origin.row, cell.origin.column) for cell in found[2].cells] == [
        (5, 2, 2, 1), (5, 2, 2, 2)]  # fmt: skip
    assert [row.text for row in found] == ["a\tb", "c\td", "e\tf"]


def test_tables_that_touch_are_parted_by_a_blank() -> None:
    kinds = [block.kind.value for block in read(tbl(tr("a", "b")), tbl(tr("c", "d"))).blocks]
    assert kinds == ["table row", "blank", "table row"]


def test_rows_and_cells_within_content_controls() -> None:
    control = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
    assert grid(tbl(control.format(tr("a", control.format(tc("b")))))) == [["a", "b"]]


MARKED = [
    ("one paragraph", tc("Quality & <safety>"), ("Quality & <safety>",), "Quality &amp; &lt;safety&gt;", ""),
    ("several", tc("one", "two & three"), ("one", "two & three"), "<p>one</p><p>two &amp; three</p>", "p"),
    ("a bold beginning", tc(p(bold("Risk:"), " late")), ("Risk: late",), "<p><b>Risk:</b> late</p>", "p b"),
    ("bold runs are one", tc(p(bold("Ri"), bold("sk"))), ("Risk",), "<p><b>Risk</b></p>", "p b"),
    ("a line break", tc(p("one", "<w:r><w:br/></w:r>", "Two")), ("one", "Two"), "<p>one</p><p>Two</p>", "p"),
    ("a tab leaves two blanks", tc(p("Jo Li", "<w:r><w:tab/></w:r>", "Lead")), ("Jo Li Lead",), "Jo Li  Lead", ""),
    ("words that look like mark-up", tc("a <b> &amp;"), ("a <b> &amp;",), "a &lt;b&gt; &amp;amp;", ""),
    ("nothing", tc("", ""), (), "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "words", "raw", "named"), [row[1:] for row in MARKED], ids=[row[0] for row in MARKED])
def test_cells_are_marked_up_as_in_html(cell: str, words: tuple[str, ...], raw: str, named: str) -> None:
    found = rows(read(tbl(tr(cell, "x"))))[0].cells[0]
    assert (found.paragraphs, found.raw, found.tags) == (words, raw, set(named.split()))
    assert tuple(piece.text for piece in pieces(found.raw)) == words
    assert tags(found.raw) == found.tags


INNER = tbl(tr("Step", "Owner"), tr("Agree", "Lead"))


def test_a_nested_table_becomes_a_table_of_its_own_after_the_outer_one() -> None:
    document = read(tbl(tr("a", tc("before", INNER, "after")), tr("b", "c")), p("end"))
    assert document.lines == ("a\tbefore after", "b\tc", "", "Step\tOwner", "Agree\tLead", "end")
    assert [row.origin.table for row in rows(document)] == [1, 1, 2, 2]


def test_a_smaller_one_is_part_of_its_cell() -> None:
    document = read(tbl(tr("a", tc("before", tbl(tr("one", "two")), tbl(tr("three"), tr("four")), "after"))))
    assert document.blocks[0].cells[1].paragraphs == ("before", "one", "two", "three", "four", "after")
    assert len(rows(document)) == 1


def test_a_table_of_one_column_that_holds_tables_is_a_frame() -> None:
    document = read(tbl(tr(tc("First", INNER)), tr(tc("Second", INNER))))
    assert [line for line in document.lines if line] == [
        "First", "Step\tOwner", "Agree\tLead", "Second", "Step\tOwner", "Agree\tLead"]  # fmt: skip
    assert [row.origin.table for row in rows(document)] == [1, 1, 2, 2]


def test_a_box_of_one_cell_stays_a_row() -> None:
    assert [block.kind for block in read(tbl(tr(tc("Our aim", "Less waiting")))).blocks] == [BlockKind.TABLE_ROW]


def test_deeply_nested_tables_are_read_to_the_last() -> None:
    inner = "the last"
    for _ in range(60):
        inner = tbl(tr(tc(inner, p())))
    assert "the last" in read(inner).words


def test_words_under_a_merged_cell_are_told() -> None:
    document = read(tbl(tr(tc("a", merge="restart"), "b"), tr(tc("left over", merge="continue"), "c")))
    (remark,) = document.remarks
    assert (remark.kind, remark.words, remark.origin.row) == (RemarkKind.HIDDEN, "left over", 1)
    assert "left over" not in document.words


def test_columns_beyond_the_limit_are_cut_and_told() -> None:
    wide = tr(*[f"c{at}" for at in range(MAXIMUM_COLUMNS + 3)])
    document = read(tbl(wide, tr(tc("t", span=MAXIMUM_COLUMNS + 3))))
    assert [len(row.cells) for row in rows(document)] == [MAXIMUM_COLUMNS] * 2
    assert rows(document)[1].cells[0].column_span == MAXIMUM_COLUMNS
    assert [remark.kind for remark in document.remarks] == [RemarkKind.UNREAD]


def test_a_span_without_end_costs_nothing() -> None:
    assert grid(tbl(tr(tc("a", span=1_000_000), tc("b", span=2_000_000_000)), tr("c", "d"))) == [
        ["a 1x2", ".", "b"], ["c", "d", ""]]  # fmt: skip


def test_absurd_spans_count_as_one() -> None:
    assert grid(tbl(tr(tc("a", span=0), tc("b", span=-5)), tr("c", "d"))) == [["a", "b"], ["c", "d"]]
    assert grid(tbl(tr("a", "b", properties='<w:gridBefore w:val="-3"/>'))) == [["a", "b"]]


def test_large_words_in_cells_make_no_headings() -> None:
    document = read(tbl(tr(tc(p(r("Large", '<w:sz w:val="40"/>'))), "x")))
    assert [block.kind for block in document.blocks] == [BlockKind.TABLE_ROW]
