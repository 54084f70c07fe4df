"""What a contract comes to in its year."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from trigpoint.finance.book.book import Contract, ContractLine
from trigpoint.finance.contracts.mechanism import Mechanism, MonthPayment, Payment, Variance
from trigpoint.finance.drawing import Drawn


@dataclass(frozen=True, slots=True)
class LineYear:
    """A line's plan, its activity so far, and its forecast: actual to date, and the plan's remaining months at the rate
    of delivery so far."""

    line: ContractLine
    planned_gbp: Decimal
    units_to_date: Decimal | None
    planned_units_to_date: Decimal
    forecast_units: Decimal
    forecast_gbp: Decimal
    variance_gbp: Decimal


@dataclass(frozen=True, slots=True)
class ContractYear(Drawn):
    """A contract's year: payment at plan, of the months known, and at the forecast; ``months`` are those known.

    ``variance`` is of the forecast's value against the plan's, before the mechanism.
    """

    drawings: ClassVar[tuple[str, ...]] = ("contract-curve", "contract-months")
    contract: Contract
    mechanism: Mechanism
    planned_gbp: Decimal
    at_plan: Payment
    at_forecast: Payment
    forecast_activity_gbp: Decimal
    lines: tuple[LineYear, ...]
    months: tuple[MonthPayment, ...]
    variance: Variance
    remarks: tuple[str, ...] = ()
    illustrative: bool = False
