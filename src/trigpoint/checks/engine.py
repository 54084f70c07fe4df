"""Run every rule over a subject and put the findings in order."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from trigpoint.checks.checked import Checked
from trigpoint.checks.finding import Finding
from trigpoint.checks.rule import Needs, Rule, all_rules, find_rule
from trigpoint.checks.subject import Subject
from trigpoint.checks.waiver import UNUSED_WAIVER, Decisions, apply_settings, apply_waivers, of_the_checks
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
    """All findings of all rules on a subject, by line, rule and fragment: those of ``examine``.

    >>> from trigpoint.checks.subject import of_plan
    >>> from trigpoint.plans.model import Plan
    >>> check(of_plan(Plan("Plan 2026/27", "A place", ("2026/27",))), rules=())
    ()
    """
    return examine(subject, decisions=decisions, today=today, rules=rules).findings


def examine(
    subject: Subject,
    *,
    decisions: Decisions = NO_DECISIONS,
    today: date | None = None,
    rules: Iterable[Rule] | None = None,
    only: Collection[str] = (),
) -> Checked:
    """Everything that the checks say of a subject: findings in order of line, what is waived, and what it comes to.

    ``decisions`` are the plan's own settings and waivers; ``today`` ends waivers that have an end, and is the only
    way a date enters (no rule reads the clock). ``rules`` are those to run; they are taken one at a time, so that a
    caller can show progress. ``only`` are the ids of those whose findings are wanted, all where it is empty.

    >>> from trigpoint.checks.subject import of_plan
    >>> from trigpoint.plans.model import Plan
    >>> examine(of_plan(Plan("Plan 2026/27", "A place", ("2026/27",))), rules=()).counts.total()
    0
    """
    found: list[Finding] = []
    for each in needed_rules(only) if rules is None else rules:
        if decisions.settings.get(each.id) is not Setting.OFF:
            found.extend(run(each, subject))
    settled = apply_settings(tuple(found), decisions.settings)
    kept, waived = apply_waivers(settled, of_the_checks(decisions), today)
    told = apply_settings(kept, decisions.settings)  # what is said of waivers has its setting too
    document = subject.document
    return Checked(
        document.name if document else subject.plan.title,
        subject.plan,
        tuple(sorted((each for each in told if not only or each.rule in only), key=_order)),
        tuple(each for each in waived if not only or each.finding.rule in only),
        document.format if document else None,
        tuple(only),
    )


def needed_rules(only: Collection[str] = ()) -> tuple[Rule, ...]:
    """The rules to run where the findings of some are wanted; all, to tell which waivers are unused.

    >>> [rule.id for rule in needed_rules(["duplicate-year"])]
    ['DUPLICATE_YEAR']
    """
    wanted = {find_rule(each).id for each in only}
    if not wanted or UNUSED_WAIVER in wanted:
        return all_rules()
    return tuple(rule for rule in all_rules() if rule.id in wanted)


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
            place = subject.landmarks.place(objection.line, fragment) if subject.landmarks else {}
            where = {**objection.where, **place}
            findings.append(Finding(rule.id, severity, objection.message, objection.line, fragment, where))
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
