"""Which of the two forms a file has, and where its labels stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trigpoint.errors import InputError
from trigpoint.releases.files.sheet import AS_PUBLISHED, Row
from trigpoint.releases.schema import Era, read_schema
from trigpoint.releases.tables.cells import normal
from trigpoint.releases.tables.header import Header, columns_left_out
from trigpoint.releases.tables.named import column_of, fitted, plain

SCHEMA = read_schema("hes")
LABELS: Mapping[str, Sequence[str]] = SCHEMA.more["labels"]
_SEARCHED = 20


def is_by_group(head: Sequence[Row]) -> bool:
    """Whether the rows are months of England, by treatment function, age or in all."""
    return _header(head, "month ending", "groups") is not None


def is_by_organisation(head: Sequence[Row]) -> bool:
    """Whether the rows are months of organisations."""
    return _header(head, "activity month", "organisations") is not None


def header_of(rows: Sequence[Row], month: str, era: str) -> Header:
    """The header of a file that has been recognised."""
    found = _header(rows, month, era)
    if found is None:
        raise InputError("the header is not known", remedy=AS_PUBLISHED)
    return found


def era_named(id: str) -> Era:
    """An era of the data file."""
    return next(one for one in SCHEMA.eras if one.id == id)


def fitting_era(header: Header, id: str, file: str, needed: str) -> Era:
    """The columns of an era that the file has. ``InputError`` names the main one where it is missing."""
    era = fitted(era_named(id), header.names)
    wanted = {plain(needed), *map(plain, SCHEMA.more["also"].get(needed, ()))}
    if not any(plain(name) in wanted for name in era.columns):
        raise InputError(f"there is no column “{needed}”", where=file, remedy=AS_PUBLISHED)
    return era


def unknown_of(header: Header, era: Era) -> tuple[str, ...]:
    """Sentences on columns that nobody knows."""
    known = {plain(name) for name in era.columns} | {plain(one) for names in LABELS.values() for one in names}
    return columns_left_out(name for name in header.names if name and plain(name) not in known)


def _header(rows: Sequence[Row], month: str, era: str) -> Header | None:
    """The first row that has the month and two columns of the era."""
    counted = {plain(name) for name in era_named(era).columns}
    for index, row in enumerate(rows[:_SEARCHED]):
        names = tuple(normal(cell) for cell in row)
        present = {plain(name) for name in names}
        if column_of(names, LABELS[month]) is not None and len(present & counted) >= 2:
            return Header(index, names)
    return None
