"""Trajectory rules as values: each gives an exact number at a period, or nothing where it does not govern.

The words they are written in are read by ``grammar``. Arithmetic is in fractions, so that nothing is rounded before the
printed digit, unless the rule itself says "rounded each year".
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import Enum
from fractions import Fraction
from functools import reduce
from typing import Protocol

from trigpoint.errors import InputError
from trigpoint.measures.trajectories.steps import Pace, steps_between
from trigpoint.periods.calendar import Period
from trigpoint.rounding import half_up

# More digits than any sum of money in pence: a growth that goes beyond is a slip of the pen.
MOST_DIGITS = 30
MOST_EXACT_STEPS = 120


class Unit(Enum):
    """What a number in a rule counts. Percentages are held as printed: 58.4% is 58.4."""

    NUMBER = "number"
    PERCENT = "%"
    POINTS = "pp"


class Rule(Protocol):
    """What every rule can do. ``period`` is ``None`` for a printed value whose period is not printed."""

    @property
    def unit(self) -> Unit: ...

    def value_at(self, period: Period | None) -> Fraction | None: ...


@dataclass(frozen=True, slots=True)
class Constant:
    """The same value in every period."""

    value: Fraction
    unit: Unit

    def value_at(self, period: Period | None) -> Fraction | None:
        return self.value


@dataclass(frozen=True, slots=True)
class Schedule:
    """A value for each period named, and none for others."""

    values: tuple[tuple[Period, Fraction], ...]
    unit: Unit

    def value_at(self, period: Period | None) -> Fraction | None:
        return next((value for key, value in self.values if key == period), None)


def _rounded(value: Fraction, decimals: int | None) -> Fraction:
    return value if decimals is None else Fraction(half_up(value, decimals))


@dataclass(frozen=True, slots=True)
class Step:
    """The same amount added each year (quarter, month) from a base; nothing before the base."""

    amount: Fraction
    pace: Pace
    start: Fraction
    base: Period
    unit: Unit
    rounded_to: int | None = None

    def value_at(self, period: Period | None) -> Fraction | None:
        if period is None or (steps := steps_between(self.base, period, self.pace)) < 0:
            return None
        if self.rounded_to is None:
            return self.start + steps * self.amount
        whole = range(_whole(steps, self.pace))
        return reduce(lambda value, _: _rounded(value + self.amount, self.rounded_to), whole, self.start)


def _whole(steps: Fraction, pace: Pace) -> int:
    if steps.denominator != 1:
        raise InputError(
            f"this rule moves once a {pace.name.lower()} and cannot say what happens in between",
            remedy="name the pace that the table has, for example “a quarter”",
        )
    return steps.numerator


@dataclass(frozen=True, slots=True)
class Compound:
    """The same percentage added each year (quarter, month) to the value of the year before."""

    percent: Fraction
    pace: Pace
    start: Fraction
    base: Period
    unit: Unit
    rounded_to: int | None = None

    def value_at(self, period: Period | None) -> Fraction | None:
        if period is None or (steps := steps_between(self.base, period, self.pace)) < 0:
            return None
        factor, whole = 1 + self.percent / 100, _whole(steps, self.pace)
        if self.rounded_to is None:
            return _countable(self.start * _power(factor, whole))
        return reduce(lambda value, _: _rounded(_countable(value * factor), self.rounded_to), range(whole), self.start)


def _power(factor: Fraction, steps: int) -> Fraction:
    """The factor so many times over: exact over ten years of months, and to 120 digits beyond. A fraction of ten
    thousands of digits would say no more, and takes a thousand times as long."""
    if steps <= MOST_EXACT_STEPS:
        return factor**steps
    with localcontext() as context:
        context.prec = MOST_EXACT_STEPS
        return Fraction((Decimal(factor.numerator) / factor.denominator) ** steps)


def _countable(value: Fraction) -> Fraction:
    if abs(value) >= 10**MOST_DIGITS:
        raise InputError(
            f"the rule gives a number of more than {MOST_DIGITS} digits",
            remedy="check its percentage and its first period",
        )
    return value


@dataclass(frozen=True, slots=True)
class Linear:
    """A straight line between two values; nothing before the first period or after the last."""

    start: Fraction
    base: Period
    goal: Fraction
    by: Period
    unit: Unit

    def value_at(self, period: Period | None) -> Fraction | None:
        if period is None:
            return None
        done, whole = steps_between(self.base, period), steps_between(self.base, self.by)
        return self.start + (self.goal - self.start) * done / whole if 0 <= done <= whole else None


@dataclass(frozen=True, slots=True)
class Share:
    """So many per hundred (``per`` = 100) or per thousand … of a number of people or things."""

    part: Fraction
    per: Fraction
    whole: Fraction
    unit: Unit = Unit.NUMBER

    def value_at(self, period: Period | None) -> Fraction | None:
        return self.part * self.whole / self.per


@dataclass(frozen=True, slots=True)
class CumulativeShare:
    """A share reached in equal steps over some years: after the k-th of n years, k/n of it; nothing outside them."""

    percent: Fraction
    whole: Fraction
    years: int
    first: Period
    unit: Unit = Unit.NUMBER

    def value_at(self, period: Period | None) -> Fraction | None:
        if period is None:
            return None
        number = steps_between(self.first, period) + 1
        if not 0 < number <= self.years:
            return None
        return self.percent / 100 * self.whole * number / self.years


@dataclass(frozen=True, slots=True)
class Percent:
    """What percentage one number is of another."""

    part: Fraction
    whole: Fraction
    unit: Unit = Unit.PERCENT

    def value_at(self, period: Period | None) -> Fraction | None:
        return 100 * self.part / self.whole


class Choice(Enum):
    """How several values become one."""

    SUM = "sum"
    MAX = "max"
    MIN = "min"


@dataclass(frozen=True, slots=True)
class Combined:
    """Several rules made one; a value only where each of them has one."""

    how: Choice
    rules: tuple[Rule, ...]
    unit: Unit

    def value_at(self, period: Period | None) -> Fraction | None:
        values = [rule.value_at(period) for rule in self.rules]
        known = [value for value in values if value is not None]
        if len(known) < len(values):
            return None
        match self.how:
            case Choice.SUM:
                return sum(known, Fraction(0))
            case Choice.MAX:
                return max(known)
            case Choice.MIN:
                return min(known)


@dataclass(frozen=True, slots=True)
class Total:
    """A rule's values added up over a run of periods; the total has no period of its own."""

    rule: Rule
    periods: tuple[Period, ...]
    unit: Unit

    def value_at(self, period: Period | None) -> Fraction | None:
        values = [self.rule.value_at(each) for each in self.periods]
        known = [value for value in values if value is not None]
        return sum(known, Fraction(0)) if len(known) == len(values) else None


@dataclass(frozen=True, slots=True)
class Then:
    """One rule until another takes over: the later rule governs wherever it has a value."""

    earlier: Rule
    later: Rule
    unit: Unit

    def value_at(self, period: Period | None) -> Fraction | None:
        value = self.later.value_at(period)
        return self.earlier.value_at(period) if value is None else value
