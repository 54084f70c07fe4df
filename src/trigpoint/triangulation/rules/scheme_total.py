"""What the named schemes come to, against the target that the plan prints for them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from trigpoint.checks.finding import Severity
from trigpoint.finance.position.quantities import quantity_value
from trigpoint.finance.rules.evaluation import evaluate_rules
from trigpoint.finance.schemes.result import SchemeBook
from trigpoint.finance.schemes.scheme_book import scheme_book
from trigpoint.rounding import total
from trigpoint.triangulation.comparison import Comparison, Ground, Lacking, Relation, Wording, compared, ground_of
from trigpoint.triangulation.figure import Figure, Unit, amount_words
from trigpoint.triangulation.parts import Part, Parts, computed_figure
from trigpoint.triangulation.register import rule
from trigpoint.triangulation.told import all_told, first_told
from trigpoint.triangulation.tolerance import Tolerance
from trigpoint.wording import count, verb

RULE = "SCHEME_TOTAL"
TARGETS = ("qipp_target", "qipp_net", "net_qipp", "qipp_gross", "qipp")
_NET = ("qipp_net", "net_qipp")
_NET_RULE = "net_qipp"


@rule(RULE, Severity.ERROR, Part.FINANCE)
def scheme_total(parts: Parts) -> Iterator[Comparison | Lacking]:
    """The schemes do not save in the year what the plan's target for savings says.

    What the schemes of a year save within it (part-year effects, with what earlier schemes still add; less what they
    cost where the target is a net one) is compared with the target. The message says how much of it has no scheme yet,
    whether the target is met by full-year effects alone, which come only in the year after, and whether the round's
    rule for net savings is met by the target alone. Where the target is saved, but only with savings that no one has
    found yet, that is a warning.

    Fires: £14.4m of target, £11.4m within the year. Does not: £14.4m and £14.43m.
    Remedy: find further schemes, start them earlier, or plan with what they save within the year.
    """
    told = all_told(parts)
    for year in parts.book.settings.years:
        found = ((name, first_told(told, name, year, Unit.GBP)) for name in TARGETS)
        name, target = next(((name, one) for name, one in found if one is not None), ("", None))
        made = scheme_book(parts.book, year)
        if target is None or not made.schemes:
            what = "the plan tells no target for savings" if target is None else "the finance has no schemes"
            yield Lacking(RULE, f"for {year} {what}")
            continue
        yield from _against_target(parts, made, target, net=name in _NET)


def _against_target(parts: Parts, made: SchemeBook, target: Figure, *, net: bool) -> Iterator[Comparison]:
    """All savings; and where those reach the target, the ones that are identified."""
    tolerance, source = parts.tolerance(RULE), f"the schemes of {made.year}"
    cost = total(one.new_investment_gbp for one in (*made.schemes, *made.carried)) if net else Decimal(0)
    whole = made.part_year_gbp + made.brought_gbp - cost
    first = computed_figure(
        whole,
        Unit.GBP,
        _words(made, cost),
        source,
        illustrative=made.illustrative,
    )
    unfound = _unidentified(made)
    why = (_full_year(made, target), _no_scheme(unfound), _rule_for_net(parts, made, whole) if net else "")
    to_do = "find more, start earlier, or plan with less"
    wording = Wording(f"Savings of {made.year}", to_do, "; ".join(one for one in why if one))
    reached = compared(RULE, Severity.ERROR, (first, target), tolerance, wording, Relation.AT_LEAST)
    yield reached
    if not reached.agrees or not unfound:
        return
    first = computed_figure(
        whole - unfound, Unit.GBP, "schemes that are identified save", source, illustrative=made.illustrative
    )
    wording = Wording(f"Identified savings of {made.year}", "name schemes for the rest", _no_scheme(unfound))
    yield compared(RULE, Severity.WARNING, (first, target), tolerance, wording, Relation.AT_LEAST)


def _words(made: SchemeBook, cost: Decimal) -> str:
    """How the saving of a year is made: schemes, what earlier ones still add, what is taken off for their cost."""
    said = []
    if made.brought_gbp:
        said.append(f"with the {amount_words(made.brought_gbp, Unit.GBP)} that earlier ones still add")
    if cost:
        said.append(f"less the {amount_words(cost, Unit.GBP)} that they cost")
    schemes = count(len(made.schemes), "scheme")
    between = f", {' and '.join(said)}," if said else ""
    return f"within the year {schemes}{between} {verb(len(made.schemes), 'saves', 'save')}"


def _unidentified(made: SchemeBook) -> Decimal:
    """What of the year's savings has no scheme, of earlier years' too."""
    return made.unidentified_gbp + total(one.new_gbp for one in made.carried if not one.scheme.identified)


def _no_scheme(unfound: Decimal) -> str:
    return f"{amount_words(unfound, Unit.GBP)} of the year's savings have no scheme yet" if unfound else ""


def _full_year(made: SchemeBook, target: Figure) -> str:
    """That the target is the sum of full-year effects, where it is."""
    whole, year = made.full_year_gbp + made.brought_gbp, made.part_year_gbp + made.brought_gbp
    full = computed_figure(whole, Unit.GBP, "", "")
    if whole <= year or ground_of(full, target, Tolerance()) is Ground.NONE:
        return ""
    shown, tail = amount_words(whole, Unit.GBP), amount_words(whole - year, Unit.GBP)
    return f"the target is what they save in a full year ({shown}): {tail} of it comes only after March"


def _rule_for_net(parts: Parts, made: SchemeBook, saved: Decimal) -> str:
    """That the round's rule for net savings is met by the target and not by the schemes, where it is so."""
    results = (one for one in evaluate_rules(parts.book) if (one.rule.id, one.year) == (_NET_RULE, made.year))
    result = next(results, None)
    if result is None or not result.passes or result.limit is None:
        return ""
    base = quantity_value(parts.book, result.rule.denominator, made.year).exact if result.rule.denominator else None
    if not base:
        return ""
    share = saved / (Decimal(base.numerator) / base.denominator)
    if share >= result.limit:
        return ""
    asked, shown = (amount_words(one, Unit.SHARE) for one in (result.limit, share))
    name = result.rule.name
    return f"the {asked} that the rule “{name}” asks for is met by the target alone: what they save is {shown}"
