"""Real documents in the formats they were published in: the same plan from each, every row of a register."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from trigpoint.documents import interpret, read_document, to_contract
from trigpoint.plans.draft import PlanDraft
from trigpoint.plans.model import Lead, Progress

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
PLANS = SHARED / "data" / "plans"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not PLANS.is_dir(), reason="the shared reference folder is not beside the checkout"),
]
COUNTY = ("Action_plan_table.xlsx", "Action_plan_Table.docx", "Action_plan_Table.pdf")
REGISTER = "2. City of York Council (Input).xlsx"
ROWS = 88
"""Counted by eye in the workbook: rows 5 to 92, each with a number of its own; numbers from 1 to 101 with gaps."""
RISKS = 45


@cache
def read(name: str) -> PlanDraft:
    return interpret(read_document(PLANS / name))


def squeezed(text: str) -> str:
    """A cell's words whatever line breaks and curly quotes the format kept."""
    return re.sub(r"\s+", "", text.replace("’", "'").replace("‘", "'"))


def rows(name: str) -> list[tuple[str, str, str, Progress | None]]:
    draft = read(name)
    said = {one.item: one for one in draft.statuses}
    return [
        (row.number, squeezed(row.text), said[row.id].status, said[row.id].progress) for row in draft.plan.deliverables
    ]


@pytest.mark.parametrize("name", COUNTY)
def test_every_numbered_row_of_the_action_plan_is_a_deliverable(name: str) -> None:
    draft = read(name)
    found = rows(name)
    assert len(found) == ROWS
    numbers = [int(number) for number, *_ in found]
    assert numbers == sorted(set(numbers))
    assert (numbers[0], numbers[-1]) == (1, 101)
    assert draft.plan.milestones == ()
    assert len(draft.plan.objectives) == 1
    assert Counter(progress for *_, progress in found) == {Progress.COMPLETE: 52, Progress.NOT_COMPLETE: 36}
    assert draft.as_at is not None
    assert draft.as_at.isoformat() == "2022-11-30"


@pytest.mark.parametrize("name", COUNTY[1:])
def test_the_three_formats_give_the_same_deliverables(name: str) -> None:
    assert rows(name) == rows(COUNTY[0])


@pytest.mark.parametrize("name", COUNTY[1:])
def test_the_three_formats_give_the_same_particulars(name: str) -> None:
    first, other = read(COUNTY[0]), read(name)
    for one, two in zip(first.plan.deliverables, other.plan.deliverables, strict=True):
        assert squeezed(one.detail) == squeezed(two.detail), one.number
        assert list(map(squeezed, one.partners)) == list(map(squeezed, two.partners)), one.number
    notes = [[squeezed(status.note) for status in draft.statuses] for draft in (first, other)]
    assert notes[0] == notes[1]


@pytest.mark.parametrize("name", COUNTY)
def test_every_deliverable_knows_its_place_in_the_file(name: str) -> None:
    found = to_contract(read(name))
    assert all(row["line"] is None for row in found["deliverables"])
    places = [row["where"] for row in found["deliverables"]]
    if name.endswith("xlsx"):
        assert [place["row"] for place in places] == [str(row) for row in range(5, 93)]
        assert {place["sheet"] for place in places} == {"Action plan"}
    elif name.endswith("pdf"):
        assert all(int(place["page"]) >= 1 for place in places)
        assert max(row.sureness for row in read(name).sources.values()) < 1
    else:
        assert {place["table"] for place in places} == {"1"}


def test_every_row_of_the_risk_register_is_a_risk() -> None:
    draft = read(REGISTER)
    risks = draft.plan.risks
    assert len(risks) == RISKS
    assert [int(risk.number) for risk in risks] == sorted({int(risk.number) for risk in risks})
    assert all(risk.text and risk.category and risk.leads and risk.scale == "1-10" for risk in risks)
    assert all(
        risk.current and None not in (risk.current.likelihood, risk.current.impact, risk.current.score)
        for risk in risks
    )
    assert all(risk.inherent is None and risk.target is None for risk in risks)
    assert sum(bool(risk.mitigation) for risk in risks) == 44
    assert sum(bool(risk.effect) for risk in risks) == 40, "five rows have a dash or nothing"


def test_a_row_of_the_register_holds_what_is_printed() -> None:
    risk = next(risk for risk in read(REGISTER).plan.risks if risk.number == "27")
    assert risk.title == risk.text == "Programme delays; due to flood levels impacting construction"
    assert risk.effect == "Works stop, cost and programme implications"
    assert risk.current is not None
    assert (risk.current.likelihood, risk.current.score) == (Decimal(10), Decimal(24))
    assert risk.leads == (Lead(role="Project Manager"), Lead(role="Environment Lead"))
    assert [note.text for note in read(REGISTER).notes if "Project Stage" in note.text]
