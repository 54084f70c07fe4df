"""What schemes come to in a year."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from trigpoint.finance.book.book import Scheme
from trigpoint.finance.drawing import Drawn
from trigpoint.periods import FinancialYear


@dataclass(frozen=True, slots=True)
class GateStanding:
    """Where a scheme stands at the gate that its stage asks for: passed or not, and what is lacking in a sentence."""

    gate: str
    name: str
    passed: bool
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class SchemeYear(Drawn):
    """One scheme in one year; pounds, savings positive.

    ``part_year_gbp`` is gross; ``net_gbp`` is less the investment of the same months. ``tail_gbp`` is what the
    full-year effect still adds next year (recurrent only), ``exit_gbp`` the recurrent rate at which it leaves the year.
    ``counted_gbp`` is what of it counts once double counting is taken out. ``months`` are plan, actual and forecast.
    ``delivery_ratio`` is actual over plan to date, ``expected_ratio`` what the rest of the plan is multiplied by, and
    ``computed_forecast_gbp`` the forecast before one's own replaces it. ``new_gbp`` is what the year saves beyond the
    year before, ``new_investment_gbp`` what it costs beyond it. ``rag`` is computed, ``rag_basis`` says from what,
    ``rag_reason`` only where it differs from the declared one.
    """

    drawings: ClassVar[tuple[str, ...]] = ("scheme-months",)
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
    investment_gbp: Decimal = Decimal(0)
    new_gbp: Decimal = Decimal(0)
    new_investment_gbp: Decimal = Decimal(0)
    expected_ratio: Decimal | None = None
    computed_forecast_gbp: Decimal | None = None
    rag_basis: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SchemeBook(Drawn):
    """All schemes of a year, and their sums. ``target_gbp`` is the plan's own target, where it says one.

    Sums are of ``schemes``, those of this year. ``carried`` are earlier ones of which something falls due in this year,
    ``brought_gbp`` how much, ``brought_investment_gbp`` what they cost more than in the year before. ``cash_gbp`` is
    what of both releases cash, gross; ``shortfall_gbp`` is what of the target that leaves. ``unidentified_gbp`` is the
    year's saving that the plan itself calls unidentified.
    """

    drawings: ClassVar[tuple[str, ...]] = ("schemes",)
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
    carried: tuple[SchemeYear, ...] = ()
    brought_gbp: Decimal = Decimal(0)
    cash_gbp: Decimal = Decimal(0)
    shortfall_gbp: Decimal | None = None
    brought_investment_gbp: Decimal = Decimal(0)
