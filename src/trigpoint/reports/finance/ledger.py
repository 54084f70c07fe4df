"""A sheet whose computed cells are live formulas, each with our own value beside it and whether the two agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from trigpoint.reports.sheet import FIRST_ROW, Sheets
from trigpoint.wording import printable

OURS = "Ours: "
AGREES = "Agrees"
_LOOKS: dict[str, dict[str, Any]] = {
    "pence": {"num_format": '£#,##0.00;"−"£#,##0.00;£0.00'},
    "rate": {"num_format": '0.000%;"−"0.000%;0.000%'},
    "plain": {"num_format": "#,##0.######"},
    "flag": {},
}
_TOLERANCES = {"pence": "0.005", "rate": "0.0000000001", "plain": "0.000001"}
"""How far a formula may be from our value: less than a penny, and of shares and counts what a double cannot hold."""
_INPUT = {"bg_color": "#FFF7DB", "border": 4, "border_color": "#C8B568"}
_OURS = {"font_color": "#55606B", "italic": True}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header and width, what its cells are ("text", "flag", "pence", "rate", "plain"), and whether
    formulas may stand in it."""

    header: str
    width: float = 14.0
    kind: str = "text"
    computed: bool = False


@dataclass(frozen=True, slots=True)
class Worked:
    """A cell worked out by a formula, and our own value of it. Without a formula it stands as what it is.

    ``kind`` is that of the cell where it is another than its column's.
    """

    ours: Decimal | str | None
    formula: str = ""
    kind: str = ""


Value = str | Decimal | int | Worked | None


class Workings(Sheets):
    """A workbook of ledgers, in the order of their making."""

    def __init__(self, *, title: str, organisation: str, on: date) -> None:
        super().__init__(title=title, organisation=organisation, on=on)
        self.ledgers: list[Ledger] = []


