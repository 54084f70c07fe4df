"""Texts of Excel's XML: runs joined, phonetic guides left out, escapes resolved; the table of shared texts."""

from __future__ import annotations

import re
from collections.abc import Callable

from trigpoint.documents.readers.limits import MAXIMUM_CELLS, MAXIMUM_LINE
from trigpoint.documents.readers.package import Element, Package, local_name
from trigpoint.documents.readers.workbook.sheet_stream import elements
from trigpoint.documents.readers.workbook.sheet_words import Words, words_of
from trigpoint.errors import InputError

ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def rich_text(element: Element) -> str:
    """The words of a text element: its own and those of its runs, without phonetic guides."""
    if len(element) == 1 and local_name(element[0]) == "t":
        return element[0].text or ""
    words = []
    for child in element:
        name = local_name(child)
        if name == "t":
            words.append(child.text or "")
        elif name == "r":
            words.extend(part.text or "" for part in child if local_name(part) == "t")
    return "".join(words)


def unescaped(text: str) -> str:
    """Excel writes characters that XML cannot hold as ``_x000D_``.

    >>> unescaped("Ward 7_x000D_opens")
    'Ward 7\\ropens'
    """
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def shared_strings(package: Package, part: str, told: Callable[[int], None]) -> list[Words]:
    """The texts that cells of the workbook refer to by number.

    Raises ``InputError`` for more or longer texts than the cells of a workbook may hold.
    """
    texts: list[Words] = []
    for element in elements(package, part, ("si",), told):
        text = rich_text(element)
        if len(text) > MAXIMUM_LINE:
            what = f"a cell of the workbook holds more than {MAXIMUM_LINE:,} characters"
            raise InputError(what, where=package.where, remedy="split it over several cells")
        if len(texts) >= MAXIMUM_CELLS:
            what = f"the workbook has more than {MAXIMUM_CELLS:,} different texts"
            raise InputError(what, where=package.where, remedy="leave out sheets of data that are no part of the plan")
        texts.append(words_of(unescaped(text)))
    return texts
