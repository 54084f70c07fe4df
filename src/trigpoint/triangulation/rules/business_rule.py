"""The planning round's business rules against the plan, and what the plan prints of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from trigpoint.checks.finding import Severity
from trigpoint.finance.rules.evaluation import evaluate_rules
from trigpoint.finance.rules.result import Operator, RuleResult
from trigpoint.finance.rules.unknown import unknown_years
from trigpoint.triangulation.comparison import Comparison, Lacking, Relation, Wording, compared
from trigpoint.triangulation.figure import Figure, Unit, amount_words, points_words, unit_of
from trigpoint.triangulation.lines import place_of_quantity
from trigpoint.triangulation.parts import Part, Parts, computed_figure
from trigpoint.triangulation.register import rule
from trigpoint.triangulation.told import Told, all_told, first_told
from trigpoint.wording import capital

RULE = "BUSINESS_RULE"
_RELATIONS = {
    Operator.AT_LEAST: Relation.AT_LEAST,
    Operator.AT_MOST: Relation.AT_MOST,
    Operator.EXACTLY: Relation.EQUAL,
    Operator.BETWEEN: Relation.EQUAL,
}


@rule(RULE, Severity.ERROR, Part.FINANCE)
def business_rule(parts: Parts) -> Iterator[Comparison | Lacking]:
    """A business rule of the planning round is broken, is met only by rounding, or cannot be tested.

    Every rule is computed from the plan's figures and compared with its limit, exactly: a value that reaches the limit
    only as it is printed does not meet the rule, and the message says so. What the plan prints of a rule is compared
    with what it comes to, as both are rounded. A rule whose figures the plan does not tell is an info;
    of a year that it tells nothing of, it is said once that no rule can be tested.

    Fires: 4.3 of 463.9 is 0.927%, printed as 1% for a rule of at least 1%. Does not: 1.162%, printed as 1.2%.
    Remedy: find the headroom that is lacking, or agree the exception with the regulator.
    """
    told = all_told(parts)
    results = evaluate_rules(parts.book)
    unknown = unknown_years(parts.book, results)
    for sentence in unknown.values():
        yield Lacking(RULE, sentence)
    for result in results:
        if result.rule.severity == "off" or result.year in unknown:
            continue
        yield from _against_limit(parts, result, told)
        yield from _as_printed(parts, result, told)


def _against_limit(parts: Parts, result: RuleResult, told: tuple[Told, ...]) -> Iterator[Comparison]:
    unit = unit_of(result.rule.unit)
    name = f"{result.rule.name}, {result.year}"
    limit = computed_figure(
        _limit(result),
        unit,
        f"the rule asks for {result.rule.operator.value}",
        f"{result.rule.source} ({result.rule.id})",
    )
    if result.exact is None:
        value = computed_figure(None, unit, "the plan’s value is", result.sum or "the plan’s figures")
        instead = f"{name}: the rule cannot be tested; {result.lacking.rstrip('.')}."
        wording = Wording(name, "", instead=instead)
        yield compared(RULE, Severity.INFO, (value, limit), parts.tolerance(RULE), wording)
        return
    value = computed_figure(result.exact, unit, "the plan comes to", result.sum, illustrative=result.illustrative)
    # Its reader begins at the figure that the rule is about.
    at = next((one.figure for one in told if (one.quantity, one.year) == (result.rule.numerator, result.year)), None)
    at = at or place_of_quantity(parts.book, result.rule.numerator, result.year)
    value = replace(value, file=at.file, row=at.row, item=at.item)
    severity = Severity.ERROR if result.rule.severity == "error" else Severity.WARNING
    if result.passes:
        relation = _RELATIONS[result.rule.operator]
        if not _holds(value, limit, relation):
            # In a range, or by its rounded value: met, though not equal to the one limit that can be shown.
            limit = computed_figure(result.exact, unit, f"the rule ({_asked(result)}) takes", result.rule.source)
        yield compared(RULE, severity, (value, limit), parts.tolerance(RULE), Wording(name, ""), relation)
        return
    wording = Wording(name, "", instead=_broken(result, name, value, unit))
    yield compared(RULE, severity, (value, limit), parts.tolerance(RULE), wording, _RELATIONS[result.rule.operator])


def _holds(value: Figure, limit: Figure, relation: Relation) -> bool:
    if value.value is None or limit.value is None:
        return False
    difference = value.value - limit.value
    return not difference or (relation is Relation.AT_LEAST and difference > 0) or (
        relation is Relation.AT_MOST and difference < 0
    )  # fmt: skip


def _limit(result: RuleResult) -> Decimal | None:
    """The limit that is broken: in a range the end that the value is beyond."""
    highest = result.rule.highest
    above = highest is not None and result.exact is not None and result.exact > highest
    return highest if above else result.limit if result.limit is not None else result.rule.limit


def _asked(result: RuleResult) -> str:
    unit = unit_of(result.rule.unit)
    low = amount_words(result.limit, unit)
    if result.rule.highest is not None:
        return f"{low} to {amount_words(result.rule.highest, unit)}"
    return f"{result.rule.operator.value} {low}"


def _broken(result: RuleResult, name: str, value: Figure, unit: Unit) -> str:
    """What is wrong in two sentences: the sum and the limit, how much is lacking, and what rounding makes of it."""
    limit = _limit(result)
    away = abs(result.exact - limit) if result.exact is not None and limit is not None else None
    apart = points_words(away) if unit is Unit.SHARE and away is not None else amount_words(away, unit)
    much = result.exact is not None and limit is not None and result.exact > limit
    too = "too much" if much else "too little"
    sum_ = f" ({result.sum})" if result.sum else ""
    first = f"{name}: the plan comes to {value.shown}{sum_}, the rule asks for {_asked(result)}; {apart} {too}"
    if result.passes_rounded:
        printed = result.printed or amount_words(result.rounded, unit)
        first += f", and only as it is printed ({printed}) is the rule met"
    headroom = result.headroom_gbp
    lacking = (
        f"{'save' if much else 'find'} {amount_words(-headroom, Unit.GBP)}"
        if headroom is not None and headroom < 0
        else "change the plan"
    )
    return (
        f"{first}. {capital(lacking)}, or agree the exception with the regulator: nothing is accepted beyond the limit."
    )


def _as_printed(parts: Parts, result: RuleResult, told: tuple[Told, ...]) -> Iterator[Comparison]:
    """What the plan prints of a rule against what it comes to, as exact as the sum's own figures are."""
    unit = unit_of(result.rule.unit)
    # An id may be the name of the limit, or of the quantity itself, which then is told and not a result.
    own = (result.rule.limit_quantity, "" if result.rule.denominator or result.rule.growth else result.rule.numerator)
    printed = None if result.rule.id in own else first_told(told, result.rule.id, result.year, unit)
    if printed is None or result.exact is None or printed.value is None:
        return
    second = computed_figure(
        result.exact, unit, "the plan’s figures give", result.sum, half_unit=_doubt(result, told),
        illustrative=result.illustrative,
    )  # fmt: skip
    name = f"{result.rule.name}, {result.year}, as it is printed"
    wording = Wording(name, "correct the printed value, or the figures")
    made = compared(RULE, Severity.WARNING, (printed, second), parts.tolerance(RULE), wording)
    yield _cut_off(parts, name, printed, replace(second, half_unit=Decimal(0))) if made.agrees else made


