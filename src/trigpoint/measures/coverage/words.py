"""Terms: the words by which a plan's own wording is recognised.

A term is a few words that must all stand in one text, in any order: ``4_hour* standard* !crisis``. A word that ends
in ``*`` matches every word that begins so; words joined by ``_`` must follow each other; one after ``!`` must not be
there. Numbers may be figures or words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, takewhile

_WORD = re.compile(r"\d+\.\d+|[a-z0-9]+|%")
_JOINED = ((re.compile(r"\ba ?(?:&|and) ?e\b"), "ae"), (re.compile(r"\be-(?=[a-z])"), "e"))
_JOINED_SIGNS = ((re.compile(r"(?<=\d),(?=\d{3}\b)"), ""), (re.compile(r"[’']s\b"), ""), (re.compile(r"[’']"), ""))
# fmt: off
_NUMBER_WORDS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)
# fmt: on
_NUMBERS: Mapping[str, str] = {word: str(number) for number, word in enumerate(_NUMBER_WORDS, start=1)}


# A text's words in order, each as it is compared and as it is written.
Words = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A term, taken apart: the phrases wanted and those that must not be there, each as its words."""

    text: str
    wanted: tuple[tuple[str, ...], ...]
    unwanted: tuple[tuple[str, ...], ...]

    def words_in(self, words: Words) -> tuple[str, ...]:
        """The words of a text that the term matches, as the text writes them; ``()`` where it does not match."""
        if any(_matches(phrase, words) for phrase in self.unwanted):
            return ()
        found = [_matches(phrase, words) for phrase in self.wanted]
        return tuple(dict.fromkeys(word for phrase in found for word in phrase)) if all(found) else ()


def _matches(phrase: tuple[str, ...], words: Words) -> tuple[str, ...]:
    """Where the words of a phrase follow each other in a text, as the text writes them."""
    for start in range(len(words) - len(phrase) + 1):
        piece = words[start : start + len(phrase)]
        if all(_is(wanted, word) for wanted, (word, _) in zip(phrase, piece, strict=True)):
            return tuple(written for _, written in piece)
    return ()


def _is(wanted: str, word: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted


@cache
def term(text: str) -> Term:
    """A term from its line of words.

    >>> term("4_hour* !crisis").words_in(words_of("Seen within four hours"))
    ('four', 'hours')
    """
    parts = text.lower().split()
    unwanted = tuple(tuple(part[1:].split("_")) for part in parts if part.startswith("!"))
    return Term(text, tuple(tuple(part.split("_")) for part in parts if not part.startswith("!")), unwanted)


def words_of(text: str) -> Words:
    """The words of a text in order, each with how it is written; number words are figures, A&E is one word.

    >>> words_of("Two weeks, 1,615 A&E")
    (('2', 'two'), ('weeks', 'weeks'), ('1615', '1615'), ('ae', 'A&E'))
    """
    plain = text.lower()
    for pattern, joined in (*_JOINED, *_JOINED_SIGNS):
        plain = pattern.sub(joined, plain)
    return tuple((_NUMBERS.get(word, word), "A&E" if word == "ae" else word) for word in _WORD.findall(plain))


def recognised(terms: Iterable[str], text: str) -> tuple[str, ...]:
    """The words of the text by which the first matching term recognises it; ``()`` where none does."""
    words = words_of(text)
    return next((found for each in terms if (found := term(each).words_in(words))), ())


class TextIndex:
    """Many texts, searched together: only texts that hold each word of a term are looked at closely.

    >>> TextIndex(["Seen within four hours", "Dementia diagnosis"]).found(("4_hour*", "dementia"))
    {0: ('four', 'hours'), 1: ('dementia',)}
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._words = [words_of(text) for text in texts]
        holders: dict[str, set[int]] = {}
        for number, words in enumerate(self._words):
            for word, _ in words:
                holders.setdefault(word, set()).add(number)
        self._holders = holders
        self._vocabulary = sorted(holders)

    def found(self, terms: Iterable[str]) -> dict[int, tuple[str, ...]]:
        """The texts that a term recognises, by number, with the words by which the first such term does."""
        told: dict[int, tuple[str, ...]] = {}
        for each in map(term, terms):
            for number in self._candidates(each):
                if number not in told and (words := each.words_in(self._words[number])):
                    told[number] = words
        return dict(sorted(told.items()))

    def _candidates(self, wanted: Term) -> set[int]:
        """The texts that hold each wanted word somewhere."""
        sets = [self._holding(word) for phrase in wanted.wanted for word in phrase]
        return set.intersection(*sets) if sets else set()

    def _holding(self, word: str) -> set[int]:
        if not word.endswith("*"):
            return self._holders.get(word, set())
        start = word[:-1]
        first = bisect_left(self._vocabulary, start)
        begun = takewhile(lambda known: known.startswith(start), islice(self._vocabulary, first, None))
        return set().union(*(self._holders[known] for known in begun))
