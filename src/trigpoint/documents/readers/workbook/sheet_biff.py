"""One sheet of an .xls file, record by record ([MS-XLS] 2.4) → its filled cells."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from math import isfinite

from trigpoint.documents.markup import tidy
from trigpoint.documents.readers.workbook.sheet_biff_strings import Segments, long_text
from trigpoint.documents.readers.workbook.sheet_builder import Met, SheetBuilder
from trigpoint.documents.readers.workbook.sheet_content import Merge, Shown
from trigpoint.documents.readers.workbook.sheet_hidden import shortened
from trigpoint.documents.readers.workbook.sheet_merges import words_at
from trigpoint.documents.readers.workbook.sheet_notes import without_author
from trigpoint.documents.readers.workbook.sheet_values import CellValues
from trigpoint.documents.readers.workbook.sheet_words import Words, plain, words_of
from trigpoint.plans.document import RemarkKind
from trigpoint.wording import listed

BOF, EOF, CONTINUE = 0x809, 0x0A, 0x3C
OBJECT, OBJECT_TEXT = 0x5D, 0x1B6
NOTE_OBJECT = 0x19
OBJECTS = {5: "charts", 6: "boxes of text", 8: "pictures", 0x1E: "drawings"}
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
TEXT_RESULT, TRUTH_RESULT, ERROR_RESULT = 0, 1, 2


def records(data: bytes, at: int = 0) -> Iterator[tuple[int, bytes]]:
    """The records from a place in the stream on: number and data. A record that breaks off ends them."""
    size = len(data)
    while at + 4 <= size:
        kind, length = struct.unpack_from("<HH", data, at)
        if at + 4 + length > size:
            return
        yield kind, data[at + 4 : at + 4 + length]
        at += 4 + length


@dataclass(slots=True)
class BiffSheet:
    """Reads the records of one sheet into a builder. ``encoding`` is "" since Excel 97."""

    builder: SheetBuilder
    values: CellValues
    shared: Sequence[Words]
    encoding: str
    header: str = ""
    footer: str = ""
    _cells: dict[int, list[tuple[int, Words]]] = field(default_factory=dict)
    _rows: dict[int, Shown] = field(default_factory=dict)
    _filled: int = 0
    _filtered: bool = False
    _awaiting: tuple[int, int] | None = None
    _object: tuple[int, int] = (0, 0)
    _notes: dict[int, str] = field(default_factory=dict)
    _drawn: set[str] = field(default_factory=set)
    _boxes: list[str] = field(default_factory=list)
    _left: list[tuple[int, int, str, str]] = field(default_factory=list)

    def read(self, data: bytes, at: int) -> int:
        """The sheet whose first record stands at this place of the stream; how many bytes it has."""
        takes = self._takers()
        depth = size = 0
        text: list[bytes] | None = None
        try:
            for kind, record in records(data, at):
                size += 4 + len(record)
                if kind == BOF:
                    depth += 1
                    if depth > 1:
                        self._drawn.add("charts")
                elif kind == EOF:
                    depth -= 1
                    if depth <= 0:
                        break
                elif depth == 1:
                    if kind == CONTINUE:
                        if text is not None:
                            text.append(record)
                        continue
                    if text is not None:
                        self._take_text(text)
                        text = None
                    if kind == OBJECT_TEXT:
                        text = [record]
                    elif take := takes.get(kind):
                        take(record)
        except (struct.error, IndexError):
            raise self.builder.damaged("one of its records breaks off") from None
        self._finish()
        return size

    def _takers(self) -> dict[int, Callable[[bytes], None]]:
        return {
            0x203: self._take_number,
            0x27E: self._take_small_number,
            0xBD: self._take_small_numbers,
            0xFD: self._take_shared,
            0x204: self._take_label,
            0xD6: self._take_label,
            0x205: self._take_truth,
            0x06: self._take_formula,
            0x207: self._take_result,
            0x208: self._take_row,
            0x7D: self._take_columns,
            0xE5: self._take_merges,
            0x9B: self._take_filter,
            0x1C: self._take_note,
            0x14: self._take_header,
            0x15: self._take_footer,
            OBJECT: self._take_object,
        }

    def _put(self, row: int, column: int, words: Words) -> None:
        if words.paragraphs:
            self._cells.setdefault(row + 1, []).append((column + 1, words))
            self._filled += 1
            if self._filled > self.builder.budget.cells:
                self.builder.budget.spend(self._filled)

    def _number(self, row: int, column: int, style: int, value: float) -> None:
        written = value if isfinite(value) else str(value)
        words = self.values.number(written, style, self.builder, row + 1, column + 1)
        self._put(row, column, words)

    def _take_number(self, record: bytes) -> None:
        row, column, style, value = struct.unpack_from("<HHHd", record)
        self._number(row, column, style, value)

    def _take_small_number(self, record: bytes) -> None:
        row, column, style, value = struct.unpack_from("<HHHI", record)
        self._number(row, column, style, small_number(value))

    def _take_small_numbers(self, record: bytes) -> None:
        row, column = struct.unpack_from("<HH", record)
        for index in range((len(record) - 6) // 6):
            style, value = struct.unpack_from("<HI", record, 4 + 6 * index)
            self._number(row, column + index, style, small_number(value))

    def _take_shared(self, record: bytes) -> None:
        row, column, _, index = struct.unpack_from("<HHHI", record)
        if index >= len(self.shared):
            raise self.builder.lacks_words(row + 1, column + 1)
        self._put(row, column, self.shared[index])

    def _take_label(self, record: bytes) -> None:
        row, column = struct.unpack_from("<HH", record)
        self._put(row, column, words_of(long_text(record, 6, self.encoding)))

    def _take_truth(self, record: bytes) -> None:
        row, column, _, value, error = struct.unpack_from("<HHHBB", record)
        self._put(row, column, self._error(row, column, value) if error else _truth(value))

    def _take_formula(self, record: bytes) -> None:
        row, column, style = struct.unpack_from("<HHH", record)
        result = record[6:14]
        if result[6:] != b"\xff\xff":
            self._number(row, column, style, struct.unpack("<d", result)[0])
        elif result[0] == TEXT_RESULT:
            self._awaiting = (row, column)
        elif result[0] in (TRUTH_RESULT, ERROR_RESULT):
            error = result[0] == ERROR_RESULT
            self._put(row, column, self._error(row, column, result[2]) if error else _truth(result[2]))

    def _take_result(self, record: bytes) -> None:
        """The text that a formula gave: it follows the formula."""
        if self._awaiting:
            self._put(*self._awaiting, words_of(long_text(record, 0, self.encoding)))
            self._awaiting = None

    def _error(self, row: int, column: int, code: int) -> Words:
        words = ERRORS.get(code, "#ERROR!")
        self.builder.meet(Met.ERROR, row + 1, column + 1, words)
        return plain(words)

    def _take_row(self, record: bytes) -> None:
        (row,) = struct.unpack_from("<H", record)
        (flags,) = struct.unpack_from("<H", record, 12)
        if flags & 0x20:
            self._rows[row + 1] = Shown.COLLAPSED if flags & 0x07 else Shown.HIDDEN

    def _take_columns(self, record: bytes) -> None:
        first, last, _, _, flags = struct.unpack_from("<5H", record)
        if flags & 0x01:
            shown = Shown.COLLAPSED if flags & 0x0700 else Shown.HIDDEN
            self.builder.columns_out_of_sight(first + 1, last + 1, shown)

    def _take_merges(self, record: bytes) -> None:
        (count,) = struct.unpack_from("<H", record)
        for index in range(min(count, (len(record) - 2) // 8)):
            top, bottom, left, right = struct.unpack_from("<4H", record, 2 + 8 * index)
            self.builder.merge(Merge(top + 1, left + 1, bottom + 1, right + 1))

    def _take_filter(self, _: bytes) -> None:
        self._filtered = True

    def _take_header(self, record: bytes) -> None:
        self.header = long_text(record, 0, "") if record and not self.encoding else ""

    def _take_footer(self, record: bytes) -> None:
        self.footer = long_text(record, 0, "") if record and not self.encoding else ""

    def _take_object(self, record: bytes) -> None:
        """An object that lies on the cells: its kind and number."""
        if len(record) >= 8 and record[:2] == b"\x15\x00":
            self._object = struct.unpack_from("<HH", record, 4)
            if drawn := OBJECTS.get(self._object[0]):
                self._drawn.add(drawn)

    def _take_text(self, parts: list[bytes]) -> None:
        """The words in the object before: of a note, or of a box."""
        (length,) = struct.unpack_from("<H", parts[0], 10)
        segments = Segments(parts[1:])
        text = segments.characters(length, segments.take(1) > b"\x00") if length else ""
        if self._object[0] == NOTE_OBJECT:
            self._notes[self._object[1]] = text
        elif tidy(text):
            self._drawn.add("boxes of text")
            self._boxes.append(tidy(text))

    def _take_note(self, record: bytes) -> None:
        row, column, third, number = struct.unpack_from("<4H", record)
        if self.encoding:
            self._left.append((row + 1, column + 1, record[6 : 6 + third].decode(self.encoding, "replace"), ""))
        else:
            author = tidy(long_text(record, 8, ""))
            self._left.append((row + 1, column + 1, self._notes.get(number, ""), author))

    def _finish(self) -> None:
        for row, cells in self._cells.items():
            shown = self._rows.pop(row, Shown.SEEN)
            self.builder.add(row, cells, Shown.FILTERED if self._filtered and shown is Shown.HIDDEN else shown)
        for row in sorted(self._rows):
            self.builder.pass_unseen(row, row)
        for row, column, written, author in self._left:
            if text := without_author(tidy(written), author):
                words = words_at(self.builder.rows, row, column).text
                self.builder.remark(RemarkKind.COMMENT, text, row, column, words=words, author=author)
        if self._drawn:
            text = f"On this sheet lie {listed(sorted(self._drawn))}, which are not read"
            self.builder.remark(RemarkKind.UNREAD, text, words=shortened(" · ".join(self._boxes)))


def small_number(value: int) -> float:
    """A number in Excel's short form: 30 bits of a whole number or of a floating one, perhaps hundredths.

    >>> small_number(0x00000006), small_number(0x3FF00001)
    (1.0, 0.01)
    """
    if value & 0x02:
        number = float((value - (1 << 32) if value & 0x80000000 else value) >> 2)
    else:
        number = float(struct.unpack("<d", struct.pack("<Q", (value & 0xFFFFFFFC) << 32))[0])
    return number / 100 if value & 0x01 else number


def _truth(value: int) -> Words:
    return plain("TRUE" if value else "FALSE")
