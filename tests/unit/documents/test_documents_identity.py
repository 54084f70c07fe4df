"""Title, organisation and years of a plan, and what is said when they are not printed."""

from __future__ import annotations

import pytest

from trigpoint.documents import parse_text
from trigpoint.documents.identity import identify, years_printed
from trigpoint.plans.document import Block, BlockKind, Cell, Document, Format, Origin
from trigpoint.plans.draft import NoteKind

YEARS = [
    ("Operational Plan 2017/18 – 2018/19", ["2017/18", "2018/19"]),
    ("Plan 2017-2019", []),
    ("Plan for 2026/27 to 2028/29", ["2026/27", "2027/28", "2028/29"]),
    ("Plan FY2017/18", ["2017/18"]),
    ("Plan 2017-18", ["2017/18"]),
    ("Plan 2013-15", []),
    ("Plan 1999/00", []),
    ("no year", []),
]


@pytest.mark.parametrize(("text", "labels"), YEARS)
def test_years_that_a_text_prints(text: str, labels: list[str]) -> None:
    assert [year.label for year in years_printed(text)] == labels


def test_what_stands_in_the_title_needs_no_inference() -> None:
    identity = identify(parse_text(b"Some words.\n\nFell CCG Operational Plan 2017/18\n\nThe Hill Trust said so.", "p"))
    assert (identity.title, identity.line) == ("Fell CCG Operational Plan 2017/18", 3)
    assert identity.organisation == "Fell CCG"
    assert [year.label for year in identity.years] == ["2017/18"]


def test_years_are_taken_from_the_headings_then_from_the_due_dates() -> None:
    table = "Our plan\nPriorities\tKey deliverables\t2017/18 actions\t2018/19 actions\n"
    identity = identify(parse_text(table.encode(), "p"))
    assert [year.label for year in identity.years] == ["2017/18", "2018/19"]
    assert any(note.kind is NoteKind.INFERRED and "column headings" in note.text for note in identity.notes)
    dated = "Our plan\nBy June 16, a.\nBy October 16, b.\nReady for April 2019.\nBy March 2017, c.\n"
    identity = identify(parse_text(dated.encode(), "p"))
    assert [year.label for year in identity.years] == ["2016/17"]
    assert any(note.kind is NoteKind.INFERRED and "2016/17" in note.text for note in identity.notes)


def test_the_organisation_named_most_often_outside_local_commitments() -> None:
    text = (
        "Our plan\nPriorities\tKey deliverables\n"
        "A\t<p>Local Deliverable: North Fell CCG opens</p><p>Local Deliverable: North Fell CCG closes</p>\n"
        "B\tFell CCGs agree\n"
    )
    identity = identify(parse_text(text.encode(), "p"))
    assert identity.organisation == "Fell CCGs"
    assert any(note.kind is NoteKind.INFERRED and "Fell CCGs" in note.text for note in identity.notes)


def test_what_is_not_printed_is_not_found() -> None:
    identity = identify(parse_text(b"nothing to see here, move along;", "p"))
    assert (identity.title, identity.organisation, identity.years) == ("", "", ())
    assert [note.kind for note in identity.notes] == [NoteKind.NOT_FOUND] * 3


def sheet(*rows: tuple[str, ...], name: str = "Sheet1", **properties: str) -> Document:
    blocks = tuple(
        Block(
            BlockKind.TABLE_ROW,
            "\t".join(row),
            Origin(line=line, sheet=name, row=line),
            cells=tuple(Cell((text,) if text else (), Origin(line=line), text) for text in row),
        )
        for line, row in enumerate(rows, 1)
    )
    return Document("a.xlsx", blocks, Format.EXCEL, properties=properties)


HEAD = ("Action", "Lead", "Due")


def test_the_title_of_a_workbook_stands_in_a_row_of_its_own() -> None:
    identity = identify(sheet(("Fell Borough Council Action Plan 2026/27; as at May 2026", "", ""), HEAD))
    assert (identity.title, identity.line) == ("Fell Borough Council Action Plan 2026/27", 1)
    assert identity.organisation == "Fell Borough Council"
    assert [year.label for year in identity.years] == ["2026/27"]


def test_the_version_above_a_table_is_no_title() -> None:
    assert identify(sheet(("Version 3", "", ""), ("Author: the plan team", "", ""), HEAD)).title == ""


def test_the_file_s_own_properties_count_only_where_its_words_say_nothing() -> None:
    own = {"title": "Recovery plan 2025/26", "header": "Fell NHS Trust"}
    identity = identify(sheet(HEAD, ("Open", "Nurse", "May 2026"), **own))
    assert (identity.title, identity.line, identity.organisation) == ("Recovery plan 2025/26", None, "Fell NHS Trust")
    assert any(note.kind is NoteKind.INFERRED and "own properties" in note.text for note in identity.notes)
    assert identify(sheet(("Winter plan", "", ""), HEAD, **own)).title == "Winter plan"


def test_years_may_stand_in_the_names_of_sheets() -> None:
    identity = identify(sheet(HEAD, name="Plan 2026-27"))
    assert [year.label for year in identity.years] == ["2026/27"]
    assert any("names of the sheets" in note.text for note in identity.notes)


def test_a_bare_year_that_is_aimed_at_is_no_year_of_the_plan() -> None:
    identity = identify(parse_text(b"Our plan\nSmoke free by 2030.\nAll sites by 2030.\n", "p"))
    assert identity.years == ()
