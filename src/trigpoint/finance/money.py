"""Money: exact pounds, rounded to the penny once, half up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from trigpoint.rounding import half_up

PENNIES = 2


def to_pence(gbp: Decimal | Fraction) -> Decimal:
    """Pounds rounded to the penny, a half away from zero: the one rounding of every amount that is computed.

    >>> to_pence(Decimal("1234.565")), to_pence(Fraction(-2, 3))
    (Decimal('1234.57'), Decimal('-0.67'))
    """
    return half_up(gbp, PENNIES)


def spread(gbp: Decimal, parts: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """An amount over months in proportion to ``parts``, in whole pence that add up to it.

    Cumulative amounts are rounded and differenced, so that no month is more than a penny from its share.

    >>> spread(Decimal("100"), [Decimal(1)] * 3)
    (Decimal('33.33'), Decimal('33.34'), Decimal('33.33'))
    """
    whole = sum((Fraction(part) for part in parts), Fraction(0))
    if not whole:
        return tuple(Decimal("0.00") for _ in parts)
    total, reached, before, months = to_pence(gbp), Fraction(0), Decimal(0), []
    for part in parts:
        reached += Fraction(part)
        here = to_pence(Fraction(total) * reached / whole)
        months.append(here - before)
        before = here
    return tuple(months)