def _cut_off(parts: Parts, name: str, printed: Figure, second: Figure) -> Comparison:
    """A value that agrees with its print only where the figures behind it are themselves off by what rounding hides.

    3.157% printed as 3.1% was cut off and not rounded: an info, for £14.36m printed as £14.4m would give it too.
    """
    rounded = amount_words(second.value, second.unit, _decimals(printed))
    made_of = second.source.removeprefix("computed from ")
    wording = Wording(
        name,
        "",
        instead=f"{name}: {printed.words} {printed.shown}, {second.words} {second.shown} ({made_of}), "
        f"which rounds to {rounded}: it was cut off and not rounded, or the figures are not quite what they "
        f"are printed as. Print {rounded}.",
    )
    return compared(RULE, Severity.INFO, (printed, second), parts.tolerance(RULE), wording)


def _decimals(printed: Figure) -> int:
    """The decimals that a share was printed with, by half of its last place."""
    if not printed.half_unit:
        return 0
    places = -(printed.half_unit * 2).adjusted()
    return max(places - 2 if printed.unit is Unit.SHARE else places, 0)


def _doubt(result: RuleResult, told: tuple[Told, ...]) -> Decimal:
    """How far the result may be off because the figures that it is made of were themselves printed rounded."""
    if not result.rule.denominator or result.exact is None:
        return Decimal(0)
    doubt = Decimal(0)
    for name in (result.rule.numerator, result.rule.denominator):
        figure = first_told(told, name, result.year, Unit.GBP)
        if figure is not None and figure.value:
            doubt += abs(result.exact * figure.half_unit / figure.value)
    return doubt
