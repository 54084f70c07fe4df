"""Which organisations are alike: distance on standardised variables, each with the user's weight."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from trigpoint.finance.book.book import FinanceBook
from trigpoint.wording import listed


@dataclass(frozen=True, slots=True)
class Likeness:
    """Squared differences from one's own organisation, standardised: ``squares[organisation][variable]``, ``None``
    where either is not known. ``weights`` are the user's, by variable."""

    weights: dict[str, float]
    squares: dict[str, dict[str, float | None]]
    remarks: tuple[str, ...] = ()

    def distance(self, organisation: str, weights: dict[str, float] | None = None) -> float | None:
        """√(Σ weight × square ÷ Σ weight) over the variables known of both; ``None`` where there is none."""
        weights = self.weights if weights is None else weights
        known = [(weights[name], square) for name, square in self.squares[organisation].items() if square is not None]
        whole = sum(weight for weight, _ in known)
        return math.sqrt(sum(weight * square for weight, square in known) / whole) if whole > 0 else None


def likeness(book: FinanceBook, own: str, others: Sequence[str]) -> Likeness:
    """How unlike each of ``others`` is to ``own``.

    A variable is standardised by its mean and standard deviation over own and others. Its weight is that of one's own
    row, else of the first row told. A variable that is the same everywhere, unknown of one's own organisation, or
    weighs 0 tells nothing and is left out.
    """
    organisations = (own, *others)
    values: dict[str, dict[str, float]] = {}
    weights: dict[str, Decimal] = {}
    told: dict[str, set[Decimal]] = {}
    for row in book.peer_variables:
        if row.organisation in organisations and row.value.is_finite() and row.weight.is_finite():
            values.setdefault(row.variable, {}).setdefault(row.organisation, float(row.value))
            told.setdefault(row.variable, set()).add(row.weight)
            if row.organisation == own or row.variable not in weights:
                weights[row.variable] = row.weight
    remarks = [
        f"The weight of {name} is told in several ways; {weights[name]} counts."
        for name, several in told.items()
        if len(several) > 1
    ]
    usable = {name: spread for name, known in values.items() if own in known and (spread := _spread(known)) > 0}
    usable = {name: spread for name, spread in usable.items() if weights[name] > 0}
    if idle := [name for name in values if name not in usable]:
        remarks.append(
            f"Nothing is told by {listed(idle)}: alike everywhere, without weight, or not known of one's own."
        )
    squares: dict[str, dict[str, float | None]] = {}
    for one in others:
        squares[one] = {
            name: ((values[name][one] - values[name][own]) / spread) ** 2 if one in values[name] else None
            for name, spread in usable.items()
        }
    if lacking := [one for one in others if usable and any(square is None for square in squares[one].values())]:
        remarks.append(f"Not every variable is known of {listed(lacking)}; the others stand for them.")
    return Likeness({name: float(weights[name]) for name in usable}, squares, tuple(remarks))


def _spread(known: dict[str, float]) -> float:
    mean = sum(known.values()) / len(known)
    return math.sqrt(sum((value - mean) ** 2 for value in known.values()) / len(known))


def nearest(likeness: Likeness, others: Sequence[str], number: int) -> tuple[tuple[str, float | None], ...]:
    """The nearest organisations with their distance, nearest first, those in doubt by their order.

    Where nothing is known to choose by, all of them.
    """
    if not likeness.weights:
        return tuple((one, None) for one in others)
    distances = {one: distance for one in others if (distance := likeness.distance(one)) is not None}
    found = sorted(distances, key=lambda one: distances[one])[:number]
    return tuple((one, distances[one]) for one in found)
