"""The header of a table: found by what stands in it, never by the number of its row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from trigpoint.errors import InputError, Where
from trigpoint.releases.files.sheet import AS_PUBLISHED, Row, Sheet
from trigpoint.releases.tables.cells import normal, words

SEARCHED = 60
"""Rows that are searched for a header; published files have it within the first twenty."""


@dataclass(frozen=True, slots=True)
class Header:
    """A header row. ``index`` counts rows from 0; ``names`` are in small letters, as ``cells.normal`` makes them."""

    index: int
    names: tuple[str, ...]

    def column(self, *names: str) -> int | None:
        """The first column that has one of these names; ``None`` where there is none."""
        wanted = [normal(name) for name in names]
        return next((self.names.index(name) for name in wanted if name in self.names), None)

    def need(self, where: Where | str, *names: str) -> int:
        """As ``column``. Raises ``InputError`` where there is none."""
        found = self.column(*names)
        if found is None:
            what = f"there is no column “{names[0]}”"
            raise InputError(what, where=where, remedy=AS_PUBLISHED)
        return found


def find_header(rows: Sequence[Row], *needed: str | Iterable[str]) -> Header | None:
    """The first row in which all the names stand (capitals and blanks apart), within the first 60 rows.

    Each of ``needed`` is a name, or several of which one will do. ``None`` where there is no such row.

    >>> find_header([["", "Period:", "June 2025"], ["", "Code", "Name"]], ("Org Code", "Code"), "Name").index
    1
    """
    wanted = [{normal(name)} if isinstance(name, str) else {normal(one) for one in name} for name in needed]
    for index, row in enumerate(islice(rows, SEARCHED)):
        names = tuple(normal(cell) for cell in row)
        present = set(names)
        if all(present & choice for choice in wanted):
            return Header(index, names)
    return None


def need_header(sheet: Sheet, file: str, *needed: str | Iterable[str]) -> Header:
    """As ``find_header``. Raises ``InputError`` where the sheet has no such header."""
    found = find_header(sheet.rows, *needed)
    if found is None:
        said = ", ".join(f"“{one if isinstance(one, str) else next(iter(one))}”" for one in needed)
        raise InputError(f"no header with {said} was found", where=sheet.place(file), remedy=AS_PUBLISHED)
    return found


def columns_left_out(names: Iterable[str], sheet: str = "") -> tuple[str, ...]:
    """Sentences on columns that are not known; ``sheet`` names their sheet where a file has several.

    >>> columns_left_out(["mood"], "Provider")
    ('the column “mood” of sheet “Provider” is not known and was left out',)
    """
    whose = f" of sheet “{sheet}”" if sheet else ""
    return tuple(f"the column “{name}”{whose} is not known and was left out" for name in names)


def compound(rows: Sequence[Row], header: Header, levels: int = 1) -> tuple[str, ...]:
    """Column names made of the labels that span them and their own: ``a&e attendances | type 1``.

    ``levels`` rows above the header hold the labels of groups; a merged label stands in its first cell and is carried
    on to the right until the next one. Columns before the first label keep their own name alone.
    """
    names = ["" for _ in header.names]
    for index in range(max(0, header.index - levels), header.index):
        label = ""
        row = rows[index]
        for column in range(len(names)):
            label = normal(row[column]) if column < len(row) and words(row[column]) else label
            names[column] = f"{names[column]}{label} | " if label else names[column]
    return tuple(f"{group}{own}" for group, own in zip(names, header.names, strict=True))
