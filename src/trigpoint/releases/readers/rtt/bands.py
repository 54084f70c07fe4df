"""The weeks that a wait is counted in: bands told by the names of columns, whatever the year.

Until March 2021 the last band is open from 52 weeks, since April 2021 from 104. The full extract calls a band ``Gt 17
To 18 Weeks SUM 1``, the workbooks ``>17-18``; the open one is ``Gt 104 Weeks SUM 1``, ``104 plus`` or ``52_plus``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from trigpoint.errors import InputError, Where
from trigpoint.releases.files.sheet import AS_PUBLISHED
from trigpoint.releases.tables.cells import normal

_CLOSED = re.compile(r"(?:gt|>)? ?(\d{1,3}) ?(?:to|-|–) ?(\d{1,3})(?: weeks?)?(?: sum(?: 1)?)?")
_OPEN = re.compile(r"(?:(?:gt|>|over) ?(\d{1,3})|(\d{1,3}) ?(?:plus|\+))(?: weeks?)?(?: sum(?: 1)?)?")
THRESHOLDS = (18, 52, 65, 78, 104)
"""Weeks after which pathways are counted on their own."""


@dataclass(frozen=True, slots=True)
class Bands:
    """Bands in order, without a gap from 0. ``places`` are their columns; the last is open from ``opens`` weeks on.

    ``opens`` is ``None`` where all are closed, so that nothing is known of longer waits.
    """

    places: tuple[int, ...]
    opens: int | None

    def __len__(self) -> int:
        return len(self.places)

    @property
    def names(self) -> tuple[str, ...]:
        """What each band is called in a detail: ``0`` … ``103`` for the week begun, ``104+`` for the open one."""
        closed = len(self) - (self.opens is not None)
        return (*(str(week) for week in range(closed)), *([f"{self.opens}+"] if self.opens is not None else []))

    @property
    def thresholds(self) -> tuple[int, ...]:
        """The thresholds that these bands can tell."""
        return tuple(weeks for weeks in THRESHOLDS if weeks < len(self))


MOST = 100_000_000
"""More pathways than this in one cell are no count of England's."""


def refuse_gap(bands: Bands, where: Where | str) -> None:
    """Raises ``InputError`` where bands end without an open one: one is missing, and all after it would be lost."""
    if bands.opens is None:
        week = len(bands)
        what = f"there is no column for waits of {week} to {week + 1} weeks, nor one for all longer waits"
        raise InputError(what, where=where, remedy=AS_PUBLISHED)


def canonical(name: object) -> str:
    """A column name as it is compared: small letters, single blanks, underscores taken for blanks.

    >>> canonical("RTT_Part_Type"), canonical(" Gt 00 To 01 Weeks SUM 1")
    ('rtt part type', 'gt 00 to 01 weeks sum 1')
    """
    return normal(str(name).replace("_", " "))


def find_bands(names: Sequence[object]) -> Bands | None:
    """The bands among column names; ``None`` where there is not one for the first week.

    Each starts where the one before ends; a column such as ``52 plus`` beside bands up to 104 is a figure, no band.

    >>> find_bands(["Code", ">0-1", ">1-2", "2 plus"])
    Bands(places=(1, 2, 3), opens=2)
    """
    closed: dict[int, int] = {}
    opened: dict[int, int] = {}
    for place, name in enumerate(names):
        text = canonical(name)
        if (match := _CLOSED.fullmatch(text)) and int(match[2]) == int(match[1]) + 1:
            closed.setdefault(int(match[1]), place)
        elif match := _OPEN.fullmatch(text):
            opened.setdefault(int(match[1] or match[2]), place)
    places: list[int] = []
    while len(places) in closed:
        places.append(closed[len(places)])
    if not places:
        return None
    last = opened.get(len(places))
    return Bands((*places, last), len(places)) if last is not None else Bands(tuple(places), None)
