"""Rules on dates."""

# ruff: noqa: E501 - a row of a table is one line

from __future__ import annotations

from datetime import date

import pytest

from trigpoint.checks import Anchor, check, find_rule, of_plan
from trigpoint.plans.model import Deliverable, Objective, Plan

QUARTERS = "Plan 2026/27\n\nStrategic Theme\tObjectives\tExecutive Lead and Committee Responsible\tQ1 Deliverables\tQ2 Deliverables\tQ3 Deliverables\tQ4 Deliverables\n"
YEARS = "Plan 2026/27 – 2027/28\n\nPriorities\tKey deliverables\tBaseline position\t2026/27 actions\t2027/28 actions\tSuccess measure\n"


def in_quarter(number: int, words: str) -> str:
    cells = ["", "", "", ""]
    cells[number - 1] = words
    return QUARTERS + "Care\t1. Mend it\tAnn Other - Director of Care\t" + "\t".join(cells) + "\n"


def in_year(number: int, words: str) -> str:
    cells = ["", ""]
    cells[number - 1] = words
    return YEARS + "Care\tA clinic\t62%\t" + "\t".join(cells) + "\t95% seen\n"


OUTSIDE = [
    # document, severities, why
    (in_quarter(2, "By October 2026, the plan will be agreed."), ["error"], "October is Q3"),
    (in_quarter(2, "By October 26, the plan will be agreed."), ["error"], "the year in two digits"),
    (in_quarter(2, "By the end of Q2, the plan will be agreed."), [], "its own quarter"),
    (in_quarter(4, "At the start of Q4, the plan will be agreed."), [], "1 January is in Q4"),
    (in_quarter(4, "By year end, the plan will be agreed."), [], "31 March is in Q4"),
    (in_quarter(3, "By November 2026, posts will be agreed in readiness for April 2027."), [], "April is only context"),
    (in_quarter(2, "By the end of Q2, funding for post September 2026 will be explored."), [], "only context"),
    (in_year(1, "Deliver four standards by March 2026"), ["error"], "the year before"),
    (in_year(1, "Conduct procurement beginning Spring 2025"), ["error"], "began before its column"),
    (in_year(2, "Fully implemented by March 2028"), [], "inside 2027/28"),
    (in_year(2, "Contract awarded April 2027"), [], "April begins the financial year"),
    (in_year(2, "Cover the whole population by 2030"), [], "an ambition beyond the plan"),
    (in_year(2, "Plan carried out by 1 April 2028"), ["info"], "the day after"),
    (in_year(2, "Carry on the work of 2026/27"), [], "a year that is only named"),
]  # fmt: skip


@pytest.mark.parametrize(("document", "severities", "why"), OUTSIDE)
def test_date_outside_column(findings, document: str, severities: list[str], why: str) -> None:
    found = findings("DATE_OUTSIDE_COLUMN", document)
    assert [finding.severity.value for finding in found] == severities, why


BEFORE = [
    ("The system will be implemented from 1 April 2024.", ["error"], "two years before"),
    ("The service is being bought, with a start planned for January 2025.", ["error"], "planned for"),
    ("The notice will be published by November 2025.", ["info"], "while the plan is written"),
    ("From 1 April 2024 the team transferred to us.", [], "history"),
    ("The service, which went live in November 2024, will grow.", [], "history, and a promise without a date"),
    ("The audit for the period 2023/24 will be published.", [], "a period that is only named"),
    ("The system will be implemented from 1 April 2027.", [], "inside the plan"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "severities", "why"), BEFORE)
def test_date_before_plan(findings, sentence: str, severities: list[str], why: str) -> None:
    document = in_year(1, "Build the clinic") + "\n" + sentence + "\n"
    assert [finding.severity.value for finding in findings("DATE_BEFORE_PLAN", document)] == severities, why


