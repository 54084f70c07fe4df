"""What the checks said, as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from trigpoint.checks.checked import Checked
from trigpoint.checks.finding import Finding, Severity
from trigpoint.checks.summary import Summary
from trigpoint.checks.waiver import Waived, ends


def to_contract(checked: Checked, findings: Iterable[Finding] | None = None) -> dict[str, Any]:
    """The JSON contract of ``trigpoint check --json``.

    ``findings`` are those to print, all where they are left out; counts and summary are of all. In a document that
    authors do not find their way in by lines (Word, Excel, PDF, HTML) ``line`` is null and ``where`` says the place.

    >>> from trigpoint.plans.model import Plan
    >>> found = Finding("UNIT_MISSING", Severity.WARNING, "12.8 of what?", 3, "by 12.8")
    >>> to_contract(Checked("plan.txt", Plan("", "", ()), (found,)))["findings"][0]["line"]
    3
    """
    shown = checked.findings if findings is None else tuple(findings)
    return {
        "findings": [_finding(finding, checked.lined) for finding in shown],
        "summary": _summary(checked.summary, checked),
        "waived": [_waived(each, checked.lined) for each in checked.waived],
    }


def _finding(finding: Finding, lined: bool) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "line": finding.line if lined else None,
        "fragment": finding.fragment,
        "message": finding.message,
        "where": dict(finding.where),
    }


def _summary(summary: Summary, checked: Checked) -> dict[str, Any]:
    counts = {each.value: checked.counts[each] for each in Severity}
    return {
        "verdict": summary.verdict,
        "counts": {**counts, "waived": len(checked.waived)},
        "objections": [
            {
                "topic": concern.topic,
                "severity": concern.severity.value,
                "count": concern.count,
                "sentence": concern.sentence,
                "first": concern.first,
                "who": concern.who,
                "worst": [{**_finding(each, checked.lined), "place": each.place} for each in concern.worst],
            }
            for concern in summary.concerns
        ],
        "beyond": summary.beyond,
    }


def _waived(waived: Waived, lined: bool) -> dict[str, Any]:
    waiver = waived.waiver
    told = {"reason": waiver.reason, "by": waiver.by, "on": waiver.on.isoformat(), "until": ends(waiver).isoformat()}
    return {**_finding(waived.finding, lined), "waiver": told}
