"""The targets of one series, period by period: the plan's, its stretch, its forecast and the centre's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from trigpoint.errors import InputError
from trigpoint.frameworks import Basis
from trigpoint.measures.book.book import AimKind
from trigpoint.measures.definitions.definition import Aggregation, Definition, PeriodType
from trigpoint.measures.results.values import Floats
from trigpoint.measures.trajectories.rules import Rule
from trigpoint.measures.trajectories.timing import Beyond, Moment, Timed
from trigpoint.periods.calendar import FinancialYear, Period, Quarter
from trigpoint.plans.model import Comparator, Polarity
from trigpoint.rounding import half_up

# Whose target a measure is judged by first.
ORDER = (AimKind.PLAN, AimKind.NATIONAL, AimKind.STRETCH)
_WAY = {Polarity.HIGHER: Comparator.AT_LEAST, Polarity.LOWER: Comparator.AT_MOST}


class Target(NamedTuple):
    """A target in one period: ``basis`` says of which figure, ``comparator`` is ``None`` where no way is better."""

    value: Fraction
    comparator: Comparator | None
    basis: Basis = Basis.NOT_STATED


@dataclass(slots=True)
class Line:
    """One kind's target over time: points by running number, points of longer periods, rules for all others.

    ``parts`` are numerator and denominator of the points where they were given, so that points can be added up. Each
    rule has the day before which it does not hold, ``None`` for none.
    """

    points: dict[int, Fraction] = field(default_factory=dict)
    parts: dict[int, tuple[Fraction, Fraction | None]] = field(default_factory=dict)
    wide: dict[Period, Fraction] = field(default_factory=dict)
    rules: list[tuple[Rule, date | None]] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        return not (self.points or self.wide or self.rules)


class Spell(NamedTuple):
    """A standard between two running numbers, both included; ``value`` or ``rule`` says what it asks."""

    first: int
    last: int
    value: Fraction | None
    rule: Rule | None
    comparator: Comparator
    basis: Basis


@dataclass(slots=True)
class Goals:
    """All targets of one series; ask with :meth:`at`. ``problems`` are sentences about what could not be used.

    ``spells`` are the standards, the latest first; ``periods`` are those of the points.
    """

    definition: Definition
    lines: dict[AimKind, Line] = field(default_factory=dict)
    spells: tuple[Spell, ...] = ()
    problems: list[str] = field(default_factory=list)
    periods: dict[int, Period] = field(default_factory=dict)

    def at(self, kind: AimKind, number: int, period: Period) -> Target | None:
        """The target of a kind in a period, ``None`` where it says nothing of it."""
        line = self.lines.get(kind)
        target = None if line is None else self._on(line, number, period)
        if target is not None:
            return target
        return self._standard(number, period) if kind is AimKind.NATIONAL and self.spells else None

    @property
    def _adds_to_years(self) -> bool:
        """Whether what is asked of a year is asked of the sum of its months or quarters."""
        return self.definition.year_to_date is Aggregation.SUM

    def of_one_period(self, kind: AimKind, number: int, period: Period) -> Target | None:
        """As :meth:`at`, for what is asked of the period by itself: neither a year's sum nor what is due in March."""
        target = self.at(kind, number, period)
        return target if target is not None and self._for_one(target.basis, target.comparator, number) else None

    def _for_one(self, basis: Basis, comparator: Comparator | None, number: int) -> bool:
        window = judged_window(self.definition, basis, comparator, number)
        kind = self.definition.period_type
        if basis is Basis.YEAR and self._adds_to_years:
            return kind not in (PeriodType.MONTH, PeriodType.QUARTER)
        if basis is Basis.EACH_QUARTER and self._adds_to_years:
            return kind is not PeriodType.MONTH
        return window is not None and (len(window) == 1 or not self._adds_to_years)

    def headline(self, first: int, count: int, period_of_number: Callable[[int], Period]) -> Floats:
        """The target by which each of ``count`` periods from ``first`` is judged, as an array; NaN for none."""
        made = np.full(count, np.nan)
        for kind in reversed(ORDER):
            line = self.lines.get(kind)
            if kind is AimKind.NATIONAL:
                self._lay_spells(made, first, period_of_number)
            if line is not None and not line.wide and not line.rules:
                for number, value in line.points.items():
                    if first <= number < first + count:
                        made[number - first] = float(value)
            elif line is not None:
                for at in range(count):
                    target = self._on(line, first + at, period_of_number(first + at))
                    if target is not None and self._for_one(target.basis, target.comparator, first + at):
                        made[at] = float(target.value)
        return made

    def _lay_spells(self, made: Floats, first: int, period_of_number: Callable[[int], Period]) -> None:
        for spell in reversed(self.spells):
            numbers = range(max(spell.first, first), min(spell.last, first + len(made) - 1) + 1)
            if spell.value is not None and spell.basis in (Basis.NOT_STATED, Basis.EACH_MONTH):
                made[numbers.start - first : max(numbers.stop - first, 0)] = float(spell.value)
                continue
            for number in numbers:
                value = spell.value
                if spell.rule is not None:
                    value = self._ruled(spell.rule, period_of_number(number))
                if value is not None and self._for_one(_basis(spell.rule, spell.basis), spell.comparator, number):
                    made[number - first] = float(value)

    def _on(self, line: Line, number: int, period: Period) -> Target | None:
        way = _WAY.get(self.definition.polarity)
        if number in line.points:
            return Target(line.points[number], way)
        # What is asked of a year holds in each of its months, unless they add up to the year.
        for wider in (Quarter.of(period.end), FinancialYear.of(period.end)) if line.wide else ():
            if wider in line.wide:
                whole = Basis.YEAR if isinstance(wider, FinancialYear) else Basis.EACH_QUARTER
                return Target(line.wide[wider], way, whole if self._adds_to_years else Basis.NOT_STATED)
        for rule, since in line.rules:
            value = None if since is not None and period.end < since else self._ruled(rule, period)
            if value is not None:
                beyond = isinstance(rule, Beyond)
                return Target(value, _beyond(rule) if beyond else way, _basis(rule, Basis.NOT_STATED))
        return None

    def _ruled(self, rule: Rule, period: Period) -> Fraction | None:
        try:
            if isinstance(rule, Timed) and rule.moment is Moment.YEAR:
                value = rule.value_at(FinancialYear.of(period.end))
            else:
                value = rule.value_at(period)
        except InputError as error:
            if (told := str(error)) not in self.problems:
                self.problems.append(told)
            return None
        # A target is what is printed: what a rule computes is rounded as a table would print it.
        return None if value is None else Fraction(half_up(value, self.definition.decimals))

    def _standard(self, number: int, period: Period) -> Target | None:
        for spell in self.spells:
            if spell.first <= number <= spell.last:
                value = spell.value if spell.rule is None else self._ruled(spell.rule, period)
                if value is not None:
                    return Target(value, spell.comparator, _basis(spell.rule, spell.basis))
        return None


