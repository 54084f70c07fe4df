"""Whether a plan was made from last year's budget, where the bridge from its forecast is not explained."""

from __future__ import annotations

from dataclasses import replace

from trigpoint.finance.book.book import FinanceBook, Series
from trigpoint.finance.position.bridge_making import unexplained_gbp
from trigpoint.finance.position.bridges import spend_bridge
from trigpoint.finance.position.quantities import amount_words
from trigpoint.finance.position.result import Bridge
from trigpoint.periods import FinancialYear

_MOST_LEFT = 100
"""From the budget at most a hundredth of what is not explained from the forecast may be left."""
_AS_IT_ENDS = ("outturn_spend", "outturn_surplus")


def from_budget_remarks(book: FinanceBook, year: FinancialYear, made: Bridge | None) -> tuple[str, ...]:
    """A sentence where last year's variance is what a bridge of spend does not explain.

    A plan for several years is made before the first of them has a forecast. If the same bridge from last year's budget
    leaves nothing, or next to nothing, this year's plan does not carry on what last year is forecast to overspend.
    """
    rest = unexplained_gbp(made)
    if made is None or not rest:
        return ()
    planned = spend_bridge(_as_budgeted(book, year - 1), year)
    if planned is None or abs(unexplained_gbp(planned)) * _MOST_LEFT > abs(rest):
        return ()
    variance = made.steps[0].gbp - planned.steps[0].gbp
    if not variance:
        return ()
    before, over = (year - 1).label, "over" if variance > 0 else "under"
    return (
        f"{made.title}: {amount_words(abs(rest))} is not explained, but from the budget of {before} all of it is: the "
        f"plan of {year} was made from that budget, and leaves out the {amount_words(abs(variance))} by which {before} "
        f"is forecast to {over}spend",
    )


def _as_budgeted(book: FinanceBook, year: FinancialYear) -> FinanceBook:
    """The book as if a year were to end as it is budgeted; a year without budgets stays."""
    if not any(one.year == year and one.series is Series.BUDGET for one in book.spend):
        return book
    spend = tuple(one for one in book.spend if one.year != year or one.series is Series.BUDGET)
    quantities = tuple(one for one in book.quantities if one.year != year or one.name not in _AS_IT_ENDS)
    return replace(book, spend=spend, quantities=quantities)
