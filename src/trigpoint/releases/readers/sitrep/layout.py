"""Where a daily table's days stand, and what each column counts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from trigpoint.releases.files.content import Content, Kind
from trigpoint.releases.files.sheet import Cell, Row, Sheet
from trigpoint.releases.schema import Column, read_schema
from trigpoint.releases.tables.cells import normal, words
from trigpoint.releases.tables.header import Header, find_header
from trigpoint.releases.tables.named import column_of, plain, tops
from trigpoint.releases.tables.spans import Span, day

SCHEMA = read_schema("sitrep")
_LABELS: Mapping[str, list[str]] = SCHEMA.more["labels"]
_DAILY: Mapping[str, str] = SCHEMA.more["daily"]
_SHARED = "occupancyrate"
_ABOVE = 3
"""Rows above the header that are searched for its days."""
_SEARCHED = 6
"""Sheets that are looked at to tell the release: a list of contents and notes may come first."""
_LONGEST = 12
"""Days that one column covers at most: Christmas with the weekends about it."""
_RANGE = re.compile(
    r"(?P<first>\d{1,2}|\d{1,2}[- /]\w+[- /]\d+)(?:\s*[-–]\s*| to )(?P<last>\d{1,2}[- /]\w+[- /](?:\d\d|\d{4}))", re.I
)
_DATED = re.compile(r"(?P<name>.*\S)[ _]+(?P<serial>[34]\d{4})")


@dataclass(frozen=True, slots=True)
class Place:
    """One column that is read: where it stands, of which day (or weekend, in early years), and what it counts."""

    at: int
    span: Span
    column: Column


@dataclass(frozen=True, slots=True)
class Table:
    """One daily table. ``unknown`` are the names of columns that are not read, ``undated`` labels that are no days."""

    sheet: Sheet
    header: Header
    places: tuple[Place, ...]
    code: int
    name: int
    region: int | None
    unknown: tuple[str, ...] = ()
    undated: tuple[str, ...] = ()


def recognise(content: Content) -> bool:
    """Whether one of the first sheets (or the first rows of a text) is a daily table."""
    return any(table_of(sheet, content) is not None for sheet in tops(content, _SEARCHED))


def tables_of(content: Content) -> tuple[Table, ...]:
    """All daily tables of a file, in order."""
    sheets = content.visible if content.kind is Kind.WORKBOOK else content.sheets
    return tuple(table for sheet in sheets if (table := table_of(sheet, content)) is not None)


def unread_sheets(content: Content, tables: Sequence[Table]) -> tuple[str, ...]:
    """The names of the sheets that name trusts, but hold nothing that is read."""
    known = {table.sheet.name for table in tables}
    others = (sheet for sheet in content.visible if sheet.name not in known)
    return tuple(one.name for one in others if find_header(one.rows, _LABELS["code"], _LABELS["name"]) is not None)


def table_of(sheet: Sheet, content: Content) -> Table | None:
    """A sheet's daily table; ``None`` where it has none."""
    header = find_header(sheet.rows, _LABELS["code"], _LABELS["name"])
    if header is None:
        return None
    code, name = column_of(header.names, _LABELS["code"]), column_of(header.names, _LABELS["name"])
    if code is None or name is None:
        return None
    cells = sheet.rows[header.index]
    first = max(code, name) + 1
    labels, undated = _labels(sheet.rows, header, first)
    places, unknown = _places(cells, labels, first)
    if not places:
        places, unknown, undated = _single_days(sheet, header, first), (), ()
    if not places:
        return None
    region = column_of(header.names, _LABELS["region"])
    return Table(sheet, header, places, code, name, region, unknown, undated)


