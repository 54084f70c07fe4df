"""Comma-separated values: rows on the lines that they start on, whatever their quotes hold."""

from __future__ import annotations

import pytest

from trigpoint.documents.readers.csv_rows import parse_csv
from trigpoint.documents.readers.limits import MAXIMUM_COLUMNS, MAXIMUM_LINE
from trigpoint.errors import InputError
from trigpoint.plans.document import BlockKind, Document, Format


def rows(document: Document) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in block.cells) for block in document.blocks if block.cells]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [",", ";"])
def test_fields_quotes_and_both_delimiters(mark: str, end: str) -> None:
    lines = [mark.join(row) for row in (("Action", "Owner"), ('"Open, or; close ""it"""', "Nurse"), ("Staff it", ""))]
    document = parse_csv(end.join(lines).encode(), "plan.csv")
    assert rows(document) == [("Action", "Owner"), ('Open, or; close "it"', "Nurse"), ("Staff it", "")]
    assert document.format is Format.CSV


def test_each_row_stands_on_the_line_that_it_starts_on() -> None:
    text = 'Action,Owner\n\n"one\ntwo\n\nthree",Nurse\n,\nlast,row\n'
    document = parse_csv(text.encode(), "plan.csv")
    assert [block.origin.line for block in document.blocks] == list(range(1, 9))
    told = {block.origin.line: block.cells[0].paragraphs for block in document.blocks if block.cells}
    assert told == {1: ("Action",), 3: ("one", "two", "three"), 8: ("last",)}
    kinds = {block.origin.line: block.kind for block in document.blocks}
    assert {line for line, kind in kinds.items() if kind is BlockKind.BLANK} == {2, 4, 5, 6, 7}


def test_several_lines_in_quotes_are_paragraphs_of_the_cell() -> None:
    (block, *_) = parse_csv(b'"R&D <b\nof it",x\n', "plan.csv").blocks
    assert block.cells[0].paragraphs == ("R&D <b", "of it")
    assert block.cells[0].tags == {"p"}


def test_mark_up_in_a_field_is_read_as_in_any_cell() -> None:
    (block,) = parse_csv(b"<p>One &amp; two</p><ul><li>three</li></ul>,x\n", "plan.csv").blocks
    assert block.cells[0].paragraphs == ("One & two", "three")
    assert block.cells[0].tags == {"p", "ul", "li"}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'a,b\nc,"never ends' + b"\nx,y" * 20_000, "line 2"),
        (b"a,b\n" + b"," * MAXIMUM_COLUMNS + b"x\n", "line 2"),
        (b"a,b\n" + b"x" * (MAXIMUM_LINE + 1) + b",y\n", "line 2"),
        (b"a,b\x00\n", "not text"),
        (b" \n\n", "empty"),
    ],
    ids=["an open quotation mark", "too many fields", "an endless field", "NUL bytes", "nothing"],
)
def test_what_cannot_be_read_is_told_with_its_line(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        parse_csv(data, "plan.csv")
