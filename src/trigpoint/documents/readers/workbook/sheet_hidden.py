"""What a sheet holds and people do not see, as remarks.

Hidden sheets, rows and columns are no part of the plan that people see, and are left out. Rows that a filter or a
closed group keeps out of sight are: their author works with them, so they are read. Both are said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from trigpoint.documents.readers.workbook.sheet_content import SheetContent, SheetRow, SheetState, Shown
from trigpoint.documents.readers.workbook.sheet_words import Words
from trigpoint.plans.document import Origin, Remark, RemarkKind, column_letters
from trigpoint.wording import count, verb

FIRST_WORDS = 200
MOST_RANGES = 20


def hidden_sheet(sheet: SheetContent) -> Remark:
    """The remark on a sheet that was left out because it is hidden."""
    cells = sum(len(row.cells) for row in sheet.rows)
    text = f"The sheet {sheet.name} is {sheet.state.value} and was left out: {count(cells, 'filled cell')}"
    return Remark(RemarkKind.HIDDEN, text, Origin(sheet=sheet.name), first_words(sheet.rows))


def hidden_parts(sheet: SheetContent) -> tuple[Remark, ...]:
    """Remarks on the hidden, filtered and collapsed rows and columns of a sheet that is seen."""
    if sheet.state is not SheetState.VISIBLE:
        return ()
    return (*_hidden_rows(sheet), *_hidden_columns(sheet), *_read_all_the_same(sheet))


def first_words(rows: Iterable[SheetRow]) -> str:
    """What the rows begin with, cut to ``FIRST_WORDS`` characters."""
    found: list[str] = []
    for words in (words for row in rows for _, words in row.cells):
        found.append(words.text)
        if sum(map(len, found)) > FIRST_WORDS:
            break
    return shortened(" · ".join(found))


def shortened(text: str) -> str:
    """The text, cut with an ellipsis where it is long."""
    return text if len(text) <= FIRST_WORDS else f"{text[: FIRST_WORDS - 1].rstrip()}…"


def _hidden_rows(sheet: SheetContent) -> Iterator[Remark]:
    runs = list(_runs([row for row in sheet.rows if row.shown is Shown.HIDDEN]))
    for run in runs[:MOST_RANGES]:
        first, last = run[0].number, run[-1].number
        which = f"Row {first} is" if first == last else f"Rows {first} to {last} are"
        cells = count(sum(len(row.cells) for row in run), "filled cell")
        origin = Origin(sheet=sheet.name, row=first)
        yield Remark(RemarkKind.HIDDEN, f"{which} hidden and left out: {cells}", origin, first_words(run))
    rest = [row for run in runs[MOST_RANGES:] for row in run]
    if rest:
        text = f"{count(len(rest), 'more hidden row')} in this sheet {verb(len(rest), 'is', 'are')} left out"
        yield Remark(RemarkKind.HIDDEN, text, Origin(sheet=sheet.name, row=rest[0].number), first_words(rest))


def _runs(rows: list[SheetRow]) -> Iterator[list[SheetRow]]:
    """Rows that follow each other."""
    run: list[SheetRow] = []
    for row in rows:
        if run and row.number != run[-1].number + 1:
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _hidden_columns(sheet: SheetContent) -> Iterator[Remark]:
    ranges = [one for one in sheet.columns if one.shown is Shown.HIDDEN]
    at = {column: index for index, one in enumerate(ranges) for column in range(one.first, one.last + 1)}
    found: dict[int, list[tuple[int, Words]]] = defaultdict(list)
    for row in sheet.rows if ranges else ():
        for column, words in row.cells:
            if column in at:
                found[at[column]].append((column, words))
    for cells in (found[index] for index in sorted(found)):
        low, high = min(column for column, _ in cells), max(column for column, _ in cells)
        text = f"{_columns_are(low, high)} hidden and left out: {count(len(cells), 'filled cell')}"
        yield Remark(RemarkKind.HIDDEN, text, Origin(sheet=sheet.name, column=low), first_words([SheetRow(0, cells)]))


def _read_all_the_same(sheet: SheetContent) -> Iterator[Remark]:
    for shown, why in ((Shown.FILTERED, "a filter"), (Shown.COLLAPSED, "a closed group")):
        rows = [row for row in sheet.rows if row.shown is shown]
        if rows:
            are = verb(len(rows), "is", "are")
            text = (
                f"{count(len(rows), 'row')} of this sheet {are} out of sight behind {why}, and {are} read all the same"
            )
            yield Remark(RemarkKind.HIDDEN, text, Origin(sheet=sheet.name, row=rows[0].number), first_words(rows))
    for first, last, shown in sheet.columns:
        if shown is Shown.COLLAPSED:
            text = f"{_columns_are(first, last)} out of sight in a closed group, and read all the same"
            yield Remark(RemarkKind.HIDDEN, text, Origin(sheet=sheet.name, column=first))


def _columns_are(first: int, last: int) -> str:
    if first == last:
        return f"Column {column_letters(first)} is"
    return f"Columns {column_letters(first)} to {column_letters(last)} are"
