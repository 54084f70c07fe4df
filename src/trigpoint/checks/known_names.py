"""Names of known bodies found in running text where one word of them is misspelt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import OSA

from trigpoint.checks.lexicon import lexicon
from trigpoint.checks.pack import rows

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|&")
SHORTEST = 5
MOST_APART = 2
GAP = ""


@dataclass(frozen=True, slots=True)
class Misspelt:
    """Words of a text that are a known name but for one word."""

    start: int
    stop: int
    name: str


def misspelt_names(text: str) -> Iterator[Misspelt]:
    """Every known name of a text that has one word misspelt: a letter or two apart, and no word of its own.

    >>> [each.name for each in misspelt_names("assured by the Care Quality Commision in May")]
    ['Care Quality Commission']
    """
    words = WORD.findall(text)
    capitals = [at for at, word in enumerate(words) if word[0].isupper()]
    if not capitals:
        return
    bare = ["and" if word == "&" else word.lower().replace("’", "'") for word in words]
    first, second = _openings()
    for at in capitals:
        if bare[at] not in first and (at + 1 == len(bare) or bare[at + 1] not in second):
            continue
        for size in _sizes():
            window = tuple(bare[at : at + size])
            if len(window) == size and (name := _near(window)):
                spans = [match.span() for match in WORD.finditer(text)]
                yield Misspelt(spans[at][0], spans[at + size - 1][1], name)
                break


def _near(window: tuple[str, ...]) -> str:
    """The known name that these words are but for one, "" where there is none."""
    names, gapped = _index()
    if window in names:
        return ""
    for at, word in enumerate(window):
        for name, meant in gapped.get((*window[:at], GAP, *window[at + 1 :]), ()):
            apart = OSA.distance(word, meant, score_cutoff=MOST_APART)
            most = 1 if len(meant) < 2 * SHORTEST else MOST_APART
            if 0 < apart <= most and len(meant) >= SHORTEST and not lexicon().has(word):
                return name
    return ""


@cache
def _index() -> tuple[frozenset[tuple[str, ...]], dict[tuple[str, ...], list[tuple[str, str]]]]:
    """The known names by their words, and by their words with one left out."""
    names: set[tuple[str, ...]] = set()
    gapped: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for row in rows("organisations"):
        words = tuple(match.group().lower() for match in WORD.finditer(row["name"]))
        if len(words) > 1:
            names.add(words)
            for at, word in enumerate(words):
                gapped.setdefault((*words[:at], GAP, *words[at + 1 :]), []).append((row["name"], word))
    return frozenset(names), gapped


@cache
def _openings() -> tuple[frozenset[str], frozenset[str]]:
    """The first and the second words of known names: one of the two must be right."""
    names = _index()[0]
    return frozenset(name[0] for name in names), frozenset(name[1] for name in names)


@cache
def _sizes() -> tuple[int, ...]:
    """How many words known names have, the longest first."""
    return tuple(sorted({len(name) for name in _index()[0]}, reverse=True))
