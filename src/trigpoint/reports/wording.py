"""Dates, counts and lists as British papers write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

# Characters that neither XML nor a page can hold: control characters other than tab and line breaks, halves of
# surrogate pairs, and the two that are no characters at all. Direction overrides go too: they let text lie.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")


def british_date(day: date) -> str:
    """A date in words.

    >>> british_date(date(2026, 4, 1))
    '1 April 2026'
    """
    return f"{day.day} {day:%B} {day.year}"


def count(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun; none is "no".

    >>> count(1, "commitment"), count(1200, "commitment"), count(0, "commitment")
    ('1 commitment', '1,200 commitments', 'no commitments')
    """
    return f"{number:,}" * bool(number) + "no" * (not number) + f" {noun if number == 1 else plural or noun + 's'}"


def verb(number: int, singular: str, plural: str) -> str:
    """The form of a verb that agrees with a count.

    >>> verb(1, "is", "are"), verb(2, "is", "are")
    ('is', 'are')
    """
    return singular if number == 1 else plural


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
    return " ".join(_UNPRINTABLE.sub("", text).split())
