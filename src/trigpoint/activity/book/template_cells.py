"""A sheet of the template as rows of text with the cell that each came from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from trigpoint.activity.assumptions.filter_text import ATTRIBUTE, attribute_name
from trigpoint.activity.book.sheets import MONTHS, letters
from trigpoint.activity.book.tables import COUNTS_FILE
from trigpoint.errors import InputError, Where
from trigpoint.periods import Month
from trigpoint.plans.cells import CellError, quoted
from trigpoint.releases.files.sheet import Cell, Row, Sheet
from trigpoint.tabular.amounts import month_of, month_text, number_text
from trigpoint.tabular.entries import misspelt
from trigpoint.tabular.fields import FileTable

_HEADING_WITHIN = 20
_NO_ATTRIBUTE = re.compile(r"[0-9]{2}\Z|\A(grand_|sub)?(total|sum)|\Aytd|year_to_date|full_year")
_FAULTS = frozenset({"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"})


@dataclass(slots=True)
class SheetRows:
    """The rows of one sheet by column, ``cells``; ``at`` has the row of the sheet, from 1, of each, and ``letters`` the
    letters of each column; ``heading`` is the row of the headings, from 1."""

    name: str
    cells: list[dict[str, str]] = field(default_factory=list)
    at: list[int] = field(default_factory=list)
    letters: dict[str, str] = field(default_factory=dict)
    heading: int = 1


def rows_of_sheet(sheet: Sheet, table: FileTable, file: str, problems: list[InputError]) -> SheetRows | None:
    """The filled rows of a sheet; ``None`` where it is empty or its headings cannot be used, which is told."""
    found = SheetRows(sheet.name)
    heading = _heading(sheet, table)
    if heading is None:
        if any(cell != "" for row in sheet.rows for cell in row):
            needed = ", ".join(one.name for one in table.fields if one.needed)
            where = Where(file, sheet=sheet.name, row=1)
            problems.append(
                InputError("there are no headings", where=where, remedy=f"write {needed} into the first row")
            )
        return None
    found.heading = heading + 1
    names = _names(sheet.rows[heading], table, found, file, problems)
    if names is None:
        return None
    for number, row in enumerate(sheet.rows[heading + 1 :], heading + 2):
        cells: dict[str, str] = {}
        for column, cell in enumerate(row):
            text = cell_text(cell, names.get(column, ""))
            if not text or names.get(column) == "":
                continue
            if column in names and text not in _FAULTS:
                cells[names[column]] = text
                continue
            what, remedy = f"the formula gives {text}", "correct the formula"
            if column not in names:
                what, remedy = "this cell stands under no heading, and is not read", "give its column one, or empty it"
            where = Where(file, sheet=sheet.name, row=number, column=letters(column))
            problems.append(InputError(what, where=where, remedy=remedy))
        if cells:
            found.cells.append(cells)
            found.at.append(number)
    return found


def _heading(sheet: Sheet, table: FileTable) -> int | None:
    """The first of the top rows that names columns of the table: two of them, or the only one that is needed."""
    for number, row in enumerate(sheet.rows[:_HEADING_WITHIN]):
        known = {attribute_name(str(cell)) for cell in row} & set(table.columns)
        if len(known) >= 2:
            return number
    return 0 if sheet.rows and len({str(cell) for cell in sheet.rows[0]} - {""}) >= 2 else None


def _names(
    row: Row, table: FileTable, found: SheetRows, file: str, problems: list[InputError]
) -> dict[int, str] | None:
    """The column that each heading names; ``None`` where one is misspelt, missing or there twice."""
    names, usable = dict[int, str](), True
    plain = [attribute_name(cell_text(cell, "")) for cell in row]

    def tell(column: int, what: str, remedy: str) -> None:
        where = Where(file, sheet=found.name, row=found.heading, column=letters(column) if column >= 0 else None)
        problems.append(InputError(what, where=where, remedy=remedy))

    for column, (cell, name) in enumerate(zip(row, plain, strict=True)):
        if not name:
            continue
        month = _month(cell) if table is COUNTS_FILE else None
        name = month_text(month) if month is not None else name  # noqa: PLW2901
        if name in names.values():
            tell(column, f"the heading {quoted(name)} stands twice", "remove one of the columns")
            usable = False
        elif name in table.columns or month is not None:
            names[column] = name
        elif (near := misspelt(name, table, plain)) is not None:
            tell(column, f"unknown heading {quoted(str(cell))}", f"did you mean “{near}”?")
            usable = False
        else:
            names[column] = name if table is COUNTS_FILE and _is_attribute(name) else ""
            if not names[column]:
                tell(column, f"unknown heading {quoted(str(cell))}, which is not read", _known(table))
    found.letters.update({name: letters(column) for column, name in names.items() if name})
    wide = table is COUNTS_FILE and is_wide(found)
    needed = ("pod",) if wide else tuple(one.name for one in table.fields if one.needed)
    for name in (one for one in needed if usable and one not in found.letters):
        tell(-1, f"the heading “{name}” is missing", _known(table))
        usable = False
    return names if usable else None


def _known(table: FileTable) -> str:
    months = ", months as dates or as 2016-04, and attributes" if table is COUNTS_FILE else ""
    return f"the headings are {', '.join(table.columns)}{months}"


def _is_attribute(name: str) -> bool:
    """Whether a further column of counts tells rows apart; a sum does not, nor does a month that is misspelt."""
    return bool(ATTRIBUTE.match(name)) and not _NO_ATTRIBUTE.search(name)


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


def cell_text(cell: Cell, column: str) -> str:
    """A cell of a workbook as the CSV file would write it: a date in a column of months is its month."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, (int, float)):
        return number_text(cell)
    if isinstance(cell, (datetime, date)):
        day = cell.date() if isinstance(cell, datetime) else cell
        return month_text(Month(day.year, day.month)) if column in MONTHS else day.isoformat()
    if isinstance(cell, (time, timedelta)):
        return str(cell)
    return cell.strip()
