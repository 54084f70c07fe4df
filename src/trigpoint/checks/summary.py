"""What a regulator would object to first: the findings of a plan as a few sentences for its director."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from trigpoint.checks.finding import Finding, Severity
from trigpoint.checks.topic import Topic, severity_weight, topic_of
from trigpoint.plans.model import Item, Plan, SuccessMeasure
from trigpoint.wording import count, listed, verb

MOST_CONCERNS = 5
MOST_CLAUSES = 3
WORST_PLACES = 2
MOST_LEADS = 2
GRAVE = (Severity.ERROR, Severity.WARNING)
ITEMS = ("item", "deliverable", "objective")
COUNTED = re.compile(r"(?:None of the (?P<none>[\d,]+)|(?P<some>\d[\d,]*) of (?:the )?\d[\d,]*) [a-z]")
NOTHING = "The checks found nothing that a regulator would object to."


@dataclass(frozen=True, slots=True)
class Concern:
    """One objection in plain words.

    ``sentence`` says what is wrong and how often; ``count`` findings stand behind it, of which ``worst`` are the two
    to look at first; ``first`` is what to do, ``who`` could do it; ``severity`` is that of the gravest.
    """

    topic: str
    sentence: str
    count: int
    severity: Severity
    worst: tuple[Finding, ...]
    first: str
    who: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The verdict in one sentence, at most five concerns in order of weight, and what there is beyond them.

    ``beyond`` is a sentence on the errors and warnings that no concern counts, "" where there are none.
    """

    verdict: str
    concerns: tuple[Concern, ...] = ()
    beyond: str = ""


def summarise(
    findings: Iterable[Finding], plan: Plan, *, is_document: bool = False, only: Sequence[str] = ()
) -> Summary:
    """The summary of a plan's findings; ``only`` are the rules that were asked for, where not all were.

    Each finding counts in one concern at most, and remarks count only where a topic says so (a national priority that
    nothing answers). The same findings give the same summary, whatever their order.

    >>> from trigpoint.plans.model import Objective
    >>> plan = Plan("Plan", "A place", ("2026/27",), objectives=(Objective("o1", "", "1", "Better care"),))
    >>> found = Finding("MISSING_OWNER", Severity.WARNING, "No lead.", where={"objective": "o1"})
    >>> told = summarise([found], plan)
    >>> told.verdict
    'This plan has no errors; 1 warning should be mended before it is submitted.'
    >>> told.concerns[0].sentence
    'It is not clear who answers for what: one item of the plan has no lead.'
    """
    ordered = sorted(findings, key=_reading_order)
    verdict = _verdict(Counter(each.severity for each in ordered), plan, is_document, only)
    if only:
        return Summary(verdict)
    groups: dict[Topic, list[Finding]] = {}
    for finding in ordered:
        topic = topic_of(finding.rule)
        if finding.severity in GRAVE or topic.infos:
            groups.setdefault(topic, []).append(finding)
    ranked = sorted(groups.items(), key=lambda group: (-_weight(group[0], group[1], plan), group[0].id))
    crowded = Counter(_spot(finding) for finding in ordered if finding.severity in GRAVE)
    concerns = tuple(_concern(topic, group, plan, crowded) for topic, group in ranked[:MOST_CONCERNS])
    return Summary(verdict, concerns, _beyond(finding for _, group in ranked[MOST_CONCERNS:] for finding in group))


def _verdict(counts: Mapping[Severity, int], plan: Plan, is_document: bool, only: Sequence[str]) -> str:
    told = _errors_and_warnings(counts)
    if only:
        remarks = [count(counts[Severity.INFO], "remark")] if counts.get(Severity.INFO) else []
        return f"Checked by {listed(only)} alone: {listed([*told, *remarks]) or 'nothing was found'}."
    if not _holds_anything(plan):
        what = "in this document, so only its words" if is_document else "here, so only what there is"
        return f"No plan was found {what} could be checked: {listed(told) or 'nothing was found to object to'}."
    name = "risk register" if plan.risks and not (plan.objectives or plan.deliverables) else "plan"
    if counts.get(Severity.ERROR):
        return f"This {name} is not ready to submit: it has {listed(told)}."
    if counts.get(Severity.WARNING):
        return f"This {name} has no errors; {listed(told)} should be mended before it is submitted."
    return NOTHING


def _errors_and_warnings(counts: Mapping[Severity, int]) -> list[str]:
    return [count(counts[each], each.value) for each in GRAVE if counts.get(each)]


def _holds_anything(plan: Plan) -> bool:
    return bool(plan.objectives or plan.deliverables or plan.milestones or plan.indicators or plan.risks)


def _beyond(findings: Iterable[Finding]) -> str:
    counts = Counter(finding.severity for finding in findings)
    told = _errors_and_warnings(counts)
    number = sum(counts[each] for each in GRAVE)
    return f"There {verb(number, 'is', 'are')} also {listed(told)} of other kinds." if told else ""