class Ledger:
    """A sheet in the making. Inputs are shaded; each formula's stored value is ours, so the two agree on opening."""

    def __init__(
        self,
        sheets: Workings,
        name: str,
        title: str,
        lines: Sequence[str],
        columns: Sequence[Column],
        *,
        freeze: int = 2,
    ) -> None:
        self._sheets, self._columns = sheets, tuple(columns)
        sheets.ledgers.append(self)
        self._computed = [at for at, column in enumerate(columns) if column.computed]
        checks = [f"{OURS}{columns[at].header}" for at in self._computed]
        headers = [column.header for column in columns] + checks + ([AGREES] if checks else [])
        widths = [column.width for column in columns] + [15.0] * len(checks) + ([9.0] if checks else [])
        self.name = sheets.name(name)
        self._sheet = sheets.start(self.name, title, lines, headers, widths)
        self._sheet.freeze_panes(FIRST_ROW, freeze)
        self._next = FIRST_ROW
        self._looks: dict[tuple[str, str], Any] = {}
        self._at = {column.header: at for at, column in enumerate(columns)}
        self.about = " ".join(lines)
        self.formulas = self.checked_rows = 0
        """How many cells have a formula with a check, and how many rows have such a cell."""

    @property
    def next_row(self) -> int:
        """Where the next row comes to stand, counted from 0."""
        return self._next

    def row(self, *cells: Value) -> int:
        """Write one row; returns where it stands."""
        at, checks = self._next, []
        for column, (value, told) in enumerate(zip(cells, self._columns, strict=True)):
            if isinstance(value, Worked) and value.formula and value.ours is not None:
                kind = value.kind or told.kind
                self._formula(at, column, value, kind)
                if column in self._computed:  # others are parts of a sum that is checked
                    checks.append(self._check(at, column, value, kind))
            else:
                self._input(at, column, value, told.kind)
        if checks:
            self.formulas, self.checked_rows = self.formulas + len(checks), self.checked_rows + 1
            formula = f'=IF(AND({",".join(checks)}),"yes","no")'
            self._sheet.write_formula(at, len(self._columns) + len(self._computed), formula, self._look("flag"), "yes")
        self._next += 1
        return at

    def blank(self) -> None:
        """Leave a row empty."""
        self._next += 1

    def _formula(self, at: int, column: int, value: Worked, kind: str) -> None:
        stored = value.ours if isinstance(value.ours, str) else float(value.ours or 0)
        self._sheet.write_formula(at, column, value.formula, self._look(kind), stored)

    def _check(self, at: int, column: int, value: Worked, kind: str) -> str:
        """Our own value in its column, and the comparison of the two."""
        place = len(self._columns) + self._computed.index(column)
        cell, ours = xl_rowcol_to_cell(at, column), xl_rowcol_to_cell(at, place)
        if isinstance(value.ours, str):
            self._sheet.write_string(at, place, value.ours, self._look("flag", "ours"))
            return f"{cell}={ours}"
        self._sheet.write_number(at, place, float(value.ours or 0), self._look(kind, "ours"))
        return f"ABS({cell}-{ours})<={_TOLERANCES[kind]}"

    def _input(self, at: int, column: int, value: Value, kind: str) -> None:
        if isinstance(value, Worked):
            kind, value = value.kind or kind, value.ours
        if value is None or value == "":
            return
        if isinstance(value, str):
            self._sheet.write_string(at, column, printable(value), self._look(kind, "" if kind == "text" else "input"))
        else:
            self._sheet.write_number(at, column, float(value), self._look(kind, "input"))

    def _look(self, kind: str, use: str = "") -> Any:
        if kind == "text" and not use:
            return self._sheets.formats["text"]
        if (kind, use) not in self._looks:
            more = _INPUT if use == "input" else _OURS if use == "ours" else {}
            plain = {"font_name": "Arial", "font_size": 10, "valign": "top"}
            self._looks[kind, use] = self._sheets.workbook.add_format(plain | _LOOKS.get(kind, {}) | more)
        return self._looks[kind, use]

    def cell(self, header: str, row: int, *, here: bool = False) -> str:
        """A cell's address; with ``here`` as it is written on this sheet itself."""
        address = xl_rowcol_to_cell(row, self._at[header])
        return address if here else f"{self.quoted}!{xl_rowcol_to_cell(row, self._at[header], True, True)}"

    def block(self, header: str, first: int = FIRST_ROW, last: int | None = None, *, here: bool = False) -> str:
        """The cells of a column from one row to another; all that are written where none is named."""
        end = max(self._next - 1 if last is None else last, first)
        name = xl_col_to_name(self._at[header], col_abs=True)
        span = f"{name}${first + 1}:{name}${end + 1}"
        return span if here else f"{self.quoted}!{span}"

    @property
    def quoted(self) -> str:
        """The sheet's name as formulas have it."""
        return f"'{self.name}'" if " " in self.name else self.name

    @property
    def agreement(self) -> str:
        """The cells that say whether formulas and our values agree."""
        name = xl_col_to_name(len(self._columns) + len(self._computed), col_abs=True)
        return f"{self.quoted}!{name}${FIRST_ROW + 1}:{name}${max(self._next, FIRST_ROW + 1)}"


def matching(values: str, *conditions: tuple[str, str]) -> str:
    """The sum of ``values`` in rows that meet every condition, a block of cells and what they hold.

    Comparisons of cells, not criteria: a criterion would take “2011/12” for a date, and “*” for anything.

    >>> matching("$F$6:$F$9", ("$A$6:$A$9", "A6"), ("$B$6:$B$9", "B6"))
    'SUMPRODUCT(($A$6:$A$9=A6)*($B$6:$B$9=B6),$F$6:$F$9)'
    """
    tests = "*".join(f"({cells}={wanted})" for cells, wanted in conditions)
    return f"SUMPRODUCT({tests if len(conditions) > 1 else tests + '*1'},{values})"
