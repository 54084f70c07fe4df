"""Workbooks of Excel 5 to 2003 (.xls) → their sheets."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from trigpoint.documents.markup import tidy
from trigpoint.documents.readers.limits import MAXIMUM_CELLS, MAXIMUM_LINE, Progress
from trigpoint.documents.readers.workbook.compound import Compound, code_page
from trigpoint.documents.readers.workbook.sheet_biff import BOF, CONTINUE, EOF, BiffSheet, records
from trigpoint.documents.readers.workbook.sheet_biff_strings import long_text, shared_texts, short_text
from trigpoint.documents.readers.workbook.sheet_builder import Budget, SheetBuilder
from trigpoint.documents.readers.workbook.sheet_content import SheetContent, SheetState, WorkbookContent
from trigpoint.documents.readers.workbook.sheet_formats import BUILT_IN, cell_format
from trigpoint.documents.readers.workbook.sheet_headers import headers
from trigpoint.documents.readers.workbook.sheet_values import CellValues
from trigpoint.documents.readers.workbook.sheet_words import words_of
from trigpoint.errors import InputError
from trigpoint.plans.document import Origin, Remark, RemarkKind

EXCEL_97, EXCEL_5 = 0x0600, 0x0500
PASSWORD, SHARED, SHEET, FORMAT, STYLE = 0x2F, 0xFC, 0x85, 0x41E, 0xE0
CODE_PAGE, DATE_MODE, LINKED_BOOK = 0x42, 0x22, 0x1AE
STATES = {1: SheetState.HIDDEN, 2: SheetState.VERY_HIDDEN}
WORKSHEET, MACRO_SHEET, CHART_SHEET = 0, 1, 2
LINKED = "The file is linked to something outside it, which was not fetched"


@dataclass(slots=True)
class Globals:
    """What the file says before its sheets."""

    encoding: str = ""
    from_1904: bool = False
    sheets: list[tuple[int, int, int, str]] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=lambda: dict(BUILT_IN))
    styles: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


def read_xls(data: bytes, name: str, progress: Progress | None) -> WorkbookContent:
    """The sheets of a workbook, shown and hidden, in their order."""
    compound = Compound(data, name)
    stream = compound.stream("Workbook", "Book")
    if stream is None:
        raise compound.damaged("it holds no workbook")
    try:
        found = _globals(compound, stream)
    except (struct.error, IndexError):
        raise compound.damaged("one of its records breaks off") from None
    remarks = [Remark(RemarkKind.EXTERNAL_LINK, LINKED, Origin(), link) for link in found.links]
    if any(entry.name == "_vba_project_cur" for entry in compound.entries):
        remarks.insert(0, Remark(RemarkKind.MACRO, "The file carries macros; they were not run", Origin()))
    values = CellValues([cell_format(found.codes.get(code, "")) for code in found.styles], found.from_1904)
    shared = [words_of(text) for text in found.texts]
    budget = Budget(compound.where)
    sheets: list[SheetContent] = []
    read: list[BiffSheet] = []
    passed = 0
    for index, (at, state, kind, title) in enumerate(found.sheets):
        if progress:
            progress(index, len(found.sheets))
        if kind != WORKSHEET:
            remarks.extend(_unread(kind, title))
            continue
        builder = SheetBuilder(title, STATES.get(state, SheetState.VISIBLE), budget)
        read.append(BiffSheet(builder, values, shared, found.encoding))
        passed += read[-1].read(stream, at)
        if passed > len(stream):
            raise compound.damaged("its sheets lie over each other")
        sheets.append(builder.finish())
    if progress:
        progress(len(found.sheets), len(found.sheets))
    shown = [sheet for sheet in read if sheet.builder.state is SheetState.VISIBLE]
    properties = {**compound.properties(), **headers((one.header for one in shown), (one.footer for one in shown))}
    return WorkbookContent(tuple(sheets), tuple(remarks), properties)


def _unread(kind: int, title: str) -> list[Remark]:
    origin = Origin(sheet=title)
    if kind == CHART_SHEET:
        return [Remark(RemarkKind.UNREAD, f"The sheet {title} is a chart, which is not read", origin)]
    if kind == MACRO_SHEET:
        text = f"The sheet {title} holds macros of Excel 4; they were neither read nor run"
        return [Remark(RemarkKind.MACRO, text, origin)]
    return []


def _globals(compound: Compound, stream: bytes) -> Globals:
    found = Globals()
    collected: list[bytes] | None = None
    for kind, record in records(stream):
        if kind == CONTINUE and collected is not None:
            collected.append(record)
            continue
        if collected is not None:
            found.texts = shared_texts(collected, lambda text: _check(compound, text, found))
            collected = None
        if kind == BOF:
            found.encoding = _encoding(compound, record)
        elif kind == PASSWORD:
            remedy = "remove the password and save it again"
            raise InputError("the file is protected by a password", where=compound.where, remedy=remedy)
        elif kind == SHARED:
            collected = [record]
        elif kind == EOF:
            break
        else:
            _take(found, kind, record)
    return found


def _encoding(compound: Compound, record: bytes) -> str:
    """The encoding of texts: "" since Excel 97, where each text says it itself."""
    (version,) = struct.unpack_from("<H", record)
    if version not in (EXCEL_97, EXCEL_5):
        what = "this is a workbook of Excel 4 or older"
        raise InputError(what, where=compound.where, remedy="open it in Excel and save it as .xlsx")
    return "" if version == EXCEL_97 else "cp1252"


def _take(found: Globals, kind: int, record: bytes) -> None:
    if kind == SHEET:
        at, state, sort = struct.unpack_from("<IBB", record)
        found.sheets.append((at, state & 0x03, sort, tidy(short_text(record, 6, found.encoding))))
    elif kind == FORMAT:
        text = short_text(record, 2, found.encoding) if found.encoding else long_text(record, 2, "")
        found.codes[struct.unpack_from("<H", record)[0]] = text
    elif kind == STYLE:
        found.styles.append(struct.unpack_from("<H", record, 2)[0])
    elif kind == DATE_MODE:
        found.from_1904 = record[:1] == b"\x01"
    elif kind == CODE_PAGE and found.encoding:
        found.encoding = code_page(struct.unpack_from("<H", record)[0])
    elif (
        kind == LINKED_BOOK
        and not found.encoding
        and len(record) > 4
        and record[3] != 0x04
        and record[2:4] != b"\x01\x3a"
    ):
        found.links.append(tidy(long_text(record, 2, "")))


def _check(compound: Compound, text: str, found: Globals) -> None:
    if len(text) > MAXIMUM_LINE:
        what = f"a cell of the workbook holds more than {MAXIMUM_LINE:,} characters"
        raise InputError(what, where=compound.where, remedy="split it over several cells")
    if len(found.texts) > MAXIMUM_CELLS:
        what = f"the workbook has more than {MAXIMUM_CELLS:,} different texts"
        raise InputError(what, where=compound.where, remedy="leave out sheets of data that are no part of the plan")
