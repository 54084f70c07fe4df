"""The figures of a plan's measures: what was entered, never what was computed from it.

Rows refer to a definition by its id and to a place by its code. ``group`` is "" for everyone, else a part of the
people ("females", "most deprived fifth"). Numbers are as entered (``Decimal``), so that printed digits can be made
without a binary step in between.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cached_property

from trigpoint.measures.definitions.definition import Definition
from trigpoint.places.register import Places


class Status(Enum):
    """Whether a published figure may still change."""

    PROVISIONAL = "provisional"
    FINAL = "final"


class AimKind(Enum):
    """Who aims at a value: the plan, the plan with ambition, the centre. A forecast is what is expected to come."""

    PLAN = "plan"
    STRETCH = "stretch"
    NATIONAL = "national"
    FORECAST = "forecast"


@dataclass(frozen=True, slots=True)
class Actual:
    """What was counted in one period. ``value`` is entered only where the parts are not known."""

    indicator: str
    place: str
    period: str
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None
    group: str = ""
    status: Status = Status.FINAL
    source: str = ""
    loaded_on: date | None = None
    note: str = ""
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Aim:
    """One point of a trajectory (``period`` with ``value`` or parts), or a whole trajectory as ``rule``."""

    indicator: str
    place: str
    kind: AimKind
    period: str = ""
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    rule: str = ""
    group: str = ""
    edition: str = ""
    approved_by: str = ""
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Rebase:
    """From this period on the control limits are made anew. ``place`` "" holds for all places. A reason is required."""

    indicator: str
    period: str
    reason: str
    by: str
    place: str = ""
    on: date | None = None


@dataclass(frozen=True, eq=False)
class MeasureBook:
    """Definitions and figures of one plan's measures, with the places they are of.

    Made by ``reading.read_book`` (files) or from rows of a database; both checked, so that no row is without its
    definition and no two actuals share indicator, place, group and period.
    """

    definitions: tuple[Definition, ...] = ()
    actuals: tuple[Actual, ...] = ()
    aims: tuple[Aim, ...] = ()
    rebases: tuple[Rebase, ...] = ()
    places: Places = field(default_factory=Places)

    @cached_property
    def by_id(self) -> Mapping[str, Definition]:
        """Definitions by their id."""
        return {definition.id: definition for definition in self.definitions}
