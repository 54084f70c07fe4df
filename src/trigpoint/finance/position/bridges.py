"""From last year to this one: resource limit, surplus and spend, step by step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from trigpoint.finance.book.book import (
    Allocation,
    AllocationPart,
    Driver,
    FinanceBook,
    OrganisationType,
    Recurrence,
    SpendGroup,
)
from trigpoint.finance.money import to_pence
from trigpoint.finance.position.bridge_making import bridge_between
from trigpoint.finance.position.growth import growth_amounts
from trigpoint.finance.position.lines import SpendYear, spend_years
from trigpoint.finance.position.quantities import QuantityValue, quantity_value
from trigpoint.finance.position.result import Bridge, GrowthAmount, Step
from trigpoint.finance.position.savings import savings
from trigpoint.periods import FinancialYear
from trigpoint.rounding import total
from trigpoint.wording import capital

_ONCE = Recurrence.NON_RECURRENT


def limit_bridge(book: FinanceBook, year: FinancialYear) -> Bridge | None:
    """From last year's resource limit to this one's by part and recurrence; ``None`` where one is not known."""
    before, after = quantity_value(book, "resource_limit", year - 1), quantity_value(book, "resource_limit", year)
    if before.exact is None or after.exact is None:
        return None
    kinds = [(part, recurrence) for part in AllocationPart for recurrence in Recurrence]
    # Of a year without allocations the parts are not nil, they are not known.
    told = all(any(one.year == each for one in book.allocations) for each in (year - 1, year))
    steps = [_change_of_part(book.allocations, year, part, recurrence) for part, recurrence in kinds] if told else []
    return bridge_between(
        f"Resource limit {(year - 1).label} to {year.label}",
        _ground("limit-before", f"Resource limit {(year - 1).label}", before),
        steps,
        _ground("limit", f"Resource limit {year.label}", after),
    )


def _change_of_part(
    allocations: Iterable[Allocation], year: FinancialYear, part: AllocationPart, recurrence: Recurrence
) -> Step:
    rows = [one for one in allocations if one.part is part and one.recurrence is recurrence]
    now, then = ([one for one in rows if one.year == each] for each in (year, year - 1))
    change = total(one.gbp for one in now) - total(one.gbp for one in then)
    name = capital(part.value)
    if part is not AllocationPart.BROUGHT_FORWARD:
        name += f", {recurrence.value}"
    key = f"{part.name}-{recurrence.name}".lower().replace("_", "-")
    return Step(key, name, change, illustrative=any(one.stated.illustrative for one in (*now, *then)))


def surplus_bridge(book: FinanceBook, year: FinancialYear) -> Bridge | None:
    """From the surplus before to the planned one.

    With a drawdown: what is brought forward less what may be spent of it. Without: last year's surplus, the change of
    the resource limit and that of spend.
    """
    end = quantity_value(book, "planned_surplus", year)
    start = _surplus_before(book, year)
    if end.exact is None or start is None:
        return None
    drawdown = quantity_value(book, "drawdown", year)
    if drawdown.exact is not None:
        gone = Step("drawdown", "Less drawdown", -abs(to_pence(drawdown.exact)), illustrative=drawdown.illustrative)
        steps = [gone]
    else:
        steps = list(_income_and_cost(book, year))
    return bridge_between(
        f"Surplus {(year - 1).label} to {year.label}",
        _ground("surplus-before", f"Surplus of {start.year.label}", start)
        if start.name != "brought_forward"
        else _ground("surplus-before", f"Brought forward from {(year - 1).label}", start),
        steps,
        _ground("surplus", f"Planned surplus {year.label}", end),
    )


def _surplus_before(book: FinanceBook, year: FinancialYear) -> QuantityValue | None:
    asked = (("brought_forward", year), ("outturn_surplus", year - 1), ("planned_surplus", year - 1))
    found = (quantity_value(book, name, each) for name, each in asked)
    # Where nothing is brought forward the year begins from what the year before ends with.
    return next((one for one in found if one.exact or (one.exact == 0 and one.name != "brought_forward")), None)


def _income_and_cost(book: FinanceBook, year: FinancialYear) -> Iterator[Step]:
    if book.settings.organisation_type is OrganisationType.TRUST:
        yield from _of_trust(book, year)
        return
    kinds = (("resource_limit", "Change of the resource limit", 1), ("spend", "Change of spend", -1))
    for name, words, sign in kinds:
        before = quantity_value(book, "outturn_spend" if name == "spend" else name, year - 1)
        after = quantity_value(book, name, year)
        if before.exact is not None and after.exact is not None:
            change = sign * to_pence(after.exact - before.exact)
            yield Step(f"{name}-change".replace("_", "-"), words, change, illustrative=after.illustrative)


def _of_trust(book: FinanceBook, year: FinancialYear) -> Iterator[Step]:
    """A trust's income stands among its lines, negative."""
    before, after = spend_years(book, year - 1), spend_years(book, year)
    if not before or not after:
        return
    for key, name, income in (("income-change", "Change of income", True), ("cost-change", "Change of cost", False)):
        then = [line for line in before if (total(line.forecast) < 0) is income]
        now = [line for line in after if (total(line.budget) < 0) is income]
        change = total(total(line.forecast) for line in then) - total(total(line.budget) for line in now)
        yield Step(key, name, change, illustrative=any(line.illustrative for line in (*then, *now)))


