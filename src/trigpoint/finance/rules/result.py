"""What a plan makes of a business rule."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from trigpoint.finance.rules.rule import BusinessRule, Compared, Operator
from trigpoint.periods import FinancialYear

__all__ = ["BusinessRule", "Compared", "Operator", "RuleResult"]


@dataclass(frozen=True, slots=True)
class RuleResult:
    """What a plan makes of a rule in a year.

    ``exact``, ``rounded`` and ``limit`` are in the rule's unit (a share as a fraction); ``sum`` is the division in
    words. ``printed`` is what the plan prints of it, where it does. ``headroom_gbp`` is how much the numerator may
    still fall (or rise) before the rule is broken, negative where it is broken already; ``None`` where it is no money.
    Everything is ``None`` where the plan does not say what is needed: ``lacking`` says that in a sentence. Where it
    prints the result all the same, ``rounded`` and ``passes_rounded`` are of what it prints.
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
    remarks: tuple[str, ...] = ()
    """Where the plan tells one figure and its lines give another."""

    @property
    def passes(self) -> bool | None:
        """Whether the rule is met by the value that decides."""
        return self.passes_exact if self.rule.compare_on is Compared.EXACT else self.passes_rounded
