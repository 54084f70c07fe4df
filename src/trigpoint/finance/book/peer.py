"""Organisations that are compared: their rates, and what makes them alike."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from trigpoint.periods import FinancialYear
from trigpoint.tabular.stated import UNSTATED, Stated


@dataclass(frozen=True, slots=True)
class PeerRate:
    """One organisation's spend or use of one kind: ``numerator`` (pounds or events) for ``population`` people.

    ``standard_error`` is of the rate, where that is known; otherwise a count's own is taken. ``variables`` are what
    organisations are alike by (deprivation, age, …).
    """

    measure: str
    organisation: str
    rate: Decimal
    population: Decimal | None = None
    numerator: Decimal | None = None
    standard_error: Decimal | None = None
    own: bool = False
    year: FinancialYear | None = None
    stated: Stated = UNSTATED


@dataclass(frozen=True, slots=True)
class PeerVariable:
    """A characteristic by which organisations are alike, and its weight (the user's)."""

    organisation: str
    variable: str
    value: Decimal
    weight: Decimal = Decimal(1)
    stated: Stated = UNSTATED
