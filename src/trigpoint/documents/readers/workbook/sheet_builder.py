"""Takes the cells of a sheet row by row from the reader of any format, keeps the limits, and counts what was met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise

from trigpoint.documents.readers.limits import MAXIMUM_CELLS, MAXIMUM_COLUMNS, MAXIMUM_LINE, MAXIMUM_ROWS
from trigpoint.documents.readers.workbook.sheet_content import (
    LAST_ROW,
    ColumnRange,
    Merge,
    SheetContent,
    SheetRow,
    SheetState,
    Shown,
)
from trigpoint.documents.readers.workbook.sheet_words import Words
from trigpoint.errors import InputError, Where
from trigpoint.plans.document import Origin, Remark, RemarkKind, column_letters
from trigpoint.wording import count, verb

MOST_NAMED = 20
MOST_REMARKS = 5_000
MOST_MERGES = 50_000
SAVE_AGAIN = "open it in Excel and save it again"


class Met(Enum):
    """What a reader meets in a cell that the author should hear of once a sheet."""

    ERROR = "error"
    UNCALCULATED = "uncalculated"
    IMPOSSIBLE = "impossible"
    MASKED = "masked"
    BEYOND = "beyond"


SENTENCES = {
    Met.UNCALCULATED: (
        RemarkKind.UNREAD,
        "{cells} in this sheet {hold} a formula that has never been calculated: open the file in Excel and save it",
    ),
    Met.IMPOSSIBLE: (
        RemarkKind.UNREAD,
        "{cells} in this sheet {hold} a date or number that cannot be; it is given as it stands in the file",
    ),
    Met.MASKED: (RemarkKind.HIDDEN, "{cells} in this sheet {hold} a value that the cell's format shows to nobody"),
    Met.BEYOND: (
        RemarkKind.UNREAD,
        f"{{cells}} in this sheet {{stand}} beyond column {column_letters(MAXIMUM_COLUMNS)}, unread",
    ),
}


@dataclass(slots=True)
class Budget:
    """What one workbook may still hold; its sheets share it."""

    where: Where
    rows: int = MAXIMUM_ROWS
    cells: int = MAXIMUM_CELLS
    remarks: int = MOST_REMARKS

    def spend(self, cells: int) -> None:
        """Count one filled row; ``InputError`` when the workbook has more than it may."""
        self.rows -= 1
        self.cells -= cells
        if self.rows < 0 or self.cells < 0:
            what = f"the workbook has more than {MAXIMUM_ROWS:,} filled rows or {MAXIMUM_CELLS:,} filled cells"
            raise InputError(what, where=self.where, remedy="leave out sheets of data that are no part of the plan")


@dataclass(slots=True)
class Tally:
    """How often something was met, and the first places with what stood there."""

    number: int = 0
    first: list[tuple[int, int, str]] = field(default_factory=list)


@dataclass(slots=True)
class SheetBuilder:
    """One sheet in the making."""

    name: str
    state: SheetState
    budget: Budget
    merges: list[Merge] = field(default_factory=list)
    columns: list[ColumnRange] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    rows: dict[int, SheetRow] = field(default_factory=dict)
    unseen: list[tuple[int, int]] = field(default_factory=list)
    _met: dict[Met, Tally] = field(default_factory=dict)

    def add(self, number: int, cells: list[tuple[int, Words]], shown: Shown = Shown.SEEN) -> None:
        """A row's filled cells. A row given twice keeps the cells of both, as Excel does when it repairs a file."""
        if not 1 <= number <= LAST_ROW:
            raise self.damaged(f"it has a row {number}, and no sheet has so many")
        if number in self.rows:
            cells = [*self.rows[number].cells, *cells]
        if any(one[0] >= other[0] for one, other in pairwise(cells)):
            cells = sorted(dict(cells).items())
        if cells and cells[-1][0] > MAXIMUM_COLUMNS:
            for column, words in cells:
                if column > MAXIMUM_COLUMNS:
                    self.meet(Met.BEYOND, number, column, words.text)
            cells = [cell for cell in cells if cell[0] <= MAXIMUM_COLUMNS]
        if cells:
            self.budget.spend(len(cells))
            self.rows[number] = SheetRow(number, cells, shown)
        elif shown is not Shown.SEEN:
            self.pass_unseen(number, number)

    def pass_unseen(self, first: int, last: int) -> None:
        """Rows out of sight that hold nothing: they are no gap between the rows that people see."""
        if self.unseen and self.unseen[-1][1] == first - 1:
            first = self.unseen.pop()[0]
        self.unseen.append((first, last))

    def columns_out_of_sight(self, first: int, last: int, shown: Shown) -> None:
        """Columns that are not plainly seen. Files give them in order; what does not fit in is passed over."""
        before = self.columns[-1].last if self.columns else 0
        if before < first <= last and first <= MAXIMUM_COLUMNS:
            self.columns.append(ColumnRange(first, min(last, MAXIMUM_COLUMNS), shown))

    def merge(self, merge: Merge) -> None:
        """A merged range; beyond ``MOST_MERGES`` they are passed over, which tears no words from the sheet."""
        if len(self.merges) < MOST_MERGES and merge != (merge.top, merge.left, merge.top, merge.left):
            self.merges.append(merge)

    def mark_filtered(self, areas: Sequence[Merge]) -> None:
        """Rows that are out of sight below the heading row of an active filter are filtered, not hidden."""
        if not areas:
            return
        for number, row in self.rows.items():
            if row.shown is Shown.HIDDEN and any(one.top < number <= one.bottom for one in areas):
                self.rows[number] = SheetRow(number, row.cells, Shown.FILTERED)

    def meet(self, what: Met, row: int, column: int, words: str = "") -> None:
        """Something in a cell that is remarked on when the sheet is finished."""
        tally = self._met.setdefault(what, Tally())
        tally.number += 1
        if len(tally.first) < MOST_NAMED:
            tally.first.append((row, column, words))

    def remark(self, kind: RemarkKind, text: str, row: int = 0, column: int = 0, **more: str) -> None:
        """A remark on this sheet; beyond ``MOST_REMARKS`` in a workbook they are dropped, and that is said once."""
        self.budget.remarks -= 1
        if self.budget.remarks < 0:
            if self.budget.remarks < -1:
                return
            kind, text, more = RemarkKind.UNREAD, f"There are more than {MOST_REMARKS:,} remarks on this workbook", {}
        self.remarks.append(Remark(kind, text, Origin(sheet=self.name, row=row or None, column=column or None), **more))

    def checked(self, text: str, row: int, column: int) -> str:
        """A cell's text as it is; ``InputError`` when it is longer than any program lets people write."""
        if len(text) > MAXIMUM_LINE:
            what = f"the cell holds more than {MAXIMUM_LINE:,} characters"
            where = Where(self.budget.where.file, sheet=self.name, row=row, column=column_letters(column))
            raise InputError(what, where=where, remedy="split it over several cells")
        return text

    def lacks_words(self, row: int, column: int) -> InputError:
        """The error for a cell that refers to a text which the file does not hold."""
        return self.damaged(f"its cell {column_letters(column)}{row} refers to a text that the file does not hold")

    def damaged(self, reason: str) -> InputError:
        """The error that says this sheet is damaged, and how."""
        where = Where(self.budget.where.file, sheet=self.name)
        return InputError(f"the sheet is damaged: {reason}", where=where, remedy=SAVE_AGAIN)

    def finish(self) -> SheetContent:
        """The sheet, rows in order, with a remark on everything that was met."""
        self._remark_on_errors()
        for what, (kind, sentence) in SENTENCES.items():
            if tally := self._met.get(what):
                row, column, words = tally.first[0]
                one = tally.number == 1
                text = sentence.format(
                    cells=count(tally.number, "cell"),
                    hold=verb(tally.number, "holds", "hold"),
                    stand=verb(tally.number, "stands", "stand"),
                )
                self.remark(
                    kind,
                    text if one else f"{text} (the first is {column_letters(column)}{row})",
                    row,
                    column,
                    words=words,
                )
        rows = tuple(self.rows[number] for number in sorted(self.rows))
        return SheetContent(
            self.name,
            self.state,
            rows,
            tuple(self.merges),
            tuple(self.columns),
            tuple(self.unseen),
            tuple(self.remarks),
        )

    def _remark_on_errors(self) -> None:
        errors = self._met.get(Met.ERROR, Tally())
        for row, column, words in errors.first:
            text = f"The formula in {column_letters(column)}{row} gives the error {words}"
            self.remark(RemarkKind.FORMULA_ERROR, text, row, column, words=words)
        more = errors.number - len(errors.first)
        if more:
            text = f"{count(more, 'more cell')} in this sheet {verb(more, 'shows', 'show')} a formula error"
            self.remark(RemarkKind.FORMULA_ERROR, text)
