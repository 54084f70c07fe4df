"""What a mechanism's terms come to: a curve of activity, and the payments that activity does not move."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from trigpoint.finance.contracts.mechanism import Curve

NO_CURVE = Curve(Decimal(0))
"""What activity does not move at all."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """The parts of a ``Mechanism`` that its terms settle; ``named_gbp`` is an activity that the terms name with its
    value (lines of units at prices)."""

    curve: Curve = NO_CURVE
    planned_gbp: Decimal = Decimal(0)
    settled: tuple[tuple[str, Decimal], ...] = ()
    named_gbp: Decimal | None = None
