"""Findings as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from trigpoint.checks.finding import Finding


def to_contract(findings: Iterable[Finding]) -> dict[str, Any]:
    """The JSON contract of ``trigpoint check --json``.

    >>> from trigpoint.checks.finding import Severity
    >>> to_contract([Finding("UNIT_MISSING", Severity.WARNING, "12.8 of what?", 3, "by 12.8")])["findings"][0]["line"]
    3
    """
    return {
        "findings": [
            {
                "rule": finding.rule,
                "severity": finding.severity.value,
                "line": finding.line,
                "fragment": finding.fragment,
                "message": finding.message,
                "where": dict(finding.where),
            }
            for finding in findings
        ]
    }
