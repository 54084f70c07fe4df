"""KH03: beds available and occupied, overnight and day only, by sector and by specialty, a quarter at a time.

The year and the month with which the quarter ends stand in each row; workbooks of many quarters have one sheet a
quarter, the time series one row a quarter. The share that is occupied is computed from the two, and held against the
one that is printed.
"""

from __future__ import annotations

from trigpoint.errors import InputError
from trigpoint.releases.files.content import Content, Kind
from trigpoint.releases.files.sheet import AS_PUBLISHED
from trigpoint.releases.readers.beds.layout import SCHEMA, Table, table_of
from trigpoint.releases.readers.beds.workbook import read_tables
from trigpoint.releases.release import Reading
from trigpoint.releases.schema import release_of
from trigpoint.releases.tables.named import said_at_top, tops

_SEARCHED = 6


def _recognise(content: Content) -> bool:
    if any(_is_by_sector(table_of(sheet)) for sheet in tops(content, _SEARCHED)):
        return True
    return content.kind is Kind.WORKBOOK and said_at_top(content, *SCHEMA.more["phrases"], sheets=_SEARCHED)


def _is_by_sector(table: Table | None) -> bool:
    """Whether a table has both kinds of bed in all and in general and acute: no other release has."""
    if table is None:
        return False
    found = {(column.part.removeprefix("day-"), column.detail) for column in table.era.columns.values()}
    return {("beds-available", ""), ("beds-occupied", ""), ("beds-available", "sector=general-acute")} <= found


def _read(content: Content) -> Reading:
    tables = [table for sheet in content.visible if (table := table_of(sheet)) is not None]
    if not tables:
        what = "the workbook is of beds (KH03), but has no table of available or occupied beds by sector or specialty"
        raise InputError(what, where=content.name, remedy=AS_PUBLISHED)
    return read_tables(content, tables)


RELEASE = release_of(SCHEMA, _recognise, _read)
