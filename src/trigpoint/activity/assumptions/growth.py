"""Growth: what would change activity if nothing were done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from trigpoint.activity.assumptions.filters import EVERYWHERE, Filter
from trigpoint.activity.assumptions.ramp import AT_ONCE, Ramp
from trigpoint.activity.assumptions.uncertain import Uncertain
from trigpoint.periods import FinancialYear
from trigpoint.tabular.stated import UNSTATED, Stated


class GrowthKind(Enum):
    """Why activity grows."""

    TREND = "demography and trend"
    DEMOGRAPHIC = "demographic"
    BIRTHS = "births"
    HEALTH_STATUS = "health status"
    NON_DEMOGRAPHIC = "non-demographic"
    CATCH_UP = "catch-up"
    REPATRIATION = "repatriation"
    EXPATRIATION = "expatriation"
    ADJUSTMENT = "baseline adjustment"
    OTHER = "other"


class GrowthForm(Enum):
    """What the amount is.

    ``RATE`` is a share a year that compounds from the base year on. ``CHANGE`` is one share of the baseline, reached
    along the ramp. ``NUMBER`` is a count a year added to the whole cohort, reached along the ramp. ``POPULATION`` has
    no amount: the factor of a cell is the ratio of projected to base population of its age and sex.
    """

    RATE = "rate a year"
    CHANGE = "change"
    NUMBER = "number a year"
    POPULATION = "population"


@dataclass(frozen=True, slots=True)
class Growth:
    """One factor of growth, with where it applies and where it comes from.

    ``years`` are those that a rate is of; none means every plan year. Rates of one id share one draw over the years
    that it covers. A rate with a ``STEP`` ramp changes at 1 April, as national assumptions do; with another shape the
    year's growth comes in along it from April to March. ``population`` names the measure of the projection ("people",
    "births", or another table of factors by age and sex). Assumptions of one ``together`` move together with
    ``correlation`` (a Gaussian copula). Of ``POPULATION`` form, ``amount`` is a multiplier of the change: 1 takes the
    projection as it is.
    """

    id: str
    kind: GrowthKind
    form: GrowthForm
    amount: Uncertain
    where: Filter = EVERYWHERE
    years: tuple[FinancialYear, ...] = ()
    ramp: Ramp = AT_ONCE
    population: str = "people"
    together: str = ""
    correlation: float = 1.0
    stated: Stated = UNSTATED

    @property
    def name(self) -> str:
        return self.stated.name or self.kind.value
