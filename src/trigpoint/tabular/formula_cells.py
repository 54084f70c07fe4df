"""Formulas in a workbook that give no value: what reads the cells sees nothing there, and would take it for empty."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trigpoint.errors import InputError, Where
from trigpoint.tabular.merged_cells import MOST_TOLD, sheet_texts

_CELL = rb'<(?:\w+:)?c(?=\s)%s[^>]*\sr="([A-Z]{1,3})([0-9]{1,7})"[^>]*>'
_FAULT = re.compile(_CELL % rb'(?=[^>]*\st="e")' + rb"(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]{1,20})<", re.DOTALL)
_UNSOLVED = re.compile(
    _CELL
    % rb'(?![^>]*\st="(?:str|e)")'
    + rb"\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?"
    rb"\s*</(?:\w+:)?c>"
)


def formula_faults(data: bytes, file: str, sheets: set[str]) -> Iterator[InputError]:
    """What is told of formulas in the sheets that end in an error, or that were never calculated, by their cells.

    Excel stores with each formula what it gave; a program that only writes workbooks stores nothing. A formula that
    gives an empty text is no fault. The bytes have been found to be no bomb before; nothing is told of kinds of
    workbooks other than .xlsx.
    """
    for name, text in sheet_texts(data, sheets):
        yield from _of_sheet(text, file, name)


def _of_sheet(text: bytes, file: str, sheet: str) -> Iterator[InputError]:
    told = 0
    for pattern, calculated in ((_FAULT, True), (_UNSOLVED, False)):
        for found in pattern.finditer(text):
            told += 1
            if told > MOST_TOLD:
                return
            where = Where(file, sheet=sheet, row=int(found[2]), column=found[1].decode())
            if calculated:
                what = f"the formula gives {found[3].decode('ascii', 'replace')}"
                yield InputError(what, where=where, remedy="correct the formula, or write the number itself")
            else:
                remedy = "open the workbook in Excel and save it, or write the number itself"
                yield InputError("the formula has not been calculated", where=where, remedy=remedy)
