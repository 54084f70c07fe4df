"""What a plan makes of the business rules of its planning round and of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from trigpoint.finance.book.book import FinanceBook, Quantity
from trigpoint.finance.position.kinds import BY_NAME
from trigpoint.finance.position.quantities import printed_decimals, statements
from trigpoint.finance.rules.measure import Measured, headroom, measure
from trigpoint.finance.rules.packs import known_rule_packs, load_rules
from trigpoint.finance.rules.result import RuleResult
from trigpoint.finance.rules.rule import BusinessRule, Operator
from trigpoint.finance.rules.sentences import printed_words, sentence_of
from trigpoint.periods import FinancialYear
from trigpoint.rounding import decimal_of, half_up

_MILLION_PLACES = 6
_EXACT_DECIMALS = 12
"""Of a share that never ends so many decimals are given, whatever decides is the exact quotient."""


def rules_of(book: FinanceBook) -> tuple[BusinessRule, ...]:
    """The rules of the plan's planning round, then the plan's own. A round without a pack has none."""
    framework = book.settings.framework
    return (*(load_rules(framework) if framework in known_rule_packs() else ()), *book.rules)


def evaluate_rules(
    book: FinanceBook, rules: Iterable[BusinessRule] | None = None, years: Sequence[FinancialYear] | None = None
) -> tuple[RuleResult, ...]:
    """What the plan makes of each rule that applies to its kind of organisation, rule by rule and year by year.

    Where no ``rules`` are given they are those of the planning round, with the plan's own in the place of any of the
    same id and year; ``years`` are the plan's. ``exact`` is the quotient to twelve decimals, but what decides is the
    fraction itself; ``rounded`` has the decimals that the plan prints the result with (a quantity of the rule's own
    id), else the rule's usual ones, half up. ``headroom_gbp`` is exact: moving the numerator by it meets the limit.
    Never raises: what the plan does not say is ``lacking``. Method: docs/methods-position.md, “Rules”.

    >>> from trigpoint.finance.book.book import FinanceSettings, OrganisationType, Quantity
    >>> year = FinancialYear(2018)
    >>> settings = FinanceSettings("Dudley CCG", OrganisationType.CCG, "nhs-2017-19", (year,))
    >>> book = FinanceBook(settings, quantities=(
    ...     Quantity(year, "planned_surplus", Decimal(4_300_000), "gbp"),
    ...     Quantity(year, "resource_limit", Decimal(463_900_000), "gbp"),
    ...     Quantity(year, "cumulative_underspend", Decimal("0.01"), "share", "1%")))
    >>> found = evaluate_rules(book)[0]
    >>> found.passes_exact, found.passes_rounded, found.headroom_gbp
    (False, True, Decimal('-339000'))
    >>> print(found.sentence)
    £4.3m / £463.9m = 0.927% is below 1% and passes only because it is printed as 1%; £339k are lacking.
    """
    applied = tuple(rules_of(book) if rules is None else rules)
    return tuple(
        result_of(book, rule, year)
        for rule, year in _applying(applied, book, book.settings.years if years is None else years)
    )


def _applying(
    rules: Sequence[BusinessRule], book: FinanceBook, years: Sequence[FinancialYear]
) -> Iterator[tuple[BusinessRule, FinancialYear]]:
    """Each rule and year in the order of the first rule with its id; of several of one id and year the last counts."""
    for name in dict.fromkeys(rule.id for rule in rules):
        for year in years:
            own = [rule for rule in rules if rule.id == name and rule.first <= year <= rule.last]
            if own and own[-1].severity != "off" and book.settings.organisation_type in own[-1].organisations:
                yield own[-1], year


def result_of(book: FinanceBook, rule: BusinessRule, year: FinancialYear) -> RuleResult:
    """What a plan makes of one rule in one year, whoever the rule is for."""
    printed = _printed(book, rule, year)
    found = measure(book, rule, year)
    # Pounds are written out in full, so that their rounding cannot be seen in the cell.
    seen = None if printed is None or rule.unit == "gbp" else printed_decimals(printed)
    decimals = rule.decimals if seen is None else seen
    if found.value is None or found.limit is None:
        return _without_value(rule, year, found, printed)
    places = places_of(rule.unit, decimals)
    rounded = rounded_at(found.value, places)
    exact = meets(rule.operator, found.value, found.limit, found.highest)
    at_print = meets(rule.operator, Fraction(rounded), *_shown(rule, found, places))
    room = headroom(rule, found)
    return RuleResult(
        rule=rule,
        year=year,
        exact=_plain(found.value),
        rounded=rounded,
        limit=_plain(found.limit),
        passes_exact=exact,
        passes_rounded=at_print,
        headroom_gbp=None if room is None else decimal_of(room),
        sum=found.sum,
        printed="" if printed is None else printed_words(printed, rule),
        sentence=sentence_of(rule, found, rounded, decimals, exact, at_print, room, printed),
        illustrative=found.illustrative,
        remarks=found.remarks,
    )


def _shown(rule: BusinessRule, found: Measured, places: int) -> tuple[Fraction | None, Fraction | None]:
    """Limits as they are printed: one that is a figure of the plan with the decimals of what is held against it."""
    ends = (found.limit, found.highest)
    if not rule.limit_quantity:
        return ends
    low, high = (None if end is None else Fraction(rounded_at(end, places)) for end in ends)
    return low, high


def _plain(value: Fraction) -> Decimal:
    return half_up(value, _EXACT_DECIMALS).normalize() + 0


def _without_value(rule: BusinessRule, year: FinancialYear, found: Measured, printed: Quantity | None) -> RuleResult:
    """What is lacking; and where the plan prints the result without the figures behind it, what that shows."""
    lacking = "; ".join(dict.fromkeys(found.lacking))
    result = RuleResult(
        rule, year, *(None,) * 6, sentence=f"{rule.name}: {lacking}", lacking=lacking, remarks=found.remarks
    )
    if printed is None or found.limit is None:
        return result
    met = meets(rule.operator, Fraction(printed.value), found.limit, found.highest)
    words = printed_words(printed, rule)
    said = f"{rule.name}: {words} is printed, which {'meets' if met else 'breaks'} the rule; {lacking}"
    return replace(
        result,
        rounded=printed.value,
        limit=_plain(found.limit),
        passes_rounded=met,
        printed=words,
        sentence=said,
        illustrative=printed.stated.illustrative,
    )


def _printed(book: FinanceBook, rule: BusinessRule, year: FinancialYear) -> Quantity | None:
    """What the plan prints of a rule: a quantity of its own id and unit. “contingency” is money as well, and
    “control_total” a limit: those are not what is printed of the rule."""
    kind = BY_NAME.get(rule.id)
    if rule.id == rule.numerator and not rule.denominator and not rule.growth:
        return None
    if kind is not None and kind.unit == rule.unit:
        return None
    return next(iter(statements(book, rule.id, year, rule.unit)), None)


def places_of(unit: str, decimals: int) -> int:
    """Decimals of the plain value for those that are printed: of a per cent, of a million pounds, of a pound a head.

    >>> places_of("share", 1), places_of("gbp", 2), places_of("gbp per head", 2)
    (3, -4, 2)
    """
    if unit == "share":
        return decimals + 2
    return decimals - _MILLION_PLACES if unit == "gbp" else decimals


def rounded_at(value: Fraction, places: int) -> Decimal:
    """Half up at so many decimals; at tens, hundreds and so on below 0.

    >>> rounded_at(Fraction(6_967_380), -4), rounded_at(Fraction("0.00927"), 2)
    (Decimal('6970000'), Decimal('0.01'))
    """
    if places >= 0:
        return half_up(value, places)
    return half_up(value / 10**-places) * Decimal(10) ** -places


def meets(operator: Operator, value: Fraction, limit: Fraction | None, highest: Fraction | None) -> bool:
    """Whether a value is on the right side of its limit; the limit itself is."""
    if limit is None:
        return False
    if operator is Operator.AT_LEAST:
        return value >= limit
    if operator is Operator.AT_MOST:
        return value <= limit
    if operator is Operator.EXACTLY:
        return value == limit
    return highest is not None and limit <= value <= highest


__all__ = ["Measured", "evaluate_rules", "meets", "places_of", "result_of", "rules_of"]
