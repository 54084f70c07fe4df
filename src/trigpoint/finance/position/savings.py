"""What schemes save in a year, and what of that a position needs."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from trigpoint.errors import InputErrors
from trigpoint.finance.book.book import FinanceBook, Recurrence
from trigpoint.finance.schemes.gates import load_gates
from trigpoint.finance.schemes.result import SchemeYear
from trigpoint.finance.schemes.scheme_book import scheme_book
from trigpoint.periods import FinancialYear
from trigpoint.rounding import total


@dataclass(frozen=True, slots=True)
class Savings:
    """Pounds of a year, savings and investment both positive.

    ``recurrent_gbp`` and ``nonrecurrent_gbp`` are what this year's schemes save in it, ``brought_gbp`` what earlier
    ones save beyond the year before, ``brought_investment_gbp`` what those cost beyond it. ``cash_gbp`` is what of all
    that releases cash, ``cash_investment_gbp`` what that costs. Tails are what the next year adds.
    """

    schemes: int
    recurrent_gbp: Decimal
    nonrecurrent_gbp: Decimal
    brought_gbp: Decimal
    brought_investment_gbp: Decimal
    cash_gbp: Decimal
    cash_investment_gbp: Decimal
    investment_gbp: Decimal
    tail_gbp: Decimal
    investment_tail_gbp: Decimal
    illustrative: bool


@lru_cache(maxsize=16)
def savings(book: FinanceBook, year: FinancialYear) -> Savings | None:
    """The sums of a year's schemes; ``None`` where neither they nor earlier ones save anything."""
    try:
        made = scheme_book(book, year)
    except InputErrors:
        # What is wrong with the plan's own gates is told where they are read, and they move no money.
        made = scheme_book(book, year, load_gates())
    if not made.schemes and not made.carried:
        return None
    lasting = [one for one in made.schemes if one.scheme.recurrence is Recurrence.RECURRENT]
    once = [one for one in made.schemes if one.scheme.recurrence is Recurrence.NON_RECURRENT]
    cash = [one for one in (*made.schemes, *made.carried) if one.scheme.cash_releasing]
    return Savings(
        len(made.schemes) + len(made.carried),
        total(one.part_year_gbp for one in lasting),
        total(one.part_year_gbp for one in once),
        made.brought_gbp,
        made.brought_investment_gbp,
        made.cash_gbp,
        total(one.new_investment_gbp for one in cash),
        _investment(made.schemes),
        total(one.tail_gbp for one in made.schemes),
        total(one.scheme.investment_gbp for one in lasting) - _investment(lasting),
        any(one.scheme.stated.illustrative for one in (*made.schemes, *made.carried)),
    )


def _investment(schemes: list[SchemeYear] | tuple[SchemeYear, ...]) -> Decimal:
    return total(one.investment_gbp for one in schemes)
