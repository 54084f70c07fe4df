"""How a figure of a measure is written: 29.7%, 6.6 percentage points, 1,615 referrals."""

from __future__ import annotations

from decimal import Decimal

from trigpoint.rounding import half_up
from trigpoint.wording import plural

PERCENTAGE, RATE, COUNT = "percentage", "rate", "count"
_SMALL_COUNTS = 100


def number(value: Decimal, decimals: int) -> str:
    """Digits in British style: thousands by comma, a true minus sign, rounded half up.

    >>> number(Decimal("8103.6"), 0), number(Decimal("-0.25"), 1)
    ('8,104', '−0.3')
    """
    return f"{half_up(value, decimals):,f}".replace("-", "−")


def figure(value: Decimal, decimals: int, *, kind: str = "", unit: str = "") -> str:
    """A value with its unit: a percentage closes up to its sign, other units follow a space.

    >>> figure(Decimal("29.7"), 1, kind="percentage"), figure(Decimal("20.5"), 1, unit="per 100,000")
    ('29.7%', '20.5 per 100,000')
    """
    if kind == PERCENTAGE:
        return f"{number(value, decimals)}%"
    return f"{number(value, decimals)} {unit}".rstrip()


def difference(value: Decimal, decimals: int, *, kind: str = "") -> str:
    """The size of a gap, without its sign: between percentages it is in percentage points.

    >>> difference(Decimal("-6.6"), 1, kind="percentage"), difference(Decimal("1"), 0, kind="percentage")
    ('6.6 percentage points', '1 percentage point')
    """
    value = value.copy_abs()  # abs() would round to the context's 28 digits
    size = number(value, decimals)
    if kind != PERCENTAGE:
        return size
    return f"{size} {plural(half_up(value, decimals), 'percentage point')}"


def signed(value: Decimal, decimals: int) -> str:
    """A difference with its sign, no sign for none.

    >>> signed(Decimal("2.5"), 1), signed(Decimal("-6.6"), 1), signed(Decimal("0.0"), 1)
    ('+2.5', '−6.6', '0.0')
    """
    shown = half_up(value, decimals)
    return f"{'+' if shown > 0 else ''}{number(shown, decimals)}"


def axis_title(kind: str, unit: str) -> str:
    """What the upright axis of a chart measures: the unit, or the word that the kind of number stands for.

    >>> axis_title("percentage", ""), axis_title("rate", "per 100,000"), axis_title("count", "")
    ('Percentage (%)', 'Rate per 100,000', 'Number')
    """
    if kind == PERCENTAGE:
        return "Percentage (%)"
    word = {RATE: "Rate", COUNT: "Number"}.get(kind, "Value")
    if unit.startswith("per "):
        return f"{word} {unit}"
    return f"{unit[0].upper()}{unit[1:]}" if unit else word


def level_decimals(decimals: int, largest: float) -> int:
    """The digits of a mean or limit: of small counts one, since their mean is hardly ever whole.

    >>> level_decimals(0, 10.6), level_decimals(0, 8_104.0), level_decimals(2, 10.6)
    (1, 0, 2)
    """
    return 1 if decimals == 0 and largest < _SMALL_COUNTS else decimals
