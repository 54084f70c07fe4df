"""What the columns of a risk register hold, and how a printed score is read: nothing is computed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from trigpoint.documents import interpret, parse_text
from trigpoint.documents.risk_columns import (
    RiskColumn,
    RiskField,
    ScoreGroup,
    is_register,
    risk_columns,
    risk_field,
    score_group,
)
from trigpoint.documents.risk_scores import risk_score, said_scale
from trigpoint.plans.model import Risk, RiskScore

FIELDS = {
    RiskField.NUMBER: (
        "Risk ID", "Ref", "Risk ref", "Risk no", "BAF ref", "ID", "Risk number", "Datix ID", "No.",
    ),
    RiskField.TEXT: (
        "Risk description", "Risk", "Principal risk", "Description of risk", "Strategic risk", "Description",
        "Risk event", "Key risk", "What could go wrong?", "Risk statement", "Threat",
    ),
    RiskField.TITLE: (
        "Risk title", "Title", "Risk name",
    ),
    RiskField.CAUSE: (
        "Cause", "Causes", "Cause of risk", "Risk cause", "Source of risk", "Trigger", "Root cause",
    ),
    RiskField.EFFECT: (
        "Effect", "Consequence", "Consequences", "Impact", "Potential impact", "Effects / impact",
        "Impact description", "Consequence of risk",
    ),
    RiskField.CATEGORY: (
        "Risk category", "Category", "Risk type", "Directorate", "Domain",
    ),
    RiskField.LIKELIHOOD: (
        "Likelihood", "Probability", "L", "Likelihood (1-5)", "Inherent likelihood", "Residual likelihood",
        "Current likelihood", "Likelihood score", "P",
    ),
    RiskField.IMPACT: (
        "Severity", "Impact (1-10)", "Impact score", "Inherent impact", "Consequence score", "Current consequence",
        "Impact (1-5)", "I", "C", "Residual impact", "Severity (1-5)",
    ),
    RiskField.SCORE: (
        "Score", "Risk score", "Rating", "Risk rating", "Risk index", "Current score", "Residual risk score",
        "Inherent risk", "Inherent risk score", "Residual risk", "Target risk", "Target score", "Current risk rating",
        "Risk level", "RAG", "Gross score", "Net score", "LxI", "L x C", "Initial risk score", "Initial rating",
        "Gross risk", "Net risk", "Target rating", "Current risk", "Risk appetite", "Overall score",
    ),
    RiskField.CONTROLS: (
        "Controls", "Key controls", "Existing controls", "Controls in place", "Current controls",
        "Mitigations in place", "Control measures",
    ),
    RiskField.GAPS: (
        "Gaps in control", "Gaps in controls", "Gaps in assurance", "Gaps", "Gaps in control/assurance",
    ),
    RiskField.ASSURANCES: (
        "Assurances", "Assurance", "Sources of assurance", "1st line", "Second line assurance", "3rd line",
        "Positive assurance", "Assurance on controls", "External assurance",
    ),
    RiskField.MITIGATION: (
        "Mitigation", "Mitigating actions", "Mitigations", "Mitigation plan", "Risk response", "Treatment",
    ),
    RiskField.ACTIONS: (
        "Actions", "Further actions", "Action required", "Actions to address gaps", "Planned actions", "Action plan",
        "Next steps", "Further action required",
    ),
    RiskField.OWNER: (
        "Owner", "Risk owner", "Executive lead", "Lead", "Risk lead", "Responsible director", "Lead director",
        "Action owner", "SRO", "Responsible officer", "Exec lead",
    ),
    RiskField.COMMITTEE: (
        "Committee", "Lead committee", "Assuring committee", "Oversight committee", "Responsible committee",
        "Monitoring committee",
    ),
    RiskField.OBJECTIVE: (
        "Strategic objective", "Objective", "Corporate objective", "Link to strategic objective", "Strategic aim",
        "Corporate priority",
    ),
    RiskField.STATUS: (
        "Status", "Trend", "Direction of travel", "Movement", "Risk status", "Change since last review",
    ),
    RiskField.DROPPED: (
        "Date added", "Date raised", "Review date", "Date of last review", "Last updated", "Next review",
        "Date identified", "Date opened", "Target date",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("heading", "field"), [(heading, field) for field, all_ in FIELDS.items() for heading in all_])
def test_heading_to_field(heading: str, field: RiskField) -> None:
    assert risk_field(heading) is field


GROUPS = [
    ("Inherent risk", ScoreGroup.INHERENT),
    ("Initial score", ScoreGroup.INHERENT),
    ("Gross rating", ScoreGroup.INHERENT),
    ("Unmitigated score", ScoreGroup.INHERENT),
    ("Residual score", ScoreGroup.CURRENT),
    ("Net", ScoreGroup.CURRENT),
    ("Mitigated score", ScoreGroup.CURRENT),
    ("Score", ScoreGroup.CURRENT),
    ("Target score", ScoreGroup.TARGET),
    ("Risk appetite", ScoreGroup.TARGET),
    ("Previous score", ScoreGroup.EARLIER),
]


@pytest.mark.parametrize(("heading", "group"), GROUPS, ids=[row[0] for row in GROUPS])
def test_which_score_a_heading_is_about(heading: str, group: ScoreGroup) -> None:
    assert score_group(heading) is group


def test_residual_beside_current_is_what_is_aimed_at() -> None:
    columns = risk_columns([("Inherent score",), ("Current score",), ("Residual score",)])
    assert [column.group for column in columns] == [ScoreGroup.INHERENT, ScoreGroup.CURRENT, ScoreGroup.TARGET]


SCORES = [
    ("16", "Score", RiskScore(score=Decimal(16)), "a number"),
    ("3.33", "Score", RiskScore(score=Decimal("3.33")), "decimals as they are printed"),
    ("20 High", "Score", RiskScore(score=Decimal(20), words="20 High"), "a number with its word"),
    ("Amber", "Rating", RiskScore(words="Amber"), "a word is no number"),
    ("4x5=20", "Score", RiskScore(score=Decimal(20), words="4x5=20"), "which factor is which is not said"),
    ("4x5=20", "Score (L x I)", RiskScore(Decimal(4), Decimal(5), Decimal(20), "4x5=20"), "here it is"),
    ("4x5=20", "Score (C x L)", RiskScore(Decimal(5), Decimal(4), Decimal(20), "4x5=20"), "and here the other way"),
    ("20 (4 x 5)", "Score", RiskScore(score=Decimal(20), words="20 (4 x 5)"), "the total outside the brackets"),
    ("4 x 5", "Score", RiskScore(words="4 x 5"), "no total is printed, and none is computed"),
    ("-", "Score", None, "a dash is nothing"),
    ("TBC", "Score", None, "nor is what is to come"),
]


@pytest.mark.parametrize(("text", "heading", "score", "why"), SCORES, ids=[f"{row[1]}: {row[0]}" for row in SCORES])
def test_a_printed_score(text: str, heading: str, score: RiskScore | None, why: str) -> None:
    assert risk_score([(RiskColumn(RiskField.SCORE, heading), text)]) == score, why


def test_words_of_likelihood_and_impact_stay_words() -> None:
    cells = [
        (RiskColumn(RiskField.LIKELIHOOD, "Likelihood"), "4 - Likely"),
        (RiskColumn(RiskField.IMPACT, "Impact"), "Major"),
    ]
    assert risk_score(cells) == RiskScore(Decimal(4), None, None, "4 - Likely × Major")


SCALES = [
    ("Likelihood (1-10)", "1-10"),
    ("Impact 1 to 5", "1-5"),
    ("a 5 x 5 matrix", "1-5"),
    ("4x4", "1-4"),
    ("Impact", ""),
]


@pytest.mark.parametrize(("text", "scale"), SCALES)
def test_the_scale_that_words_announce(text: str, scale: str) -> None:
    assert said_scale(text) == scale


TABLES = [
    ("Risk|Likelihood|Impact|Mitigation", True, "scores"),
    ("Ref|Risk description|Owner|Mitigation", True, "a mitigation and an owner"),
    ("Principal risk|Controls|Assurances|Gaps", True, "an assurance framework"),
    ("Objective|Action|Lead|Due date", False, "a plan"),
    ("Likelihood|Impact|Score", False, "no risk in words"),
    ("Name|Description|Owner", False, "nothing of a risk"),
]


@pytest.mark.parametrize(("line", "register", "why"), TABLES, ids=[row[2] for row in TABLES])
def test_what_is_a_register(line: str, register: bool, why: str) -> None:
    assert is_register(risk_columns([(word,) for word in line.split("|")])) is register


def risks(*lines: str) -> tuple[Risk, ...]:
    text = "Fell Trust plan 2026/27\n\n" + "\n".join(lines)
    return interpret(parse_text(text.replace("|", "\t").encode(), "plan.txt")).plan.risks


def test_a_plan_that_names_its_risks_is_a_plan_with_risks() -> None:
    found = risks(
        "Objective|Action|Lead|Due date|Key risks|Mitigation",
        "Shorter waits|Open a clinic|Chief Nurse|June 2026|Too few nurses|Bank staff",
        "Safer wards|Buy beds|Chief Nurse|July 2026|None identified|",
    )
    assert [(risk.text, risk.mitigation, risk.objective) for risk in found] == [
        ("Too few nurses", "Bank staff", "Shorter waits")
    ]


def test_a_risk_goes_on_in_the_rows_below_it() -> None:
    (risk,) = risks(
        "Ref|Risk|Likelihood|Impact|Controls|Actions",
        "1|Too few nurses|4|4|Bank staff|Recruit abroad",
        "|||||Train at home",
    )
    assert risk.actions == "Recruit abroad\nTrain at home"


def test_of_scores_for_several_periods_the_last_one_holds() -> None:
    (risk,) = risks("Ref|Risk|Q1 score|Q2 score|Q3 score|Owner", "1|Too few nurses|20|16||Chief Nurse")
    assert risk.current == RiskScore(score=Decimal(16))


def test_the_same_risk_in_two_tables_is_read_once() -> None:
    row = "1|Too few nurses|4|4|16"
    assert len(risks("Ref|Risk|Likelihood|Impact|Score", row, "", "Ref|Risk|Likelihood|Impact|Score", row)) == 1
