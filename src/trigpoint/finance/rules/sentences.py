"""What a plan makes of a rule, in one sentence."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from trigpoint.finance.book.book import Quantity
from trigpoint.finance.position.quantities import amount_words, in_unit
from trigpoint.finance.rules.measure import Measured
from trigpoint.finance.rules.rule import BusinessRule, Operator
from trigpoint.finance.words import MoneyForm, form_of_money, share_words
from trigpoint.rounding import half_up

_FEWEST, _MOST = 3, 10
_MILLION = 6
_KEPT = {
    Operator.AT_LEAST: "is at least",
    Operator.AT_MOST: "is at most",
    Operator.EXACTLY: "is",
    Operator.BETWEEN: "is between",
}


def sentence_of(
    rule: BusinessRule,
    found: Measured,
    rounded: Decimal,
    decimals: int,
    exact: bool,
    at_print: bool,
    room: Fraction | None,
    printed: Quantity | None,
) -> str:
    """The sum, the value, how it stands to the limit, whether rounding decides, and the room in pounds."""
    value, limit = found.value or Fraction(0), found.limit or Fraction(0)
    ratio = bool(rule.denominator or rule.growth) and " / " in found.sum
    start = f"{found.sum} = {value_words(value, limit, rule.unit)}" if ratio else found.sum
    as_printed = as_printed_words(rounded, rule.unit, decimals)
    how = "it is printed as" if printed is not None else "it is rounded to"
    said = f"{start} {_against(rule, value, limit, found.highest)}"
    if not exact and at_print:
        said += f" and passes only because {how} {as_printed}"
    elif exact and not at_print:
        said += f", though {how.removeprefix('it is ')} {as_printed} it seems not to be"
    elif printed is not None and Fraction(printed.value) != Fraction(rounded):
        said += f"; the plan prints {printed_words(printed, rule)}, not {as_printed}"
    return f"{said}{_room(rule.operator, room)}."


def _against(rule: BusinessRule, value: Fraction, limit: Fraction, highest: Fraction | None) -> str:
    words = in_unit(limit, rule.unit)
    ends = f"{words} and {in_unit(highest, rule.unit)}" if highest is not None else words
    if rule.operator is Operator.BETWEEN:
        if value < limit:
            return f"is below the range from {ends.replace(' and ', ' to ')}"
        if highest is not None and value > highest:
            return f"is above the range from {ends.replace(' and ', ' to ')}"
        return f"is between {ends}"
    if value == limit:
        return "is exactly the limit"
    below = value < limit
    kept = {Operator.AT_LEAST: not below, Operator.AT_MOST: below, Operator.EXACTLY: False}[rule.operator]
    return f"{_KEPT[rule.operator]} {words}" if kept else f"is {'below' if below else 'above'} {words}"


def _room(operator: Operator, room: Fraction | None) -> str:
    if room is None or not half_up(room, 2):
        return ""
    words = amount_words(abs(room))
    if room > 0:
        return f"; {words} of room"
    short = {Operator.AT_LEAST: "are lacking", Operator.AT_MOST: "too much"}.get(operator, "off")
    return f"; {words} {short}"


def value_words(value: Fraction, limit: Fraction, unit: str) -> str:
    """A value with three decimals, or as many more as keep it on its own side of the limit.

    >>> value_words(Fraction("0.0099999"), Fraction("0.01"), "share")
    '0.99999%'
    """
    if unit != "share":
        return in_unit(value, unit)
    for decimals in range(_FEWEST, _MOST):
        shown = Fraction(half_up(value, decimals + 2))
        if (shown > limit) == (value > limit) and (shown < limit) == (value < limit):
            return in_unit(shown, unit, decimals)
    return share_words(value, _MOST)


def as_printed_words(rounded: Decimal, unit: str, decimals: int) -> str:
    """A rounded value with the decimals it is printed with.

    >>> as_printed_words(Decimal("0.01"), "share", 0), as_printed_words(Decimal(6_970_000), "gbp", 2)
    ('1%', '£6.97m')
    """
    if unit == "share":
        return share_words(rounded, decimals)
    if unit == "gbp":
        return MoneyForm(_MILLION, "m", decimals).words(rounded)
    return f"{form_of_money([rounded], decimals).words(rounded)} a head"


def printed_words(printed: Quantity, rule: BusinessRule) -> str:
    """What the plan prints of a rule, as it prints it."""
    text = printed.printed.strip()
    return text or in_unit(Fraction(printed.value), rule.unit)
