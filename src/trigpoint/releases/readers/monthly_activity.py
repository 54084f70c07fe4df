"""Monthly activity return (MAR): elective and non-elective admissions, referrals and first attendances, to March 2017.

One workbook a month on the basis of providers, another on the basis of commissioners; both have a sheet of regions.
Planned admissions and those in treatment centres are part of the elective total, never beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trigpoint.errors import InputError
from trigpoint.releases.files.content import Content
from trigpoint.releases.files.sheet import AS_PUBLISHED, Row, Sheet
from trigpoint.releases.observation import ENGLAND, Basis
from trigpoint.releases.release import Organisation, Reading
from trigpoint.releases.schema import Era, read_schema, release_of
from trigpoint.releases.tables.cells import normal
from trigpoint.releases.tables.columns import Subject, Tally, tally_columns
from trigpoint.releases.tables.gathered import gathered
from trigpoint.releases.tables.header import Header, columns_left_out, find_header
from trigpoint.releases.tables.named import NOBODY, cell_of, column_of, fitted, is_england, plain, remarks, tops
from trigpoint.releases.tables.preamble import read_preamble
from trigpoint.releases.tables.spans import Span, month_of_year, span
from trigpoint.releases.tables.totals import totals_told

_SCHEMA = read_schema("monthly_activity")
_ERA = _SCHEMA.eras[0]
_LABELS: dict[str, Sequence[str]] = _SCHEMA.more["labels"]
_NEEDED: dict[str, str] = _SCHEMA.more["needed"]
_SEARCHED = 3


@dataclass(frozen=True, slots=True)
class _Table:
    sheet: Sheet
    header: Header
    era: Era
    year: int | None
    period: int | None
    code: int | None
    name: int | None
    region: int | None
    by_region: bool


def _recognise(content: Content) -> bool:
    return any(_table(sheet) is not None for sheet in tops(content, _SEARCHED))


def _read(content: Content) -> Reading:
    tables = [table for sheet in content.visible if (table := _table(sheet)) is not None]
    preamble = read_preamble(tables[0].sheet.rows)
    basis = Basis.COMMISSIONER if _is_commissioner(tables[0], preamble.basis) else Basis.PROVIDER
    _refuse_without(content, tables[0])
    found = gathered(
        content.name,
        ((one.sheet.name, _tallied(content, one, Basis.REGION if one.by_region else basis)) for one in tables),
    )
    return Reading(
        variant=f"{basis.value} workbook",
        frame=found.frame,
        era=_ERA.id,
        title=preamble.title or _SCHEMA.name,
        status=preamble.status,
        published=preamble.published,
        revised=preamble.revised,
        organisations=found.organisations,
        rejected=found.rejected,
        notes=(
            *totals_told(found.frame, basis, basis.value),
            *totals_told(found.frame, Basis.REGION, "region"),
            *found.differing,
            *(note for table in tables for note in _unknown(table)),
            *(f"{one.name}: {remarks(one)}" for one in content.visible if normal(one.name) in ("notes", "note")),
            *_footnotes(tables[0]),
        ),
    )


def _table(sheet: Sheet) -> _Table | None:
    """The table of a sheet; ``None`` where it has no row with a period or code beside columns that are counted."""
    header = find_header(sheet.rows, (*_LABELS["period"], *_LABELS["code"], *_LABELS["region"]), _ERA.counted)
    if header is None:
        return None
    place = {name: column_of(header.names, _LABELS[name]) for name in ("year", "period", "code", "name", "region")}
    by_region = place["code"] is None
    code = place["region"] if by_region else place["code"]
    name = column_of(header.names, _LABELS["region name"]) if by_region else place["name"]
    if code is None and name is None:
        return None
    era = fitted(_ERA, header.names)
    return _Table(sheet, header, era, place["year"], place["period"], code, name, place["region"], by_region)


def _is_commissioner(table: _Table, said: str) -> bool:
    """The basis as the preamble says, else as the columns do."""
    if said:
        return "commissioner" in said.casefold()
    return any("commissioner" in name or "ccg" in name for name in table.header.names)


def _refuse_without(content: Content, table: _Table) -> None:
    """A file without one of the main counts is of a form that is not known, or was cut."""
    present = {(column.part, column.detail) for column in table.era.columns.values()}
    missing = [name for name, part in _NEEDED.items() if (part, "") not in present]
    if missing:
        what = f"there is no column “{'”, “'.join(missing)}”"
        raise InputError(what, where=content.name, remedy=AS_PUBLISHED)


def _tallied(content: Content, table: _Table, basis: Basis) -> Tally:
    tally = Tally()
    preamble = read_preamble(table.sheet.rows)
    tally_columns(
        tally,
        table.sheet,
        content.name,
        table.header,
        table.era,
        lambda row: _subject(row, table, basis, preamble.period),
        markers=_SCHEMA.markers,
    )
    return tally


def _subject(row: Row, table: _Table, basis: Basis, fallback: Span | None) -> Subject | None:
    """Whose row it is: England's has a name and no code."""
    code, name = cell_of(row, table.code), cell_of(row, table.name)
    if code in NOBODY and name in NOBODY:
        return None  # a blank line, or a footnote under the first column
    if is_england(name, code):
        return Subject(Organisation(ENGLAND, "England", Basis.NATIONAL), _period(row, table, fallback))
    if code in NOBODY:
        raise ValueError(f"“{name}” has no organisation code")
    region = "" if table.by_region else cell_of(row, table.region)
    return Subject(Organisation(code, name, basis, region), _period(row, table, fallback))


def _period(row: Row, table: _Table, fallback: Span | None) -> Span:
    year, said = cell_of(row, table.year), cell_of(row, table.period)
    if not year and not said:
        if fallback is None:
            raise ValueError("there is no period")
        return fallback
    try:
        return month_of_year(year, said) if year else span(said)
    except ValueError:
        pass
    try:
        return span(f"{said} {year}")  # a calendar year
    except ValueError:
        raise ValueError(f"“{year}” with “{said}” is no month") from None


def _unknown(table: _Table) -> tuple[str, ...]:
    """Columns right of the labels that nobody knows."""
    known = {plain(name) for name in _ERA.columns} | {plain(one) for labels in _LABELS.values() for one in labels}
    strange = (name for name in table.header.names if name and plain(name) not in known)
    return columns_left_out(strange, table.sheet.name)


def _footnotes(table: _Table) -> tuple[str, ...]:
    """What stands under the table: which providers sent nothing."""
    rows = table.sheet.rows[table.header.index + 1 :]
    said = (cell_of(row, at) for row in rows for at in range(min(2, len(row))))
    return tuple(one for one in said if normal(one).startswith("note"))


RELEASE = release_of(_SCHEMA, _recognise, _read)
