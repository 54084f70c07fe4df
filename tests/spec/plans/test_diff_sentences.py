"""What is said of each change between two editions of a small plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from trigpoint.plans.changes import ChangeKind
from trigpoint.plans.diff import diff
from trigpoint.plans.diff_words import sentence, to_json, to_text
from trigpoint.plans.model import (
    ActivityAssumption,
    Baseline,
    Comparator,
    Deliverable,
    FinanceLine,
    IndicatorRow,
    IndicatorTable,
    Lead,
    Link,
    Milestone,
    Objective,
    Plan,
    Polarity,
    Progress,
    Risk,
    Scope,
    SuccessMeasure,
    Target,
    Theme,
    TrajectoryRule,
    Update,
)
from trigpoint.reports.render.diff_page import to_html

D = Decimal
DELIVERABLE = Deliverable(
    "d1", "o1", "Open the urgent care hub", date(2018, 3, 31), "by March 2018", "2017/18",
    targets=(Target("seen in 4 hours", D("90.0"), "%", at="2017/18"),),
)  # fmt: skip
MILESTONE = Milestone("m1", "o1", "d1", "Choose a site", column="2017/18 Q1")
OBJECTIVE = Objective("o1", "t1", "1.1", "Shorter waits", (Lead("", "Director A"),), ("Delivery Board",))
INDICATOR = IndicatorTable(
    "i1", "Waits", "%", "percentage",
    rows=(
        IndicatorRow("North", "target", {"2016/17": D("90.0"), "2017/18": D("95.0")}),
        IndicatorRow("North", "actual", {"2016/17": D("88.1")}),
    ),
)  # fmt: skip
PLAN = Plan(
    "Plan",
    "A system",
    ("2017/18",),
    edition="First",
    as_at=date(2017, 11, 30),
    themes=(Theme("t1", "1", "Urgent care"), Theme("t2", "2", "Planned care")),
    objectives=(OBJECTIVE, Objective("o2", "t2", "2.1", "Fewer journeys")),
    deliverables=(DELIVERABLE,),
    milestones=(MILESTONE,),
    measures=(SuccessMeasure("s1", "o1", "d1", "Hub open"),),
    links=(Link("o1", "Right Care"),),
    indicators=(INDICATOR,),
    trajectories=(TrajectoryRule("i1", "North", "target", "step(+5pp a year from 90% in 2016/17)"),),
    risks=(Risk("r1", "Workforce", "Too few nurses", D(250000)),),
    finance=(FinanceLine("f1", "QIPP", "Savings", "2017/18", D("14.4"), "£m"),),
    activity=(ActivityAssumption("a1", "growth", "A&E", "Demographic growth", "2017/18", D("1.9"), "%"),),
    updates=(Update("d1", date(2017, 11, 30), Progress.ON_TRACK),),
)


def with_deliverable(**fields: object) -> Plan:
    return replace(PLAN, deliverables=(replace(DELIVERABLE, **fields),))


def with_objective(**fields: object) -> Plan:
    return replace(PLAN, objectives=(replace(OBJECTIVE, **fields), PLAN.objectives[1]))


HUB = "Open the urgent care hub (d1)"
CHANGES = [
    (
        "later by whole weeks",
        with_deliverable(due=date(2018, 6, 30)),
        f"Re-dated: {HUB} from 31 March 2018 to 30 June 2018 (13 weeks later).",
    ),
    (
        "later by weeks and days",
        with_deliverable(due=date(2018, 4, 30)),
        f"Re-dated: {HUB} from 31 March 2018 to 30 April 2018 (about 4 weeks later).",
    ),
    (
        "earlier by a day",
        with_deliverable(due=date(2018, 3, 30)),
        f"Re-dated: {HUB} from 31 March 2018 to 30 March 2018 (1 day earlier).",
    ),
    (
        "the date is gone",
        with_deliverable(due=None),
        f"Re-dated: {HUB} has no due date any more (was 31 March 2018).",
    ),
    (
        "the column alone",
        with_deliverable(column="2018/19"),
        f"Re-dated: {HUB} – column from 2017/18 to 2018/19.",
    ),
    (
        "the words of the date, not the date",
        with_deliverable(due_phrase="by the end of March 2018"),
        f"Re-worded: {HUB} – date in words from “by March 2018” to “by the end of March 2018”.",
    ),
    (
        "the date and its words, told once",
        with_deliverable(due=date(2018, 6, 30), due_phrase="by June 2018"),
        f"Re-dated: {HUB} from 31 March 2018 to 30 June 2018 (13 weeks later); "
        "date in words from “by March 2018” to “by June 2018”.",
    ),
    (
        "the words",
        with_deliverable(text="Open the new urgent care hub"),
        "Re-worded: Open the new urgent care hub (d1) – text from “Open the urgent care hub” "
        "to “Open the new urgent care hub”.",
    ),
    (
        "one target for another",
        with_deliverable(targets=(Target("seen in 4 hours", D("95.0"), "%", at="2017/18"),)),
        f"Re-targeted: {HUB} – targets: seen in 4 hours from 90.0% to 95.0% at 2017/18.",
    ),
    (
        "a stricter comparison",
        with_deliverable(targets=(replace(DELIVERABLE.targets[0], comparator=Comparator.MORE_THAN),)),
        f"Re-targeted: {HUB} – targets: seen in 4 hours from >= 90.0% to > 90.0% at 2017/18.",
    ),
    (
        "another date makes another target",
        with_deliverable(targets=(replace(DELIVERABLE.targets[0], at="2018/19"),)),
        f"Re-targeted: {HUB} – targets: added seen in 4 hours >= 90.0% at 2018/19; "
        "removed seen in 4 hours >= 90.0% at 2017/18.",
    ),
    (
        "a target more",
        with_deliverable(targets=(*DELIVERABLE.targets, Target("", D(18), "weeks", Comparator.AT_MOST))),
        f"Re-targeted: {HUB} – targets: added <= 18 weeks.",
    ),
    (
        "from the system to a place",
        with_deliverable(scope=Scope.LOCAL, area="North"),
        f"Re-scoped: {HUB} – scope from system to local; area is now North.",
    ),
    (
        "to another objective",
        with_deliverable(objective="o2"),
        f"Moved: {HUB} – objective from “Shorter waits” to “Fewer journeys”.",
    ),
    (
        "a starting point",
        with_deliverable(baseline=Baseline("Amber", D("67.3"), "%")),
        f"Re-based: {HUB} – baseline is now Amber (67.3%).",
    ),
    (
        "another lead",
        with_objective(leads=(Lead("", "Director B", accountable=True),)),
        "Re-owned: Shorter waits (o1) – leads: added Director B (accountable); removed Director A.",
    ),
    (
        "another committee",
        with_objective(committees=("Delivery Board", "Finance Committee")),
        "Re-owned: Shorter waits (o1) – committees: added Finance Committee.",
    ),
    ("a number", with_objective(number="1.2"), "Re-numbered: Shorter waits (o1) – number from 1.1 to 1.2."),
    (
        "to another theme",
        with_objective(theme="t2"),
        "Moved: Shorter waits (o1) – theme from “Urgent care” to “Planned care”.",
    ),
    (
        "a milestone more",
        replace(PLAN, milestones=(MILESTONE, Milestone("m2", "o1", "d1", "Open the doors"))),
        "Added: Open the doors (m2), under Open the urgent care hub.",
    ),
    ("a milestone less", replace(PLAN, milestones=()), "Removed: Choose a site (m1), under Open the urgent care hub."),
    ("a link less", replace(PLAN, links=()), "Removed: Right Care, under Shorter waits."),
    (
        "a printed target",
        replace(
            PLAN,
            indicators=(
                replace(
                    INDICATOR,
                    rows=(
                        IndicatorRow("North", "target", {"2016/17": D("90.0"), "2017/18": D("94.0")}),
                        INDICATOR.rows[1],
                    ),
                ),
            ),
        ),
        "Re-targeted: Waits (i1) – North · target · 2017/18 from 95.0 to 94.0.",
    ),
    (
        "a printed actual",
        replace(
            PLAN,
            indicators=(
                replace(
                    INDICATOR,
                    rows=(
                        INDICATOR.rows[0],
                        IndicatorRow("North", "actual", {"2016/17": D("88.1"), "2017/18": D("91.7")}),
                    ),
                ),
            ),
        ),
        "Re-valued: Waits (i1) – North · actual · 2017/18 is now 91.7.",
    ),
    (
        "what a table means",
        replace(PLAN, indicators=(replace(INDICATOR, polarity=Polarity.HIGHER),)),
        "Re-defined: Waits (i1) – polarity from neither to higher is better.",
    ),
    (
        "a rule",
        replace(PLAN, trajectories=(TrajectoryRule("i1", "North", "target", "explicit"),)),
        "Re-targeted: North · target (i1) – rule from step(+5pp a year from 90% in 2016/17) to explicit.",
    ),
    (
        "a sum at risk",
        replace(PLAN, risks=(replace(PLAN.risks[0], amount_gbp=D(300000)),)),
        "Re-valued: Workforce (r1) – amount in pounds from 250000 to 300000.",
    ),
    (
        "a saving",
        replace(PLAN, finance=(replace(PLAN.finance[0], value=D("14.0")),)),
        "Re-valued: Savings 2017/18 (f1) – value from 14.4 to 14.0.",
    ),
    (
        "a rate of growth",
        replace(PLAN, activity=(replace(PLAN.activity[0], value=D("2.0")),)),
        "Re-valued: Demographic growth 2017/18 (a1) – value from 1.9 to 2.0.",
    ),
    (
        "a report corrected",
        replace(PLAN, updates=(replace(PLAN.updates[0], progress=Progress.AT_RISK),)),
        "Re-reported: 2017-11-30 (d1) – progress from on track to at risk.",
    ),
    (
        "a report more",
        replace(PLAN, updates=(*PLAN.updates, Update("m1", date(2017, 12, 31), Progress.COMPLETE))),
        "Added: 2017-12-31 (m1), under Choose a site.",
    ),
    ("the edition", replace(PLAN, edition="Second"), "Re-worded: Plan (plan) – edition from “First” to “Second”."),
    (
        "a year more",
        replace(PLAN, years=("2017/18", "2018/19")),
        "Re-dated: Plan (plan) – years: added 2018/19.",
    ),
]


@pytest.mark.parametrize(("after", "said"), [case[1:] for case in CHANGES], ids=[case[0] for case in CHANGES])
def test_a_change_is_one_sentence(after: Plan, said: str) -> None:
    assert [sentence(change) for change in diff(PLAN, after).changes] == [said]


SAME = [
    ("the same plan", PLAN),
    ("rows in another order", replace(PLAN, themes=PLAN.themes[::-1], objectives=PLAN.objectives[::-1])),
    (
        "ids given anew by a second import",
        replace(
            PLAN,
            deliverables=(replace(DELIVERABLE, id="d7"),),
            milestones=(replace(MILESTONE, id="m7", deliverable="d7"),),
            measures=(replace(PLAN.measures[0], deliverable="d7"),),
            updates=(replace(PLAN.updates[0], item="d7"),),
        ),
    ),
]


@pytest.mark.parametrize("after", [case[1] for case in SAME], ids=[case[0] for case in SAME])
def test_what_is_no_change(after: Plan) -> None:
    changes = diff(PLAN, after)
    assert changes.changes == ()
    assert to_text(changes) == "From Plan (First) to Plan (First)\nNo differences.\n"


def test_a_row_pushed_down_by_a_new_one_is_found_again_by_its_words() -> None:
    texts = ("Open the urgent care hub", "Train forty nurses", "Publish the waiting list")
    before = replace(PLAN, deliverables=tuple(Deliverable(f"d{n}", "o1", text) for n, text in enumerate(texts, 1)))
    after_texts = ("Agree the estate plan", *texts[:2], "Publish the waiting list every week")
    after = replace(PLAN, deliverables=tuple(Deliverable(f"d{n}", "o1", text) for n, text in enumerate(after_texts, 1)))
    same = {"milestones": (), "measures": (), "updates": ()}
    changes = diff(replace(before, **same), replace(after, **same))
    assert [(change.kind, change.before_id, change.after_id) for change in changes.changes] == [
        (ChangeKind.ADDED, "", "d1"),
        (ChangeKind.RE_WORDED, "d3", "d4"),
    ]


def test_two_commitments_of_like_words_under_different_objectives_are_not_one() -> None:
    phrase = "Maintain performance against the {} standard"
    before = replace(PLAN, milestones=(Milestone("m1", "o1", "", phrase.format("cancer")),))
    after = replace(PLAN, milestones=(Milestone("m2", "o2", "", phrase.format("diagnostic")),))
    assert [change.kind for change in diff(before, after).changes] == [ChangeKind.ADDED, ChangeKind.REMOVED]


def test_a_row_whose_parent_was_replaced_under_the_same_id_has_moved() -> None:
    after = replace(
        PLAN,
        themes=(Theme("t9", "1", "Urgent care"), Theme("t1", "3", "Prevention"), PLAN.themes[1]),
    )
    said = [sentence(change) for change in diff(PLAN, after).changes]
    assert said == [
        "Added: Prevention (t1).",
        "Moved: Shorter waits (o1) – theme from “Urgent care” to “Prevention”.",
    ]


def test_the_text_stands_under_headings_with_the_counts_first() -> None:
    after = replace(with_deliverable(due=date(2018, 6, 30)), links=())
    assert to_text(diff(PLAN, after)) == (
        "From Plan (First) to Plan (First)\n"
        "2 changes: 1 removed, 1 re-dated.\n"
        "\n"
        "Deliverables\n"
        "  Re-dated: Open the urgent care hub (d1) from 31 March 2018 to 30 June 2018 (13 weeks later).\n"
        "\n"
        "Links\n"
        "  Removed: Right Care, under Shorter waits.\n"
    )


def test_the_json_holds_every_field() -> None:
    assert to_json(diff(PLAN, with_deliverable(due=date(2018, 6, 30)))) == {
        "before": "Plan (First)",
        "after": "Plan (First)",
        "counts": {"re-dated": 1},
        "changes": [
            {
                "kind": "re-dated",
                "part": "deliverable",
                "before_id": "d1",
                "after_id": "d1",
                "words": "Open the urgent care hub",
                "under": "Shorter waits",
                "fields": [{"field": "due", "before": "2018-03-31", "after": "2018-06-30"}],
                "sentence": f"Re-dated: {HUB} from 31 March 2018 to 30 June 2018 (13 weeks later).",
            }
        ],
    }


def test_the_page_marks_words_and_escapes_what_the_plan_says() -> None:
    page = to_html(diff(PLAN, with_deliverable(text="Open the <script>alert(1)</script> urgent care hub")))
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;</ins>" in page
    assert '<html lang="en-GB">' in page


def test_the_page_of_no_changes_says_so() -> None:
    assert "<p>No differences.</p>" in to_html(diff(PLAN, PLAN))
