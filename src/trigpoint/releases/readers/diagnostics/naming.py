"""What the layouts of DM01 call their columns and tests."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from trigpoint.errors import InputError, Where
from trigpoint.releases.files.sheet import Cell, Row
from trigpoint.releases.observation import Basis
from trigpoint.releases.schema import read_schema
from trigpoint.releases.tables.cells import normal
from trigpoint.releases.tables.header import SEARCHED, Header

SCHEMA = read_schema("diagnostics")
WEB, EXTRACT = SCHEMA.eras
TESTS: dict[str, str] = SCHEMA.more["tests"]
"""The name of each test in a detail, by its number."""
LATE_BANDS = (*(f"{weeks:02}-{weeks + 1:02} weeks" for weeks in range(6, 13)), "13+ weeks")
"""The bands that make six weeks or more."""
_BAND = re.compile(r"0?(\d{1,2}) ?(?:<|-|to) ?0?(\d{1,2}) weeks?")
_LAST_BAND = re.compile(r"13 ?\+ ?weeks?")
_CODE = re.compile(r".*\bcode")
_SIDES = {
    "provider": Basis.PROVIDER,
    "sub": Basis.COMMISSIONER,
    "commissioner": Basis.COMMISSIONER,
    "ccg": Basis.COMMISSIONER,
    "icb": Basis.SYSTEM,
    "integrated care": Basis.SYSTEM,
    "stp": Basis.SYSTEM,
    "region": Basis.REGION,
}


def heading(cell: Cell) -> str:
    """A heading as the data file writes it.

    >>> heading(" 0 <01 weeks "), heading("00 < 01 Week"), heading("13+ Weeks")
    ('00-01 weeks', '00-01 weeks', '13+ weeks')
    """
    said = normal(cell)
    if match := _BAND.fullmatch(said):
        return f"{int(match[1]):02}-{int(match[2]):02} weeks"
    return "13+ weeks" if _LAST_BAND.fullmatch(said) else said


def web_header(rows: Sequence[Row]) -> Header | None:
    """The header of a web file's table: it has codes, the waiting list and the first of its bands."""
    for index, row in enumerate(rows[:SEARCHED]):
        names = tuple(heading(cell) for cell in row)
        if {"total waiting list", "00-01 weeks"} <= set(names) and any(_CODE.fullmatch(name) for name in names):
            return Header(index, names)
    return None


@dataclass(frozen=True, slots=True)
class Places:
    """Which columns tell of whom a row is. ``side`` is as what the organisations are counted."""

    code: int
    name: int
    parent: int | None
    side: Basis


def places_of(header: Header, where: Where) -> Places:
    """The last column of codes is the organisation's, one before it its parent's. ``InputError`` where none is."""
    codes = [at for at, name in enumerate(header.names) if _CODE.fullmatch(name)]
    if not codes:
        raise InputError("there is no column of organisation codes", where=where)
    code = codes[-1]
    called = header.names[code]
    side = next((side for word, side in _SIDES.items() if word in called), Basis.PROVIDER)
    return Places(code, code + 1, codes[-2] if len(codes) > 1 else None, side)


@cache
def test_of(number: str, name: str) -> str | None:
    """The test of a row, "" for all of them; ``None`` where the row does not say.

    >>> test_of("7", "Cardiology - Echocardiography"), test_of("16", "Total"), test_of("", "")
    ('echocardiography', '', None)
    """
    said = normal(name)
    if said in ("total", "all", "all tests"):
        return ""
    if number in TESTS:
        return TESTS[number]
    return re.sub(r"[^a-z0-9]+", "-", said).strip("-") or None
