"""Savings that several schemes claim of the same money, counted once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from trigpoint.finance.money import to_pence


def counted_amounts(claims: Sequence[tuple[str, Decimal]], share_of_others: Decimal) -> tuple[Decimal, ...]:
    """What of each saving counts, in the order of ``claims``: pairs of the group of double counting and pounds.

    Of a group the largest counts whole and of each other ``share_of_others``: 0 counts what is certain (together they
    save at least the larger one), 1 their sum. Of equal ones the first is the largest. A claim without a group counts
    whole, and one that is negative always does, so that what counts is never more than the sum.

    >>> claims = [("", Decimal(5)), ("homes", Decimal(2)), ("homes", Decimal(3))]
    >>> [str(one) for one in counted_amounts(claims, Decimal("0.5"))]
    ['5.00', '1.00', '3.00']
    """
    groups: dict[str, list[int]] = defaultdict(list)
    for at, (group, _) in enumerate(claims):
        if group.strip():
            groups[group.strip().casefold()].append(at)
    counted = [to_pence(gbp) for _, gbp in claims]
    for members in groups.values():
        largest = max(members, key=lambda at: (claims[at][1], -at))
        for at in members:
            if at != largest and claims[at][1] > 0:
                counted[at] = to_pence(claims[at][1] * share_of_others)
    return tuple(counted)
