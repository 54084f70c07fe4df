"""A business rule of a planning round, as data."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from trigpoint.finance.book.organisation import OrganisationType
from trigpoint.periods import FinancialYear


class Operator(Enum):
    """How a value is held against its limit."""

    AT_LEAST = "at least"
    AT_MOST = "at most"
    EXACTLY = "exactly"
    BETWEEN = "between"


class Compared(Enum):
    """Which value decides whether the rule is met."""

    EXACT = "exact"
    ROUNDED = "rounded"


@dataclass(frozen=True, slots=True)
class BusinessRule:
    """A rule of a planning round.

    ``numerator`` and ``denominator`` name quantities (``position.quantities``); without a denominator the rule is of
    the numerator itself, and ``growth`` takes its change from the year before as a share. The limit is ``limit``, or
    the quantity ``limit_quantity``; ``highest`` ends a range. ``unit`` is "share", "gbp" or "gbp per head";
    ``decimals`` are those it is usually printed with: of a per cent where it is a share, of a million pounds where it
    is money.
    ``severity`` is "error", "warning" or "off". ``confirmed`` says that the rule is recorded as coming from the
    publication that ``source`` names; any other is to be checked against it before anyone is held to it.
    """

    id: str
    name: str
    first: FinancialYear
    last: FinancialYear
    organisations: tuple[OrganisationType, ...]
    numerator: str
    operator: Operator
    unit: str
    source: str
    denominator: str = ""
    growth: bool = False
    limit: Decimal | None = None
    limit_quantity: str = ""
    highest: Decimal | None = None
    decimals: int = 0
    compare_on: Compared = Compared.EXACT
    severity: str = "error"
    note: str = ""
    confirmed: bool = False
