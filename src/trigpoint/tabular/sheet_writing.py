"""The Excel workbook of a template: locked headings that explain themselves, lists of words, numbers as such."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from trigpoint.errors import InputError
from trigpoint.plans.cells import CellError
from trigpoint.tabular.amounts import month_of
from trigpoint.tabular.exact_amounts import decimal_of_cell, share_of_cell
from trigpoint.tabular.fields import Field, FileTable
from trigpoint.tabular.money_cells import float_money_text
from trigpoint.tabular.sheets import LISTS, README, CellKind, SheetForm, SheetTable, letters, of_column

MOST_ROWS = 1_000_000
"""Of one sheet; Excel has 1,048,576."""
MOST_CHARACTERS = 32_767
_MOST_LISTED = 250
"""Characters of the words of a drop-down that Excel holds in the cell's own rule; longer lists stand on a sheet."""
_FREE_ROWS = 500
"""Rows below what is filled in that have drop-downs."""
_ALLOWED = ("format_columns", "format_rows", "insert_rows", "delete_rows", "sort", "autofilter")
_WIDTHS = {CellKind.MONEY: 17}
_STYLES = {
    CellKind.WORDS: "text",
    CellKind.FREE: "free",
    CellKind.NUMBER: "free",
    CellKind.MONEY: "money",
    CellKind.MONTH: "month",
    CellKind.DATE: "date",
    CellKind.LOCKED: "text",
}
Row = Mapping[str, str]
Contents = Iterable[tuple[SheetTable, Sequence[str], Iterable[Row]]]
"""Each sheet with its columns and its rows."""


