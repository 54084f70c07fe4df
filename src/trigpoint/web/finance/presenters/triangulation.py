"""Triangulation: the plan, its money and its activity held against each other, each with both figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from trigpoint.plans.workspace import Waiver
from trigpoint.triangulation.comparison import Comparison, Lacking, difference_words
from trigpoint.triangulation.figure import Figure, amount_words
from trigpoint.triangulation.register import find_triangulation_rule
from trigpoint.web.config.wording import count_of, day
from trigpoint.web.finance.desk import Desk
from trigpoint.web.finance.judging import Judged, judged_of
from trigpoint.web.finance.presenters.schemes import choice
from trigpoint.web.register.presenters.looks import SEVERITIES, Look
from trigpoint.wording import capital, listed, verb


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One of the two figures: what it is, its amount, where it comes from."""

    words: str
    shown: str
    interval: str
    source: str
    illustrative: bool


@dataclass(frozen=True, slots=True)
class ComparisonLine:
    """Two figures side by side."""

    message: str
    first: FigureLine
    second: FigureLine
    difference: str
    tolerance: str
    ground: str


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """What one rule compared, at one severity."""

    look: Look
    rule: str
    title: str
    lines: tuple[ComparisonLine, ...]


def triangulation_page(desk: Desk, weight: str = "", rule: str = "") -> dict[str, Any]:
    """What does not agree, what does, and what could not be compared; of one weight or one rule where that is asked."""
    found = judged_of(desk)
    everything = (*found.apart, *(each for each, _ in found.accepted), *found.agreeing)
    asked = [each for each in found.apart if weight in ("", each.severity.value) and rule in ("", each.rule)]
    # What agrees, what was accepted and what is not there has no weight.
    of_rule = rule if not weight else None
    return {
        "headline": headline(found, everything),
        "filters": filters_of(found, everything, weight, rule) if everything else [],
        "narrowed": narrowed(len(asked), len(found.apart)) if weight or rule else "",
        "groups": groups_of(asked),
        "accepted": [accepted_line(*each) for each in found.accepted if of_rule in ("", each[0].rule)],
        "agreeing": groups_of(each for each in found.agreeing if of_rule in ("", each.rule)),
        "lacking": lacking_of(each for each in found.lacking if of_rule in ("", each.rule)),
        "idle": found.idle if of_rule == "" else (),
        "illustrative": any(_invented(each) for each in everything),
    }


def accepted_line(each: Comparison, waiver: Waiver) -> tuple[str, str]:
    """A difference that somebody accepted: what it is, and by whom and why."""
    until = f", until {day(waiver.until)}" if waiver.until else ""
    return each.message, f"Accepted by {waiver.by}, {day(waiver.on)}{until}: {waiver.reason}"


def headline(found: Judged, everything: Sequence[Comparison]) -> str:
    """How many figures were compared, how many do not agree, how many of those were accepted, and what could not be."""
    compared, apart = (sum(each.tested for each in those) for those in (everything, found.apart))
    untested = len(found.apart) - apart
    besides = f" {count_of(untested, 'pair', 'pairs')} cannot be tested." if untested else ""
    if not compared:
        return f"There is nothing yet that could be held against each other.{besides}"
    pairs = count_of(compared, "pair of figures was", "pairs of figures were")
    accepted = f" {len(found.accepted):,} more {verb(len(found.accepted), 'is', 'are')} accepted with a reason."
    said = f"{capital(pairs)} compared"
    if not apart:
        said += ": those left agree." if found.accepted else ", and all agree."
    else:
        said += f": {apart:,} {verb(apart, 'does', 'do')} not agree."
    return said + (accepted if found.accepted else "") + besides


def filters_of(found: Judged, compared: Sequence[Comparison], weight: str, rule: str) -> list[dict[str, Any]]:
    """What the page can be narrowed to, of what was compared or could not be."""
    weights = {each.severity for each in found.apart}
    labels = {each.value: look.label for each, look in SEVERITIES.items() if each in weights}
    rules = {each.rule: find_triangulation_rule(each.rule).title.rstrip(".") for each in (*compared, *found.lacking)}
    return [choice("weight", "Weight", labels, weight), choice("rule", "What is compared", rules, rule)]


def narrowed(shown: int, apart: int) -> str:
    """How many of those that do not agree are shown."""
    if not shown:
        return "None of those that do not agree is of this kind."
    return f"{shown:,} of the {apart:,} that do not agree {'is' if shown == 1 else 'are'} shown."


def groups_of(comparisons: Iterable[Comparison]) -> list[RuleGroup]:
    """By severity, the gravest first, and by rule."""
    groups: dict[tuple[str, Any], list[Comparison]] = {}
    order = list(SEVERITIES)
    for each in sorted(comparisons, key=lambda one: order.index(one.severity)):
        groups.setdefault((each.rule, each.severity), []).append(each)
    return [
        RuleGroup(SEVERITIES[severity], rule, find_triangulation_rule(rule).title, tuple(map(line_of, found)))
        for (rule, severity), found in groups.items()
    ]


def line_of(each: Comparison) -> ComparisonLine:
    """A comparison as the page shows it."""
    unit = each.first.unit
    return ComparisonLine(
        each.message,
        _figure(each.first),
        _figure(each.second),
        "not known" if each.difference is None else difference_words(each.difference, unit),
        difference_words(each.tolerance, unit) if each.tolerance else "no difference",
        f"Agrees {each.ground.value}" if each.agrees else "",
    )


def _figure(each: Figure) -> FigureLine:
    shown = amount_words(each.value, each.unit)
    return FigureLine(capital(each.words), shown, each.interval, each.source, each.illustrative)


def lacking_of(found: Iterable[Lacking]) -> list[str]:
    """What could not be compared, a sentence for each reason."""
    reasons: dict[str, list[str]] = {}
    for each in found:
        reasons.setdefault(each.sentence.rstrip("."), []).append(find_triangulation_rule(each.rule).title.rstrip("."))
    return [f"{capital(reason)}. Not tested: {listed(list(dict.fromkeys(what)))}." for reason, what in reasons.items()]


def _invented(each: Comparison) -> bool:
    return each.first.illustrative or each.second.illustrative
