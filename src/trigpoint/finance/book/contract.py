"""Contracts between commissioners and providers, and what each plans to buy."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from trigpoint.finance.book.vocabulary import SpendGroup
from trigpoint.periods import FinancialYear
from trigpoint.tabular.stated import UNSTATED, Stated


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract of a year between a commissioner and a provider: what each has in its plan, and how it pays.

    ``mechanism`` names one of ``FinanceBook.mechanisms``.
    """

    id: str
    year: FinancialYear
    commissioner: str
    provider: str
    mechanism: str
    commissioner_gbp: Decimal | None = None
    provider_gbp: Decimal | None = None
    group: SpendGroup | None = None
    stated: Stated = UNSTATED


@dataclass(frozen=True, slots=True)
class ContractLine:
    """What a contract plans to buy at one point of delivery in the year.

    ``planned_units`` × ``price_gbp`` is its planned value; ``variable`` lines move the payment of a mechanism with a
    fixed and a variable part. ``actual`` has the units of each month so far, ``profile`` the shares of the months.
    ``actual_price_gbp`` is what a unit of a variable line costs in fact, ``None`` where that is the planned price.
    """

    contract: str
    id: str
    pod: str
    planned_units: Decimal
    price_gbp: Decimal
    variable: bool = True
    profile: tuple[Decimal, ...] = ()
    actual: tuple[Decimal | None, ...] = ()
    stated: Stated = UNSTATED
    actual_price_gbp: Decimal | None = None

    @property
    def planned_gbp(self) -> Decimal:
        return self.planned_units * self.price_gbp

    @property
    def paid_price_gbp(self) -> Decimal:
        """The price of what is done: a line that is paid by a fixed sum stays at its planned one."""
        told = self.actual_price_gbp if self.variable else None
        return self.price_gbp if told is None else told
