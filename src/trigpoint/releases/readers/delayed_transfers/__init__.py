"""Delayed transfers of care: monthly workbooks by local authority (or provider), March 2016 and April 2017 on.

Delayed days are split three times over (type of care, responsible organisation, reason), each split adding up to the
total; from April 2017 the same again as beds, which are days divided by the days of the month.
"""

from __future__ import annotations

from trigpoint.errors import InputError
from trigpoint.releases.files.content import Content, Kind
from trigpoint.releases.readers.delayed_transfers.layout import SCHEMA, national_table_of, table_of
from trigpoint.releases.readers.delayed_transfers.national import read_national
from trigpoint.releases.readers.delayed_transfers.series import is_series, read_series
from trigpoint.releases.readers.delayed_transfers.workbook import read_workbook
from trigpoint.releases.release import Reading
from trigpoint.releases.schema import release_of
from trigpoint.releases.tables.named import said_at_top, tops

_PHRASES = ("delayed transfer", "delayed days")


def _recognise(content: Content) -> bool:
    if content.kind is Kind.TEXT and is_series(content.head):
        return True
    if not said_at_top(content, *_PHRASES):
        return False
    tables = (table_of(sheet) or national_table_of(sheet) for sheet in tops(content))
    titled = content.kind is Kind.WORKBOOK and said_at_top(content, *_PHRASES, rows=4)
    return titled or any(table is not None for table in tables)


def _read(content: Content) -> Reading:
    if content.kind is Kind.TEXT and is_series(content.head):
        return read_series(content)
    tables = [table for sheet in content.visible if (table := table_of(sheet)) is not None]
    national = [table for sheet in content.visible if (table := national_table_of(sheet)) is not None]
    if not tables and national:
        return read_national(content, national)
    if not tables:
        what = "the workbook is of delayed transfers of care, but has no table by local authority or provider"
        raise InputError(what, where=content.name, remedy="give the monthly workbook “Total Delayed Days”")
    return read_workbook(content, tables)


RELEASE = release_of(SCHEMA, _recognise, _read)
