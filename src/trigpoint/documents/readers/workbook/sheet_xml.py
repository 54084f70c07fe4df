"""The XML of one Excel worksheet → its filled cells, in one pass.

Excel's own values are read, never its formulas: a formula shows what it gave when the file was last calculated.
Rows that are hidden by a filter or a closed group are told from rows that somebody hid.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from trigpoint.documents.readers.package import Element, Package, local_name
from trigpoint.documents.readers.workbook.sheet_builder import Met, SheetBuilder
from trigpoint.documents.readers.workbook.sheet_content import (
    LAST_COLUMN,
    LAST_ROW,
    Merge,
    Shown,
    column_number,
)
from trigpoint.documents.readers.workbook.sheet_stream import elements
from trigpoint.documents.readers.workbook.sheet_strings import rich_text, unescaped
from trigpoint.documents.readers.workbook.sheet_values import CellValues
from trigpoint.documents.readers.workbook.sheet_words import EMPTY, Words, plain, words_of

ELEMENTS = ("row", "mergeCell", "col", "autoFilter", "sheetPr", "oddHeader", "oddFooter")
TRUE = frozenset(("1", "true"))
REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})(?::\$?([A-Za-z]{1,3})\$?(\d{1,7}))?$")
MOST_FILTERS = 100
DIGITS = "0123456789"
LINK = re.compile(r'=?\s*HYPERLINK\(\s*"((?:[^"]|"")*)"\s*(?:,\s*"((?:[^"]|"")*)"\s*)?\)\s*$')


@dataclass(slots=True)
class WorksheetReader:
    """Reads one worksheet part into a builder."""

    builder: SheetBuilder
    values: CellValues
    shared: Sequence[Words]
    header: str = ""
    footer: str = ""
    filters: list[Merge] = field(default_factory=list)
    _columns: dict[str, int] = field(default_factory=dict)
    _row: int = 0
    _names: tuple[str, str, str] = ("", "", "")

    def read(self, package: Package, part: str, told: Callable[[int], None]) -> None:
        """All of the part; rows behind the filters of the sheet and of ``filters`` are marked as such."""
        for element in elements(package, part, ELEMENTS, told):
            name = local_name(element)
            if name == "row":
                self._read_row(element)
            elif name == "mergeCell":
                if merge := area(element.get("ref", "")):
                    self.builder.merge(merge)
            elif name == "col":
                self._read_column(element)
            elif name == "oddHeader":
                self.header = element.text or ""
            elif name == "oddFooter":
                self.footer = element.text or ""
            else:
                self._read_filter(name, element)
        self.builder.mark_filtered(self.filters)

    def _read_row(self, row: Element) -> None:
        if not self._names[0]:
            space = row.tag[: -len("row")]
            self._names = (f"{space}v", f"{space}f", f"{space}is")
        written = row.get("r")
        if written is None:
            number = self._row + 1
        elif written.isascii() and written.isdigit() and len(written) <= len(str(LAST_ROW)):
            number = int(written)
        else:
            raise self.builder.damaged(f"it has a row numbered “{written[:20]}”")
        self._row = number
        shown = Shown.SEEN
        if row.get("hidden") in TRUE:
            shown = Shown.COLLAPSED if row.get("outlineLevel", "0") != "0" else Shown.HIDDEN
        self.builder.add(number, self._cells(row, number), shown)

    def _cells(self, row: Element, number: int) -> list[tuple[int, Words]]:
        """The filled cells of a row. Shared texts and numbers met before are nearly all: they are taken right here."""
        cells: list[tuple[int, Words]] = []
        column = 0
        columns, shared, known, value_name = self._columns, self.shared, self.values.known, self._names[0]
        for cell in row:
            written = cell.get("r")
            if written is None:
                column += 1
            else:
                name = written.rstrip(DIGITS)
                column = columns.get(name) or self._column(name, written)
            if not len(cell):
                continue
            words: Words | None = None
            last = cell[-1]
            if last.tag == value_name:
                value, kind = last.text, cell.get("t")
                if kind is None or kind == "n":
                    words = known.get((cell.get("s"), value))
                elif (
                    kind == "s"
                    and value
                    and value.isdecimal()
                    and len(value) < 10
                    and (index := int(value)) < len(shared)
                ):
                    words = shared[index]
            words = words or self._words(cell, number, column)
            if words.paragraphs:
                cells.append((column, words))
        return cells

    def _column(self, name: str, written: str) -> int:
        column = column_number(name)
        if not column:
            raise self.builder.damaged(f"it has a cell “{written[:20]}”, and no sheet has such a cell")
        self._columns[name] = column
        return column

    def _words(self, cell: Element, row: int, column: int) -> Words:
        """What the cell shows. The value stands last in nearly every cell; everything else is looked at only then."""
        last = cell[-1]
        value = last.text if last.tag == self._names[0] else self._value(cell)
        kind = cell.get("t", "n")
        if not value:
            return self._without_value(cell, kind, row, column)
        if kind == "s":
            return self._shared(value, row, column)
        if kind in ("n", "d"):
            return self.values.number(value, cell.get("s"), self.builder, row, column)
        if kind == "b":
            return plain("TRUE" if value.strip() in TRUE else "FALSE")
        if kind == "e":
            self.builder.meet(Met.ERROR, row, column, value[:20])
            return words_of(value[:20])
        return words_of(unescaped(self.builder.checked(value, row, column)))

    def _without_value(self, cell: Element, kind: str, row: int, column: int) -> Words:
        """A formula that has never been calculated, except that of a link, which says what it shows."""
        formula = next((child for child in cell if child.tag == self._names[1]), None)
        if formula is None or (kind == "str" and any(child.tag == self._names[0] for child in cell)):
            return EMPTY
        if link := LINK.match(formula.text or ""):
            return words_of((link[2] or link[1]).replace('""', '"'))
        self.builder.meet(Met.UNCALCULATED, row, column)
        return EMPTY

    def _value(self, cell: Element) -> str | None:
        """The value of a cell that has other elements after it, or that holds its text itself."""
        for child in cell:
            if child.tag == self._names[0]:
                return str(child.text or "")
            if child.tag == self._names[2]:
                return rich_text(child)
        return None

    def _shared(self, written: str, row: int, column: int) -> Words:
        try:
            index = int(written)
            if index >= 0:
                return self.shared[index]
        except (ValueError, IndexError):
            pass
        raise self.builder.lacks_words(row, column)

    def _read_column(self, element: Element) -> None:
        first, last = whole_number(element.get("min")), whole_number(element.get("max"))
        hidden = element.get("hidden") in TRUE or element.get("width") == "0"
        if hidden:
            shown = Shown.COLLAPSED if element.get("outlineLevel", "0") != "0" else Shown.HIDDEN
            self.builder.columns_out_of_sight(first, last, shown)

    def _read_filter(self, name: str, element: Element) -> None:
        if name == "sheetPr" and element.get("filterMode") in TRUE:
            # An advanced filter leaves no other trace; an ordinary one is told more closely by its range.
            self.filters.append(Merge(1, 1, LAST_ROW, LAST_COLUMN))
        elif name == "autoFilter" and len(self.filters) < MOST_FILTERS and (found := active_filter(element)):
            self.filters = [one for one in self.filters if one.bottom < LAST_ROW] + [found]


def active_filter(element: Element) -> Merge | None:
    """The range of an ``autoFilter`` element that lets only some rows through."""
    if not any(local_name(child) == "filterColumn" for child in element):
        return None
    return area(element.get("ref", ""))


def area(reference: str) -> Merge | None:
    """The range that "A1:C5" or "B2" names, ``None`` for what names none.

    >>> area("B2:$D$9"), area("#REF!")
    (Merge(top=2, left=2, bottom=9, right=4), None)
    """
    found = REFERENCE.match(reference)
    if not found:
        return None
    left, top = column_number(found[1]), int(found[2])
    right, bottom = (column_number(found[3]), int(found[4])) if found[3] else (left, top)
    if not (left and right and 1 <= top <= LAST_ROW and 1 <= bottom <= LAST_ROW):
        return None
    return Merge(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def whole_number(written: str | None) -> int:
    """A small whole number of an attribute, 0 for anything else."""
    return int(written) if written and written.isascii() and written.isdigit() and len(written) <= 9 else 0
