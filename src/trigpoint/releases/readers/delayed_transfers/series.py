"""The tidied series that a council put together from the workbooks: names without codes, all months in one CSV.

Organisations are joined by code only, so of such a file the rows of England are read; with a column of codes, all.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import polars as pl

from trigpoint.errors import InputError, Where
from trigpoint.releases.files.content import Content
from trigpoint.releases.files.sheet import Row
from trigpoint.releases.observation import ENGLAND, Basis, Marker
from trigpoint.releases.readers.delayed_transfers.layout import CODES, NAMES, ONS, SCHEMA, counted, places_of
from trigpoint.releases.release import Organisation, Reading
from trigpoint.releases.tables.cells import figure, normal
from trigpoint.releases.tables.columns import Tally
from trigpoint.releases.tables.gathered import without_repeated
from trigpoint.releases.tables.header import Header, find_header
from trigpoint.releases.tables.named import cell_of, column_of
from trigpoint.releases.tables.spans import Span, span
from trigpoint.wording import count

_PERIODS: Sequence[str] = SCHEMA.more["labels"]["period"]
_LEAST = 3
_SPLIT = ("responsible=nhs", "responsible=social-care", "responsible=both")


def is_series(head: Sequence[Row]) -> bool:
    """Whether a text has names and periods, and at least three parts of delayed days, as its columns."""
    return _header(head) is not None


def _header(rows: Sequence[Row]) -> Header | None:
    found = find_header(rows, NAMES, _PERIODS)
    if found is None:
        return None
    parts = {said.detail for name in found.names if (said := counted(name)) is not None and said.detail}
    return found if len(parts) >= _LEAST else None


def read_series(content: Content) -> Reading:
    """The rows that have a code, or are England's. A total that is missing is the sum of the three responsibilities."""
    sheet = content.sheets[0]
    header = _header(sheet.rows)
    if header is None:
        raise InputError("the header is not known", where=content.name, remedy="give the file as it was put together")
    columns = {at: said.detail for at, name in enumerate(header.names) if (said := counted(name)) is not None}
    tally, nameless, added = Tally(), set[str](), 0
    for line, row in enumerate(sheet.rows[header.index + 1 :], start=header.index + 2):
        where = Where(content.name, line=line)
        try:
            whose = _whose(row, header)
            if whose is None:
                nameless.add(cell_of(row, column_of(header.names, NAMES)))
                continue
            added += _add(tally, row, columns, *whose)
        except ValueError as error:
            tally.reject(where, f"{error}; the row was left out")
    return _reading(content, tally, nameless, added)


def _reading(content: Content, tally: Tally, nameless: set[str], added: int) -> Reading:
    frame = without_repeated(tally, content.name)
    if frame.is_empty():
        what = "the organisations are named without their codes, and figures are joined by code only"
        raise InputError(what, where=content.name, remedy="give the monthly workbooks, which have the codes")
    return Reading(
        variant="tidied series",
        frame=frame,
        era="tidied",
        title=SCHEMA.name,
        organisations=tuple(tally.organisations.values()),
        rejected=tally.told,
        notes=_notes(frame, nameless, added),
        whole=not nameless,
    )


def _notes(frame: pl.DataFrame, nameless: set[str], added: int) -> tuple[str, ...]:
    """What the series is, what was left out of it and what was added up."""
    notes = ["this is a series that was put together from the published workbooks, not a publication"]
    if added:
        notes.append(f"the total of {count(added, 'row')} is missing and is the sum of NHS, social care and both")
    shifted = {name for name in nameless if name.replace(",", "").isdigit()}
    if shifted:
        notes.append("rows with a number where the name should be, whose columns are shifted, were left out")
    if nameless - shifted:
        said = f"{count(len(nameless - shifted), 'organisation')} named without a code"
        notes.append(f"rows of {said} were left out, for figures are joined by code only")
    months = sorted(set(frame["start"]))
    if gaps := [later for earlier, later in pairwise(months) if (later - earlier).days > 31]:
        notes.append(f"months are missing before {', '.join(f'{gap:%B %Y}' for gap in gaps)}")
    return tuple(notes)


def _whose(row: Row, header: Header) -> tuple[Organisation, Span] | None:
    places = places_of(header.names)
    name = cell_of(row, places.name if places else None)
    code = next((one for label in (ONS, CODES) if (one := cell_of(row, column_of(header.names, label)))), "")
    said = cell_of(row, column_of(header.names, _PERIODS))
    if normal(name) == "england":
        organisation = Organisation(ENGLAND, "England", Basis.NATIONAL)
    elif code and code not in ("-", "NA"):
        organisation = Organisation(code, name, Basis.LOCAL_AUTHORITY)
    else:
        return None
    return organisation, span(said)


def _add(tally: Tally, row: Row, columns: dict[int, str], organisation: Organisation, period: Span) -> bool:
    """The row's figures; whether its total had to be added up."""
    found = {whole: figure(row[at] if at < len(row) else "", SCHEMA.markers) for at, whole in columns.items()}
    values = [found[one].value for one in _SPLIT if one in found]
    given = found.pop("", None)
    total = given.value if given is not None else None
    missing = total is None and len(values) == len(_SPLIT) and None not in values
    if missing:
        total = sum(value for value in values if value is not None)
    if total is None and given is None and not values:
        return False
    tally.meet(organisation)
    rows = {"": (total, Marker.NONE if total is not None else Marker.NOT_AVAILABLE)}
    rows |= {whole: (said.value, said.marker) for whole, said in found.items()}
    for whole, (value, marker) in rows.items():
        tally.rows.add("delayed-days", organisation.code, organisation.basis, *period, value, marker, whole)
    return missing
