"""The overview series: England, every month since April 2007, in one sheet under two rows of headers.

``Year`` stands on April rows only and is not needed, for ``Month`` is a date. ``-`` is a month that was not collected,
``52+`` a percentile beyond the last band. Beside a count stands the same "with estimates for missing data": that is
England's headline; the count without them has the detail ``estimates=left out``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice

from trigpoint.errors import InputError, Where
from trigpoint.releases.files.content import Content
from trigpoint.releases.files.sheet import Row, Sheet
from trigpoint.releases.observation import ENGLAND, Basis, Marker, detail
from trigpoint.releases.release import Organisation, Reading
from trigpoint.releases.schema import Column, read_schema
from trigpoint.releases.tables.cells import COMMON, figure, normal, words
from trigpoint.releases.tables.columns import Tally
from trigpoint.releases.tables.header import Header, columns_left_out, compound
from trigpoint.releases.tables.preamble import read_preamble
from trigpoint.releases.tables.spans import Span, span

_SEARCHED_ROWS = 30
_SEARCHED_SHEETS = 3
_ESTIMATED = " with estimates for missing data"
_REPORTED = detail(estimates="left out")
_MILLIONS = 1_000.0
"""A total below this is written in millions; England's waiting list has never been so short."""
_MARKS: Mapping[str, Marker | float] = {
    **COMMON,
    "-": Marker.NOT_COLLECTED,
    "52+": Marker.NOT_AVAILABLE,
    "104+": Marker.NOT_AVAILABLE,
}


@dataclass(frozen=True, slots=True)
class _Series:
    """The sheet, where its header is, the column of the month, and each column's full name."""

    sheet: Sheet
    index: int
    month: int
    names: tuple[str, ...]


def find_overview(content: Content) -> _Series | None:
    """The sheet of the series; ``None`` where there is none."""
    if content.head:
        return _series(Sheet("", rows=content.head))
    return next((one for sheet in content.visible[:_SEARCHED_SHEETS] if (one := _series(sheet)) is not None), None)


def _series(sheet: Sheet) -> _Series | None:
    for index, row in enumerate(islice(sheet.rows, _SEARCHED_ROWS)):
        groups = [_plain(normal(cell)) for cell in row]
        if "incomplete pathways" not in groups or index + 1 >= len(sheet.rows):
            continue
        below = tuple(normal(cell) for cell in sheet.rows[index + 1])
        months = [labels.index("month") for labels in (groups, below) if "month" in labels]
        if months and any("within 18 weeks" in name for name in below):
            return _Series(sheet, index + 1, months[0], compound(sheet.rows, Header(index + 1, below)))
    return None


def _plain(name: str) -> str:
    """A name without the words that come and go from year to year."""
    return name.removeprefix("completed ").replace("rtt ", "").replace(" (mil)", "")


def read_overview(content: Content) -> Reading:
    """The series as observations of England. Raises ``InputError`` where the waiting list itself is missing."""
    found = find_overview(content)
    schema = read_schema("rtt")
    if found is None:
        raise InputError("there is no sheet with the series", where=content.name)
    series = found if content.kind.value == "workbook" else _series(content.sheets[0]) or found
    columns, notes = _columns(series, schema.eras[0].columns)
    if not any(column.part == "rtt-incomplete" for column in columns.values()):
        what = "there is no column “Total waiting (mil)” under “Incomplete RTT pathways”"
        raise InputError(what, where=Where(content.name, sheet=series.sheet.name or None))
    tally = Tally()
    tally.meet(Organisation(ENGLAND, "England", Basis.NATIONAL))
    for line, row in enumerate(series.sheet.rows[series.index + 1 :], start=series.index + 2):
        where = Where(content.name, sheet=series.sheet.name or None, row=line)
        period = _period(row, series.month)
        if period is not None:
            _add(tally, row, columns, period, where)
    preamble = read_preamble(series.sheet.rows[: series.index])
    return Reading(
        variant="overview series",
        frame=tally.rows.frame(),
        era=schema.eras[0].id,
        title=preamble.title or schema.name,
        status=preamble.status,
        published=preamble.published,
        revised=preamble.revised,
        organisations=tuple(tally.organisations.values()),
        rejected=tally.told,
        notes=notes,
    )


def _columns(series: _Series, known: Mapping[str, Column]) -> tuple[dict[int, Column], tuple[str, ...]]:
    """What each column counts. One without estimates is England's own figure where there is none with them."""
    columns: dict[int, Column] = {}
    notes: list[str] = []
    plain = {_plain(name): column for name, column in known.items()}
    for place, name in enumerate(series.names):
        column = plain.get(_plain(name.removesuffix(_ESTIMATED)))
        if column is None:
            if name.partition(" | ")[2] and place > series.month:
                notes.extend(columns_left_out([name]))
        elif not column.ignore:
            alone = name.endswith(_ESTIMATED) or f"{name}{_ESTIMATED}" not in series.names
            columns[place] = replace(column, detail="" if alone else _REPORTED)
    return columns, tuple(notes)


def _period(row: Row, place: int) -> Span | None:
    """The month of a row; ``None`` for notes and blank rows."""
    if place >= len(row) or not words(row[place]):
        return None
    try:
        start, end = span(row[place])
    except ValueError:
        return None
    return (start, end) if 27 < (end - start).days + 1 < 32 else None


def _add(tally: Tally, row: Row, columns: Mapping[int, Column], period: Span, where: Where) -> None:
    """One month. Months to come stand in the sheet with blank cells, and are left out."""
    found = []
    for place, column in columns.items():
        cell = row[place] if place < len(row) else ""
        if not words(cell):
            continue
        try:
            found.append((column, figure(cell, _MARKS)))
        except ValueError as error:
            tally.reject(where, f"“{error}” is no number; it was left out")
    if not any(one.value is not None for _, one in found):
        return
    for column, one in found:
        value = None if one.value is None else one.value * column.scale
        if value is not None and column.part == "rtt-incomplete" and 0 < value < _MILLIONS:
            value *= 1_000_000
        tally.rows.add(column.part, ENGLAND, Basis.NATIONAL, *period, value, one.marker, column.detail)
