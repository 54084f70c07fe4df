"""Books of figures for tests: definitions and rows in few words, with a small system of places."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from trigpoint.measures.book.book import Actual, Aim, AimKind, MeasureBook, Rebase
from trigpoint.measures.definitions.definition import Definition, PeriodType, Statistic
from trigpoint.places.model import Place, PlaceKind
from trigpoint.places.register import Places
from trigpoint.plans.model import Plan, Polarity

SYSTEM = Places(
    (
        Place("sys", "The system", PlaceKind.STP),
        Place("ccg", "NHS Somewhere CCG", PlaceKind.CCG, "sys"),
        Place("north", "North", PlaceKind.LOCALITY, "ccg"),
        Place("south", "South", PlaceKind.LOCALITY, "ccg"),
        Place("west", "West", PlaceKind.LOCALITY, "ccg"),
        Place("p1", "Practice 1", PlaceKind.PRACTICE, "north"),
        Place("p2", "Practice 2", PlaceKind.PRACTICE, "north"),
        Place("p3", "Practice 3", PlaceKind.PRACTICE, "south"),
        Place("p4", "Practice 4", PlaceKind.PRACTICE, "south"),
    )
)
PLAN = Plan("Plan", "NHS Somewhere CCG", ("2017/18", "2018/19"), "nhs-2017-19")


def defined(statistic: Statistic = Statistic.PROPORTION, **fields: Any) -> Definition:
    """A monthly share of per cent where higher is better, unless told otherwise."""
    share = statistic is Statistic.PROPORTION
    given: dict[str, Any] = {
        "id": "m",
        "version": "1",
        "name": "Measure",
        "period_type": PeriodType.MONTH,
        "unit": "%" if share else "",
        "multiplier": 100 if share else 1,
        "decimals": 1 if share else 0,
        "polarity": Polarity.HIGHER,
    }
    return Definition(statistic=statistic, **{**given, **fields})


def decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def actual(period: str, top: object = None, bottom: object = None, place: str = "ccg", **fields: Any) -> Actual:
    value = decimal(fields.pop("value", None))
    return Actual(fields.pop("indicator", "m"), place, period, decimal(top), decimal(bottom), value, **fields)


def aim(period: str, value: object = None, kind: AimKind = AimKind.PLAN, place: str = "ccg", **fields: Any) -> Aim:
    parts = {name: decimal(fields.pop(name, None)) for name in ("numerator", "denominator")}
    return Aim(fields.pop("indicator", "m"), place, kind, period, decimal(value), **parts, **fields)


def book(
    definitions: Definition | Iterable[Definition],
    actuals: Iterable[Actual] = (),
    aims: Iterable[Aim] = (),
    rebases: Iterable[Rebase] = (),
    places: Places = SYSTEM,
) -> MeasureBook:
    several = (definitions,) if isinstance(definitions, Definition) else tuple(definitions)
    return MeasureBook(several, tuple(actuals), tuple(aims), tuple(rebases), places)
