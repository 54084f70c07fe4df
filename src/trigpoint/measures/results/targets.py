"""The targets of every series, gathered from the book's aims and the definitions' standards."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import cache

from trigpoint.errors import InputError
from trigpoint.frameworks import Basis
from trigpoint.measures.book.book import Aim, AimKind, MeasureBook
from trigpoint.measures.definitions.definition import Definition, Statistic
from trigpoint.measures.results.aims import Goals, Line, Spell
from trigpoint.measures.results.cells import Key
from trigpoint.measures.results.timeline import first_ending_from, placed
from trigpoint.measures.results.values import PARTED
from trigpoint.measures.trajectories.grammar import parse_rule
from trigpoint.measures.trajectories.rules import Rule
from trigpoint.periods.calendar import Period
from trigpoint.periods.labels import period_of
from trigpoint.places.model import Place, PlaceKind

_BASES = {basis.value: basis for basis in Basis}
_DAY, _FOREVER = timedelta(days=1), 10**6


def goals_of_book(
    book: MeasureBook, *, standards: Mapping[str, str], baselines: Mapping[Key, str], starts: date | None = None
) -> dict[Key, Goals]:
    """The targets that the book's aims give, by series. Standards of the definitions are added by :func:`spells_of`.

    ``standards`` gives the text of each standard that a rule may name, ``baselines`` the value that a rule's
    ``baseline`` stands for; such a rule holds from ``starts``, the plan's first day, on. What cannot be used is told in
    ``problems`` of its series.
    """
    found: dict[Key, Goals] = {}
    for aim in book.aims:
        definition = book.by_id.get(aim.indicator)
        if definition is None:
            continue
        key = Key(aim.indicator, aim.place, aim.group)
        goals = found.setdefault(key, Goals(definition))
        line = goals.lines.setdefault(aim.kind, Line())
        try:
            if aim.rule:
                # What starts from the last figure before the plan says nothing of the years before it.
                since = starts if "baseline" in aim.rule.lower() else None
                line.rules.append((parsed(aim.rule, tuple(standards.items()), baselines.get(key, "")), since))
            else:
                _add_point(goals, line, aim)
        except InputError as error:
            goals.problems.append(str(error))
    return found


@cache
def parsed(text: str, standards: tuple[tuple[str, str], ...], baseline: str) -> Rule:
    """A rule, read once however many places share it."""
    return parse_rule(text, standards=dict(standards), baseline=baseline or None)


def _add_point(goals: Goals, line: Line, aim: Aim) -> None:
    definition = goals.definition
    value = aim_value(definition, aim)
    place = placed(aim.period, definition.period_type)
    if place is not None:
        line.points[place[0]], goals.periods[place[0]] = value, place[1]
        if aim.numerator is not None:
            bottom = None if aim.denominator is None else Fraction(aim.denominator)
            line.parts[place[0]] = (Fraction(aim.numerator), bottom)
        elif definition.statistic not in PARTED:
            line.parts[place[0]] = (value, None)
        return
    period = period_of(aim.period)
    if period is None:
        raise InputError(f"the target's period “{aim.period}” is no period", remedy="write it as 2017/18 or Nov 2017")
    line.wide[period] = value


def aim_value(definition: Definition, aim: Aim) -> Fraction:
    """A point's value, from its parts where they are given. Raises InputError where there is none."""
    if aim.numerator is not None and definition.statistic is Statistic.COUNT:
        return Fraction(aim.numerator)
    if aim.numerator is not None and aim.denominator and definition.statistic in PARTED:
        return definition.multiplier * Fraction(aim.numerator) / Fraction(aim.denominator)
    if aim.value is None:
        raise InputError(
            f"the target of {aim.period} has no value", remedy="give a value, or numerator and denominator"
        )
    return Fraction(aim.value)


