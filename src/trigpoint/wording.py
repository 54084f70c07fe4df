"""Counts, lists and sentences as people write them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from trigpoint.characters import without_unprintable


def plural(number: Decimal | int, noun: str, several: str = "") -> str:
    """The noun in the form that the number asks for.

    >>> plural(1, "day"), plural(0, "day"), plural(2, "series", "series")
    ('day', 'days', 'series')
    """
    return noun if number == 1 else several or f"{noun}s"


def count(number: int, noun: str, several: str = "") -> str:
    """A number with its noun; none is "no".

    >>> count(1, "commitment"), count(1200, "commitment"), count(0, "commitment")
    ('1 commitment', '1,200 commitments', 'no commitments')
    """
    size = f"{number:,}" if number else "no"
    return f"{size} {plural(number, noun, several)}"


def verb(number: int, singular: str, several: str) -> str:
    """The form of a verb that agrees with a count.

    >>> verb(1, "is", "are"), verb(2, "is", "are")
    ('is', 'are')
    """
    return plural(number, singular, several)


def listed(words: Sequence[str]) -> str:
    """Words joined as in a sentence, without the comma before the last.

    >>> listed(["finance", "quality", "people"])
    'finance, quality and people'
    """
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def capital(sentence: str) -> str:
    """The sentence with a capital at its start, the rest as it is."""
    return sentence[:1].upper() + sentence[1:]


def printable(text: str) -> str:
    """The text without characters that a document cannot hold; runs of blanks become one.

    >>> printable("Ward\\x00 7\\n  opens")
    'Ward 7 opens'
    """
    return " ".join(without_unprintable(text).split())
