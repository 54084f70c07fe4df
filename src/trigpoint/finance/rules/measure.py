"""The value that a rule is about, exact, with the sum it comes from and the room it leaves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from trigpoint.finance.book.book import FinanceBook
from trigpoint.finance.position.kinds import base_of_growth, growth_of_spend
from trigpoint.finance.position.quantities import QuantityValue, in_unit, quantity_value, rounded_to
from trigpoint.finance.rules.rule import BusinessRule, Operator
from trigpoint.periods import FinancialYear


@dataclass(frozen=True, slots=True)
class Measured:
    """A rule's value and limit in its unit, exact; ``scale`` is the pounds of one unit of it (the denominator of a
    share, the base of a growth, 1 of money), ``None`` where that is not known."""

    value: Fraction | None = None
    limit: Fraction | None = None
    highest: Fraction | None = None
    scale: Fraction | None = None
    sum: str = ""
    lacking: tuple[str, ...] = ()
    illustrative: bool = False
    remarks: tuple[str, ...] = ()


def measure(book: FinanceBook, rule: BusinessRule, year: FinancialYear) -> Measured:
    """The value of a rule in a year and its limit, from its quantities; what the plan does not say is ``lacking``."""
    found = _growth(book, rule, year) if rule.growth else _share_or_amount(book, rule, year)
    return _with_limit(book, rule, year, found)


def headroom(rule: BusinessRule, found: Measured) -> Fraction | None:
    """How many pounds the numerator may move the wrong way before the rule is broken; negative where it is."""
    if found.value is None or found.limit is None or found.scale is None:
        return None
    over = found.value - found.limit
    if rule.operator is Operator.AT_LEAST:
        room = over
    elif rule.operator is Operator.AT_MOST:
        room = -over
    elif rule.operator is Operator.EXACTLY:
        room = -abs(over)
    else:
        room = min(over, (found.highest or found.limit) - found.value)
    return room * found.scale


def _share_or_amount(book: FinanceBook, rule: BusinessRule, year: FinancialYear) -> Measured:
    top = quantity_value(book, rule.numerator, year)
    if not rule.denominator:
        return _amount(book, year, top)
    below = quantity_value(book, rule.denominator, year)
    missing = tuple(one.lacking for one in (top, below) if one.exact is None)
    scale = below.exact or None
    if top.exact is None or below.exact is None:
        return Measured(scale=scale, lacking=missing)
    if not below.exact:
        return Measured(lacking=(f"{below.name} of {year.label} is 0, so there is no share of it",))
    return Measured(
        top.exact / below.exact,
        scale=scale,
        sum=f"{_words(top)} / {_words(below)}",
        illustrative=top.illustrative or below.illustrative,
        remarks=(*top.remarks, *below.remarks),
    )


def _amount(book: FinanceBook, year: FinancialYear, top: QuantityValue) -> Measured:
    if top.exact is None:
        return Measured(lacking=(top.lacking,))
    scale: Fraction | None = Fraction(1)
    if top.unit != "gbp":
        base = base_of_growth(top.name)
        asked = (base, year - 1) if base else ("population", year) if top.unit == "gbp per head" else ("", year)
        scale = quantity_value(book, *asked).exact if asked[0] else None
    words = f"{top.title} of {_words(top)}"
    if top.name == "running_cost":
        each, people = (quantity_value(book, name, year) for name in ("running_cost_per_head", "population"))
        if each.exact is not None and people.exact is not None:
            words += f" ({_words(each)} of {_words(people)} people)"
    return Measured(top.exact, scale=scale, sum=words, illustrative=top.illustrative, remarks=top.remarks)


def _growth(book: FinanceBook, rule: BusinessRule, year: FinancialYear) -> Measured:
    """Growth from the figures of both years, where the plan tells them or they agree with the growth that it prints;
    else the growth that it prints."""
    before, after = quantity_value(book, rule.numerator, year - 1), quantity_value(book, rule.numerator, year)
    told = quantity_value(book, growth_of_spend(rule.numerator), year)
    scale = before.exact or None
    if before.exact and after.exact is not None:
        growth = after.exact / before.exact - 1
        stated = before.told is not None and after.told is not None
        if stated or told.told is None or abs(growth - Fraction(told.told.value)) <= rounded_to(told.told) / 2:
            return Measured(
                growth,
                scale=scale,
                sum=f"{_words(after)} / {_words(before)} − 1",
                illustrative=before.illustrative or after.illustrative,
                remarks=(*before.remarks, *after.remarks),
            )
    if told.told is not None and told.exact is not None:
        words = f"growth of {in_unit(told.exact, rule.unit)}, {told.derivation},"
        return Measured(told.exact, scale=scale, sum=words, illustrative=told.illustrative, remarks=told.remarks)
    missing = tuple(one.lacking for one in (before, after) if one.exact is None)
    return Measured(scale=scale, lacking=missing or (f"{before.name} of {before.year.label} is 0",))


def _with_limit(book: FinanceBook, rule: BusinessRule, year: FinancialYear, found: Measured) -> Measured:
    highest = None if rule.highest is None else Fraction(rule.highest)
    if not rule.limit_quantity:
        return replace(found, limit=None if rule.limit is None else Fraction(rule.limit), highest=highest)
    limit = quantity_value(book, rule.limit_quantity, year)
    if limit.exact is None:
        return replace(found, lacking=(*found.lacking, limit.lacking))
    return replace(
        found,
        limit=limit.exact,
        highest=highest,
        illustrative=found.illustrative or limit.illustrative,
        remarks=(*found.remarks, *limit.remarks),
    )


def _words(value: QuantityValue) -> str:
    return in_unit(value.exact or Fraction(0), value.unit)
