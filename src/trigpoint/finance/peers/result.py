"""What an organisation would spend or do at its peers' rate."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import ClassVar

from trigpoint.finance.drawing import Drawn


class Comparator(Enum):
    """Whose rate it is held against."""

    MEAN = "mean of peers"
    BEST = "best five of peers"


@dataclass(frozen=True, slots=True)
class Peer:
    """An organisation with its rate, its distance (0 is identical; ``None`` where no variables are known), the interval
    of its rate, the rate shrunk towards the peers' mean, whether it is among the best, and its standard error."""

    organisation: str
    name: str
    rate: Decimal
    distance: Decimal | None
    low: Decimal | None
    high: Decimal | None
    shrunk: Decimal | None
    best: bool
    standard_error: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Opportunity:
    """max(0, own rate − comparator) × population, as it is usually told, and honestly.

    ``chance`` is the part of the gap that statistically identical organisations would show; ``adjusted`` the
    opportunity of the shrunk rates less that, with its interval. ``real`` says whether the interval excludes none.
    Amounts are in the measure's unit (pounds where the rate is pounds a head).

    ``shown_by_chance`` is how often identical organisations would show any opportunity, ``as_much_by_chance`` how often
    one as large as ``raw``. ``shrunk`` is the opportunity of the shrunk rates, ``chance_left`` what shrinking leaves of
    ``chance``; their difference is ``adjusted``. ``lowest_by_weights`` and ``highest_…``
    are the ends of what ``raw`` comes to in nine of ten ways to weigh the variables, where peers are chosen by any.
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
    shrunk: Decimal | None = None
    chance_left: Decimal | None = None
    shown_by_chance: Decimal | None = None
    as_much_by_chance: Decimal | None = None
    lowest_by_weights: Decimal | None = None
    highest_by_weights: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Benchmark(Drawn):
    """One measure: own rate with its interval, the peers by nearness, and the opportunity against each comparator.

    Without a ``population`` amounts are for each person. ``chosen_by_weights`` says of every organisation how often it
    is among the peers when the weights of the variables vary.
    """

    drawings: ClassVar[tuple[str, ...]] = ("peers", "opportunity", "funnel")
    measure: str
    own: Peer
    population: Decimal | None
    peers: tuple[Peer, ...]
    opportunities: tuple[Opportunity, ...]
    trend: tuple[tuple[str, Decimal, Decimal], ...] = ()
    """Year, own rate, peers' mean rate."""
    remarks: tuple[str, ...] = ()
    illustrative: bool = False
    chosen_by_weights: tuple[tuple[str, Decimal], ...] = ()
    level: Decimal = Decimal("0.95")
    money: bool = False
