"""Quantities that a plan's lines give, where the plan does not tell them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
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
from trigpoint.finance.position.kinds import GROWTH, SPEND, base_of_growth
from trigpoint.finance.position.lines import SpendYear, spend_years
from trigpoint.finance.position.savings import Savings, savings
from trigpoint.finance.position.underlying import ITEMS, UnderlyingItems, underlying
from trigpoint.periods import FinancialYear
from trigpoint.rounding import total
from trigpoint.wording import count


@dataclass(frozen=True, slots=True)
class Derived:
    """A computed value, exact, and in words from what."""

    value: Fraction
    words: str
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """The book and year that a quantity is asked of; ``value`` gives any other, told or computed, ``None`` unknown."""

    book: FinanceBook
    year: FinancialYear
    value: Callable[[str, FinancialYear], Derived | None]

    def of(self, name: str, year: FinancialYear | None = None) -> Derived | None:
        return self.value(name, year or self.year)


Derivation = Callable[[Asked], Derived | None]


def derive(name: str, asked: Asked) -> Derived | None:
    """The computed value of a quantity; ``None`` where the lines that it needs are not there."""
    found = _DERIVATIONS.get(name)
    if found is not None:
        return found(asked)
    if name.endswith(GROWTH):
        base = base_of_growth(name)
        return _growth_of(asked, base)
    if name.endswith(SPEND):
        return _group_spend(asked, name)
    return None


def _sum(gbp: Iterable[Decimal], words: str, illustrative: bool) -> Derived:
    return Derived(Fraction(total(gbp)), words, illustrative)


def _allocated(keep: Callable[[Allocation], bool], what: str, *, or_nil: bool = False) -> Derivation:
    """``or_nil``: of a year whose allocations are told, one that is not among them is nothing, not unknown."""

    def found(asked: Asked) -> Derived | None:
        rows = [one for one in asked.book.allocations if one.year == asked.year]
        kept = [one for one in rows if keep(one)]
        if not kept and not (or_nil and rows):
            return None
        words = f"sum of {count(len(kept), f'{what}allocation')} of {asked.year.label}"
        return _sum((one.gbp for one in kept), words, any(one.stated.illustrative for one in kept))

    return found


def _budgets(keep: Callable[[SpendYear], bool], what: str) -> Derivation:
    def found(asked: Asked) -> Derived | None:
        kept = [line for line in spend_years(asked.book, asked.year) if line.planned and keep(line)]
        if not kept:
            return None
        words = f"budgets of {count(len(kept), f'{what}line')} of {asked.year.label}"
        return _sum((total(line.budget) for line in kept), words, any(line.illustrative for line in kept))

    return found


def _group_spend(asked: Asked, name: str) -> Derived | None:
    group = next((one for one in SpendGroup if one.value.replace(" ", "_") + SPEND == name), None)
    if group is None:
        return None
    return _planned_or_forecast(lambda line: line.group is group, f"{group.value} ")(asked)


def _forecasts(keep: Callable[[SpendYear], bool], what: str) -> Derivation:
    def found(asked: Asked) -> Derived | None:
        lines = [line for line in spend_years(asked.book, asked.year) if keep(line)]
        if not lines:
            return None
        words = f"forecast of {count(len(lines), f'{what}line')} of {asked.year.label}"
        return _sum((total(line.forecast) for line in lines), words, any(line.illustrative for line in lines))

    return found


def combined(words: str, sign: str, first: Derived | None, second: Derived | None) -> Derived | None:
    """Two values put together by −, × or ÷; ``None`` where one is not known, or nothing to be divided by."""
    if first is None or second is None or (sign == "÷" and not second.value):
        return None
    sums = {"−": Fraction.__sub__, "×": Fraction.__mul__, "÷": Fraction.__truediv__}
    return Derived(sums[sign](first.value, second.value), words, first.illustrative or second.illustrative)


def _quotient(numerator: str, denominator: str) -> Derivation:
    return lambda asked: combined(f"{numerator} ÷ {denominator}", "÷", asked.of(numerator), asked.of(denominator))


def _product(first: str, second: str) -> Derivation:
    return lambda asked: combined(f"{first} × {second}", "×", asked.of(first), asked.of(second))


def _either(*ways: Derivation) -> Derivation:
    def found(asked: Asked) -> Derived | None:
        return next((one for way in ways if (one := way(asked)) is not None), None)

    return found


def _growth_of(asked: Asked, base: str) -> Derived | None:
    words = f"{base} of {asked.year.label} ÷ that of {(asked.year - 1).label}, less 1"
    found = combined(words, "÷", asked.of(base), asked.of(base, asked.year - 1))
    return None if found is None else replace(found, value=found.value - 1)


def _surplus(spent: Derivation, words: str) -> Derivation:
    def found(asked: Asked) -> Derived | None:
        spend = spent(asked)
        if _is_trust(asked) and asked.of("resource_limit") is None:
            return None if spend is None else Derived(-spend.value, "income lines less cost lines", spend.illustrative)
        return combined(words, "−", asked.of("resource_limit"), spend)

    return found


def _is_trust(asked: Asked) -> bool:
    """A trust has no allocation: its income stands among the lines, negative."""
    return asked.book.settings.organisation_type is OrganisationType.TRUST


def _income(recurrence: Recurrence) -> Derivation:
    def found(asked: Asked) -> Derived | None:
        if not _is_trust(asked):
            return None
        what = f"{recurrence.value} income "
        income = _budgets(lambda line: line.recurrence is recurrence and total(line.budget) < 0, what)(asked)
        return None if income is None else replace(income, value=-income.value)

    return found


def _limit_less(surplus: str) -> Derivation:
    return lambda asked: combined(f"resource_limit − {surplus}", "−", asked.of("resource_limit"), asked.of(surplus))


def _planned_or_forecast(keep: Callable[[SpendYear], bool], what: str) -> Derivation:
    """Of a year that is over a book may hold the outturn alone."""
    return _either(_budgets(keep, what), _forecasts(keep, what))


def _every(line: SpendYear) -> bool:
    return True


def _rates(group: SpendGroup | None, drivers: tuple[Driver, ...]) -> Derivation:
    def found(asked: Asked) -> Derived | None:
        rows = [one for one in asked.book.growth if one.year == asked.year and one.group is group]
        kept = [one for one in rows if one.driver in drivers and one.rate is not None]
        if not kept:
            return None
        rates = total(one.rate for one in kept if one.rate is not None)
        words = f"{count(len(kept), 'rate')} among the growth assumptions"
        return Derived(Fraction(rates), words, any(one.stated.illustrative for one in kept))

    return found


def _cost_once(line: SpendYear) -> bool:
    """Non-recurrent cost: what is taken off once is a saving, and counted as one."""
    return line.recurrence is Recurrence.NON_RECURRENT and total(line.budget) > 0


def _pressures(asked: Asked) -> Derived | None:
    """Non-recurrent lines beyond what the plan itself calls its non-recurrent spend."""
    lines = _budgets(_cost_once, "non-recurrent ")(asked)
    spend = asked.of("nonrecurrent_spend")
    found = combined("non-recurrent lines beyond nonrecurrent_spend", "−", lines, spend)
    return None if found is None else replace(found, value=max(found.value, Fraction(0)))


def _saved(amount: Callable[[Savings], Decimal], words: str, *, or_nil: bool = False) -> Derivation:
    """``or_nil``: a plan that has schemes in other years has none in this one."""

    def found(asked: Asked) -> Derived | None:
        made = savings(asked.book, asked.year)
        if made is None:
            nil = or_nil and asked.book.schemes and asked.year in asked.book.settings.years
            return Derived(Fraction(0), f"no scheme in {asked.year.label}") if nil else None
        said = f"{words} {count(made.schemes, 'scheme')} of {asked.year.label}"
        return Derived(Fraction(amount(made)), said, made.illustrative)

    return found


def _underlying(asked: Asked) -> Derived | None:
    reported = asked.of("planned_surplus") or asked.of("outturn_surplus")
    items = {name: found for name in ITEMS if (found := asked.of(name)) is not None}
    if reported is None or not items:
        return None
    amounts = {name: to_pence(found.value) for name, found in items.items()}
    made = underlying(to_pence(reported.value), UnderlyingItems(**amounts))
    invented = any(found.illustrative for found in (reported, *items.values()))
    return Derived(Fraction(made.gbp), "the underlying bridge", invented)


def _part(part: AllocationPart) -> Callable[[Allocation], bool]:
    return lambda one: one.part is part


def _recurrent(one: Allocation) -> bool:
    return one.recurrence is Recurrence.RECURRENT


_DRIVERS = (Driver.INFLATION, Driver.OTHER_GROWTH, Driver.DEMOGRAPHIC)
_DERIVATIONS: dict[str, Derivation] = {
    "resource_limit": _allocated(lambda one: True, ""),
    "recurrent_allocation": _either(_allocated(_recurrent, "recurrent "), _income(Recurrence.RECURRENT)),
    "programme_allocation": _allocated(
        lambda one: _recurrent(one) and one.part is AllocationPart.PROGRAMME, "recurrent programme "
    ),
    "nonrecurrent_allocation": _either(
        _allocated(
            lambda one: not _recurrent(one) and one.part is not AllocationPart.BROUGHT_FORWARD,
            "non-recurrent ",
            or_nil=True,
        ),
        _income(Recurrence.NON_RECURRENT),
    ),
    "brought_forward": _allocated(_part(AllocationPart.BROUGHT_FORWARD), "brought-forward ", or_nil=True),
    "running_cost_allowance": _either(
        _allocated(_part(AllocationPart.RUNNING_COST), "running cost "),
        _product("running_cost_allowance_per_head", "population"),
    ),
    "running_cost_allowance_per_head": _quotient("running_cost_allowance", "population"),
    "allocation_growth": _either(
        lambda asked: _growth_of(asked, "programme_allocation"), lambda asked: _growth_of(asked, "recurrent_allocation")
    ),
    "planned_surplus": _surplus(_budgets(_every, ""), "resource_limit − budgets"),
    "outturn_surplus": _surplus(_forecasts(_every, ""), "resource_limit − forecast"),
    "spend": _either(_budgets(_every, ""), _limit_less("planned_surplus")),
    "outturn_spend": _either(_forecasts(_every, ""), _limit_less("outturn_surplus"), lambda asked: asked.of("spend")),
    "prescribing_growth": _either(
        _rates(SpendGroup.PRESCRIBING, _DRIVERS), lambda asked: _growth_of(asked, "prescribing_spend")
    ),
    "demographic_growth": _rates(None, (Driver.DEMOGRAPHIC,)),
    "contingency": _budgets(lambda line: line.group is SpendGroup.CONTINGENCY, "contingency "),
    "running_cost": _either(
        _planned_or_forecast(lambda line: line.group is SpendGroup.RUNNING_COST, "running cost "),
        _product("running_cost_per_head", "population"),
    ),
    "running_cost_per_head": _quotient("running_cost", "population"),
    "nonrecurrent_spend": _budgets(_cost_once, "non-recurrent "),
    "nonrecurrent_pressures": _pressures,
    "qipp_gross": _saved(lambda made: made.cash_gbp, "cash-releasing effects of"),
    "qipp_net": _saved(
        lambda made: made.cash_gbp - made.cash_investment_gbp, "cash-releasing effects less investment of"
    ),
    "nonrecurrent_savings": _saved(lambda made: made.nonrecurrent_gbp, "non-recurrent effects of", or_nil=True),
    "savings_full_year_effect": _saved(lambda made: made.tail_gbp, "full-year less part-year effects of", or_nil=True),
    "investment_full_year_effect": _saved(
        lambda made: made.investment_tail_gbp, "full-year less part-year investment of", or_nil=True
    ),
    "contingency_underlying": _budgets(
        lambda line: line.group is SpendGroup.CONTINGENCY and line.recurrence is Recurrence.RECURRENT,
        "recurrent contingency ",
    ),
    "underlying_surplus": _underlying,
    "underlying_share": _quotient("underlying_surplus", "recurrent_allocation"),
}
"""By quantity. Those of groups' spend and growth follow from their names."""
