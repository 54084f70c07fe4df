"""Which risks and mitigations of a year count, and with how much: nothing that could pay for one thing pays for two."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from trigpoint.finance.book.book import FinanceBook, Risk, RiskKind, Series, SpendGroup
from trigpoint.finance.money import to_pence
from trigpoint.finance.risks.result import WeightedRisk
from trigpoint.finance.words import gbp_words
from trigpoint.periods import FinancialYear
from trigpoint.tabular.money_cells import LARGEST_GBP

# What a mitigation of these groups draws on is held in the plan, and no more of it can be drawn than is there. Where no
# line of spend holds it, a quantity of the plan may tell it.
_HELD: Mapping[SpendGroup, str] = {
    SpendGroup.CONTINGENCY: "contingency",
    SpendGroup.RESERVES: "nonrecurrent_uncommitted",
}
_NIL = Decimal("0.00")


def weighted_risks(book: FinanceBook, year: FinancialYear) -> tuple[WeightedRisk, ...]:
    """Every risk and mitigation of a year with what it weighs (value × probability), in the order of the book.

    Not counted are rows that cannot be (a probability beyond 0 to 1, a negative value), each with its reason, and
    mitigations that the forecast uses already. Mitigations from contingency and reserves count up to what the plan
    still holds of them, the first first.
    """
    rows = [one for one in book.risks if one.year == year]
    left = {group: held_gbp(book, group, year) for group in _HELD}
    for one in rows:
        if one.in_forecast and one.kind is RiskKind.MITIGATION and not unfit(one):
            _take(left, one)
    return tuple(_weighed(one, left) for one in rows)


def held_gbp(book: FinanceBook, group: SpendGroup, year: FinancialYear) -> Decimal | None:
    """What a plan holds of contingency or reserves: the forecast of each line where there is one, else its budget, else
    the quantity that tells it; ``None`` where nothing does."""
    lines = [one for one in book.spend if one.year == year and one.group is group]
    held = {one.id: one.gbp for one in lines if one.series is Series.BUDGET}
    held |= {one.id: one.gbp for one in lines if one.series is Series.FORECAST}
    if held:
        return sum(held.values(), Decimal(0))
    told = book.quantity(_HELD[group], year)
    return told.value if told is not None and told.unit == "gbp" else None


def _take(left: dict[SpendGroup, Decimal | None], one: Risk) -> Decimal:
    """What a mitigation finds of what it draws on, which is gone from there."""
    there = left.get(one.group) if one.group is not None else None
    if there is None or one.group is None:
        return to_pence(one.gbp)
    taken = min(to_pence(one.gbp), max(there, Decimal(0)))
    left[one.group] = there - taken
    return taken


def _weighed(one: Risk, left: dict[SpendGroup, Decimal | None]) -> WeightedRisk:
    if reason := unfit(one):
        return WeightedRisk(one, _NIL, counted=False, reason=reason)
    if one.kind is RiskKind.RISK:
        size = to_pence(one.gbp)
        return WeightedRisk(one, to_pence(size * one.probability), counted_gbp=size)
    if one.in_forecast:
        return WeightedRisk(one, _NIL, counted=False, reason="The forecast uses it already.")
    size = _take(left, one)
    group = one.group.value if one.group is not None else ""
    if not size and one.gbp:
        return WeightedRisk(one, _NIL, counted=False, reason=f"Nothing is left of {group} to pay for it.")
    short = f"Only {gbp_words(size)} of {group} is left to pay for it." if size < to_pence(one.gbp) else ""
    return WeightedRisk(one, to_pence(size * one.probability), reason=short, counted_gbp=size)


def unfit(one: Risk) -> str:
    """Why a risk cannot be counted, in a sentence; "" where it can."""
    if not one.probability.is_finite() or not 0 <= one.probability <= 1:
        return f"Its probability of {one.probability} is not between 0 and 1."
    if not one.gbp.is_finite() or one.gbp < 0:
        return f"Its value of {one.gbp} is not a positive amount."
    if one.gbp > LARGEST_GBP:
        return "Its value is larger than can be calculated with."
    return ""


def total_gbp(risks: tuple[WeightedRisk, ...], kind: RiskKind, amount: Callable[[WeightedRisk], Decimal]) -> Decimal:
    """The sum of an amount over the counted rows of one kind."""
    return sum((amount(one) for one in risks if one.counted and one.risk.kind is kind), _NIL)
