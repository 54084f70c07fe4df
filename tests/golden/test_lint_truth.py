"""The checks against hand-checked defects and traps of two real plans."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from trigpoint.checks import Finding, check, of_draft
from trigpoint.documents import interpret, read_document

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
PLANS = {"dudley": "dudley-2017-19.txt", "worcestershire": "worcestershire-2016-17.txt"}
RECALL = {1: 0.97, 2: 0.75, 3: 0.3}

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not (SHARED / "truth").is_dir(), reason="no shared reference folder beside the checkout"),
]


@pytest.fixture(scope="module", params=sorted(PLANS))
def case(request: pytest.FixtureRequest) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    truth = json.loads((SHARED / "truth" / f"lint-{request.param}.json").read_text("utf-8"))
    draft = interpret(read_document(SHARED / "plans" / PLANS[request.param]))
    return truth, check(of_draft(draft))


def overlaps(first: str, second: str) -> bool:
    """Two words in common, or all there are."""
    one, two = (set(re.findall(r"[a-z0-9£%&]+", text.lower())) for text in (first, second))
    return not one or not two or len(one & two) >= min(2, len(one), len(two))


def is_found(defect: dict[str, Any], findings: tuple[Finding, ...]) -> bool:
    lines = {defect["line"], *defect.get("also_lines", ()), *defect.get("also_acceptable_lines", ())}
    rules = {defect["rule"], *defect.get("also_rules", ())}
    return any(
        finding.rule in rules and finding.line in lines and overlaps(finding.fragment, defect["quoted_fragment"])
        for finding in findings
    )


@pytest.mark.parametrize("tier", sorted(RECALL))
def test_recall(case: tuple[dict[str, Any], tuple[Finding, ...]], tier: int) -> None:
    truth, findings = case
    defects = [defect for defect in truth["defects"] if defect["tier"] == tier]
    missed = [defect["id"] for defect in defects if not is_found(defect, findings)]
    assert 1 - len(missed) / len(defects) >= RECALL[tier], missed


def test_every_sure_error_is_found(case: tuple[dict[str, Any], tuple[Finding, ...]]) -> None:
    truth, findings = case
    errors = [defect for defect in truth["defects"] if defect["tier"] == 1 and defect["severity"] == "error"]
    assert errors
    assert [defect["id"] for defect in errors if not is_found(defect, findings)] == []


def test_no_trap_is_sprung(case: tuple[dict[str, Any], tuple[Finding, ...]]) -> None:
    truth, findings = case
    loud = [finding for finding in findings if finding.severity.value != "info"]
    sprung = [
        trap["id"]
        for trap in truth["traps"]
        for finding in loud
        if finding.rule == trap["rule_that_must_not_fire"]
        and finding.line == trap["line"]
        and overlaps(finding.fragment, trap["quoted_fragment"])
    ]
    assert sprung == []


def test_fragments_are_words_of_the_document(case: tuple[dict[str, Any], tuple[Finding, ...]]) -> None:
    _, findings = case
    assert all(finding.line is not None and finding.message.endswith((".", "?")) for finding in findings)
