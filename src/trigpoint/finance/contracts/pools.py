"""Mechanisms that pay for what was reached: aligned payment, gain and loss share, outcomes, CQUIN, quality premium,
readmissions."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from trigpoint.finance.contracts.amounts import (
    amount_of,
    answer_of,
    count_of,
    is_share,
    multiplier_of,
    part_of_one,
    positive_of,
    rate_of,
)
from trigpoint.finance.contracts.curves import curve_through
from trigpoint.finance.contracts.items import Told
from trigpoint.finance.contracts.listed import lines_gbp, lines_of, parts_of, shares_sum
from trigpoint.finance.contracts.scores import measured_score, weights_met
from trigpoint.finance.contracts.settling import NO_CURVE, Settlement, exactly
from trigpoint.finance.contracts.terms import Terms
from trigpoint.finance.money import to_pence
from trigpoint.plans.cells import CellError

ONE, NOTHING = Decimal(1), Decimal(0)
VARIABLE = ("lines", "outpatient_lines", "day_case_lines", "other_lines")
"""Under which names an aligned payment may tell the lines of its variable part."""


def aligned(terms: Terms) -> Settlement:
    """F + Σ elective u·p + best-practice adjustments − CQUIN·(1 − achieved). CQUIN as a share is of the fixed part."""
    fixed = terms.need("fixed_gbp", positive_of, NOTHING, "180000000")
    lines = tuple(line for name in VARIABLE for line in terms.read_list(name, lines_of, ()))
    practice = terms.read("best_practice_gbp", amount_of, NOTHING)
    as_share = is_share(terms.cell("cquin")) or _small(terms.cell("cquin"))
    cquin = terms.read("cquin", part_of_one, NOTHING) * fixed if as_share else terms.read("cquin", positive_of, NOTHING)
    bare = terms.cell("cquin").strip()
    if not as_share and 0 < cquin < 100 and not bare.startswith("£"):
        terms.tell(f"“{bare}” may be a share or pounds", f"write {bare}% or £{bare}", "cquin")
    achieved = terms.need("achieved", part_of_one, ONE, "80%") if terms.has("cquin") else ONE
    withheld = terms.read("withheld_gbp", positive_of, cquin * (1 - achieved))
    if terms.has("withheld_gbp") and terms.has("cquin"):
        terms.tell("what is withheld is told, and what it is made of as well", "leave one of them out", "withheld_gbp")
    curve = curve_through(0, 0, [terms.read("rate", rate_of, ONE)])
    settled = (
        ("fixed", exactly(fixed)),
        ("best practice", exactly(practice)),
        ("CQUIN not achieved", -exactly(withheld)),
    )
    planned = terms.planned_gbp(needed=False) or lines_gbp(lines)
    return Settlement(curve, planned, settled, lines_gbp(lines) if lines else None)


def _small(cell: str) -> bool:
    """A bare number below 1: nobody withholds pence."""
    return cell.strip().startswith(("0.", ".")) and not cell.strip().endswith(tuple("kmnb"))


def gain_loss(terms: Terms) -> Settlement:
    """d = target − actual. Beyond the dead band t, the gain min(g(d − t), cap)·multiplier if the quality gate was
    passed, the loss −min(l(|d| − t), cap) whether it was or not."""
    target = terms.need("target_gbp", positive_of, NOTHING, "100000000")
    dead = _of_target(terms, "dead_band", target) or NOTHING
    gain, loss = _shared(terms, "gain_share"), _shared(terms, "loss_share")
    passed = terms.read("quality_gate", answer_of, True)
    gained = Fraction(gain) * Fraction(terms.read("multiplier", multiplier_of, ONE)) if passed else Fraction(0)
    low, high = Fraction(target - dead), Fraction(target + dead)
    gain_cap, loss_cap = (
        _of_target(terms, name if terms.has(name) else "cap", target) for name in ("gain_cap", "loss_cap")
    )
    rates: list[Fraction | int] = [-gained, 0, -Fraction(loss)]
    corners = [low, high]
    if gain_cap is not None and gain:
        rates, corners = [0, *rates], [low - Fraction(gain_cap) / Fraction(gain), *corners]
    if loss_cap is not None and loss:
        rates, corners = [*rates, 0], [*corners, high + Fraction(loss_cap) / Fraction(loss)]
    return Settlement(curve_through(target, 0, rates, corners), target)


def _shared(terms: Terms, name: str) -> Decimal:
    """What is shared of a gain or a loss: told of each, or of both."""
    both = terms.read("share", part_of_one, None)
    return terms.need(name, part_of_one, NOTHING, "50%") if both is None else terms.read(name, part_of_one, both)


def _of_target(terms: Terms, name: str, target: Decimal) -> Decimal | None:
    """Pounds, or a share of the target; ``None`` where it was not told."""
    if not terms.has(name):
        return None
    cell = terms.cell(name)
    if is_share(cell) or _small(cell):
        return terms.read(name, part_of_one, NOTHING) * target
    value = terms.read(name, positive_of, NOTHING)
    if 0 < value < 100 and not cell.strip().startswith("£"):
        terms.tell(f"“{cell}” may be a share or pounds", f"write {cell}% or £{cell}", name)
    return value


def outcomes(terms: Terms) -> Settlement:
    """pool·Σ w·clip((a − b) ÷ (t − b), 0, 1); nothing where that sum is below the floor."""
    if not any(map(terms.has, ("pool_gbp", "contract_gbp", "percentage"))):
        terms.expect("pool_gbp", '"2500000"')
    return Settlement(NO_CURVE, NOTHING, (("outcomes", _earned(terms, _pool(terms))),))


def cquin(terms: Terms) -> Settlement:
    """Contract value · percentage · Σ w·clip((a − min) ÷ (max − min), 0, 1)."""
    return Settlement(NO_CURVE, NOTHING, (("CQUIN", _earned(terms, _pool(terms))),))


def _pool(terms: Terms) -> Decimal:
    """What can be earned: a pool, or a percentage of the contract's value; both may stand there if they agree."""
    contract, share = terms.read("contract_gbp", positive_of, None), terms.read("percentage", part_of_one, None)
    if not terms.has("pool_gbp") and not terms.problems:
        terms.expect("contract_gbp", '"180000000"')
        terms.expect("percentage", '"1.25%"')
    worth = contract * share if contract is not None and share is not None else None
    return _agreed(terms, worth, "the percentage of the contract's value")


