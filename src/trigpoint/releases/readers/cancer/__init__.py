"""Cancer waiting times: provider and commissioner workbooks, and the combined files that followed them.

Until 2025 a workbook had a sheet a standard, the parts of each (all routes, urgent suspected cancer, screening …) one
under another, each with its own header and its own England row. Since late 2025 one combined workbook, or one CSV, has
long tables in which a row tells its standard. Either way only the row of all cancers, all routes or stages and all
modalities is the whole; everything else is a part of it and keeps its detail. Counts of the 62-day standard can be
halves, where two providers share a pathway.
"""

from __future__ import annotations

from trigpoint.releases.files.content import Content, Kind
from trigpoint.releases.readers.cancer.combined import combined_header, read_combined_text, read_combined_workbook
from trigpoint.releases.readers.cancer.naming import SCHEMA
from trigpoint.releases.readers.cancer.stacked import is_stacked, read_stacked
from trigpoint.releases.release import Reading
from trigpoint.releases.schema import release_of
from trigpoint.releases.tables.cells import normal

_NAME = "cancer waiting times"


def _recognise(content: Content) -> bool:
    if content.kind is Kind.TEXT:
        return combined_header(content.head) is not None or is_stacked(content.head)
    first = next(iter(content.visible), None)
    if first is None:
        return False
    lines = (normal(cell) for row in first.rows[:25] for cell in row[:4])
    return any(_NAME in line for line in lines) or is_stacked(first.rows)


def _read(content: Content) -> Reading:
    if content.kind is Kind.TEXT and combined_header(content.head) is not None:
        return read_combined_text(content)
    if any(combined_header(sheet.rows) for sheet in content.visible[:3]):
        return read_combined_workbook(content)
    return read_stacked(content)


RELEASE = release_of(SCHEMA, _recognise, _read)
