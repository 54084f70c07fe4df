"""Trajectory rules as values: each gives an exact number at a period, or nothing where it does not govern.

The words they are written in are read by :mod:`trigpoint.measures.grammar`. Arithmetic is in fractions, so that
nothing is rounded before the printed digit, unless the rule itself says "rounded each year".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import reduce
from typing import Protocol

from trigpoint.errors import InputError
from trigpoint.measures.rounding import half_up
from trigpoint.periods.calendar import CalendarYear, FinancialYear, Month, Period, Quarter, RollingYears, SchoolYear

# A rule may not be asked for a value further from its base than this: no plan looks so far, and an endless
# compound would only cost time.
MOST_STEPS = 1200


class Unit(Enum):
    """What a number in a rule counts. Percentages are held as printed: 58.4% is 58.4."""

    NUMBER = "number"
    PERCENT = "%"
    POINTS = "pp"


class Pace(Enum):
    """How often a step is taken; the value is steps in a year."""

    YEAR = 1
    QUARTER = 4
    MONTH = 12


class Rule(Protocol):
    """What every rule can do. ``period`` is ``None`` for a printed value whose period is not printed."""

    @property
    def unit(self) -> Unit: ...

    def value_at(self, period: Period | None) -> Fraction | None: ...


def _index(period: Period) -> tuple[int, int]:
    """The period's running number and how many of its kind make a year."""
    match period:
        case Quarter():
            return 4 * period.year.first + period.number - 1, 4
        case Month():
            return 12 * period.year + period.number - 1, 12
        case _:
            return period.start.year, 1


def _kind(period: Period) -> str:
    """What periods of this sort are called: two of one kind can be counted between."""
    match period:
        case FinancialYear():
            return "financial years"
        case CalendarYear():
            return "calendar years"
        case SchoolYear():
            return "school years"
        case RollingYears():
            return f"{period.years}-year pools"
        case Quarter():
            return "quarters"
        case Month():
            return "months"


def steps_between(base: Period, period: Period, pace: Pace = Pace.YEAR) -> Fraction:
    """How many steps lie between two periods of one kind; negative when ``period`` is the earlier.

    Raises InputError when the periods are of different kinds, or more than 1,200 steps apart.

    >>> from trigpoint.periods.calendar import FinancialYear, RollingYears
    >>> steps_between(FinancialYear(2013), FinancialYear(2018))
    Fraction(5, 1)
    """
    if _kind(base) != _kind(period):
        raise InputError(
            f"the rule counts in {_kind(base)} such as {base.label} and the value asked for in {_kind(period)} such as "
            f"{period.label}",
            remedy="write the rule's base in the same kind of period as the table",
        )
    (first, per_year), (last, _) = _index(base), _index(period)
    steps = Fraction(last - first, per_year) * pace.value
    if abs(steps) > MOST_STEPS:
        raise InputError(
            f"{base.label} and {period.label} are more than {MOST_STEPS} steps apart",
            remedy="check the years of the rule",
        )
    return steps


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
            return self.start * factor**whole
        return reduce(lambda value, _: _rounded(value * factor, self.rounded_to), range(whole), self.start)


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
