"""A plan's target beside a national standard: the same, stronger, weaker, later, without a date."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from trigpoint.errors import InputError
from trigpoint.frameworks import Basis, Criterion, Standard
from trigpoint.measures.coverage.coverage import Difference, TargetComparison
from trigpoint.measures.figures import PERCENTAGE, figure
from trigpoint.measures.trajectories.grammar import parse_rule
from trigpoint.periods.calendar import FinancialYear, Quarter
from trigpoint.periods.labels import long_date, period_of
from trigpoint.plans.model import Comparator, Target
from trigpoint.rounding import decimals_of, half_up

_UPWARD = (Comparator.AT_LEAST, Comparator.MORE_THAN, Comparator.EQUAL)
_DOWNWARD = (Comparator.AT_MOST, Comparator.LESS_THAN, Comparator.EQUAL)
_FALLING = ("reduc", "fewer", "fall", "lower", "cut")
# A figure before the end of the year is a promise of its own only where each period is tested.
_EACH_PERIOD = (Basis.EACH_MONTH, Basis.EACH_QUARTER)


@dataclass(frozen=True, slots=True)
class Moment:
    """The first and last day that a target speaks of, and the words for it; no days when undated."""

    first: date | None
    last: date | None
    words: str


def moment_of(target: Target) -> Moment:
    """When a target is to be met: a day, a period, or nothing that can be read."""
    if not target.at:
        return Moment(None, None, "")
    try:
        day = date.fromisoformat(target.at)
    except ValueError:
        period = period_of(target.at)
        return Moment(period.start, period.end, period.label) if period else Moment(None, None, target.at)
    return Moment(day, day, long_date(day))


def compared(item: str, target: Target, standard: Standard, siblings: Iterable[Standard]) -> TargetComparison | None:
    """The target beside the standard; ``None`` where it speaks of something else.

    ``siblings`` are the round's other standards of the same measure: a target in the years of one of them is not a
    late answer to this one. A target in another unit, or that goes the other way, is said not to be comparable.
    """
    moment = moment_of(target)
    if standard.basis is Basis.LAST_QUARTER and not _in_last_quarter(target):
        return None
    when = _when(moment, standard, siblings)
    difference = when if when is Difference.OTHER_YEAR else _worth(target, standard)
    if difference in (Difference.SAME, Difference.STRONGER) and when is Difference.LATER:
        difference = Difference.LATER
    if difference is Difference.WEAKER and _interim(moment, standard):
        difference = Difference.ON_THE_WAY
    finding = _finding(target, standard, difference, moment)
    return TargetComparison(item, target.value, target.unit, target.at, difference, moment.last is None, finding)


def _interim(moment: Moment, standard: Standard) -> bool:
    """Whether the target is due before the standard is, so that it may still rise to it."""
    if moment.last is None or standard.valid_to is None or moment.last >= standard.valid_to:
        return False
    if standard.basis is Basis.YEAR and moment.last == FinancialYear.of(moment.last).end:
        return False  # what holds of a year as a whole is asked of each of its years
    return standard.basis not in _EACH_PERIOD and not standard.rule


def _in_last_quarter(target: Target) -> bool:
    period = period_of(target.at) if target.at else None
    return isinstance(period, Quarter) and period.number == 4


def _when(moment: Moment, standard: Standard, siblings: Iterable[Standard]) -> Difference | None:
    """Whether the target is of another time than the standard; ``None`` where it is of the same, or undated."""
    if moment.first is None or moment.last is None or _within(moment, standard):
        return None
    others = [other for other in siblings if other.id != standard.id]
    if standard.valid_to is None or moment.first <= standard.valid_to:
        return Difference.OTHER_YEAR
    # What comes after several standards of a measure is late for the last of them alone.
    nearer = any(
        _within(moment, other) or (other.valid_to is not None and standard.valid_to < other.valid_to < moment.first)
        for other in others
    )
    return Difference.OTHER_YEAR if nearer else Difference.LATER


def _within(moment: Moment, standard: Standard) -> bool:
    """Whether the days of the target and those of the standard meet."""
    if moment.first is None or moment.last is None or standard.valid_from is None:
        return False
    return moment.last >= standard.valid_from and (standard.valid_to is None or moment.first <= standard.valid_to)


def _worth(target: Target, standard: Standard) -> Difference:
    """The target's value beside the standard's."""
    goal = value_of(standard, target)
    if goal is None or not _same_unit(target.unit, standard.unit):
        return Difference.CANNOT
    mine = Fraction(target.value)
    match standard.test:
        case Criterion.BETWEEN:
            lowest = Fraction(standard.lowest or 0)
            inside = lowest <= mine <= goal
            return Difference.SAME if inside else Difference.WEAKER if mine > goal else Difference.STRONGER
        case Criterion.REDUCE_BY:
            falling = any(word in target.measure.lower() for word in _FALLING)
            return _against(mine, goal, higher=True) if falling else Difference.CANNOT
        case Criterion.AT_LEAST if target.comparator in _UPWARD:
            return _floor(_against(mine, goal, higher=True), standard)
        case Criterion.AT_MOST | Criterion.LESS_THAN if target.comparator in _DOWNWARD:
            return _floor(_against(mine, goal, higher=False), standard)
        case _:
            return Difference.CANNOT


def _against(mine: Fraction, goal: Fraction, *, higher: bool) -> Difference:
    if mine == goal:
        return Difference.SAME
    return Difference.STRONGER if (mine > goal) is higher else Difference.WEAKER


def _floor(found: Difference, standard: Standard) -> Difference:
    """Where the standard also rises from a baseline that is not known here, only what falls short of its number can be
    told."""
    by_baseline = "baseline" in standard.rule and standard.value is not None
    return Difference.CANNOT if by_baseline and found is not Difference.WEAKER else found


def value_of(standard: Standard, target: Target) -> Fraction | None:
    """The standard's number beside a target: as printed, or what its rule gives in the target's period, with as many
    decimals as the target has; ``None`` where there is none."""
    if standard.value is not None:
        return Fraction(standard.value)
    if not standard.rule or "baseline" in standard.rule:
        return None
    try:
        value = parse_rule(standard.rule).value_at(period_of(target.at) if target.at else None)
    except InputError:
        return None
    return None if value is None else Fraction(half_up(value, decimals_of(target.value)))


def _same_unit(one: str, other: str) -> bool:
    """Percentages compare with percentages, rates with rates of the same size, numbers of things with numbers."""
    return _sort(one) == _sort(other)


def _sort(unit: str) -> str:
    plain = unit.strip().lower()
    if plain.startswith("%"):  # "% per year", "% of allocation": of what, the words of the measure say
        return "%"
    if plain.startswith(("gbp", "£")):
        return "£"
    return plain if plain.startswith("per ") else "number"


def _finding(target: Target, standard: Standard, difference: Difference, moment: Moment) -> str:
    shown = shown_value(target.value, target.unit)
    when = f" for {moment.words}" if moment.words else " (no date)"
    if difference is Difference.CANNOT and standard.value is None and not standard.rule:
        return f"{shown}{when}: the standard names no number"
    if difference in (Difference.CANNOT, Difference.OTHER_YEAR):
        return f"{shown}{when}: {difference.value}"
    goal = value_of(standard, target)
    asked = "the standard"
    if goal is not None:
        low = f"{shown_value(standard.lowest, '')} to " if standard.lowest is not None else ""
        decimals = decimals_of(standard.value) if standard.value is not None else decimals_of(target.value)
        asked = f"the standard of {low}{shown_value(half_up(goal, decimals), standard.unit)}"
    words = {
        Difference.SAME: f"as {asked}",
        Difference.STRONGER: f"stronger than {asked}",
        Difference.WEAKER: f"weaker than {asked}",
        Difference.LATER: f"later than {asked}, due {standard.by or standard.applies_to}",
        Difference.ON_THE_WAY: f"a step on the way to {asked}",
    }
    return f"{shown}{when}: {words[difference]}"


def shown_value(value: Decimal, unit: str) -> str:
    """The number with its unit: a percentage closes up to its sign, whatever follows it; pounds have theirs before.

    >>> shown_value(Decimal("0.5"), "% of allocation"), shown_value(Decimal("-1100000"), "GBP")
    ('0.5% of allocation', '−£1,100,000')
    """
    decimals, unit = decimals_of(value), unit.strip()
    if unit.startswith("%"):
        return f"{figure(value, decimals, kind=PERCENTAGE)}{unit[1:]}"
    if pounds := re.fullmatch(r"(?:GBP|£)( .*)?", unit):
        return f"{'−' if value < 0 else ''}£{figure(abs(value), decimals)}{pounds[1] or ''}"
    return figure(value, decimals, unit=unit)
