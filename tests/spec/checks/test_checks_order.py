"""Rules on what depends on what, on lists that swallow a sentence's end, and on challenges nobody answers."""

# ruff: noqa: E501 - a row of a table is one line

from __future__ import annotations

import pytest

QUARTERS = "Plan 2026/27\n\nStrategic Theme\tObjectives\tExecutive Lead and Committee Responsible\tQ1 Deliverables\tQ2 Deliverables\tQ3 Deliverables\tQ4 Deliverables\n"
YEARS = "Plan 2026/27 – 2027/28\n\nPriorities\tKey deliverables\tBaseline position\t2026/27 actions\t2027/28 actions\tSuccess measure\n"


def quarters(*cells: str) -> str:
    return QUARTERS + "Care\t1. Mend it\tAnn Other - Director of Care\t" + "\t".join(cells) + "\n"


SEQUENCES = [
    # document, how many, why
    (quarters("<p>By June 26, the stroke rehabilitation pathway will have been implemented.</p>", "", "<p>By the end of Q3, the stroke rehabilitation pathway will have been approved.</p>", ""), 1, "done before it is approved"),
    (quarters("<p>By June 26, the stroke rehabilitation pathway will have been approved.</p>", "", "<p>By the end of Q3, the stroke rehabilitation pathway will have been implemented.</p>", ""), 0, "approved, then done"),
    (quarters("<p>By June 26, the in-housing of CHC will have been undertaken.</p> <p>By June 26, the CHC case will have been submitted to the region for approval.</p>", "", "", ""), 1, "done on the day that approval is asked for"),
    (quarters("<p>By June 26, the dental review will have been undertaken.</p>", "", "<p>By the end of Q3, the stroke pathway will have been approved.</p>", ""), 0, "two different things"),
]  # fmt: skip


@pytest.mark.parametrize(("document", "count", "why"), SEQUENCES)
def test_sequence_conflict(findings, document: str, count: int, why: str) -> None:
    assert len(findings("SEQUENCE_CONFLICT", document)) == count, why


LISTS = [
    ("The three standards for wards:-\n\n- timely review\n- better tests\n- care on call will be met by March.\n", 1, "the promise hangs on the last item"),
    ("The three standards for wards will be met:-\n\n- timely review\n- better tests\n- care on call\n", 0, "the promise stands before the list"),
    ("We have agreed the following:-\n\n- reviews will be timely;\n- tests will be better;\n- care will be on call.\n", 0, "each item is a sentence"),
    ("Our aims:-\n\n- timely review\n- better tests\n- care on call\n", 0, "no promise at all"),
]  # fmt: skip


@pytest.mark.parametrize(("document", "count", "why"), LISTS)
def test_misplaced_text(findings, document: str, count: int, why: str) -> None:
    assert len(findings("MISPLACED_TEXT", document)) == count, why


ROW = YEARS + "Cancer\tShorter waits for cancer\t62%\tMore clinics\tMore clinics\t95% seen\n"
CHALLENGES = [
    ("There are challenges in relation to:-\n\n- cancer waiting times;\n- delayed transfers of care.\n\n", ["delayed transfers of care."], "one is answered, one is not"),
    ("We are proud of:-\n\n- our staff in hospitals;\n- delayed transfers of care.\n\n", [], "no challenges"),
]  # fmt: skip


@pytest.mark.parametrize(("prose", "fragments", "why"), CHALLENGES)
def test_coverage_gap(findings, prose: str, fragments: list[str], why: str) -> None:
    document = "Plan 2026/27 – 2027/28\n\n" + prose + ROW.split("\n\n", 1)[1]
    assert [finding.fragment for finding in findings("COVERAGE_GAP", document)] == fragments, why


HEADINGS = "\tKey deliverables\tBaseline position\t2026/27 actions\t2027/28 actions\tSuccess measure\n"
TEXT = "Plan 2026/27 – 2027/28\n\n1. Money\n\nWe have some.\n\n2. Activity\n\na) Demand\n\nIt grows.\n\nb) Prevention\n\nIt helps.\n\n"
LABELS = [
    ("Must do 1 - Money\nPriorities" + HEADINGS + "Self care and prevention\tA clinic\t1%\tOpen it\tRun it\t2%\n", 1, "prevention is part of Activity"),
    ("Must do 1 - Money\nPriorities" + HEADINGS + "Money well spent\tA clinic\t1%\tOpen it\tRun it\t2%\n", 0, "the row is about money"),
    ("Must do 2 - Activity\nPriorities" + HEADINGS + "Self care and prevention\tA clinic\t1%\tOpen it\tRun it\t2%\n", 0, "where the text has it"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "count", "why"), LABELS)
def test_section_mislabelled(findings, table: str, count: int, why: str) -> None:
    assert len(findings("SECTION_MISLABELLED", TEXT + table)) == count, why


TWICE = [
    ("By June 2026, the frailty strategy for older people will be published.", "By June 2027, the frailty strategy for older people will be published.", "CONFLICTING_YEARS", 1, "one month of two years"),
    ("By June 2026, the frailty strategy for older people will be published.", "By June 2027, the frailty strategy for older people will be published.", "CONFLICTING_DATES", 0, "said once, as years"),
    ("By June 2026, the frailty strategy for older people will be published.", "By July 2026, the frailty strategy for older people will be published.", "CONFLICTING_DATES", 1, "two months"),
    ("By June 2026, the frailty strategy for older people will be published.", "By July 2026, the frailty strategy for older people will be published.", "CONFLICTING_YEARS", 0, "two months"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second", "rule", "count", "why"), TWICE)
def test_one_promise_with_two_dates(findings, first: str, second: str, rule: str, count: int, why: str) -> None:
    assert len(findings(rule, quarters(f"<p>{first}</p>", f"<p>{second}</p>", "", ""))) == count, why
