"""One sheet of a binary Excel package (.xlsb) → its filled cells."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import isfinite

from trigpoint.documents.readers.package import Package
from trigpoint.documents.readers.workbook.sheet_biff import ERRORS, small_number
from trigpoint.documents.readers.workbook.sheet_builder import Met, SheetBuilder
from trigpoint.documents.readers.workbook.sheet_content import LAST_COLUMN, Merge, Shown
from trigpoint.documents.readers.workbook.sheet_records import part_records, wide_text
from trigpoint.documents.readers.workbook.sheet_values import CellValues
from trigpoint.documents.readers.workbook.sheet_words import Words, plain, words_of

ROW, SMALL_NUMBER, ERROR, TRUTH, NUMBER, TEXT, SHARED = 0, 2, 3, 4, 5, 6, 7
TEXT_RESULT, TRUTH_RESULT, ERROR_RESULT = 8, 10, 11
RICH_TEXT, COLUMNS, FILTER, FILTERED_COLUMN, MERGED, HEADER_FOOTER = 62, 60, 161, 163, 176, 479
CELLS = frozenset(range(SMALL_NUMBER, ERROR_RESULT + 1)) | {RICH_TEXT}


@dataclass(slots=True)
class BinarySheet:
    """Reads the records of one sheet into a builder."""

    builder: SheetBuilder
    values: CellValues
    shared: Sequence[Words]
    header: str = ""
    footer: str = ""
    _row: int = 0
    _shown: Shown = Shown.SEEN
    _cells: list[tuple[int, Words]] = field(default_factory=list)
    _filter: Merge | None = None
    _filtered: bool = False

    def read(self, package: Package, part: str, told: Callable[[int], None]) -> None:
        """All records of the part."""
        try:
            for kind, record in part_records(package, part, told):
                if kind in CELLS:
                    self._take_cell(kind, record)
                elif kind == ROW:
                    self._take_row(record)
                elif kind == COLUMNS:
                    self._take_columns(record)
                elif kind == MERGED:
                    self.builder.merge(_area(record))
                elif kind == FILTER:
                    self._filter = _area(record)
                elif kind == FILTERED_COLUMN:
                    self._filtered = True
                elif kind == HEADER_FOOTER:
                    self.header, at = wide_text(record, 2)
                    self.footer, _ = wide_text(record, at)
        except (struct.error, IndexError):
            raise self.builder.damaged("one of its records breaks off") from None
        self._end_row()
        if self._filtered and self._filter:
            self.builder.mark_filtered([self._filter])

    def _take_row(self, record: bytes) -> None:
        self._end_row()
        row, flags = struct.unpack_from("<I7xB", record)
        self._row = row + 1
        grouped, hidden = flags & 0x07, flags & 0x10
        self._shown = (Shown.COLLAPSED if grouped else Shown.HIDDEN) if hidden else Shown.SEEN

    def _end_row(self) -> None:
        if self._row:
            self.builder.add(self._row, self._cells, self._shown)
        self._cells = []

    def _take_cell(self, kind: int, record: bytes) -> None:
        column, style = struct.unpack_from("<II", record)
        if not self._row or column >= LAST_COLUMN:
            raise self.builder.damaged("it has a cell where no sheet has one")
        words = self._words(kind, record, style & 0xFFFFFF, column + 1)
        if words.paragraphs:
            self._cells.append((column + 1, words))

    def _words(self, kind: int, record: bytes, style: int, column: int) -> Words:
        if kind == SHARED:
            (index,) = struct.unpack_from("<I", record, 8)
            if index >= len(self.shared):
                raise self.builder.lacks_words(self._row, column)
            return self.shared[int(index)]
        if kind in (TEXT, TEXT_RESULT):
            return words_of(wide_text(record, 8)[0])
        if kind == RICH_TEXT:
            return words_of(wide_text(record, 9)[0])
        if kind in (TRUTH, TRUTH_RESULT):
            return plain("TRUE" if record[8] else "FALSE")
        if kind in (ERROR, ERROR_RESULT):
            words = ERRORS.get(record[8], "#ERROR!")
            self.builder.meet(Met.ERROR, self._row, column, words)
            return plain(words)
        if kind == SMALL_NUMBER:
            value = small_number(struct.unpack_from("<I", record, 8)[0])
        else:
            (value,) = struct.unpack_from("<d", record, 8)
        return self.values.number(value if isfinite(value) else str(value), style, self.builder, self._row, column)

    def _take_columns(self, record: bytes) -> None:
        first, last, flags = struct.unpack_from("<II8xH", record)
        if flags & 0x01:
            shown = Shown.COLLAPSED if flags & 0x0700 else Shown.HIDDEN
            self.builder.columns_out_of_sight(first + 1, last + 1, shown)


def _area(record: bytes) -> Merge:
    top, bottom, left, right = struct.unpack_from("<4I", record)
    return Merge(top + 1, left + 1, bottom + 1, right + 1)
