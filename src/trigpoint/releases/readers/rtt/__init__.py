"""Referral to treatment waiting times: full extract, workbooks of a month, and the overview series.

In all of them a pathway is within 18 weeks in the 18 bands from 0 to 1 up to 17 to 18, and over 52 weeks from the band
52 to 53 on.
"""

from __future__ import annotations

from trigpoint.releases.files.content import Content
from trigpoint.releases.readers.rtt.extract import read_extract
from trigpoint.releases.readers.rtt.extract_table import header_row
from trigpoint.releases.readers.rtt.overview import find_overview, read_overview
from trigpoint.releases.readers.rtt.workbook import read_workbook
from trigpoint.releases.readers.rtt.workbook_header import has_sheets
from trigpoint.releases.release import Reading
from trigpoint.releases.schema import read_schema, release_of


def _recognise(content: Content) -> bool:
    return header_row(content) is not None or has_sheets(content) or find_overview(content) is not None


def _read(content: Content) -> Reading:
    if header_row(content) is not None:
        return read_extract(content)
    return read_workbook(content) if has_sheets(content) else read_overview(content)


RELEASE = release_of(read_schema("rtt"), _recognise, _read)
