"""Activity as it is printed: whole numbers, signs, intervals, changes in per cent, and parts that add up."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from trigpoint.charts.upright import NOTHING, drawn
from trigpoint.measures.figures import COUNT, number
from trigpoint.measures.standing import Form

_SMALL = 100
_EXACT = 1e15  # from here on a context of 28 digits could round
_DIGITS = 6
_STEPS = (Decimal(1), Decimal("0.1"), Decimal("0.01"))


def decimals_for(values: Iterable[float | None]) -> int:
    """Digits after the point: none, but one where nothing reaches 100 and some value is no whole number.

    >>> decimals_for([3.25, 40]), decimals_for([3, 40, None]), decimals_for([0.5, 30_412.3])
    (1, 0, 0)
    """
    known = [value for each in values if (value := drawn(each)) is not None]
    small = max(map(abs, known), default=_SMALL) < _SMALL
    return 1 if small and any(decimal_of(value) % 1 for value in known) else 0


def form_for(values: Iterable[float | None], unit: str = "") -> Form:
    """How these values are written, and the unit on their axis."""
    decimals = decimals_for(values)
    return Form(decimals, "" if decimals else COUNT, unit)


def decimal_of(value: float) -> Decimal:
    """A value as it is rounded: to six decimals first, so that a half is one whatever the order of its sum was.

    >>> decimal_of(31_250 * 1.02 * 1.02), decimal_of(32_512.499999999996)
    (Decimal('32512.5'), Decimal('32512.5'))
    """
    return Decimal(repr(round(float(value), _DIGITS)))


def shown(value: float | None, decimals: int = 0) -> str:
    """A count as printed, half up, or a dash.

    >>> shown(30_411.5), shown(30_411.499999999996), shown(float("nan")), shown(None)
    ('30,412', '30,412', '–', '–')
    """
    if value is None or not math.isfinite(value):
        return NOTHING
    exact = decimal_of(value)
    if abs(value) >= _EXACT:
        return number(exact, decimals)
    # The same, without fractions: a table of hundreds of schemes has thousands of numbers.
    return f"{exact.quantize(_STEPS[decimals], rounding=ROUND_HALF_UP) + 0:,}".replace("-", "−")


def change(value: float | None, decimals: int = 0) -> str:
    """A difference with its sign.

    >>> change(-812.4), change(3.0), change(None)
    ('−812', '+3', '–')
    """
    words = shown(value, decimals)
    positive = value is not None and value > 0 and words.strip("0.") and words != NOTHING
    return f"+{words}" if positive else words


def between(low: float | None, high: float | None, decimals: int = 0) -> str:
    """An interval, or a dash where an end is not known.

    >>> between(29_100, 31_800.2), between(None, 3)
    ('29,100 to 31,800', '–')
    """
    ends = (shown(low, decimals), shown(high, decimals))
    return NOTHING if NOTHING in ends else f"{ends[0]} to {ends[1]}"


def changes(low: float | None, high: float | None, decimals: int = 0) -> str:
    """An interval of a difference.

    >>> changes(-900, 40)
    '−900 to +40'
    """
    ends = (change(low, decimals), change(high, decimals))
    return NOTHING if NOTHING in ends else f"{ends[0]} to {ends[1]}"


def relative(value: float | None, base: float | None) -> float | None:
    """The change from ``base`` to ``value`` in per cent; ``None`` where there is no base.

    >>> relative(96, 100), relative(5, 0)
    (-4.0, None)
    """
    first, second = drawn(base), drawn(value)
    return drawn(100 * (second - first) / first) if first and second is not None and first > 0 else None


def per_cent(value: float | None) -> str:
    """A share in per cent with one digit and its sign.

    >>> per_cent(-4.06), per_cent(None)
    ('−4.1%', '–')
    """
    return NOTHING if drawn(value) is None else f"{change(value, 1)}%"


def against(value: float | None, base: float | None, words: str) -> str:
    """How a value stands to another, as the end of a sentence.

    >>> against(95.9, 100, "do nothing"), against(100.01, 100, "do nothing"), against(3, None, "do nothing")
    ('4.1% below do nothing', 'the same as do nothing', '')
    """
    percentage = relative(value, base)
    if percentage is None:
        return ""
    size = shown(abs(percentage), 1)
    return f"the same as {words}" if size == "0.0" else f"{size}% {'above' if percentage > 0 else 'below'} {words}"


def adding_up(parts: Sequence[float], total: Decimal, decimals: int = 0) -> tuple[Decimal, ...]:
    """The parts rounded so that what is printed adds up to a total that is printed: each to a neighbour of its own,
    those nearest to the next step first (the method of largest remainders), further only where the total asks for more.

    >>> [int(part) for part in adding_up([1.4, 1.4, -0.3], Decimal(3))]
    [2, 1, 0]
    >>> adding_up([], Decimal(3))
    ()
    """
    if not parts:
        return ()
    scale = 10**decimals
    exact = [Fraction(decimal_of(part)) * scale for part in parts]
    floors = [math.floor(part) for part in exact]
    left = int(total * scale) - sum(floors)
    each, more = divmod(left, len(parts))
    above = [float(part - floor) for part, floor in zip(exact, floors, strict=True)]
    order = sorted(range(len(parts)), key=lambda at: (-above[at], at))
    steps = dict.fromkeys(order[:more], 1)
    return tuple(Decimal(floor + each + steps.get(at, 0)).scaleb(-decimals) for at, floor in enumerate(floors))
