"""What is to be made of an opportunity, in a sentence that does not promise what chance can give."""

from __future__ import annotations

from decimal import Decimal

from trigpoint.finance.peers.result import Comparator, Opportunity
from trigpoint.finance.words import gbp_words, share_words
from trigpoint.rounding import half_up

_RARE = Decimal("0.001")
_SELDOM = Decimal("0.05")


def amount_words(amount: Decimal | None, *, money: bool) -> str:
    """An amount as it is printed: pounds, or a number of events.

    >>> amount_words(Decimal("2318400"), money=True), amount_words(Decimal("1234.5"), money=False)
    ('£2.3m', '1,235')
    """
    if money or amount is None:
        return gbp_words(amount)
    decimals = 0 if abs(amount) >= 10 or amount == amount.to_integral_value() else 2
    return f"{half_up(amount, decimals):,f}"


def verdict(found: Opportunity, *, money: bool, level: Decimal, number: int, best: int) -> str:
    """One sentence, or two: what is usually told, what of it is chance, and what is left with its interval."""
    against = (
        f"the mean of {number} peers" if found.comparator is Comparator.MEAN else f"the best {best} of {number} peers"
    )
    if not found.raw:
        return f"Against {against} there is no opportunity: one's own rate is as good or better."
    told = f"Against {against} the opportunity is {amount_words(found.raw, money=money)}"
    if found.chance is None or found.adjusted is None or found.low is None or found.high is None:
        return f"{told}; how much of it is chance cannot be said, for the rates have no standard errors."
    by_chance = f"{told}; {_chance_words(found, money=money)}"
    low, high = (amount_words(each, money=money) for each in (found.low, found.high))
    interval = f"{share_words(level, 0)} interval {low} to {high}"
    left = amount_words(found.adjusted, money=money)
    if found.real:
        return f"{by_chance}. What is left of it, {left} ({interval}), is more than chance."
    if not found.adjusted:
        return f"{by_chance}. Nothing is left of it once that is taken off ({interval})."
    if (found.as_much_by_chance or Decimal(0)) <= _SELDOM:
        # Hardly chance alone, yet how much of it is real is open: the two must not read as if they denied each other.
        rest = f"what is left, {left} ({interval}), may still be nothing"
        return f"{by_chance}. Chance alone hardly makes as much, but how much of it is real is open: {rest}."
    return f"{by_chance}. What is left of it, {left} ({interval}), is not sure to be more than chance."


def _chance_words(found: Opportunity, *, money: bool) -> str:
    often = found.as_much_by_chance or Decimal(0)
    times = "less than 0.1%" if often < _RARE else share_words(often, 1 if often < Decimal("0.1") else 0)
    mean = amount_words(found.chance, money=money)
    return (
        f"organisations that do not differ at all would show {mean} on average, and as much as this in {times} of cases"
    )
