"""Interventions: what is done to change activity, how much, when, and how surely."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from trigpoint.activity.assumptions.filters import EVERYWHERE, Filter
from trigpoint.activity.assumptions.ramp import AT_ONCE, Ramp
from trigpoint.activity.assumptions.uncertain import Uncertain
from trigpoint.errors import InputError
from trigpoint.tabular.stated import UNSTATED, Stated


class Effect(Enum):
    """What the amount of a scheme is. All but ``LENGTH_OF_STAY`` and ``ADDED`` avoid activity of the cohort.

    ``SHARE``: the share of the cohort avoided, 0 to 1. ``NUMBER``: how many a year are avoided at full effect.
    ``GROWTH``: the share of the cohort's growth since the base year that is avoided; 1 holds it flat.
    ``ADDED``: how many a year are added (new activity that comes from no cell). ``LENGTH_OF_STAY``: the share of bed
    days avoided, with admissions as they are.
    """

    SHARE = "share avoided"
    NUMBER = "number avoided"
    GROWTH = "growth avoided"
    ADDED = "number added"
    LENGTH_OF_STAY = "bed days avoided"


SHARES = frozenset({Effect.SHARE, Effect.GROWTH, Effect.LENGTH_OF_STAY})
"""Effects whose amount is a share, 0 to 1; those of the others are numbers a year."""


@dataclass(frozen=True, slots=True)
class Shift:
    """Where avoided activity goes: ``ratio`` units of the target for each one avoided.

    A conversion (to day case, outpatient procedure, telephone) is a shift with a ratio of 1. The target is of the same
    provider unless one is named.
    """

    pod: str
    provider: str = ""
    ratio: float = 1.0


@dataclass(frozen=True, slots=True)
class Scheme:
    """One intervention. ``cohort`` is the share of each cell that it can reach, 0 to 1 (ρ).

    Several schemes on one cell compose by survival, (1 − e₁)(1 − e₂), whatever their order. ``delivery`` is the
    probability that it happens at all. ``part_of`` names the QIPP or transformation scheme that owns it;
    ``deliverable`` and ``milestone`` are ids of the plan, and the milestone must come first. Raises ``InputError`` for
    effects, cohorts and probabilities beyond 0 to 1.
    """

    id: str
    effect: Effect
    amount: Uncertain
    where: Filter = EVERYWHERE
    cohort: float = 1.0
    ramp: Ramp = AT_ONCE
    shift: Shift | None = None
    delivery: float = 1.0
    part_of: str = ""
    deliverable: str = ""
    milestone: str = ""
    together: str = ""
    correlation: float = 1.0
    stated: Stated = UNSTATED

    def __post_init__(self) -> None:
        if self.effect in SHARES and not 0 <= self.amount.value <= 1:
            what = f"its effect is {100 * self.amount.value:g}%, which is not between 0% and 100%"
            raise InputError(what, remedy="give the share that is avoided, or a number a year")
        if self.effect not in SHARES and self.amount.value < 0:
            raise InputError(f"its number, {self.amount.value:g}, is negative", remedy="give how many, without a sign")
        for name, part in (("cohort", self.cohort), ("probability of delivery", self.delivery)):
            if not 0 <= part <= 1:
                raise InputError(
                    f"its {name} is {100 * part:g}%, which is not between 0% and 100%", remedy="correct it"
                )

    @property
    def name(self) -> str:
        return self.stated.name or self.id
