"""The financial position of a year, and the bridges that lead to it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from trigpoint.finance.book.book import GrowthAssumption, Recurrence, SpendGroup
from trigpoint.finance.drawing import Drawn
from trigpoint.periods import FinancialYear


@dataclass(frozen=True, slots=True)
class GroupPosition:
    """A commissioning group's year: ``variance_gbp`` is forecast less budget (an overspend is positive).

    A position has a row each group and recurrence, and none of their sums. ``actual_to_date_gbp`` is ``None`` where no
    month is reported, or one is missing.
    """

    group: SpendGroup
    recurrence: Recurrence | None
    budget_gbp: Decimal
    budget_to_date_gbp: Decimal
    actual_to_date_gbp: Decimal | None
    forecast_gbp: Decimal
    variance_gbp: Decimal


@dataclass(frozen=True, slots=True)
class GrowthAmount:
    """A growth assumption and its pounds, to the penny; ``of_gbp`` is the recurrent spend of the year before that its
    rate is of. ``None`` where that is not known, ``of_gbp`` also where the assumption is an amount."""

    assumption: GrowthAssumption
    gbp: Decimal | None
    of_gbp: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A bar of a bridge: ``total`` ones stand on the ground, the others change what stands before them."""

    id: str
    name: str
    gbp: Decimal
    total: bool = False
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Bridge(Drawn):
    """Steps from one total to another: those between add up to their difference, exactly."""

    drawings: ClassVar[tuple[str, ...]] = ("waterfall",)
    title: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Underlying:
    """The underlying position: its bridge from the reported surplus, and as a share of the recurrent allocation."""

    bridge: Bridge
    gbp: Decimal
    recurrent_allocation_gbp: Decimal | None
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class Position(Drawn):
    """A year's position in pounds. ``surplus_gbp`` is the forecast's; ``None`` where a plan does not say what is
    needed.

    ``control_variance_gbp`` is forecast surplus less control total: below 0 the control total is missed.
    """

    drawings: ClassVar[tuple[str, ...]] = ("position", "groups")
    year: FinancialYear
    resource_limit_gbp: Decimal | None
    recurrent_limit_gbp: Decimal | None
    budget_gbp: Decimal
    forecast_gbp: Decimal
    planned_surplus_gbp: Decimal | None
    surplus_gbp: Decimal | None
    control_total_gbp: Decimal | None
    control_variance_gbp: Decimal | None
    months_known: int
    groups: tuple[GroupPosition, ...]
    limit_bridge: Bridge | None = None
    surplus_bridge: Bridge | None = None
    spend_bridge: Bridge | None = None
    underlying: Underlying | None = None
    opening_underlying_gbp: Decimal | None = None
    opening_bridge: Bridge | None = None
    months: tuple[tuple[Decimal, Decimal | None, Decimal], ...] = ()
    """Cumulative budget, actual and forecast of each month."""
    growth: tuple[GrowthAmount, ...] = ()
    """What each group's spend is assumed to grow by, and why."""
    remarks: tuple[str, ...] = ()
    illustrative: bool = False
