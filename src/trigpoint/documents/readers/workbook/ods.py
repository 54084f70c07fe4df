"""OpenDocument spreadsheets (.ods) → their sheets."""

from __future__ import annotations

from collections.abc import Iterator

from trigpoint.documents.markup import tidy
from trigpoint.documents.readers.limits import MAXIMUM_PARTS, Progress
from trigpoint.documents.readers.package import Element, Package, local_name
from trigpoint.documents.readers.workbook.sheet_builder import Budget, SheetBuilder
from trigpoint.documents.readers.workbook.sheet_content import SheetContent, SheetState, WorkbookContent
from trigpoint.documents.readers.workbook.sheet_ods import OdsSheet
from trigpoint.documents.readers.workbook.sheet_ods_styles import STYLES, OdsStyles, attribute
from trigpoint.documents.readers.workbook.sheet_stream import elements
from trigpoint.errors import InputError
from trigpoint.plans.document import Origin, Remark, RemarkKind

CONTENT = "content.xml"
MACRO_FOLDERS = ("basic/", "scripts/")
PROPERTIES = {"title": "title", "initial-creator": "author", "creator": "author", "date": "modified"}


def read_ods(package: Package, progress: Progress | None) -> WorkbookContent:
    """The sheets of a spreadsheet, shown and hidden, in their order."""
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
        remedy = "remove the password and save it again"
        raise InputError("the file is protected by a password", where=package.where, remedy=remedy)
    styles = OdsStyles()
    if "styles.xml" in package:
        for element in elements(package, "styles.xml", STYLES):
            styles.add(element)
    reading = OdsReading(package, styles, progress)
    sheets = reading.sheets()
    remarks = [*reading.remarks]
    if any(name.lower().startswith(MACRO_FOLDERS) for name in package.names):
        remarks.append(Remark(RemarkKind.MACRO, "The file carries macros; they were not run", Origin()))
    return WorkbookContent(sheets, tuple(remarks), dict(_properties(package)))


class OdsReading:
    """Goes through the content once. Copies of other files' sheets, and what was deleted, are passed over."""

    def __init__(self, package: Package, styles: OdsStyles, progress: Progress | None) -> None:
        self.package, self.styles, self.progress = package, styles, progress
        self.remarks: list[Remark] = []
        self._budget = Budget(package.where)
        self._done = 0
        self._total = sum(part.file_size for part in package.archive.filelist if part.filename == CONTENT)

    def sheets(self) -> tuple[SheetContent, ...]:
        """All sheets of the file."""
        found: list[OdsSheet] = []
        names = ("table-row", "table-column", "table-source", "shapes", "tracked-changes", *STYLES)
        for element in elements(self.package, CONTENT, names, self._told, ("table",)):
            name = local_name(element)
            if name in STYLES:
                self.styles.add(element)
            elif name == "tracked-changes":
                text = "The file records its changes; it is read as it is after all of them"
                self.remarks.append(Remark(RemarkKind.UNREAD, text, Origin()))
            elif name == "table":
                if _of_spreadsheet(element):
                    if len(found) >= MAXIMUM_PARTS:
                        raise self.package.damaged(f"it has more than {MAXIMUM_PARTS:,} sheets")
                    found.append(self._opened(tidy(attribute(element, "name")), attribute(element, "style-name")))
            elif found and _own(element):
                self._take(found[-1], name, element)
        return tuple(sheet.finish() for sheet in found if not sheet.linked)

    def _opened(self, name: str, style: str) -> OdsSheet:
        state = SheetState.HIDDEN if style in self.styles.hidden_sheets else SheetState.VISIBLE
        return OdsSheet(SheetBuilder(name, state, self._budget), self.styles)

    def _take(self, sheet: OdsSheet, name: str, element: Element) -> None:
        if name == "table-source":
            sheet.linked = True
            text = "The file is linked to something outside it, which was not fetched"
            self.remarks.append(Remark(RemarkKind.EXTERNAL_LINK, text, Origin(), attribute(element, "href")))
        elif name == "shapes":
            sheet.drawn.add("pictures, charts or boxes of text")
        elif sheet.linked:
            return
        elif name == "table-row":
            sheet.add_row(element)
        else:
            sheet.add_column(element)

    def _told(self, size: int) -> None:
        self._done += size
        if self.progress:
            self.progress(min(self._done, self._total) // 1024, self._total // 1024)


def _of_spreadsheet(table: Element) -> bool:
    """Whether a table is a sheet, and no copy of another file's data or table within a cell."""
    above = table.getparent()
    return above is not None and local_name(above) == "spreadsheet"


def _own(element: Element) -> bool:
    """Whether a row, column or drawing belongs straight to a sheet."""
    table = next((above for above in element.iterancestors() if local_name(above) == "table"), None)
    return table is not None and _of_spreadsheet(table)


def _properties(package: Package) -> Iterator[tuple[str, str]]:
    found: dict[str, str] = {}
    if "meta.xml" in package:
        for row in elements(package, "meta.xml", tuple(PROPERTIES)):
            key = PROPERTIES.get(local_name(row))
            if key and (text := tidy(row.text or "")):
                found.setdefault(key, text)
    yield from found.items()
