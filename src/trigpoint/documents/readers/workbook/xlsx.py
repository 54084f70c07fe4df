"""Excel workbooks in XML (.xlsx, .xlsm) → their sheets."""

from __future__ import annotations

from trigpoint.documents.readers.limits import Progress
from trigpoint.documents.readers.package import Package, local_name
from trigpoint.documents.readers.workbook.parts import (
    UNREAD_SHEETS,
    Dialect,
    Parts,
    SheetEntry,
    parts_of,
    read_parts,
)
from trigpoint.documents.readers.workbook.sheet_builder import SheetBuilder
from trigpoint.documents.readers.workbook.sheet_content import Merge, SheetState, WorkbookContent
from trigpoint.documents.readers.workbook.sheet_formats import BUILT_IN, CellFormat, cell_format
from trigpoint.documents.readers.workbook.sheet_notes import written_notes
from trigpoint.documents.readers.workbook.sheet_stream import elements
from trigpoint.documents.readers.workbook.sheet_strings import shared_strings
from trigpoint.documents.readers.workbook.sheet_values import CellValues
from trigpoint.documents.readers.workbook.sheet_words import Words
from trigpoint.documents.readers.workbook.sheet_xml import TRUE, WorksheetReader, active_filter, whole_number

STATES = {"hidden": SheetState.HIDDEN, "veryhidden": SheetState.VERY_HIDDEN}


def read_xlsx(package: Package, progress: Progress | None) -> WorkbookContent:
    """The sheets of a workbook, shown and hidden, in their order."""
    return read_parts(package, XML, progress)


def sheet_parts(package: Package) -> tuple[tuple[str, str], ...]:
    """The name of each sheet of cells with the part that holds it, for those who write into a workbook."""
    entries, _ = _listed(parts_of(package, XML))
    return tuple((entry.name, entry.part) for entry in entries if entry.part and entry.kind not in UNREAD_SHEETS)


def _listed(parts: Parts) -> tuple[list[SheetEntry], bool]:
    """The sheets in the order of their tabs, and whether days count from 1904, as on old Macintoshes."""
    entries = []
    from_1904 = False
    for row in elements(parts.package, parts.part, ("sheet", "workbookPr")):
        if local_name(row) == "workbookPr":
            from_1904 = row.get("date1904") in TRUE
            continue
        link = next((value for key, value in row.attrib.items() if key.endswith("}id")), "")
        state = STATES.get(row.get("state", "").casefold(), SheetState.VISIBLE)
        entries.append(parts.entry(row.get("name", ""), state, link))
    return entries, from_1904


def _formats(package: Package, part: str) -> list[CellFormat]:
    """The number format of each cell style, in the order in which cells refer to styles."""
    codes = dict(BUILT_IN)
    numbers: list[int] = []
    for row in elements(package, part, ("numFmt", "xf")):
        number = whole_number(row.get("numFmtId"))
        if local_name(row) == "numFmt":
            codes[number] = row.get("formatCode", "")
        elif local_name(row.getparent()) == "cellXfs":
            numbers.append(number)
    return [cell_format(codes.get(number, "")) for number in numbers]


def _sheet(
    parts: Parts, entry: SheetEntry, builder: SheetBuilder, values: CellValues, shared: list[Words]
) -> tuple[str, str]:
    reader = WorksheetReader(builder, values, shared, filters=_table_filters(parts.package, entry.part))
    reader.read(parts.package, entry.part, parts.told)
    return reader.header, reader.footer


def _table_filters(package: Package, sheet: str) -> list[Merge]:
    """The ranges of a sheet's tables whose own filter lets only some rows through."""
    rows = package.relationships(sheet)
    parts = [row.target for row in rows if row.kind == "table" and row.target in package]
    found = (active_filter(each) for part in parts for each in elements(package, part, ("autoFilter",)))
    return [one for one in found if one]


XML = Dialect("xl/workbook.xml", _listed, shared_strings, _formats, written_notes, _sheet)