def _places(cells: Row, labels: Mapping[int, Span], first: int) -> tuple[tuple[Place, ...], tuple[str, ...]]:
    """The columns of blocks of days, by the era whose own columns stand among them most often."""
    dated = {at: found for at in range(first, len(cells)) if (found := _named(cells[at], labels.get(at))) is not None}
    names = {plain(name) for name, _ in dated.values()}
    spelt = [(era, {plain(name): column for name, column in era.columns.items()}) for era in SCHEMA.eras]
    fitting = [(len((names & known.keys()) - {_SHARED}), known) for _, known in spelt]
    hits, known = max(fitting, key=lambda one: one[0])
    if not hits:
        return (), ()
    places = tuple(Place(at, when, known[plain(name)]) for at, (name, when) in dated.items() if plain(name) in known)
    strange = dict.fromkeys(name for name, _ in dated.values() if plain(name) not in known)
    return places, tuple(strange)


def _named(cell: Cell, label: Span | None) -> tuple[str, Span] | None:
    """A column's name and day: from the name itself (``CC Adult Open_43437``) or from the label above it."""
    text = words(cell)
    if match := _DATED.fullmatch(text):
        return match["name"], span_of(match["serial"])
    if not text or label is None:
        return None
    return re.sub(r"(?<=[a-z'])[ ]\d$", "", text), label  # the number of a footnote


def _labels(rows: Sequence[Row], header: Header, first: int) -> tuple[dict[int, Span], tuple[str, ...]]:
    """The day above each column: merged labels stand in their first cell and are carried on to the right."""
    above = [rows[index] for index in range(max(0, header.index - _ABOVE), header.index)]
    best = max(above, key=lambda row: sum(_span(cell) is not None for cell in row[first:]), default=[])
    found: dict[int, Span] = {}
    strange: list[str] = []
    current: Span | None = None
    for at in range(first, max(len(header.names), len(best))):
        cell = best[at] if at < len(best) else ""
        if words(cell):
            current = _span(cell)
            strange += [words(cell)] if current is None else []
        if current is not None:
            found[at] = current
    return found, tuple(strange) if found else ()


def _single_days(sheet: Sheet, header: Header, first: int) -> tuple[Place, ...]:
    """The columns of a sheet whose header is the days themselves."""
    said = " ".join(normal(cell) for row in sheet.rows[: header.index] for cell in row if isinstance(cell, str))
    said = f"{normal(sheet.name)} {said}"
    part = next((part for word, part in _DAILY.items() if word in normal(sheet.name)), None)
    part = part or next((part for word, part in _DAILY.items() if word in said), None)
    if part is None:
        return ()
    cells = sheet.rows[header.index]
    return tuple(
        Place(at, when, Column(part)) for at in range(first, len(cells)) if (when := _span(cells[at])) is not None
    )


def span_of(cell: Cell) -> Span:
    """The day that a label names, as first and last of a period; early years put a weekend into one column.

    ``ValueError`` for what is neither.

    >>> [one.isoformat() for one in span_of("11-13-Dec-15")], [one.isoformat() for one in span_of("28-30/12/2012")]
    (['2015-12-11', '2015-12-13'], ['2012-12-28', '2012-12-30'])
    >>> [one.isoformat() for one in span_of("30 Nov 12 to 02 Dec 2012")], span_of("43437")[0].isoformat()
    (['2012-11-30', '2012-12-02'], '2018-12-03')
    """
    text = "" if isinstance(cell, date) else re.sub(r" ?/ ?", "/", words(cell))
    if isinstance(cell, date) or not (match := _RANGE.fullmatch(text)):
        one = day(cell)
        return one, one
    end = _last_day(match["last"])
    first = match["first"]
    start = _last_day(first) if not first.isdigit() else _day_before(int(first), end)
    if not 0 < (end - start).days < _LONGEST:
        raise ValueError(text)
    return start, end


def _last_day(text: str) -> date:
    return day(re.sub(r"^(\d+)-(\d+)-(\d+)$", r"\1/\2/\3", text.strip()))


def _day_before(number: int, end: date) -> date:
    """The last day of this number before another."""
    month = end if number < end.day else end.replace(day=1) - timedelta(days=1)
    return month.replace(day=number)


def _span(cell: Cell) -> Span | None:
    try:
        return span_of(cell) if words(cell) else None
    except ValueError:
        return None
