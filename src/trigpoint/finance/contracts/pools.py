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
from trigpoint.finance.contracts.listed import lines_gbp, lines_of, parts_of, shares_sum
from trigpoint.finance.contracts.scores import measured_score, weights_met
from trigpoint.finance.contracts.settling import NO_CURVE, Settlement
from trigpoint.finance.contracts.terms import Terms
from trigpoint.finance.money import to_pence

ONE, NOTHING = Decimal(1), Decimal(0)
VARIABLE = ("lines", "outpatient_lines", "day_case_lines", "other_lines")
"""Under which names an aligned payment may tell the lines of its variable part."""


def aligned(terms: Terms) -> Settlement:
    """F + Σ elective u·p + best-practice adjustments − CQUIN·(1 − achieved). CQUIN as a share is of the fixed part."""
    fixed = terms.need("fixed_gbp", positive_of, NOTHING, "180000000")
    lines = tuple(line for name in VARIABLE for line in terms.read(name, lines_of, ()))
    practice = terms.read("best_practice_gbp", amount_of, NOTHING)
    as_share = is_share(terms.cell("cquin")) or _small(terms.cell("cquin"))
    cquin = terms.read("cquin", part_of_one, NOTHING) * fixed if as_share else terms.read("cquin", positive_of, NOTHING)
    achieved = terms.need("achieved", part_of_one, ONE, "80%") if terms.has("cquin") else ONE
    withheld = terms.read("withheld_gbp", positive_of, cquin * (1 - achieved))
    if terms.has("withheld_gbp") and terms.has("cquin"):
        terms.tell("what is withheld is told, and what it is made of as well", "leave one of them out", "withheld_gbp")
    curve = curve_through(0, 0, [terms.read("rate", rate_of, ONE)])
    settled = (
        ("fixed", to_pence(fixed)),
        ("best practice", to_pence(practice)),
        ("CQUIN not achieved", -to_pence(withheld)),
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
    gain = terms.need("gain_share", part_of_one, NOTHING, "50%")
    loss = terms.need("loss_share", part_of_one, NOTHING, "50%")
    passed = terms.read("quality_gate", answer_of, True)
    gained = Fraction(gain) * Fraction(terms.read("multiplier", multiplier_of, ONE)) if passed else Fraction(0)
    low, high = Fraction(target - dead), Fraction(target + dead)
    gain_cap, loss_cap = _of_target(terms, "gain_cap", target), _of_target(terms, "loss_cap", target)
    rates: list[Fraction | int] = [-gained, 0, -Fraction(loss)]
    corners = [low, high]
    if gain_cap is not None and gain:
        rates, corners = [0, *rates], [low - Fraction(gain_cap) / Fraction(gain), *corners]
    if loss_cap is not None and loss:
        rates, corners = [*rates, 0], [*corners, high + Fraction(loss_cap) / Fraction(loss)]
    return Settlement(curve_through(target, 0, rates, corners), target)


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
    pool = terms.need("pool_gbp", positive_of, NOTHING, "2500000")
    return Settlement(NO_CURVE, NOTHING, (("outcomes", _earned(terms, pool)),))


def cquin(terms: Terms) -> Settlement:
    """Contract value · percentage · Σ w·clip((a − min) ÷ (max − min), 0, 1)."""
    pool = terms.read("pool_gbp", positive_of, None)
    contract, share = terms.read("contract_gbp", positive_of, None), terms.read("percentage", part_of_one, None)
    worth = contract * share if contract is not None and share is not None else None
    if pool is None and worth is None and not terms.problems:
        terms.need("contract_gbp", positive_of, None, "180000000")
        if share is None:
            terms.need("percentage", part_of_one, None, "1.25%")
    if pool is not None and worth is not None and to_pence(pool) != to_pence(worth):
        what = f"the pool is not the percentage of the contract's value, £{to_pence(worth):,}"
        terms.tell(what, "correct one of them, or leave the pool out", "pool_gbp")
    return Settlement(NO_CURVE, NOTHING, (("CQUIN", _earned(terms, pool if pool is not None else worth or NOTHING)),))


def _earned(terms: Terms, pool: Decimal) -> Decimal:
    score = measured_score(terms)
    floor = terms.read("floor", part_of_one, NOTHING)
    return to_pence(Fraction(pool) * score) if score >= Fraction(floor) else to_pence(NOTHING)


def quality_premium(terms: Terms) -> Settlement:
    """People · pounds a head · Σ w of the measures met · (1 − Σ deductions), never below nothing."""
    people = terms.need("population", count_of, NOTHING, "318000")
    head = terms.need("per_head_gbp", positive_of, NOTHING, "5")
    met = weights_met(terms)
    deducted = terms.read("deductions", shares_sum, NOTHING)
    if any(part.lstrip().startswith(("-", "−", "(")) for part in parts_of(terms.cell("deductions"))):
        terms.tell("a deduction is negative", "write how much is taken away, as 25%", "deductions")
    earned = Fraction(people) * Fraction(head) * met * max(1 - Fraction(deducted), Fraction(0))
    return Settlement(NO_CURVE, NOTHING, (("quality premium", to_pence(earned)),))


def readmissions(terms: Terms) -> Settlement:
    """What is withheld: the value of readmissions within 30 days times the share of them that was avoidable. Where the
    file tells no value, activity is that value."""
    avoidable = terms.need("avoidable", part_of_one, NOTHING, "25%")
    if not terms.has("value_gbp"):
        return Settlement(curve_through(0, 0, [avoidable]), terms.planned_gbp(needed=False))
    value = terms.read("value_gbp", positive_of, NOTHING)
    return Settlement(NO_CURVE, value, (("readmissions", to_pence(value * avoidable)),))
