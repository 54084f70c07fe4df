"""The workbooks until 2025: a sheet a standard, its parts stacked, each with its own header and England row.

Those of before October 2023 have the older standards, a sheet each, and no column of routes or stages; they are told by
the names of their sheets.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from trigpoint.errors import InputError
from trigpoint.releases.files.content import Content
from trigpoint.releases.files.sheet import AS_PUBLISHED, Cell, Row, Sheet
from trigpoint.releases.observation import Basis, Status
from trigpoint.releases.readers.cancer.ledger import Ledger
from trigpoint.releases.readers.cancer.naming import (
    SCHEMA,
    Standard,
    fields_of,
    standard_of_sheet,
    standard_of_title,
    unknown,
)
from trigpoint.releases.readers.cancer.rows import Columns, Table, read_row
from trigpoint.releases.release import Reading
from trigpoint.releases.tables.cells import normal, words
from trigpoint.releases.tables.given import month_given, month_lacking
from trigpoint.releases.tables.header import SEARCHED, columns_left_out
from trigpoint.releases.tables.preamble import read_preamble
from trigpoint.releases.tables.spans import Span, month, span

_READ = f"{AS_PUBLISHED}, with the names of its sheets"
Tables = list[tuple[Sheet, Standard]]
_THREE_STANDARDS = date(2023, 10, 1)
_PROVIDER = re.compile(r"basis:? *provider|provider based|accountable provider")
_COMMISSIONER = re.compile(r"basis:? *commissioner|commissioner based|integrated care board")


def is_stacked(rows: Sequence[Row]) -> bool:
    """Whether a sheet is one of these: it names a standard above a header with organisation codes."""
    header = next((index for index, row in enumerate(rows[:SEARCHED]) if _is_header(row)), None)
    return header is not None and _standard(rows[:header]) is not None


def read_stacked(content: Content) -> Reading:
    """All sheets of such a workbook, or the one saved as CSV.

    A sheet whose month or basis differs from that of most sheets is a slip of the publisher's: it is read with the
    others and told. Raises ``InputError`` where no sheet has one of the present standards.
    """
    ledger = Ledger()
    sheets, notes = _sheets(content)
    if not sheets:
        what = "no sheet holds a standard of cancer waiting times that is read"
        raise InputError(what, where=content.name, remedy=_READ)
    spans = [_span(sheet, content) for sheet, _ in sheets]
    sides = [_side(sheet) for sheet, _ in sheets]
    when, side = Counter(spans).most_common(1)[0][0], Counter(sides).most_common(1)[0][0]
    for (sheet, standard), its_span, its_side in zip(sheets, spans, sides, strict=True):
        if its_span != when:
            notes.append(f"the sheet “{sheet.name}” says {its_span[0]:%B %Y}; it was read as {when[0]:%B %Y}")
        if its_side is not side:
            notes.append(f"the sheet “{sheet.name}” says {its_side.value}; it was read as {side.value}")
        notes += _read_sheet(ledger, content.name, sheet, standard, (side, when))
    return _reading(content, ledger, notes, whose=(side, when))


def _sheets(content: Content) -> tuple[Tables, list[str]]:
    """The sheets with their standards, and what is said of tables of none."""
    sheets: Tables = []
    notes = []
    for sheet in content.visible:
        names = next((row for row in sheet.rows[:SEARCHED] if _is_header(row)), None)
        if names is None:
            continue
        standard = _standard(sheet.rows[:SEARCHED], sheet.name)
        if standard is None or not (standard.counts_referrals or "route" in fields_of(names)):
            standard = standard_of_sheet(sheet.name)
        if standard is None:
            notes.append(f"the sheet “{sheet.name}” is of no standard that is known and was left out; {_READ}")
        else:
            sheets.append((sheet, standard))
    return sheets, notes


def _is_header(row: Row) -> bool:
    return {"code", "total"} <= set(fields_of(row)) and not {"standard"} & set(fields_of(row))


def _standard(rows: Sequence[Row], name: str = "") -> Standard | None:
    """The standard of a sheet: by the words above its table, else by what it is called."""
    titles = (words(cell) for row in rows for cell in row[:3])
    return next((found for title in (*titles, name) if (found := standard_of_title(title))), None)


def _span(sheet: Sheet, content: Content) -> Span:
    """The month above a sheet's table, else that of the front page, else the one that the user named."""
    for rows in (sheet.rows[:8], content.visible[0].rows[:15]):
        for row in rows:
            for cell in row[:3]:
                if (found := _month(cell)) is not None:
                    return found
    given = month_given(content)
    if given is None:
        raise month_lacking(sheet.place(content.name))
    return given


def _month(cell: Cell) -> Span | None:
    """A cell as a month; ``None`` for other words, and for numbers, which are figures here and no dates."""
    if not words(cell) or isinstance(cell, int | float):
        return None
    try:
        found = span(words(cell).partition(":")[2].strip() if isinstance(cell, str) and ":" in cell else cell)
    except ValueError:
        return None
    return found if found == month(found[0].year, found[0].month) else None


def _side(sheet: Sheet) -> Basis:
    for row in sheet.rows[:SEARCHED]:
        for cell in row[:4]:
            said = normal(cell)
            if _PROVIDER.search(said):
                return Basis.PROVIDER
            if _COMMISSIONER.search(said):
                return Basis.COMMISSIONER
    return Basis.PROVIDER


def _read_sheet(ledger: Ledger, file: str, sheet: Sheet, standard: Standard, whose: tuple[Basis, Span]) -> list[str]:
    """Every stacked part of a sheet. The header is found anew for each, for columns may shift."""
    side, when = whose
    table: Table | None = None
    notes: list[str] = []
    for index, row in enumerate(sheet.rows):
        where = sheet.place(file, index + 1)
        if _is_header(row):
            columns = Columns(fields_of(row))
            columns.need(where, "code", "name", "total")
            columns.need(where, "seen" if standard.counts_referrals else "within")
            notes += columns_left_out(unknown(row))
            table = Table(columns, lambda _: standard, lambda _: side, lambda _: when)
        elif table is not None:
            read_row(ledger, table, row, where)
    return notes


def _reading(content: Content, ledger: Ledger, notes: list[str], whose: tuple[Basis, Span]) -> Reading:
    side, (when, _) = whose
    front = content.visible[0]
    preamble = read_preamble(front.rows)
    closing = ledger.close()
    kind = "workbook" if front.name else "csv"
    said = "provider" if side is Basis.PROVIDER else "commissioner"
    lines = [words(cell) for row in front.rows[:15] for cell in row[:2] if words(cell)]
    title = next((line for line in lines if "cancer waiting times" in line.casefold()), "")
    return Reading(
        variant=f"{said} {kind}",
        frame=ledger.tally.rows.frame(),
        era="october-2023" if when >= _THREE_STANDARDS else "before-october-2023",
        title=title or SCHEMA.name,
        status=_status(preamble.status_text, lines),
        published=preamble.published,
        revised=preamble.revised,
        organisations=tuple(ledger.tally.organisations.values()),
        rejected=ledger.tally.told,
        notes=(*closing, *dict.fromkeys(notes)),
        whole=bool(ledger.england),
    )


def _status(said: str, lines: list[str]) -> Status:
    """By the status line of the front page; where it says neither, by the sentence that says what is presented."""
    for text in (said, *lines):
        for status in (Status.PROVISIONAL, Status.FINAL, Status.REVISED):
            if re.search(rf"\b{status.value}\b", text.casefold()):
                return status
    return Status.PUBLISHED
