"""What the checks said, as SARIF and as JSON."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from trigpoint.checks import Checked, Finding, Severity, Waived, all_rules
from trigpoint.checks.contract import to_contract
from trigpoint.checks.sarif import to_sarif
from trigpoint.plans.document import Format
from trigpoint.plans.model import Objective, Plan
from trigpoint.plans.workspace import Waiver

PLAN = Plan("Plan", "A place", ("2026/27",), objectives=(Objective("o1", "", "1", "Better care"),))
FINDINGS = (
    Finding("DUPLICATE_YEAR", Severity.ERROR, "2026/27 is named twice.", 3, "2026/27 and 2026/27"),
    Finding("MISSING_OWNER", Severity.WARNING, "No lead.", None, "", {"objective": "o1", "file": "objectives.csv"}),
    Finding("NO_PROGRESSION", Severity.INFO, "The same words.", 5, "Maintain", {"file": "milestones.csv"}),
)
IN_WORD = Finding(
    "SPELLING", Severity.INFO, "Misspelt.", 40, "Dudly", {"page": "2", "table": "1", "row": "7", "item": "m1"}
)
WAIVED = Waived(IN_WORD, Waiver("SPELLING", "", "Dudly", "A street name", "Editor", date(2026, 4, 1)))


def log_of(*findings: Finding, waived: tuple[Waived, ...] = (), format_: Format | None = None, source: str = "a plan"):
    checked = Checked("a plan", PLAN, findings, waived, format_)
    log: dict[str, Any] = json.loads(json.dumps(to_sarif(checked, all_rules(), source, "1.0")))
    return log


def test_sarif_has_what_the_standard_asks_for() -> None:
    log = log_of(*FINDINGS)
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


def test_a_rule_s_help_has_its_examples() -> None:
    rules = {each["id"]: each for each in log_of()["runs"][0]["tool"]["driver"]["rules"]}
    assert "Examples:\n- “" in rules["DUPLICATE_YEAR"]["help"]["text"]


def test_places_in_texts_and_workspaces_are_lines() -> None:
    results = log_of(*FINDINGS, source="plans/a plan")["runs"][0]["results"]
    places = [result["locations"][0]["physicalLocation"] for result in results]
    assert places[0]["artifactLocation"]["uri"] == "plans/a%20plan"
    assert places[0]["region"] == {"startLine": 3, "snippet": {"text": "2026/27 and 2026/27"}}
    assert "region" not in places[1]
    assert results[1]["locations"][0]["logicalLocations"] == [{"name": "o1", "kind": "item"}]
    assert places[2]["artifactLocation"]["uri"] == "plans/a%20plan/milestones.csv"
    assert [result["level"] for result in results] == ["error", "warning", "note"]


def test_places_in_word_are_told_in_words_and_have_no_line() -> None:
    (result,) = log_of(IN_WORD, format_=Format.WORD)["runs"][0]["results"]
    place = "page 2, table 1, row 7"
    assert "region" not in result["locations"][0]["physicalLocation"]
    assert {"fullyQualifiedName": place, "kind": "place"} in result["locations"][0]["logicalLocations"]
    assert result["message"]["text"] == f"{place}: Misspelt."


def test_fingerprints_stay_when_lines_move_and_tell_findings_apart() -> None:
    def marks(*findings: Finding) -> list[str]:
        return [each["partialFingerprints"]["ruleAndWords/v2"] for each in log_of(*findings)["runs"][0]["results"]]

    first = Finding("SPELLING", Severity.INFO, "Misspelt.", 3, "Dudly")
    moved = Finding("SPELLING", Severity.INFO, "Misspelt.", 9, "Dudly")
    other = Finding("SPELLING", Severity.INFO, "Misspelt.", 3, "Dudley")
    assert marks(first) == marks(moved)
    assert len({*marks(first, moved, other)}) == 3
    assert marks(first, moved)[0] == marks(first)[0]


def test_a_waived_finding_is_suppressed_with_its_reason() -> None:
    first, waived = log_of(FINDINGS[0], waived=(WAIVED,))["runs"][0]["results"]
    assert "suppressions" not in first
    (suppression,) = waived["suppressions"]
    assert (suppression["kind"], suppression["status"]) == ("external", "accepted")
    assert "A street name (Editor, 2026-04-01)" in suppression["justification"]


def test_the_json_contract_has_exactly_its_keys() -> None:
    shown = to_contract(Checked("a plan", PLAN, FINDINGS, (WAIVED,)))
    assert list(shown) == ["findings", "summary", "waived"]
    for row in shown["findings"]:
        assert list(row) == ["rule", "severity", "line", "fragment", "message", "where"]
    assert list(shown["summary"]) == ["verdict", "counts", "objections", "beyond"]
    assert shown["summary"]["counts"] == {"error": 1, "warning": 1, "info": 1, "waived": 1}
    assert shown["waived"][0]["waiver"] == {
        "reason": "A street name",
        "by": "Editor",
        "on": "2026-04-01",
        "until": "2027-04-02",
    }


@pytest.mark.parametrize(
    ("format_", "line"),
    [(None, 40), (Format.TEXT, 40), (Format.MARKDOWN, 40), (Format.CSV, 40), (Format.HTML, None), (Format.WORD, None),
     (Format.EXCEL, None), (Format.OPEN_DOCUMENT, None), (Format.PDF, None)],
)  # fmt: skip
def test_json_gives_the_line_only_where_authors_find_their_place_by_it(
    format_: Format | None, line: int | None
) -> None:
    shown = to_contract(Checked("a plan", PLAN, (IN_WORD,), format=format_))
    assert shown["findings"][0]["line"] == line
    assert shown["findings"][0]["where"]["row"] == "7"


def test_the_whole_is_counted_whatever_is_printed() -> None:
    shown = to_contract(Checked("a plan", PLAN, FINDINGS), FINDINGS[:1])
    assert len(shown["findings"]) == 1
    assert shown["summary"]["counts"]["warning"] == 1
    assert len(shown["summary"]["objections"]) == 2
