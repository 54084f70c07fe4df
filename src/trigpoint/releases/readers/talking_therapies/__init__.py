"""NHS Talking Therapies (formerly IAPT): monthly and quarterly long files, the time series workbook, the annual file.

A row that names a commissioner and a provider is a part of the commissioner's total (``provider=RXX``) and stands
beside it. Counts below England are rounded to 5: they keep their value and say so.
"""

from __future__ import annotations

from trigpoint.releases.readers.talking_therapies.layout import SCHEMA, layouts
from trigpoint.releases.readers.talking_therapies.reading import read
from trigpoint.releases.schema import release_of

RELEASE = release_of(SCHEMA, lambda content: bool(layouts(content)), read)
