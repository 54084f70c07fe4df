"""Tables that stand side by side on a sheet, told from one table with an empty column in it.

Published tables use empty columns to space out groups of figures, and authors leave columns unfilled; to part such a
table would tear values from their labels. So a part is a table of its own only when it shows it: it repeats the whole
heading row of its neighbour, or it is a complete small block (a key, a list of names) that does not begin on the
neighbour's first row; and in both cases its first column holds words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

FEWEST_COLUMNS = 2
FEWEST_ROWS = 2
MOST_TITLES = 4
WORD = re.compile(r"[^\W\d_]{2}")
WORDY = 0.8


class Region(NamedTuple):
    """Rows ``first`` to ``last`` (exclusive) of a run and the columns that make one table."""

    first: int
    last: int
    columns: Sequence[int]


def side_by_side(rows: Sequence[dict[int, str]], columns: Sequence[int]) -> tuple[Region, ...]:
    """The tables of a run of rows, left to right; titles over several of them come first, as a region of their own.

    ``rows`` give the words by column, "" where a merged cell covers the place.

    >>> pair = [{1: "Action", 2: "Owner", 4: "Action", 5: "Owner"}, {1: "Open", 2: "Amy", 4: "Close", 5: "Ben"}]
    >>> [list(region.columns) for region in side_by_side(pair, range(1, 6))]
    [[1, 2], [4, 5]]
    """
    whole = (Region(0, len(rows), columns),)
    titles = _titles(rows)
    body = rows[titles:]
    filled: set[int] = set()
    for row in body:
        filled.update(row)
        if len(filled) >= len(columns):
            return whole
    groups = _groups(body, [column for column in columns if column in filled], columns)
    if len(groups) < 2:
        return whole
    parts = [_extent(body, group, titles) for group in groups]
    return (*([Region(0, titles, columns)] if titles else []), *parts)


def _titles(rows: Sequence[dict[int, str]]) -> int:
    """How many rows at the top hold one cell with words."""
    for number, row in enumerate(rows[: MOST_TITLES + 1]):
        if sum(1 for words in row.values() if words) > 1:
            return number
    return 0


def _groups(body: Sequence[dict[int, str]], filled: list[int], columns: Sequence[int]) -> list[list[int]]:
    """The filled columns, cut at empty ones where a table of its own begins."""
    follows = dict(pairwise(columns))
    segments: list[list[int]] = []
    for column in filled:
        if segments and follows.get(segments[-1][-1]) == column:
            segments[-1].append(column)
        else:
            segments.append([column])
    groups = segments[:1]
    for segment in segments[1:]:
        if _independent(body, groups[-1], segment):
            groups.append(segment)
        else:
            groups[-1] = [*groups[-1], *segment]
    return groups


def _independent(body: Sequence[dict[int, str]], left: list[int], right: list[int]) -> bool:
    if min(len(left), len(right)) < FEWEST_COLUMNS:
        return False
    at_left, at_right = _rows_of(body, left), _rows_of(body, right)
    if min(len(at_left), len(at_right)) < FEWEST_ROWS or not _wordy(body, at_right[1:], right[0]):
        return False
    heads = [
        [body[rows[0]].get(column, "").casefold() for column in one]
        for rows, one in ((at_left, left), (at_right, right))
    ]
    if at_left[0] == at_right[0]:
        return heads[0] == heads[1] and all(heads[0])
    small, large = sorted(((at_left, left), (at_right, right)), key=lambda pair: len(pair[0]))
    together = small[0][-1] - small[0][0] + 1 == len(small[0])
    complete = all(body[row].get(column) for row in small[0] for column in small[1])
    return together and complete and len(small[0]) * 2 <= len(large[0])


def _rows_of(body: Sequence[dict[int, str]], columns: list[int]) -> list[int]:
    return [number for number, row in enumerate(body) if any(row.get(column) for column in columns)]


def _wordy(body: Sequence[dict[int, str]], rows: list[int], column: int) -> bool:
    words = [found for number in rows if (found := body[number].get(column))]
    return bool(words) and sum(1 for one in words if WORD.search(one)) >= WORDY * len(words)


def _extent(body: Sequence[dict[int, str]], group: list[int], titles: int) -> Region:
    rows = _rows_of(body, group)
    return Region(titles + rows[0], titles + rows[-1] + 1, group)
