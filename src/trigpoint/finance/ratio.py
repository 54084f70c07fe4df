"""A quotient as a decimal that people can read: exact where it ends soon, ten decimals where it does not."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from trigpoint.rounding import half_up

_DECIMALS = 10


def ratio_of(value: Fraction) -> Decimal:
    """The value half up to ten decimals, without the noughts at its end.

    >>> [str(ratio_of(value)) for value in (Fraction(5, 2), Fraction(1, 3), Fraction(40), Fraction(0))]
    ['2.5', '0.3333333333', '40', '0']
    """
    return Decimal(f"{half_up(value, _DECIMALS):f}".rstrip("0").rstrip("."))
