"""The underlying position a year begins with: last year's, and what growth of money and of costs makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from trigpoint.finance.book.book import Driver, FinanceBook, Recurrence
from trigpoint.finance.money import to_pence
from trigpoint.finance.position.bridge_making import bridge_between, unexplained_gbp
from trigpoint.finance.position.growth import growth_amounts
from trigpoint.finance.position.quantities import amount_words, quantity_value
from trigpoint.finance.position.result import Bridge, Step
from trigpoint.finance.position.underlying_position import underlying_of
from trigpoint.periods import FinancialYear
from trigpoint.rounding import total
from trigpoint.wording import capital

_NOT_GROWTH = (Driver.SAVING, Driver.NON_RECURRENT)


@dataclass(frozen=True, slots=True)
class Opening:
    """``gbp`` is last year's underlying position with growth; the bridge ends in the plan's own, where it tells one."""

    gbp: Decimal | None = None
    bridge: Bridge | None = None
    remarks: tuple[str, ...] = ()


def opening_of(book: FinanceBook, year: FinancialYear) -> Opening:
    """Underlying position of the year before + growth of the recurrent allocation − recurrent growth of cost.

    Growth of cost is that of the growth assumptions, savings apart. Where the plan tells ``opening_underlying``, what
    the two differ by is a step of the bridge and a remark. Nothing where last year's underlying position is not known.
    """
    start = _before(book, year)
    if start is None:
        return Opening()
    steps = [*_allocation(book, year), *_cost(book, year)]
    reached = total((start.gbp, *(step.gbp for step in steps)))
    told = quantity_value(book, "opening_underlying", year)
    end = reached if told.exact is None else to_pence(told.exact)
    invented = any(step.illustrative for step in (start, *steps))
    made = bridge_between(
        f"Underlying {(year - 1).label} to opening {year.label}",
        start,
        steps,
        Step("opening", f"Opening underlying position {year.label}", end, total=True, illustrative=invented),
    )
    apart = unexplained_gbp(made)
    remark = (
        f"Opening underlying position {year.label}: the plan says {amount_words(end)}; last year’s and growth lead to "
        f"{amount_words(reached)}, {amount_words(abs(apart))} {'less' if apart > 0 else 'more'}"
    )
    return Opening(reached, made, (remark,) if apart else ())


def _before(book: FinanceBook, year: FinancialYear) -> Step | None:
    """Last year's underlying position as its items lead to it, else as the plan tells it."""
    made, _ = underlying_of(book, year - 1)
    name = f"Underlying position {(year - 1).label}"
    if made is not None:
        return Step("underlying-before", name, made.gbp, True, any(step.illustrative for step in made.bridge.steps))
    told = quantity_value(book, "underlying_surplus", year - 1)
    return (
        None if told.exact is None else Step("underlying-before", name, to_pence(told.exact), True, told.illustrative)
    )


def _allocation(book: FinanceBook, year: FinancialYear) -> list[Step]:
    before, after = (quantity_value(book, "recurrent_allocation", each) for each in (year - 1, year))
    if before.exact is None or after.exact is None:
        return []
    change = to_pence(after.exact) - to_pence(before.exact)
    invented = before.illustrative or after.illustrative
    return [Step("allocation", "Growth of the recurrent allocation", change, illustrative=invented)]


def _cost(book: FinanceBook, year: FinancialYear) -> list[Step]:
    steps = []
    grown = [
        one
        for one in growth_amounts(book, year)
        if one.assumption.recurrence is Recurrence.RECURRENT and one.assumption.driver not in _NOT_GROWTH
    ]
    for driver in Driver:
        rows = [one for one in grown if one.assumption.driver is driver and one.gbp]
        if rows:
            gbp = -total(one.gbp for one in rows if one.gbp is not None)
            invented = any(one.assumption.stated.illustrative for one in rows)
            key = driver.value.replace(" ", "-")
            steps.append(Step(key, capital(driver.value), gbp, illustrative=invented))
    return steps
