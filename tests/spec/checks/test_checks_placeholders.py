"""Rules on what stands in the place of content."""

# ruff: noqa: E501 - a row of a table is one line

from __future__ import annotations

import pytest

HEAD = "Plan 2026/27 – 2027/28\n\nPriorities\tKey deliverables\tBaseline position\t2026/27 actions\t2027/28 actions\tSuccess measure\n"

ACTIONS = [
    # rule, the 2026/27 action, fires, why
    ("PLACEHOLDER_TEXT", "To be determined", True, "nothing is said"),
    ("PLACEHOLDER_TEXT", "TBC", True, "to be confirmed"),
    ("PLACEHOLDER_TEXT", "Redesign services in line with the national XXXXXX", True, "never replaced"),
    ("PLACEHOLDER_TEXT", "To be developed", True, "the whole cell"),
    ("PLACEHOLDER_TEXT", "Schemes that cut needless steps – to be determined", True, "after a dash"),
    ("PLACEHOLDER_TEXT", "Plan to be implemented by April 2027", False, "an action in the passive"),
    ("PLACEHOLDER_TEXT", "Contract arrangements to be established", False, "says what is established"),
    ("PLACEHOLDER_TEXT", "Group defined and established (end 26/27)", False, "a date, not a gap"),
    ("DRAFTING_NOTE", "E.g. set up a pilot in one practice", True, "an example for the action"),
    ("DRAFTING_NOTE", "Support the reference group of the programme?", True, "not decided"),
    ("DRAFTING_NOTE", "Potential headline statements", True, "a working title"),
    ("DRAFTING_NOTE", "Ask patients: was care good?", True, "a question cannot be told from doubt"),
    ("DRAFTING_NOTE", "Review services, e.g. physiotherapy", False, "an example inside a sentence"),
    ("NON_ACTION", "No plans to introduce a measure", True, "says there is none"),
    ("NON_ACTION", "Choices are rarely recorded in patient notes", True, "a fact"),
    ("NON_ACTION", "Across the county no unified method for follow up", True, "what is missing"),
    ("NON_ACTION", "No patient waits more than four hours", False, "a result"),
    ("NON_ACTION", "Record choices in patient notes", False, "an action"),
    ("STATUS_IN_ACTION", "In progress", True, "a status"),
    ("STATUS_IN_ACTION", "Progress the business case", False, "an action"),
    ("VAGUE_ACTION", "Implementation of approved projects", True, "which projects?"),
    ("VAGUE_ACTION", "Implement the referral policy in all practices", False, "names what is done"),
    ("BACK_REFERENCE", "As above", True, "no content of its own"),
    ("BACK_REFERENCE", "ditto", True, "no content of its own"),
    ("BACK_REFERENCE", "• See above", True, "a bullet does not help"),
    ("BACK_REFERENCE", "Meet the standards set out above", False, "part of a sentence"),
    ("CONDITIONAL_DELIVERABLE", "Open the clinic, subject to funding", True, "who decides, and when?"),
    ("CONDITIONAL_DELIVERABLE", "Records are subject to audit", False, "no condition"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "action", "fires", "why"), ACTIONS)
def test_rule_on_an_action(findings, rule: str, action: str, fires: bool, why: str) -> None:
    document = f"{HEAD}Better care\tA new clinic\t62%\t{action}\tOpen the clinic\t95% seen in 4 weeks\n"
    found = findings(rule, document)
    assert bool(found) is fires, why
    assert all(finding.line == 4 for finding in found)


def test_an_announced_baseline_is_an_info(findings) -> None:
    row = "Better care\tA new clinic\tBaseline to be established.\tOpen the clinic\tGrow it\t95% seen\n"
    assert [finding.severity.value for finding in findings("PLACEHOLDER_TEXT", HEAD + row)] == ["info"]


def test_a_back_reference_is_named_once_a_row(findings) -> None:
    row = "Better care\tA new clinic\tAs above\tOpen the clinic\tGrow it\tAs above\n"
    assert len(findings("BACK_REFERENCE", HEAD + row)) == 1
