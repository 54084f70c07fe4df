"""Settings and waivers: what a plan's owners have decided about findings, in the open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from trigpoint.checks.elsewhere import OF_TRIANGULATION
from trigpoint.checks.finding import Finding, Severity
from trigpoint.checks.rule import canonical, find_rule
from trigpoint.errors import InputError, InputErrors
from trigpoint.periods import long_date
from trigpoint.plans.schema import TABLES
from trigpoint.plans.setting import ALLOWED, Setting, setting_of
from trigpoint.plans.tables import read_table
from trigpoint.plans.workspace import Waiver

UNUSED_WAIVER = "UNUSED_WAIVER"
WAIVER_LASTS = timedelta(days=366)
"""A waiver is looked at again after a year: a planning round later the reason may be gone."""

NAMED = ("objective", "deliverable", "item", "file")
"""What of a finding's ``where`` a waiver can name as its item; a page or a row would move with the next edition."""


@dataclass(frozen=True)
class Decisions:
    """All settings and waivers of a plan; ``file`` is where the waivers stand."""

    settings: Mapping[str, Setting] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    file: str = TABLES["waivers"].file


@dataclass(frozen=True, slots=True)
class Waived:
    """A finding that was looked at and accepted."""

    finding: Finding
    waiver: Waiver


def read_settings(written: Mapping[str, str]) -> dict[str, Setting]:
    """Settings from their written form. Raises ``InputError`` for an unknown rule or word.

    >>> read_settings({"DUPLICATE_TEXT": "off"})
    {'DUPLICATE_TEXT': <Setting.OFF: 'off'>}
    """
    settings: dict[str, Setting] = {}
    for rule_id, word in written.items():
        own = canonical(rule_id)
        known = own if own in OF_TRIANGULATION else find_rule(rule_id).id
        setting = setting_of(word)
        if setting is None:
            raise InputError(
                f"rule {known} cannot be set to “{word}”", where="plan.toml [checks]", remedy=f"write one of {ALLOWED}"
            )
        settings[known] = setting
    return settings


def apply_settings(findings: tuple[Finding, ...], settings: Mapping[str, Setting]) -> tuple[Finding, ...]:
    """Leave out findings of rules that are off and give the others the severity that was set."""
    kept = []
    for finding in findings:
        setting = settings.get(finding.rule)
        if setting is None:
            kept.append(finding)
        elif setting is not Setting.OFF:
            kept.append(replace(finding, severity=Severity(setting.value)))
    return tuple(kept)


def of_the_checks(decisions: Decisions) -> Decisions:
    """The decisions without waivers of rules that the checks do not have: those are applied where the rules are."""
    kept = tuple(each for each in decisions.waivers if canonical(each.rule) not in OF_TRIANGULATION)
    return decisions if len(kept) == len(decisions.waivers) else replace(decisions, waivers=kept)


def parse_waivers(text: str, shown: str) -> tuple[Waiver, ...]:
    """The waivers in the words of a file like ``waivers.csv`` of a workspace; ``shown`` is its name in errors.

    Raises ``InputErrors`` with every mistake.

    >>> parse_waivers("rule,reason,by,on,fragment\\nSPELLING,A name,Editor,2026-04-01,Dudly\\n", "waivers.csv")[0].by
    'Editor'
    """
    mistakes: list[InputError] = []
    records = read_table(text, TABLES["waivers"], shown, mistakes)
    if mistakes:
        raise InputErrors(tuple(mistakes))
    return tuple(Waiver(**record.values) for record in records)


def ends(waiver: Waiver) -> date:
    """The last day that a waiver holds: the one that was set, a year after it was given at the latest."""
    latest = waiver.on + WAIVER_LASTS
    return min(waiver.until, latest) if waiver.until else latest


def waives(waiver: Waiver, finding: Finding) -> bool:
    """Whether a waiver speaks of this finding: same rule, and the item or fragment it names."""
    if canonical(waiver.rule) != finding.rule:
        return False
    if waiver.item and waiver.item not in (finding.where.get(key) for key in NAMED):
        return False
    if waiver.fragment and _plain(waiver.fragment) not in _plain(finding.fragment):
        return False
    return bool(waiver.item or waiver.fragment)


def apply_waivers(
    findings: tuple[Finding, ...], decisions: Decisions, today: date | None
) -> tuple[tuple[Finding, ...], tuple[Waived, ...]]:
    """The findings that remain, and those that are waived; a waiver that is over or matches nothing is a finding too.

    ``today`` is the day that decides whether a waiver is over; without it none is.
    """
    by_rule: dict[str, list[Waiver]] = {}
    for waiver in decisions.waivers:
        if today is None or today <= ends(waiver):
            by_rule.setdefault(canonical(waiver.rule), []).append(waiver)
    used: set[Waiver] = set()
    kept: list[Finding] = []
    waived: list[Waived] = []
    for finding in findings:
        matching = [each for each in by_rule.get(finding.rule, ()) if waives(each, finding)]
        used.update(matching)
        if matching:
            waived.append(Waived(finding, matching[0]))
        else:
            kept.append(finding)
    kept.extend(_unused(each, decisions.file, today) for each in decisions.waivers if each not in used)
    return tuple(kept), tuple(waived)


def _unused(waiver: Waiver, file: str, today: date | None) -> Finding:
    subject = waiver.item or (f"“{waiver.fragment}”" if waiver.fragment else "nothing in particular")
    sentence = f"The waiver of {waiver.rule} for {subject} {_why_unused(waiver, today)}"
    message = sentence if sentence.endswith("?") else f"{sentence}."
    where = {"file": file}
    return Finding(UNUSED_WAIVER, Severity.WARNING, message, None, waiver.fragment or waiver.item, where)


def _why_unused(waiver: Waiver, today: date | None) -> str:
    try:
        if canonical(waiver.rule) not in OF_TRIANGULATION:
            find_rule(waiver.rule)
    except InputError as error:
        return f"names a rule that does not exist; {error.remedy}"
    if today is not None and today > ends(waiver):
        return f"was given on {long_date(waiver.on)} and ended on {long_date(ends(waiver))}; renew or remove it"
    if not waiver.item and not waiver.fragment:
        return "names neither an item nor words, so it waives nothing; name one or remove it"
    return "matches no finding; remove it"


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
