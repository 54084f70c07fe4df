"""Tables with one row an organisation and one column an item: what most releases are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from trigpoint.errors import Where
from trigpoint.releases.files.sheet import Row, Sheet
from trigpoint.releases.observation import Marker, Rows
from trigpoint.releases.release import Organisation
from trigpoint.releases.schema import Column, Era
from trigpoint.releases.tables.cells import COMMON, Figure, figure
from trigpoint.releases.tables.header import Header
from trigpoint.releases.tables.spans import Span

MOST_TOLD = 200
"""Rejected cells that are told one by one; a file that is wrong throughout would tell the same thousands of times."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Of whom, when, and of which part of the whole ("" for all of it) the figures of a row are."""

    organisation: Organisation
    span: Span
    detail: str = ""


@dataclass(slots=True)
class Tally:
    """Observations gathered from tables, the organisations met, and what was left out."""

    rows: Rows = field(default_factory=Rows)
    organisations: dict[tuple[str, str], Organisation] = field(default_factory=dict)
    rejected: list[str] = field(default_factory=list)
    unread: int = 0

    def reject(self, where: Where, what: str) -> None:
        """Tell one cell or row that is left out; beyond the first 200 they are only counted."""
        self.unread += 1
        if self.unread <= MOST_TOLD:
            self.rejected.append(f"{where}: {what}")

    @property
    def told(self) -> tuple[str, ...]:
        """What was left out, one sentence each."""
        more = self.unread - len(self.rejected)
        return (*self.rejected, f"and {more:,} more of the kind") if more else tuple(self.rejected)

    def meet(self, organisation: Organisation) -> None:
        """Remember an organisation; the first naming of a code in a basis stays."""
        self.organisations.setdefault((organisation.code, organisation.basis.value), organisation)


def tally_columns(
    tally: Tally,
    sheet: Sheet,
    file: str,
    header: Header,
    era: Era,
    subject_of: Callable[[Row], Subject | None],
    *,
    names: Sequence[str] = (),
    markers: Mapping[str, Marker | float] = COMMON,
) -> None:
    """Read the rows below a header into ``tally``: each column that the era knows becomes an observation a row.

    ``names`` are the column names, those of the header where none are given (``header.compound`` makes names of merged
    labels). ``subject_of`` says whose row it is: ``None`` passes over it (blank lines, footnotes, notes of hidden
    kinds), ``ValueError`` rejects it with its words. A cell that is neither number nor mark is rejected alone.
    """
    columns = [(at, era.columns[name]) for at, name in enumerate(names or header.names) if name in era.counted]
    for line, row in enumerate(sheet.rows[header.index + 1 :], start=header.index + 2):
        where = sheet.place(file, line)
        try:
            subject = subject_of(row)
        except ValueError as error:
            tally.reject(where, f"{error}; the row was left out")
            continue
        if subject is None:
            continue
        if columns and not sheet.name and len(row) <= columns[-1][0]:  # a text that was cut off in mid-line
            tally.reject(where, f"the row ends after {len(row)} of {len(header.names)} columns; it was left out")
            continue
        tally.meet(subject.organisation)
        for at, column in columns:
            try:
                found = figure(row[at] if at < len(row) else "", markers)
            except ValueError as error:
                tally.reject(where, f"“{error}” in column {at + 1} is no number; it was left out")
                continue
            _add(tally, subject, column, found)


def _add(tally: Tally, subject: Subject, column: Column, found: Figure) -> None:
    org, basis = subject.organisation.code, subject.organisation.basis
    value = found.value * column.scale if found.value is not None else None
    whole = ";".join(sorted(one for one in (subject.detail, column.detail) if one))
    tally.rows.add(column.part, org, basis, *subject.span, value, found.marker, whole)
