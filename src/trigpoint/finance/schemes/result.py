"""What schemes come to in a year."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from trigpoint.finance.book.book import Scheme
from trigpoint.periods import FinancialYear


@dataclass(frozen=True, slots=True)
class GateStanding:
    """Where a scheme stands at the gate that its stage asks for: passed or not, and what is lacking in a sentence."""

    gate: str
    name: str
    passed: bool
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class SchemeYear:
    """One scheme in one year; pounds, savings positive.

    ``part_year_gbp`` is gross; ``net_gbp`` is less the investment of the same months. ``tail_gbp`` is what the
    full-year effect still adds next year (recurrent only), ``exit_gbp`` the recurrent rate at which it leaves the year.
    ``counted_gbp`` is what of it counts once double counting is taken out. ``months`` are plan, actual and forecast.
    """

    scheme: Scheme
    year: FinancialYear
    part_year_gbp: Decimal
    net_gbp: Decimal
    tail_gbp: Decimal
    exit_gbp: Decimal
    risk_adjusted_gbp: Decimal
    counted_gbp: Decimal
    plan_to_date_gbp: Decimal
    actual_to_date_gbp: Decimal | None
    delivery_ratio: Decimal | None
    forecast_gbp: Decimal
    forecast_reason: str = ""
    rag: str = ""
    rag_reason: str = ""
    gates: tuple[GateStanding, ...] = ()
    months: tuple[tuple[Decimal, Decimal | None, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class SchemeBook:
    """All schemes of a year, and their sums. ``target_gbp`` is the plan's own target, where it says one."""

    year: FinancialYear
    schemes: tuple[SchemeYear, ...]
    full_year_gbp: Decimal
    part_year_gbp: Decimal
    net_gbp: Decimal
    tail_gbp: Decimal
    exit_gbp: Decimal
    risk_adjusted_gbp: Decimal
    counted_gbp: Decimal
    forecast_gbp: Decimal
    target_gbp: Decimal | None
    unidentified_gbp: Decimal
    by_stage: tuple[tuple[str, int, Decimal], ...] = ()
    remarks: tuple[str, ...] = ()
    illustrative: bool = False
