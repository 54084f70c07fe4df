"""The provider workbook: systems, providers (booked and unbooked together and each apart), acute trust footprints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from trigpoint.errors import InputError
from trigpoint.releases.files.content import Content
from trigpoint.releases.files.sheet import AS_PUBLISHED, Row, Sheet
from trigpoint.releases.observation import Basis
from trigpoint.releases.readers.ae.checks import england_note, is_whole, pair_note
from trigpoint.releases.readers.ae.counts import (
    ATTENDANCES,
    BOOKED,
    OVER,
    PUBLISHED,
    UNBOOKED,
    WITHIN,
    Counts,
    Line,
    added,
    completed,
    observe,
)
from trigpoint.releases.readers.ae.field_test import silent_note, unreported_apart
from trigpoint.releases.readers.ae.labels import Names, counted_columns, label_words, typed_header
from trigpoint.releases.readers.ae.lines import Place, checked_code, england, is_england, read_lines
from trigpoint.releases.readers.ae.mapping import mapping_note, system_mapping
from trigpoint.releases.release import Organisation, Reading
from trigpoint.releases.schema import Schema
from trigpoint.releases.tables.cells import words
from trigpoint.releases.tables.columns import Tally
from trigpoint.releases.tables.header import Header, columns_left_out
from trigpoint.releases.tables.preamble import Preamble, read_preamble
from trigpoint.releases.tables.spans import Span, span

VARIANT = "provider workbook"
_CODE = ("Code", "Org Code", "Provider Code", "Org code")


class Role(Enum):
    """What a sheet counts; the value is what its parts end in."""

    SYSTEM = "system"
    TOGETHER = "together"
    UNBOOKED = "unbooked"
    BOOKED = "booked"
    FOOTPRINT = "footprint"


_SUFFIXES = {Role.UNBOOKED: UNBOOKED, Role.BOOKED: BOOKED}
_BASES = {Role.SYSTEM: Basis.SYSTEM, Role.FOOTPRINT: Basis.FOOTPRINT}


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet read: its role, England's line, those of the organisations."""

    role: Role
    sheet: str
    nation: Line | None
    lines: tuple[Line, ...]
    unknown: tuple[str, ...]

    @property
    def by_code(self) -> Mapping[str, Counts]:
        """The counts of each organisation."""
        return {line.organisation.code: line.counts for line in self.lines}


def workbook_header(sheet: Sheet) -> Header | None:
    """The header of a sheet that has codes and a column for major departments."""
    return typed_header(sheet, *_CODE)


def read_workbook(content: Content, schema: Schema) -> Reading:
    """A provider workbook. Raises ``InputError`` where it names no month or its providers have no sheet."""
    found = [(sheet, header) for sheet in content.visible if (header := workbook_header(sheet))]
    preamble = read_preamble(found[0][0].rows)
    period = preamble.period or (span(content.month) if content.month else None)
    if period is None:
        what = f"the period “{preamble.period_text}” is no month" if preamble.period_text else "it names no period"
        raise InputError(what, where=content.name, remedy=AS_PUBLISHED)
    tally = Tally()
    tables: dict[Role, Table] = {}
    for sheet, header in found:
        table = _table(tally, content.name, sheet, header, schema, period)
        tables.setdefault(table.role, table)
    if Role.TOGETHER not in tables:
        raise InputError("there is no sheet of providers", where=content.name, remedy=AS_PUBLISHED)
    notes = [told for table in tables.values() for told in columns_left_out(table.unknown, table.sheet)]
    return _reading(content, schema, preamble, tally, tables, notes)


def _reading(
    content: Content, schema: Schema, preamble: Preamble, tally: Tally, tables: Mapping[Role, Table], notes: list[str]
) -> Reading:
    together = tables[Role.TOGETHER]
    providers, nation = _merged(tables, notes)
    settled, silent = unreported_apart(providers)
    others = [line for role in (Role.SYSTEM, Role.FOOTPRINT) if role in tables for line in tables[role].lines]
    systems = [line.organisation for line in tables[Role.SYSTEM].lines] if Role.SYSTEM in tables else []
    mapping, told = system_mapping(content, systems, content.sheet(together.sheet))
    notes.extend(told)
    notes.extend(_agreements(tables))
    if Role.SYSTEM in tables and mapping:
        notes.append(mapping_note(tables[Role.SYSTEM].by_code, together.by_code, mapping))
    if silent:
        notes.append(silent_note(silent, england=nation is not None))
    apart = Role.UNBOOKED in tables or Role.BOOKED in tables
    observe(tally.rows, settled)
    observe(tally.rows, (_joined(line, [{}] if apart else []) for line in others))
    observe(tally.rows, () if nation is None else (nation,))
    return Reading(
        variant=VARIANT,
        frame=tally.rows.frame(),
        era="workbook",
        title=preamble.title,
        status=preamble.status,
        published=preamble.published,
        revised=preamble.revised,
        organisations=tuple(tally.organisations.values()),
        mapping=mapping,
        rejected=tally.told,
        notes=tuple(note for note in notes if note),
        whole=nation is None or is_whole(together.nation or nation, together.lines),
    )


