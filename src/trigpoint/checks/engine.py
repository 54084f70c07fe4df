"""Run every rule over a subject and put the findings in order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from trigpoint.checks.finding import Finding
from trigpoint.checks.rule import Needs, Rule, all_rules
from trigpoint.checks.subject import Subject
from trigpoint.checks.waiver import Decisions, apply_settings, apply_waivers
from trigpoint.plans.setting import Setting

NO_DECISIONS = Decisions()
FRAGMENT_LIMIT = 160


def check(
    subject: Subject,
    *,
    decisions: Decisions = NO_DECISIONS,
    today: date | None = None,
    rules: Iterable[Rule] | None = None,
) -> tuple[Finding, ...]:
    """All findings of all rules on a subject, by line, rule and fragment.

    ``decisions`` are the plan's own settings and waivers; ``today`` ends waivers that have an end, and is the only
    way a date enters (no rule reads the clock). ``rules`` narrows the run; they are taken one at a time, so that a
    caller can show progress.

    >>> from trigpoint.checks.subject import of_plan
    >>> from trigpoint.plans.model import Plan
    >>> check(of_plan(Plan("Plan 2026/27", "A place", ("2026/27",))), rules=())
    ()
    """
    found: list[Finding] = []
    for each in all_rules() if rules is None else rules:
        if decisions.settings.get(each.id) is not Setting.OFF:
            found.extend(run(each, subject))
    settled = apply_settings(tuple(found), decisions.settings)
    return tuple(sorted(apply_waivers(settled, decisions.waivers, today), key=_order))


def run(rule: Rule, subject: Subject) -> tuple[Finding, ...]:
    """The findings of one rule, each once."""
    if rule.needs is Needs.DOCUMENT and subject.document is None:
        return ()
    seen: set[tuple[int | None, str, str]] = set()
    findings = []
    for objection in rule.check(subject):
        fragment = _cut(" ".join(objection.fragment.split()))
        key = (objection.line, fragment, objection.where.get("item", objection.where.get("file", "")))
        if key not in seen:
            seen.add(key)
            severity = objection.severity or rule.severity
            findings.append(
                Finding(rule.id, severity, objection.message, objection.line, fragment, dict(objection.where))
            )
    return tuple(findings)


def _cut(fragment: str) -> str:
    if len(fragment) <= FRAGMENT_LIMIT:
        return fragment
    return fragment[:FRAGMENT_LIMIT].rpartition(" ")[0] or fragment[:FRAGMENT_LIMIT]


def _order(finding: Finding) -> tuple[str, int, str, str, str]:
    return (
        finding.where.get("file", ""),
        finding.line or 0,
        finding.rule,
        finding.fragment,
        finding.where.get("item", ""),
    )
