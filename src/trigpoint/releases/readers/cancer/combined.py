"""The combined files: long tables in which each row tells its standard, as a workbook or as one CSV."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from trigpoint.errors import InputError
from trigpoint.releases.files.content import Content
from trigpoint.releases.files.sheet import Row, Sheet
from trigpoint.releases.observation import Basis
from trigpoint.releases.readers.cancer.ledger import Ledger
from trigpoint.releases.readers.cancer.naming import SCHEMA, fields_of, standard_of_cell, unknown
from trigpoint.releases.readers.cancer.rows import Columns, Table, read_row
from trigpoint.releases.release import Reading
from trigpoint.releases.tables.cells import normal, words
from trigpoint.releases.tables.given import month_given, month_lacking
from trigpoint.releases.tables.header import SEARCHED, columns_left_out
from trigpoint.releases.tables.preamble import Preamble, read_preamble
from trigpoint.releases.tables.spans import Span, span

_NEEDED = frozenset({"code", "standard", "cancer", "total"})


def combined_header(rows: Sequence[Row]) -> int | None:
    """Where the header of a long table stands; ``None`` in a sheet that has none."""
    return next((index for index, row in enumerate(rows[:SEARCHED]) if set(fields_of(row)) >= _NEEDED), None)


def read_combined_workbook(content: Content) -> Reading:
    """Every visible sheet that has such a table. Raises ``InputError`` where one lacks its period or a column."""
    ledger, notes, first = Ledger(), [], None
    for sheet in content.visible:
        header = combined_header(sheet.rows)
        if header is None:
            notes.append(f"the sheet “{sheet.name}” holds no table that is known and was left out")
            continue
        preamble = read_preamble(sheet.rows)
        first = first or preamble
        whole = preamble.period or month_given(content)
        if whole is None:
            raise month_lacking(sheet.place(content.name))
        notes += _read_table(ledger, content.name, sheet, header, preamble, whole)
    if first is None:
        raise InputError("no table of cancer waiting times was found", where=content.name)
    return _reading("combined workbook", ledger, notes, first)


def read_combined_text(content: Content) -> Reading:
    """The one table of a CSV. Raises ``InputError`` where neither its rows nor the user tell the month."""
    ledger = Ledger()
    sheet = content.sheets[0]
    header = combined_header(sheet.rows)
    if header is None:
        raise InputError("no table of cancer waiting times was found", where=content.name)
    preamble = read_preamble(sheet.rows[:header])
    notes = _read_table(ledger, content.name, sheet, header, preamble, preamble.period or month_given(content))
    return _reading("combined csv", ledger, notes, preamble)


def _read_table(
    ledger: Ledger, file: str, sheet: Sheet, header: int, preamble: Preamble, whole: Span | None
) -> list[str]:
    names = sheet.rows[header]
    columns = Columns(fields_of(names))
    here = sheet.place(file)
    columns.need(here, "code", "name", "standard", "cancer", "total")
    if not {"within", "seen"} & set(columns.at):
        columns.need(here, "within")
    if "period" not in columns.at and whole is None:
        raise month_lacking(here)
    side = _side(names, preamble)
    table = Table(
        columns,
        standard_of=lambda row: standard_of_cell(columns.text(row, "standard")),
        side_of=lambda row: _side_of_cell(columns.text(row, "basis")) or side,
        span_of=lambda row: _span_of_cell(columns.text(row, "period")) if "period" in columns.at else whole,  # type: ignore[arg-type,return-value]
    )
    for index in range(header + 1, len(sheet.rows)):
        where = sheet.place(file, index + 1)
        read_row(ledger, table, sheet.rows[index], where)
    return list(columns_left_out(unknown(names)))


def _side(names: Row, preamble: Preamble) -> Basis:
    """Whose table it is, where its rows do not say: by what its names are called, else by its preamble."""
    called = {normal(name) for name in names}
    if "provider" in called:
        return Basis.PROVIDER
    if "system" in called:
        return Basis.COMMISSIONER
    return _side_of_cell(preamble.basis) or Basis.PROVIDER


@cache
def _side_of_cell(cell: str) -> Basis | None:
    said = cell.casefold()
    if said.startswith("provider"):
        return Basis.PROVIDER
    return Basis.COMMISSIONER if said.startswith(("commissioner", "system")) else None


@cache
def _span_of_cell(cell: str) -> Span:
    try:
        return span(cell)
    except ValueError:
        raise ValueError(f"“{words(cell)}” is no month") from None


def _reading(variant: str, ledger: Ledger, notes: list[str], preamble: Preamble) -> Reading:
    found = ledger.close()
    return Reading(
        variant=variant,
        frame=ledger.tally.rows.frame(),
        era="combined",
        title=preamble.title or SCHEMA.name,
        status=preamble.status,
        published=preamble.published,
        revised=preamble.revised,
        organisations=tuple(ledger.tally.organisations.values()),
        rejected=ledger.tally.told,
        notes=(*found, *dict.fromkeys(notes)),
        whole=bool(ledger.england),
    )
