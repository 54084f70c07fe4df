"""The underlying position of a plan: its items from what the plan tells, else from its lines and schemes."""

from __future__ import annotations

from fractions import Fraction

from trigpoint.finance.book.book import FinanceBook
from trigpoint.finance.money import to_pence
from trigpoint.finance.position.kinds import SHARE
from trigpoint.finance.position.quantities import QuantityValue, amount_words, in_unit, quantity_value, rounded_to
from trigpoint.finance.position.result import Underlying
from trigpoint.finance.position.underlying import ITEMS, UnderlyingItems, underlying
from trigpoint.periods import FinancialYear
from trigpoint.wording import listed


def underlying_of(book: FinanceBook, year: FinancialYear) -> tuple[Underlying | None, tuple[str, ...]]:
    """The underlying position of a plan's year, from its planned surplus (else the forecast one), and remarks.

    An item that neither the plan tells nor its lines give is nil, and named. ``None`` where no surplus is known, or
    nothing but the surplus.
    """
    reported = quantity_value(book, "planned_surplus", year)
    if reported.exact is None:
        reported = quantity_value(book, "outturn_surplus", year)
    items = {name: quantity_value(book, name, year) for name in ITEMS}
    known = {name: value for name, value in items.items() if value.exact is not None}
    if reported.exact is None or not known:
        return None, ()
    allocation = quantity_value(book, "recurrent_allocation", year)
    amounts = {name: to_pence(value.exact or Fraction(0)) for name, value in known.items()}
    invented = {name for name, value in known.items() if value.illustrative and amounts[name]}
    made = underlying(
        to_pence(reported.exact),
        UnderlyingItems(**amounts),
        None if allocation.exact is None else to_pence(allocation.exact),
        title=f"Underlying position {year.label}",
        illustrative=frozenset({*invented, "reported"} if reported.illustrative else invented),
    )
    borne = _contingency(made, items["contingency_underlying"])
    return made, (*_differences(book, year, made), *_remarks(items, known, allocation), *borne)


def _remarks(
    items: dict[str, QuantityValue], known: dict[str, QuantityValue], allocation: QuantityValue
) -> tuple[str, ...]:
    nil = [items[name].title.lower() for name in ITEMS if name not in known]
    said = [remark for value in known.values() for remark in value.remarks]
    if nil:
        said.append(f"Underlying position: {listed(nil)} {'is' if len(nil) == 1 else 'are'} not known and taken as nil")
    if allocation.exact is None:
        said.append(f"Underlying position: no share of the recurrent allocation, for {allocation.lacking}")
    return tuple(said)


def _contingency(made: Underlying, contingency: QuantityValue) -> tuple[str, ...]:
    """How much of it is contingency that the lines give: guidance has had that added, and has had it borne."""
    if contingency.told is not None or not contingency.exact or contingency.exact < 0:
        return ()
    held = to_pence(contingency.exact)
    share = Fraction(made.gbp - held) / Fraction(made.recurrent_allocation_gbp or 1)
    of = f" ({in_unit(share, SHARE, 1)} of the recurrent allocation)" if made.recurrent_allocation_gbp else ""
    return (
        f"Underlying position: {amount_words(held)} of its {amount_words(made.gbp)} is recurrent contingency, which is "
        f"added as if nothing had a call on it; where it has to be borne, {amount_words(made.gbp - held)}{of} is left",
    )


def _differences(book: FinanceBook, year: FinancialYear, made: Underlying) -> tuple[str, ...]:
    """Where the plan prints another underlying position than its own items lead to."""
    said = []
    for name, computed in (("underlying_surplus", made.gbp), ("underlying_share", made.share)):
        told = quantity_value(book, name, year).told
        if told is None or computed is None:
            continue
        here, there = Fraction(computed), Fraction(told.value)
        if abs(here - there) > rounded_to(told) / 2:
            decimals = 2 if told.unit == SHARE else 3
            said.append(
                f"Underlying position {year.label}: the plan prints {in_unit(there, told.unit, decimals)}, "
                f"its items lead to {in_unit(here, told.unit, decimals)}"
            )
    return tuple(said)
