"""Urgent and emergency care daily situation reports: a sheet a subject, a block of columns a day, trusts in rows."""

from __future__ import annotations

from trigpoint.releases.readers.sitrep.layout import SCHEMA, recognise
from trigpoint.releases.readers.sitrep.reading import read
from trigpoint.releases.schema import release_of

__all__ = ("RELEASE",)

RELEASE = release_of(SCHEMA, recognise, read)
