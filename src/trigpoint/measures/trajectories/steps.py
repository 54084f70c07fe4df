"""How many steps of a trajectory rule lie between two periods of one kind."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction

from trigpoint.errors import InputError
from trigpoint.periods.calendar import CalendarYear, FinancialYear, Month, Period, Quarter, RollingYears, SchoolYear

# A rule may not be asked for a value further from its base than this: no plan looks so far, and an endless
# compound would only cost time.
MOST_STEPS = 1200


class OtherKind(InputError):
    """The rule counts in periods of another kind than the one that it was asked for."""


class Pace(Enum):
    """How often a step is taken; the value is steps in a year."""

    YEAR = 1
    QUARTER = 4
    MONTH = 12


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
        raise OtherKind(
            f"the rule counts in {_kind(base)} such as {base.label} and the value asked for in {_kind(period)}",
            remedy="write the rule’s base in the same kind of period as the table",
        )
    (first, per_year), (last, _) = _index(base), _index(period)
    steps = Fraction(last - first, per_year) * pace.value
    if abs(steps) > MOST_STEPS:
        raise InputError(
            # Not the period itself: a series of hundreds would tell the same of each.
            f"{base.label} and a period asked for are more than {MOST_STEPS} steps apart",
            remedy="check the years of the rule",
        )
    return steps
