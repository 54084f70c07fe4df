"""What the tables of examples cannot show: findings named once, by place, or decided by a row and not its words."""

from __future__ import annotations

from datetime import date

from trigpoint.checks import Anchor, check, find_rule, of_plan
from trigpoint.plans.model import Deliverable, Objective, Plan

QUARTERS = (
    "Plan 2026/27\n\nStrategic Theme\tObjectives\tExecutive Lead and Committee Responsible\tQ1 Deliverables\t"
    "Q2 Deliverables\tQ3 Deliverables\tQ4 Deliverables\n"
)


def test_the_house_style_is_named_once_with_all_its_lines(findings) -> None:
    document = (
        f"{QUARTERS}Care\t1. Mend it\tAnn Other - Director of Care\t"
        "<p>By May 26, a is done.</p><p>By June 26, b is done.</p>\t\t\t\n"
    )
    found = findings("AMBIGUOUS_DATE", document)
    assert len(found) == 1
    assert "May 26" in found[0].fragment


def test_the_date_of_a_row_decides_and_not_a_date_it_only_mentions() -> None:
    plan = Plan(
        "Plan 2026/27", "A place", ("2026/27",),
        objectives=(Objective("o1", "t1", "1", "Better care"),),
        deliverables=(
            Deliverable("d1", "o1", "Constitutions, ready for April 2027", due=date(2027, 1, 31), column="2026/27 Q3"),
            Deliverable("d2", "o1", "Constitutions, ready for April 2027", due=date(2026, 12, 31), column="2026/27 Q3"),
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
            Deliverable("d1", "o1", words, due=date(2026, 6, 30)),
            Deliverable("d2", "o1", words, due=date(2026, 9, 30)),
        ),
    )  # fmt: skip
    rules = [find_rule("DUPLICATE_DELIVERABLE")]
    anchors = {"d1": Anchor(2, "deliverables.csv"), "d2": Anchor(3, "deliverables.csv")}
    assert "(deliverables.csv line 2)" in check(of_plan(plan, anchors), rules=rules)[0].message
    assert "(d1)" in check(of_plan(plan), rules=rules)[0].message
