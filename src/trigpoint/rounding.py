"""Rounding as British papers do it: half up, away from zero, never to the even digit.

Python's own ``round()`` and ``Decimal``'s default round a half to the even neighbour; a plan that prints
3% of 8,950 as 269 (268.5) would then look wrong. Every printed figure passes through :func:`half_up`.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, localcontext
from fractions import Fraction

# Enough for a percentage compounded over three decades to stay exact; later digits cannot reach a printed one.
_DIGITS = 80


def decimal_of(value: Fraction) -> Decimal:
    """The value as a Decimal: exact where its expansion ends within 80 digits, cut there otherwise.

    >>> decimal_of(Fraction(537, 2)), decimal_of(Fraction(1, 8))
    (Decimal('268.5'), Decimal('0.125'))
    """
    with localcontext() as context:
        context.prec = _DIGITS
        return Decimal(value.numerator) / Decimal(value.denominator)


def half_up(value: Decimal | Fraction, decimals: int = 0) -> Decimal:
    """The value rounded to so many decimals; a half goes away from zero, as in a spreadsheet.

    Exact for fractions: no binary or decimal approximation comes before the rounding.

    >>> half_up(Decimal("268.5")), half_up(Decimal("-0.25"), 1), half_up(Fraction(1, 3), 2)
    (Decimal('269'), Decimal('-0.3'), Decimal('0.33'))
    """
    exact = Fraction(value)
    scaled = abs(exact) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    # Built from its digits: Decimal arithmetic would round to the context's 28 digits; and 0 never carries a sign.
    sign = 1 if exact < 0 and whole else 0
    return Decimal((sign, tuple(int(digit) for digit in str(whole)), -decimals))


def total(values: Iterable[Decimal]) -> Decimal:
    """The sum, exact to 80 digits: Decimal's own context would round it to 28.

    >>> total([Decimal("12345678901234567890123456789"), Decimal("0.5")])
    Decimal('12345678901234567890123456789.5')
    """
    with localcontext() as context:
        context.prec = _DIGITS
        return sum(values, Decimal(0))


def decimals_of(value: Decimal) -> int:
    """How many decimals a number was printed with: 62.0 has one, 1,615 none.

    >>> decimals_of(Decimal("62.0")), decimals_of(Decimal("1615"))
    (1, 0)
    """
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def units_apart(printed: Decimal, computed: Decimal, decimals: int) -> int:
    """How far two figures are apart, in units of the last printed digit; positive when the printed one is larger.

    >>> units_apart(Decimal("20.5"), Decimal("22.2"), 1)
    -17
    """
    return int(half_up((Fraction(printed) - Fraction(computed)) * 10**decimals))
