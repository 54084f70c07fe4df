"""One of the two figures that are compared: what it says, where it stands, and how exact it claims to be."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from trigpoint.errors import InputError
from trigpoint.finance.words import form_of_money
from trigpoint.rounding import decimals_of, half_up

_PER_CENT = 100
_MOST_DECIMALS = 6
_IN_POUNDS = 10_000
"""Pounds below which an amount is printed whole, not in thousands."""
_NOTHING = "not known"
_HALF = Decimal("0.5")


class Unit(Enum):
    """What a figure counts. A share is a fraction: 0.012 for 1.2%."""

    GBP = "gbp"
    SHARE = "share"
    PER_HEAD = "gbp per head"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Reach:
    """The values that a figure may stand for; an end that is open does not belong to it."""

    low: Decimal
    high: Decimal
    low_open: bool = False
    high_open: bool = False

    def meets(self, other: Reach) -> bool:
        """Whether some value belongs to both.

        >>> Reach(Decimal(1), Decimal(2)).meets(Reach(Decimal(2), Decimal(3)))
        True
        >>> Reach(Decimal(1), Decimal(2), high_open=True).meets(Reach(Decimal(2), Decimal(3)))
        False
        """
        low, high = max(self.low, other.low), min(self.high, other.high)
        if low != high:
            return low < high
        return not any((each.low_open and each.low == low) or (each.high_open and each.high == low)
                       for each in (self, other))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its words and its place.

    ``value`` is in ``unit``, ``None`` where it is not known. ``words`` say what it is within a sentence; ``source``
    where it comes from: a file with its line, or "computed from …". ``half_unit`` is half of the last place that it was
    printed with, in the figure's own unit, 0 where it is exact; ``low`` and ``high`` are its 80% interval where it was
    modelled. ``item`` is the row's id.

    >>> Figure(Decimal("0.01"), Unit.SHARE, "the rule as printed", half_unit=Decimal("0.005")).shown
    '1%'
    """

    value: Decimal | None
    unit: Unit
    words: str
    source: str = ""
    file: str = ""
    row: int | None = None
    field: str = ""
    item: str = ""
    half_unit: Decimal = Decimal(0)
    low: Decimal | None = None
    high: Decimal | None = None
    illustrative: bool = False

    @property
    def rounded(self) -> Reach | None:
        """What it may stand for as it was rounded, half away from zero; ``None`` where it is not known."""
        if self.value is None:
            return None
        # A half is rounded away from nought, so the far end of what rounds to a value belongs to the next one.
        return Reach(
            self.value - self.half_unit,
            self.value + self.half_unit,
            low_open=bool(self.half_unit) and self.value <= 0,
            high_open=bool(self.half_unit) and self.value >= 0,
        )

    @property
    def likely(self) -> Reach | None:
        """Its 80% interval, or as it was rounded where it has none."""
        if self.value is None or self.low is None or self.high is None:
            return self.rounded
        return Reach(min(self.low, self.value), max(self.high, self.value))

    @property
    def shown(self) -> str:
        """The value in words."""
        return amount_words(self.value, self.unit)

    @property
    def interval(self) -> str:
        """Its 80% interval in words, "" where it has none."""
        if self.low is None or self.high is None or self.low == self.high:
            return ""
        low, high = apart(self.low, self.high, self.unit)
        return f"{low} to {high}"


def amount_words(value: Decimal | None, unit: Unit, decimals: int | None = None) -> str:
    """A value as a sentence prints it: as exact as a reader needs, "not known" where there is none.

    ``decimals`` are of the unit that it is printed in (of a million, of a per cent).

    >>> amount_words(Decimal("14400000"), Unit.GBP), amount_words(Decimal("2250000"), Unit.GBP)
    ('£14.4m', '£2.25m')
    >>> amount_words(Decimal("0.0092692"), Unit.SHARE), amount_words(Decimal("0.012"), Unit.SHARE)
    ('0.927%', '1.2%')
    >>> amount_words(Decimal("1700.4"), Unit.NUMBER), amount_words(Decimal("21.91"), Unit.PER_HEAD)
    ('1,700', '£21.91 per head')
    """
    if value is None:
        return _NOTHING
    if unit is Unit.SHARE:
        shown = half_up(value * _PER_CENT, _places(value * _PER_CENT, 3) if decimals is None else decimals)
        return f"{_sign(shown)}{abs(shown):,f}%"
    if unit is Unit.NUMBER:
        shown = half_up(value, (1 if abs(value) < 10 else 0) if decimals is None else decimals)
        return f"{_sign(shown)}{_plain(abs(shown)):,f}"
    form = form_of_money([value])
    if form.power == 3 and abs(value) < _IN_POUNDS and decimals is None:
        return f"{_sign(value)}£{half_up(abs(value)):,f}"
    usual = _places(value / Decimal(10) ** form.power, 2) if form.power == 6 else form.decimals
    words = form_of_money([value], usual if decimals is None else decimals).words(value)
    return f"{words} per head" if unit is Unit.PER_HEAD else words


