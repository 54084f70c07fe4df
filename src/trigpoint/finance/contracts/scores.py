"""How much of a pool was earned: a score, measures between baseline and target, or the weights of what was met."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from trigpoint.finance.contracts.amounts import answer_of, part_of_one
from trigpoint.finance.contracts.listed import ScoredMeasure, amounts_of, measures_of, parts_of
from trigpoint.finance.contracts.terms import Terms
from trigpoint.plans.cells import CellError
from trigpoint.tabular.exact_amounts import decimal_share_text

ALL, NONE = Fraction(1), Fraction(0)
_LISTS = ("weights", "baselines", "targets", "achieved")


def measured_score(terms: Terms) -> Fraction:
    """Σ w·clip((a − b) ÷ (t − b), 0, 1), of whichever way the terms tell it."""
    if terms.has("score"):
        for name in ("measures", *_LISTS):
            if terms.has(name) and not terms.cell(name).isdigit():  # “measures = 3” counts them
                terms.tell("a score is told, and what it is made of as well", "leave one of them out", name)
        return Fraction(terms.read("score", part_of_one, Decimal(0)))
    if terms.has("measures"):
        return _sum(terms, terms.read_list("measures", measures_of, ()), "measures")
    if not any(map(terms.has, _LISTS)):
        terms.need("score", part_of_one, Decimal(0), "60.5%")
        return NONE
    return _sum(terms, _of_lists(terms), "weights" if terms.has("weights") else "achieved")


def _of_lists(terms: Terms) -> tuple[ScoredMeasure, ...]:
    """Measures told as lists beside each other; a single number stands for all of them."""
    found = {name: terms.read_list(name, amounts_of, ()) for name in _LISTS}
    terms.expect("achieved", "[0.8, 0.5]")
    achieved = found["achieved"]
    count = max(len(values) for values in found.values())
    for name, values in found.items():
        if len(values) not in (0, 1, count):
            terms.tell(f"there are {len(values)} of them and {count} of another list", "give each measure one", name)
            return ()
    if bool(found["baselines"]) != bool(found["targets"]) and not found["targets"]:
        terms.tell("there are baselines and no targets", "write the targets as well", "baselines")
        return ()
    weights = found["weights"] or (Decimal(1),)
    if len(weights) == 1 and count > 1:
        terms.tell(f"there is one weight for {count} measures", "give each measure its weight", "weights")
        return ()
    if any(not 0 <= weight <= 1 for weight in weights):
        terms.tell("a weight is not between 0% and 100%", "correct it", "weights")
        return ()
    if not found["targets"]:
        if any(not 0 <= score <= 1 for score in achieved):
            terms.tell(
                "what was achieved is beyond 0% to 100%, and has no targets", "write baselines and targets", "achieved"
            )
            return ()
        return tuple(ScoredMeasure(weight, score) for weight, score in zip(weights, achieved, strict=False))
    each = [_stretched(found[name] or (Decimal(0),), count) for name in ("baselines", "targets", "achieved")]
    return tuple(ScoredMeasure(weight, came) for weight, came in zip(weights, zip(*each, strict=True), strict=False))


def _stretched(values: tuple[Decimal, ...], count: int) -> tuple[Decimal, ...]:
    return values * count if len(values) == 1 else values


def _sum(terms: Terms, measures: tuple[ScoredMeasure, ...], name: str) -> Fraction:
    weights = sum((measure.weight for measure in measures), Decimal(0))
    if measures and not weights:
        terms.tell("the weights are all nothing, so that nothing can be earned", "write what each measure weighs", name)
    if weights > 1:
        what = f"the weights add up to {decimal_share_text(weights)}, more than the whole pool"
        terms.tell(what, "correct them", name)
    try:
        return sum((Fraction(measure.weight) * _reached(measure) for measure in measures), NONE)
    except CellError as error:
        terms.tell(error.what, error.remedy, name)
        return NONE


def _reached(measure: ScoredMeasure) -> Fraction:
    """How far a measure came from its baseline to its target, 0 to 1; where less is better, the target is below."""
    if isinstance(measure.score, Decimal):
        share = Fraction(measure.score)
    else:
        baseline, target, achieved = map(Fraction, measure.score)
        if target == baseline:
            raise CellError(
                "a measure's target is its baseline, so that nothing can be reached", "write what is to be reached"
            )
        share = min(max((achieved - baseline) / (target - baseline), NONE), ALL)
    return NONE if measure.floor is not None and share < Fraction(measure.floor) else share


def weights_met(terms: Terms) -> Fraction:
    """Σ of the weights of the measures that were met: told as it is, or by weights beside answers."""
    if terms.has("measures"):
        return _sum(terms, terms.read_list("measures", measures_of, ()), "measures")
    if not terms.has("weights"):
        terms.expect("met", '"61%"')
        met = terms.read_list("met", amounts_of, ())
        if any(not 0 <= share <= 1 for share in met) or sum(met, Decimal(0)) > 1:
            terms.tell("the weights of what was met are beyond 0% to 100%", "correct them", "met")
        return Fraction(sum(met, Decimal(0)))
    weights = terms.read_list("weights", amounts_of, ())
    if not terms.has("met"):
        # Weights alone are those of the measures that were met.
        return _sum(terms, tuple(ScoredMeasure(weight, Decimal(1)) for weight in weights), "weights")
    answers = terms.read_list("met", lambda told: tuple(map(answer_of, parts_of(told))), ())
    if len(answers) != len(weights):
        if not terms.problems:
            terms.tell(f"there are {len(answers)} answers and {len(weights)} weights", "give each measure both", "met")
        return NONE
    scored = tuple(ScoredMeasure(weight, Decimal(int(met))) for weight, met in zip(weights, answers, strict=True))
    return _sum(terms, scored, "weights")
