"""Look-ups with a header: commissioners and their boards, partnerships, regions and mergers; networks and practices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import islice

from trigpoint.errors import InputError
from trigpoint.places.capitals import readable
from trigpoint.places.model import PlaceKind
from trigpoint.releases.files.content import Content, Kind
from trigpoint.releases.files.sheet import Cell, Row, Sheet
from trigpoint.releases.readers.ods.found import Found, Gathered
from trigpoint.releases.readers.ods.schema import FIGURES, LEVELS, SCHEMA, SIGNATURES, Level
from trigpoint.releases.release import Reading
from trigpoint.releases.tables.cells import normal, words
from trigpoint.releases.tables.header import Header
from trigpoint.releases.tables.spans import day, span

_SHEETS = 12
_SEARCHED = 20
_CODE = re.compile(r"[A-Z0-9]{3,9}")
_OF_LOWEST = {
    PlaceKind.PRACTICE: "practice networks",
    PlaceKind.PCN: "networks",
    PlaceKind.SUB_ICB: "sub-icb locations",
    PlaceKind.CCG: "ccgs",
    PlaceKind.ICB: "icbs",
}


def is_lookup(content: Content) -> bool:
    """Whether one of the first sheets, hidden ones too, has the header of a look-up."""
    if content.kind is Kind.TEXT:
        return _header(content.head) is not None
    return any(_header(sheet.rows) is not None for sheet in content.sheets[:_SHEETS])


def _header(rows: Sequence[Row]) -> Header | None:
    """The row that has all the columns of one of the signatures; none where a column holds figures."""
    for index, row in enumerate(islice(rows, _SEARCHED)):
        names = tuple(normal(cell).replace("_", " ") for cell in row)
        if any(FIGURES.fullmatch(name) for name in names):
            return None
        for signature in SIGNATURES:
            if all(any(pattern.fullmatch(name) for name in names) for pattern in signature):
                return Header(index, names)
    return None


def read_lookups(content: Content) -> Reading:
    """The organisations of all sheets together; what a later sheet says of one is kept before what an earlier says."""
    gathered = Gathered()
    read: list[str] = []
    kinds: set[PlaceKind] = set()
    for sheet in content.sheets:
        header = _header(sheet.rows)
        if header is None:
            continue
        levels = [(level, places) for level in LEVELS if (places := _places(level, header)) is not None]
        _read_sheet(gathered, content.name, sheet, header, levels)
        kinds |= {level.kind for level, _ in levels}
        if levels and sheet.name:
            read.append(f"“{sheet.name}”{'' if sheet.visible else ' (hidden)'}")
    if not gathered.by_code:
        what = "no organisation with a code and a name could be read"
        raise InputError(what, where=content.name, remedy="give the file as published")
    _date_mergers(gathered, content.sheets)
    variant = next((said for kind, said in _OF_LOWEST.items() if kind in kinds), "organisations")
    counts = {kind: sum(one.kind is kind for one in gathered.by_code.values()) for kind in PlaceKind}
    notes = [", ".join(f"{counts[kind]:,} of kind {kind.value}" for kind in PlaceKind if counts[kind])]
    return Reading(
        variant=variant,
        era="look-up",
        title=f"{SCHEMA.name}: {variant}",
        organisations=gathered.organisations,
        places=gathered.rows,
        rejected=tuple(gathered.rejected),
        notes=(*notes, *((f"read from the sheets {', '.join(read)}",) if read else ())),
    )


def _places(level: Level, header: Header) -> dict[str, int] | None:
    """In which column each field of a level stands; ``None`` where the code or the name has none."""
    fields = {"code": level.code, "name": level.name, "parent": level.parent, "opened": level.opened}
    fields |= {"closed": level.closed, "ended": level.ended, "successor": level.successor, "above": level.above}
    at = {
        field: next((index for index, name in enumerate(header.names) if pattern.fullmatch(name)), -1)
        for field, pattern in fields.items()
        if pattern is not None
    }
    return at if at["code"] >= 0 and at["name"] >= 0 else None


def _read_sheet(
    gathered: Gathered, file: str, sheet: Sheet, header: Header, levels: Sequence[tuple[Level, dict[str, int]]]
) -> None:
    for line, row in enumerate(sheet.rows[header.index + 1 :], start=header.index + 2):
        for level, places in levels:
            try:
                found = _found(level, {field: row[at] if 0 <= at < len(row) else "" for field, at in places.items()})
            except ValueError as error:
                where = sheet.place(file, line)
                gathered.rejected.append(f"{where}: {error}; the {level.kind.value} was left out")
                continue
            if found is not None:
                gathered.merge(found)


def _found(level: Level, cells: dict[str, Cell]) -> Found | None:
    code, name = words(cells["code"]), words(cells["name"])
    if not code or words(cells.get("ended", "")):
        return None  # blank lines, notes under the table, organisations outside a network or that have left theirs
    if not re.search(r"[^\W\d_]", name):
        return None  # a merged name stands in the first of its rows only; a number is no name
    if not _CODE.fullmatch(code):
        raise ValueError(f"“{code}” is no organisation code")
    parent = words(cells.get("parent", "")) or words(cells.get("above", ""))
    opened, closed = _day(cells.get("opened", "")), _day(cells.get("closed", ""))
    if opened and closed and closed < opened:
        raise ValueError(f"{code} closes on {closed} before it opens on {opened}")
    successor = words(cells.get("successor", ""))
    return Found(code, readable(name), level.kind, parent, opened, closed, successor if successor != code else "")


def _day(cell: Cell) -> date | None:
    return day(cell) if words(cell) else None


def _date_mergers(gathered: Gathered, sheets: Sequence[Sheet]) -> None:
    """Give closing organisations the day before the month that a sheet “Post-Apr 2020” names."""
    for sheet in sheets:
        match = re.fullmatch(r"post[- ](.+)", normal(sheet.name))
        if match is None:
            continue
        try:
            start = span(match[1])[0]
        except ValueError:
            continue
        for one in gathered.by_code.values():
            if one.successor and one.closed is None:
                one.closed = start - timedelta(1)
        for one in [one for one in gathered.by_code.values() if one.successor in gathered.by_code]:
            begun = gathered.by_code[one.successor]
            if begun.kind is PlaceKind.CCG and begun.opened is None:
                begun.opened = start
