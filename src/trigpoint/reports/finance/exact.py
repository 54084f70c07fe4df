"""JSON whose numbers are the exact decimals that were computed, never a binary neighbour of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal, localcontext
from enum import Enum
from typing import Any

from trigpoint.periods import FinancialYear, Month

DIGITS = 20
"""Significant digits of a quotient that does not end; money and whatever else ends before that is printed whole."""
_INDENT = " "


def exact_json(said: Any) -> str:
    """JSON text, indented by a blank, of mappings, sequences, texts, numbers, years, months and enumerations.

    A ``Decimal`` is printed as a JSON number with its own digits, at most ``DIGITS`` significant ones. Raises
    ``TypeError`` for what has no place in an answer, a float above all.

    >>> print(exact_json({"exact": Decimal("4300000") / Decimal("463900000"), "limit": Decimal("0.010"), "met": None}))
    {
     "exact": 0.0092692390601422720414,
     "limit": 0.01,
     "met": null
    }
    """
    return _text(said, 0)


def _text(said: Any, depth: int) -> str:
    if isinstance(said, Decimal):
        return decimal_text(said)
    if isinstance(said, FinancialYear):
        return json.dumps(said.label, ensure_ascii=False)
    if isinstance(said, Month):
        return json.dumps(f"{said.year}-{said.number:02d}")
    if isinstance(said, Enum):
        return _text(said.value, depth)
    if said is None or isinstance(said, str | bool | int):
        return json.dumps(said, ensure_ascii=False)
    if isinstance(said, Mapping):
        return _block("{}", [f"{_text(str(name), 0)}: {_text(one, depth + 1)}" for name, one in said.items()], depth)
    if isinstance(said, Sequence):
        return _block("[]", [_text(one, depth + 1) for one in said], depth)
    raise TypeError(f"{type(said).__name__} is no part of an exact answer")


def _block(brackets: str, parts: Sequence[str], depth: int) -> str:
    if not parts:
        return brackets
    inner, outer = "\n" + _INDENT * (depth + 1), "\n" + _INDENT * depth
    return f"{brackets[0]}{inner}{f',{inner}'.join(parts)}{outer}{brackets[1]}"


def decimal_text(value: Decimal) -> str:
    """The digits of a number, without an exponent and without noughts that say nothing.

    >>> decimal_text(Decimal("5300000.00")), decimal_text(Decimal("-0.50")), decimal_text(Decimal("1E+6"))
    ('5300000', '-0.5', '1000000')
    >>> decimal_text(Decimal("NaN"))
    'null'
    """
    if not value.is_finite():
        return "null"
    with localcontext() as context:
        # A sum of pounds has all its pence, however large: only what comes after the point is ever shortened.
        context.prec = max(DIGITS, value.adjusted() + 3)
        text = format(+value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text
