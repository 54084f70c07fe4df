"""Pairs of texts that are nearly the same, found without comparing all with all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from math import ceil

from trigpoint.checks.words import likeness

MOST_IN_A_BUCKET = 60


def alike_pairs(sets: Sequence[frozenset[str]], at_least: float) -> Iterator[tuple[int, int]]:
    """Index pairs (earlier, later) whose word sets share at least this part of their union.

    Two sets that are that alike share one of their rarest words (prefix filtering), so only sets that do are
    compared, equal ones once. A bucket takes ``MOST_IN_A_BUCKET`` sets, which keeps the work linear whatever the plan
    repeats.

    >>> list(alike_pairs([frozenset("abcd"), frozenset("wxyz"), frozenset("abce")], 0.6))
    [(0, 2)]
    """
    frequency = Counter(word for words in sets for word in words)
    buckets: dict[str, list[frozenset[str]]] = {}
    members: dict[frozenset[str], list[int]] = {}
    alike: dict[frozenset[str], list[frozenset[str]]] = {}
    for index, words in enumerate(sets):
        if words not in members:
            alike[words] = [words]
            members[words] = []
            for other in _candidates(words, buckets, frequency, at_least):
                if likeness(other, words) >= at_least:
                    alike[other].append(words)
                    alike[words].append(other)
        yield from ((earlier, index) for earlier in sorted(each for other in alike[words] for each in members[other]))
        if len(members[words]) < MOST_IN_A_BUCKET:
            members[words].append(index)


def _candidates(
    words: frozenset[str], buckets: dict[str, list[frozenset[str]]], frequency: Counter[str], at_least: float
) -> Iterator[frozenset[str]]:
    """The sets before this one that share one of its rarest words; it takes its place among them for those after it."""
    ranked = sorted(words, key=lambda word: (frequency[word], word))
    found: dict[frozenset[str], None] = {}
    for word in ranked[: len(ranked) - ceil(at_least * len(ranked)) + 1]:
        bucket = buckets.setdefault(word, [])
        found.update(dict.fromkeys(bucket))
        if len(bucket) < MOST_IN_A_BUCKET:
            bucket.append(words)
    yield from found
