"""Bytes of a workbook (.xlsx, .xlsm, .xlsb, .xls, .ods) → ``Document``: what people see of its sheets, in their order.

A cell's words are what Excel shows in it: percentages, currency and thousands as formatted, dates written out in
British form as far as the format shows them ("30 June 2026", "June 2026"), general numbers in full.

Hidden sheets, rows and columns are no part of the plan that people see: they are left out, and a remark says of each
how much it holds and how it begins. Rows that a filter or a closed group keeps out of sight are read, and that is
said: the author works with them and has merely folded them away. Notes, macros, links, formula errors and whatever
is not read are remarked on with their place.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from trigpoint.documents.readers.format import OLE
from trigpoint.documents.readers.limits import Progress
from trigpoint.documents.readers.package import open_package
from trigpoint.documents.readers.workbook.ods import read_ods
from trigpoint.documents.readers.workbook.sheet_blocks import SheetBlocks
from trigpoint.documents.readers.workbook.sheet_content import SheetState, WorkbookContent
from trigpoint.documents.readers.workbook.sheet_hidden import hidden_parts, hidden_sheet
from trigpoint.documents.readers.workbook.sheet_merges import settled
from trigpoint.documents.readers.workbook.xls import read_xls
from trigpoint.documents.readers.workbook.xlsb import read_xlsb
from trigpoint.documents.readers.workbook.xlsx import read_xlsx
from trigpoint.errors import InputError, Where
from trigpoint.plans.document import Block, BlockKind, Document, Format, Remark

MIMETYPE = "mimetype"
"""The part with which every OpenDocument file begins, and no Excel file has."""


def parse_workbook(data: bytes, name: str, progress: Progress | None = None) -> Document:
    """The document in the bytes of a workbook.

    Each sheet begins with a blank block with its name in ``origin.sheet``; then come its filled rows as table rows,
    with one blank block for empty rows between them. ``progress`` is told kilobytes. Raises ``InputError`` when the
    file is damaged, protected or too large, or when it holds no words that people see.
    """
    with _collection_paused():
        if data.startswith(OLE):
            return _document(read_xls(data, name, progress), name, Format.EXCEL)
        package = open_package(data, name)
        if MIMETYPE in package:
            return _document(read_ods(package, progress), name, Format.OPEN_DOCUMENT)
        read = read_xlsb if package.main_part.casefold().endswith(".bin") else read_xlsx
        return _document(read(package, progress), name, Format.EXCEL)


@contextmanager
def _collection_paused() -> Iterator[None]:
    """Python looks for cycles again and again while a million cells are made that have none: half of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _document(content: WorkbookContent, name: str, kind: Format) -> Document:
    where = Where(name)
    written = SheetBlocks(where)
    remarks: list[Remark] = [*content.remarks]
    for sheet in content.sheets:
        if sheet.state is SheetState.VISIBLE:
            seen = settled(sheet)
            remarks.extend((*written.add(seen), *hidden_parts(seen)))
        else:
            remarks.append(hidden_sheet(sheet))
        remarks.extend(sheet.remarks)
    blocks = tuple(written.blocks)
    if not any(block.kind is BlockKind.TABLE_ROW for block in blocks):
        raise _without_words(content, where)
    return Document(name, blocks, kind, _placed(remarks, blocks), content.properties)


def _without_words(content: WorkbookContent, where: Where) -> InputError:
    if any(sheet.rows for sheet in content.sheets):
        what = "all cells of the workbook that hold words are hidden"
        return InputError(what, where=where, remedy="unhide the sheet with the plan and save it again")
    return InputError("the workbook is empty", where=where, remedy="give a workbook with words in its cells")


def _placed(remarks: list[Remark], blocks: tuple[Block, ...]) -> tuple[Remark, ...]:
    """The remarks with the line of the block that their cell stands in; those on what has no block keep their place."""
    wanted = {(remark.origin.sheet, remark.origin.row) for remark in remarks if remark.origin.row}
    lines: dict[tuple[str, int | None, int | None], int | None] = {}
    for block in blocks:
        if block.cells and (block.origin.sheet, block.origin.row) in wanted:
            lines.setdefault((block.origin.sheet, block.origin.row, None), block.origin.line)
            for cell in block.cells:
                lines[cell.origin.sheet, cell.origin.row, cell.origin.column] = block.origin.line
    return tuple(
        replace(remark, origin=replace(remark.origin, line=lines.get((place.sheet, place.row, place.column))))
        if (place := remark.origin).row
        else remark
        for remark in remarks
    )
