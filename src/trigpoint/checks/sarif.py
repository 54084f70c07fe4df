"""Findings as SARIF 2.1.0 (OASIS), which code-review tools show beside the lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from trigpoint.checks.checked import Checked
from trigpoint.checks.example import Example, examples
from trigpoint.checks.finding import Finding, Severity
from trigpoint.checks.place import place_words
from trigpoint.checks.rule import Rule
from trigpoint.plans.workspace import Waiver

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
MOST_EXAMPLES = 6


def to_sarif(
    checked: Checked, rules: tuple[Rule, ...], source: str, version: str, findings: Iterable[Finding] | None = None
) -> dict[str, Any]:
    """One SARIF run: every rule with its manual page, every finding with its place, waived ones as suppressed.

    ``source`` is the checked file, or the workspace folder that findings' files are relative to; ``findings`` those
    to print, all where they are left out. In a document that authors do not find their way in by lines (Word, Excel,
    PDF, HTML) a finding has no region: its place is a logical location, and opens the message.
    """
    results = _Results({rule.id: number for number, rule in enumerate(rules)}, source, checked.lined)
    found = checked.findings if findings is None else tuple(findings)
    told = [(finding, None) for finding in found] + [(each.finding, each.waiver) for each in checked.waived]
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {"name": "trigpoint", "version": version, "rules": [_descriptor(rule) for rule in rules]}
                },
                "columnKind": "unicodeCodePoints",
                "results": [results.result(finding, waiver) for finding, waiver in told],
                "properties": {"verdict": checked.summary.verdict},
            }
        ],
    }


def _descriptor(rule: Rule) -> dict[str, Any]:
    shown = examples(rule.id)[:MOST_EXAMPLES]
    text = "\n".join([rule.manual, *(["", "Examples:"] if shown else []), *map(_example, shown)])
    return {
        "id": rule.id,
        "name": "".join(word.title() for word in rule.id.split("_")),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.manual},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"family": rule.family},
    }


def _example(example: Example) -> str:
    return f"- “{' '.join(example.text.split())}”: {example.verdict}. {example.why}"


@dataclass(frozen=True, slots=True)
class _Results:
    """What every result of a run needs: the rules' numbers, the source, and the fingerprints given so far."""

    index: Mapping[str, int]
    source: str
    lined: bool
    seen: Counter[str] = field(default_factory=Counter)

    def result(self, finding: Finding, waiver: Waiver | None) -> dict[str, Any]:
        place = "" if self.lined else place_words(finding.where)
        result: dict[str, Any] = {
            "ruleId": finding.rule,
            "ruleIndex": self.index[finding.rule],
            "level": LEVELS[finding.severity],
            "message": {"text": f"{place}: {finding.message}" if place else finding.message},
            "locations": [{"physicalLocation": self._physical(finding), **_logical(finding, place)}],
            "partialFingerprints": {"ruleAndWords/v2": self._fingerprint(finding)},
        }
        if waiver is not None:
            told = f"{waiver.reason} ({waiver.by}, {waiver.on.isoformat()})"
            result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": told}]
        return result

    def _physical(self, finding: Finding) -> dict[str, Any]:
        file = finding.where.get("file", "")
        address = f"{self.source.rstrip('/')}/{file}" if file else self.source
        written = address.replace("\\", "/").encode("utf-8", "surrogateescape")
        place: dict[str, Any] = {"artifactLocation": {"uri": quote(written, safe="/.-_~")}}
        if self.lined and finding.line is not None:
            place["region"] = {"startLine": finding.line}
            if finding.fragment:
                place["region"]["snippet"] = {"text": finding.fragment}
        return place

    def _fingerprint(self, finding: Finding) -> str:
        """A mark that stays when lines move: of rule, file, item and words; of several alike the second has ":2"."""
        words = " ".join(finding.fragment.lower().split())
        told = "\x1f".join((finding.rule, finding.where.get("file", ""), _item(finding), words))
        mark = sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        self.seen[mark] += 1
        return f"{mark}:{self.seen[mark]}"


def _logical(finding: Finding, place: str) -> dict[str, Any]:
    """The item of the plan, and where lines do not tell it the place in words."""
    item = _item(finding)
    named = [{"name": item, "kind": "item"}] if item else []
    if place:
        named.append({"fullyQualifiedName": place, "kind": "place"})
    return {"logicalLocations": named} if named else {}


def _item(finding: Finding) -> str:
    return next((finding.where[key] for key in ("item", "deliverable", "objective") if key in finding.where), "")
