"""The order of rows in a plan that grew: what was there stays in its order, what is new stands where it was printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable


def in_order(present: Iterable[str], printed: Iterable[str], kept: Collection[str]) -> tuple[str, ...]:
    """The ``kept`` keys: those ``present`` before in their order, each new one after its predecessor as ``printed``.

    >>> in_order(["a", "b", "c"], ["b", "x", "y", "c"], {"a", "b", "c", "x", "y"})
    ('a', 'b', 'x', 'y', 'c')
    """
    before = dict.fromkeys(key for key in present if key in kept)
    followers: defaultdict[str, list[str]] = defaultdict(list)
    anchor = ""
    for key in printed:
        if key in before:
            anchor = key
        elif key in kept:
            followers[anchor].append(key)
    ordered = list(followers[""])
    for key in before:
        ordered += [key, *followers[key]]
    return tuple(ordered)