def _agreed(terms: Terms, worth: Decimal | None, what: str) -> Decimal:
    """A pool that is told, made of other terms, or both alike."""
    pool = terms.read("pool_gbp", positive_of, None)
    if pool is not None and worth is not None and to_pence(pool) != to_pence(worth):
        told = f"the pool is not {what}, £{to_pence(worth):,}"
        terms.tell(told, "correct one of them, or leave the pool out", "pool_gbp")
    return worth if worth is not None else pool if pool is not None else NOTHING


def _earned(terms: Terms, pool: Decimal) -> Decimal:
    score = measured_score(terms)
    floor = terms.read("floor", part_of_one, NOTHING)
    return exactly(Fraction(pool) * score) if score >= Fraction(floor) else exactly(NOTHING)


def quality_premium(terms: Terms) -> Settlement:
    """People · pounds a head · Σ w of the measures met · (1 − Σ deductions), never below nothing."""
    if not terms.has("pool_gbp"):
        terms.expect("population", '"318000"')
        terms.expect("per_head_gbp", '"5"')
    people, head = terms.read("population", count_of, None), terms.read("per_head_gbp", positive_of, None)
    pool = _agreed(terms, people * head if people is not None and head is not None else None, "people · pounds a head")
    met = weights_met(terms)
    deducted = terms.read_list("deductions", _deducted, NOTHING)
    earned = Fraction(pool) * met * max(1 - Fraction(deducted), Fraction(0))
    return Settlement(NO_CURVE, NOTHING, (("quality premium", exactly(earned)),))


def _deducted(told: Told) -> Decimal:
    if any(part.lstrip().startswith(("-", "−", "(")) for part in parts_of(told)):
        raise CellError("a deduction is negative", "write how much is taken away, as 25%")
    return shares_sum(told)


def readmissions(terms: Terms) -> Settlement:
    """What is withheld: the value of readmissions within 30 days times the share of them that was avoidable. Where the
    file tells no value, activity is that value."""
    avoidable = terms.need("avoidable", part_of_one, NOTHING, "25%")
    if not terms.has("value_gbp"):
        return Settlement(curve_through(0, 0, [avoidable]), terms.planned_gbp(needed=False))
    value = terms.read("value_gbp", positive_of, NOTHING)
    return Settlement(NO_CURVE, value, (("readmissions", exactly(value * avoidable)),))
