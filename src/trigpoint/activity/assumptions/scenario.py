"""A scenario: the same model with some assumptions changed or left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Change:
    """One number of one assumption. ``field`` is as the tables name it: value, low, high, start, full, cohort,
    probability, ratio. ``value`` is as the table would write it ("9%", "2018-04")."""

    assumption: str
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """Changes to the assumptions as entered, and those that are left out. The empty one is the plan as entered."""

    id: str = ""
    name: str = "As planned"
    note: str = ""
    author: str = ""
    on: date | None = None
    changes: tuple[Change, ...] = ()
    without: tuple[str, ...] = ()
