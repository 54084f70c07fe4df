"""Bridges that add up: what their steps leave of the difference is a step of its own, and says so."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from trigpoint.finance.position.result import Bridge, Step
from trigpoint.rounding import total

REST = "not-explained"


def bridge_between(title: str, start: Step, steps: Iterable[Step], end: Step) -> Bridge:
    """The bridge from one total to another. Steps of nothing are left out; the last says what the others leave.

    >>> made = bridge_between("A", Step("a", "A", Decimal(5), total=True), [Step("b", "B", Decimal(2))],
    ...                       Step("c", "C", Decimal(10), total=True))
    >>> [(step.name, step.gbp) for step in made.steps]
    [('A', Decimal('5')), ('B', Decimal('2')), ('Not explained', Decimal('3')), ('C', Decimal('10'))]
    """
    kept = [step for step in steps if step.gbp]
    rest = total((end.gbp, -start.gbp, *(-step.gbp for step in kept)))
    left = [Step(REST, "Not explained", rest, illustrative=start.illustrative or end.illustrative)] if rest else []
    return Bridge(title, (start, *kept, *left, end))


def unexplained_gbp(bridge: Bridge | None) -> Decimal:
    """What a bridge does not explain."""
    steps = bridge.steps if bridge is not None else ()
    return next((step.gbp for step in steps if step.id == REST), Decimal(0))
