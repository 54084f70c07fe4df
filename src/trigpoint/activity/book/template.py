"""The Excel template of assumptions and interventions: what planners fill in, or a book as one workbook."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter

from trigpoint.activity.assumptions.growth import GrowthForm, GrowthKind
from trigpoint.activity.assumptions.ramp import Shape
from trigpoint.activity.assumptions.scheme import Effect
from trigpoint.activity.assumptions.uncertain import Distribution
from trigpoint.activity.book.book import ActivityBook
from trigpoint.activity.book.sheets import (
    DATES,
    LISTS,
    MONTHS,
    NUMBERS,
    README,
    SCENARIO,
    SETTING,
    SHEETS,
    SheetTable,
)
from trigpoint.activity.book.tables import COUNTS_FILE, GROWTH, PODS, SCHEMES
from trigpoint.activity.book.template_cells import is_month
from trigpoint.activity.book.template_reading import TemplateReading, read_template
from trigpoint.activity.book.template_rows import COUNTED, rows_of, wide_counts
from trigpoint.activity.outturn.methods import Method
from trigpoint.errors import InputError
from trigpoint.periods import FinancialYear
from trigpoint.plans.cells import CellError
from trigpoint.tabular.amounts import month_of, number_of, share_of
from trigpoint.tabular.fields import FileTable

__all__ = ["TemplateReading", "read_template", "template_workbook"]

MOST_ROWS = 1_000_000
"""Of one sheet; Excel has 1,048,576."""
MOST_CHARACTERS = 32_767
_WIDE = frozenset({"name", "note", "source", "where", "meaning"})
_GENERAL = NUMBERS | {"year"}
"""All other columns hold words: Excel would make a date of 2011/12 and a number of the code 5E1."""
_LOCKED = frozenset({"setting", "meaning"})
_FREE_ROWS = 500
"""Rows below what is filled in that have drop-downs."""
_INTRODUCTION = (
    "Activity: assumptions and interventions",
    "Fill in the sheets and give the workbook back: every mistake is then named by its sheet and cell, all at once.",
    "Headings are locked, and explain themselves under the pointer. Columns that are not needed may stay empty.",
    "Shares and rates are percentages: 1.9% or 0.019; a bare 1.9 is asked about. Months are dates of any day in them.",
    "Several points of delivery stand between commas. Further conditions: age >= 75; specialty = 300, 301.",
    "A low and a high value hold the truth between them with a probability of 80%, unless level says another.",
    "Mark what was invented for a demonstration in the column illustrative; every picture of it will say so.",
)
_CHOICES: dict[tuple[str, str], Sequence[str]] = {
    (GROWTH.name, "kind"): [one.value for one in GrowthKind],
    (GROWTH.name, "form"): [one.value for one in GrowthForm],
    (SCHEMES.name, "effect"): [one.value for one in Effect],
    (PODS.name, "days"): ["calendar", "working"],
    ("", "shape"): [one.value for one in Shape],
    ("", "distribution"): [one.value for one in Distribution],
    ("", "illustrative"): ["yes"],
}


def template_workbook(book: ActivityBook | None = None, *, milestones: Sequence[str] = ()) -> bytes:
    """The template as the bytes of a workbook, filled in from a book where one is given, empty otherwise.

    ``read_template`` makes of it the texts of the same book (cells apart, which stay a file of their own).
    ``milestones`` are offered where an intervention names the milestone that must come first. Nothing in the workbook
    is a formula, whatever the book's words begin with. Raises ``InputError`` for a table with more rows than a sheet.
    """
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as workbook:
        # The same book gives the same bytes, whenever it is written.
        workbook.set_properties({"title": _INTRODUCTION[0], "created": _created(book)})
        writer = _Writer(workbook, _formats(workbook), milestones)
        writer.read_me()
        for sheet in SHEETS:
            if sheet.table is COUNTS_FILE:
                columns, rows = wide_counts(book)
                writer.table(sheet, rows, columns)
            else:
                writer.table(sheet, rows_of(sheet.table, book), sheet.table.columns)
        writer.lists()
    return out.getvalue()


def _created(book: ActivityBook | None) -> Any:
    year = FinancialYear(2016) if book is None else book.settings.base_year
    return datetime(year.first, 4, 1)  # noqa: DTZ001


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
        "share": workbook.add_format({**free, "num_format": "0.0###%"}),
        "month": workbook.add_format({**free, "num_format": "mmm yyyy"}),
        "date": workbook.add_format({**free, "num_format": "yyyy-mm-dd"}),
        "locked": workbook.add_format({"valign": "top", "font_color": "#4C6272"}),
    }  # fmt: skip


@dataclass(slots=True)
class _Writer:
    workbook: Any
    formats: dict[str, Any]
    milestones: Sequence[str]

    def read_me(self) -> None:
        sheet = self.workbook.add_worksheet(README)
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 100)
        sheet.write_string(0, 0, _INTRODUCTION[0], self.formats["title"])
        for row, sentence in enumerate(_INTRODUCTION[1:], 2):
            sheet.merge_range(row, 0, row, 1, sentence, self.formats["wrapped"])
        top = len(_INTRODUCTION) + 2
        for row, one in enumerate(SHEETS, top):
            sheet.write_string(row, 0, one.name, self.formats["heading"])
            sheet.write_string(row, 1, one.purpose, self.formats["wrapped"])
        sheet.protect()

    def table(self, one: SheetTable, rows: Iterable[Mapping[str, str]], columns: Sequence[str]) -> None:
        sheet = self.workbook.add_worksheet(one.name)
        sheet.set_comments_author("Trigpoint")
        sheet.freeze_panes(1, 0)
        self._headings(sheet, one.table, columns)
        last = 0
        for last, row in enumerate(rows, 1):
            if last > MOST_ROWS:
                what = f"the sheet {one.name} would have more than {MOST_ROWS:,} rows"
                raise InputError(what, remedy="keep that table as CSV")
            for column, name in enumerate(columns):
                cell = row.get(name, "")
                if cell:
                    self._put(sheet, last, column, name, cell, as_words=one.table in (SETTING, SCENARIO))
        self._choices(sheet, one.table, columns, last + _FREE_ROWS)
        allowed = ("format_columns", "format_rows", "insert_rows", "delete_rows", "sort", "autofilter")
        sheet.protect("", dict.fromkeys((*allowed, *(("insert_columns",) if one.table is COUNTS_FILE else ())), True))

    def _headings(self, sheet: Any, table: FileTable, columns: Sequence[str]) -> None:
        fields = {field.name: field for field in table.fields}
        for column, name in enumerate(columns):
            field = fields.get(name)
            if field is None and name not in COUNTED:
                if is_month(name):
                    sheet.set_column(column, column, 11, self.formats["number"])
                    sheet.write_datetime(0, column, month_of(name).start, self.formats["month_heading"])
                else:
                    sheet.set_column(column, column, 14, self.formats["free" if name == "age" else "text"])
                    sheet.write_string(0, column, name, self.formats["heading"])
                continue
            sheet.set_column(column, column, 28 if name in _WIDE else 15, self.formats[_format(table, name)])
            style = "needed" if field is not None and field.needed else "heading"
            sheet.write_string(0, column, name, self.formats[style])
            if field is not None:
                example = f"\nFor example: {field.example}" if field.example else ""
                needed = " (needed)" if field.needed else ""
                sheet.write_comment(0, column, f"{field.holds}{needed}.{example}", {"x_scale": 2})

    def _put(self, sheet: Any, row: int, column: int, name: str, cell: str, *, as_words: bool) -> None:
        """One cell: a number or a date where it can be one and come back exactly, words otherwise."""
        if len(cell) > MOST_CHARACTERS:
            what = f"a cell of “{name}” would have {len(cell):,} characters, and Excel holds {MOST_CHARACTERS:,}"
            raise InputError(what, remedy="shorten it, or keep that table as CSV")
        number = _number(cell) if (name in NUMBERS and not as_words) or is_month(name) else None
        day = _day(name, cell)
        if number is not None:
            style = "share" if cell.endswith("%") else "number"
            sheet.write_number(row, column, number, self.formats[style])
        elif day is not None:
            sheet.write_datetime(row, column, day, self.formats["month" if name in MONTHS else "date"])
        else:
            sheet.write_string(row, column, cell, self.formats["locked" if as_words and name in _LOCKED else "text"])

    def _choices(self, sheet: Any, table: FileTable, columns: Sequence[str], last: int) -> None:
        for column, name in enumerate(columns):
            source: Any = _CHOICES.get((table.name, name)) or _CHOICES.get(("", name))
            # More than one may stand in these, or one that the workbook does not know: the list only offers.
            offered = name in ("pod", "to_pod") or (name == "milestone" and bool(self.milestones))
            if name == "milestone" and offered:
                source = f"={LISTS}!$B$1:$B${len(self.milestones)}"
            elif offered:
                source = "='Points of delivery'!$A$2:$A$200"
            if source:
                rule = {"validate": "list", "source": source, "show_error": not offered}
                sheet.data_validation(1, column, last, column, rule)
        if table is SETTING:
            row = next(n for n, one in enumerate(rows_of(SETTING, None), 1) if one["setting"] == "method")
            source = f"={LISTS}!$A$1:$A${len(Method)}"
            sheet.data_validation(row, 1, row, 1, {"validate": "list", "source": source})

    def lists(self) -> None:
        """What drop-downs offer and no cell can hold in one line, on a sheet that is not shown."""
        sheet = self.workbook.add_worksheet(LISTS)
        sheet.write_column(0, 0, [method.value for method in Method])
        sheet.write_column(0, 1, list(self.milestones))
        sheet.hide()


def _format(table: FileTable, name: str) -> str:
    """The format of the empty cells of a column."""
    if name in MONTHS or name in DATES:
        return "month" if name in MONTHS else "date"
    return "free" if name in _GENERAL and table not in (SETTING, SCENARIO) else "text"


def _number(cell: str) -> float | None:
    """The number that Excel would hold for a cell, unless it would come back as another one, or be asked about."""
    try:
        value = share_of(cell) if cell.endswith("%") else number_of(cell)
    except CellError:
        return None
    exact = float(f"{value:.16G}") == value
    return value if exact and not (cell.endswith("%") and abs(value) >= 1) else None


def _day(name: str, cell: str) -> date | None:
    try:
        if name in MONTHS:
            return month_of(cell).start
        return date.fromisoformat(cell) if name in DATES else None
    except (CellError, ValueError):
        return None
