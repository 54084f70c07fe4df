"""From a file of counts to observations: each organisation's month, whole and by each thing that divides it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

from trigpoint.releases.files.content import Content
from trigpoint.releases.observation import SCHEMA as SHAPE
from trigpoint.releases.observation import Basis, together
from trigpoint.releases.readers.gp_appointments.layout import SCHEMA, Layout
from trigpoint.releases.readers.gp_appointments.table import COUNT, counts_table, days_of
from trigpoint.releases.release import Organisation, Reading
from trigpoint.releases.tables.columns import Tally
from trigpoint.releases.tables.strings import usable
from trigpoint.wording import count, listed

_PART = "gp-appointments"
_SPAN = ["start", "end"]
_FEWEST_REGIONS = 4
_FEWEST_COMMISSIONERS = 30
_LONG_WEEKEND = 4
_FEWEST_PRACTICES = 5_000
"""England has had 4 regions and later 7, never fewer than 36 commissioners, and some 6,000 practices; practice files
have also been published in halves."""


def read_counts(content: Content, layout: Layout) -> Reading:
    """The sums of a file. Raises ``InputError`` where it names neither date nor organisation."""
    layout.need(content.name)
    table = counts_table(content, layout)
    tally = Tally()
    table = _usable(table, tally, content.name, layout)
    pieces = []
    organisations: list[Organisation] = []
    for role, basis in layout.bases.items():
        pieces += list(_sums(table, layout, role, basis))
        organisations += _organisations(table, role, basis)
    return Reading(
        variant=layout.variant,
        frame=together(pieces),
        era=layout.variant,
        title=SCHEMA.name,
        organisations=tuple(organisations),
        rejected=tally.told,
        notes=tuple(_about(table, layout)),
        whole=_is_whole(table, layout),
    )


def _usable(table: pl.DataFrame, tally: Tally, file: str, layout: Layout) -> pl.DataFrame:
    """The rows with a date, a number and an organisation; the others are told."""
    smallest = next(iter(layout.bases))
    reasons = {
        "start": "“{date}” is no date",
        COUNT: "“{said}” is no number of appointments",
        smallest: "no organisation code",
    }
    return usable(table, reasons, tally, file)


def _sums(table: pl.DataFrame, layout: Layout, role: str, basis: Basis) -> Iterator[pl.DataFrame]:
    """The whole of each organisation and month, then each division of it, nought where a label has no row."""
    named = table.drop_nulls(role)
    whole = named.group_by(role, *_SPAN, maintain_order=True).agg(pl.col(COUNT).sum())
    yield _observed(whole, role, basis, pl.lit(""))
    for dimension in layout.dimensions:
        summed = named.group_by(role, *_SPAN, dimension).agg(pl.col(COUNT).sum())
        grid = whole.select(role, *_SPAN).join(named.select(dimension).unique(maintain_order=True), how="cross")
        full = grid.join(summed, on=[role, *_SPAN, dimension], how="left", maintain_order="left")
        said = pl.lit(f"{dimension}=") + pl.col(dimension).cast(pl.String)
        yield _observed(full.with_columns(pl.col(COUNT).fill_null(0)), role, basis, said)


def _observed(sums: pl.DataFrame, role: str, basis: Basis, said: pl.Expr) -> pl.DataFrame:
    return sums.select(
        pl.lit(_PART).alias("part"),
        pl.col(role).cast(pl.String).alias("org"),
        pl.lit(basis.value).alias("basis"),
        said.alias("detail"),
        *_SPAN,
        pl.col(COUNT).cast(pl.Float64).alias("value"),
        pl.lit("").alias("marker"),
    ).select(list(SHAPE))


def _organisations(table: pl.DataFrame, role: str, basis: Basis) -> Iterator[Organisation]:
    above = {"practice": "commissioner", "network": "commissioner", "commissioner": "system", "system": "region"}[role]
    columns = [one for one in (role, f"{role}-name", above) if one in table.columns]
    met = table.drop_nulls(role).select(columns).unique(role, keep="first", maintain_order=True)
    for row in met.cast(pl.String).iter_rows(named=True):
        yield Organisation(row[role], (row.get(f"{role}-name") or "").strip(), basis, row.get(above) or "")


def _is_whole(table: pl.DataFrame, layout: Layout) -> bool:
    if "practice" in layout.roles:
        return table["practice"].n_unique() >= _FEWEST_PRACTICES
    if "region" in table.columns and table["region"].n_unique() >= _FEWEST_REGIONS:
        return True
    return table[next(iter(layout.bases))].n_unique() >= _FEWEST_COMMISSIONERS


def _about(table: pl.DataFrame, layout: Layout) -> Iterator[str]:
    rows, months = len(table), table.select(_SPAN).unique().sort("start")
    yield f"{count(rows, 'row')} added up over {count(len(months), 'month')}; the file has no row of England"
    if layout.variant != "practice level":
        short = [start for start, end in months.iter_rows() if _cut_short(days_of(table), start, end)]
        if short:
            said = listed([f"{one:%B %Y}" for one in short])
            yield f"the file has single days of {said} only: what is given for the month is less than the whole"


def _cut_short(days: set[date], start: date, end: date) -> bool:
    """Whether days at either end of a month are lacking, of which more than a long weekend's would be without work."""
    own = sorted(day for day in days if start <= day <= end)
    if len(own) < 2:  # a month that is named by its first day
        return False
    return (own[0] - start).days > _LONG_WEEKEND or (end - own[-1]).days > _LONG_WEEKEND
