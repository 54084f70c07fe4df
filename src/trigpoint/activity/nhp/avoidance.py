"""Which strategies could avoid a row, as signatures that many rows share, and what each lets through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from trigpoint.activity.nhp.coding import combined, numbered
from trigpoint.activity.nhp.parameters import Dataset
from trigpoint.activity.nhp.sampling import Sampled

Floats: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Avoidance:
    """``of`` is each row's signature. A signature is the run of ``pairs`` from its ``starts`` on.

    A pair is a strategy (``strategy_of``, into ``names``) with the share of the row it can reach (``rate_of``); its
    leaf's row is ``leaf_of``. Every signature begins with pair 0, which avoids nothing.
    """

    of: Whole
    starts: Whole
    pairs: Whole
    names: tuple[str, ...]
    strategy_of: Whole
    rate_of: Floats
    leaf_of: Whole

    def kept_by_pair(self, sampled: Sampled, part: slice) -> Floats:
        """What each pair lets through, 1 − rate × (1 − φ)."""
        kept: Floats = 1 - self.rate_of[:, None] * (1 - sampled.values[self.leaf_of, part])
        return kept

    def kept(self, sampled: Sampled, part: slice) -> Floats:
        """What each signature lets through: the product over its strategies, so that none is counted twice."""
        kept: Floats = np.multiply.reduceat(self.kept_by_pair(sampled, part)[self.pairs], self.starts, axis=0)
        return kept


def avoidance_of_columns(columns: Sequence[pl.Series], dataset: Dataset, sampled: Sampled) -> Avoidance:
    """Signatures of rows that name their strategies in columns, at the most one a column, all at a rate of 1."""
    names = [path[2] for path in sampled.rows if path[:2] == ("activity_avoidance", dataset.value)]
    known = pl.DataFrame(
        {"strategy": names, "pair": np.arange(1, len(names) + 1)}, schema_overrides={"strategy": pl.String}
    )
    codes = []
    for column in columns:
        frame = column.alias("strategy").to_frame()
        found = frame.join(known, on="strategy", how="left", maintain_order="left")["pair"].fill_null(0)
        codes.append((found.to_numpy().astype(np.intp), len(names) + 1))
    first, of = numbered(combined(codes))
    table = np.stack([code[first] for code, _ in codes], axis=1)
    sets = [sorted({0, *row}) for row in table.tolist()]
    return _avoidance(of, sets, names, np.arange(len(names)), np.ones(len(names)), dataset, sampled)


def avoidance_of_pairs(rows: pl.Series, pairs: pl.DataFrame, dataset: Dataset, sampled: Sampled) -> Avoidance:
    """Signatures of rows (by ``rn``) from a table row × strategy × rate."""
    distinct = pairs.select("strategy", "sample_rate").unique().sort("strategy", "sample_rate")
    names = distinct["strategy"].unique().sort().to_list()
    numbers = distinct.with_row_index("pair", offset=1)
    joined = pairs.join(numbers, on=["strategy", "sample_rate"], how="inner").sort("rn", "pair")
    texts = (
        joined.group_by("rn", maintain_order=True)
        .agg(pl.col("pair").cast(pl.String))
        .with_columns(pl.col("pair").list.join(","))
    )
    signatures = texts["pair"].unique(maintain_order=True)
    codes = pl.DataFrame({"pair": signatures, "code": np.arange(1, len(signatures) + 1)})
    coded = texts.join(codes, on="pair", how="left").select(pl.col("rn").cast(rows.dtype), "code")
    of = rows.alias("rn").to_frame().join(coded, on="rn", how="left", maintain_order="left")["code"].fill_null(0)
    sets = [[0], *([0, *map(int, text.split(","))] for text in signatures)]
    place = {name: at for at, name in enumerate(names)}
    strategy = np.array([place[name] for name in distinct["strategy"]], dtype=np.intp)
    return _avoidance(
        of.to_numpy().astype(np.intp), sets, names, strategy, distinct["sample_rate"].to_numpy(), dataset, sampled
    )


def _avoidance(
    of: Whole, sets: Sequence[Sequence[int]], names: Sequence[str], strategy: Whole, rate: Floats, dataset: Dataset,
    sampled: Sampled,
) -> Avoidance:  # fmt: skip
    sizes = np.array([len(one) for one in sets], dtype=np.intp)
    leaves = [sampled.row("activity_avoidance", dataset.value, name) for name in names]
    leaf = np.array([len(sampled.values) - 1, *(leaves[at] for at in strategy)], dtype=np.intp)
    return Avoidance(
        of, np.cumsum(sizes) - sizes, np.concatenate([np.array(one, dtype=np.intp) for one in sets]), tuple(names),
        np.array([-1, *strategy], dtype=np.intp), np.array([0.0, *rate]), leaf,
    )  # fmt: skip
