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
    compared. A bucket takes ``MOST_IN_A_BUCKET`` sets, which keeps the work linear whatever the plan repeats.

    >>> list(alike_pairs([frozenset("abcd"), frozenset("wxyz"), frozenset("abce")], 0.6))
    [(0, 2)]
    """
    frequency = Counter(word for words in sets for word in words)
    buckets: dict[str, list[int]] = {}
    for index, words in enumerate(sets):
        ranked = sorted(words, key=lambda word: (frequency[word], word))
        prefix = ranked[: len(ranked) - ceil(at_least * len(ranked)) + 1]
        candidates: set[int] = set()
        for word in prefix:
            bucket = buckets.setdefault(word, [])
            candidates.update(bucket)
            if len(bucket) < MOST_IN_A_BUCKET:
                bucket.append(index)
        for other in sorted(candidates):
            if likeness(sets[other], words) >= at_least:
                yield other, index
