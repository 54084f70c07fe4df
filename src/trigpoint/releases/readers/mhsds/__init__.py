"""Mental Health Services Data Set (MHSDS), monthly statistics: long CSVs whose breakdowns overlap.

A file holds periods of one month beside rolling ones of three and twelve; each row's own dates are its period. Each
measure is a part of its own, by its id, and a file names those it has.
"""

from __future__ import annotations

from trigpoint.releases.readers.mhsds.layout import SCHEMA, recognise
from trigpoint.releases.readers.mhsds.measures import measure_of
from trigpoint.releases.readers.mhsds.reading import read
from trigpoint.releases.schema import release_of

__all__ = ("RELEASE", "measure_of")

RELEASE = release_of(SCHEMA, recognise, read, measure_of=measure_of)
