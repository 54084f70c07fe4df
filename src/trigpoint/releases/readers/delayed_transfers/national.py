"""England's own series: one row a month, the year perhaps in the first row of each year only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from trigpoint.releases.files.content import Content
from trigpoint.releases.files.sheet import Cell, Row
from trigpoint.releases.observation import ENGLAND, Basis
from trigpoint.releases.readers.delayed_transfers.layout import SCHEMA, Table, is_blank
from trigpoint.releases.release import Organisation, Reading
from trigpoint.releases.tables.cells import words
from trigpoint.releases.tables.columns import Subject, Tally, tally_columns
from trigpoint.releases.tables.gathered import gathered
from trigpoint.releases.tables.named import cell_of, column_of
from trigpoint.releases.tables.preamble import read_preamble
from trigpoint.releases.tables.spans import Span, month_of_year, span

_ENGLAND = Organisation(ENGLAND, "England", Basis.NATIONAL)


def read_national(content: Content, tables: Sequence[Table]) -> Reading:
    """Every month of every sheet, each figure once."""
    found = gathered(content.name, ((table.sheet.name, _tallied(content, table)) for table in tables))
    preamble = read_preamble(tables[0].sheet.rows)
    return Reading(
        variant="time series",
        frame=found.frame,
        era="time-series",
        title=preamble.title or SCHEMA.name,
        status=preamble.status,
        published=preamble.published,
        revised=preamble.revised,
        organisations=found.organisations,
        rejected=found.rejected,
        notes=found.differing,
    )


def _tallied(content: Content, table: Table) -> Tally:
    tally, series = Tally(), _Series(table)
    tally_columns(
        tally,
        table.sheet,
        content.name,
        table.header,
        table.era,
        series.subject,
        names=table.names,
        markers=SCHEMA.markers,
    )
    return tally


class _Series:
    """The rows of a table, the year carried on from the last row that said one."""

    def __init__(self, table: Table) -> None:
        names = table.header.names
        self._period = column_of(names, SCHEMA.more["labels"]["period"])
        self._year = column_of(names, ("Year", "Financial Year"))
        self._counted = [at for at, name in enumerate(table.names) if name in table.era.columns]
        self._said = ""

    def subject(self, row: Row) -> Subject | None:
        """England in the row's month; nothing for a blank line, a footnote or the sum of a year."""
        if is_blank([row[at] for at in self._counted if at < len(row)]):
            return None
        self._said = cell_of(row, self._year) or self._said
        cell: Cell = row[self._period] if self._period is not None and self._period < len(row) else ""
        period = self._month(cell)
        if (period[1] - period[0]).days > 31:
            return None
        return Subject(_ENGLAND, period)

    def _month(self, cell: Cell) -> Span:
        if isinstance(cell, date):
            return span(cell)
        if self._said:
            try:
                return month_of_year(self._said, cell)
            except ValueError:
                pass
        for text in (words(cell), f"{words(cell)} {self._said}"):
            try:
                return span(text)
            except ValueError:
                continue
        raise ValueError(f"“{words(cell)}” is no month")
