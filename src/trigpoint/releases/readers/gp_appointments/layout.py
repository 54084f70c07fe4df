"""Which of the files one is, and which column plays which part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trigpoint.errors import InputError
from trigpoint.releases.files.content import Content, Kind
from trigpoint.releases.files.sheet import AS_PUBLISHED
from trigpoint.releases.observation import Basis
from trigpoint.releases.schema import read_schema
from trigpoint.releases.tables.header import Header, find_header
from trigpoint.releases.tables.named import column_of
from trigpoint.releases.tables.strings import distinct

SCHEMA = read_schema("gp_appointments")
COVERAGE: Mapping[str, str] = SCHEMA.more["coverage"]
_ROLES: Mapping[str, list[str]] = SCHEMA.more["roles"]
_DIMENSIONS: Mapping[str, list[str]] = SCHEMA.more["dimensions"]
_BASES = {
    "practice": Basis.PRACTICE,
    "network": Basis.NETWORK,
    "commissioner": Basis.COMMISSIONER,
    "system": Basis.SYSTEM,
}
_DATE = "APPOINTMENT_DATE"


@dataclass(frozen=True, slots=True)
class Layout:
    """One file of counts. ``roles`` and ``dimensions`` hold the names (``strings.distinct``) of columns."""

    header: Header
    roles: Mapping[str, str]
    dimensions: Mapping[str, str]

    @property
    def bases(self) -> dict[str, Basis]:
        """The kinds of organisation that the counts are added up for, by role: systems where nothing smaller is."""
        found = {role: basis for role, basis in _BASES.items() if role in self.roles}
        return found if len(found) == 1 else {role: basis for role, basis in found.items() if role != "system"}

    @property
    def variant(self) -> str:
        """Which of the publication's files it is."""
        if "practice" in self.roles:
            return "practice level"
        if "duration" in self.dimensions:
            return "duration"
        if "category" in self.dimensions and "status" not in self.dimensions:
            return "categories"
        return "daily" if "date" in self.roles["date"] else "monthly"

    def need(self, where: str) -> None:
        """Raises ``InputError`` for a column without which nothing can be counted."""
        if "date" not in self.roles:
            raise InputError(f"there is no column “{_DATE}”", where=where, remedy=AS_PUBLISHED)
        if not self.bases:
            what = "there is no column “SUB_ICB_LOCATION_CODE” or “GP_CODE”"
            raise InputError(what, where=where, remedy=AS_PUBLISHED)


def layout_of(content: Content) -> Layout | None:
    """The layout of a file of counts; ``None`` for other files."""
    if content.kind is not Kind.TEXT:
        return None
    header = find_header(content.head, ("count_of_appointments", "count of appointments"))
    if header is None:
        return None
    return Layout(header, _columns(header, _ROLES), _columns(header, _DIMENSIONS))


def coverage_header(content: Content) -> Header | None:
    """The header of a file of coverage; ``None`` for other files."""
    if content.kind is not Kind.TEXT:
        return None
    return find_header(content.head, "included practices", "open practices")


def coverage_columns(header: Header) -> dict[str, str]:
    """The names of the columns of a file of coverage by their roles."""
    return _columns(header, _ROLES)


def _columns(header: Header, choices: Mapping[str, list[str]]) -> dict[str, str]:
    names = distinct(header.names)
    return {role: names[at] for role, said in choices.items() if (at := column_of(header.names, said)) is not None}
