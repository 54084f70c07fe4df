"""A business rule as data, and what a plan makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from trigpoint.finance.book.book import OrganisationType
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

    ``numerator`` and ``denominator`` name quantities (``rules.quantities``); without a denominator the rule is of the
    numerator itself, and ``growth`` takes its change from the year before as a share. The limit is ``limit``, or the
    quantity ``limit_quantity``; ``highest`` ends a range. ``unit`` is "share", "gbp" or "gbp per head"; ``decimals``
    are those it is usually printed with (of a per cent where it is a share).
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


@dataclass(frozen=True, slots=True)
class RuleResult:
    """What a plan makes of a rule in a year.

    ``exact``, ``rounded`` and ``limit`` are in the rule's unit (a share as a fraction); ``sum`` is the division in
    words. ``printed`` is what the plan prints of it, where it does. ``headroom_gbp`` is how much the numerator may
    still fall (or rise) before the rule is broken, negative where it is broken already; ``None`` where it is no money.
    Everything is ``None`` where the plan does not say what is needed: ``lacking`` says that in a sentence.
    """

    rule: BusinessRule
    year: FinancialYear
    exact: Decimal | None
    rounded: Decimal | None
    limit: Decimal | None
    passes_exact: bool | None
    passes_rounded: bool | None
    headroom_gbp: Decimal | None
    sum: str = ""
    printed: str = ""
    sentence: str = ""
    lacking: str = ""
    illustrative: bool = False

    @property
    def passes(self) -> bool | None:
        """Whether the rule is met by the value that decides."""
        return self.passes_exact if self.rule.compare_on is Compared.EXACT else self.passes_rounded
