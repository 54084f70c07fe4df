"""Excel packages, in XML (.xlsx, .xlsm) or binary (.xlsb): the same parts put together, written in two ways."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from trigpoint.documents.markup import tidy
from trigpoint.documents.readers.limits import MAXIMUM_PARTS, Progress
from trigpoint.documents.readers.package import Package, Relationship
from trigpoint.documents.readers.properties import core_properties
from trigpoint.documents.readers.word.remarks import package_remarks
from trigpoint.documents.readers.workbook.sheet_builder import Budget, SheetBuilder
from trigpoint.documents.readers.workbook.sheet_content import SheetContent, SheetState, WorkbookContent
from trigpoint.documents.readers.workbook.sheet_drawings import remark_on_drawings
from trigpoint.documents.readers.workbook.sheet_formats import CellFormat
from trigpoint.documents.readers.workbook.sheet_headers import headers
from trigpoint.documents.readers.workbook.sheet_notes import Note, Notes
from trigpoint.documents.readers.workbook.sheet_values import CellValues
from trigpoint.documents.readers.workbook.sheet_words import Words
from trigpoint.plans.document import Origin, Remark, RemarkKind

UNREAD_SHEETS = {
    "chartsheet": (RemarkKind.UNREAD, "The sheet {} is a chart, which is not read"),
    "dialogsheet": (RemarkKind.UNREAD, "The sheet {} is a dialogue of an old macro and was not read"),
    "xlMacrosheet": (RemarkKind.MACRO, "The sheet {} holds macros of Excel 4; they were neither read nor run"),
    "xlIntlMacrosheet": (RemarkKind.MACRO, "The sheet {} holds macros of Excel 4; they were neither read nor run"),
}

Told: TypeAlias = Callable[[int], None]
"""Hears of bytes that have been read."""


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook lists it; ``part`` is "" when the file lacks it."""

    name: str
    state: SheetState
    kind: str
    part: str


@dataclass(slots=True)
class Parts:
    """The parts of a workbook by what they are for, and what is told of the progress of reading them."""

    package: Package
    part: str
    relationships: tuple[Relationship, ...]
    progress: Progress | None = None
    done: int = 0
    total: int = 0
    by_id: dict[str, Relationship] = field(init=False)

    def __post_init__(self) -> None:
        self.by_id = {row.id: row for row in self.relationships if not row.external}

    def one(self, kind: str) -> str:
        """The name of the only part of a kind, "" where there is none."""
        return next((row.target for row in self.relationships if row.kind == kind and row.target in self.package), "")

    def entry(self, name: str, state: SheetState, link: str) -> SheetEntry:
        """A sheet that the workbook lists under the id of a relationship."""
        found = self.by_id.get(link)
        part = found.target if found and found.target in self.package else ""
        return SheetEntry(tidy(name), state, found.kind if found else "", part)

    def told(self, size: int) -> None:
        """Bytes have been read: pass it on in kilobytes."""
        self.done += size
        if self.progress:
            self.progress(min(self.done, self.total) // 1024, self.total // 1024)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the parts are written: what reads the list of sheets, the texts, the number formats, the notes, a sheet.

    ``listed`` says too whether days count from 1904; ``sheet`` returns the header and footer of the printed page.
    """

    main: str
    listed: Callable[[Parts], tuple[list[SheetEntry], bool]]
    texts: Callable[[Package, str, Told], list[Words]]
    formats: Callable[[Package, str], list[CellFormat]]
    notes: Callable[[Package, str], list[Note]]
    sheet: Callable[[Parts, SheetEntry, SheetBuilder, CellValues, list[Words]], tuple[str, str]]


def parts_of(package: Package, dialect: Dialect, progress: Progress | None = None) -> Parts:
    """The parts of a workbook."""
    part = package.main_part or dialect.main
    return Parts(package, part, package.relationships(part), progress)


def read_parts(package: Package, dialect: Dialect, progress: Progress | None) -> WorkbookContent:
    """The sheets of a workbook, shown and hidden, in their order."""
    parts = parts_of(package, dialect, progress)
    entries, from_1904 = dialect.listed(parts)
    if len(entries) > MAXIMUM_PARTS:
        raise package.damaged(f"it lists more than {MAXIMUM_PARTS:,} sheets")
    texts, styles = parts.one("sharedStrings"), parts.one("styles")
    sizes = {info.filename: info.file_size for info in package.archive.filelist}
    parts.total = sum(sizes.get(name, 0) for name in (texts, *(entry.part for entry in entries)))
    shared = dialect.texts(package, texts, parts.told) if texts else []
    values = CellValues(dialect.formats(package, styles) if styles else [], from_1904)
    reading = Reading(parts, dialect, values, shared, Notes(package, parts.one("person"), dialect.notes))
    sheets = tuple(sheet for entry in entries if (sheet := reading.sheet(entry)))
    properties = {**core_properties(package), **headers(reading.headers, reading.footers)}
    return WorkbookContent(sheets, (*package_remarks(package, _links(parts)), *reading.remarks), properties)


@dataclass(slots=True)
class Reading:
    """What all sheets of one workbook share while they are read."""

    parts: Parts
    dialect: Dialect
    values: CellValues
    shared: list[Words]
    notes: Notes
    budget: Budget = field(init=False)
    headers: list[str] = field(default_factory=list)
    footers: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.budget = Budget(self.parts.package.where)

    def sheet(self, entry: SheetEntry) -> SheetContent | None:
        """One sheet of cells; a sheet of another kind gives a remark alone."""
        if unread := UNREAD_SHEETS.get(entry.kind):
            self.remarks.append(Remark(unread[0], unread[1].format(entry.name), Origin(sheet=entry.name)))
            return None
        package = self.parts.package
        builder = SheetBuilder(entry.name, entry.state, self.budget)
        if not entry.part:
            raise builder.damaged("the file does not hold its cells")
        header, footer = self.dialect.sheet(self.parts, entry, builder, self.values, self.shared)
        rows = package.relationships(entry.part)
        self.notes.remark(rows, builder)
        remark_on_drawings(package, rows, builder)
        if entry.state is SheetState.VISIBLE:
            self.headers.append(header)
            self.footers.append(footer)
        return builder.finish()


def _links(parts: Parts) -> list[Relationship]:
    """Links of the workbook to other files and to sources of data."""
    inner = [row.target for row in parts.relationships if row.kind == "externalLink" and row.target in parts.package]
    return [*parts.relationships, *(row for part in inner for row in parts.package.relationships(part))]
