"""Rows to numbers: every distinct combination of some columns gets one, in the order of the columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

Whole: TypeAlias = NDArray[np.intp]
LARGEST = 2**62


def column_codes(column: pl.Series) -> tuple[Whole, int]:
    """A number from 0 for each distinct value, in the order of the values, and how many there are."""
    if column.dtype == pl.Boolean:
        return column.to_numpy().astype(np.intp), 2
    if column.dtype.is_integer():
        values = column.to_numpy().astype(np.intp)
        if not len(values):
            return values, 1
        least = int(values.min())
        width = int(values.max()) - least + 1
        if width <= 4 * len(values) + 1024:
            return values - least, width
    distinct = column.unique().sort()
    codes = column.to_frame("value").join(
        pl.DataFrame({"value": distinct, "code": np.arange(len(distinct))}),
        on="value", how="left", nulls_equal=True, maintain_order="left",
    )  # fmt: skip
    return codes["code"].to_numpy().astype(np.intp), max(len(distinct), 1)


def combined(parts: Sequence[tuple[Whole, int]]) -> Whole:
    """One number for each combination of several numbers, in their order."""
    code, possible = parts[0]
    for part, width in parts[1:]:
        if possible * width >= LARGEST:
            first, code = numbered(code)
            possible = len(first)
        code, possible = code * width + part, possible * width
    return code


def numbered(code: Whole) -> tuple[Whole, Whole]:
    """The distinct numbers as 0, 1, 2 …: the first place of each, and each row's own."""
    if not len(code):
        return code, code
    # A table of all possible numbers is several times as fast as a sort, where it is not too long.
    most = int(code.max()) + 1
    if most <= 16 * len(code) + 65_536:
        first = np.full(most, -1, dtype=np.intp)
        first[code[::-1]] = np.arange(len(code) - 1, -1, -1)
        there = np.flatnonzero(first >= 0)
        place = np.empty(most, dtype=np.intp)
        place[there] = np.arange(len(there))
        return first[there], place[code]
    _, first, of = np.unique(code, return_index=True, return_inverse=True)
    return first.astype(np.intp), of.astype(np.intp)


def coded(frame: pl.DataFrame, columns: Sequence[str]) -> tuple[pl.DataFrame, Whole]:
    """The distinct combinations of some columns, and each row's own.

    >>> keys, of = coded(pl.DataFrame({"sex": [2, 1, 2], "age": [40, 40, 40]}), ["sex", "age"])
    >>> keys.rows(), of.tolist()
    ([(1, 40), (2, 40)], [1, 0, 1])
    """
    first, of = numbered(combined([column_codes(frame[name]) for name in columns]))
    return frame.select(columns)[first], of
