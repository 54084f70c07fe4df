"""Ambulance Systems Indicators (AmbSYS): all months in one CSV; means in seconds; ``.`` where not available.

England and the regions stand as rows beside the services. A mean over services is made from the totals (A30 over A10),
never from the means.
"""

from __future__ import annotations

import re

from trigpoint.errors import InputError, Where
from trigpoint.releases.files.content import Content
from trigpoint.releases.observation import ENGLAND, Basis, Rows
from trigpoint.releases.release import Organisation, Reading
from trigpoint.releases.schema import read_schema, release_of
from trigpoint.releases.tables.cells import figure, words
from trigpoint.releases.tables.header import find_header, need_header
from trigpoint.releases.tables.spans import Span, month

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
    year, number, region, code, name = (header.need(content.name, label) for label in labels)
    columns = [(header.names.index(label), column) for label, column in era.counted.items()]
    rows, organisations, rejected = Rows(), dict[str, Organisation](), list[str]()
    for line, row in enumerate(sheet.rows[header.index + 1 :], start=header.index + 2):
        if not any(row):
            continue
        try:
            period = _period(words(row[year]), words(row[number]))
            org, basis = _organisation(words(row[code]))
            figures = [(column, figure(row[at], _SCHEMA.markers)) for at, column in columns]
        except (ValueError, IndexError) as error:
            rejected.append(f"{Where(content.name, line)}: “{error}” could not be read; the row was left out")
            continue
        organisations[org] = Organisation(org, words(row[name]), basis, words(row[region]))
        for column, found in figures:
            rows.add(column.part, org, basis, *period, found.value, found.marker, column.detail)
    strange = [one for one in _SCHEMA.unknown(header.names[5:], era) if not _ITEM.fullmatch(one)]
    notes = [f"the column “{one}” is not known and was left out" for one in strange]
    return Reading(
        variant=era.variant,
        frame=rows.frame(),
        era=era.id,
        title=_SCHEMA.name,
        organisations=tuple(organisations.values()),
        rejected=tuple(rejected),
        notes=tuple(notes),
    )


def _period(year: str, number: str) -> Span:
    return month(int(year), int(number))


def _organisation(code: str) -> tuple[str, Basis]:
    if code.casefold() == "eng":
        return ENGLAND, Basis.NATIONAL
    if not code:
        raise ValueError("no organisation code")
    return code, Basis.REGION if re.fullmatch(r"Y\d\d", code) else Basis.AMBULANCE


RELEASE = release_of(_SCHEMA, _recognise, _read)
