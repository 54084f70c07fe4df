"""What the growth assumptions of a year come to in pounds: rates of last year's recurrent spend, or amounts."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from trigpoint.finance.book.book import FinanceBook, GrowthAssumption, Recurrence, SpendGroup
from trigpoint.finance.money import to_pence
from trigpoint.finance.position.lines import spend_years
from trigpoint.finance.position.result import GrowthAmount
from trigpoint.periods import FinancialYear
from trigpoint.rounding import total

RESERVED = (SpendGroup.RESERVES, SpendGroup.CONTINGENCY)
"""Money set aside does not grow with what it is set aside for."""


def recurrent_spend(book: FinanceBook, year: FinancialYear) -> dict[SpendGroup, Decimal]:
    """What each group is forecast to spend recurrently in a year; a group that only a quantity tells of is in it."""
    spent: dict[SpendGroup, Decimal] = {}
    for line in spend_years(book, year):
        if line.recurrence is Recurrence.RECURRENT:
            spent[line.group] = spent.get(line.group, Decimal(0)) + total(line.forecast)
    for group in SpendGroup:
        told = book.quantity(f"{group.value.replace(' ', '_')}_spend", year)
        if told is not None and told.unit == "gbp":
            spent.setdefault(group, told.value)
    return spent


def growth_amounts(book: FinanceBook, year: FinancialYear) -> tuple[GrowthAmount, ...]:
    """Each growth assumption of a year with its pounds.

    A rate is of the recurrent spend that the year before is forecast to end with. One for all groups is not applied to
    reserves and contingency, nor to a group that has its own rate of the same driver.
    """
    assumed = [one for one in book.growth if one.year == year]
    before = recurrent_spend(book, year - 1)
    return tuple(_amount(one, assumed, before) for one in assumed)


def _amount(one: GrowthAssumption, assumed: list[GrowthAssumption], before: dict[SpendGroup, Decimal]) -> GrowthAmount:
    if one.gbp is not None:
        return GrowthAmount(one, to_pence(one.gbp))
    if one.rate is None:
        return GrowthAmount(one, None)
    if one.group is not None:
        base = [before[one.group]] if one.group in before else []
    else:
        own = {other.group for other in assumed if other.driver is one.driver and other.rate is not None}
        base = [gbp for group, gbp in before.items() if group not in own and group not in RESERVED]
    if not base:
        return GrowthAmount(one, None)
    return GrowthAmount(one, to_pence(Fraction(one.rate) * Fraction(total(base))), total(base))
