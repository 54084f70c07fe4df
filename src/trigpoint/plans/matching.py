"""Which row of one edition is which row of the next: by id, by the same words, by similar words.

Ids come first in a plan that is edited by people, whose ids never change. A re-imported document numbers its rows
anew, so that one inserted row shifts all ids after it; there the words decide. Both are served by one order:
same id and same words; the same words elsewhere; same id and similar words; similar words elsewhere; same id alone.
All steps are one to one, and swapping the two editions swaps every pair.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SIMILAR = 70.0
"""Similarity of words (0 to 100) from which two rows of one parent are taken to be one commitment."""

SIMILAR_ELSEWHERE = 95.0
"""The same for rows of different parents: plans repeat phrases ("maintain performance against the standard")."""

_ALL_PAIRS = 250_000  # groups up to this many pairs are compared in full, larger ones by rare words
_NEAREST = 20  # so many rows of the other side are thought of for each row
_KEY_WORDS = 6  # rare words by which a row of a large pool is found again
_COMMON = 60  # a word in more rows than this finds nothing
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Row:
    """What matching knows of a row: its id (``""`` for none), its words, and its parent as the other side calls it."""

    id: str
    words: str
    parent: str


class _Pool:
    """Rows of one side that have no partner yet."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.bags = [_bag(row) for row in rows]
        self.open: dict[int, None] = dict.fromkeys(range(len(rows)))


def _bag(row: Row) -> str:
    """The words of a row in alphabetical order, so that a clause that moved within the text changes nothing.

    A text of mere signs stands for itself; a row with neither words nor id is like every other such row.
    """
    words = " ".join(sorted(_WORD.findall(row.words.lower())))
    return words or row.words or ("" if row.id else "-")


def match_rows(before: Sequence[Row], after: Sequence[Row]) -> dict[int, int]:
    """Index in ``before`` → index in ``after`` of every row that stands in both; near linear in the number of rows."""
    old, new = _Pool(before), _Pool(after)
    pairs: dict[int, int] = {}

    def take(found: list[tuple[int, int]]) -> None:
        for one, other in found:
            if one in old.open and other in new.open:
                pairs[one] = other
                del old.open[one], new.open[other]

    take([(one, other) for one, other in _same_id(old, new) if old.bags[one] == new.bags[other]])
    take(_same_words(old, new, of_one_parent=True))
    take(_same_words(old, new, of_one_parent=False))
    take([(one, other) for one, other in _same_id(old, new) if _similarity(old, new, one, other)])
    take(_similar(old, new))
    take(list(_same_id(old, new)))
    return pairs


def _same_id(old: _Pool, new: _Pool) -> list[tuple[int, int]]:
    by_id = {new.rows[index].id: index for index in new.open if new.rows[index].id}
    return [(index, by_id[old.rows[index].id]) for index in old.open if old.rows[index].id in by_id]


def _same_words(old: _Pool, new: _Pool, *, of_one_parent: bool) -> list[tuple[int, int]]:
    """Rows with the same words, each in the order of the plan."""
    groups: defaultdict[tuple[str, str], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, pool in enumerate((old, new)):
        for index in pool.open:
            if pool.bags[index]:
                groups[pool.bags[index], pool.rows[index].parent if of_one_parent else ""][side].append(index)
    return [pair for ones, others in groups.values() for pair in zip(ones, others, strict=False)]


def _similarity(old: _Pool, new: _Pool, one: int, other: int) -> float:
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415 – only a plan that changed needs it

    return ratio(old.bags[one], new.bags[other], score_cutoff=SIMILAR) if old.bags[one] else 0.0


def _similar(old: _Pool, new: _Pool) -> list[tuple[int, int]]:
    """Pairs with similar words, the most alike first; of equals those of one parent, then those early in the plan.

    The order of two pairs that share no row does not matter, and the keys are the same when the sides are swapped.
    """
    scores: dict[tuple[int, int], float] = {}
    ours, theirs = _by_parent(old), _by_parent(new)
    for parent in ours.keys() & theirs.keys():
        scores.update(_scored(old, new, ours[parent], theirs[parent]))
    scores.update(_scored(old, new, list(old.open), list(new.open)))
    ordered = []
    for (one, other), score in scores.items():
        strangers = old.rows[one].parent != new.rows[other].parent
        if not strangers or score >= SIMILAR_ELSEWHERE:
            ordered.append((-score, strangers, one + other, abs(one - other), one, other))
    return [(one, other) for *_, one, other in sorted(ordered)]


def _by_parent(pool: _Pool) -> dict[str, list[int]]:
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for index in pool.open:
        groups[pool.rows[index].parent].append(index)
    return groups


def _scored(old: _Pool, new: _Pool, ones: list[int], others: list[int]) -> dict[tuple[int, int], float]:
    """The similar pairs of two groups: of all pairs while these are few, else of those that share a rare word."""
    if len(ones) * len(others) > _ALL_PAIRS:
        pairs = _sharing_words(old, new, ones, others)
        return {pair: score for pair in pairs if (score := _similarity(old, new, *pair))}
    found = {(one, other): score for one, other, score in _nearest(old, new, ones, others)}
    found.update({(one, other): score for other, one, score in _nearest(new, old, others, ones)})
    return found


def _nearest(old: _Pool, new: _Pool, ones: list[int], others: list[int]) -> Iterator[tuple[int, int, float]]:
    """For each row of one side the rows of the other that are most like it."""
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415 – only a plan that changed needs it
    from rapidfuzz.process import extract  # noqa: PLC0415

    bags = [new.bags[other] for other in others]
    for one in ones:
        if old.bags[one]:
            best = extract(old.bags[one], bags, scorer=ratio, score_cutoff=SIMILAR, limit=_NEAREST)
            yield from ((one, others[index], score) for _, score, index in best)


def _sharing_words(old: _Pool, new: _Pool, ones: list[int], others: list[int]) -> set[tuple[int, int]]:
    bags = (*(old.bags[one] for one in ones), *(new.bags[other] for other in others))
    uses = Counter(word for bag in bags for word in set(bag.split()))
    by_word: defaultdict[str, list[int]] = defaultdict(list)
    for other in others:
        for word in _key_words(new.bags[other], uses):
            by_word[word].append(other)
    return {(one, other) for one in ones for word in _key_words(old.bags[one], uses) for other in by_word[word]}


def _key_words(bag: str, uses: Counter[str]) -> list[str]:
    rare = sorted((uses[word], word) for word in set(bag.split()) if uses[word] <= _COMMON)
    return [word for _, word in rare[:_KEY_WORDS]]
