"""Which sheet of a Talking Therapies file has a table, and which column plays which role in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from trigpoint.releases.files.content import Content, Kind
from trigpoint.releases.files.sheet import Row, Sheet
from trigpoint.releases.schema import read_schema
from trigpoint.releases.tables.cells import normal
from trigpoint.releases.tables.header import SEARCHED, Header
from trigpoint.releases.tables.strings import distinct

SCHEMA = read_schema("talking_therapies")
_ROLES: Mapping[str, list[str]] = SCHEMA.more["roles"]
_EITHER: Mapping[str, list[str]] = SCHEMA.more["either"]
_PART_OF = {name: part for part, names in SCHEMA.more["names"].items() for name in names}
_FEWEST = 3
"""Measures that a wide table has at least: one column of a familiar name can stand in any workbook."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One table. ``roles`` says which column (``strings.distinct``) holds what, ``wide`` which hold measures.

    ``others`` are the columns of a wide table that are neither.
    """

    sheet: Sheet | None
    header: Header
    roles: Mapping[str, str]
    wide: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def variant(self) -> str:
        """Which of the editions it is."""
        if "start" in self.roles:
            return "quarterly" if "kind" in self.roles else "monthly"
        if "kind" in self.roles:
            return "annual"
        return "time series" if "group" in self.roles else "tidied"


def squeezed(name: str) -> str:
    """A name without blanks, marks and the number of a footnote: ``Count_Recovery``, ``Recovery rate (5)``.

    >>> squeezed("Count_ReferralsReceived"), squeezed("Recovery rate [note 5]")
    ('countreferralsreceived', 'recoveryrate')
    """
    bare = re.sub(r"[\[(](note |footnote )?\d*[\])]\s*$", "", normal(name))
    return re.sub(r"[^a-z0-9]", "", bare)


def parts_of(name: str) -> tuple[str, ...]:
    """The part that a measure's name means; two where it may be a count or its percentage; none for others."""
    key = squeezed(name)
    if key in _EITHER:
        return tuple(_EITHER[key])
    return (_PART_OF[key],) if key in _PART_OF else ()


def rank(name: str) -> int:
    """How far from the preferred name of its part a name is."""
    names = SCHEMA.more["names"].get(_PART_OF.get(squeezed(name), ""), [])
    return names.index(squeezed(name)) if squeezed(name) in names else len(names)


def layouts(content: Content) -> tuple[Layout, ...]:
    """The tables of a file that are of this release; none where it is another's."""
    if content.kind is Kind.TEXT:
        found = _layout(None, content.head)
        return (found,) if found else ()
    tables = (_layout(sheet, sheet.rows) for sheet in content.visible)
    return tuple(one for one in tables if one)


def _layout(sheet: Sheet | None, rows: Sequence[Row]) -> Layout | None:
    for index, row in enumerate(islice(rows, SEARCHED)):
        names = tuple(normal(cell) for cell in row)
        roles = _roles_of(names)
        if "commissioner" not in roles and "provider" not in roles:
            continue
        header = Header(index, names)
        if "value" in roles:
            if _is_long(roles, header, rows):
                return Layout(sheet, header, roles)
        elif "group" in roles and ("month" in roles or "kind" in roles):
            left = [name for name in distinct(names) if name and name not in roles.values()]
            wide = tuple(name for name in left if parts_of(name))
            if len(wide) >= _FEWEST:
                return Layout(sheet, header, roles, wide, tuple(name for name in left if not parts_of(name)))
    return None


def _is_long(roles: Mapping[str, str], header: Header, rows: Sequence[Row]) -> bool:
    """Whether a table of measures and values is ours: by its columns, or by the measures of its first rows."""
    if "measure" not in roles or not ({"start", "month"} & set(roles)):
        return False
    at = distinct(header.names).index(roles["measure"])
    first = islice(rows, header.index + 1, header.index + 1 + SEARCHED)
    if any(parts_of(str(row[at])) for row in first if at < len(row)):
        return True
    return {"group", "identifier", "start", "provider"} <= set(roles)


def _roles_of(names: Sequence[str]) -> dict[str, str]:
    columns = {squeezed(name): name for name in reversed(distinct(names))}
    taken: dict[str, str] = {}
    for role, choices in _ROLES.items():
        found = next((columns[squeezed(name)] for name in choices if squeezed(name) in columns), None)
        if found is not None:
            taken[role] = found
    if "value" not in taken:
        taken.pop("measure", None)
    elif taken.get("measure") == taken.get("commissioner_name"):
        taken.pop("commissioner_name", None)
    if "start" in taken and "end" in taken:
        taken.pop("month", None)
    else:
        taken.pop("start", None)
        taken.pop("end", None)
    return taken
