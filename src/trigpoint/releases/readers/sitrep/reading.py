"""From daily tables to observations of one day each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from trigpoint.errors import InputError, Where
from trigpoint.releases.files.content import Content, Kind
from trigpoint.releases.files.sheet import Cell, Row
from trigpoint.releases.observation import ENGLAND, Basis, Marker
from trigpoint.releases.readers.sitrep.checks import checked
from trigpoint.releases.readers.sitrep.layout import SCHEMA, Table, tables_of, unread_sheets
from trigpoint.releases.release import Organisation, Reading
from trigpoint.releases.tables.cells import Figure, figure, normal, words
from trigpoint.releases.tables.columns import Tally
from trigpoint.releases.tables.gathered import gathered
from trigpoint.releases.tables.named import NOBODY, cell_of, is_england
from trigpoint.releases.tables.preamble import read_preamble
from trigpoint.releases.tables.repeats import once
from trigpoint.wording import listed

_UNITS = {part.id: part.unit for part in SCHEMA.parts}
_RATES: Mapping[str, Marker | float] = {**SCHEMA.markers, "-": Marker.NOT_APPLICABLE}
_ENGLAND: Sequence[str] = SCHEMA.more["england"]["names"]
_REGION = re.compile(r"Y\d\d")
_FRACTION = 2
"""An occupancy of at most this, without a per cent sign, is a share of one: none is as low in per cent."""


def read(content: Content) -> Reading:
    """The file's observations. Raises ``InputError`` where no sheet holds a daily table."""
    tables = tables_of(content)
    if not tables:
        raise InputError("no sheet has a block of columns for each day", where=content.name)
    found = gathered(content.name, ((table.sheet.name, _tallied(content, table)) for table in tables))
    frame, repeated, contradicting = once(found.frame)
    preamble = read_preamble(tables[0].sheet.rows[: tables[0].header.index])
    return Reading(
        variant="workbook" if content.kind is Kind.WORKBOOK else "csv",
        frame=frame,
        era="daily",
        title=preamble.title or SCHEMA.name,
        status=preamble.status,
        published=preamble.published,
        revised=preamble.revised,
        organisations=found.organisations,
        rejected=(*found.rejected, *contradicting),
        notes=(*_about(tables), *_others(content, tables), *checked(frame), *found.differing, *repeated),
        whole=any(one.code == ENGLAND for one in found.organisations),
    )


def _tallied(content: Content, table: Table) -> Tally:
    tally = Tally()
    for line, row in enumerate(table.sheet.rows[table.header.index + 1 :], start=table.header.index + 2):
        where = table.sheet.place(content.name, line)
        try:
            subject = _subject(row, table)
        except ValueError as error:
            tally.reject(where, f"{error}; the row was left out")
            continue
        if subject is not None:
            tally.meet(subject[0])
            _tally_row(tally, where, row, table, *subject)
    return tally


def _tally_row(tally: Tally, where: Where, row: Row, table: Table, organisation: Organisation, division: str) -> None:
    for place in table.places:
        part = place.column.part
        try:
            found = _figure(row[place.at] if place.at < len(row) else "", part)
        except ValueError as error:
            tally.reject(
                where, f"“{error}” for {place.span[1].day} {place.span[1]:%B %Y} is no number; it was left out"
            )
            continue
        whole = ";".join(sorted(one for one in (division, place.column.detail) if one))
        tally.rows.add(part, organisation.code, organisation.basis, *place.span, found.value, found.marker, whole)


def _figure(cell: Cell, part: str) -> Figure:
    if _UNITS[part] != "%":
        return figure(cell, SCHEMA.markers)
    found = figure(cell, _RATES)
    share = found.value is not None and found.value <= _FRACTION and not words(cell).endswith("%")
    return Figure(found.value * 100, found.marker) if share and found.value is not None else found


def _subject(row: Row, table: Table) -> tuple[Organisation, str] | None:
    """Whose row it is, and of which part of the whole; ``None`` for blank rows, rows of weekdays and footnotes."""
    code, name = cell_of(row, table.code), cell_of(row, table.name)
    if is_england(name, code, names=_ENGLAND):
        return Organisation(ENGLAND, "England", Basis.NATIONAL), _division(name)
    if code in NOBODY:
        if not name or not any(words(cell) for cell in row[max(table.code, table.name) + 1 :]):
            return None
        raise ValueError(f"“{name}” has no organisation code")
    region = cell_of(row, table.region)
    basis = Basis.REGION if _REGION.fullmatch(code) else Basis.PROVIDER
    return Organisation(code.upper(), name, basis, "" if region in NOBODY else region), ""


def _division(name: str) -> str:
    """Of two rows of England one is of some trusts only: ``ENGLAND (Trusts with Type 1 A&E)``."""
    match = re.search(r"\((.+)\)", name)
    if match is None or normal(match[1]).startswith("all"):
        return ""
    return f"trusts={normal(match[1]).replace(';', ',').replace('=', ' ')}"


def _others(content: Content, tables: Sequence[Table]) -> Iterator[str]:
    names = unread_sheets(content, tables)
    if names:
        yield f"of {listed([f'“{one}”' for one in names])} nothing is read: the columns are not known"


def _about(tables: Iterable[Table]) -> Iterator[str]:
    read_tables = list(tables)
    days = {day for table in read_tables for place in table.places for day in place.span}
    yield f"days from {min(days).day} {min(days):%B %Y} to {max(days).day} {max(days):%B %Y}"
    for table in read_tables:
        where = f"sheet “{table.sheet.name}”: " if table.sheet.name else ""
        if table.unknown:
            yield f"{where}the columns {listed([f'“{one}”' for one in table.unknown])} are not known and were left out"
        if table.undated:
            yield f"{where}{listed([f'“{one}”' for one in table.undated])} are no days that are known and were left out"
