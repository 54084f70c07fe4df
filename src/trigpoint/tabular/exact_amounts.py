"""Numbers and shares as people write them, to ``Decimal`` exactly: what money is multiplied with is never a float."""

from __future__ import annotations

import math
import re
from decimal import Decimal, localcontext

from trigpoint.plans.cells import CellError, quoted
from trigpoint.plans.limits import MAX_NUMBER_DIGITS

LONGEST = MAX_NUMBER_DIGITS
_NUMBER = re.compile(r"([+-]?[0-9]*\.?[0-9]+|[+-]?[0-9]+\.)(?:[eE]([+-]?[0-9]{1,3}))?\Z")
_DIGITS = 400
"""Enough for every number that a cell can hold: its digits and an exponent of three figures."""
_PERCENT = ("%", "％")


def decimal_of_cell(cell: str, shown: str = "") -> Decimal:
    """A number exactly as a table writes it. Raises ``CellError`` with the remedy; ``shown`` is the cell it names.

    >>> decimal_of_cell("−12.50")
    Decimal('-12.50')
    """
    text = cell.strip().replace("−", "-")
    match = _NUMBER.match(text) if len(text) <= 2 * LONGEST else None
    if match is None:
        raise CellError(f"{quoted(shown or cell)} is not a number", _remedy(text))
    value = Decimal(text)
    if not math.isfinite(float(value)):
        raise CellError(f"{quoted(shown or cell)} is larger than can be calculated with", "correct it")
    return value


def share_of_cell(cell: str) -> Decimal:
    """A share or rate as a fraction; a bare number beyond 1 is taken for a percentage that lacks its sign.

    >>> share_of_cell("1.9%"), share_of_cell("0.019"), share_of_cell("-2 %")
    (Decimal('0.019'), Decimal('0.019'), Decimal('-0.02'))
    """
    text = cell.strip()
    if text.endswith(_PERCENT):
        return hundredth(decimal_of_cell(text[:-1].rstrip(), shown=text))
    value = decimal_of_cell(text)
    if abs(value) > 1:
        said = f"{text.removeprefix('+')}%"
        digits = format(hundredth(value).normalize(), "f")
        raise CellError(f"{quoted(text)} is no share", f"did you mean {said}? Write {said} or {digits}")
    return value


def hundredth(value: Decimal) -> Decimal:
    """A hundredth, with every digit."""
    with localcontext() as context:
        context.prec = _DIGITS
        return value.scaleb(-2)


def exact_number(cell: str) -> Decimal:
    """A number that money is multiplied with: as ``decimal_of_cell``, within 30 digits on both sides of the point."""
    return _within(decimal_of_cell(cell), cell)


def exact_share(cell: str) -> Decimal:
    """A share that money is multiplied with, as ``share_of_cell``; not below −100%."""
    value = _within(share_of_cell(cell), cell)
    if value < -1:
        raise CellError(f"{quoted(cell)} would take away more than there is", "write −100% or more")
    return value


def exact_part(cell: str) -> Decimal:
    """A share from 0% to 100%: a probability, the part of a year.

    >>> exact_part("80%"), exact_part("0.8")
    (Decimal('0.80'), Decimal('0.8'))
    """
    value = _within(share_of_cell(cell), cell)
    if not 0 <= value <= 1:
        raise CellError(f"{quoted(cell)} is not between 0% and 100%", "correct it")
    return value


def exact_rate(cell: str) -> Decimal:
    """A share of growth: as ``exact_share``, and a bare 1 is asked about as well."""
    value = exact_share(cell)
    if abs(value) == 1 and not cell.strip().endswith(_PERCENT):
        raise CellError(f"{quoted(cell)} may be 1% or 100%", "write it with its sign")
    if value > 100:
        raise CellError(f"{quoted(cell)} is larger than can be calculated with", "write 10,000% or less")
    return value


def exact_count(cell: str) -> Decimal:
    """A number that cannot be negative."""
    value = exact_number(cell)
    if value < 0:
        raise CellError(f"{quoted(cell)} is negative", "write how many, or remove the row where that is not known")
    return value


def decimal_text(value: Decimal) -> str:
    """The cell of a number: its digits, without an exponent and without zeros that say nothing.

    >>> decimal_text(Decimal("1.2E+6")), decimal_text(Decimal("41.90"))
    ('1200000', '41.9')
    """
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def decimal_share_text(value: Decimal) -> str:
    """The cell of a share as a percentage, read back to the same number.

    >>> decimal_share_text(Decimal("0.019")), decimal_share_text(Decimal(1))
    ('1.9%', '100%')
    """
    with localcontext() as context:
        context.prec = _DIGITS
        return f"{decimal_text(value.scaleb(2))}%"


def _within(value: Decimal, cell: str) -> Decimal:
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or max(abs(exponent), abs(value.adjusted() if value else 0)) > LONGEST:
        raise CellError(f"{quoted(cell)} has too many digits", f"write at most {LONGEST}")
    return value


def _remedy(text: str) -> str:
    bare = text.replace("£", "").replace("%", "").strip()
    inner = bare[1:-1].strip() if bare.startswith("(") and bare.endswith(")") else ""
    digits = (inner or bare).replace(",", "").replace(" ", "")
    if _NUMBER.match(digits):
        if inner:
            return f"write -{digits} if it is negative, without brackets"
        said = [name for name, sign in (("£", "£"), ("%", "%"), ("commas", ","), ("blanks", " ")) if sign in text]
        return f"write {digits}, without {' and '.join(said) or 'other signs'}"
    return "write digits alone, with a full stop for decimals"
