"""Rows of a table as lines: whose figures, when, and each count that the columns hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from trigpoint.errors import Where
from trigpoint.releases.files.sheet import Cell, Row, Sheet
from trigpoint.releases.observation import ENGLAND, Basis, Marker
from trigpoint.releases.readers.ae.counts import MISSING, Counts, Key, Line
from trigpoint.releases.release import Organisation
from trigpoint.releases.schema import Column, read_schema
from trigpoint.releases.tables import named
from trigpoint.releases.tables.cells import Figure, figure, words
from trigpoint.releases.tables.columns import Tally
from trigpoint.releases.tables.spans import Span, span

_ENGLAND: Sequence[str] = read_schema("ae").more["england"]["names"]
_CODE = re.compile(r"[A-Za-z0-9]{2,12}")
Place = tuple[Organisation, Span]


def is_england(code: str, name: str) -> bool:
    """Whether a row is that of England, in any of its spellings: code and name ``TOTAL``, ``Total``, ``-`` or blank.

    >>> is_england("", "TOTAL"), is_england("Total ", "Total"), is_england("-", "England"), is_england("", "")
    (True, True, True, False)
    """
    return named.is_england(name, code, names=_ENGLAND)


def checked_code(code: str, name: str) -> str:
    """The code itself. Raises ``ValueError`` where there is none, or words in its place (a note under the table)."""
    if not code:
        raise ValueError(f"“{name}” has no organisation code" if name else "no organisation code")
    if not _CODE.fullmatch(code):
        raise ValueError(f"“{code}” is no organisation code")
    return code


def month_of(cell: Cell) -> Span | None:
    """The month that a cell means, ``None`` where it means none.

    >>> month_of("MSitAE-MAY-2025")[1].isoformat(), month_of("2024/25"), month_of("TOTAL")
    ('2025-05-31', None, None)
    """
    try:
        first, last = span(cell)
    except ValueError:
        return None
    return (first, last) if (first.year, first.month, first.day) == (last.year, last.month, 1) else None


def england() -> Organisation:
    """England, as what its rows are counted."""
    return Organisation(ENGLAND, "England", Basis.NATIONAL)


def read_lines(
    tally: Tally,
    sheet: Sheet,
    file: str,
    first: int,
    columns: Mapping[int, Column],
    place_of: Callable[[Row], Place | None],
    markers: Mapping[str, Marker | float],
) -> list[Line]:
    """The rows from index ``first`` on. ``place_of`` says whose a row is: ``None`` passes over it, ``ValueError``
    rejects it. A cell that is no count is told and stands as not available, so that no total is made without it."""
    lines, last = [], max(columns, default=-1)
    for index, row in enumerate(sheet.rows[first:], start=first + 1):
        where = sheet.place(file, index)
        try:
            place = place_of(row)
        except ValueError as error:
            if any(words(row[at]) for at in columns if at < len(row)):
                tally.reject(where, f"{error}; the row was left out")
            continue
        if place is None:
            continue
        if not sheet.name and len(row) <= last and index == len(sheet.rows):  # a download that broke off in mid-line
            tally.reject(where, f"the row ends after {len(row)} columns of more than {last}; it was left out")
            continue
        tally.meet(place[0])
        lines.append(Line(*place, _counts(tally, where, row, columns, markers)))
    return lines


def _counts(
    tally: Tally, where: Where, row: Row, columns: Mapping[int, Column], markers: Mapping[str, Marker | float]
) -> Counts:
    counts: dict[Key, Figure] = {}
    for at, column in columns.items():
        try:
            found = figure(row[at] if at < len(row) else "", markers)
            if found.value is not None and found.value < 0:
                raise ValueError(words(row[at]))
        except ValueError as error:
            tally.reject(where, f"“{error}” in column {at + 1} is no count; it was left out")
            found = MISSING
        counts.setdefault((column.part, column.detail), found)
    return counts
