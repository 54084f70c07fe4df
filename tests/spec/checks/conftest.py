"""What the tables of the checks share: a document in words → the findings of one rule, through the public engine."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from trigpoint.checks import Finding, check, find_rule, of_draft
from trigpoint.documents import interpret, parse_text

Findings = Callable[[str, str], tuple[Finding, ...]]


@pytest.fixture
def findings() -> Findings:
    """``findings(rule, document)``: what the rule says of a text document."""

    def run(rule: str, document: str) -> tuple[Finding, ...]:
        draft = interpret(parse_text(document.encode(), "plan.txt"))
        return check(of_draft(draft), rules=[find_rule(rule)])

    return run
