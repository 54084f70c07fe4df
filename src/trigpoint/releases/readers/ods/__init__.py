"""Organisation lists: the extracts of the ODS, which have no header, and look-ups of commissioners, which have one.

They hold no figures. What they bring are places: codes, names, kinds, parents, years and successors.
"""

from __future__ import annotations

from trigpoint.releases.files.content import Content
from trigpoint.releases.readers.ods.extract import is_extract, read_extract
from trigpoint.releases.readers.ods.lookups import is_lookup, read_lookups
from trigpoint.releases.readers.ods.schema import SCHEMA
from trigpoint.releases.release import Reading
from trigpoint.releases.schema import release_of


def _recognise(content: Content) -> bool:
    return is_extract(content.head) or is_lookup(content)


def _read(content: Content) -> Reading:
    return read_extract(content) if is_extract(content.head) else read_lookups(content)


RELEASE = release_of(SCHEMA, _recognise, _read)
