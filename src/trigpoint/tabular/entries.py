"""One row of a file, cell by cell: what cannot be read is told with its place, and the row is left out."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from trigpoint.errors import InputError, Where
from trigpoint.plans.cells import CellError, quoted
from trigpoint.plans.tables import is_no_heading, nearest, table_records
from trigpoint.tabular.fields import FileTable

_Value = TypeVar("_Value")
_Default = TypeVar("_Default")
_LINE = re.compile(r"line (\d+)")
_BLANK_CELL = ""


@dataclass(slots=True)
class Entry:
    """The cells of one row by column, as text. ``file`` is what messages call its file, ``line`` where it begins.

    ``notes`` are what was read, but should be written in another way.
    """

    file: str
    line: int | None
    cells: Mapping[str, str]
    problems: list[InputError]
    wrong: bool = False
    notes: list[InputError] = field(default_factory=list)

    def read(self, column: str, decode: Callable[[str], _Value], default: _Default) -> _Value | _Default:
        """The value of a cell; the default where it is empty, or cannot be read, which is told."""
        cell = self.cells.get(column, _BLANK_CELL).strip()
        if not cell:
            return default
        try:
            return decode(cell)
        except (CellError, InputError) as error:
            self.tell(error.what, error.remedy, column)
            return default

    def text(self, column: str) -> str:
        """The words of a cell."""
        return self.cells.get(column, _BLANK_CELL).strip()

    def tell(self, what: str, remedy: str | None, column: str | None = None) -> None:
        """A mistake of this row, for which it is left out."""
        self.wrong = True
        self.problems.append(InputError(what, where=self.where(column), remedy=remedy))

    def note(self, what: str, remedy: str | None, column: str | None = None) -> None:
        """What a reader should know of this row, which is used."""
        self.notes.append(InputError(what, where=self.where(column), remedy=remedy))

    def where(self, column: str | None = None) -> Where:
        return Where(self.file, line=self.line, column=column)

    def made(self, make: Callable[[], _Value]) -> _Value | None:
        """What is made of the row; ``None`` where a cell of it was wrong, or the whole cannot be."""
        if self.wrong:
            return None
        try:
            return make()
        except InputError as error:
            self.tell(error.what, error.remedy)
            return None


def csv_entries(
    text: str, table: FileTable, file: str, problems: list[InputError], notes: list[InputError] | None = None
) -> Iterator[Entry]:
    """The rows of a CSV text. An unknown column is told and passed over, and the others are used, unless it seems to be
    one of the table's, misspelt: without it the rows would mean something else."""
    further = _further(text, table, file, problems)
    if further is None:
        return
    for record in table_records(text, table.as_words(*further), file, problems):
        yield Entry(file, record.line, record.values, problems, notes=[] if notes is None else notes)


def _further(text: str, table: FileTable, file: str, problems: list[InputError]) -> list[str] | None:
    """The columns of the heading that are not known, each once; ``None`` where one is misspelt. A heading of semicolons
    or tabs, or a first row that is no heading, is told elsewhere."""
    heading = heading_of(text)
    if heading is None:
        return []
    line, names = heading
    unknown = [name for name in dict.fromkeys(names) if name and name not in table.columns]
    if len(names) == 1 and re.search(r"[;\t]", names[0]):
        return []
    if is_no_heading(names, table.columns):
        return []
    for name in unknown:
        problems.append(unknown_column(name, table, Where(file, line=line), names))
    return None if any(misspelt(name, table, names) for name in unknown) else unknown


def heading_of(text: str) -> tuple[int, list[str]] | None:
    """The first row that is not blank, and the line it stands on."""
    rows = csv.reader(io.StringIO(text, newline=""))
    try:
        for cells in rows:
            if cells:
                return rows.line_num, [cell.strip() for cell in cells]
    except csv.Error:
        pass
    return None


def unknown_column(name: str, table: FileTable, where: Where, beside: list[str]) -> InputError:
    """The sentence about a column that no one reads."""
    near = misspelt(name, table, beside)
    if near is not None:
        return InputError(f"unknown column {quoted(name)}", where=where, remedy=f"did you mean “{near}”?")
    remedy = f"the columns are {', '.join(table.columns)}"
    return InputError(f"unknown column {quoted(name)}, which is not read", where=where, remedy=remedy)


def misspelt(name: str, table: FileTable, beside: list[str]) -> str | None:
    """The column that a name seems to mean, where the heading does not have that one as well."""
    return nearest(name, [known for known in table.columns if known not in beside])


def toml_entries(text: str, table: FileTable, file: str, problems: list[InputError]) -> Iterator[Entry]:
    """The tables ``[[growth]]`` of a TOML text, each as the row of the same columns."""
    content = toml_of(text, file, problems)
    lines = [text.count("\n", 0, at.start(1)) + 1 for at in re.finditer(rf"^\s*(\[\[\s*{table.name})", text, re.M)]
    rows = content.pop(table.name, [])
    for name in content:
        near = nearest(name, [table.name])
        remedy = f"did you mean [[{table.name}]]?" if near else f"write each as a table [[{table.name}]]"
        problems.append(InputError(f"unknown key {quoted(name)}", where=Where(file), remedy=remedy))
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        what = f"“{table.name}” is no list of tables"
        problems.append(InputError(what, where=Where(file), remedy=f"begin each with [[{table.name}]]"))
        return
    for number, row in enumerate(rows):
        yield _toml_entry(row, table, file, lines[number] if len(lines) == len(rows) else None, problems)


def _toml_entry(
    row: dict[str, Any], table: FileTable, file: str, line: int | None, problems: list[InputError]
) -> Entry:
    cells: dict[str, str] = {}
    entry = Entry(file, line, cells, problems)
    for name, value in row.items():
        if name not in table.columns:
            problems.append(unknown_column(name, table, Where(file, line=line), list(row)))
            entry.wrong |= misspelt(name, table, list(row)) is not None
            continue
        cell = cell_of(value, joint="; " if name in ("where", "choices") else ", ")
        if cell is None:
            entry.tell(f"“{name}” holds something that no cell can hold", "write a text or a number", name)
        else:
            cells[name] = cell
    for needed in (one.name for one in table.fields if one.needed):
        if not cells.get(needed, "").strip():
            entry.tell(f"“{needed}” is missing", f'write {needed} = "…"', needed)
    return entry


def toml_of(text: str, file: str, problems: list[InputError]) -> dict[str, Any]:
    """The keys of a TOML text, numbers exactly as written; none where it cannot be read, which is told."""
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        found = _LINE.search(str(error))
        what = f"this is no TOML: {_toml_fault(error)}"
        where = Where(file, line=int(found[1]) if found else None)
        problems.append(InputError(what, where=where, remedy='write each value as name = "text" or name = 12'))
        return {}


def _toml_fault(error: Exception) -> str:
    """What is wrong, without Python's advice to programmers."""
    if isinstance(error, RecursionError):
        return "it is nested too deep"
    said = str(error).split(" (at", maxsplit=1)[0]
    if "sys.set_int_max_str_digits" in said:
        return "a number has more digits than any amount"
    return "a key stands twice" if said == "Cannot overwrite a value" else said[:200]


def cell_of(value: object, joint: str = "; ") -> str | None:
    """A TOML value as a table's cell would hold it; ``None`` for a table, or a list of them."""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, str):
        return value
    if isinstance(value, (int, Decimal)):
        return str(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        cells = [cell_of(one) for one in value]
        return None if None in cells else joint.join(cell for cell in cells if cell is not None)
    return None
