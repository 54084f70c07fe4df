"""Comparisons as findings of the checks, and everything that was said of a workspace in the checks' own shape."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from trigpoint.checks.checked import Checked
from trigpoint.checks.finding import Finding, Severity
from trigpoint.checks.rule import canonical
from trigpoint.checks.summary import Concern, Summary
from trigpoint.checks.waiver import Decisions, apply_settings, apply_waivers
from trigpoint.plans.model import Plan
from trigpoint.plans.workspace import Waiver
from trigpoint.rounding import decimals_of, half_up
from trigpoint.triangulation.comparison import Comparison
from trigpoint.triangulation.engine import Triangulation
from trigpoint.triangulation.register import triangulation_rules
from trigpoint.wording import count, listed, verb

_DECIMALS = 12
NO_DECISIONS = Decisions()
NO_PLAN = Plan("", "", ())


@dataclass(frozen=True)
class Triangulated(Checked):
    """What triangulation said of a workspace: findings as the checks have them, and the comparisons behind them."""

    triangulation: Triangulation = field(default_factory=lambda: Triangulation((), ()))

    @cached_property
    def summary(self) -> Summary:
        """How many figures were compared, what does not agree by rule, and what was not compared."""
        return Summary(_verdict(self), _concerns(self), _not_compared(self.triangulation))


def findings_of(comparisons: Iterable[Comparison]) -> tuple[Finding, ...]:
    """The comparisons that do not agree as findings.

    ``where`` names the file, line and item of the first figure that stands in one, and both figures: "first", "second",
    "difference" and "tolerance" as plain numbers in their "unit" (pounds, or fractions of one; "" where one is not
    known), "first_from" and "second_from" in words. "illustrative" is there where one of them was invented for a
    demonstration.

    >>> findings_of(())
    ()
    """
    return tuple(_finding(each) for each in comparisons if not each.agrees)


def agreements_of(comparisons: Iterable[Comparison]) -> tuple[Comparison, ...]:
    """The comparisons that agree."""
    return tuple(each for each in comparisons if each.agrees)


def examined(
    told: Triangulation,
    plan: Plan | None = None,
    *,
    name: str = "",
    decisions: Decisions = NO_DECISIONS,
    today: date | None = None,
    only: Sequence[str] = (),
) -> Triangulated:
    """Triangulation with the settings and waivers of a workspace: those of its rules, as the checks apply theirs.

    ``today`` is the day that decides whether a waiver is over; ``only`` the rules that were asked for, none where all.
    """
    ids = {rule.id for rule in triangulation_rules()}
    asked = ids & set(only) if only else ids
    waivers: tuple[Waiver, ...] = tuple(each for each in decisions.waivers if canonical(each.rule) in asked)
    settings = {rule: setting for rule, setting in decisions.settings.items() if rule in ids}
    kept, waived = apply_waivers(
        apply_settings(findings_of(told.comparisons), settings), Decisions(settings, waivers, decisions.file), today
    )
    order = list(Severity).index
    findings = tuple(sorted(kept, key=lambda each: order(each.severity)))
    held = plan if plan is not None else NO_PLAN
    return Triangulated(name or held.title, held, findings, waived, None, tuple(only), triangulation=told)


def _finding(one: Comparison) -> Finding:
    at = next((figure for figure in (one.first, one.second) if figure.file), one.first)
    where = {key: value for key, value in (("file", at.file), ("item", at.item)) if value}
    where |= {
        "first": _number(one.first.value),
        "second": _number(one.second.value),
        "difference": _number(one.difference),
        "tolerance": _number(one.tolerance),
        "unit": one.first.unit.value,
        "first_from": one.first.source,
        "second_from": one.second.source,
    }
    if one.first.illustrative or one.second.illustrative:
        where["illustrative"] = "yes"
    return Finding(one.rule, one.severity, one.message, at.row, one.fragment, where)


def plain_figure(value: Decimal | None) -> Decimal | None:
    """A figure with all its digits; a quotient that does not end with as many as the results of finance have.

    >>> plain_figure(Decimal(1) / Decimal(3)), plain_figure(Decimal("0.030"))
    (Decimal('0.333333333333'), Decimal('0.030'))
    """
    return value if value is None or decimals_of(value) <= _DECIMALS else half_up(value, _DECIMALS)


def _number(value: Decimal | None) -> str:
    shown = plain_figure(value)
    return "" if shown is None else f"{shown:f}"


def _verdict(told: Triangulated) -> str:
    comparisons = [each for each in told.triangulation.comparisons if each.tested]
    untested = len(told.triangulation.comparisons) - len(comparisons)
    besides = f" {count(untested, 'pair')} cannot be tested, for one of the figures is not known." if untested else ""
    if not comparisons:
        return f"Nothing could be compared.{besides}"
    agreeing = len(agreements_of(comparisons))
    not_agreeing = len(comparisons) - agreeing
    opening = f"{count(len(comparisons), 'pair')} of figures {verb(len(comparisons), 'was', 'were')} compared"
    agree, do_not = verb(agreeing, "agrees", "agree"), verb(not_agreeing, "does", "do")
    return f"{opening}: {agreeing:,} {agree}, {not_agreeing:,} {do_not} not.{besides}"


def _concerns(told: Triangulated) -> tuple[Concern, ...]:
    """One concern a rule that objects, the gravest first."""
    groups: dict[str, list[Finding]] = {}
    for finding in told.findings:
        if finding.where.get("difference") == "":  # what cannot be tested is no objection
            continue
        groups.setdefault(finding.rule, []).append(finding)
    described: Mapping[str, str] = {rule.id: rule.title for rule in triangulation_rules()}
    remedies = {rule.id: rule.described.remedy for rule in triangulation_rules()}
    order = list(Severity).index
    compared = Counter(each.rule for each in told.triangulation.comparisons if each.tested)
    found = [
        Concern(
            rule,
            f"{described.get(rule, rule).rstrip('.')} ({len(group)} of {_pairs(compared[rule], group)})",
            len(group),
            min((each.severity for each in group), key=order),
            tuple(sorted(group, key=lambda each: order(each.severity))[:2]),
            remedies.get(rule, "").rstrip("."),
            "the finance lead, with the owner of the plan",
        )
        for rule, group in groups.items()
    ]
    return tuple(sorted(found, key=lambda each: (order(each.severity), -each.count, each.topic)))


def _pairs(compared: int, findings: Sequence[Finding]) -> str:
    return count(max(compared, len(findings)), "pair")


def _not_compared(told: Triangulation) -> str:
    """What was not compared, as one paragraph; "" where nothing was left out."""
    reasons: dict[str, list[str]] = {}
    for each in told.lacking:
        reasons.setdefault(each.sentence, []).append(each.rule)
    said = [f"{listed(list(dict.fromkeys(rules)))}: {sentence}." for sentence, rules in reasons.items()]
    return f"Not compared. {' '.join(said)}" if said else ""
