"""Workbooks (.xls, .xlsx, .xlsb, .ods) as sheets of cells, by a reader that ignores the size a sheet declares."""

from __future__ import annotations

import io

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from trigpoint.errors import InputError
from trigpoint.releases.files.sheet import Cell, Sheet

DAMAGED = "the workbook is damaged or cut short"
AGAIN = "download it again"


def sheets_of(data: bytes, name: str) -> tuple[Sheet, ...]:
    """The work sheets in order. Raises ``InputError`` for a damaged or locked workbook, here or when rows are read."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        found = list(book.sheets_metadata)
    except BaseException as error:  # a fault of the parser in Rust arrives as no Exception
        raise _refused(error, name) from None
    return tuple(
        Sheet(
            sheet.name,
            visible=sheet.visible == SheetVisibleEnum.Visible,
            rows_of=lambda title=sheet.name: _rows(book, title, name),  # type: ignore[misc]
        )
        for sheet in found
        if sheet.typ == SheetTypeEnum.WorkSheet
    )


def _rows(book: CalamineWorkbook, title: str, name: str) -> list[list[Cell]]:
    try:
        return book.get_sheet_by_name(title).to_python(skip_empty_area=False)
    except BaseException as error:
        raise _refused(error, f"{name}, sheet {title}") from None


def _refused(error: BaseException, where: str) -> InputError:
    if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
        raise error
    if "password" in str(error).lower() or "encrypt" in str(error).lower():
        return InputError("the workbook is locked with a password", where=where, remedy="save it without")
    return InputError(DAMAGED, where=where, remedy=AGAIN)
