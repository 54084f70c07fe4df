"""Regular expressions made of word lists, which stand in the data packs."""

from __future__ import annotations

import re
from collections.abc import Iterable


def any_of(words: Iterable[str]) -> str:
    """The alternatives of a regular expression for any of the words: the longest first, blanks for any white space.

    >>> any_of(["by", "by the end of"])
    'by\\\\s+the\\\\s+end\\\\s+of|by'
    """
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)
