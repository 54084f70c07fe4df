"""A&E attendances and emergency admissions: monthly CSV, provider workbook, England's time series, tidied tables."""

from __future__ import annotations

from itertools import islice

from trigpoint.releases.files.content import Content, Kind
from trigpoint.releases.files.sheet import Sheet
from trigpoint.releases.readers.ae.monthly import is_monthly, read_monthly
from trigpoint.releases.readers.ae.series import read_series, series_header
from trigpoint.releases.readers.ae.tidy import is_tidy, read_tidy
from trigpoint.releases.readers.ae.workbook import read_workbook, workbook_header
from trigpoint.releases.release import Reading
from trigpoint.releases.schema import read_schema, release_of

_SCHEMA = read_schema("ae")
_COVER = 40
"""Rows that a cover or notes sheet has at most; the sheet after it is looked at too."""


def _recognise(content: Content) -> bool:
    if content.kind is Kind.TEXT:
        return is_monthly(content, _SCHEMA) or is_tidy(content)
    sheet = _first_table(content)
    return sheet is not None and (workbook_header(sheet) or series_header(sheet)) is not None


def _first_table(content: Content) -> Sheet | None:
    """The first sheet that is no mere cover."""
    sheets = list(islice(content.visible, 2))
    return next((sheet for sheet in sheets if len(sheet.rows) > _COVER), sheets[0] if sheets else None)


def _read(content: Content) -> Reading:
    if content.kind is Kind.TEXT:
        return read_tidy(content, _SCHEMA) if is_tidy(content) else read_monthly(content, _SCHEMA)
    sheet = _first_table(content)
    if sheet is not None and workbook_header(sheet) is not None:
        return read_workbook(content, _SCHEMA)
    return read_series(content, _SCHEMA)


RELEASE = release_of(_SCHEMA, _recognise, _read)
