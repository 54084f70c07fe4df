"""The monthly CSV: one row a provider, and England as its last row in one of five spellings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from trigpoint.errors import InputError
from trigpoint.releases.files.content import Content
from trigpoint.releases.files.sheet import AS_PUBLISHED, Row
from trigpoint.releases.observation import Basis
from trigpoint.releases.readers.ae.checks import FEWEST_PROVIDERS, england_note, is_whole
from trigpoint.releases.readers.ae.counts import BOOKED, Line, completed, observe
from trigpoint.releases.readers.ae.field_test import MONTHS, england_without, silent_note, unreported_apart
from trigpoint.releases.readers.ae.lines import Place, checked_code, england, is_england, month_of, read_lines
from trigpoint.releases.release import Organisation, Reading
from trigpoint.releases.schema import Column, Era, Schema
from trigpoint.releases.tables.cells import words
from trigpoint.releases.tables.columns import Tally
from trigpoint.releases.tables.filenames import status_named
from trigpoint.releases.tables.header import Header, columns_left_out, find_header, need_header
from trigpoint.releases.tables.spans import Span
from trigpoint.wording import count, listed, verb

VARIANT = "csv"
_NEEDED = ("Period", "Org Code")
_LABELS = ("Period", "Org Code", "Parent Org", "Org name")
_FEWEST = 3
"""Known columns that make a table with the two codes one of A&E."""
TOTALS = "the figure of all types is the sum of types 1, 2 and other in each row; the file has none of its own"


def is_monthly(content: Content, schema: Schema) -> bool:
    """Whether a text is such a table: periods, codes and some columns of it."""
    header = find_header(content.head, *_NEEDED)
    if header is None:
        return False
    known = {name for era in schema.eras if era.variant == VARIANT for name in era.counted}
    return len(known & set(header.names)) >= _FEWEST


def read_monthly(content: Content, schema: Schema) -> Reading:
    """A monthly CSV. Raises ``InputError`` where a column is missing or no row has figures."""
    sheet = content.sheets[0]
    header = need_header(sheet, content.name, *_NEEDED)
    era = _era(header, schema, content.name)
    places = {label: header.need(content.name, label) for label in _LABELS}
    columns = {at: era.columns[name] for at, name in enumerate(header.names) if name in era.counted}
    tally = Tally()
    lines, notes = _once(_read(tally, content, header, columns, places, schema))
    totals = [line for line in lines if line.organisation.basis is Basis.NATIONAL]
    rows = [line for line in lines if line.organisation.basis is not Basis.NATIONAL]
    notes.extend(columns_left_out(schema.unknown(header.names, era)))
    settled, silent = unreported_apart([replace(line, counts=completed(line.counts)) for line in rows])
    nations, said, whole = _england(totals, rows, silent)
    notes.extend(said)
    if silent:
        notes.append(silent_note(silent, england=bool(nations)))
    notes.append(TOTALS)
    if not any(part.endswith(BOOKED) for part in (one.part for one in era.counted.values())):
        notes.append("booked appointments were not counted apart yet: the figures as published are the same")
    observe(tally.rows, (*settled, *nations))
    status, told = status_named(content.name)
    return Reading(
        variant=VARIANT,
        frame=tally.rows.frame(),
        era=era.id,
        title=schema.name,
        status=status,
        organisations=tuple(tally.organisations.values()),
        rejected=tally.told,
        notes=(*notes, *told),
        whole=whole,
    )


def _once(lines: Sequence[Line]) -> tuple[list[Line], list[str]]:
    """The lines without those that repeat another to the last figure, as a save of a file pasted twice has them."""
    kept: dict[tuple[str, Span], list[Line]] = {}
    for line in lines:
        same = kept.setdefault(line.key, [])
        if all(line.counts != one.counts for one in same):
            same.append(line)
    left = [line for same in kept.values() for line in same]
    more = len(lines) - len(left)
    return left, [f"{count(more, 'row')} stood in it twice and {verb(more, 'counts', 'count')} once"] if more else []


def _era(header: Header, schema: Schema, file: str) -> Era:
    """The era with most of its columns there. Raises ``InputError`` that names those of it that are missing."""
    eras = [era for era in schema.eras if era.variant == VARIANT]
    era = max(eras, key=lambda one: len(set(one.counted) & set(header.names)))
    missing = [name for name in era.counted if name not in header.names]
    if missing:
        what = f"{'the column' if len(missing) == 1 else 'the columns'} {listed([f'“{one}”' for one in missing])} "
        what += "is missing" if len(missing) == 1 else "are missing"
        raise InputError(what, where=file, remedy=AS_PUBLISHED)
    return era


def _read(
    tally: Tally,
    content: Content,
    header: Header,
    columns: Mapping[int, Column],
    places: Mapping[str, int],
    schema: Schema,
) -> list[Line]:
    """All rows; England's, which has no month of its own, in the month of the others."""
    periods = {words(row[places["Period"]]) for row in content.sheets[0].rows[header.index + 1 :] if len(row) > 1}
    months = {found for one in periods if (found := month_of(one))}
    only = next(iter(months)) if len(months) == 1 else None

    def place_of(row: Row) -> Place | None:
        return _place(row, places, only)

    return read_lines(tally, content.sheets[0], content.name, header.index + 1, columns, place_of, schema.markers)


def _place(row: Row, places: Mapping[str, int], only: Span | None) -> Place | None:
    if not any(words(cell) for cell in row):
        return None
    period, code, parent, name = (words(row[at]) if at < len(row) else "" for at in places.values())
    month = month_of(period)
    if is_england(code, name):
        if month is None and only is None:
            raise ValueError("the row of England names no month, and the file has several")
        return england(), month or only  # type: ignore[return-value]
    if month is None:
        raise ValueError(f"“{period}” is no month" if period else "no period")
    return Organisation(checked_code(code, name), name, Basis.PROVIDER, parent), month


def _england(
    totals: Sequence[Line], rows: Sequence[Line], silent: Sequence[Line]
) -> tuple[list[Line], list[str], bool]:
    """England's lines with what follows from them, what was verified, and whether the file holds all providers."""
    if not totals:
        months = {line.span for line in rows}
        whole = all(sum(line.span == month for line in rows) >= FEWEST_PROVIDERS for month in months)
        return [], ["the file has no row of England, and none was made"], whole
    settled, notes, all_whole = [], [], True
    for total in totals:
        same = [line for line in rows if line.span == total.span]
        theirs = [line for line in silent if line.span == total.span]
        whole = is_whole(total, same)
        all_whole = all_whole and whole
        notes.append(england_note(total, same))
        if not whole:
            notes.append(f"the file holds {count(len(same), 'provider')} only, a part of England’s attendances")
            if MONTHS[0] <= total.span[0] <= MONTHS[1]:
                notes.append(
                    "England’s published four-hour figure is of the trusts that report one: the rows do not tell"
                )
        settled.append(england_without(replace(total, counts=completed(total.counts)), theirs, whole=whole))
    return settled, notes, all_whole
