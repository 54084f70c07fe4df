"""A sheet of a template as rows of text, with the cell that each came from."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from trigpoint.errors import InputError, Where
from trigpoint.periods import Month
from trigpoint.plans.cells import quoted
from trigpoint.releases.files.sheet import Cell, Row, Sheet
from trigpoint.tabular.amounts import month_text, number_text
from trigpoint.tabular.entries import misspelt
from trigpoint.tabular.fields import FileTable
from trigpoint.tabular.money_cells import float_money_text
from trigpoint.tabular.sheets import CellKind, letters

_HEADING_WITHIN = 20
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


@dataclass(frozen=True, slots=True)
class Headings:
    """How the headings of one table are understood.

    ``kind`` is what a column holds. ``further`` gives the column that a heading beyond those of the table names, ""
    where it names none, and ``or_else`` says in words what else may head a column. ``needed`` are the columns that must
    be there beside some that were found.
    """

    table: FileTable
    kind: Callable[[FileTable, str], CellKind]
    further: Callable[[Cell, str], str] = lambda _, __: ""
    or_else: str = ""
    needed: Callable[[Collection[str]], tuple[str, ...]] | None = None

    def lacking(self, found: Collection[str]) -> list[str]:
        """Columns that are needed and not there."""
        own = tuple(one.name for one in self.table.fields if one.needed)
        return [name for name in (own if self.needed is None else self.needed(found)) if name not in found]

    def known(self) -> str:
        return f"the headings are {', '.join(self.table.columns)}{self.or_else}"


def plain_heading(heading: str) -> str:
    """A heading as columns are named: lower case, without blanks.

    >>> plain_heading(" Full year effect ")
    'full_year_effect'
    """
    return re.sub(r"\s+", "_", heading.strip().casefold())


def rows_of_sheet(sheet: Sheet, headings: Headings, file: str, problems: list[InputError]) -> SheetRows | None:
    """The filled rows of a sheet; ``None`` where it is empty or its headings cannot be used, which is told."""
    found = SheetRows(sheet.name)
    heading = _heading(sheet, headings.table)
    if heading is None:
        if any(cell != "" for row in sheet.rows for cell in row):
            needed = ", ".join(one.name for one in headings.table.fields if one.needed)
            where = Where(file, sheet=sheet.name, row=1)
            remedy = f"write {needed} into the first row"
            problems.append(InputError("there are no headings", where=where, remedy=remedy))
        return None
    found.heading = heading + 1
    names = _names(sheet.rows[heading], headings, found, file, problems)
    if names is None:
        return None
    kinds = {column: headings.kind(headings.table, name) for column, name in names.items() if name}
    for number, row in enumerate(sheet.rows[heading + 1 :], heading + 2):
        if row.count("") == len(row):  # one stray cell at the foot of a sheet makes a million rows of it
            continue
        cells: dict[str, str] = {}
        for column, cell in enumerate(row):
            text = cell_text(cell, kinds.get(column, CellKind.WORDS))
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
        known = {plain_heading(str(cell)) for cell in row} & set(table.columns)
        if len(known) >= 2:
            return number
    return 0 if sheet.rows and len({str(cell) for cell in sheet.rows[0]} - {""}) >= 2 else None


def _names(
    row: Row, headings: Headings, found: SheetRows, file: str, problems: list[InputError]
) -> dict[int, str] | None:
    """The column that each heading names; ``None`` where one is misspelt, missing or there twice."""
    names, usable, table = dict[int, str](), True, headings.table
    plain = [plain_heading(cell_text(cell, CellKind.WORDS)) for cell in row]

    def tell(column: int, what: str, remedy: str) -> None:
        where = Where(file, sheet=found.name, row=found.heading, column=letters(column) if column >= 0 else None)
        problems.append(InputError(what, where=where, remedy=remedy))

    for column, (cell, heading) in enumerate(zip(row, plain, strict=True)):
        if not heading:
            continue
        near = misspelt(heading, table, plain) if heading not in table.columns else None
        name = heading if heading in table.columns else headings.further(cell, heading)
        if name and name in names.values():
            tell(column, f"the heading {quoted(name)} stands twice", "remove one of the columns")
            usable = False
        elif near is not None and not (name and name != heading):
            tell(column, f"unknown heading {quoted(str(cell))}", f"did you mean “{near}”?")
            usable = False
        else:
            names[column] = name
            if not name:
                tell(column, f"unknown heading {quoted(str(cell))}, which is not read", headings.known())
    found.letters.update({name: letters(column) for column, name in names.items() if name})
    for name in headings.lacking(found.letters) if usable else ():
        tell(-1, f"the heading “{name}” is missing", headings.known())
        usable = False
    return names if usable else None


def cell_text(cell: Cell, kind: CellKind) -> str:
    """A cell of a workbook as the CSV file would write it: a date in a column of months is its month, and a number in
    one of money the pence that it stands for."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, (int, float)):
        return float_money_text(cell) if kind is CellKind.MONEY else number_text(cell)
    if isinstance(cell, (datetime, date)):
        day = cell.date() if isinstance(cell, datetime) else cell
        return month_text(Month(day.year, day.month)) if kind is CellKind.MONTH else day.isoformat()
    if isinstance(cell, (time, timedelta)):
        return str(cell)
    return cell.strip()