def workbook_bytes(form: SheetForm, contents: Contents, created: datetime) -> bytes:
    """The workbook of a template. Nothing in it is a formula, whatever its words begin with; the same contents give the
    same bytes. Raises ``InputError`` for a table with more rows, or a cell with more characters, than Excel holds."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as workbook:
        workbook.set_properties({"title": form.introduction[0], "created": created})
        writer = _Writer(workbook, form, _formats(workbook))
        writer.read_me()
        for sheet, columns, rows in contents:
            writer.table(sheet, columns, rows)
        writer.listed()
    return out.getvalue()


def _formats(workbook: Any) -> dict[str, Any]:
    free = {"locked": False, "valign": "top"}
    return {
        "heading": workbook.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EDEE", "valign": "top"}),
        "needed": workbook.add_format({"bold": True, "bottom": 1, "bg_color": "#FFEB9C", "valign": "top"}),
        "month_heading": workbook.add_format({"bold": True, "bottom": 1, "num_format": "mmm yyyy", "locked": False}),
        "title": workbook.add_format({"bold": True, "font_size": 16}),
        "wrapped": workbook.add_format({"text_wrap": True, "valign": "top"}),
        "text": workbook.add_format({**free, "num_format": "@"}),
        "free": workbook.add_format(free),
        "number": workbook.add_format({**free, "num_format": "#,##0.####"}),
        "money": workbook.add_format({**free, "num_format": '"£"#,##0.00;-"£"#,##0.00'}),
        "share": workbook.add_format({**free, "num_format": "0.0###%"}),
        "month": workbook.add_format({**free, "num_format": "mmm yyyy"}),
        "date": workbook.add_format({**free, "num_format": "yyyy-mm-dd"}),
        "locked": workbook.add_format({"valign": "top", "font_color": "#4C6272"}),
    }  # fmt: skip


@dataclass(slots=True)
class _Writer:
    workbook: Any
    form: SheetForm
    formats: dict[str, Any]
    lists: list[Sequence[str]] = field(default_factory=list)

    def read_me(self) -> None:
        sheet = self.workbook.add_worksheet(README)
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 100)
        title, *sentences = self.form.introduction
        sheet.write_string(0, 0, title, self.formats["title"])
        for row, sentence in enumerate(sentences, 2):
            sheet.merge_range(row, 0, row, 1, sentence, self.formats["wrapped"])
        for row, one in enumerate(self.form.sheets, len(self.form.introduction) + 2):
            sheet.write_string(row, 0, one.name, self.formats["heading"])
            sheet.write_string(row, 1, one.purpose, self.formats["wrapped"])
        sheet.protect()

    def table(self, one: SheetTable, columns: Sequence[str], rows: Iterable[Row]) -> None:
        sheet = self.workbook.add_worksheet(one.name)
        sheet.set_comments_author("Trigpoint")
        sheet.freeze_panes(1, 0)
        self._headings(sheet, one.table, columns)
        kinds = [self.form.kind(one.table, name) for name in columns]
        last = 0
        for last, row in enumerate(rows, 1):
            if last > MOST_ROWS:
                what = f"the sheet {one.name} would have more than {MOST_ROWS:,} rows"
                raise InputError(what, remedy="keep that table as CSV")
            for column, (name, kind) in enumerate(zip(columns, kinds, strict=True)):
                cell = row.get(name, "")
                if cell:
                    self._put(sheet, (last, column), name, kind, cell)
            self._row_choices(sheet, one.table, last, row.get(columns[0], ""))
        self._choices(sheet, one.table, columns, last + _FREE_ROWS)
        further = ("insert_columns",) if one.table.name in self.form.growing else ()
        sheet.protect("", dict.fromkeys((*_ALLOWED, *further), True))

    def _headings(self, sheet: Any, table: FileTable, columns: Sequence[str]) -> None:
        fields = {one.name: one for one in table.fields}
        for column, name in enumerate(columns):
            heading, kind = self.form.heading(table, name), self.form.kind(table, name)
            if isinstance(heading, date):
                sheet.set_column(column, column, 11, self.formats["number"])
                sheet.write_datetime(0, column, heading, self.formats["month_heading"])
                continue
            known = fields.get(name)
            width = 28 if name in self.form.wide else _WIDTHS.get(kind, 15 if known is not None else 14)
            sheet.set_column(column, column, width, self.formats[_STYLES[kind]])
            style = "needed" if known is not None and known.needed else "heading"
            sheet.write_string(0, column, heading, self.formats[style])
            if known is not None:
                sheet.write_comment(0, column, _comment(known), {"x_scale": 2})

    def _put(self, sheet: Any, at: tuple[int, int], name: str, kind: CellKind, cell: str) -> None:
        """One cell: a number or a date where it can be one and come back exactly, words otherwise."""
        if len(cell) > MOST_CHARACTERS:
            what = f"a cell of “{name}” would have {len(cell):,} characters, and Excel holds {MOST_CHARACTERS:,}"
            raise InputError(what, remedy="shorten it, or keep that table as CSV")
        number = _number(cell, kind) if kind in (CellKind.NUMBER, CellKind.MONEY) else None
        day = _day(cell, kind)
        if number is not None:
            style = "money" if kind is CellKind.MONEY else "share" if cell.endswith("%") else "number"
            sheet.write_number(*at, number, self.formats[style])
        elif day is not None:
            sheet.write_datetime(*at, day, self.formats["month" if kind is CellKind.MONTH else "date"])
        else:
            sheet.write_string(*at, cell, self.formats["locked" if kind is CellKind.LOCKED else "text"])

    def _choices(self, sheet: Any, table: FileTable, columns: Sequence[str], last: int) -> None:
        for column, name in enumerate(columns):
            only = of_column(self.form.choices, table, name)
            words = only or of_column(self.form.offered, table, name)
            if words:
                # More than one may stand in what is offered, or one that the workbook does not know.
                rule = {"validate": "list", "source": self._source(words, offered=not only), "show_error": bool(only)}
                sheet.data_validation(1, column, last, column, rule)

    def _row_choices(self, sheet: Any, table: FileTable, row: int, key: str) -> None:
        words = self.form.row_choices.get((table.name, key))
        if words:
            sheet.data_validation(row, 1, row, 1, {"validate": "list", "source": self._source(words, offered=True)})

    def _source(self, words: Sequence[str], *, offered: bool = False) -> Any:
        if isinstance(words, str):
            return words
        if not offered and len(",".join(words)) <= _MOST_LISTED:
            return list(words)
        if words not in self.lists:
            self.lists.append(words)
        column = letters(self.lists.index(words))
        return f"={LISTS}!${column}$1:${column}${len(words)}"

    def listed(self) -> None:
        """What drop-downs offer and no cell can hold in one line, on a sheet that is not shown."""
        sheet = self.workbook.add_worksheet(LISTS)
        for column, words in enumerate(self.lists):
            sheet.write_column(0, column, list(words))
        sheet.hide()


def _comment(one: Field) -> str:
    example = f"\nFor example: {one.example}" if one.example else ""
    return f"{one.holds}{' (needed)' if one.needed else ''}.{example}"


def _number(cell: str, kind: CellKind) -> float | None:
    """The number that Excel would hold for a cell, unless it would come back as another one, or be asked about."""
    try:
        exact = share_of_cell(cell) if cell.endswith("%") else decimal_of_cell(cell)
    except CellError:
        return None
    value = float(exact)
    # Excel keeps 16 digits here, and reading takes the shortest text of what it kept.
    back = Decimal(float_money_text(value) if kind is CellKind.MONEY else repr(value))
    same = float(f"{value:.16G}") == value and back == exact
    return value if same and not (cell.endswith("%") and (abs(value) >= 1 or kind is CellKind.MONEY)) else None


def _day(cell: str, kind: CellKind) -> date | None:
    try:
        if kind is CellKind.MONTH:
            return month_of(cell).start
        return date.fromisoformat(cell) if kind is CellKind.DATE else None
    except (CellError, ValueError):
        return None
