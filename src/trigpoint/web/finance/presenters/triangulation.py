"""Triangulation: the plan, its money and its activity held against each other, each with both figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from trigpoint.triangulation.comparison import Comparison, difference_words
from trigpoint.triangulation.engine import Triangulation
from trigpoint.triangulation.figure import Figure, amount_words
from trigpoint.triangulation.register import find_triangulation_rule
from trigpoint.web.config.wording import count_of
from trigpoint.web.finance.desk import Desk
from trigpoint.web.finance.results import triangulation_of
from trigpoint.web.register.presenters.looks import SEVERITIES, Look
from trigpoint.wording import capital, listed


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


def triangulation_page(desk: Desk) -> dict[str, Any]:
    """What does not agree, what does, and what could not be compared."""
    found = triangulation_of(desk)
    apart = [each for each in found.comparisons if not each.agrees]
    return {
        "headline": headline(found, len(apart)),
        "groups": groups_of(apart),
        "agreeing": groups_of([each for each in found.comparisons if each.agrees]),
        "lacking": lacking_of(found),
        "illustrative": any(_invented(each) for each in found.comparisons),
    }


def headline(found: Triangulation, apart: int) -> str:
    """How many figures were compared and how many do not agree."""
    if not found.comparisons:
        return "There is nothing yet that could be held against each other."
    pairs = count_of(len(found.comparisons), "pair of figures was", "pairs of figures were")
    if not apart:
        return f"{capital(pairs)} compared, and all agree."
    return f"{capital(pairs)} compared: {apart:,} {'does' if apart == 1 else 'do'} not agree."


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


def lacking_of(found: Triangulation) -> list[str]:
    """What could not be compared, a sentence for each reason."""
    reasons: dict[str, list[str]] = {}
    for each in found.lacking:
        reasons.setdefault(each.sentence.rstrip("."), []).append(find_triangulation_rule(each.rule).title.rstrip("."))
    return [f"{capital(reason)}. Not tested: {listed(list(dict.fromkeys(what)))}." for reason, what in reasons.items()]


def _invented(each: Comparison) -> bool:
    return each.first.illustrative or each.second.illustrative
