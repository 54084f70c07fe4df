"""The monthly workbook: three tables by organisation and one of England by type of care, reason and responsibility."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from trigpoint.errors import InputError, Where
from trigpoint.releases.files.content import Content
from trigpoint.releases.files.sheet import AS_PUBLISHED, Row, Sheet
from trigpoint.releases.observation import ENGLAND, Basis
from trigpoint.releases.readers.delayed_transfers.layout import SCHEMA, Table, basis_of, division, is_blank
from trigpoint.releases.release import Organisation, Reading
from trigpoint.releases.tables.cells import figure, normal, words
from trigpoint.releases.tables.columns import Subject, Tally, tally_columns
from trigpoint.releases.tables.gathered import gathered
from trigpoint.releases.tables.header import columns_left_out, find_header
from trigpoint.releases.tables.named import NOBODY, cell_of, is_england, remarks
from trigpoint.releases.tables.preamble import Preamble, read_preamble
from trigpoint.releases.tables.spans import Span
from trigpoint.releases.tables.totals import SAME, totals_told
from trigpoint.wording import count

_NOUNS = {
    Basis.LOCAL_AUTHORITY: ("local authority", "local authorities"),
    Basis.PROVIDER: ("provider", "providers"),
}


def read_workbook(content: Content, tables: Sequence[Table]) -> Reading:
    """All tables of a workbook, each figure once, the printed totals held against the rows."""
    preamble = read_preamble(tables[0].sheet.rows)
    basis = basis_of(tables[0], preamble.basis)
    local = basis is Basis.LOCAL_AUTHORITY
    found = gathered(
        content.name,
        [*((table.sheet.name, _tallied(content, table, basis)) for table in tables), ("England", _england(content))],
    )
    return Reading(
        variant="local authority workbook" if local else "provider workbook",
        frame=found.frame,
        era="with-beds" if any(table.has_beds for table in tables) else "days-only",
        title=preamble.title,
        status=preamble.status,
        published=preamble.published,
        revised=preamble.revised,
        organisations=found.organisations,
        rejected=found.rejected,
        notes=(
            *totals_told(found.frame, basis, *_NOUNS[basis]),
            *found.differing,
            *_beds_told(found.frame),
            *(told for table in tables for told in columns_left_out(table.unknown, table.sheet.name)),
            *_codes_told(tables),
            *(_remark(sheet) for sheet in content.visible if _is_remark(sheet)),
        ),
    )


def _tallied(content: Content, table: Table, basis: Basis) -> Tally:
    tally = Tally()
    period = _period(content, table.sheet)
    tally_columns(
        tally,
        table.sheet,
        content.name,
        table.header,
        table.era,
        lambda row: _subject(row, table, basis, period),
        names=table.names,
        markers=SCHEMA.markers,
    )
    return tally


def _period(content: Content, sheet: Sheet) -> Span:
    preamble: Preamble = read_preamble(sheet.rows)
    others = (read_preamble(one.rows).period for one in content.visible)
    period = preamble.period or next((one for one in others if one), None)
    if period is None:
        what = f"“{preamble.period_text}” is no month" if preamble.period_text else "there is no line “Period:”"
        raise InputError(what, where=Where(content.name, sheet=sheet.name), remedy=AS_PUBLISHED)
    return period


def _subject(row: Row, table: Table, basis: Basis, period: Span) -> Subject | None:
    """Whose row it is: by the ONS code where there is one, by the older code where not."""
    places = table.places
    name, region = cell_of(row, places.name), cell_of(row, places.region)
    codes = [one for at in (places.ons, places.code) if (one := cell_of(row, at)) not in NOBODY]
    if is_england(name, *codes):
        return Subject(Organisation(ENGLAND, "England", Basis.NATIONAL), period)
    if not codes and (is_blank(row[places.name :]) or not name):
        return None  # a blank line or a footnote under the first columns
    if not codes:
        if all(not words(cell) for cell in row[places.name + 1 :]):
            return None
        raise ValueError(f"“{name}” has no organisation code")
    return Subject(Organisation(codes[0], name, basis, "" if region in NOBODY else region), period)


def _england(content: Content) -> Tally:
    """The sheet of England alone: each type of care and reason by responsible organisation."""
    tally = Tally()
    for sheet in content.visible:
        header = find_header(sheet.rows, "Type of Care", "Reason for Delay")
        if header is None:
            continue
        period, care = _period(content, sheet), ""
        care_at, reason_at = header.names.index("type of care"), header.names.index("reason for delay")
        columns = [(at, whole) for at, name in enumerate(header.names) if at > reason_at and (whole := division(name))]
        for line, row in enumerate(sheet.rows[header.index + 1 :], start=header.index + 2):
            care = cell_of(row, care_at) or care
            reason = cell_of(row, reason_at)
            if not reason:
                continue
            own = "" if reason in NOBODY else division(reason)
            kind = division(care)
            where = Where(content.name, sheet=sheet.name, row=line)
            if own is None or not kind:
                tally.reject(where, f"“{care}” with “{reason}” is not known; the row was left out")
                continue
            _add(tally, row, where, columns, (kind, own), period)
    return tally


def _add(
    tally: Tally, row: Row, where: Where, columns: list[tuple[int, str]], within: tuple[str, str], period: Span
) -> None:
    for at, responsible in columns:
        try:
            found = figure(row[at] if at < len(row) else "", SCHEMA.markers)
        except ValueError as error:
            tally.reject(where, f"“{error}” in column {at + 1} is no number; it was left out")
            continue
        whole = ";".join(sorted(one for one in (*within, responsible) if one))
        tally.rows.add("delayed-days", ENGLAND, Basis.NATIONAL, *period, found.value, found.marker, whole)


def _beds_told(frame: pl.DataFrame) -> tuple[str, ...]:
    """Whether beds are days divided by the days of the month, as the publication says."""
    key = ["org", "basis", "detail", "start", "end"]
    days, beds = (frame.filter(pl.col("part") == part) for part in ("delayed-days", "delayed-beds"))
    both = beds.join(days.select(*key, pl.col("value").alias("days")), on=key, how="inner").drop_nulls("days")
    if both.is_empty():
        return ()
    length = (pl.col("end") - pl.col("start")).dt.total_days() + 1
    wanted = pl.col("days") / length
    apart = both.filter((pl.col("value") - wanted).abs() > SAME * pl.max_horizontal(wanted, 1))
    if apart.is_empty():
        return (f"the beds are the delayed days divided by the days of the month in all {len(both):,} figures",)
    first = apart.sort(key).row(0, named=True)
    return (
        f"the beds are not the delayed days divided by the days of the month in {len(apart):,} of {len(both):,}"
        f" figures, the first of {first['org']}: {first['value']:,.4f} beds for {first['days']:,.10g} days",
    )


def _codes_told(tables: Sequence[Table]) -> tuple[str, ...]:
    """Which of two codes an authority stands under."""
    table = next((one for one in tables if one.places.ons is not None and one.places.code is not None), None)
    if table is None:
        return ()
    rows = table.sheet.rows[table.header.index + 1 :]
    pairs = [(cell_of(row, table.places.ons), cell_of(row, table.places.code)) for row in rows]
    old = [f"{code} for {ons}" for ons, code in pairs if ons not in NOBODY and code not in NOBODY]
    if not old:
        return ()
    return (f"local authorities stand under their ONS codes; {count(len(old), 'older code')} ({old[0]}, …) not kept",)


def _is_remark(sheet: Sheet) -> bool:
    return any(word in normal(sheet.name) for word in ("quality", "note"))


def _remark(sheet: Sheet) -> str:
    return f"{sheet.name}: {remarks(sheet)}"
