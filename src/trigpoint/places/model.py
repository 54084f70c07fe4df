"""A place: an organisation, area or site that a plan speaks of, with its code and its years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

ENGLAND = "ENG"
"""The code of England, whatever a list or a release calls it (Eng, -, Total, E92000001, blank)."""


class PlaceKind(Enum):
    """What a place is."""

    REGION = "region"
    ICB = "icb"
    SUB_ICB = "sub-icb location"
    CCG = "ccg"
    STP = "stp"
    TRUST = "trust"
    LOCAL_AUTHORITY = "local authority"
    LOCALITY = "locality"
    PCN = "pcn"
    PRACTICE = "practice"
    SITE = "site"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Place:
    """One row of the register.

    ``code`` is unique (an ODS or ONS code, or one of your own), ``parent`` and ``successor`` are codes or "".
    ``valid_from`` and ``valid_to`` are the first and last day it existed, ``None`` where open or not known.
    """

    code: str
    name: str
    kind: PlaceKind
    parent: str = ""
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str = ""

    def existed(self, day: date) -> bool:
        """Whether the place existed on a day.

        >>> Place("05C", "NHS Dudley CCG", PlaceKind.CCG, valid_to=date(2021, 3, 31)).existed(date(2021, 4, 1))
        False
        """
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)
