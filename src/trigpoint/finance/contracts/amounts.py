"""The terms of a mechanism as people write them: amounts, shares, counts and answers, to exact values.

A file of terms is written by hand beside a contract, so the spellings of contracts are read: “£10.0m”, “10,000,000”,
“(1,200)”, “2%”, “0.02”. What has two meanings is refused, with both.
"""

from __future__ import annotations

import re
from decimal import Decimal

from trigpoint.plans.cells import CellError, quoted
from trigpoint.tabular.exact_amounts import decimal_of_cell, decimal_text
from trigpoint.tabular.money_cells import LARGEST_GBP, MINUSES, asked_about, money_cell, says_scale

# What a file writes as a number: it says exactly one, also with an exponent or three decimals.
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]{1,2})?\Z", re.IGNORECASE)
_SHARE = re.compile(r"(?:±|\+/-)?\s*(?P<number>.*?)\s*(?P<sign>%|％|per\s?cent|percent|pc|pct)?\Z", re.IGNORECASE)
_POUNDS = re.compile(r"£|gbp|pounds?", re.IGNORECASE)
MOST_DECIMALS = 12


def amount_of(cell: str) -> Decimal:
    """Pounds, exactly: digits with or without commas, a pound sign, k, m or bn; brackets or a minus for a negative.

    A number as TOML writes it is what it says; all else is read as a table's amount is (``money_cell``). Raises
    ``CellError`` for other currencies and for what is no amount.

    >>> amount_of("£10.0m"), amount_of("10,000,000"), amount_of("(1,200)"), amount_of("1.25bn")
    (Decimal('10000000'), Decimal('10000000'), Decimal('-1200'), Decimal('1250000000'))
    """
    text = cell.strip()
    if is_share(text):
        raise CellError(f"{quoted(text)} is a share where an amount is meant", "write pounds, e.g. 10000000 or £10.0m")
    bare = text.translate(MINUSES).replace("_", "")
    value = decimal_of_cell(bare, shown=text) if _NUMBER.match(bare) else money_cell(text).gbp
    if abs(value) > LARGEST_GBP:
        raise CellError(f"{quoted(text)} is larger than can be calculated with", "correct it")
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > MOST_DECIMALS:
        raise CellError(f"{quoted(text)} has too many decimals", f"write at most {MOST_DECIMALS}")
    return Decimal(decimal_text(value)) if value == value.to_integral_value() else value


def count_of(cell: str) -> Decimal:
    """How many: an amount that is not negative, without a pound sign.

    >>> count_of("20,000"), count_of("318k")
    (Decimal('20000'), Decimal('318000'))
    """
    if "£" in cell:
        raise CellError(f"{quoted(cell.strip())} is an amount where a number of units is meant", "write how many")
    value = amount_of(cell)
    if value < 0:
        raise CellError(f"{quoted(cell.strip())} is negative", "write how many, 0 or more")
    return value


def positive_of(cell: str) -> Decimal:
    """Pounds that cannot be negative."""
    value = amount_of(cell)
    if value < 0:
        raise CellError(f"{quoted(cell.strip())} is negative", "write it as a positive amount")
    return value


def number_of(cell: str) -> Decimal:
    """A number of any kind, a percentage as its hundredth: what a measure reached, its baseline, its target."""
    return _share_value(cell.strip())


def price_of(cell: str) -> Decimal:
    """What one unit costs. Written as a text, “1.800” may be one pound eighty or thousands, and is asked about.

    >>> price_of("£1,800"), price_of("1.8")
    (Decimal('1800'), Decimal('1.8'))
    """
    asked_about(cell.replace("£", "").strip(), cell.strip())
    return positive_of(cell)


def share_of(cell: str) -> Decimal:
    """A share as a fraction: “2%”, “0.02”. A bare number above 1 is nearly always a percentage without its sign, and is
    asked about.

    >>> share_of("2%"), share_of("0.02"), share_of("±3 %"), share_of("12.5 per cent")
    (Decimal('0.02'), Decimal('0.02'), Decimal('0.03'), Decimal('0.125'))
    """
    text = cell.strip()
    value = _share_value(text)
    if abs(value) > 1 and not is_share(text):
        said = f"{text}%"
        raise CellError(f"{quoted(text)} is no share", f"did you mean {said}? Write it with its sign")
    if abs(value) > 100:
        raise CellError(f"{quoted(text)} is larger than can be calculated with", "correct it")
    return value


def part_of_one(cell: str) -> Decimal:
    """A share from 0% to 100%."""
    value = share_of(cell)
    if not 0 <= value <= 1:
        raise CellError(f"{quoted(cell.strip())} is not between 0% and 100%", "correct it")
    return value


def rate_of(cell: str) -> Decimal:
    """What is paid of each pound: 0% to 200%. Elective recovery paid 120% of prices, so more than all is no slip."""
    value = share_of(cell)
    if not 0 <= value <= 2:
        raise CellError(f"{quoted(cell.strip())} is not between 0% and 200%", "correct it")
    return value


def multiplier_of(cell: str) -> Decimal:
    """A factor, 1 for as it is: 0 to 10, also as a percentage."""
    value = _share_value(cell.strip())
    if not 0 <= value <= 10:
        what = f"{quoted(cell.strip())} is no multiplier from 0 to 10"
        raise CellError(what, "write 1 for none, 0.8 for four fifths")
    return value


def answer_of(cell: str) -> bool:
    """Yes or no, in the words of a quality gate.

    >>> answer_of("passed"), answer_of("False"), answer_of("not met")
    (True, False, False)
    """
    text = cell.strip().casefold().replace("_", " ")
    if text in ("yes", "y", "true", "1", "pass", "passed", "met", "achieved", "open"):
        return True
    if text in ("no", "n", "false", "0", "fail", "failed", "not met", "unmet", "missed", "not achieved", "closed"):
        return False
    raise CellError(f"{quoted(cell.strip())} is neither yes nor no", "write yes or no")


def is_share(cell: str) -> bool:
    """Whether a cell is written as a percentage."""
    found = _SHARE.match(cell.strip())
    return found is not None and found["sign"] is not None


def is_money(cell: str) -> bool:
    """Whether a cell can only be an amount: with a pound sign, or with k, m or bn."""
    return not is_share(cell) and (_POUNDS.search(cell) is not None or says_scale(cell))


def _share_value(text: str) -> Decimal:
    found = _SHARE.match(text)
    if found is None or not found["number"]:
        raise CellError(f"{quoted(text)} is no number", "write e.g. 2% or 0.02")
    try:
        value = amount_of(found["number"])
    except CellError:
        raise CellError(f"{quoted(text)} is no number", "write digits with a full stop, e.g. 2% or 0.02") from None
    return value / 100 if found["sign"] else value
