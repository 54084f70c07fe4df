"""Title, organisation and years of a plan, and what is said when they are not printed."""

from __future__ import annotations

import pytest

from trigpoint.documents import parse_text
from trigpoint.documents.identity import identify, years_printed
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