def spend_bridge(book: FinanceBook, year: FinancialYear) -> Bridge | None:
    """From last year's outturn of spend to this year's plan, by driver; ``None`` where one is not known.

    Non-recurrent spend of last year falls away and this year's is added; growth assumptions have a step each driver;
    savings are those of the schemes (or of the growth assumptions, where those have them), with what they cost.
    """
    before, after = quantity_value(book, "outturn_spend", year - 1), quantity_value(book, "spend", year)
    if before.exact is None or after.exact is None:
        return None
    grown = growth_amounts(book, year)
    steps = [*_fallen_away(book, year), *_growth_steps(grown), *_contingency(book, year)]
    if not any(one.assumption.driver is Driver.SAVING for one in grown):
        steps += _scheme_steps(book, year)
    steps += _once(book, year, grown)
    return bridge_between(
        f"Spend {(year - 1).label} to {year.label}",
        _ground("outturn", f"Outturn {(year - 1).label}", before),
        steps,
        _ground("spend", f"Plan {year.label}", after),
    )


def _fallen_away(book: FinanceBook, year: FinancialYear) -> Iterator[Step]:
    once = [line for line in spend_years(book, year - 1) if line.recurrence is _ONCE]
    gone = total(total(line.forecast) for line in once)
    yield Step(
        "nonrecurrent-before",
        f"Non-recurrent spend of {(year - 1).label} falls away",
        -gone,
        illustrative=any(line.illustrative for line in once),
    )


def _growth_steps(grown: tuple[GrowthAmount, ...]) -> Iterator[Step]:
    for driver in Driver:
        rows = [one for one in grown if one.assumption.driver is driver and one.gbp is not None and not _is_once(one)]
        yield Step(
            driver.value.replace(" ", "-"),
            capital(driver.value),
            total(one.gbp for one in rows if one.gbp is not None),
            illustrative=any(one.assumption.stated.illustrative for one in rows),
        )


def _is_once(one: GrowthAmount) -> bool:
    """What comes once stands among the non-recurrent lines, where there are any."""
    return one.assumption.recurrence is _ONCE


def _contingency(book: FinanceBook, year: FinancialYear) -> Iterator[Step]:
    def of(line: SpendYear) -> bool:
        return line.group is SpendGroup.CONTINGENCY and line.recurrence is Recurrence.RECURRENT

    before = [line for line in spend_years(book, year - 1) if of(line)]
    after = [line for line in spend_years(book, year) if of(line)]
    change = total(total(line.budget) for line in after) - total(total(line.forecast) for line in before)
    yield Step("contingency", "Contingency", change, illustrative=any(line.illustrative for line in after))


def _scheme_steps(book: FinanceBook, year: FinancialYear) -> Iterator[Step]:
    made = savings(book, year)
    if made is None:
        return
    rows = (
        ("savings-brought", "Savings of earlier schemes, full year", -made.brought_gbp),
        ("savings", "Savings of schemes, recurrent", -made.recurrent_gbp),
        ("savings-once", "Savings of schemes, non-recurrent", -made.nonrecurrent_gbp),
        ("savings-brought-investment", "Cost of earlier schemes, full year", made.brought_investment_gbp),
        ("savings-investment", "What schemes cost", made.investment_gbp),
    )
    for key, name, gbp in rows:
        yield Step(key, name, gbp, illustrative=made.illustrative)


def _once(book: FinanceBook, year: FinancialYear, grown: tuple[GrowthAmount, ...]) -> Iterator[Step]:
    """Non-recurrent cost of the year: its lines, or the growth assumptions that say so. What is taken off once is a
    saving, and stands there."""
    lines = [line for line in spend_years(book, year) if line.recurrence is _ONCE and total(line.budget) > 0]
    cost = total(total(line.budget) for line in lines)
    invented = any(line.illustrative for line in lines)
    if not lines:
        once = [one for one in grown if _is_once(one)]
        cost = total(one.gbp for one in once if one.gbp is not None)
        invented = any(one.assumption.stated.illustrative for one in once)
    yield Step("nonrecurrent", f"Non-recurrent spend of {year.label}", cost, illustrative=invented)


def _ground(key: str, name: str, value: QuantityValue) -> Step:
    return Step(key, name, to_pence(value.exact or Fraction(0)), total=True, illustrative=value.illustrative)
