"""The words of the page headers and footers of sheets."""

from __future__ import annotations

import re
from collections.abc import Iterable

from trigpoint.documents.markup import tidy
from trigpoint.documents.readers.workbook.sheet_strings import unescaped

CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d{1,3}|[A-JL-Za-z+-])')


def headers(tops: Iterable[str], bottoms: Iterable[str]) -> dict[str, str]:
    """The properties "header" and "footer" from those of all sheets, each once.

    >>> headers(["&L&D&CDraft 3", "&CDraft 3"], [""])
    {'header': 'Draft 3'}
    """
    found = {}
    for name, codes in (("header", tops), ("footer", bottoms)):
        if words := "\n".join(dict.fromkeys(filter(None, map(printed, codes)))):
            found[name] = words
    return found


def printed(code: str) -> str:
    """The words of a page header or footer, without Excel's codes for fonts, places and page numbers.

    >>> printed('&L&"Arial,Bold"&12Operational plan&CDraft 3&RR&&D')
    'Operational plan Draft 3 R&D'
    """
    pieces = (CODE.sub(" ", piece) for piece in unescaped(code).split("&&"))
    return tidy("&".join(pieces))