def _table(tally: Tally, file: str, sheet: Sheet, header: Header, schema: Schema, month: Span) -> Table:
    labels = label_words(sheet, header)
    role = _role(sheet, header, labels)
    found: Names = counted_columns(sheet, header, schema)
    suffix = _SUFFIXES.get(role, PUBLISHED)
    columns = {
        at: replace(column, part=f"{column.part.removesuffix(PUBLISHED)}{suffix}")
        if column.part.endswith(PUBLISHED)
        else column
        for at, column in found.columns.items()
    }
    code = header.need(file, *_CODE)
    name = header.column("Name", "System", "STP", "Org name", "Provider") or code + 1
    region = header.column("Region", "Parent Org")
    basis = _BASES.get(role, Basis.PROVIDER)

    def place_of(row: Row) -> Place | None:
        return _place(row, (code, name, region), basis, month)

    lines = read_lines(tally, sheet, file, header.index + 1, columns, place_of, schema.markers)
    nation = next((line for line in lines if line.organisation.basis is Basis.NATIONAL), None)
    own = tuple(line for line in lines if line.organisation.basis is basis)
    return Table(role, sheet.name, nation, own, found.unknown)


def _role(sheet: Sheet, header: Header, labels: str) -> Role:
    """Told by the columns; the sheets of all attendances and of unbooked ones have the same, and differ in name."""
    if "additional mapped" in labels:
        return Role.FOOTPRINT
    if "name" not in header.names and header.column("System", "STP") is not None:
        return Role.SYSTEM
    if "booked appointment" in labels:
        return Role.BOOKED
    title = sheet.name.casefold().replace("-", " ")
    return Role.UNBOOKED if "non booked" in title or "unbooked" in title else Role.TOGETHER


def _place(row: Row, at: tuple[int, int, int | None], basis: Basis, month: Span) -> Place | None:
    code, name, region = (words(row[one]) if one is not None and one < len(row) else "" for one in at)
    if is_england(code, name):
        return england(), month
    if not code and not name:
        return None
    return Organisation(checked_code(code, name), name, basis, region), month


def _merged(tables: Mapping[Role, Table], notes: list[str]) -> tuple[list[Line], Line | None]:
    """The providers and England with the counts of all their sheets; where there is one sheet, no booked ones."""
    together = tables[Role.TOGETHER]
    apart = [tables[role] for role in (Role.UNBOOKED, Role.BOOKED) if role in tables]
    if not apart:
        notes.append("booked appointments were not counted apart yet: the figures as published are the unbooked ones")
    by_code = [table.by_code for table in apart]
    nations = [table.nation.counts for table in apart if table.nation is not None]
    lines = [_joined(line, [one.get(line.organisation.code, {}) for one in by_code]) for line in together.lines]
    nation = together.nation
    return lines, None if nation is None else _joined(nation, nations)


def _joined(line: Line, more: Sequence[Counts]) -> Line:
    counts = dict(line.counts)
    for one in more:
        for key, found in one.items():
            counts.setdefault(key, found)
    if not more:
        for (part, detail), found in line.counts.items():
            if part.endswith(PUBLISHED):
                counts[part.removesuffix(PUBLISHED), detail] = found
    return replace(line, counts=completed(counts))


def _agreements(tables: Mapping[Role, Table]) -> list[str]:
    """Whether England agrees with the rows of its sheet, and what two sheets say of the same."""
    together = tables[Role.TOGETHER]
    notes = [
        f"sheet {table.sheet}: {england_note(table.nation, table.lines)}"
        for table in tables.values()
        if table.nation is not None and table.role not in (Role.SYSTEM, Role.FOOTPRINT)
    ]
    if Role.UNBOOKED in tables and Role.BOOKED in tables:
        unbooked, booked = tables[Role.UNBOOKED].by_code, tables[Role.BOOKED].by_code
        sums = {code: _summed(unbooked[code], booked[code]) for code in unbooked.keys() & booked.keys()}
        said = "the attendances as published and the unbooked with the booked ones"
        notes.append(pair_note(together.by_code, sums, said, "organisation"))
    for role in (Role.SYSTEM, Role.FOOTPRINT):
        if role in tables and tables[role].nation is not None and together.nation is not None:
            pair = ({"ENG": together.nation.counts}, {"ENG": tables[role].nation.counts})  # type: ignore[union-attr]
            said = f"the England rows of the sheets {together.sheet} and {tables[role].sheet}"
            notes.append(pair_note(*pair, said))
    return notes


def _summed(unbooked: Counts, booked: Counts) -> Counts:
    details = ("type=1", "type=2", "type=other", "")
    keys = [(stem, detail) for stem in (ATTENDANCES, OVER, WITHIN) for detail in details]
    return {
        (f"{stem}{PUBLISHED}", detail): added((unbooked[stem, detail], booked[f"{stem}{BOOKED}", detail]))
        for stem, detail in keys
        if (stem, detail) in unbooked and (f"{stem}{BOOKED}", detail) in booked
    }
