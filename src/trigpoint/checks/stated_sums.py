"""Sums told in a sentence: "£12.4m: £6.1m in urgent care, £3.9m in planned care and £2.4m in mental health"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from trigpoint.checks.fragment import sentences

AMOUNT = re.compile(
    r"(?<![\w.,£])(?:£(?P<pounds>\d+(?:,\d{3})*(?:\.\d+)?)\s?(?P<unit>bn|m|k|billion|million)?\b|"
    r"(?P<plain>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s(?P<noun>beds|staff|posts|practices|patients|WTE|places|appointments))",
    re.IGNORECASE,
)
MADE_OF = re.compile(
    r"\s*(?:[a-z-]+\s+){0,6}?(?::|\(|(?:is |are )?(?:made up|comprised|composed) of|compris(?:es|ing)|"
    r"consist(?:s|ing) of|(?:is |are )?split (?:into|between|as))\s*",
    re.IGNORECASE,
)
OTHER_TIME = re.compile(
    r"\b(?:up from|down from|compared|against|last year|previous|instead|of which|including|rather than|at least|up to|"
    r"more than|less than|or|per)\b|\bfrom £|\bto £|\b(?:19|20)\d\d",
    re.IGNORECASE,
)
SCALE = {"k": Decimal(1000), "m": Decimal(10) ** 6, "million": Decimal(10) ** 6, "bn": Decimal(10) ** 9,
         "billion": Decimal(10) ** 9, "": Decimal(1)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StatedSum:
    """A total, the parts that the same sentence names, and half a unit of the coarsest printed digit among them."""

    total: Decimal
    parts: tuple[Decimal, ...]
    half_unit: Decimal
    start: int
    stop: int


def stated_sums(text: str) -> Iterator[StatedSum]:
    """Every total of a text that its sentence breaks down into two parts or more of the same kind.

    >>> [(each.total, len(each.parts)) for each in stated_sums("We invest £5m: £2m in care and £3m in estates.")]
    [(Decimal('5000000'), 2)]
    """
    for offset, sentence in sentences(text):
        amounts = list(AMOUNT.finditer(sentence))
        for index, first in enumerate(amounts[:-2]):
            introduced = MADE_OF.match(sentence, first.end())
            kind = _kind(first)
            rest = [each for each in amounts[index + 1 :] if _kind(each) == kind]
            if introduced is None or len(rest) < 2 or introduced.end() > rest[0].end():
                continue
            straight = not sentence[introduced.end() : rest[0].start()].strip()
            if straight and not OTHER_TIME.search(sentence, introduced.end()):
                parts = tuple(_value(each) for each in rest)
                half = max(_unit(each) for each in (first, *rest)) / 2
                yield StatedSum(_value(first), parts, half, offset + first.start(), offset + rest[-1].end())
            break


def _kind(match: re.Match[str]) -> str:
    return "£" if match["pounds"] else match["noun"].lower()


def _value(match: re.Match[str]) -> Decimal:
    digits = (match["pounds"] or match["plain"]).replace(",", "")
    return Decimal(digits) * SCALE[(match["unit"] or "").lower()]


def _unit(match: re.Match[str]) -> Decimal:
    """One unit of the last printed digit of an amount."""
    exponent = Decimal((match["pounds"] or match["plain"]).replace(",", "")).as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0) * SCALE[(match["unit"] or "").lower()]
