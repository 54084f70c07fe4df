"""Rules that say which figure is tested (March, the average of a year) or only which way it has to go."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from trigpoint.measures.trajectories.rules import Rule, Unit
from trigpoint.periods.calendar import FinancialYear, Month, Period

MARCH = 3


@dataclass(frozen=True, slots=True)
class Beyond:
    """A direction without a number: the value is the bound that has to be beaten, not reached."""

    bound: Fraction
    unit: Unit
    higher: bool

    def value_at(self, period: Period | None) -> Fraction | None:
        return self.bound


class Moment(Enum):
    """The one figure of a financial year that a rule speaks of."""

    MARCH = "month of March"
    YEAR = "average of the year"


@dataclass(frozen=True, slots=True)
class Timed:
    """A rule over financial years that tests one figure of each: the month of March, or the year as a whole.

    In March the value is the year's; every other month, and the year itself, has none. As an average the value is the
    year's and no month has one.
    """

    moment: Moment
    rule: Rule
    unit: Unit

    def value_at(self, period: Period | None) -> Fraction | None:
        if self.moment is Moment.YEAR:
            return self.rule.value_at(period) if isinstance(period, FinancialYear) else None
        if isinstance(period, Month) and period.number == MARCH:
            return self.rule.value_at(FinancialYear.of(period.start))
        return None
