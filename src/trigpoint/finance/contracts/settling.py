"""What a mechanism's terms come to: a curve of activity, and the payments that activity does not move."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from trigpoint.finance.contracts.mechanism import Curve
from trigpoint.finance.money import to_pence
from trigpoint.rounding import decimal_of

NO_CURVE = Curve(Decimal(0))
"""What activity does not move at all."""


def exactly(gbp: Decimal | Fraction) -> Decimal:
    """A payment that activity does not move: whole pence as such, and anything else unrounded, for what is paid is
    rounded once.

    >>> exactly(Decimal("10")), exactly(Fraction(1, 8))
    (Decimal('10.00'), Decimal('0.125'))
    """
    pence = to_pence(gbp)
    return pence if Fraction(pence) == Fraction(gbp) else decimal_of(Fraction(gbp))


@dataclass(frozen=True, slots=True)
class Settlement:
    """The parts of a ``Mechanism`` that its terms settle; ``named_gbp`` is an activity that the terms name with its
    value (lines of units at prices)."""

    curve: Curve = NO_CURVE
    planned_gbp: Decimal = Decimal(0)
    settled: tuple[tuple[str, Decimal], ...] = ()
    named_gbp: Decimal | None = None