def spells_of(
    definition: Definition,
    kind: PlaceKind,
    base: tuple[int, Period],
    *,
    standards: Mapping[str, str],
    baseline: Callable[[date | None], str],
) -> tuple[tuple[Spell, ...], list[str]]:
    """The standards of a definition for one kind of place, and sentences on what was wrong with any.

    Those meant for such places in particular (providers) come first, then the latest.

    ``base`` is a period of the series with its running number. ``baseline`` gives the place's own value before a day,
    for rules that start from it.
    """
    found: list[tuple[bool, date, Spell]] = []
    problems: list[str] = []
    for standard in definition.standards:
        special = _special(standard.level, kind)
        if special is None or (standard.value is None and not standard.rule):
            continue
        rule = None
        if standard.rule:
            try:
                own = baseline(standard.valid_from) if "baseline" in standard.rule.lower() else ""
                rule = parsed(standard.rule, tuple(standards.items()), own)
            except InputError as error:
                problems.append(str(error))
                continue
        value = None if standard.value is None else Fraction(standard.value)
        first = -_FOREVER if standard.valid_from is None else first_ending_from(standard.valid_from, base)
        # The last day there is has no day after it.
        ends = standard.valid_to if standard.valid_to != date.max else None
        last = _FOREVER if ends is None else first_ending_from(ends + _DAY, base) - 1
        spell = Spell(first, last, value, rule, standard.comparator, _BASES.get(standard.basis, Basis.NOT_STATED))
        found.append((special, standard.valid_from or date.min, spell))
    return tuple(spell for *_, spell in sorted(found, key=lambda each: each[:2], reverse=True)), problems


_COMMISSIONERS = frozenset((PlaceKind.REGION, PlaceKind.ICB, PlaceKind.SUB_ICB, PlaceKind.CCG, PlaceKind.STP))
_LEVELS = {
    "provider": frozenset((PlaceKind.TRUST, PlaceKind.SITE)),
    "practice": frozenset((PlaceKind.PRACTICE, PlaceKind.PCN)),
    **dict.fromkeys(("icb", "ccg", "system", "commissioner"), _COMMISSIONERS),
}


def _special(level: str, kind: PlaceKind) -> bool | None:
    """Whether a standard of this level is meant for places of this kind in particular; ``None``: not for them."""
    named = [_LEVELS[word] for word in re.split(r"[^a-z]+", level.lower()) if word in _LEVELS]
    if not named or "national" in level:
        return False
    return True if any(kind in kinds for kinds in named) else None


def add_goals_of_parents(
    found: dict[Key, Goals], parts: Mapping[Key, Sequence[Place]], definitions: Mapping[str, Definition]
) -> None:
    """Targets of places that have none of their own, from their parts: numerators and denominators are added.

    ``parts`` gives the parts of each whole, the smallest wholes first. A period counts where every part that exists
    then has a target with its parts; shares without them cannot be added and are never averaged: that is told.
    """
    for key, children in parts.items():
        definition = definitions[key.indicator]
        given = {place: goals for place in children if (goals := found.get(key._replace(place=place.code)))}
        periods = {number: period for goals in given.values() for number, period in goals.periods.items()}
        for kind in AimKind:
            own = found.get(key)
            lines = {place: goals.lines[kind] for place, goals in given.items() if kind in goals.lines}
            if not lines or (own is not None and kind in own.lines):
                continue
            line = _summed(definition, lines, children, periods)
            if not line.empty:
                goals = found.setdefault(key, Goals(definition))
                goals.lines[kind] = line
                goals.periods.update({number: periods[number] for number in line.points})
            elif all(place in lines for place in children if place.valid_to is None):
                found.setdefault(key, Goals(definition)).problems.append(
                    f"the {kind.value} target cannot be added up: the places give values without their parts"
                )


def _summed(
    definition: Definition, given: Mapping[Place, Line], places: Sequence[Place], periods: Mapping[int, Period]
) -> Line:
    total = Line()
    for number in sorted({number for line in given.values() for number in line.parts}):
        there = [place for place in places if place.existed(periods[number].end)]
        lines = [given[place] for place in there if place in given and number in given[place].parts]
        if len(lines) < len(there) or not lines:
            continue
        tops = [line.parts[number][0] for line in lines]
        bottoms = [bottom for line in lines if (bottom := line.parts[number][1]) is not None]
        top, bottom = sum(tops, Fraction(0)), sum(bottoms, Fraction(0))
        if definition.statistic not in PARTED:
            total.parts[number], total.points[number] = (top, None), top
        elif len(bottoms) == len(lines) and bottom:
            total.parts[number] = (top, bottom)
            total.points[number] = definition.multiplier * top / bottom
    return total
