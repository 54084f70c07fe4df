"""Rules on repetition and contradiction."""

# ruff: noqa: E501 - a row of a table is one line

from __future__ import annotations

import pytest

from trigpoint.checks import check, find_rule, of_plan
from trigpoint.plans.model import Deliverable, Objective, Plan

HEAD = "Priorities\tKey deliverables\tBaseline position\t2026/27 actions\t2027/28 actions\tSuccess measure\n"
ROW = "Better care for all who need it\tOpen a clinic in every town\t62%\tBuild the clinics\tRun the clinics\t95% seen in 4 weeks\n"
OTHER = "Better money for all who spend it\tBalance the books of every trust\t1%\tAgree contracts\tAgree contracts\tSurplus of 1%\n"
TITLE = "Plan 2026/27 – 2027/28\n\n"

CASES = [
    # rule, document, lines, why
    ("DUPLICATE_ROW", f"{TITLE}A first heading\n{HEAD}{ROW}\nA second heading\n{HEAD}{ROW}", [9], "word for word"),
    ("DUPLICATE_ROW", f"{TITLE}A first heading\n{HEAD}{ROW}\nA second heading\n{HEAD}" + ROW.replace("62%", "<p>62%</p>"), [9],
     "mark-up aside"),
    ("DUPLICATE_ROW", f"{TITLE}A first heading\n{HEAD}{ROW}\nA second heading\n{HEAD}{OTHER}", [], "another row"),
    ("DUPLICATE_ROW", "Year\tNorth\tSouth\nTarget\t10\t20\n2026/27\t8\t17\nTarget\t10\t20\n", [], "rows of numbers may repeat"),
    ("DUPLICATE_SECTION", f"{TITLE}Must do 1 - Care\n{HEAD}{ROW}\nMust do 2 - Care\n{HEAD}{ROW}", [7], "all of it again"),
    ("DUPLICATE_SECTION", f"{TITLE}Must do 1 - Care\n{HEAD}{ROW}\nMust do 1 - Care\n{HEAD}{OTHER}", [], "a page break"),
    ("DUPLICATE_TEXT", f"{TITLE}{HEAD}Care\tOpen a clinic\t1\tHire a nurse\tTrain the nurse\t9%\n\tOpen a ward\t1\tHire a nurse\tTrain the nurse\t9%\n",
     [5], "both have the same actions"),
    ("DUPLICATE_TEXT", f"{TITLE}{HEAD}Care\tOpen a clinic\t1\tHire a nurse\tTrain the nurse\t9%\n\tOpen a ward\t1\tHire a nurse\tBuild it\t9%\n",
     [], "one in common"),
    ("CONFLICTING_DATES", f"{TITLE}The procurement process will begin in March 2027.\n\n{HEAD}Care\tA contract\t1\t"
     "Conduct procurement process beginning May 2026\tLet the contract\t9%\n", [3], "two beginnings"),
    ("CONFLICTING_DATES", f"{TITLE}The procurement process will begin in May 2026.\n\n{HEAD}Care\tA contract\t1\t"
     "Conduct procurement process beginning May 2026\tLet the contract\t9%\n", [], "one beginning"),
    ("CONFLICTING_VALUES", f"{TITLE}While current utilisation is circa 64%, it is to rise to 80% by March 2027.\n\n{HEAD}"
     "Use e-referrals\tA system\t62%\tAchieve 80% utilisation by March 2027\tGo on\t100%\n", [3], "62% or 64%?"),
    ("CONFLICTING_VALUES", f"{TITLE}While current utilisation is circa 62%, it is to rise to 80% by March 2027.\n\n{HEAD}"
     "Use e-referrals\tA system\t62%\tAchieve 80% utilisation by March 2027\tGo on\t100%\n", [], "62%"),
    ("CONFLICTING_VALUES", f"{TITLE}A Prior Contract Notice will be published by May 2026.\n\n{HEAD}"
     "Care\tA contract\tPrior Contract Notice published.\tTender\tLet\t100%\n", [3], "published or not?"),
    ("COPY_PASTE_RELATION", f"{TITLE}Must do 1 - Waits\n" + HEAD.replace("\n", "\tRelationship to other plans\n")
     + "Fewer waits\tShorter list\t9\tHire\tRun\t5%\tCancer improvement plan\n\nMust do 2 - Cancer\n"
     + HEAD.replace("\n", "\tRelationship to other plans\n") + "See patients sooner\tFaster scans\t9\tBuy\tUse\t5%\tCancer improvement plan\n",
     [5], "a plan on cancer beside waits"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "document", "lines", "why"), CASES)
def test_rule_on_repetition(findings, rule: str, document: str, lines: list[int], why: str) -> None:
    assert [finding.line for finding in findings(rule, document)] == lines, why


PUBLISHED = "By {date}, the sustainability plan that documents the model of care will have been published."
SEEN = "By {date}, 91% of patients will have met the four hour standard."
LONG = "a review of {what} will have taken place, with most regard to waits, mortality, falls and long stays in hospital beds"


@pytest.mark.parametrize(
    ("rule", "first", "second", "count", "why"),
    [
        ("DUPLICATE_DELIVERABLE", PUBLISHED.format(date="June 2026"), PUBLISHED.format(date="September 2026"), 1, "twice"),
        ("CONFLICTING_DATES", PUBLISHED.format(date="June 2026"), PUBLISHED.format(date="September 2026"), 1, "two dates"),
        ("CONFLICTING_DATES", PUBLISHED.format(date="June 2026"), PUBLISHED.format(date="June 2026"), 0, "one date"),
        ("DUPLICATE_DELIVERABLE", SEEN.format(date="December 2026"), SEEN.format(date="March 2027"), 0, "a trajectory"),
        ("DUPLICATE_DELIVERABLE", "A clinic in Ashby opens in May", "The books of the trust are balanced", 0, "two things"),
        ("COPY_PASTE_TEXT", LONG.format(what="all meetings"), LONG.format(what="the visits to wards"), 1, "the same ending"),
        ("COPY_PASTE_TEXT", "A clinic in Ashby opens", "A clinic in Walton opens", 0, "short"),
    ],
)  # fmt: skip
def test_rule_on_two_deliverables(rule: str, first: str, second: str, count: int, why: str) -> None:
    from trigpoint.periods import FinancialYear, due_date

    def row(number: int, text: str) -> Deliverable:
        phrase = due_date(text, years=[FinancialYear(2026)])
        return Deliverable(f"d{number}", "o1", text, due=phrase.due if phrase else None)

    plan = Plan(
        "Plan", "A place", ("2026/27",), objectives=(Objective("o1", "t1", "1", "Care"),),
        deliverables=(row(1, first), row(2, second)),
    )  # fmt: skip
    assert len(check(of_plan(plan), rules=[find_rule(rule)])) == count, why
