"""Merged ranges of a sheet, walked down row by row: which cell stands for the range, and which places it covers.

Files in the wild hold ranges that overlap, reach over the whole sheet or come by the hundred thousand. Of two that
overlap the upper left one counts, as in Excel's own repair, and the walk costs no more than the rows that are filled.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from trigpoint.documents.readers.workbook.sheet_content import Merge, SheetContent, SheetRow, Shown
from trigpoint.documents.readers.workbook.sheet_words import EMPTY, Words

MOST_ROWS = 100_000


class Place(NamedTuple):
    """A cell that stands for a merged range: what it says, and how many shown rows and columns it takes."""

    words: Words
    rows: int
    columns: int


class Marks(NamedTuple):
    """What merged ranges do to a row: the cells that stand for one, by column, and the columns they cover."""

    places: dict[int, Place]
    covered: frozenset[int]


PLAIN = Marks({}, frozenset())


class Active(NamedTuple):
    """A range that the walk is within: its last row, its shown columns, and these as bits."""

    bottom: int
    within: Sequence[int]
    mask: int


@dataclass(slots=True)
class MergeWalk:
    """Goes down the shown rows of a sheet; ``step`` for each of them in turn."""

    rows: Mapping[int, SheetRow]
    numbers: Sequence[int]
    columns: Sequence[int]
    waiting: list[Merge]
    active: list[Active] = field(default_factory=list)
    _covered: frozenset[int] = frozenset()

    def step(self, number: int) -> Marks:
        """The marks of this row; ``covered`` includes the cells that stand for a range."""
        if any(one.bottom < number for one in self.active):
            self.active = [one for one in self.active if one.bottom >= number]
            self._covered = frozenset(column for one in self.active for column in one.within)
        if not (self.waiting and self.waiting[-1].top <= number):
            return Marks({}, self._covered) if self.active else PLAIN
        places: dict[int, Place] = {}
        taken = sum(one.mask for one in self.active)
        while self.waiting and self.waiting[-1].top <= number:
            merge = self.waiting.pop()
            first, last = bisect_left(self.columns, merge.left), bisect_right(self.columns, merge.right)
            mask = (1 << last) - (1 << first)
            if merge.bottom < number or first >= last or mask & taken:
                continue
            taken |= mask
            within = self.columns[first:last]
            self.active.append(Active(merge.bottom, within, mask))
            down = bisect_right(self.numbers, merge.bottom) - bisect_left(self.numbers, number)
            places[within[0]] = Place(words_at(self.rows, merge.top, merge.left), down, len(within))
        self._covered = frozenset(column for one in self.active for column in one.within)
        return Marks(places, self._covered)


def merge_walk(sheet: SheetContent, numbers: Sequence[int], columns: Sequence[int]) -> MergeWalk | None:
    """The walk over these shown rows and columns, both ascending; ``None`` where the sheet has no merged range."""
    merges = [merge for merge in set(sheet.merges) if merge.bottom >= merge.top and merge.right >= merge.left]
    if not merges:
        return None
    return MergeWalk({row.number: row for row in sheet.rows}, numbers, columns, sorted(merges, reverse=True))


def settled(sheet: SheetContent) -> SheetContent:
    """The sheet with each merged range begun where it is first seen.

    The words of a range show in what is seen of it, even when they stand in a hidden row or column.
    """
    hidden_rows = {row.number for row in sheet.rows if row.shown is Shown.HIDDEN}
    hidden_rows.update(number for first, last in sheet.unseen for number in range(first, min(last, first + MOST_ROWS)))
    hidden_columns = {
        column for first, last, shown in sheet.columns if shown is Shown.HIDDEN for column in range(first, last + 1)
    }
    if not sheet.merges or not (hidden_rows or hidden_columns):
        return sheet
    rows = {row.number: row for row in sheet.rows}
    merges = []
    for merge in sheet.merges:
        top = next((row for row in range(merge.top, merge.bottom + 1) if row not in hidden_rows), 0)
        left = next((column for column in range(merge.left, merge.right + 1) if column not in hidden_columns), 0)
        if (top, left) == (merge.top, merge.left) or not (top and left):
            merges.append(merge)
            continue
        merges.append(Merge(top, left, merge.bottom, merge.right))
        if (words := words_at(rows, merge.top, merge.left)).paragraphs:
            _put(rows, merge.top, merge.left, EMPTY)
            _put(rows, top, left, words)
    return replace(sheet, rows=tuple(rows[number] for number in sorted(rows)), merges=tuple(merges))


def _put(rows: dict[int, SheetRow], number: int, column: int, words: Words) -> None:
    """Put words into a cell, or take them out."""
    row = rows.get(number) or SheetRow(number, ())
    cells = {**dict(row.cells), column: words}
    rows[number] = row._replace(cells=sorted((at, one) for at, one in cells.items() if one.paragraphs))


def words_at(rows: Mapping[int, SheetRow], row: int, column: int) -> Words:
    """The words of one cell, empty where there are none."""
    if found := rows.get(row):
        index = bisect_left([at for at, _ in found.cells], column)
        if index < len(found.cells) and found.cells[index][0] == column:
            return found.cells[index][1]
    return EMPTY
