"""Cells to numbers, and the marks that stand where a number is missing."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

from trigpoint.releases.files.sheet import Cell
from trigpoint.releases.observation import Marker

_NUMBER = re.compile(r"[-−+]?(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?([eE][-+]?\d+)?")
_BLANKS = re.compile(r"[\s\u00a0]+")
COMMON: Mapping[str, Marker] = MappingProxyType(
    {
        "*": Marker.SUPPRESSED,
        "c": Marker.SUPPRESSED,
        "-": Marker.NOT_APPLICABLE,
        "–": Marker.NOT_APPLICABLE,
        "z": Marker.NOT_APPLICABLE,
        "n/a": Marker.NOT_APPLICABLE,
        "na": Marker.NOT_APPLICABLE,
        ".": Marker.NOT_AVAILABLE,
        "..": Marker.NOT_AVAILABLE,
        ":": Marker.NOT_AVAILABLE,
        "x": Marker.NOT_AVAILABLE,
        "#n/a": Marker.NOT_AVAILABLE,
        "#div/0!": Marker.NOT_APPLICABLE,
        "": Marker.NOT_AVAILABLE,
    }
)
"""What the marks mean where a release does not say otherwise in its own TOML file."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell as a number, or why there is none."""

    value: float | None
    marker: Marker = Marker.NONE


def words(cell: Cell) -> str:
    """A cell as text on one line: whole numbers without a point, outer blanks gone, inner ones single.

    >>> words(2024.0), words("  NHS ENGLAND\\nMIDLANDS "), words("")
    ('2024', 'NHS ENGLAND MIDLANDS', '')
    """
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return _BLANKS.sub(" ", str(cell)).strip()


def normal(cell: Cell) -> str:
    """Text as headers are compared: ``words`` in small letters.

    >>> normal(" Total Waiting List ")
    'total waiting list'
    """
    return words(cell).casefold()


def figure(cell: Cell, markers: Mapping[str, Marker | float] = COMMON) -> Figure:
    """A cell as a number. Percentages keep their points (``55.30%`` is 55.3), a comma parts thousands.

    ``markers`` maps a mark in small letters to what it means: a reason, or a number (``-`` for nil). Raises
    ``ValueError`` with the cell's words where it is neither number nor mark; the caller knows where it stands.

    >>> figure("3,038").value, figure("4.80%").value, figure("*").marker.value, figure("-", {"-": 0.0}).value
    (3038.0, 4.8, 'suppressed', 0.0)
    """
    if isinstance(cell, bool):
        raise ValueError(str(cell))
    if isinstance(cell, int | float):
        return Figure(float(cell)) if math.isfinite(cell) else Figure(None, Marker.NOT_AVAILABLE)
    if isinstance(cell, date | datetime | time | timedelta):
        raise ValueError(str(cell))
    text = words(cell)
    found = markers.get(text.casefold())
    if found is not None:
        return Figure(None, found) if isinstance(found, Marker) else Figure(found)
    number = text.removesuffix("%").strip().removeprefix("£")
    if not re.search(r"\d", number) or not _NUMBER.fullmatch(number):
        raise ValueError(text)
    value = float(number.replace(",", "").replace("−", "-"))
    if not math.isfinite(value):
        raise ValueError(text)
    return Figure(value)
