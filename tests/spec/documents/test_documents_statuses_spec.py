"""What the words of a status column say of progress, and at what date they held."""

from __future__ import annotations

import pytest
from layout_rendering import Head, Part, as_word

from trigpoint.documents import interpret, parse_document, parse_text
from trigpoint.documents.as_at import find_as_at
from trigpoint.documents.columns import Column, ColumnKind
from trigpoint.documents.statuses import meaning, printed_status, read_status
from trigpoint.periods import FinancialYear
from trigpoint.plans.draft import PlanDraft
from trigpoint.plans.model import Progress

DONE, NOT_DONE, ON, RISK, OFF, NOT_STARTED = (
    Progress.COMPLETE, Progress.NOT_COMPLETE, Progress.ON_TRACK, Progress.AT_RISK, Progress.OFF_TRACK,
    Progress.NOT_STARTED,
)  # fmt: skip

WORDS = [
    ("Complete", DONE, "a word"),
    ("COMPLETED.", DONE, "capitals and a full stop say nothing"),
    ("Complete – June 2025", DONE, "what follows a dash explains it"),
    ("Complete (signed off)", DONE, "and so do brackets"),
    ("Blue", DONE, "the fourth colour of a BRAG rating"),
    ("100%", DONE, "all of it"),
    ("Incomplete", NOT_DONE, "no more is said than that it is not complete"),
    ("Not complete", NOT_DONE, "and not that it is"),
    ("In progress", NOT_DONE, "begun, and not said to be in time"),
    ("Ongoing", NOT_DONE, "the same"),
    ("75% complete", NOT_DONE, "part of it"),
    ("Partially complete", NOT_DONE, "part of it"),
    ("On track", ON, "a word"),
    ("In progress – on track", ON, "says more than in progress alone"),
    ("Green", ON, "a colour"),
    ("Amber", RISK, "a colour"),
    ("Delayed", RISK, "may still be delivered"),
    ("Behind schedule", RISK, "the same"),
    ("Red", OFF, "a colour"),
    ("Overdue", OFF, "its date is gone"),
    ("Not achieved", OFF, "and not achieved"),
    ("Not on track", OFF, "and not on track"),
    ("Not started", NOT_STARTED, "a word"),
    ("Grey", NOT_STARTED, "a colour"),
    ("0%", NOT_STARTED, "none of it"),
    ("Not yet due", None, "says nothing of how far it is"),
    ("On hold", None, "nor does this"),
    ("Cancelled", None, "nor this"),
    ("Amber/Green", None, "two colours are a question"),
    ("See the paper", None, "not a status"),
    ("", None, "nothing"),
]


@pytest.mark.parametrize(("text", "progress", "why"), WORDS, ids=[row[0] or "empty" for row in WORDS])
def test_a_word_of_a_status_column(text: str, progress: Progress | None, why: str) -> None:
    assert meaning(text) is progress, why


CELLS = [
    ("RAG", "A", RISK, "a letter where colours are asked for"),
    ("BRAG rating", "b", DONE, "blue"),
    ("Status", "A", None, "a letter elsewhere may be anything"),
    ("Date completed", "12/05/2025", DONE, "a date of completion says that it is"),
    ("Completed?", "Yes", DONE, "and so does yes"),
    ("Completed?", "N", NOT_DONE, "no says that it is not"),
    ("Status", "Yes", None, "yes to what?"),
]


@pytest.mark.parametrize(("heading", "text", "progress", "why"), CELLS)
def test_a_heading_tells_what_a_letter_or_date_means(
    heading: str, text: str, progress: Progress | None, why: str
) -> None:
    kind = ColumnKind.COMPLETED if "omplete" in heading else ColumnKind.STATUS
    assert read_status(text, Column(kind, heading)) is progress, why


def test_of_two_columns_the_one_that_says_more_tells_the_progress() -> None:
    status, colour = Column(ColumnKind.STATUS, "Status"), Column(ColumnKind.STATUS, "RAG")
    told = printed_status("d1", [(status, "In progress"), (colour, "Red")], [], 7)
    assert (told.status, told.progress, told.line) == ("In progress / Red", Progress.OFF_TRACK, 7)


DATES = [
    ("Action plan; as at November 2025", "2025-11-30", "a month ends it"),
    ("Position at 31/03/2026", "2026-03-31", "a day"),
    ("Update: Q2 2025/26", "2025-09-30", "a quarter ends it"),
    ("Progress at end of Q2", "2026-09-30", "the year is the plan's"),
    ("RAG as of 1 May 2026", "2026-05-01", "a day"),
    ("Last updated: 5 May 2026", "2026-05-05", "a day"),
    ("Reporting period: April to June 2026", "2026-06-30", "the end of a range"),
    ("Progress report 2026/27", "", "does not say when in the year"),
    ("Plan for November 2025", "", "a plan is for a time, not as at it"),
    ("Completion by 31 March 2027", "", "a due date"),
    ("Latest update", "", "no date"),
]


@pytest.mark.parametrize(("text", "day", "why"), DATES, ids=[row[0] for row in DATES])
def test_the_date_that_statuses_held_at(text: str, day: str, why: str) -> None:
    found = find_as_at(text, (FinancialYear(2026),))
    assert (found.due.isoformat() if found else "") == day, why


def table(*rows: list[str], key: str = "") -> PlanDraft:
    parts: list[Part] = [Head(1, "Delivery plan 2026/27"), [["Action", "RAG"], *rows]]
    return interpret(parse_document(as_word([*parts, key] if key else parts), "plan.docx"))


def test_a_document_s_own_key_goes_before_the_pack() -> None:
    draft = table(["Open the ward", "Green"], ["Train nurses", "Amber"], key="Green = complete; Amber = not started")
    assert [row.progress for row in draft.statuses] == [Progress.COMPLETE, Progress.NOT_STARTED]
    assert any("own key" in note.text for note in draft.notes)


def test_one_colour_alone_is_no_key() -> None:
    draft = table(["Open the ward", "Green"], ["Train nurses", "Amber"], key="Green: complete by May")
    assert [row.progress for row in draft.statuses] == [Progress.ON_TRACK, Progress.AT_RISK]


def test_an_unknown_word_is_asked_about_and_never_guessed() -> None:
    draft = table(["Open the ward", "Purple haze"], ["Train nurses", "Green"])
    assert [row.progress for row in draft.statuses] == [None, Progress.ON_TRACK]
    assert any("“Purple haze”" in note.text and "not known" in note.text for note in draft.notes)


def test_statuses_without_a_date_are_noted() -> None:
    draft = interpret(parse_text(b"Plan 2026/27\n\nAction\tStatus\nOpen the ward\tComplete\n", "plan.txt"))
    assert draft.as_at is None
    assert any("at what date" in note.text for note in draft.notes)
