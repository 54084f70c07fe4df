"""Merged cells in a workbook: only the first of them has a value, so the rows below would silently mean “all”."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from trigpoint.errors import InputError, Where

MOST_TOLD = 100
_MOST_BYTES = 300_000_000
_RANGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3}[0-9]{1,7})"')
_REMEDY = "take the merge apart and fill each cell"


def merged_cells(data: bytes, file: str, sheets: set[str]) -> Iterator[InputError]:
    """What is told of merged cells in the sheets, by the names that the workbook gives them; nothing for kinds of
    workbooks other than .xlsx. The bytes have been found to be no bomb before."""
    for name, text in sheet_texts(data, sheets):
        for found in islice(_RANGE.finditer(text), MOST_TOLD):
            column, row, end = (part.decode() for part in found.groups())
            what = f"the cells {column}{row} to {end} are merged, and only the first of them has a value"
            yield InputError(what, where=Where(file, sheet=name, row=int(row), column=column), remedy=_REMEDY)


def sheet_texts(data: bytes, sheets: set[str]) -> Iterator[tuple[str, bytes]]:
    """The XML of each of the sheets, by name; none of what is too large, and none of what is no .xlsx workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name, member in _members(archive):
                if name in sheets and archive.getinfo(member).file_size <= _MOST_BYTES:
                    yield name, archive.read(member)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, NotImplementedError, etree.XMLSyntaxError):
        return


def _members(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Each sheet with the member of the archive that holds it."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    book = etree.fromstring(archive.read("xl/workbook.xml"), parser)
    links = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"), parser)
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for sheet in book.iter("{*}sheet"):
        key = next((value for name, value in sheet.attrib.items() if str(name).endswith("}id")), "")
        target = targets.get(key, "")
        yield sheet.get("name", ""), target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
