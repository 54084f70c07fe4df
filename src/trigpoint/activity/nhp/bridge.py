"""From the baseline to each run's result in parts that sum exactly: logarithmic means on the cells.

The effect of factor k is Σ L(Λ₁, Λ₀)·ln f_k over the cells, with L(a, b) = (a − b)/ln(a/b); the effects of all factors
sum to Σ (Λ₁ − Λ₀), with no interaction left over. (Sun and Ang, Energy 25, 2000; “LMDI”.)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from trigpoint.activity.nhp.avoidance import Avoidance
from trigpoint.activity.nhp.coding import combined, numbered
from trigpoint.activity.nhp.growth import Factor, Growth
from trigpoint.activity.nhp.sampling import Sampled
from trigpoint.activity.nhp.tables import Sparse, summing

Floats: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[np.intp]

FLOOR = 1e-300
"""A factor of 0 has no logarithm; with this in its place it takes all of the change, to 1e-300."""
NEAR_ONE = 1e-5
PART_SCHEMA = {"base": pl.Int64, "measure": pl.String, "change_factor": pl.String, "strategy": pl.String}
_without_measure = {name: kind for name, kind in PART_SCHEMA.items() if name != "measure"}


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """What efficiencies leave of a measure, α + β·φ: row 0 is everything. ``strategy`` is into the names, −1 none."""

    alpha: Floats
    beta: Floats
    leaf: Whole
    strategy: Whole
    names: tuple[str, ...]

    def values(self, sampled: Sampled, part: slice) -> Floats:
        """Rows × the runs of ``part``."""
        share: Floats = self.alpha[:, None] + self.beta[:, None] * sampled.values[self.leaf, part]
        return share


EVERYTHING = Shares(np.ones(1), np.zeros(1), np.zeros(1, dtype=np.intp), np.full(1, -1, dtype=np.intp), ())


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """Cells summed to (base row × key): ``matrix`` does it; ``base`` and ``key`` are of its rows, sorted by base."""

    matrix: Sparse
    base: Whole
    key: Whole


@dataclass(frozen=True, slots=True, eq=False)
class Bridge:
    """One measure's bridge. ``rows`` are the parts: base row, change factor, strategy; in the order of ``effects``."""

    measure: str
    bases: int
    weight: Floats
    growth_of: Whole
    keep_of: Whole
    share_of: Whole
    shares: Shares
    growth: Growth
    avoidance: Avoidance
    person: _Side
    setting: _Side
    kept: _Side
    shared: _Side
    pair_rows: Whole
    pairs: Whole
    pair_strategy: Sparse
    share_strategy: Sparse

    @property
    def rows(self) -> pl.DataFrame:
        """Base row, change factor and strategy of each row of ``effects``."""
        factors = [factor.name for factor in (*self.growth.person, *self.growth.setting) if factor.name]
        parts = [(name, "") for name in factors]
        parts += [("activity_avoidance", name) for name in self.avoidance.names]
        parts += [("efficiencies", name) for name in self.shares.names]
        listed = [(base, factor, strategy) for factor, strategy in parts for base in range(self.bases)]
        return pl.DataFrame(listed, schema=_without_measure, orient="row")

    def effects(self, growth: Floats, kept: Floats, sampled: Sampled, part: slice) -> Floats:
        """The effect of every part in the runs of ``part``, of the growth keys' and the signatures' factors there."""
        share = _log(self.shares.values(sampled, part))
        logs = np.take(_log(growth), self.growth_of, axis=0)
        logs += np.take(_log(kept), self.keep_of, axis=0)
        if self.shares.names:
            logs += np.take(share, self.share_of, axis=0)
        mean = log_mean(logs)
        mean *= self.weight[:, None]
        found: list[Floats] = []
        for side, factors in ((self.person, self.growth.person), (self.setting, self.growth.setting)):
            summed = side.matrix @ mean
            found += [self._factor(summed, side, factor, part) for factor in factors if factor.name]
        if self.avoidance.names:
            pair = _log(self.avoidance.kept_by_pair(sampled, part))
            by_signature = (self.kept.matrix @ mean)[self.pair_rows] * pair[self.pairs]
            found.append(self.pair_strategy @ by_signature)
        if self.shares.names:
            found.append(self.share_strategy @ ((self.shared.matrix @ mean) * share[self.shared.key]))
        effects: Floats = np.concatenate(found)
        return effects

    def _factor(self, summed: Floats, side: _Side, factor: Factor, part: slice) -> Floats:
        effect = summed * _log(factor.table[:, part])[factor.of[side.key]]
        by_base = np.zeros((self.bases, summed.shape[1]))
        starts = np.flatnonzero(np.diff(side.base, prepend=-1))
        by_base[side.base[starts]] = np.add.reduceat(effect, starts, axis=0)
        return by_base


