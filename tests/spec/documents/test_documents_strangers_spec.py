"""Documents of organisations that nobody has tuned for give their plan, and what is none is said to be none."""

from __future__ import annotations

import pytest
from layout_corpus import Layout
from layout_rendering import FORMATS, Head, as_word, outline
from stranger_corpus import STRANGERS

from trigpoint.documents import interpret, parse_document
from trigpoint.plans.model import Scope

CASES = [(layout, name) for layout in STRANGERS for name in layout.formats]


@pytest.mark.parametrize(("layout", "name"), CASES, ids=[f"{name}: {layout.why}" for layout, name in CASES])
def test_a_stranger_gives_its_plan(layout: Layout, name: str) -> None:
    render, file = FORMATS[name]
    assert outline(interpret(parse_document(render(layout.parts), file))) == layout.plan


def test_a_column_of_places_makes_commitments_local_unless_it_speaks_of_all() -> None:
    layout = next(one for one in STRANGERS if "place makes" in one.why)
    plan = interpret(parse_document(as_word(layout.parts), "plan.docx")).plan
    assert [row.scope for row in plan.milestones] == [Scope.LOCAL, Scope.LOCAL, Scope.SYSTEM]


def test_a_list_of_boxes_is_a_list_of_tasks() -> None:
    text = b"# Stroke plan 2026/27\n\n## Aim 1: Better care\n\nLead: Network Director\n\n"
    text += b"- [x] Clinics started by June 2026\n"
    text += b"- [ ] Community service in all places by 31 December 2026\n- [ ] Offer agreed by February 2027\n"
    draft = interpret(parse_document(text, "plan.md"))
    assert draft.plan.deliverables[0].text == "Clinics started by June 2026"
    assert {lead.role for row in draft.plan.deliverables for lead in row.leads} == {"Network Director"}
    assert [(row.status, row.progress.value if row.progress else "") for row in draft.statuses] == [("x", "complete")]


def test_a_line_break_lost_after_a_date_is_put_back() -> None:
    table = (
        "Objective\tKey actions\nSafer care\tTrain all nurses by 30 September 2026 Replace 140 mattresses by May 2027"
    )
    plan = interpret(parse_document(table.encode(), "plan.txt")).plan
    texts = [row.text for row in (*plan.deliverables, *plan.milestones)]
    assert texts == ["Train all nurses by 30 September 2026", "Replace 140 mattresses by May 2027"]


def test_the_date_of_a_measure_is_no_due_date() -> None:
    rows = [
        ["Objective", "Key deliverables", "Success measure", "Q1"],
        ["1. Talking therapies", "A digital offer", "52% reliable recovery by March 2027", "Choose the provider"],
        ["2. Near home", "No placement far away", "No inappropriate placement by March 2027", "Review each placement"],
    ]
    plan = interpret(parse_document(as_word([Head(1, "Fell ICB operational plan 2026/27"), rows]), "plan.docx")).plan
    assert [row.due for row in (*plan.deliverables, *plan.milestones)] == [None] * 4
    assert [row.column for row in plan.milestones] == ["2026/27 Q1"] * 2
    assert len(plan.measures) == 2


def test_a_policy_is_no_plan() -> None:
    parts = [
        Head(1, "Medical Devices Policy"),
        "This policy sets out how devices are used. It applies to all staff.",
        Head(2, "1 Scope"),
        "All staff must comply.",
        [
            ["What will be monitored", "Who", "How", "Reported to"],
            ["Training", "Ward managers", "Audit", "Devices Group"],
        ],
    ]
    draft = interpret(parse_document(as_word(parts), "policy.docx"))
    assert not draft.plan.deliverables
    assert any("a policy or procedure" in note.text for note in draft.notes)


def test_the_bar_of_a_gantt_chart_ends_where_its_task_is_due_unless_a_date_is_printed() -> None:
    head = ["Workstream", "Task", "Owner", "Due", "Apr-26", "May-26", "Jun-26"]
    rows = [
        head,
        ["Records", "Sign the contract", "Digital Director", "", "X", "X", ""],
        ["Records", "Train the users", "Digital Director", "15 June 2026", "", "X", "X"],
    ]
    plan = interpret(parse_document(as_word([Head(1, "Moor ICB digital plan 2026/27"), rows]), "plan.docx")).plan
    assert [(row.text, str(row.due)) for row in plan.deliverables] == [
        ("Sign the contract", "2026-05-31"),
        ("Train the users", "2026-06-15"),
    ]
    assert plan.milestones == ()


def test_a_lead_in_brackets_behind_a_commitment_is_its_lead() -> None:
    text = b"# Moor people plan 2026/27\n\n## Retention\n\n- Launch interviews (Lead: Head of Staffing, by June 2026)\n"
    text += b"- Publish the guide by July 2026\n- Reduce turnover to 9% by March 2027\n"
    plan = interpret(parse_document(text, "plan.md")).plan
    assert [[lead.role for lead in row.leads] for row in plan.deliverables] == [["Head of Staffing"], [], []]


def test_a_list_of_actions_that_nothing_names_stands_under_the_name_of_its_file() -> None:
    draft = interpret(parse_document(b"Action,Lead,By when\nOpen the hub,Chief Nurse,30 June 2026\n", "tracker.csv"))
    assert [row.title for row in draft.plan.objectives] == ["tracker"]
    assert [row.text for row in draft.plan.deliverables] == ["Open the hub"]
    assert any("the file's name “tracker” was taken" in note.text for note in draft.notes)


def test_examples_in_a_heading_are_no_part_of_what_it_says() -> None:
    heading = "Relationship to other plans, e.g. RightCare, UECN, Vanguard"
    rows = f"Priorities\tKey deliverables\t{heading}\nSafer\tA ward\tSTP\n"
    assert [link.text for link in interpret(parse_document(rows.encode(), "plan.txt")).plan.links] == ["STP"]
