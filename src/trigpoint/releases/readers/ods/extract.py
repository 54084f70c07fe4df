"""The extracts of the ODS: headerless, some 27 columns, told by codes, regions and days in their places.

Which list it is follows from its rows: trusts by their names, practices by the shape of their codes, commissioners and
authorities by both. A copy that has lost columns at its end is read as far as it goes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

from trigpoint.errors import InputError, Where
from trigpoint.periods.labels import long_date
from trigpoint.places.capitals import readable
from trigpoint.places.model import PlaceKind
from trigpoint.releases.files.content import Content
from trigpoint.releases.files.sheet import Row
from trigpoint.releases.readers.ods import schema
from trigpoint.releases.readers.ods.found import Found, Gathered
from trigpoint.releases.release import Reading
from trigpoint.releases.tables.cells import words

_CODE = re.compile(r"[A-Z]|[A-Z0-9]{3,9}")  # one letter is a former government office region
_AREA = re.compile(r"[A-Z][A-Z0-9]{2}|[A-Z0-9]{5}|")
_DAY = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_PRACTICE_CODE = re.compile(r"[A-Z]\d{5}")
_AUTHORITY_CODE = re.compile(r"[QXY][A-Z0-9]{2}")
_COMMISSIONER_NAME = re.compile(
    r"\bCCG\b|\bICB\b|CLINICAL COMMISSIONING|COMMISSIONING HUB|SUB[- ]ICB|INTEGRATED CARE BOARD",
    re.I,
)
_TRUST_NAME = re.compile(r"\bTRUST\b", re.I)
_NARROWEST, _WIDEST = 20, 32
_SHIFTS = (0, -1, -2, -3)
_MOST = 0.9
_MOSTLY = 0.6


def is_extract(rows: Sequence[Row]) -> bool:
    """Whether nearly all of the rows are of the shape of an extract; one row alone is too little to tell."""
    filled = [row for row in rows if any(row)]
    shift = _shift(filled)
    fitting = sum(_fits(row, shift) for row in filled)
    return len(filled) >= 2 and fitting >= _MOST * len(filled)


def _shift(rows: Sequence[Row]) -> int:
    """By how many columns the opening days stand elsewhere than usual: copies lose a line of the address at times."""

    def days(shift: int) -> int:
        return sum(bool(_DAY.fullmatch(_cell(row, schema.OPENED + shift))) for row in rows)

    return max(_SHIFTS, key=lambda shift: (days(shift), -abs(shift)))


def _fits(row: Row, shift: int) -> bool:
    if not _NARROWEST <= len(row) <= _WIDEST:
        return False
    places = (0, 1, schema.REGION, schema.AREA, schema.OPENED + shift, schema.CLOSED + shift)
    code, name, region, area, opened, closed = (str(row[at]).strip() for at in places)
    return bool(
        _CODE.fullmatch(code)
        and re.search(r"[A-Za-z]", name)
        and _AREA.fullmatch(region)
        and _AREA.fullmatch(area)
        and (not opened or _DAY.fullmatch(opened))
        and (not closed or _DAY.fullmatch(closed))
        and (opened or closed)
    )


def read_extract(content: Content) -> Reading:
    """The organisations of an extract. Closed ones have their last day, practices their commissioner as parent."""
    rows = content.sheets[0].rows
    variant, shift = _list_of(content.head), _shift([row for row in content.head if any(row)])
    gathered = Gathered()
    counts: Counter[str] = Counter()
    for line, row in enumerate(rows, start=1):
        if not any(row):
            continue
        try:
            found = _found(row, variant, shift)
            if found.code in gathered.by_code:
                raise ValueError(f"the code {found.code} stands in it already")
        except ValueError as error:
            gathered.rejected.append(f"{Where(content.name, line)}: {error}; the row was left out")
            continue
        gathered.by_code[found.code] = found
        counts["closed" if found.closed else "open"] += 1
        if variant == "practices":
            counts[found.kind.value] += 1
            counts[f"status {_cell(row, schema.STATUS + shift)}"] += 1
            counts["setting"] += bool(_cell(row, schema.SETTING + shift))
    if not gathered.by_code:
        raise InputError("no organisation could be read", where=content.name, remedy="give the file as published")
    return Reading(
        variant=variant,
        era=f"{max(len(row) for row in rows)} columns",
        title=f"{schema.SCHEMA.name}: {variant}",
        organisations=gathered.organisations,
        places=gathered.rows,
        rejected=tuple(gathered.rejected),
        notes=_notes(variant, counts, gathered),
    )


def _list_of(rows: Sequence[Row]) -> str:
    """Which list it is, as a variant of the release."""
    filled = [row for row in rows if any(row)]
    tests: dict[str, Callable[[Row], bool]] = {
        "practices": lambda row: bool(_PRACTICE_CODE.fullmatch(_cell(row, 0))),
        "trusts": lambda row: bool(_TRUST_NAME.search(_cell(row, 1))) and len(_cell(row, 0)) in (3, 5),
        "authorities": lambda row: bool(_AUTHORITY_CODE.fullmatch(_cell(row, 0))),
        "commissioners": lambda row: bool(_COMMISSIONER_NAME.search(_cell(row, 1))),
    }
    for variant, fits in tests.items():
        if sum(fits(row) for row in filled) >= _MOSTLY * len(filled):
            return variant
    return "organisations"


def _found(row: Row, variant: str, shift: int) -> Found:
    code, name = _cell(row, 0), _cell(row, 1)
    if not _CODE.fullmatch(code):
        raise ValueError(f"“{code}” is no organisation code")
    if not name:
        raise ValueError(f"{code} has no name")
    opened, closed = _day(_cell(row, schema.OPENED + shift)), _day(_cell(row, schema.CLOSED + shift))
    if opened and closed and closed < opened:
        raise ValueError(f"{code} closes on {closed} before it opens on {opened}")
    kind = _kind(row, variant, shift)
    parent = _cell(row, schema.COMMISSIONER + shift) if variant == "practices" else ""
    parent = parent or _cell(row, schema.AREA)
    if parent == code:
        parent = _cell(row, schema.REGION)
    return Found(code, readable(name), kind, parent if parent != code else "", opened, closed)


def _kind(row: Row, variant: str, shift: int) -> PlaceKind:
    name, code = _cell(row, 1).upper(), _cell(row, 0)
    if variant == "trusts":
        return PlaceKind.TRUST
    if variant == "practices":
        setting = _cell(row, schema.SETTING + shift)
        return PlaceKind.PRACTICE if setting in ("", schema.PRACTICE) else PlaceKind.OTHER
    if variant == "commissioners":
        if "REPORTING ENTITY" in name or "COMMISSIONING HUB" in name:
            return PlaceKind.OTHER
        if "CCG" in name or "CLINICAL COMMISSIONING" in name:
            return PlaceKind.CCG
        if name.endswith("INTEGRATED CARE BOARD"):
            return PlaceKind.ICB
        return PlaceKind.SUB_ICB if re.search(r"\bICB\b|\bSUB[- ]ICB\b", name) else PlaceKind.OTHER
    if variant == "authorities":
        if re.search(r"\bICB\b|INTEGRATED CARE BOARD", name):
            return PlaceKind.ICB
        if re.search(r"\bSTP\b|SUSTAINABILITY", name):
            return PlaceKind.STP
        return PlaceKind.REGION if re.fullmatch(r"Y\d\d", code) else PlaceKind.OTHER
    return PlaceKind.OTHER


def _notes(variant: str, counts: Counter[str], gathered: Gathered) -> tuple[str, ...]:
    opened = max((one.opened for one in gathered.by_code.values() if one.opened), default=None)
    newest = f"; the last to open did so on {long_date(opened)}" if opened else ""
    notes = [f"{counts['open']:,} are open and {counts['closed']:,} closed{newest}"]
    if variant == "practices":
        given = [(counts[f"status {mark}"], said) for mark, said in schema.STATUSES.items()]
        statuses = ", ".join(f"{number:,} {said}" for number, said in given if number)
        notes.append(f"status: {statuses}" if statuses else "the file gives no status")
        notes.append(
            f"{counts[PlaceKind.PRACTICE.value]:,} are GP practices (prescribing setting {schema.PRACTICE}); the other"
            f" {counts[PlaceKind.OTHER.value]:,} prescribe in other settings and are kept as other places"
            if counts["setting"]
            else "the file gives no prescribing setting: all are taken for GP practices"
        )
    if variant == "organisations":
        notes.append("which list of the ODS it is could not be told; all are kept as other places")
    return tuple(notes)


def _cell(row: Row, at: int) -> str:
    return words(row[at]) if at < len(row) else ""


def _day(text: str) -> date | None:
    if not text:
        return None
    if not _DAY.fullmatch(text):
        raise ValueError(f"“{text}” is no day")
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        raise ValueError(f"“{text}” is no day") from None
