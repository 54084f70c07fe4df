"""Findings as notes on the cells of the author's own Excel file; every other part of the file stays as it is.

Notes are the kind that every version of Excel, LibreOffice and Google Sheets shows: a part with the words and a drawing
with their boxes. A note that stands on a cell already is kept, with the findings under its words; a thread of comments
gets an answer. Annotating a file again takes away what was written the time before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from trigpoint.checks.finding import Finding, Severity
from trigpoint.documents.readers.package import Package, open_package
from trigpoint.documents.readers.workbook.document import parse_workbook
from trigpoint.documents.readers.workbook.xlsx import sheet_parts
from trigpoint.errors import InputError, Where
from trigpoint.periods import long_date
from trigpoint.plans.document import Block, BlockKind, Document, Origin
from trigpoint.reports.annotations.workbook_comments import AUTHOR
from trigpoint.reports.annotations.workbook_package import Edition
from trigpoint.reports.annotations.workbook_sheets import annotate_sheet
from trigpoint.reports.findings import NOUNS
from trigpoint.wording import capital, count, printable

MOST_FINDINGS = 30
LONGEST_MESSAGE = 1_000
SEVERITIES = list(Severity)
ZIP = b"PK\x03\x04"
NOT_A_ZIP = "cell notes can only be written into .xlsx and .xlsm files"


def annotate_workbook(data: bytes, name: str, findings: Iterable[Finding], on: date) -> bytes:
    """The workbook with a note by "Trigpoint" on each cell that a finding objects to.

    A finding stands on the cell that holds its words, else on the first filled cell of its row; one without a place
    stands on the first filled cell of the workbook. ``on`` is the day that the notes bear. Raises ``InputError`` when
    the file is no .xlsx or .xlsm, or is damaged.
    """
    package = _package(data, name)
    notes = _placed(parse_workbook(data, name), findings, on)
    edition = Edition(package)
    for sheet, part in sheet_parts(package):
        annotate_sheet(edition, part, notes.get(sheet, {}), on)
    return edition.written(on)


def _package(data: bytes, name: str) -> Package:
    remedy = "open it, save it as .xlsx and check that file"
    if not data.startswith(ZIP):
        raise InputError(NOT_A_ZIP, where=Where(name), remedy=remedy)
    package = open_package(data, name)
    if "mimetype" in package or "xl/workbook.bin" in package:
        raise InputError(NOT_A_ZIP, where=Where(name), remedy=remedy)
    return package


Cell = tuple[int, int]
"""Row and column, from 1."""


def _placed(document: Document, findings: Iterable[Finding], on: date) -> Mapping[str, Mapping[Cell, str]]:
    """The words of the note for each cell, by sheet."""
    cells: dict[str, dict[Cell, list[Finding]]] = defaultdict(lambda: defaultdict(list))
    for finding in findings:
        place = _cell(document, finding)
        cells[place.sheet][place.row or 1, place.column or 1].append(finding)
    return {sheet: {cell: note_words(found, on) for cell, found in places.items()} for sheet, places in cells.items()}


def _cell(document: Document, finding: Finding) -> Origin:
    """The cell that a finding is about."""
    place = document.locate(finding.line, finding.fragment)
    if place.row and place.column:
        return place
    start = (finding.line or 1) - 1
    rows = (block for block in document.blocks[start:] if block.kind is BlockKind.TABLE_ROW)
    return _first_filled(next(rows, None) or _first_row(document))


def _first_row(document: Document) -> Block:
    return next(block for block in document.blocks if block.kind is BlockKind.TABLE_ROW)


def _first_filled(block: Block) -> Origin:
    return next((cell.origin for cell in block.cells if not cell.empty), block.cells[0].origin)


def note_words(findings: Iterable[Finding], on: date) -> str:
    """What a note says: who and when, then one line for each finding, the most serious first.

    >>> found = [Finding("EMPTY_CELL", Severity.INFO, "Nothing here."), Finding("LATE", Severity.ERROR, "Too late.")]
    >>> print(note_words(found, date(2026, 4, 1)))
    Trigpoint, 1 April 2026
    Error LATE: Too late.
    Remark EMPTY_CELL: Nothing here.
    """
    ordered = sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))
    lines = list(dict.fromkeys(f"{capital(NOUNS[one.severity])} {one.rule}: {_message(one)}" for one in ordered))
    if len(lines) > MOST_FINDINGS:
        more = len(lines) - MOST_FINDINGS
        lines = [*lines[:MOST_FINDINGS], f"Remark MORE: {count(more, 'more finding')} on this cell"]
    return "\n".join((f"{AUTHOR}, {long_date(on)}", *lines))


def _message(finding: Finding) -> str:
    text = printable(finding.message)
    return text if len(text) <= LONGEST_MESSAGE else f"{text[: LONGEST_MESSAGE - 1]}…"
