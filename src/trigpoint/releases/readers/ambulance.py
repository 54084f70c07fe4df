"""Ambulance Systems Indicators (AmbSYS): all months in one CSV; means in seconds; ``.`` where not available.

England and the regions stand as rows beside the services. A mean over services is made from the totals (A30 over A10),
never from the means.
"""

from __future__ import annotations

import re

from trigpoint.errors import InputError
from trigpoint.releases.files.content import Content
from trigpoint.releases.files.sheet import Row
from trigpoint.releases.observation import ENGLAND, Basis
from trigpoint.releases.release import Organisation, Reading
from trigpoint.releases.schema import read_schema, release_of
from trigpoint.releases.tables.cells import words
from trigpoint.releases.tables.columns import Subject, Tally, tally_columns
from trigpoint.releases.tables.header import columns_left_out, find_header, need_header
from trigpoint.releases.tables.named import NOBODY, is_england
from trigpoint.releases.tables.spans import month

_SCHEMA = read_schema("ambulance")
_NEEDED = ("Year", "Month", "Region", "Org Code", "A30", "A31")
_ITEM = re.compile(r"a\d{1,3}")


def _recognise(content: Content) -> bool:
    return find_header(content.head, *_NEEDED) is not None


def _read(content: Content) -> Reading:
    sheet = content.sheets[0]
    header = need_header(sheet, content.name, *_NEEDED)
    era = _SCHEMA.era_of(header.names)
    if era is None:
        missing = sorted(set(_SCHEMA.eras[-1].counted) - set(header.names))
        raise InputError(f"the columns {', '.join(missing).upper()} are missing", where=content.name)
    labels = ("Year", "Month", "Region", "Org Code", "Org Name")
    places = [header.need(content.name, label) for label in labels]
    tally = Tally()
    names = tuple("" if name in header.names[:at] else name for at, name in enumerate(header.names))
    marks = _SCHEMA.markers
    tally_columns(
        tally, sheet, content.name, header, era, lambda row: _subject(row, places), names=names, markers=marks
    )
    strange = [one for one in _SCHEMA.unknown(names[5:], era) if not _ITEM.fullmatch(one)]
    twice = [one.upper() for at, one in enumerate(header.names) if one and not names[at]]
    return Reading(
        variant=era.variant,
        frame=tally.rows.frame(),
        era=era.id,
        title=_SCHEMA.name,
        organisations=tuple(tally.organisations.values()),
        rejected=tally.told,
        notes=(
            *columns_left_out(strange),
            *(f"the column “{one}” stands in it twice; the second was left out" for one in dict.fromkeys(twice)),
        ),
    )


def _subject(row: Row, places: list[int]) -> Subject | None:
    """Whose row it is, and of which month."""
    if not any(row):
        return None
    year, number, region, code, name = (words(row[at]) if at < len(row) else "" for at in places)
    try:
        span = month(int(year), int(number))
    except ValueError:
        raise ValueError(f"“{year}” with “{number}” is no month") from None
    org, basis = (ENGLAND, Basis.NATIONAL) if is_england(name, code) else _organisation(code)
    return Subject(Organisation(org, name, basis, region), span)


def _organisation(code: str) -> tuple[str, Basis]:
    if code in NOBODY:
        raise ValueError("no organisation code")
    return code, Basis.REGION if re.fullmatch(r"Y\d\d", code) else Basis.AMBULANCE


RELEASE = release_of(_SCHEMA, _recognise, _read)
