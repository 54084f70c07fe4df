"""Findings as SARIF 2.1.0 (OASIS), which code-review tools show beside the lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from trigpoint.checks.finding import Finding, Severity
from trigpoint.checks.rule import Rule

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def to_sarif(findings: Iterable[Finding], rules: tuple[Rule, ...], source: str, version: str) -> dict[str, Any]:
    """One SARIF run: every rule with its manual page, every finding with its region.

    ``source`` is the checked file, or the workspace folder that findings' files are relative to.
    """
    index = {rule.id: number for number, rule in enumerate(rules)}
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {"name": "trigpoint", "version": version, "rules": [_descriptor(rule) for rule in rules]}
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(finding, index, source) for finding in findings],
            }
        ],
    }


def _descriptor(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": "".join(word.title() for word in rule.id.split("_")),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.manual},
        "help": {"text": rule.manual, "markdown": rule.manual},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"family": rule.family},
    }


def _result(finding: Finding, index: dict[str, int], source: str) -> dict[str, Any]:
    file = finding.where.get("file", "")
    address = f"{source.rstrip('/')}/{file.rpartition('/')[2]}" if file else source
    place: dict[str, Any] = {
        "artifactLocation": {"uri": quote(address.replace("\\", "/").encode("utf-8", "surrogateescape"), safe="/.-_~")}
    }
    if finding.line is not None:
        place["region"] = {"startLine": finding.line}
        if finding.fragment:
            place["region"]["snippet"] = {"text": finding.fragment}
    return {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"ruleAndWords/v1": f"{finding.rule}:{finding.fragment[:80]}"},
    }
