"""The content of an OpenDocument spreadsheet → its sheets, row by row in one pass.

Programs write what a cell shows beside its value, and that is taken; dates and plain numbers are printed from their
values, so that the words are those that the same workbook gives as an Excel file.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from trigpoint.documents.markup import tidy
from trigpoint.documents.readers.limits import MAXIMUM_COLUMNS
from trigpoint.documents.readers.package import Element, local_name
from trigpoint.documents.readers.workbook.sheet_builder import Met, SheetBuilder
from trigpoint.documents.readers.workbook.sheet_content import (
    LAST_COLUMN,
    LAST_ROW,
    Merge,
    SheetContent,
    Shown,
)
from trigpoint.documents.readers.workbook.sheet_dates import EPOCH
from trigpoint.documents.readers.workbook.sheet_numbers import finite
from trigpoint.documents.readers.workbook.sheet_ods_styles import DAY, TIME, Kind, OdsStyles, attribute
from trigpoint.documents.readers.workbook.sheet_words import Words, words_of
from trigpoint.plans.document import RemarkKind

ERROR = re.compile(r"(?:#[A-Z0-9/]+[!?]?|Err:\d+)$")
DURATION = re.compile(r"(-)?P(?:(\d{1,6})D)?T?(?:(\d{1,8})H)?(?:(\d{1,8})M)?(?:(\d{1,8}(?:\.\d{1,9})?)S)?$")
DAY_NOUGHT = datetime.fromordinal(EPOCH)
SECONDS_A_DAY = 86_400
MOST_BLANKS = 1_000
SILENT = frozenset(("annotation", "ruby-text", "note"))
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
CELL = f"{TABLE}table-cell"
REPEATED, REPEATED_ROWS = f"{TABLE}number-columns-repeated", f"{TABLE}number-rows-repeated"
SPANNED_COLUMNS, SPANNED_ROWS = f"{TABLE}number-columns-spanned", f"{TABLE}number-rows-spanned"
STYLE, DEFAULT_STYLE = f"{TABLE}style-name", f"{TABLE}default-cell-style-name"
FORMULA, VISIBILITY = f"{TABLE}formula", f"{TABLE}visibility"
KIND, VALUE, DATE, TIME_VALUE = (f"{OFFICE}{name}" for name in ("value-type", "value", "date-value", "time-value"))
CALC_KIND = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
PARAGRAPH = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p"
DRAWN = {"frame": "pictures or charts", "custom-shape": "boxes of text", "g": "drawings", "control": "form controls"}


@dataclass(slots=True)
class OdsSheet:
    """One sheet while its rows go by. ``linked`` when it is a copy of a sheet in another file."""

    builder: SheetBuilder
    styles: OdsStyles
    linked: bool = False
    row: int = 1
    column: int = 1
    drawn: set[str] = field(default_factory=set)
    _lasts: list[int] = field(default_factory=list)
    _defaults: list[str] = field(default_factory=list)

    def add_column(self, element: Element) -> None:
        """A column, or several alike: which are hidden, and the style of cells that have none of their own."""
        last = min(self.column + count_of(element.get(REPEATED)) - 1, LAST_COLUMN)
        if self.column <= LAST_COLUMN:
            self._lasts.append(last)
            self._defaults.append(element.get(DEFAULT_STYLE, ""))
        shown = shown_as(element)
        if shown is not Shown.SEEN:
            self.builder.columns_out_of_sight(self.column, last, shown)
        self.column = last + 1

    def add_row(self, element: Element) -> None:
        """A row, or several alike."""
        times = count_of(element.get(REPEATED_ROWS))
        first, self.row = self.row, self.row + times
        cells = self._cells(element, first)
        shown = shown_as(element)
        if not cells and first <= LAST_ROW:
            if shown is not Shown.SEEN:
                self.builder.pass_unseen(first, min(self.row - 1, LAST_ROW))
            return
        for number in range(first, self.row):
            self.builder.add(number, cells, shown)

    def finish(self) -> SheetContent:
        """The sheet with its remarks."""
        if self.drawn:
            kinds = " and ".join(sorted(self.drawn))
            self.builder.remark(RemarkKind.UNREAD, f"On this sheet lie {kinds}, which are not read")
        return self.builder.finish()

    def _cells(self, row: Element, number: int) -> list[tuple[int, Words]]:
        cells: list[tuple[int, Words]] = []
        column = 1
        for cell in row:
            times = 1 if (written := cell.get(REPEATED)) is None else count_of(written)
            times = min(times, LAST_COLUMN + 1 - column)
            if len(cell) and times > 0 and cell.tag == CELL:
                words = self._words(cell, number, column)
                if words.paragraphs:
                    # Of equal cells without end, one beyond the last that is read tells that there are more.
                    end = min(column + times, max(MAXIMUM_COLUMNS + 2, column + 1))
                    cells.extend([(each, words) for each in range(column, end)])
                self._spans(cell, number, column)
            column += times
        return cells

    def _spans(self, cell: Element, row: int, column: int) -> None:
        across, down = count_of(cell.get(SPANNED_COLUMNS)), count_of(cell.get(SPANNED_ROWS))
        if across > 1 or down > 1:
            bottom, right = min(row + down - 1, LAST_ROW), min(column + across - 1, LAST_COLUMN)
            self.builder.merge(Merge(row, column, bottom, right))

    def _words(self, cell: Element, row: int, column: int) -> Words:
        paragraphs = []
        for child in cell:
            if child.tag == PARAGRAPH:
                paragraphs.append(text_within(child) if len(child) else child.text or "")
            elif local_name(child) == "annotation":
                self._note(child, row, column, cell)
            elif drawn := DRAWN.get(local_name(child)):
                self.drawn.add(drawn)
        printed = self.builder.checked("\n".join(paragraphs), row, column)
        kind, calculated = cell.get(KIND, ""), cell.get(FORMULA) is not None
        if calculated and not printed and not kind:
            self.builder.meet(Met.UNCALCULATED, row, column)
        if "error" in (kind, cell.get(CALC_KIND)) or (calculated and ERROR.match(printed)):
            self.builder.meet(Met.ERROR, row, column, printed)
            return words_of(printed)
        if kind in ("", "string"):
            return words_of(printed)
        return words_of(self._shown(cell, kind, printed, row, column))

    def _shown(self, cell: Element, kind: str, printed: str, row: int, column: int) -> str:
        """What the cell shows of a value that is no text."""
        look = self.styles.look(cell.get(STYLE) or self._default(column))
        if kind == "boolean" or look.kind is Kind.PRINTED:
            return printed
        value = _value(cell, kind)
        if value is None:
            self.builder.meet(Met.IMPOSSIBLE, row, column, printed)
            return printed
        if kind in ("date", "time"):
            form = look.format if look.kind is Kind.DATE else DAY if kind == "date" else TIME
            return form.shown(value) or printed
        # What a plain number shows hangs on the width of its column; a word such as TRUE stays.
        return look.format.shown(value) or "" if look.kind is Kind.GENERAL and finite(printed) is not None else printed

    def _default(self, column: int) -> str:
        index = bisect_left(self._lasts, column)
        return self._defaults[index] if index < len(self._defaults) else ""

    def _note(self, note: Element, row: int, column: int, cell: Element) -> None:
        """A note on the cell as a remark."""
        found = {local_name(part): tidy(part.text or "") for part in note if local_name(part) in ("creator", "date")}
        text = tidy(" ".join(text_within(part) for part in note if local_name(part) in ("p", "list")))
        if text:
            words = tidy(" ".join(text_within(part) for part in cell if local_name(part) == "p"))
            more = {"words": words, "author": found.get("creator", ""), "date": found.get("date", "")}
            self.builder.remark(RemarkKind.COMMENT, text, row, column, **more)


def count_of(written: str | None) -> int:
    """How often an element stands for itself; once where it does not say so sensibly."""
    sensible = written and written.isascii() and written.isdigit() and len(written) <= 9
    return max(int(written or 1), 1) if sensible else 1


def shown_as(element: Element) -> Shown:
    """Whether a row or column is seen. Those of a closed group are marked as hidden too."""
    visibility = element.get(VISIBILITY)
    if visibility == "filter":
        return Shown.FILTERED
    if visibility == "collapse":
        grouped = any(local_name(above).endswith("-group") for above in element.iterancestors())
        return Shown.COLLAPSED if grouped else Shown.HIDDEN
    return Shown.SEEN


def text_within(element: Element) -> str:
    """The words of a paragraph: runs of blanks, tabs and line breaks are elements of their own in this format."""
    return "".join(_pieces(element))


def _pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = local_name(child)
        if name == "s":
            yield " " * min(count_of(attribute(child, "c")), MOST_BLANKS)
        elif name == "tab":
            yield " "
        elif name == "line-break":
            yield "\n"
        elif name not in SILENT:
            yield from _pieces(child)
        yield child.tail or ""


def _value(cell: Element, kind: str) -> float | None:
    """The cell's value as a spreadsheet's number: a date as its day, a time as part of a day."""
    if kind == "date":
        try:
            moment = datetime.fromisoformat(cell.get(DATE, "").removesuffix("Z"))
        except ValueError:
            return None
        return (moment.replace(tzinfo=None) - DAY_NOUGHT).total_seconds() / SECONDS_A_DAY
    if kind == "time":
        found = DURATION.match(cell.get(TIME_VALUE, ""))
        if not found:
            return None
        days, hours, minutes, seconds = (float(part or 0) for part in found.groups()[1:])
        value = days + hours / 24 + minutes / 1440 + seconds / SECONDS_A_DAY
        return -value if found[1] else value
    return finite(cell.get(VALUE, "")) if kind in ("float", "percentage", "currency") else None
