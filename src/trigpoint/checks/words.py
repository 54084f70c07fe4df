"""Words compared: stems, content words, and how alike two sets of them are."""

from __future__ import annotations

import re
from functools import cache

from trigpoint.checks.pack import word_set

WORD = re.compile(r"[a-z0-9£%]+(?:[-'’][a-z0-9]+)*(?:\.\d+)?")
SHOUTED_SHARE = 0.6
CAPITAL = re.compile(r"[A-Z]|[^\x00-\x7f]")
SMALL_LETTERS = re.compile(r"[a-z]{4}")
FEW_CAPITALS = 6
"""So many capitals are no more than their share where four small letters stand: most texts need no counting."""
LONGEST_ACRONYM = 8
ENDINGS = ("isations", "isation", "ations", "ation", "ements", "ement", "ments", "ment", "ingly", "ings", "ions",
           "ities", "ing", "ion", "ies", "ity", "als", "ial", "ed", "es", "al", "ly", "s", "e", "y")  # fmt: skip


@cache
def stem(word: str) -> str:
    """A rough stem: the word without its commonest English ending.

    >>> stem("reduction"), stem("reduce"), stem("cancers")
    ('reduct', 'reduc', 'cancer')
    """
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def content(text: str) -> frozenset[str]:
    """The stems of a text's words, words of no content left out."""
    stops = word_set("words", "stop_words")
    return frozenset(map(stem, set(WORD.findall(text.lower())) - stops))


def plain(text: str) -> str:
    """Letters and digits alone, single spaced, in lower case: what two texts have in common whatever their mark-up.

    >>> plain("•  Right Care;  (see  above)")
    'right care see above'
    """
    return " ".join(re.findall(r"[a-z0-9£%]+", text.lower()))


def overlap(first: frozenset[str], second: frozenset[str]) -> float:
    """Shared words as a share of the smaller set; 0 when one is empty."""
    smaller = min(len(first), len(second))
    return len(first & second) / smaller if smaller else 0.0


def likeness(first: frozenset[str], second: frozenset[str]) -> float:
    """Shared words as a share of all words (Jaccard)."""
    union = len(first | second)
    return len(first & second) / union if union else 0.0


def shouts(text: str) -> bool:
    """Whether a text is set in capitals, so that its capitals tell nothing.

    >>> shouts("STRATEGIC VISION"), shouts("RTT standard"), shouts("NHS")
    (True, False, False)
    """
    if SMALL_LETTERS.search(text) and len(CAPITAL.findall(text)) <= FEW_CAPITALS:
        return False
    letters = sum(map(str.isalpha, text))
    title = len(text.split()) > 1 or letters > LONGEST_ACRONYM
    return title and sum(map(str.isupper, text)) > SHOUTED_SHARE * letters
