"""A workbook of beds: one quarter by trust, region and specialty, or many quarters on as many sheets."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from trigpoint.errors import InputError, Where
from trigpoint.releases.files.content import Content
from trigpoint.releases.files.sheet import AS_PUBLISHED, Row
from trigpoint.releases.observation import ENGLAND, Basis
from trigpoint.releases.readers.beds.layout import SCHEMA, Table
from trigpoint.releases.readers.beds.quarters import quarter_of, quarter_of_words
from trigpoint.releases.release import Organisation, Reading
from trigpoint.releases.tables.cells import normal
from trigpoint.releases.tables.columns import Subject, Tally, tally_columns
from trigpoint.releases.tables.gathered import gathered
from trigpoint.releases.tables.header import columns_left_out
from trigpoint.releases.tables.named import NOBODY, cell_of, is_england, remarks
from trigpoint.releases.tables.preamble import read_preamble
from trigpoint.releases.tables.spans import Span
from trigpoint.releases.tables.totals import totals_told

_COUNTED = ("beds-available", "beds-occupied", "day-beds-available", "day-beds-occupied")
_SHARES = (
    ("bed-occupancy", "beds-occupied", "beds-available"),
    ("day-bed-occupancy", "day-beds-occupied", "day-beds-available"),
)
_HALF_POINT = 0.05
"""Published shares are printed to a tenth of a per cent at the least."""


def read_tables(content: Content, tables: Sequence[Table]) -> Reading:
    """All tables of a workbook, each figure once, the printed totals and shares held against the figures."""
    preamble = read_preamble(tables[0].sheet.rows)
    found = gathered(content.name, ((table.sheet.name, _tallied(content, table)) for table in tables))
    return Reading(
        variant=_variant(found.frame),
        frame=found.frame,
        era="by-sector",
        title=preamble.title or SCHEMA.name,
        status=preamble.status,
        published=preamble.published,
        revised=preamble.revised,
        organisations=found.organisations,
        rejected=found.rejected,
        notes=(
            *totals_told(found.frame, Basis.PROVIDER, "provider", parts=_COUNTED),
            *totals_told(found.frame, Basis.REGION, "region", parts=_COUNTED),
            *found.differing,
            *_shares_told(found.frame),
            *_sheets_told(content, tables),
        ),
    )


def _sheets_told(content: Content, tables: Sequence[Table]) -> tuple[str, ...]:
    """Columns that nobody knows, and what the sheets of notes say."""
    columns = (told for table in tables for told in columns_left_out(table.unknown, table.sheet.name))
    notes = (
        f"{sheet.name}: {remarks(sheet)}"
        for sheet in content.visible
        if any(word in normal(sheet.name) for word in ("quality", "note"))
    )
    return (*columns, *notes)


def _variant(frame: pl.DataFrame) -> str:
    """A time series where only England has rows; else told apart by when the beds are open."""
    if set(frame["basis"]) <= {Basis.NATIONAL.value}:
        return "time series"
    day = frame["part"].str.starts_with("day-").all()
    return "day only workbook" if day else "overnight workbook"


def _tallied(content: Content, table: Table) -> Tally:
    tally = Tally()
    usual = read_preamble(table.sheet.rows).period_text
    fallback = quarter_of_words(usual) or quarter_of_words(table.sheet.name)
    if fallback is None and (table.places.year is None and table.places.period is None):
        what = f"“{usual}” is no quarter" if usual else "there is neither a year and period column nor a line “Period:”"
        where = Where(content.name, sheet=table.sheet.name)
        raise InputError(what, where=where, remedy=AS_PUBLISHED)
    year = _Carried()
    tally_columns(
        tally,
        table.sheet,
        content.name,
        table.header,
        table.era,
        lambda row: _subject(row, table, year, fallback),
        names=table.names,
        markers=SCHEMA.markers,
    )
    return tally


class _Carried:
    """The year of a series, which stands in the first row of each year only."""

    def __init__(self) -> None:
        self._said = ""

    def or_before(self, said: str) -> str:
        """What a row says, or the last that one said."""
        self._said = said or self._said
        return self._said


def _subject(row: Row, table: Table, year: _Carried, fallback: Span | None) -> Subject | None:
    places = table.places
    name, region = cell_of(row, places.name), cell_of(row, places.region)
    code = cell_of(row, places.code if places.code is not None else places.region)
    said = cell_of(row, places.period)
    filled = any(normal(cell) for cell in row[table_start(table) :])
    if not filled:
        return None  # a blank line, or a footnote under the first columns
    period = _quarter(row, table, year, fallback)
    nobody = places.code is None and places.region is None and places.name is None
    if nobody or is_england(name, code):
        return Subject(Organisation(ENGLAND, "England", Basis.NATIONAL), period)
    if code in NOBODY:
        raise ValueError(f"“{name or said}” has no organisation code")
    parent = region if places.code is not None and region not in NOBODY else ""
    return Subject(Organisation(code, name, table.basis, parent), period)


def table_start(table: Table) -> int:
    """The first column that is counted."""
    return next(at for at, name in enumerate(table.names) if name in table.era.columns)


def _quarter(row: Row, table: Table, year: _Carried, fallback: Span | None) -> Span:
    places = table.places
    said = year.or_before(cell_of(row, places.year))
    period = row[places.period] if places.period is not None and places.period < len(row) else ""
    if not said and not cell_of(row, places.period):
        if fallback is None:
            raise ValueError("there is no period")
        return fallback
    try:
        return quarter_of(said, period)
    except ValueError:
        raise ValueError(f"“{said}” with “{cell_of(row, places.period)}” is no quarter") from None


def _shares_told(frame: pl.DataFrame) -> tuple[str, ...]:
    """Whether the printed shares are the beds occupied out of those available."""
    key = ["org", "basis", "detail", "start", "end"]
    told = []
    for share, over, under in _SHARES:
        printed, occupied, available = (
            frame.filter((pl.col("part") == part) & pl.col("value").is_not_null()) for part in (share, over, under)
        )
        all_three = printed.join(occupied.select(*key, over=pl.col("value")), on=key).join(
            available.filter(pl.col("value") > 0).select(*key, under=pl.col("value")), on=key
        )
        if all_three.is_empty():
            continue
        apart = all_three.filter((100 * pl.col("over") / pl.col("under") - pl.col("value")).abs() > _HALF_POINT)
        size = f"all {len(all_three):,}" if apart.is_empty() else f"{len(apart):,} of {len(all_three):,}"
        verb = "are" if apart.is_empty() else "are not"
        told.append(f"the printed shares {verb} beds occupied out of beds available in {size} figures")
    return tuple(told)