AMBIGUOUS = [
    (in_quarter(2, "By Q2, approval will be sought."), ["warning"], "its start or its end?"),
    (in_quarter(2, "By the end of Q2, approval will be sought."), [], "its end"),
    (in_quarter(4, "By 31st March, a plan will be in place."), ["warning"], "of which year?"),
    (in_quarter(4, "By 31st March 2027, a plan will be in place."), [], "said"),
    (in_quarter(1, "By June 26, a forum will be set up."), ["info"], "a year or a day?"),
    (in_year(1, "Build it") + "\nIn July we launched a consultation.\n", ["info"], "July of which year?"),
    (in_year(1, "Build it") + "\nIn July 2025 we launched a consultation.\n", [], "said"),
    (in_year(1, "Build it") + "\nThe limit increases from £456.2m to £463.9m.\n", ["info"], "from when to when?"),
    (in_year(1, "Training agreed and date for roll out defined."), ["info"], "which date?"),
]  # fmt: skip


@pytest.mark.parametrize(("document", "severities", "why"), AMBIGUOUS)
def test_ambiguous_date(findings, document: str, severities: list[str], why: str) -> None:
    assert [finding.severity.value for finding in findings("AMBIGUOUS_DATE", document)] == severities, why


def test_the_house_style_is_named_once_with_all_its_lines(findings) -> None:
    document = in_quarter(1, "<p>By May 26, a is done.</p><p>By June 26, b is done.</p>")
    found = findings("AMBIGUOUS_DATE", document)
    assert len(found) == 1
    assert "May 26" in found[0].fragment


def test_a_deliverable_of_the_past_is_achieved_already(findings) -> None:
    document = YEARS + "Care\tNetwork constituted and established in June 2024\t62%\tGrow it\tRun it\t95% seen\n"
    assert len(findings("DELIVERABLE_ALREADY_ACHIEVED", document)) == 1


def test_the_date_of_a_row_decides_and_not_a_date_it_only_mentions() -> None:
    plan = Plan(
        "Plan 2026/27", "A place", ("2026/27",),
        objectives=(Objective("o1", "t1", "1", "Better care"),),
        deliverables=(
            Deliverable("d1", "o1", "New constitutions, ready for April 2027", due=date(2027, 1, 31), column="2026/27 Q3"),
            Deliverable("d2", "o1", "New constitutions, ready for April 2027", due=date(2026, 12, 31), column="2026/27 Q3"),
        ),
    )  # fmt: skip
    found = check(of_plan(plan), rules=[find_rule("DATE_OUTSIDE_COLUMN")])
    assert [finding.where["item"] for finding in found] == ["d1"]


def test_a_quarter_is_not_empty_where_something_is_due_whose_column_was_lost() -> None:
    plan = Plan(
        "Plan 2026/27", "A place", ("2026/27",),
        objectives=(Objective("o1", "t1", "1", "Better care"),),
        deliverables=(
            Deliverable("d1", "o1", "Posts agreed", due=date(2026, 6, 30)),
            Deliverable("d2", "o1", "Posts filled", due=date(2026, 9, 30), column="2026/27 Q2"),
        ),
    )  # fmt: skip
    (found,) = check(of_plan(plan), rules=[find_rule("EMPTY_QUARTER")])
    assert found.message == "Nothing is due in Q3, Q4."


def test_a_repeated_promise_names_the_first_by_file_and_line_or_by_id() -> None:
    words = "The frailty strategy for older people is published"
    plan = Plan(
        "Plan 2026/27", "A place", ("2026/27",),
        objectives=(Objective("o1", "t1", "1", "Better care"),),
        deliverables=(
            Deliverable("d1", "o1", words, due=date(2026, 6, 30)), Deliverable("d2", "o1", words, due=date(2026, 9, 30)),
        ),
    )  # fmt: skip
    rules = [find_rule("DUPLICATE_DELIVERABLE")]
    anchors = {"d1": Anchor(2, "deliverables.csv"), "d2": Anchor(3, "deliverables.csv")}
    assert "(deliverables.csv line 2)" in check(of_plan(plan, anchors), rules=rules)[0].message
    assert "(d1)" in check(of_plan(plan), rules=rules)[0].message
