"""What an organisation would spend or do at its peers' rate."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum


class Comparator(Enum):
    """Whose rate it is held against."""

    MEAN = "mean of peers"
    BEST = "best five of peers"


@dataclass(frozen=True, slots=True)
class Peer:
    """An organisation with its rate, its distance (0 is identical; ``None`` where no variables are known), the interval
    of its rate, the rate shrunk towards the peers' mean, and whether it is among the best."""

    organisation: str
    name: str
    rate: Decimal
    distance: Decimal | None
    low: Decimal | None
    high: Decimal | None
    shrunk: Decimal | None
    best: bool


@dataclass(frozen=True, slots=True)
class Opportunity:
    """max(0, own rate − comparator) × population, as it is usually told, and honestly.

    ``chance`` is the part of the gap that statistically identical organisations would show; ``adjusted`` the
    opportunity of the shrunk rates less that, with its interval. ``real`` says whether the interval excludes none.
    Amounts are in the measure's unit (pounds where the rate is pounds a head).
    """

    comparator: Comparator
    comparator_rate: Decimal
    raw: Decimal
    chance: Decimal | None
    adjusted: Decimal | None
    low: Decimal | None
    high: Decimal | None
    real: bool | None
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One measure: own rate with its interval, the peers by nearness, and the opportunity against each comparator."""

    measure: str
    own: Peer
    population: Decimal | None
    peers: tuple[Peer, ...]
    opportunities: tuple[Opportunity, ...]
    trend: tuple[tuple[str, Decimal, Decimal], ...] = ()
    """Year, own rate, peers' mean rate."""
    remarks: tuple[str, ...] = ()
    illustrative: bool = False
