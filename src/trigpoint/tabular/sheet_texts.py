"""A filled-in template back to the texts of its files, every mistake in those placed in the cell that it came from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from trigpoint.errors import InputError, Where
from trigpoint.plans.cells import CellError
from trigpoint.plans.tables import nearest
from trigpoint.releases.files.content import Kind
from trigpoint.releases.files.opening import open_bytes
from trigpoint.tabular.amounts import flag_of
from trigpoint.tabular.fields import FileTable
from trigpoint.tabular.formula_cells import formula_faults
from trigpoint.tabular.layout import Unshown
from trigpoint.tabular.merged_cells import merged_cells
from trigpoint.tabular.sheet_rows import Headings, SheetRows, rows_of_sheet
from trigpoint.tabular.sheets import LISTS, README, SheetForm
from trigpoint.tabular.writing import quoted_toml, row_starts, table_text

MOST_BYTES = 100_000_000
TEXTS = "\0"
"""What messages of the texts call their folder: nothing that a file could be called, so that it is found again."""
_LINE = re.compile(rf"(?:{TEXTS}/(\S+?), )?line ([0-9,]+)")
Place = tuple[str, int, str]
"""The sheet, row and column of a cell; "" where it is no one column."""


@dataclass(slots=True)
class SheetTexts:
    """The texts of a workbook so far; ``places`` has for each line of each text the cell that it came from, ``columns``
    the letters of the columns of each, and ``unsolved`` the places of formulas without a value."""

    file: str
    texts: dict[str, str] = field(default_factory=dict)
    places: dict[str, dict[int, Place]] = field(default_factory=dict)
    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    problems: list[InputError] = field(default_factory=list)
    unsolved: set[Where | str | None] = field(default_factory=set)

    def take(self, table: FileTable, rows: SheetRows, numbers: Sequence[str] | frozenset[str]) -> None:
        """The text of one table, a line for each row of its sheet."""
        if rows.cells:
            self.take_cells(table, rows, rows.cells, [(at, "") for at in rows.at], numbers)

    def take_cells(
        self,
        table: FileTable,
        rows: SheetRows,
        cells: Sequence[Mapping[str, str]],
        at: Iterable[tuple[int, str]],
        numbers: Sequence[str] | frozenset[str],
    ) -> None:
        """The text of one table from cells of which each row has its place ``at`` a row and column of the sheet."""
        text = table_text(table, cells, numbers)
        self.texts[table.file] = text
        places = zip(row_starts(text)[1:], at, strict=False)
        found = {line: (rows.name, *place) for line, place in places}
        self.places[table.file] = {1: (rows.name, rows.heading, ""), **found}
        self.columns[table.file] = rows.letters

    def tell(self, rows: SheetRows, at: int, column: str, what: str, remedy: str) -> None:
        """A mistake of one cell, by the name of its column."""
        where = Where(self.file, sheet=rows.name, row=at, column=rows.letters.get(column))
        self.problems.append(InputError(what, where=where, remedy=remedy))

    def placed(
        self,
        problem: InputError,
        sheets: Mapping[str, str],
        *,
        firm: Callable[[str], bool],
        of_cell: frozenset[str] = frozenset(),
        remedies: Mapping[str, str] | None = None,
    ) -> InputError:
        """A problem of the texts as one of the workbook's cells.

        ``sheets`` are the sheets of files that have no rows, with ``remedies`` of their own; ``firm`` files have a row
        of their own even for what is wrong with the whole. In a row of one cell, columns ``of_cell`` are that cell.
        """
        if isinstance(problem, Unshown):
            return problem
        where = problem.where if isinstance(problem.where, Where) else Where(problem.where or "")
        file = where.file.removeprefix(f"{TEXTS}/")
        places = self.places.get(file, {})
        what = _LINE.sub(lambda match: self._cell(match, file), problem.what).replace(TEXTS, self.file)
        if not places:
            remedy = (remedies or {}).get(file, problem.remedy)
            return InputError(what, where=Where(self.file, sheet=sheets.get(file)), remedy=remedy)
        first = next(iter(places.values()))
        sheet, row, column = places.get(where.line or 0, (first[0], first[1] if firm(file) else 0, ""))
        # In a row for each cell the cell is its value's; what is wrong with another column is told of that column.
        if not column or (where.column is not None and where.column not in of_cell):
            column = self.columns.get(file, {}).get(where.column or "", column)
        place = Where(self.file, sheet=sheet, row=row or None, column=column or None)
        return InputError(what, where=place, remedy=problem.remedy)

    def _cell(self, match: re.Match[str], file: str) -> str:
        place = self.places.get(match[1] or file, {}).get(int(match[2].replace(",", "")))
        if place is None:
            return match[0]
        return f"sheet {place[0]}, {f'cell {place[2]}' if place[2] else 'row '}{place[1]}"


def opened_sheets(
    data: bytes, name: str, form: SheetForm, headings: Callable[[FileTable], Headings]
) -> tuple[dict[str, SheetRows], SheetTexts]:
    """The rows of each sheet of the template that is there, by the template's name of it, and where texts go.

    Sheets may be missing, in another order, or hidden; further sheets are passed over. Merged cells and formulas
    without a value are told. Raises ``InputError`` for bytes that are no workbook, or more than is read.
    """
    if len(data) > MOST_BYTES:
        raise InputError(f"the file is larger than {MOST_BYTES // 1_000_000} MB", where=name, remedy="split it")
    contents = open_bytes(data, name)
    if len(contents) != 1 or contents[0].kind is not Kind.WORKBOOK:
        remedy = "give the template, saved as an Excel workbook (.xlsx)"
        raise InputError("this is no workbook", where=name, remedy=remedy)
    found, sheets = SheetTexts(name), dict[str, SheetRows]()
    known = {one.name.casefold(): one for one in form.sheets}
    here = {sheet.name.strip().casefold() for sheet in contents[0].sheets}
    for sheet in contents[0].sheets:
        one = known.get(sheet.name.strip().casefold())
        if one is not None:
            read = rows_of_sheet(sheet, headings(one.table), name, found.problems)
            sheets[one.name] = read or SheetRows(sheet.name)
        elif sheet.name not in (README, LISTS):
            near = nearest(sheet.name, [key for key in known if key not in here])
            if near is not None:
                where, remedy = Where(name, sheet=sheet.name), f"call it “{known[near].name}” if it is that one"
                found.problems.append(InputError("this sheet is not read", where=where, remedy=remedy))
    if not sheets:
        names = ", ".join(one.name for one in form.sheets)
        raise InputError("this workbook has none of the template's sheets", where=name, remedy=f"they are {names}")
    named = {rows.name for rows in sheets.values()}
    faults = tuple(formula_faults(data, name, named))
    found.problems += (*merged_cells(data, name, named), *faults)
    found.unsolved = {one.where for one in faults}  # a cell without a value need not be told that it is empty as well
    return sheets, found


@dataclass(frozen=True, slots=True)
class SettingsKinds:
    """Which settings are whole numbers, yes or no, and lists; the others are words."""

    whole: frozenset[str]
    flags: frozenset[str]
    lists: frozenset[str]

    def lines(self, rows: SheetRows) -> tuple[list[str], dict[int, Place]]:
        """The filled rows of the sheet as TOML, a key on each line, and the cell of each line."""
        lines: list[str] = []
        places: dict[int, Place] = {}
        for cells, at in zip(rows.cells, rows.at, strict=True):
            key, value = cells.get("setting", "").casefold().replace(" ", "_"), cells.get("value", "")
            if key and value:
                lines.append(f"{key if key.isidentifier() else quoted_toml(key)} = {self._toml(key, value)}")
                places[len(lines)] = (rows.name, at, rows.letters.get("value", ""))
        return lines, places

    def _toml(self, key: str, value: str) -> str:
        """A cell as the TOML of its setting; what cannot be that stays words, and the reader of settings answers."""
        if key in self.whole and value.isdecimal() and value.isascii():
            return str(int(value))
        if key in self.flags:
            try:
                return "true" if flag_of(value) else "false"
            except CellError:
                return quoted_toml(value)
        if key in self.lists:
            parts = (part.strip() for part in re.split("[,;]", value))
            return f"[{', '.join(quoted_toml(part) for part in parts if part)}]"
        return quoted_toml(value)
