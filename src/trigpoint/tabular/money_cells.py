"""Amounts of money as people write them, to exact pounds.

Plain pounds (“1200000”, “-450.50”) are read as they stand. Spellings that plainly say one amount – “£1.2m”, “(1,200)”,
“450k” – are read too, and the plain spelling is told. What may mean two amounts (“1.200”, “1,2”) is asked about, and
other currencies are refused: a plan's money is in pounds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, localcontext

from trigpoint.plans.cells import CellError, quoted
from trigpoint.rounding import half_up
from trigpoint.tabular.exact_amounts import decimal_text

LARGEST_GBP = Decimal(10) ** 12
"""No health system's money is beyond this: a slip of the hand."""
MOST_CHARACTERS = 60
PENNIES = 2
_NEAR_PENNY = Decimal("0.000001")
MINUSES = str.maketrans(dict.fromkeys("−–—‒﹣－", "-"))
_BLANKS = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_FOREIGN = re.compile(
    r"[$€¥₹₽₩₣₤¢]|(?<![a-z])(?:eur|euros?|usd|dollars?|chf|jpy|inr|cny|aud|cad|cents?)(?![a-z])", re.IGNORECASE
)
_SIDES = re.compile(r"(?:\b|(?<=[0-9)]))(?:cr|dr|credit|debit)\b\.?", re.IGNORECASE)
_PENCE = re.compile(r"[0-9]\s*(?:p|pence)\Z", re.IGNORECASE)
_THOUSANDS = re.compile(r"\(?£\s?['’]?000'?s?\)?", re.IGNORECASE)
_SCALES = {
    "k": 3, "thousand": 3, "thousands": 3, "m": 6, "mn": 6, "mln": 6, "mil": 6, "mill": 6, "million": 6,
    "millions": 6, "b": 9, "bn": 9, "billion": 9, "billions": 9,
}  # fmt: skip
_SCALED = re.compile(r"\s?([a-z]+)\Z", re.IGNORECASE)
_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?\Z")
_DIGITS = re.compile(r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\Z")
_GROUPED = re.compile(r"[0-9]{1,3}(?:([, '’])[0-9]{3})(?:\1[0-9]{3})*(?:\.[0-9]*)?\Z")
_EITHER = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}\Z")
_CONTINENTAL = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{1,2}\Z|[0-9]{1,3}(?:\.[0-9]{3}){2,}\Z")
_EXPONENT = re.compile(r"[0-9.]e[+-]?[0-9]+\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MoneyCell:
    """An amount in pounds. ``plain`` is how to write it; ``spelled`` whether it was written in another way."""

    gbp: Decimal
    plain: str
    spelled: bool = False

    @property
    def whole_pence(self) -> bool:
        """Whether it is a sum that can be paid."""
        return self.gbp == half_up(self.gbp, PENNIES)


def money_cell(cell: str) -> MoneyCell:
    """The amount that a cell says. Raises ``CellError`` with the remedy for what is no amount, may be two, or is not in
    pounds.

    >>> money_cell("£1.2m").gbp, money_cell("(1,200)").gbp, money_cell("−450.50").spelled
    (Decimal('1200000'), Decimal('-1200'), True)
    """
    text = cell.strip()
    if len(text) > MOST_CHARACTERS:
        raise CellError(f"{quoted(cell)} is no amount", "write digits alone, in pounds")
    if _PLAIN.match(text):
        asked_about(text, text)
        return _checked(Decimal(text), cell, spelled=False)
    said = _BLANKS.sub(" ", text.translate(MINUSES)).strip()
    _refused(said, cell)
    said, negative = _sign(_without_pounds(said, cell), cell)
    said, scale = _scale(said, cell)
    said, inner = _sign(said, cell)
    if negative and inner:
        raise CellError(f"{quoted(cell)} says twice that it is negative", "write one minus sign before the digits")
    digits = _digits(said, cell, scale, negative=negative or inner)
    with localcontext() as context:
        context.prec = MOST_CHARACTERS + 10
        value = Decimal(digits).scaleb(scale)
        return _checked(-value if negative or inner else value, cell, spelled=True)


def _checked(value: Decimal, cell: str, *, spelled: bool) -> MoneyCell:
    if abs(value) > LARGEST_GBP:
        remedy = "correct it: amounts are plain pounds, not pence or thousands"
        raise CellError(f"{quoted(cell)} is larger than can be calculated with", remedy)
    plain = decimal_text(value)
    return MoneyCell(Decimal(plain) if spelled else value, plain, spelled)


def _refused(said: str, cell: str) -> None:
    """What is no amount of pounds for a reason that can be named."""
    if said in ("-", "--"):
        raise CellError(f"{quoted(cell)} may be nothing or not known", "write 0, or leave the cell empty")
    if said.endswith(("%", "％")):
        raise CellError(f"{quoted(cell)} is a share, not an amount", "write pounds")
    if _FOREIGN.search(said):
        remedy = "write what it is in pounds, and at which rate in the note"
        raise CellError(f"{quoted(cell)} is not in pounds", remedy)
    if _SIDES.search(said):
        remedy = "write the digits with a sign: in the tables of spend, cost is positive and income negative"
        raise CellError(f"{quoted(cell)} is marked as credit or debit", remedy)
    if _PENCE.search(said):
        raise CellError(f"{quoted(cell)} is in pence", "write pounds, e.g. 1.50")
    if _EXPONENT.search(said):
        remedy = "write all its digits: the spreadsheet has shortened it, and some may be lost"
        raise CellError(f"{quoted(cell)} is written with an exponent", remedy)


def _without_pounds(said: str, cell: str) -> str:
    """The cell without signs of pounds; “£000” beside an amount becomes its “thousand”."""
    found = _THOUSANDS.search(said)
    if found is not None and not re.match(r"\s?[0-9,.]", said[found.end() :] if found.start() == 0 else ""):
        rest = (said[: found.start()] + said[found.end() :]).strip()
        if not rest:
            remedy = "write each amount whole, in pounds"
            raise CellError(f"{quoted(cell)} says that amounts are in thousands", remedy)
        return f"{rest.replace('£', '')} k"
    if found is not None:  # “£000 1,200”: the unit stands first, with a blank after it
        rest = said[found.end() :]
        if rest.startswith(" "):
            return f"{rest.strip()} k"
    bare, pounds = re.subn(r"£|\b(?:gbp|pounds?)\b|(?<=[0-9])(?:gbp|pounds?)\b", "", said, flags=re.IGNORECASE)
    if pounds > 1:
        raise CellError(f"{quoted(cell)} is no amount", "write one amount, digits alone, in pounds")
    return _BLANKS.sub(" ", bare).strip()


def _sign(said: str, cell: str) -> tuple[str, bool]:
    """What remains without its sign, and whether it is negative: a minus before or behind, or brackets around."""
    signs = 0
    text = said
    while text:
        if text.startswith("(") and text.endswith(")"):
            text, signs = text[1:-1].strip(), signs + 1
        elif text.startswith("-"):
            text, signs = text[1:].strip(), signs + 1
        elif text.endswith("-"):
            text, signs = text[:-1].strip(), signs + 1
        elif text.startswith("+") and not signs:
            return text[1:].strip(), False
        else:
            break
    if signs > 1:
        raise CellError(f"{quoted(cell)} says twice that it is negative", "write one minus sign before the digits")
    return text, bool(signs)


def _scale(said: str, cell: str) -> tuple[str, int]:
    """What remains without “k”, “m” or “bn”, and the power of ten that it says."""
    found = _SCALED.search(said)
    if found is None:
        return said, 0
    scale = _SCALES.get(found[1].casefold())
    rest = said[: found.start()].strip()
    if scale is None or not rest or rest[-1] not in "0123456789.)":
        unknown = "leave the cell empty where the amount is not known; otherwise write digits alone, in pounds"
        raise CellError(f"{quoted(cell)} is no amount", unknown)
    return rest, scale


def says_scale(cell: str) -> bool:
    """Whether a cell ends in “k”, “m” or “bn”, so that it can only be an amount.

    >>> says_scale("£1.2m"), says_scale("120")
    (True, False)
    """
    found = _SCALED.search(cell.strip())
    return found is not None and found[1].casefold() in _SCALES


def _digits(said: str, cell: str, scale: int, *, negative: bool) -> str:
    """The digits without what groups them; what may be grouped in two ways is asked about."""
    if scale == 0:
        asked_about(said, cell)
    if _DIGITS.match(said):
        return said
    if _GROUPED.match(said):
        return re.sub("[, '’]", "", said)
    if _CONTINENTAL.match(said):
        meant = ("-" if negative else "") + said.replace(".", "").replace(",", ".")
        remedy = f"did you mean {meant}? Write a full stop for decimals and nothing between thousands"
        raise CellError(f"{quoted(cell)} is not written as in Britain", remedy)
    if re.fullmatch(r"[0-9]+,[0-9]{1,2}", said):
        point, none = said.replace(",", "."), said.replace(",", "")
        raise CellError(f"{quoted(cell)} may be {point} or {none}", "write a full stop for decimals, and no commas")
    if re.fullmatch(r"[0-9., '’]+", said):
        raise CellError(f"{quoted(cell)} is not grouped in thousands", "write its digits alone, e.g. 1200000")
    raise CellError(f"{quoted(cell)} is no amount", "write digits alone, in pounds, e.g. 1200000")


def asked_about(said: str, cell: str) -> None:
    """Three decimals after at most three digits may be thousands, as on the continent: “1.200”."""
    if _EITHER.match(said.removeprefix("-")):
        digits = said.replace(".", "")
        decimals = said.rstrip("0").rstrip(".") if said.endswith("0") else f"{said}0"
        raise CellError(f"{quoted(cell)} may be {digits} or {decimals}", f"write {digits}, or {decimals}")


def float_money_text(value: float) -> str:
    """The plain amount that a spreadsheet's number stands for.

    A spreadsheet holds 0.1 + 0.2 as 0.30000000000000004; its shortest digits are taken, and where a whole penny lies
    within a millionth of a pound of them, that penny: no one means the rest.

    >>> float_money_text(0.1 + 0.2), float_money_text(1200000.0), float_money_text(1 / 3)
    ('0.3', '1200000', '0.3333333333333333')
    """
    exact = Decimal(repr(float(value)))
    if not exact.is_finite() or abs(exact) > 10 * LARGEST_GBP:
        return str(exact)
    penny = half_up(exact, PENNIES)
    return money_text(penny if abs(penny - exact) <= _NEAR_PENNY else exact)


def money_text(gbp: Decimal) -> str:
    """The cell of an amount, read back to the same amount without a question: “1.2500” where “1.250” would raise one.

    >>> money_text(Decimal("1200000.00")), money_text(Decimal("1.255"))
    ('1200000', '1.2550')
    """
    text = decimal_text(gbp)
    return f"{text}0" if _EITHER.match(text.removeprefix("-")) else text