def points_words(share: Decimal) -> str:
    """A fraction as percentage points.

    >>> points_words(Decimal("0.01")), points_words(Decimal("0.005"))
    ('1 percentage point', '0.5 percentage points')
    """
    number = amount_words(share, Unit.SHARE).removesuffix("%")
    return f"{number} percentage {'point' if number == '1' else 'points'}"


def apart(first: Decimal, second: Decimal, unit: Unit) -> tuple[str, str]:
    """Two values printed as exactly as tells them apart.

    >>> apart(Decimal("14400000"), Decimal("14403000"), Unit.GBP)
    ('£14.400m', '£14.403m')
    """
    words = amount_words(first, unit), amount_words(second, unit)
    decimals = 1
    while words[0] == words[1] and first != second and decimals <= _MOST_DECIMALS:
        words = amount_words(first, unit, decimals), amount_words(second, unit, decimals)
        decimals += 1
    return words


def half_unit_of_print(value: Decimal, decimals: int | None, unit: Unit, most_gbp: Decimal) -> Decimal:
    """Half of the last place of a printed value, in its own unit. Pounds are taken to be printed to their last digit
    that is not 0 (14,400,000 as £14.4m), but never more coarsely than ``most_gbp``.

    ``decimals`` are those of the print (of a per cent where it is a share); ``None`` where that is not known: then the
    value is exact.

    >>> half_unit_of_print(Decimal("0.012"), 1, Unit.SHARE, Decimal(50_000))
    Decimal('0.0005')
    >>> half_unit_of_print(Decimal("14000000"), 0, Unit.GBP, Decimal(50_000))
    Decimal('50000')
    """
    if decimals is None:
        return Decimal(0)
    if unit is Unit.SHARE:
        return _HALF.scaleb(-decimals - 2)
    if unit is Unit.GBP and decimals == 0 and value:
        digits = str(int(abs(value)))
        return min(_HALF.scaleb(len(digits) - len(digits.rstrip("0"))), most_gbp)
    return _HALF.scaleb(-decimals)


def unit_of(text: str) -> Unit:
    """The unit that a finance table names. Raises ``InputError`` for another one.

    >>> unit_of("GBP"), unit_of("%"), unit_of("people")
    (<Unit.GBP: 'gbp'>, <Unit.SHARE: 'share'>, <Unit.NUMBER: 'number'>)
    """
    known = {"gbp": Unit.GBP, "£": Unit.GBP, "%": Unit.SHARE, "share": Unit.SHARE, "gbp per head": Unit.PER_HEAD,
             "people": Unit.NUMBER, "number": Unit.NUMBER, "": Unit.NUMBER}  # fmt: skip
    found = known.get(text.strip().casefold())
    if found is None:
        raise InputError(f"the unit “{text}” is not known", remedy="write gbp, share, gbp per head or number")
    return found


def _places(value: Decimal, most: int) -> int:
    """How many decimals a value needs, so many at most and, for money and shares, no trailing noughts."""
    rounded = half_up(value, most)
    return decimals_of(_plain(rounded))


def _plain(value: Decimal) -> Decimal:
    """The value without trailing noughts behind the point.

    >>> _plain(Decimal("12.50")), _plain(Decimal("100"))
    (Decimal('12.5'), Decimal('100'))
    """
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _sign(value: Decimal) -> str:
    return "−" if value < 0 else ""
