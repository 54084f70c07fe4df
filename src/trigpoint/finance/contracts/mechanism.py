"""A payment mechanism: what is paid, as a function of the activity of the year to date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import ClassVar

from trigpoint.finance.drawing import Drawn
from trigpoint.tabular.stated import UNSTATED, Stated


class Bearer(Enum):
    """Who bears the cost of one more unit of activity: the commissioner pays its whole price, the provider does it for
    nothing, or they share it."""

    COMMISSIONER = "commissioner"
    PROVIDER = "provider"
    SHARED = "shared"


class MechanismKind(Enum):
    """The mechanisms that are known; ``docs/methods-payment.md`` has the formula of each."""

    BLOCK = "block"
    COST_PER_CASE = "cost_per_case"
    CAP_COLLAR = "cap_collar"
    TIERED = "tiered"
    MARGINAL_RATE = "marginal_rate"
    BLENDED = "blended"
    API = "aligned_payment"
    AMBULANCE = "three_part_ambulance"
    GAIN_LOSS = "gain_loss"
    OUTCOMES = "outcome_linked"
    CQUIN = "cquin"
    QUALITY_PREMIUM = "quality_premium"
    READMISSIONS = "readmissions_withheld"


@dataclass(frozen=True, slots=True)
class Curve:
    """A continuous, piecewise linear payment, in pounds, of an activity's value, in pounds.

    ``origin_gbp`` is paid for no activity; from there each pound of activity adds ``rates[0]`` pounds up to
    ``thresholds_gbp[0]``, ``rates[1]`` up to the next, and so on. There is one rate more than thresholds, which ascend
    from 0 and are whole pence.
    """

    origin_gbp: Decimal
    rates: tuple[Decimal, ...] = (Decimal(0),)
    thresholds_gbp: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Mechanism(Drawn):
    """A mechanism with its terms settled.

    ``curve`` is everything that activity moves, of the whole year; ``settled`` are payments that activity does not
    move, by name and unrounded (an incentive pool earned, CQUIN withheld: negative). ``planned_gbp`` is the
    activity's planned value; ``price_gbp`` one unit's price where activity is told in units, ``None`` where it is told
    in pounds. ``terms`` are the terms as they were written, for readers.
    """

    drawings: ClassVar[tuple[str, ...]] = ("curve",)
    id: str
    kind: MechanismKind
    curve: Curve
    planned_gbp: Decimal = Decimal(0)
    price_gbp: Decimal | None = None
    settled: tuple[tuple[str, Decimal], ...] = ()
    terms: Mapping[str, str] = field(default_factory=dict)
    stated: Stated = UNSTATED


@dataclass(frozen=True, slots=True)
class Payment:
    """What a mechanism pays for an activity: ``gbp`` in whole pence, the sum of ``parts``; ``marginal_gbp`` what one
    more unit adds (a pound's worth where activity is told in pounds), and who bears that unit."""

    gbp: Decimal
    marginal_gbp: Decimal
    borne_by: Bearer
    parts: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class MonthPayment:
    """A month of a contract: its own activity, what is paid from April until its end, and what of that is the month's
    own payment: the difference to the month before."""

    activity_gbp: Decimal
    cumulative_gbp: Decimal
    gbp: Decimal


@dataclass(frozen=True, slots=True)
class Variance:
    """Why a contract's activity is worth another sum than planned; the three parts add up to ``gbp``."""

    gbp: Decimal
    volume_gbp: Decimal
    price_gbp: Decimal
    mix_gbp: Decimal


@dataclass(frozen=True, slots=True)
class Spread:
    """A payment over a distribution of activity: expected, in pence, its quantiles, and how it moves with activity.

    ``commissioner_share`` is the mean share of a unit's price that the commissioner bears at the margin, 0 to 1.
    """

    mechanism: str
    kind: MechanismKind
    expected_gbp: Decimal
    low_gbp: Decimal
    median_gbp: Decimal
    high_gbp: Decimal
    deviation_gbp: Decimal
    commissioner_share: Decimal
