"""Where findings stand, in the words of the format their authors work in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from trigpoint.checks import Severity, Subject, examine
from trigpoint.checks.place import Landmarks, place_words
from trigpoint.checks.rule import Needs, Objection, Rule
from trigpoint.plans.document import Block, BlockKind, Cell, Document, Format, Origin, column_letters
from trigpoint.plans.model import Plan

PLAN = Plan("Plan", "A place", ("2026/27",))


def document(format_: Format, *, page: int | None = None, sheet: str = "") -> Document:
    """A paragraph, a heading, a paragraph and a table of one row, as a reader of this format would tell them."""
    cells = tuple(
        Cell((words,), Origin(line=4, page=page, sheet=sheet, table=1, row=7, column=column))
        for column, words in enumerate(("Open the clinic", "By June 2026"), start=1)
    )
    return Document(
        "plan",
        (
            Block(BlockKind.PARAGRAPH, "Before all", Origin(line=1, page=page)),
            Block(BlockKind.HEADING, "Our  finances", Origin(line=2, page=page)),
            Block(BlockKind.PARAGRAPH, "We will save.", Origin(line=3, page=page)),
            Block(BlockKind.TABLE_ROW, "", Origin(line=4, page=page, sheet=sheet, table=1, row=7), cells=cells),
        ),
        format_,
    )


@pytest.mark.parametrize(
    ("given", "line", "fragment", "place"),
    [
        (document(Format.TEXT), 3, "", {}),
        (document(Format.WORD), 1, "", {"paragraph": "1"}),
        (document(Format.WORD), 3, "", {"section": "Our finances"}),
        (document(Format.WORD), 4, "By June", {"table": "1", "row": "7", "column": "2", "section": "Our finances"}),
        (document(Format.WORD), 4, "12 By June", {"table": "1", "row": "7", "column": "2", "section": "Our finances"}),
        (document(Format.WORD), 4, "elsewhere", {"table": "1", "row": "7", "section": "Our finances"}),
        (document(Format.PDF, page=3), 1, "", {"page": "3"}),
        (document(Format.PDF, page=3), 3, "", {"page": "3", "section": "Our finances"}),
        (document(Format.EXCEL, sheet="Actions"), 4, "", {"sheet": "Actions", "table": "1", "row": "7"}),
        (document(Format.WORD), None, "", {}),
        (document(Format.WORD), 99, "", {}),
    ],
)
def test_a_place_has_what_the_format_has(
    given: Document, line: int | None, fragment: str, place: dict[str, str]
) -> None:
    assert Landmarks(given).place(line, fragment) == place


@pytest.mark.parametrize(
    ("where", "line", "words"),
    [
        ({}, 12, "line 12"),
        ({}, None, ""),
        ({"file": "milestones.csv"}, 12, "line 12"),
        ({"page": "3", "table": "1", "row": "7", "column": "2", "section": "Finance"}, 40,
         "page 3, table 1, row 7, column 2"),
        ({"page": "3", "section": "Finance"}, 40, "page 3, section “Finance”"),
        ({"sheet": "Actions", "table": "1", "row": "7", "column": "28"}, 40, "sheet Actions, cell AB7"),
        ({"sheet": "Actions", "row": "7"}, 40, "sheet Actions, row 7"),
        ({"sheet": "Actions"}, 40, "sheet Actions"),
        ({"paragraph": "2"}, 40, "paragraph 2"),
    ],
)  # fmt: skip
def test_a_place_in_words(where: dict[str, str], line: int | None, words: str) -> None:
    assert place_words(where, line) == words


@pytest.mark.parametrize(
    ("column", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (16384, "XFD")]
)
def test_columns_have_the_letters_that_spreadsheets_show(column: int, letters: str) -> None:
    assert column_letters(column) == letters


def test_a_long_heading_is_cut() -> None:
    blocks = Block(BlockKind.HEADING, "word " * 40, Origin(line=1)), Block(BlockKind.PARAGRAPH, "x", Origin(line=2))
    section = Landmarks(Document("plan", blocks, Format.WORD)).place(2)["section"]
    assert len(section) <= 80
    assert section.endswith("word…")


def test_the_engine_adds_the_place_and_keeps_the_line_of_reading_order() -> None:
    def objects(subject: Subject) -> Iterator[Objection]:
        yield Objection(f"See {subject.spot_of(3)}.", 4, "By June", None, {"item": "m1"})

    rule = Rule("TEST", Severity.INFO, "test", Needs.DOCUMENT, objects, "A rule.")
    (found,) = examine(Subject(PLAN, document(Format.WORD)), rules=[rule]).findings
    assert found.line == 4
    assert found.where == {"item": "m1", "table": "1", "row": "7", "column": "2", "section": "Our finances"}
    assert found.message == "See section “Our finances”."
    (found,) = examine(Subject(PLAN, document(Format.TEXT)), rules=[rule]).findings
    assert (found.where, found.message) == ({"item": "m1"}, "See line 3.")


def test_a_subject_names_places_in_every_kind_of_source() -> None:
    assert Subject(PLAN).spot_of(3) == "line 3"
    assert Subject(PLAN, document(Format.WORD)).spot_of(None) == "another place"
