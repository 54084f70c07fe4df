"""Which rows and columns of a sheet are shown, and which rows follow each other without a gap."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from trigpoint.documents.readers.workbook.sheet_content import SheetContent, SheetRow, Shown
from trigpoint.documents.readers.workbook.sheet_merges import words_at


def shown_columns(sheet: SheetContent) -> Sequence[int]:
    """The shown columns of a sheet, from the first to the last that has words in a shown row."""
    hidden = {
        column for first, last, shown in sheet.columns if shown is Shown.HIDDEN for column in range(first, last + 1)
    }
    used: set[int] = set()
    for row in sheet.rows:
        if row.shown is not Shown.HIDDEN:
            used.update([column for column, _ in row.cells])
    used -= hidden
    if not used:
        return ()
    every = range(min(used), max(used) + 1)
    return [column for column in every if column not in hidden] if hidden else every


def row_runs(sheet: SheetContent, columns: Sequence[int]) -> list[list[SheetRow]]:
    """The shown rows that have words in these columns, cut where a reader sees an empty row."""
    kept = frozenset(columns)
    all_shown = not any(one.shown is Shown.HIDDEN for one in sheet.columns)
    runs: list[list[SheetRow]] = []
    bridge = Bridge(sheet)
    last = 0
    for row in sheet.rows:
        if row.shown is Shown.HIDDEN or not (all_shown or any(column in kept for column, _ in row.cells)):
            continue
        if runs and (row.number == last + 1 or bridge.spans(last, row.number)):
            runs[-1].append(row)
        else:
            runs.append([row])
        last = row.number
    return runs


class Bridge:
    """Tells whether the rows between two filled ones are all out of sight or inside merged cells that have words."""

    def __init__(self, sheet: SheetContent) -> None:
        filled = {row.number: row for row in sheet.rows}
        tall = sorted(merge for merge in sheet.merges if merge.bottom > merge.top)
        self._tops: list[int] = []
        self._reach: list[int] = []
        for merge in tall:
            if words_at(filled, merge.top, merge.left).paragraphs:
                self._tops.append(merge.top)
                self._reach.append(max(merge.bottom, self._reach[-1] if self._reach else 0))
        unseen = [(row.number, row.number) for row in sheet.rows if row.shown is Shown.HIDDEN]
        self._unseen = sorted((*unseen, *sheet.unseen))
        self._firsts = [first for first, _ in self._unseen]

    def spans(self, above: int, below: int) -> bool:
        """Whether no empty row is seen between the two rows.

        A merged cell that begins above reaches down as far as the lowest of those that begin there.
        """
        place = bisect_right(self._tops, above)
        row = max(above, self._reach[place - 1] if place else 0) + 1
        index = bisect_left(self._firsts, above)
        while row < below and index < len(self._unseen):
            first, last = self._unseen[index]
            if first > row:
                return False
            row = max(row, last + 1)
            index += 1
        return row >= below
