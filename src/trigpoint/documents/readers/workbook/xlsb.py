"""Binary Excel workbooks (.xlsb) → their sheets ([MS-XLSB])."""

from __future__ import annotations

import struct

from trigpoint.documents.markup import tidy
from trigpoint.documents.readers.limits import MAXIMUM_CELLS, Progress
from trigpoint.documents.readers.package import Package
from trigpoint.documents.readers.workbook.parts import Dialect, Parts, SheetEntry, Told, read_parts
from trigpoint.documents.readers.workbook.sheet_binary import BinarySheet
from trigpoint.documents.readers.workbook.sheet_builder import SheetBuilder
from trigpoint.documents.readers.workbook.sheet_content import SheetState, WorkbookContent
from trigpoint.documents.readers.workbook.sheet_formats import BUILT_IN, CellFormat, cell_format
from trigpoint.documents.readers.workbook.sheet_notes import Note, without_author
from trigpoint.documents.readers.workbook.sheet_records import part_records, wide_text
from trigpoint.documents.readers.workbook.sheet_stream import unheard
from trigpoint.documents.readers.workbook.sheet_values import CellValues
from trigpoint.documents.readers.workbook.sheet_words import Words, words_of
from trigpoint.errors import InputError
from trigpoint.plans.document import column_letters

SHEET, PROPERTIES = 156, 153
SHARED_TEXT = 19
FORMAT, STYLE, STYLES_BEGIN, STYLES_END = 44, 47, 617, 618
AUTHOR, NOTE, NOTE_TEXT = 632, 635, 637
STATES = {1: SheetState.HIDDEN, 2: SheetState.VERY_HIDDEN}


def read_xlsb(package: Package, progress: Progress | None) -> WorkbookContent:
    """The sheets of a workbook, shown and hidden, in their order."""
    try:
        return read_parts(package, BINARY, progress)
    except (struct.error, IndexError):
        raise package.damaged("one of its records breaks off") from None


def _listed(parts: Parts) -> tuple[list[SheetEntry], bool]:
    entries = []
    from_1904 = False
    for kind, record in part_records(parts.package, parts.part, unheard):
        if kind == PROPERTIES:
            from_1904 = bool(record[0] & 0x01)
        elif kind == SHEET:
            (state,) = struct.unpack_from("<I", record)
            link, at = wide_text(record, 8)
            name, _ = wide_text(record, at)
            entries.append(parts.entry(name, STATES.get(state, SheetState.VISIBLE), link))
    return entries, from_1904


def _texts(package: Package, part: str, told: Told) -> list[Words]:
    texts: list[Words] = []
    for kind, record in part_records(package, part, told):
        if kind == SHARED_TEXT:
            if len(texts) >= MAXIMUM_CELLS:
                what = f"the workbook has more than {MAXIMUM_CELLS:,} different texts"
                remedy = "leave out sheets of data that are no part of the plan"
                raise InputError(what, where=package.where, remedy=remedy)
            texts.append(words_of(wide_text(record, 1)[0]))
    return texts


def _formats(package: Package, part: str) -> list[CellFormat]:
    codes = dict(BUILT_IN)
    numbers: list[int] = []
    of_cells = False
    for kind, record in part_records(package, part, unheard):
        if kind == FORMAT:
            codes[struct.unpack_from("<H", record)[0]] = wide_text(record, 2)[0]
        elif kind in (STYLES_BEGIN, STYLES_END):
            of_cells = kind == STYLES_BEGIN
        elif kind == STYLE and of_cells:
            numbers.append(struct.unpack_from("<H", record, 2)[0])
    return [cell_format(codes.get(number, "")) for number in numbers]


def _notes(package: Package, part: str) -> list[Note]:
    authors: list[str] = []
    notes: list[Note] = []
    place = ("", "")
    for kind, record in part_records(package, part, unheard):
        if kind == AUTHOR:
            authors.append(tidy(wide_text(record, 0)[0]))
        elif kind == NOTE:
            author, row, _, column = struct.unpack_from("<4I", record)
            place = (f"{column_letters(column + 1)}{row + 1}", authors[author] if author < len(authors) else "")
        elif kind == NOTE_TEXT:
            notes.append(Note(*place, without_author(tidy(wide_text(record, 1)[0]), place[1])))
    return notes


def _sheet(
    parts: Parts, entry: SheetEntry, builder: SheetBuilder, values: CellValues, shared: list[Words]
) -> tuple[str, str]:
    reader = BinarySheet(builder, values, shared)
    reader.read(parts.package, entry.part, parts.told)
    return reader.header, reader.footer


BINARY = Dialect("xl/workbook.bin", _listed, _texts, _formats, _notes, _sheet)
