"""What the checks said, as pages show it: by severity and rule, each finding with the objective it speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from trigpoint.checks.finding import Finding, Severity
from trigpoint.checks.summary import Summary, summarise
from trigpoint.errors import InputError
from trigpoint.plans.model import Plan
from trigpoint.web.register.presenters.looks import SEVERITIES, Look
from trigpoint.web.register.reading import Reading

SHOWN_OF_A_RULE = 4


@dataclass(frozen=True, slots=True)
class FindingLine:
    """``href`` is the objective's page, "" where there is none or the line stands on it; ``source`` as in ``Spot``."""

    look: Look
    rule: str
    message: str
    fragment: str
    source: str
    objective: str
    href: str


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """All findings of one rule at one severity."""

    look: Look
    rule: str
    title: str
    lines: tuple[FindingLine, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to look at first: its words and the objective's page; ``source`` is file and line where there is none."""

    fragment: str
    source: str
    objective: str
    href: str


@dataclass(frozen=True, slots=True)
class ConcernLine:
    """One thing that a regulator would object to, with where to look, what to do and who could."""

    look: Look
    sentence: str
    spots: tuple[Spot, ...]
    first: str
    who: str


def concern_lines(reading: Reading, summary: Summary) -> tuple[ConcernLine, ...]:
    """The concerns of the director's summary, each with the two places to look at first."""
    owners = item_owners(reading.plan)
    titles = {row.id: row.heading for row in reading.plan.objectives}

    def spot(finding: Finding) -> Spot:
        owner = objective_of(finding, reading.plan, owners)
        href = reading.url("objective", oid=owner) if owner else ""
        words = finding.fragment.removesuffix(".")
        source = "" if owner else finding.place or ("" if words else "the whole plan")
        return Spot(words, source, titles.get(owner, ""), href)

    return tuple(
        ConcernLine(
            SEVERITIES[concern.severity],
            concern.sentence,
            tuple(map(spot, concern.worst)),
            concern.first,
            concern.who,
        )
        for concern in summary.concerns
    )


def objective_of(finding: Finding, plan: Plan, owners: dict[str, str]) -> str:
    """The id of the objective that a finding speaks of, "" for none."""
    for name in ("objective", "deliverable", "item"):
        key = finding.where.get(name, "")
        if key in owners:
            return owners[key]
    return ""


def item_owners(plan: Plan) -> dict[str, str]:
    """Id of an objective or of anything under one → the objective's id."""
    known = {row.id: row.id for row in plan.objectives}
    rows = (*plan.deliverables, *plan.milestones, *plan.measures, *plan.indicators)
    return {row.id: row.objective for row in rows if row.objective in known} | known


def shown_findings(
    reading: Reading, *, objective: str = "", severity: Severity | None = None
) -> tuple[FindingLine, ...]:
    """Findings of one objective (or of the whole plan), the gravest first."""
    plan = reading.plan
    owners = item_owners(plan)
    titles = {row.id: row.heading for row in plan.objectives}
    order = list(Severity)
    lines = []
    for finding in sorted(reading.findings, key=lambda found: order.index(found.severity)):
        owner = objective_of(finding, plan, owners)
        if (objective and owner != objective) or (severity and finding.severity is not severity):
            continue
        href = reading.url("objective", oid=owner) if owner and not objective else ""
        lines.append(
            FindingLine(
                SEVERITIES[finding.severity],
                finding.rule,
                finding.message,
                finding.fragment,
                "" if owner else finding.place,
                titles.get(owner, ""),
                href,
            )
        )
    return tuple(lines)


def rule_title(rule: str) -> str:
    """The first sentence of a rule's manual page, "" for a rule that is no more."""
    from trigpoint.checks.rule import find_rule

    try:
        return find_rule(rule).title
    except InputError:
        return ""


def checks_page(reading: Reading, severity: Severity | None) -> dict[str, Any]:
    """All findings grouped by severity and rule, and the counts the filter shows."""
    groups: dict[tuple[Look, str], list[FindingLine]] = {}
    for line in shown_findings(reading, severity=severity):
        groups.setdefault((line.look, line.rule), []).append(line)
    found = [finding.severity for finding in reading.findings]
    filters = [("All", len(found), reading.url("checks"), severity is None)]
    filters += [
        (
            f"{SEVERITIES[each].label}s",
            found.count(each),
            reading.url("checks", query={"severity": each.value}),
            each is severity,
        )
        for each in Severity
    ]
    summary = summarise(reading.findings, reading.plan)
    return {
        "summary": summary,
        "concerns": () if severity else concern_lines(reading, summary),
        "groups": tuple(
            RuleGroup(look, rule, rule_title(rule), tuple(lines)) for (look, rule), lines in groups.items()
        ),
        "filters": filters,
        "total": len(found),
        "only": f"{SEVERITIES[severity].label}s" if severity else "",
        "shown": SHOWN_OF_A_RULE,
    }
