"""Rows under a header, read into a ledger: the same for every layout once the columns are known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from trigpoint.errors import InputError, Where
from trigpoint.releases.files.sheet import AS_PUBLISHED, Row
from trigpoint.releases.observation import Basis
from trigpoint.releases.readers.cancer.ledger import Ledger, Line
from trigpoint.releases.readers.cancer.naming import SCHEMA, Standard, detail_of, organisation_of
from trigpoint.releases.tables.cells import Figure, figure, words
from trigpoint.releases.tables.spans import Span


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table by field, checked to hold what no table can do without."""

    at: Mapping[str, int]

    def text(self, row: Row, field: str) -> str:
        """A field of a row in words; "" where the table has no such column."""
        at = self.at.get(field)
        return words(row[at]) if at is not None and at < len(row) else ""

    def figure(self, row: Row, field: str) -> Figure:
        """A field of a row as a number. ``ValueError`` where it is neither number nor mark."""
        at = self.at[field]
        return figure(row[at] if at < len(row) else "", SCHEMA.markers)

    def need(self, where: Where | str, *fields: str) -> None:
        """Raise ``InputError`` for a table that lacks one of the fields."""
        for field in fields:
            if field not in self.at:
                name = SCHEMA.more["headings"][field][0]
                raise InputError(f"there is no column “{name}”", where=where, remedy=AS_PUBLISHED)


@dataclass(frozen=True, slots=True)
class Table:
    """What is known of a table before its rows are read; each function tells one thing of a row."""

    columns: Columns
    standard_of: Callable[[Row], Standard | None]
    side_of: Callable[[Row], Basis]
    span_of: Callable[[Row], Span]


def read_row(ledger: Ledger, table: Table, row: Row, where: Where) -> None:
    """Take one row into the ledger; reject one that cannot be read, pass over one that holds nothing."""
    columns = table.columns
    code, name, total = (columns.text(row, field) for field in ("code", "name", "total"))
    if not name or (not total and not code):  # blank lines, labels of column groups, footnotes
        return
    try:
        standard = table.standard_of(row)
        if standard is None:
            raise ValueError("the standard is not known")
        side = table.side_of(row)
        line = Line(
            standard,
            organisation_of(code, name, columns.text(row, "parent"), side),
            side,
            table.span_of(row),
            _detail(columns, standard, row),
            _figures(columns, standard, row),
        )
        ledger.add(line)
    except ValueError as error:
        ledger.tally.reject(where, f"{error}; the row was left out")


def _detail(columns: Columns, standard: Standard, row: Row) -> str:
    cancer = "" if standard.is_of_one_kind else columns.text(row, "cancer")
    return detail_of(cancer, *(columns.text(row, field) for field in ("route", "modality", "setting")))


def _figures(columns: Columns, standard: Standard, row: Row) -> tuple[tuple[str, Figure], ...]:
    within = "seen" if standard.counts_referrals and "seen" in columns.at else "within"
    found = [(standard.total, _read(columns, row, "total")), (standard.within, _read(columns, row, within))]
    if standard.late and "late" in columns.at:
        found.append((standard.late, _read(columns, row, "late")))
    total, kept = found[0][1].value, found[1][1].value
    if total is not None and kept is not None and not 0 <= kept <= total:
        raise ValueError(f"{kept:g} within the standard of {total:g} cannot be")
    return tuple(found)


def _read(columns: Columns, row: Row, field: str) -> Figure:
    try:
        return columns.figure(row, field)
    except ValueError as error:
        raise ValueError(f"“{error}” is no number") from None
