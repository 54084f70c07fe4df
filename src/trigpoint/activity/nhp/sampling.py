"""The draws of a scenario: every leaf its own stream, so that one more leaf leaves the others as they were."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from trigpoint.activity.nhp.parameters import NhpParameters, Path

Floats: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Sampled:
    """``values`` (leaves + 1) × runs, its last row all 1 for what is not set; ``variant`` the variant of each run."""

    values: Floats
    variant: Whole
    rows: dict[Path, int]

    def row(self, *path: str) -> int:
        """The row of a leaf; that of the ones where it is not set."""
        return self.rows.get(path, len(self.values) - 1)


def stream(seed: int, name: str) -> np.random.Generator:
    """The random numbers of one leaf: counter-based, keyed by the seed and the leaf's own name."""
    key = int.from_bytes(blake2b(f"{seed}/{name}".encode(), digest_size=16).digest(), "little")
    return np.random.Generator(np.random.Philox(key=key))


def noise_stream(seed: int, part: int, run: int) -> np.random.Generator:
    """The random numbers of one run of one kind of activity, whichever worker runs it and in whatever block."""
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence([seed, part, run])))


def sample(parameters: NhpParameters, runs: int, seed: int) -> Sampled:
    """Draws every leaf and the population variant of each run.

    A normal about the middle of each 80% interval, clipped; the leaves independent of each other, as nhp_model has
    them. The first runs of a longer sample are those of a shorter one.
    """
    values = np.ones((len(parameters.leaves) + 1, runs))
    rows: dict[Path, int] = {}
    for at, (path, leaf) in enumerate(parameters.leaves.items()):
        rows[path] = at
        drawn = leaf.middle + leaf.spread * stream(seed, "/".join(path)).standard_normal(runs)
        values[at] = np.clip(drawn, leaf.floor, leaf.ceiling)
    edges = np.cumsum([part for _, part in parameters.variants])
    chosen = np.searchsorted(edges, stream(seed, "variant").random(runs), side="right")
    return Sampled(values, np.minimum(chosen, len(edges) - 1), rows)
