"""The sentences of results: the same on page, chart and paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from trigpoint.measures.book.book import AimKind
from trigpoint.measures.definitions.definition import Definition
from trigpoint.measures.figures import difference
from trigpoint.measures.results.result import PeerStanding, TargetStanding
from trigpoint.measures.results.values import percentage, shown, told
from trigpoint.measures.spc.control import Assurance, SpcResult, Variation
from trigpoint.measures.standing import Judgement
from trigpoint.rounding import half_up

WHOSE = {
    AimKind.PLAN: "the plan’s target",
    AimKind.STRETCH: "the plan’s stretch target",
    AimKind.NATIONAL: "the national standard",
    AimKind.FORECAST: "the forecast",
}
VARIATION_WORDS = {
    Variation.COMMON: "common cause variation",
    Variation.IMPROVEMENT_HIGH: "special cause of improvement (high)",
    Variation.IMPROVEMENT_LOW: "special cause of improvement (low)",
    Variation.CONCERN_HIGH: "special cause of concern (high)",
    Variation.CONCERN_LOW: "special cause of concern (low)",
    Variation.NEUTRAL_HIGH: "special cause (high)",
    Variation.NEUTRAL_LOW: "special cause (low)",
    Variation.TOO_FEW: "too few points to read the variation",
    Variation.NO_VALUE: "no latest value",
}
ASSURANCE_WORDS = {
    Assurance.CONSISTENTLY_HIT: "consistently met",
    Assurance.CONSISTENTLY_MISS: "consistently missed",
    Assurance.INCONSISTENT: "met or missed by chance",
}
_CONCERN = (Variation.CONCERN_HIGH, Variation.CONCERN_LOW)
_IMPROVEMENT = (Variation.IMPROVEMENT_HIGH, Variation.IMPROVEMENT_LOW)
# A committee that reads "concern" and "met" in one breath is told that both are meant.
_AGAINST_EACH_OTHER = frozenset(
    [(each, Assurance.CONSISTENTLY_HIT) for each in _CONCERN]
    + [(each, Assurance.CONSISTENTLY_MISS) for each in _IMPROVEMENT]
)


def target_words(definition: Definition, value: Fraction) -> str:
    """A target as printed: with the measure's decimals, or with as many more as it was given with.

    >>> from trigpoint.measures.definitions.definition import PeriodType, Statistic
    >>> share = Definition("a", "1", "A", Statistic.PROPORTION, PeriodType.MONTH, unit="%", decimals=0)
    >>> target_words(share, Fraction(95)), target_words(share, Fraction("16.8"))
    ('95%', '16.8%')
    """
    for decimals in range(definition.decimals + 1, definition.decimals + 4):
        if half_up(value, decimals - 1) == value:
            break
        if half_up(value, decimals) == value:
            return shown(replace(definition, decimals=decimals), value)
    return shown(definition, value)


def distance(definition: Definition, value: Fraction, target: Fraction, kind: AimKind) -> str:
    """How far a figure is from a target: "2.1 percentage points below the national standard of 95.0%"."""
    gap, goal = value - target, f"{WHOSE[kind]} of {target_words(definition, target)}"
    if gap == 0:
        return f"exactly {goal}"
    way = "above" if gap > 0 else "below"
    size = half_up(abs(gap), definition.decimals)
    if size == 0:
        return f"just {way} {goal}"
    if percentage(definition.unit):
        return f"{difference(size, definition.decimals, kind='percentage')} {way} {goal}"
    return f"{shown(definition, size)} {way} {goal}"


def standing_sentence(definition: Definition, period: str, value: Fraction, told_gap: str) -> str:
    """A figure with how it stands: "November 2017: 86.4%, 8.6 percentage points below the national standard of 95%."

    ``told_gap`` is what comes after the figure, "" for nothing.
    """
    return f"{period}: {told(definition, value)}{told_gap}."


def control_words(spc: SpcResult | None) -> str:
    """Variation and assurance of a control chart in a few words, "" where there is nothing to say."""
    if spc is None or spc.variation in (Variation.TOO_FEW, Variation.NO_VALUE):
        return ""
    words = VARIATION_WORDS[spc.variation]
    if spc.assurance in (Assurance.NO_TARGET, Assurance.TOO_FEW):
        return words
    link = "though the target is" if (spc.variation, spc.assurance) in _AGAINST_EACH_OTHER else "with the target"
    return f"{words}, {link} {ASSURANCE_WORDS[spc.assurance]}"


def also_words(definition: Definition, standings: Sequence[TargetStanding]) -> str:
    """The standings after the first, each in a few words: "2.1 percentage points below the national standard"."""
    first, words = standings[0], []
    for each in standings[1:]:
        if each.kind is None or each.target is None or each.gap is None:
            continue
        if each.kind is AimKind.STRETCH and first.judgement is not Judgement.MET:
            continue  # whoever misses the plan misses its stretch, and a sentence has an end
        if (each.target, each.period, each.judgement) == (first.target, first.period, first.judgement):
            words.append(f"this is {WHOSE[each.kind]} too")
            continue
        target, gap = _fraction(each.target), _fraction(each.gap)
        when = "" if each.period == first.period else f"{each.period}: "
        words.append(when + distance(definition, target + gap, target, each.kind))
    return "; ".join(words)


def _fraction(value: float) -> Fraction:
    return Fraction(repr(value))


def finding_of(standing: str, also: str, spc: SpcResult | None, peers: PeerStanding | None) -> str:
    """One sentence of the standing, a second target, the control chart and the rank, each left out where not known."""
    parts = [standing.rstrip("."), also, control_words(spc), peers.finding if peers is not None else ""]
    return "; ".join(part for part in parts if part) + "."


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th.

    >>> [ordinal(number) for number in (1, 2, 3, 4, 11, 22, 113)]
    ['1st', '2nd', '3rd', '4th', '11th', '22nd', '113th']
    """
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"
