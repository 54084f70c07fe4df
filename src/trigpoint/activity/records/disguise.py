"""Values that identify a patient, or nearly, in a column whose name does not say so."""

from __future__ import annotations

import re
from collections.abc import Iterable

_FEWEST, _SHARE = 3, 0.5
_TEN_DIGITS = re.compile(r"[0-9]{10}\Z")
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}\Z", re.IGNORECASE)
_DAY = re.compile(r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4})(?:[ T].*)?\Z")


def disguised(values: Iterable[object]) -> str:
    """What most of the different values look like, where that may identify a patient; "" for anything else.

    Told are NHS numbers (ten digits, the last of which checks the others modulo 11, as the NHS data dictionary has
    it), whole postcodes and days. Of random numbers with ten digits one in eleven passes, so half of at least three
    have to.

    >>> disguised(["943 476 5919", "9434765870", "943-476-5870"]), disguised(["DY1 2HQ", "B4 6GA", "M1 1AE"])
    ('NHS numbers', 'postcodes')
    >>> disguised(["300", "RNA", "9434765918"])
    ''
    """
    words = [text for value in values if value is not None and (text := str(value).strip())]
    if len(words) < _FEWEST:
        return ""
    for told, is_one in (("NHS numbers", is_nhs_number), ("postcodes", _is_postcode), ("days of birth", _is_day)):
        if sum(map(is_one, words)) >= max(_FEWEST, _SHARE * len(words)):
            return told
    return ""


def is_nhs_number(text: str) -> bool:
    """Whether the check digit holds: 11 less the weighted sum modulo 11, 11 standing for 0, and never 10.

    >>> is_nhs_number("9434765919"), is_nhs_number("9434765918")
    (True, False)
    """
    digits = re.sub(r"[\s-]", "", text).removesuffix(".0")
    if not _TEN_DIGITS.match(digits) or len(set(digits)) == 1:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True))
    return (11 - total % 11) % 11 == int(digits[9])


def _is_postcode(text: str) -> bool:
    return bool(_POSTCODE.match(text))


def _is_day(text: str) -> bool:
    return bool(_DAY.match(text))