def _basis(rule: Rule | None, stated: Basis) -> Basis:
    """On which figure a rule is tested: as it says itself ("in March", "year average"), else as stated beside it."""
    if not isinstance(rule, Timed):
        return stated
    return Basis.YEAR_AVERAGE if rule.moment is Moment.YEAR else Basis.MARCH


def _beyond(rule: Rule) -> Comparator:
    return Comparator.MORE_THAN if isinstance(rule, Beyond) and rule.higher else Comparator.LESS_THAN


def judged_window(definition: Definition, basis: Basis, comparator: Comparator | None, number: int) -> range | None:
    """The running numbers of the periods whose figure is held against a target; ``None`` where it is not yet time.

    A yearly measure is judged by itself. Of a monthly one, a year's average is that of the months so far; a standard
    for March or the year's end is judged only then; a ceiling for a sum over year or quarter from the first month on.
    """
    match definition.period_type:
        case PeriodType.MONTH:
            per_year, place = 12, (number - 3) % 12
        case PeriodType.QUARTER:
            per_year, place = 4, number % 4
        case _:
            return range(number, number + 1)
    last = place == per_year - 1
    # Of what adds up, a floor can only be judged by the whole sum; a ceiling that is passed is passed for good.
    whole = definition.year_to_date is Aggregation.SUM and comparator not in (Comparator.AT_MOST, Comparator.LESS_THAN)
    match basis:
        case Basis.YEAR_AVERAGE:
            return range(number - place, number + 1)
        case Basis.YEAR:
            return range(number - place, number + 1) if last or not whole else None
        case Basis.MARCH | Basis.YEAR_END:
            return range(number, number + 1) if last else None
        case Basis.LAST_QUARTER:
            return range(number - (2 if per_year == 12 else 0), number + 1) if last else None
        case Basis.EACH_QUARTER if per_year == 12:
            return range(number - place % 3, number + 1) if place % 3 == 2 or not whole else None
        case _:
            return range(number, number + 1)
