"""What the checks said of a plan as a page tells it: by severity and rule, with what each rule asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from trigpoint.checks.checked import Checked
from trigpoint.checks.finding import Finding, Severity
from trigpoint.checks.rule import Rule, find_rule
from trigpoint.checks.summary import Summary
from trigpoint.checks.waiver import Waived
from trigpoint.periods import long_date
from trigpoint.wording import capital, count, listed, plural

NOUNS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "remark"}
MEANINGS = {
    Severity.ERROR: "Someone outside would object to each of these.",
    Severity.WARNING: "Each of these should be mended before the plan is submitted.",
    Severity.INFO: "Each of these may be mended; a reader will stumble over some.",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One finding; ``key`` names it within the page."""

    key: str
    place: str
    message: str
    fragment: str


@dataclass(frozen=True, slots=True)
class RulePart:
    """The findings of one rule at one severity, with what the rule objects to and what to do."""

    rule: str
    title: str
    remedy: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class SeverityPart:
    """All findings of one severity; ``name`` is its plural with a capital."""

    severity: Severity
    name: str
    total: int
    meaning: str
    parts: tuple[RulePart, ...]


@dataclass(frozen=True)
class FindingsReport:
    """The whole page. ``keys`` are the rows of the findings that are shown, by the finding's identity."""

    name: str
    title: str
    facts: str
    summary: Summary
    totals: str
    parts: tuple[SeverityPart, ...]
    waived: tuple[Waived, ...]
    shown_alone: str
    keys: Mapping[int, str]

    def key(self, finding: Finding) -> str:
        """The name of a finding's row within the page, "" where it is not shown."""
        return self.keys.get(id(finding), "")


def findings_report(
    checked: Checked, on: date, least: Severity = Severity.INFO, rules: Iterable[Rule] = ()
) -> FindingsReport:
    """The page on a plan that was checked ``on`` a day; ``least`` is the least severity whose findings are listed.

    ``rules`` describe those that are not of the checks. Counts and summary are always of all. The rules of a severity
    stand in the order in which they first object.

    >>> from trigpoint.plans.model import Plan
    >>> found = Finding("SPELLING", Severity.INFO, "Misspelt.", 3, "Dudly")
    >>> findings_report(Checked("plan.txt", Plan("", "", ()), (found,)), date(2026, 4, 1)).totals
    'No errors, no warnings, 1 remark.'
    """
    shown = checked.chosen(least)
    rows = {id(finding): f"finding-{number}" for number, finding in enumerate(shown, start=1)}
    groups = {each: [finding for finding in shown if finding.severity is each] for each in Severity}
    described = {rule.id: rule for rule in rules}
    shown_alone = ""
    if least is not Severity.INFO:
        left = [f"{NOUNS[each]}s" for each in Severity if not groups[each] and checked.counts[each]]
        shown_alone = f"Not listed here: {listed(left)}." if left else ""
    return FindingsReport(
        name=checked.name,
        title=f"What the checks say of {checked.name}",
        facts=_facts(checked, on),
        summary=checked.summary,
        totals=capital(totals(checked)) + ".",
        parts=tuple(_part(each, found, rows, described) for each, found in groups.items() if found),
        waived=checked.waived,
        shown_alone=shown_alone,
        keys=rows,
    )


def totals(checked: Checked) -> str:
    """The counts of all findings in words: "1 error, no warnings, 2 remarks; 3 waived"."""
    told = ", ".join(count(checked.counts[each], NOUNS[each]) for each in Severity)
    return f"{told}; {len(checked.waived):,} waived" if checked.waived else told


def _facts(checked: Checked, on: date) -> str:
    plan = checked.plan
    named = [plan.title] if plan.title and plan.title != checked.name else []
    read = [f"read as {checked.format.value}"] if checked.format else []
    return capital("; ".join([*named, *filter(None, [plan.organisation]), *read, f"checked on {long_date(on)}"])) + "."


def _part(
    severity: Severity, findings: Iterable[Finding], keys: Mapping[int, str], described: Mapping[str, Rule]
) -> SeverityPart:
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.rule, []).append(finding)
    total = sum(map(len, groups.values()))
    parts = tuple(_rule_part(described.get(rule) or find_rule(rule), group, keys) for rule, group in groups.items())
    return SeverityPart(severity, capital(plural(2, NOUNS[severity])), total, MEANINGS[severity], parts)


def _rule_part(known: Rule, findings: Iterable[Finding], keys: Mapping[int, str]) -> RulePart:
    rows = tuple(Row(keys[id(each)], each.place, each.message, each.fragment) for each in findings)
    return RulePart(known.id, known.title, capital(known.remedy), rows)
