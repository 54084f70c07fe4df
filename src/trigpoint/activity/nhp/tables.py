"""The tables that every run is told in, as sparse sums of its draw cells; one draw, so all of them agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_array

from trigpoint.activity.nhp.coding import coded

Floats: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[np.intp]
Sparse: TypeAlias = Any


def summing(
    of: Whole, rows: int, weights: Floats | None = None, columns: Whole | None = None, width: int = 0
) -> Sparse:
    """The matrix that sums: entry i adds ``weights[i]`` × column ``columns[i]`` (i itself without) to row ``of[i]``.

    >>> (summing(np.array([1, 0, 1]), 2) @ np.array([1.0, 2.0, 3.0])).tolist()
    [2.0, 4.0]
    """
    order = np.argsort(of, kind="stable")
    at = order if columns is None else columns[order]
    value = np.ones(len(of)) if weights is None else weights[order]
    starts = np.concatenate([[0], np.cumsum(np.bincount(of, minlength=rows))])
    small = max(len(of), width, rows) < 2**31
    kind = np.int32 if small else np.int64
    shape = (rows, width or len(of))
    matrix = csr_array((value, at.astype(kind), starts.astype(kind)), shape=shape)
    if columns is not None:
        matrix.sum_duplicates()
    return matrix


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table by its name: its keys, the part of the cube it is summed from, and how."""

    name: str
    keys: pl.DataFrame
    part: int
    matrix: Sparse


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """Draw cells are first summed to a few parts, and those to the tables, so that the long sums are few."""

    parts: tuple[Sparse, ...]
    tables: tuple[Table, ...]

    def sums(self, cells: Floats) -> list[Floats]:
        """Each table's rows, of draw cells (× any columns)."""
        parts = [part @ cells for part in self.parts]
        return [table.matrix @ parts[table.part] for table in self.tables]


Asked: TypeAlias = tuple[Sequence[str], Mapping[str, Sequence[str]]]


def tables_of(cells: pl.DataFrame, asked: Sequence[Asked]) -> Tables:
    """Plans tables: each part is its columns, with the tables (name: columns) that are summed from it."""
    parts: list[Sparse] = []
    tables: list[Table] = []
    for at, (columns, wanted) in enumerate(asked):
        keys, of = coded(cells, list(columns))
        parts.append(summing(of, keys.height))
        for name, fewer in wanted.items():
            rows, row_of = coded(keys, list(fewer))
            tables.append(Table(name, rows, at, summing(row_of, rows.height)))
    return Tables(tuple(parts), tuple(tables))
