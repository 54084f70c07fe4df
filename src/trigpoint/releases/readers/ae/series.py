"""The time series of England: a row a month, with activity and performance in sheets of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from trigpoint.releases.files.content import Content
from trigpoint.releases.files.sheet import Row, Sheet
from trigpoint.releases.readers.ae.checks import pair_note
from trigpoint.releases.readers.ae.counts import MISSING, PUBLISHED, WITHIN, Counts, Line, completed, observe
from trigpoint.releases.readers.ae.field_test import MONTHS
from trigpoint.releases.readers.ae.labels import counted_columns, typed_header
from trigpoint.releases.readers.ae.lines import Place, england, month_of, read_lines
from trigpoint.releases.release import Reading
from trigpoint.releases.schema import Schema
from trigpoint.releases.tables.cells import words
from trigpoint.releases.tables.columns import Tally
from trigpoint.releases.tables.header import Header, columns_left_out, find_header
from trigpoint.releases.tables.preamble import read_preamble
from trigpoint.releases.tables.spans import Span
from trigpoint.wording import count

VARIANT = "time series"
BOOKED_FROM = date(2020, 8, 1)
"""The first month of which booked appointments are counted apart; before it the figures as published have none."""


def series_header(sheet: Sheet) -> Header | None:
    """The header of a sheet that has periods and a column for major departments."""
    return typed_header(sheet, "Period")


def read_series(content: Content, schema: Schema) -> Reading:
    """A time series. Sheets without counts by period (charts and their data) are passed over."""
    tally = Tally()
    months: dict[Span, Line] = {}
    notes: list[str] = []
    preamble = read_preamble(())
    for sheet in content.visible:
        header = find_header(sheet.rows, "Period")
        if header is None or sheet.name.strip().casefold().startswith("chart"):
            continue
        preamble = preamble if preamble.title else read_preamble(sheet.rows)
        lines = _lines(tally, content.name, sheet, header, schema, notes)
        notes.append(_agreement(months, lines, sheet))
        for line in lines:
            before = months.get(line.span)
            months[line.span] = line if before is None else replace(before, counts={**line.counts, **before.counts})
    settled = [replace(line, counts=_settled(line)) for line in months.values()]
    observe(tally.rows, settled)
    notes.append(_estimates(settled))
    return Reading(
        variant=VARIANT,
        frame=tally.rows.frame(),
        era="workbook",
        title=preamble.title or schema.name,
        status=preamble.status,
        published=preamble.published,
        revised=preamble.revised,
        organisations=tuple(tally.organisations.values()),
        rejected=tally.told,
        notes=tuple(note for note in notes if note),
    )


def _lines(tally: Tally, file: str, sheet: Sheet, header: Header, schema: Schema, notes: list[str]) -> list[Line]:
    found = counted_columns(sheet, header, schema)
    notes.extend(columns_left_out(found.unknown, sheet.name))
    at = header.names.index("period")

    def place_of(row: Row) -> Place | None:
        return _place(row, at)

    return read_lines(tally, sheet, file, header.index + 1, found.columns, place_of, schema.markers)


def _place(row: Row, at: int) -> Place | None:
    cell = row[at] if at < len(row) else ""
    if not words(cell):
        return None
    month = month_of(cell)
    if month is None:
        raise ValueError(f"“{words(cell)}” is no month")
    return england(), month


def _settled(line: Line) -> Counts:
    """The counts of a month with what follows; while none were booked, those as published are the unbooked ones too."""
    counts = dict(line.counts)
    if line.span[0] < BOOKED_FROM:
        for (part, detail), found in line.counts.items():
            if part.endswith(PUBLISHED):
                counts[part.removesuffix(PUBLISHED), detail] = found
    given = {key for key in counts if key[0].startswith(WITHIN)}
    full = dict(completed(counts))
    if MONTHS[0] <= line.span[0] <= MONTHS[1]:
        # attendances less those over four hours would count all of the trusts that report none as within them
        full.update({key: MISSING for key in full if key[0].startswith(WITHIN) and key not in given})
    return full


def _agreement(months: Mapping[Span, Line], lines: list[Line], sheet: Sheet) -> str:
    before = {span[0].isoformat(): line.counts for span, line in months.items()}
    now = {line.span[0].isoformat(): line.counts for line in lines}
    said = f"the sheet {sheet.name} and those before it"
    return pair_note(before, now, said, "month")


def _estimates(lines: list[Line]) -> str:
    """Months of weekly collections were made of weeks: their figures have digits after the point."""
    parted = [line for line in lines if any(one.value is not None and one.value % 1 for one in line.counts.values())]
    if not parted:
        return ""
    last = max(line.span[0] for line in parted)
    return f"{count(len(parted), 'month')} up to {last:%B %Y} hold fractions: estimates made from weekly figures"
