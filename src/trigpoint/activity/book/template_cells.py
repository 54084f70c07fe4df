"""What stands in the columns of the template's sheets, and the counts with a column for each month."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date, datetime

from trigpoint.activity.assumptions.filter_text import ATTRIBUTE
from trigpoint.activity.book.sheets import DATES, MONTHS, NUMBERS, SCENARIO, SETTING
from trigpoint.activity.book.tables import COUNTS_FILE
from trigpoint.periods import Month
from trigpoint.plans.cells import CellError
from trigpoint.releases.files.sheet import Cell
from trigpoint.tabular.amounts import month_of, month_text
from trigpoint.tabular.fields import FileTable
from trigpoint.tabular.sheet_rows import Headings, SheetRows
from trigpoint.tabular.sheets import CellKind

_NO_ATTRIBUTE = re.compile(r"[0-9]{2}\Z|\A(grand_|sub)?(total|sum)|\Aytd|year_to_date|full_year")
_EXPLAINED = frozenset({"setting", "meaning"})


def kind(table: FileTable, column: str) -> CellKind:
    """What a column of the template holds; in a column of words Excel would make a date of 2011/12 and a number of the
    code 5E1."""
    if table in (SETTING, SCENARIO):
        if column in _EXPLAINED:
            return CellKind.LOCKED
        return CellKind.MONTH if column in MONTHS else CellKind.DATE if column in DATES else CellKind.WORDS
    if column in MONTHS:
        return CellKind.MONTH
    if column in DATES:
        return CellKind.DATE
    if column in NUMBERS or is_month(column):
        return CellKind.NUMBER
    return CellKind.FREE if column == "year" else CellKind.WORDS


def headings(table: FileTable) -> Headings:
    """How the headings of a table are understood: those of counts may be months, or attributes of its rows."""
    if table is not COUNTS_FILE:
        return Headings(table, kind)
    return Headings(table, kind, _further, ", months as dates or as 2016-04, and attributes", _needed)


def heading(table: FileTable, column: str) -> str | date:
    """What the first row shows of a column."""
    return month_of(column).start if table is COUNTS_FILE and is_month(column) else column


def _further(cell: Cell, name: str) -> str:
    month = _month(cell)
    if month is not None:
        return month_text(month)
    # A further column of counts tells rows apart; a sum does not, nor does a month that is misspelt.
    return name if ATTRIBUTE.match(name) and not _NO_ATTRIBUTE.search(name) else ""


def _needed(found: Collection[str]) -> tuple[str, ...]:
    wide = any(is_month(name) for name in found)
    return ("pod",) if wide else tuple(one.name for one in COUNTS_FILE.fields if one.needed)


def is_wide(found: SheetRows) -> bool:
    """Whether months are columns."""
    return any(is_month(name) for name in found.letters)


def long_rows(found: SheetRows) -> Iterator[tuple[dict[str, str], int, str]]:
    """Rows with a column for each month as rows of one month, each with the row and the letters of its cell."""
    months = [name for name in found.letters if is_month(name)]
    for cells, at in zip(found.cells, found.at, strict=True):
        same = {name: cell for name, cell in cells.items() if not is_month(name)}
        for month in months:
            if month in cells:
                yield {**same, "month": month, "value": cells[month]}, at, found.letters[month]


def is_month(name: str) -> bool:
    """Whether a heading is that of a month, as ``month_text`` writes it."""
    return len(name) == 7 and name[4] == "-" and name[:4].isdecimal()


def _month(cell: Cell) -> Month | None:
    if isinstance(cell, (datetime, date)):
        return Month(cell.year, cell.month)
    try:
        return month_of(cell) if isinstance(cell, str) else None
    except CellError:
        return None
