"""Appointments in General Practice: counts by day, status, staff, mode and wait, added up by month."""

from __future__ import annotations

from trigpoint.releases.files.content import Content
from trigpoint.releases.readers.gp_appointments.coverage import read_coverage
from trigpoint.releases.readers.gp_appointments.layout import SCHEMA, coverage_header, layout_of
from trigpoint.releases.readers.gp_appointments.reading import read_counts
from trigpoint.releases.release import Reading
from trigpoint.releases.schema import release_of

__all__ = ("RELEASE",)


def _recognise(content: Content) -> bool:
    return layout_of(content) is not None or coverage_header(content) is not None


def _read(content: Content) -> Reading:
    layout = layout_of(content)
    return read_counts(content, layout) if layout is not None else read_coverage(content)


RELEASE = release_of(SCHEMA, _recognise, _read)
