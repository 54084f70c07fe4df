"""Diagnostic waiting times and activity (DM01): the monthly web files, their saves as CSV, and the full extract.

A web file has a sheet of organisations and one of organisations by test; England stands above them as “Total”. The full
extract has a row for each provider, commissioner and test, and names no England. In every layout the row of all tests
(number 16) stands beside the fifteen and is never added to them.
"""

from __future__ import annotations

from trigpoint.releases.files.content import Content, Kind
from trigpoint.releases.readers.diagnostics.extract import is_extract, read_extract
from trigpoint.releases.readers.diagnostics.naming import SCHEMA, web_header
from trigpoint.releases.readers.diagnostics.web_file import read_web_file
from trigpoint.releases.release import Reading
from trigpoint.releases.schema import release_of

_SHEETS = ("provider", "commissioner", "by test", "icb", "ccg")


def _recognise(content: Content) -> bool:
    if content.kind is Kind.TEXT:
        return is_extract(content) or web_header(content.head) is not None
    named = (one for one in content.visible if any(word in one.name.casefold() for word in _SHEETS))
    first = next(named, None)
    return first is not None and web_header(first.rows) is not None


def _read(content: Content) -> Reading:
    return read_extract(content) if content.kind is Kind.TEXT and is_extract(content) else read_web_file(content)


RELEASE = release_of(SCHEMA, _recognise, _read)
