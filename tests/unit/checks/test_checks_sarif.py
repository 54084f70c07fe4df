"""Findings as SARIF and as JSON."""

from __future__ import annotations

import json

from trigpoint.checks import Finding, Severity, all_rules
from trigpoint.checks.contract import to_contract
from trigpoint.checks.sarif import to_sarif

FINDINGS = (
    Finding("DUPLICATE_YEAR", Severity.ERROR, "2026/27 is named twice.", 3, "2026/27 and 2026/27"),
    Finding("MISSING_OWNER", Severity.WARNING, "No lead.", None, "", {"objective": "o1", "file": "objectives.csv"}),
    Finding("NO_PROGRESSION", Severity.INFO, "The same words.", 5, "Maintain", {"file": "milestones.csv"}),
)


def test_sarif_has_what_the_standard_asks_for() -> None:
    log = json.loads(json.dumps(to_sarif(FINDINGS, all_rules(), "a plan.txt", "1.0")))
    assert log["version"] == "2.1.0"
    driver = log["runs"][0]["tool"]["driver"]
    assert driver["name"] == "trigpoint"
    for each in driver["rules"]:
        assert each["shortDescription"]["text"]
        assert each["help"]["text"]
        assert each["defaultConfiguration"]["level"] in {"error", "warning", "note"}
    for result, finding in zip(log["runs"][0]["results"], FINDINGS, strict=True):
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == finding.rule
        assert result["message"]["text"] == finding.message
        assert len(result["locations"]) == 1


def test_sarif_places() -> None:
    results = to_sarif(FINDINGS, all_rules(), "plans/a plan", "1.0")["runs"][0]["results"]
    places = [result["locations"][0]["physicalLocation"] for result in results]
    assert places[0]["artifactLocation"]["uri"] == "plans/a%20plan"
    assert places[0]["region"] == {"startLine": 3, "snippet": {"text": "2026/27 and 2026/27"}}
    assert "region" not in places[1]
    assert places[2]["artifactLocation"]["uri"] == "plans/a%20plan/milestones.csv"
    assert [result["level"] for result in results] == ["error", "warning", "note"]


def test_the_json_contract_has_exactly_its_keys() -> None:
    shown = to_contract(FINDINGS)
    assert list(shown) == ["findings"]
    for row in shown["findings"]:
        assert list(row) == ["rule", "severity", "line", "fragment", "message", "where"]
