"""Settings and waivers: what a plan's owners have decided about findings, in the open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from trigpoint.checks.finding import Finding, Severity
from trigpoint.checks.rule import find_rule
from trigpoint.errors import InputError
from trigpoint.plans.setting import ALLOWED, Setting, setting_of
from trigpoint.plans.workspace import Waiver

WAIVER_LASTS = timedelta(days=366)
"""A waiver is looked at again after a year: a planning round later the reason may be gone."""


@dataclass(frozen=True)
class Decisions:
    """All settings and waivers of a plan."""

    settings: Mapping[str, Setting] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()


def read_settings(written: Mapping[str, str]) -> dict[str, Setting]:
    """Settings from their written form. Raises ``InputError`` for an unknown rule or word.

    >>> read_settings({"DUPLICATE_TEXT": "off"})
    {'DUPLICATE_TEXT': <Setting.OFF: 'off'>}
    """
    settings: dict[str, Setting] = {}
    for rule_id, word in written.items():
        known = find_rule(rule_id).id
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


def waives(waiver: Waiver, finding: Finding) -> bool:
    """Whether a waiver speaks of this finding: same rule, and the item or fragment it names."""
    if waiver.rule != finding.rule:
        return False
    if waiver.item and waiver.item not in finding.where.values():
        return False
    if waiver.fragment and _plain(waiver.fragment) not in _plain(finding.fragment):
        return False
    return bool(waiver.item or waiver.fragment)


def apply_waivers(
    findings: tuple[Finding, ...], waivers: tuple[Waiver, ...], today: date | None
) -> tuple[Finding, ...]:
    """Leave out waived findings; a waiver that is over or matches nothing becomes a finding itself.

    ``today`` is the day that decides whether a waiver is over; without it none is.
    """
    by_rule: dict[str, list[Waiver]] = {}
    for waiver in waivers:
        if today is None or today <= waiver.on + WAIVER_LASTS:
            by_rule.setdefault(waiver.rule, []).append(waiver)
    used: set[Waiver] = set()
    kept = []
    for finding in findings:
        matching = [each for each in by_rule.get(finding.rule, ()) if waives(each, finding)]
        used.update(matching)
        if not matching:
            kept.append(finding)
    kept.extend(_unused(each, each in by_rule.get(each.rule, ())) for each in waivers if each not in used)
    return tuple(kept)


def _unused(waiver: Waiver, in_force: bool) -> Finding:
    subject = waiver.item or waiver.fragment or "nothing in particular"
    over = f"was given on {waiver.on} and a waiver lasts a year; renew or remove it"
    why = "matches no finding; remove it" if in_force else over
    message = f"The waiver of {waiver.rule} for {subject} {why}."
    return Finding(
        "UNUSED_WAIVER", Severity.WARNING, message, None, waiver.fragment or waiver.item, {"file": "waivers.csv"}
    )


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