def _weight(topic: Topic, findings: Sequence[Finding], plan: Plan) -> float:
    """How much a topic matters here: doubling its findings adds as much again as the first of them."""
    extent = sum(severity_weight(finding.severity) * _extent(topic, finding, plan) for finding in findings)
    return topic.weight * math.log2(1 + extent)


def _extent(topic: Topic, finding: Finding, plan: Plan) -> int:
    """How many items a finding speaks of: those that its message opens with, all objectives, or itself alone.

    A rule speaks once of many where a whole column is missing: "39 of 94 measures …", "None of the 88 commitments …".
    """
    if counted := COUNTED.match(finding.message):
        return max(1, int((counted["some"] or counted["none"]).replace(",", "")))
    return max(1, len(plan.objectives)) if _on_the_whole_plan(topic, finding) else 1


def _on_the_whole_plan(topic: Topic, finding: Finding) -> bool:
    """Whether a finding says that the whole plan lacks something, where the topic has words for that."""
    counted = COUNTED.match(finding.message)
    whole = counted["none"] if counted else not any(finding.where.get(key) for key in ITEMS)
    return bool(whole) and bool(topic.clauses(finding.rule).whole)


def _concern(topic: Topic, findings: Sequence[Finding], plan: Plan, crowded: Mapping[object, int]) -> Concern:
    return Concern(
        topic=topic.id,
        sentence=f"{topic.headline}: {_told(topic, findings, plan)}.",
        count=len(findings),
        severity=min((finding.severity for finding in findings), key=list(Severity).index),
        worst=_worst(findings, crowded),
        first=topic.first,
        who=_who(topic, findings, plan),
    )


def _told(topic: Topic, findings: Sequence[Finding], plan: Plan) -> str:
    """What the rules of a topic found, the gravest and most frequent first; what is more than three is counted."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.rule, []).append(finding)
    gravity = list(Severity).index
    ranked = sorted(
        groups.items(), key=lambda pair: (min(gravity(each.severity) for each in pair[1]), -len(pair[1]), pair[0])
    )
    told = []
    for rule, group in ranked[:MOST_CLAUSES]:
        whole = any(_on_the_whole_plan(topic, finding) for finding in group)
        told.append(topic.clauses(rule).told(sum(_extent(topic, finding, plan) for finding in group), whole))
    rest = sum(len(group) for _, group in ranked[MOST_CLAUSES:])
    return f"{', '.join(told)}, and {count(rest, 'more point')} of this kind" if rest else listed(told)


def _worst(findings: Sequence[Finding], crowded: Mapping[object, int]) -> tuple[Finding, ...]:
    """The gravest findings in two places, of equals those where most else is wrong, of equals the first."""
    gravity = list(Severity).index
    ranked = sorted(findings, key=lambda each: (gravity(each.severity), -crowded[_spot(each)]))
    chosen: dict[object, Finding] = {}
    for finding in ranked:
        chosen.setdefault(_spot(finding), finding)
    return tuple(chosen.values())[:WORST_PLACES]


def _who(topic: Topic, findings: Sequence[Finding], plan: Plan) -> str:
    """Who could mend it, with the leads of most of the objectives concerned where it is for them."""
    if not topic.led:
        return topic.who
    leads = {objective.id: objective.leads for objective in plan.objectives}
    owners = _objective_of_item(plan)
    concerned = Counter(
        lead.role or lead.name
        for finding in findings
        for lead in leads.get(_objective(finding, owners), ())
        if lead.accountable or not any(each.accountable for each in leads[_objective(finding, owners)])
    )
    names = [name for name, _ in sorted(concerned.items(), key=lambda pair: (-pair[1], pair[0])) if name][:MOST_LEADS]
    return f"{topic.who} (here: {'; '.join(names)})" if names else topic.who


def _objective_of_item(plan: Plan) -> Mapping[str, str]:
    groups: tuple[Sequence[Item | SuccessMeasure], ...] = (plan.deliverables, plan.milestones, plan.measures)
    under = {row.id: row.objective for rows in groups for row in rows}
    return under | {row.id: row.id for row in plan.objectives}


def _objective(finding: Finding, owners: Mapping[str, str]) -> str:
    named = (finding.where.get(key, "") for key in ("objective", "deliverable", "item"))
    return next((owners[name] for name in named if name in owners), "")


def _spot(finding: Finding) -> object:
    """What makes two findings stand in one place."""
    return finding.where.get("file", ""), finding.line, "" if finding.line else finding.fragment


_attributes = attrgetter("rule", "fragment", "message")


def _reading_order(finding: Finding) -> tuple[object, ...]:
    return finding.where.get("file", ""), finding.line or 0, *_attributes(finding), sorted(finding.where.items())
