"""What a contract comes to in its year."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from trigpoint.finance.book.book import Contract, ContractLine
from trigpoint.finance.contracts.mechanism import Mechanism, MonthPayment, Payment, Variance


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
class ContractYear:
    """A contract's year: payment at plan, of the months known, and at the forecast; ``months`` are those known.

    ``variance`` is of the forecast's value against the plan's, before the mechanism.
    """

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
