"""Which column of a workbook counts what: its own name, and what the merged labels above it say of four hours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from trigpoint.releases.files.sheet import Sheet
from trigpoint.releases.schema import Column, Schema
from trigpoint.releases.tables.cells import normal
from trigpoint.releases.tables.header import SEARCHED, Header, compound

MAJOR = "Type 1 Departments - Major A&E"
_LEVELS = 2
_PERCENT = ("percentage", "%")
_SIGNS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Names:
    """Columns that are counted, by their place, and the names of those that are not known."""

    columns: Mapping[int, Column]
    unknown: tuple[str, ...]


def plain(name: str) -> str:
    """A name in letters and digits alone, as the data file writes those of workbooks.

    >>> plain("Type 1 Departments - Major A&E")
    'type 1 departments major a e'
    """
    return _SIGNS.sub(" ", name.casefold()).strip()


def typed_header(sheet: Sheet, *first: str) -> Header | None:
    """The header of a sheet that has one of these columns and one for major departments, however that is dashed."""
    for index, row in enumerate(sheet.rows[:SEARCHED]):
        names = tuple(normal(cell) for cell in row)
        if any(normal(one) in names for one in first) and any(plain(name) == plain(MAJOR) for name in names):
            return Header(index, names)
    return None


def label_words(sheet: Sheet, header: Header) -> str:
    """All words of the labels above a header."""
    rows = sheet.rows[max(0, header.index - _LEVELS) : header.index]
    return " ".join(normal(cell) for row in rows for cell in row)


def counted_columns(sheet: Sheet, header: Header, schema: Schema) -> Names:
    """The columns of a sheet that count something. Percentages are left out, for they follow from the counts."""
    era = next(one for one in schema.eras if one.id == "workbook")
    groups = _groups(sheet, header, schema.more["labels"])
    columns: dict[int, Column] = {}
    unknown = []
    met: set[tuple[str, str]] = set()
    for at, (name, group) in enumerate(zip(header.names, groups, strict=True)):
        if not name or name.startswith(_PERCENT):
            continue
        column = era.columns.get(f"{group} | {plain(name)}") or era.columns.get(plain(name))
        if column is None:
            unknown.append(name)
        elif not column.ignore and (column.part, column.detail) not in met:
            met.add((column.part, column.detail))
            columns[at] = column
    return Names(columns, tuple(unknown))


def _groups(sheet: Sheet, header: Header, labels: Mapping[str, list[str]]) -> list[str]:
    """Of each column, whether it counts attendances, those within or those over four hours; "" for neither.

    What its own name says goes before what the label above says; without either it is what the total says in which
    its block of columns ends.
    """
    groups = []
    for name, full in zip(header.names, compound(sheet.rows, header, _LEVELS), strict=True):
        groups.append(_group(name, labels, but="attendances") or _group(full.removesuffix(name), labels))
    after = ""
    for at in reversed(range(len(groups))):
        name = header.names[at]
        if name.startswith("total attendances"):
            after = groups[at] = groups[at] or "attendances"
        elif not groups[at] and name.startswith("type "):
            groups[at] = after
    return groups


def _group(words: str, labels: Mapping[str, list[str]], but: str = "") -> str:
    return next((group for group, said in labels.items() if group != but and any(one in words for one in said)), "")
