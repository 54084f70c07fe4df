"""How a statistic's answer is laid out: labels, parts, value, limits by level, method, reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import polars as pl

from trigpoint.measures.statistics.frames import refuse_clash
from trigpoint.measures.statistics.intervals import Floats, Interval
from trigpoint.measures.statistics.levels import label


def limit_names(level: float) -> tuple[str, str]:
    """The names of the two columns of one level.

    >>> limit_names(0.998)
    ('lower_99_8', 'upper_99_8')
    """
    return f"lower_{label(level)}", f"upper_{label(level)}"


def answer(
    labels: pl.DataFrame,
    parts: Mapping[str, pl.Series | Floats],
    value: Floats,
    levels: Sequence[float],
    limits: Callable[[float], Interval],
    *,
    methods: pl.Series | str,
    reason: pl.Series,
) -> pl.DataFrame:
    """The frame of a statistic; NaN becomes missing, and so do the limits and the method of what has no value."""
    columns = [part.alias(name) if isinstance(part, pl.Series) else number(name, part) for name, part in parts.items()]
    columns.append(number("value", value))
    for level in levels:
        columns += [number(name, ends) for name, ends in zip(limit_names(level), limits(level), strict=True)]
    columns += [_methods(methods, pl.Series(np.isnan(value))), reason.alias("reason")]
    refuse_clash(labels.columns, [column.name for column in columns])
    return labels.hstack(columns) if labels.width else pl.DataFrame(columns)


def _methods(methods: pl.Series | str, absent: pl.Series) -> pl.Series:
    if isinstance(methods, str):
        methods = pl.Series([methods], dtype=pl.String).new_from_index(0, len(absent))
    return methods.set(absent, "").alias("method")


def number(name: str, values: Floats) -> pl.Series:
    """Floats as a column, NaN as missing."""
    return pl.Series(name, np.ascontiguousarray(values)).fill_nan(None)


def floats(column: pl.Series) -> Floats:
    """A column of numbers as floats, missing as NaN."""
    return column.cast(pl.Float64).fill_null(float("nan")).to_numpy()


def blanked(values: Floats, codes: pl.Series) -> Floats:
    """The values with NaN where a row has a fault."""
    return np.where(codes.to_numpy() > 0, np.nan, values)
