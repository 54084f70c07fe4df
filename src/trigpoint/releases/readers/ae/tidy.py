"""The tidied form that analysts pass on: a row a month, provider and type of department."""

from __future__ import annotations

from collections.abc import Mapping

from trigpoint.errors import InputError
from trigpoint.releases.files.content import Content
from trigpoint.releases.files.sheet import Row
from trigpoint.releases.observation import Basis
from trigpoint.releases.readers.ae.counts import (
    ATTENDANCES,
    OVER,
    PUBLISHED,
    VIA,
    WITHIN,
    Counts,
    Key,
    Line,
    completed,
    observe,
)
from trigpoint.releases.readers.ae.field_test import silent_note, unreported_apart
from trigpoint.releases.readers.ae.lines import Place, england, month_of, read_lines
from trigpoint.releases.release import Organisation, Reading
from trigpoint.releases.schema import Era, Schema
from trigpoint.releases.tables.cells import Figure, normal, words
from trigpoint.releases.tables.columns import Tally
from trigpoint.releases.tables.header import Header, columns_left_out, find_header, need_header
from trigpoint.releases.tables.spans import Span
from trigpoint.wording import count

VARIANT = "tidy"
NEEDED = ("period", "org_code", "type", "attendances", "breaches", "admissions")
_TYPES = {"1": "type=1", "2": "type=2", "other": "type=other", "3": "type=other"}
FEWEST_PROVIDERS = 100
"""Providers in a month from which on they are all of England's; there have been about 200 since 2016."""


def is_tidy(content: Content) -> bool:
    """Whether a text has the columns of the tidied form."""
    return find_header(content.head, *NEEDED) is not None


def read_tidy(content: Content, schema: Schema) -> Reading:
    """A tidied table, its rows of one provider and month put together. Raises ``InputError`` where a figure stands
    twice in it."""
    header = need_header(content.sheets[0], content.name, *NEEDED)
    era = next(one for one in schema.eras if one.variant == VARIANT)
    tally = Tally()
    lines = _read(tally, content, header, era, schema)
    joined = _joined(lines, content.name)
    settled, silent = unreported_apart(joined)
    nations = _nations(settled)
    observe(tally.rows, (*settled, *nations))
    tally.organisations.clear()  # the rows had their type of department for a name
    for line in (*settled, *nations):
        tally.meet(line.organisation)
    notes = [*columns_left_out(schema.unknown(header.names, era))]
    notes.append("the figure of all types is the sum of the types that a provider has rows for")
    if nations:
        notes.append(
            f"England is the sum of all providers in {count(len(nations), 'month')}: the file has no row of it"
        )
    notes.extend([silent_note(silent, england=bool(nations))] if silent else [])
    return Reading(
        variant=VARIANT,
        frame=tally.rows.frame(),
        era=era.id,
        title=schema.name,
        organisations=tuple(tally.organisations.values()),
        rejected=tally.told,
        notes=tuple(notes),
        whole=len(nations) == len({line.span for line in joined}),
    )


def _read(tally: Tally, content: Content, header: Header, era: Era, schema: Schema) -> list[Line]:
    """A line for each row, so of one type of department."""
    period, code, kind = (header.names.index(name) for name in NEEDED[:3])
    columns = {at: era.columns[name] for at, name in enumerate(header.names) if name in era.counted}

    def place_of(row: Row) -> Place | None:
        return _place(row, period, code, kind)

    return read_lines(tally, content.sheets[0], content.name, header.index + 1, columns, place_of, schema.markers)


def _place(row: Row, period: int, code: int, kind: int) -> Place | None:
    """The provider, its type of department kept where a name would stand until the rows are put together."""
    if not any(words(cell) for cell in row):
        return None
    when, who, what = (words(row[at]) if at < len(row) else "" for at in (period, code, kind))
    month = month_of(when)
    if month is None:
        raise ValueError(f"“{when}” is no month")
    if not who:
        raise ValueError("no organisation code")
    if normal(what) not in _TYPES:
        raise ValueError(f"“{what}” is no type of department")
    return Organisation(who, _TYPES[normal(what)], Basis.PROVIDER), month


def _joined(lines: list[Line], file: str) -> list[Line]:
    """One line for each provider and month. Booked appointments were not counted apart in the years of this form."""
    found: dict[tuple[str, Span], dict[Key, Figure]] = {}
    for line in lines:
        counts = found.setdefault(line.key, {})
        for (part, _), one in line.counts.items():
            if (part, line.organisation.name) in counts:
                what = f"{line.organisation.code} stands twice for {line.span[0]:%B %Y}, {line.organisation.name}"
                raise InputError(what, where=file, remedy="remove the rows that stand twice")
            counts[part, line.organisation.name] = one
    return [
        Line(Organisation(code, "", Basis.PROVIDER), month, completed(counts))
        for (code, month), counts in found.items()
    ]


def _nations(lines: list[Line]) -> list[Line]:
    """England in each month of which all providers are there: the sum of them."""
    months: dict[Span, list[Line]] = {}
    for line in lines:
        months.setdefault(line.span, []).append(line)
    return [
        Line(england(), month, _summed(theirs)) for month, theirs in months.items() if len(theirs) >= FEWEST_PROVIDERS
    ]


def _summed(lines: list[Line]) -> Counts:
    totals: dict[Key, float] = {}
    wanted: Mapping[str, bool] = {
        f"{stem}{end}": True for stem in (ATTENDANCES, OVER, WITHIN) for end in ("", PUBLISHED)
    }
    for line in lines:
        for key, found in line.counts.items():
            if (key[0] in wanted or key[0] == VIA) and found.value is not None:
                totals[key] = totals.get(key, 0.0) + found.value
    return {key: Figure(value) for key, value in totals.items()}