def log_mean(logs: Floats) -> Floats:
    """(F − 1)/ln F of the logarithms, which is 1 at F = 1; by its series where the difference would lose figures.

    >>> log_mean(np.array([[0.0, np.log(2.0)]])).round(6)
    array([[1.      , 1.442695]])
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        mean: Floats = np.exp(logs)
        mean -= 1
        mean /= logs
    near = np.abs(logs) < NEAR_ONE
    if near.any():
        mean[near] = 1 + logs[near] / 2
    return mean


def _log(values: Floats) -> Floats:
    logs: Floats = np.log(np.maximum(values, FLOOR))
    return logs


def bridge_of(
    measure: str, base: Whole, bases: int, weight: Floats, growth: Growth, avoidance: Avoidance, row: Whole,
    share_of: Whole | None = None, shares: Shares = EVERYTHING,
) -> Bridge:  # fmt: skip
    """The bridge of a measure: entry i has ``weight[i]`` of it, of baseline row ``row[i]``, told in ``base[i]``."""
    share = np.zeros(len(row), dtype=np.intp) if share_of is None else share_of
    sizes = (bases, len(growth.person_of), len(avoidance.starts), len(shares.alpha))
    parts = (base, growth.of[row], avoidance.of[row], share)
    first, of = numbered(combined(list(zip(parts, sizes, strict=True))))
    total: Floats = np.bincount(of, weight, len(first)).astype(np.float64)
    there = np.flatnonzero(total > 0)
    place, key, signature, share = (part[first[there]] for part in parts)
    kept, shared = _side(place, signature, sizes[2]), _side(place, share, sizes[3])
    pair_rows, pairs = _pairs(kept, avoidance)
    strategy = avoidance.strategy_of[pairs]
    told = shares.strategy[shared.key]
    named = np.flatnonzero(told >= 0)
    return Bridge(
        measure, bases, total[there], key, signature, share, shares, growth, avoidance,
        _side(place, growth.person_of[key], growth.keys.person.height),
        _side(place, growth.setting_of[key], growth.keys.setting.height), kept, shared, pair_rows, pairs,
        summing(strategy * bases + kept.base[pair_rows], bases * len(avoidance.names)),
        summing(told[named] * bases + shared.base[named], bases * len(shares.names), None, named, len(told)),
    )  # fmt: skip


def _side(base: Whole, key: Whole, keys: int) -> _Side:
    first, of = numbered(base * keys + key)
    return _Side(summing(of, len(first)), base[first], key[first])


def _pairs(kept: _Side, avoidance: Avoidance) -> tuple[Whole, Whole]:
    """Each (base × signature) row with each pair of its signature but the first, which avoids nothing."""
    ends = np.append(avoidance.starts[1:], len(avoidance.pairs))
    sizes = (ends - avoidance.starts - 1)[kept.key]
    rows = np.repeat(np.arange(len(kept.key)), sizes)
    offset = np.arange(len(rows)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return rows, avoidance.pairs[avoidance.starts[kept.key][rows] + 1 + offset]
