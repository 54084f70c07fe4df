"""The value of one cell: exactly, for its printed digits, and as arrays, for everything else."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from trigpoint.measures.book.book import Actual
from trigpoint.measures.definitions.definition import Definition, Statistic
from trigpoint.rounding import half_up

Floats = npt.NDArray[np.float64]

# Statistics that are numerator over denominator, so many per ``multiplier``.
PARTED = frozenset((Statistic.RATE, Statistic.PROPORTION, Statistic.MEAN, Statistic.RATIO, Statistic.ISR_RATIO))
# Those whose numerator is a count of events or people: it can be small enough to tell on somebody.
COUNTED = frozenset(Statistic) - {Statistic.MEAN, Statistic.VALUE}
DASH = "–"
_ENDLESS = "the figure is no finite number"
_PERCENT = ("%", "percent", "per cent", "percentage")


def exact_value(definition: Definition, cell: Actual) -> Fraction | str:
    """The cell's value without any rounding, or the reason why it has none.

    Parts go before an entered value. A rate is so many per ``multiplier``.

    >>> from trigpoint.measures.definitions.definition import PeriodType
    >>> share = Definition("a", "1", "A", Statistic.PROPORTION, PeriodType.MONTH, multiplier=100)
    >>> exact_value(share, Actual("a", "05C", "May 2017", Decimal(7), Decimal(9)))
    Fraction(700, 9)
    >>> exact_value(share, Actual("a", "05C", "May 2017", Decimal(7), Decimal(0)))
    'the denominator is 0'
    """
    top, bottom = cell.numerator, cell.denominator
    reason = _fault(definition, cell)
    if reason:
        return reason
    if definition.statistic is Statistic.COUNT and top is not None:
        return Fraction(top)
    if definition.statistic in PARTED and top is not None and bottom is not None:
        return definition.multiplier * Fraction(top) / Fraction(bottom)
    if cell.value is not None:
        return Fraction(cell.value) if cell.value.is_finite() else _ENDLESS
    return cell.note or _missing(definition, cell)


def _fault(definition: Definition, cell: Actual) -> str:
    """What is wrong with the parts, "" where nothing is."""
    top, bottom, statistic = cell.numerator, cell.denominator, definition.statistic
    if any(part is not None and not part.is_finite() for part in (top, bottom)):
        return _ENDLESS
    if statistic in COUNTED and top is not None and top < 0:
        return "the count is negative"
    if bottom is None or statistic not in PARTED:
        return ""
    if bottom <= 0:
        return "the denominator is 0" if bottom == 0 else "the denominator is negative"
    if statistic is Statistic.PROPORTION and top is not None and top > bottom:
        return "the numerator is larger than the denominator"
    return ""


def _missing(definition: Definition, cell: Actual) -> str:
    if cell.numerator is None and cell.denominator is None:
        return "no figure was entered"
    if definition.statistic in PARTED:
        return "no denominator was entered" if cell.denominator is None else "no numerator was entered"
    return f"a {definition.statistic.value} has to be entered as such: it cannot be made from one total"


def array_values(statistic: Statistic, multiplier: Floats, top: Floats, bottom: Floats, entered: Floats) -> Floats:
    """Values of many cells of one statistic at once; all arrays one entry a cell, NaN where there is none.

    The parts must have passed :func:`exact_value`; what has none by its rules is to be NaN already.
    """
    made = np.full(top.shape, np.nan)
    if statistic is Statistic.COUNT:
        made = top
    elif statistic in PARTED:
        np.divide(multiplier * top, bottom, out=made, where=bottom > 0)
    return np.where(np.isnan(made), entered, made)


def percentage(unit: str) -> bool:
    """Whether a unit is a percentage, which closes up to its sign."""
    return unit.strip().lower() in _PERCENT


def shown(definition: Definition, value: Fraction | Decimal | float | None) -> str:
    """A figure of a table: digits half up, with its % or £ but without a longer unit; a dash for none.

    >>> from trigpoint.measures.definitions.definition import PeriodType
    >>> share = Definition("a", "1", "A", Statistic.PROPORTION, PeriodType.MONTH, unit="%", multiplier=100)
    >>> shown(share, Fraction(700, 9)), shown(share, None)
    ('77.8%', '–')
    """
    if value is None:
        return DASH
    return _written(definition, _number(value), "")


def told(definition: Definition, value: Fraction | Decimal | float) -> str:
    """A figure in a sentence, with its unit.

    >>> from trigpoint.measures.definitions.definition import PeriodType
    >>> told(Definition("a", "1", "A", Statistic.RATE, PeriodType.MONTH, unit="per 100,000"), 20.25)
    '20.3 per 100,000'
    """
    return _written(definition, _number(value), definition.unit)


def _number(value: Fraction | Decimal | float) -> Decimal | Fraction:
    return Decimal(repr(float(value))) if isinstance(value, float) else value


def _written(definition: Definition, value: Decimal | Fraction, unit: str) -> str:
    rounded = half_up(value, definition.decimals)
    digits = f"{rounded.copy_abs():,f}"  # abs() would round to the context's 28 digits
    sign = "−" if rounded < 0 else ""
    if percentage(definition.unit):
        return f"{sign}{digits}%"
    if definition.unit.startswith("£"):
        after = definition.unit[1:].strip()
        words = after if len(after) <= 2 else f" {after}" if unit else ""
        return f"{sign}£{digits}{words}"
    return f"{sign}{digits} {unit}".rstrip()


def faults_by_period(definition: Definition, cells: Mapping[int, Actual]) -> dict[int, str]:
    """Why cells of one series have no value, by the running number of the period; those with one are left out."""
    doubtful = ((at, cell) for at, cell in cells.items() if not _plain(definition, cell))
    found = ((at, exact_value(definition, cell)) for at, cell in doubtful)
    return {at: reason for at, reason in found if isinstance(reason, str)}


def _plain(definition: Definition, cell: Actual) -> bool:
    """Whether a cell certainly has a value: a quick look that spares most cells the exact arithmetic."""
    top, bottom, value = cell.numerator, cell.denominator, cell.value
    if top is None and bottom is None:
        return value is not None and value.is_finite()
    if top is None or not top.is_finite() or top < 0:
        return False
    if bottom is None:
        return definition.statistic is Statistic.COUNT
    return definition.statistic in PARTED and bottom.is_finite() and bottom > 0 and top <= bottom
