"""The distinct combinations of growth, avoidance and outcome that activity has, and their factors in every run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from trigpoint.activity.nhp.avoidance import Avoidance
from trigpoint.activity.nhp.coding import combined, numbered
from trigpoint.activity.nhp.growth import Growth

Floats: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Triples:
    """Growth key, signature and outcome of each distinct combination; ``of`` is the combination of each entry."""

    growth_of: Whole
    keep_of: Whole
    outcome_of: Whole
    of: Whole

    @property
    def number(self) -> int:
        return len(self.growth_of)

    def values(self, growth: Floats, kept: Floats, outcomes: Floats | None = None) -> Floats:
        """Growth × what avoidance lets through × the outcome's probability, of each combination (× runs)."""
        value: Floats = np.take(growth, self.growth_of, axis=0)
        value *= np.take(kept, self.keep_of, axis=0)
        if outcomes is not None:
            value *= np.take(outcomes, self.outcome_of, axis=0)
        return value


def triples_of(growth: Growth, avoidance: Avoidance, row: Whole, outcome: Whole, outcomes: int) -> Triples:
    """The combinations of entries, each a row of the baseline with an outcome (of so many)."""
    sizes = (len(growth.person_of), len(avoidance.starts), outcomes)
    parts = (growth.of[row], avoidance.of[row], outcome)
    first, of = numbered(combined(list(zip(parts, sizes, strict=True))))
    return Triples(parts[0][first], parts[1][first], outcome[first], of)


def pairs_of(growth: Growth, avoidance: Avoidance) -> Triples:
    """The combinations of all rows, where there is but one outcome."""
    rows = len(growth.of)
    return triples_of(growth, avoidance, np.arange(rows), np.zeros(rows, dtype=np.intp), 1)
