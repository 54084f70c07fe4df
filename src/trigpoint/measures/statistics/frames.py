"""Frames in, frames out: any kind is read once into polars, and the answer goes back as the kind that came.

Accepted are frames of polars, pandas, pyarrow and whatever else narwhals knows, and a mapping of columns, which comes
back as a ``dict`` of lists.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import narwhals as nw
import polars as pl

from trigpoint.errors import InputError

Frame = Any  # a frame of any kind that narwhals reads, or a mapping of columns
Names = str | Sequence[str] | None


@dataclass(frozen=True, slots=True)
class Read:
    """A frame as polars, and the way back to the kind it came in."""

    frame: pl.DataFrame
    back: Callable[[pl.DataFrame], Frame]


def read(data: Frame) -> Read:
    """A frame of any kind as polars. Raises ``InputError`` for what is no frame, or one that is not yet computed.

    >>> read({"area": ["A"], "deaths": [3]}).frame.columns
    ['area', 'deaths']
    """
    if isinstance(data, pl.DataFrame):
        return Read(data, lambda frame: frame)
    if isinstance(data, Mapping):
        return Read(_from_columns(data), lambda frame: frame.to_dict(as_series=False))
    try:
        known = nw.from_native(data, eager_only=True)
    except TypeError:
        raise InputError(
            f"{type(data).__name__} is no frame",
            remedy="give a polars, pandas or pyarrow frame that is already computed, or a dict of columns",
        ) from None
    backend = known.implementation
    return Read(_plain(known), lambda frame: _as_kind(frame, backend))


def names(given: Names) -> list[str]:
    """One name or several as a list, each once."""
    return [given] if isinstance(given, str) else list(dict.fromkeys(given or ()))


def require(frame: pl.DataFrame, *columns: str) -> None:
    """Raise ``InputError`` naming the first column that is not there, with the nearest that is."""
    for column in columns:
        if column not in frame.columns:
            near = get_close_matches(str(column), frame.columns, 1, 0.6) or frame.columns
            raise InputError(
                f"there is no column '{column}'",
                remedy=f"use one of {', '.join(repr(name) for name in near)}",
            )


def with_numbers(frame: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """The frame with these columns as floats; NaN and empty text are missing.

    Raises ``InputError`` naming column and first row (from 1) where one is absent or holds what is no number.
    """
    require(frame, *columns)
    return frame.with_columns(_numbers(frame[column]) for column in dict.fromkeys(columns))


def refuse_clash(labels: Sequence[str], results: Sequence[str]) -> None:
    """Raise ``InputError`` where a column of labels has the name of a result."""
    clash = next((name for name in labels if name in results), None)
    if clash is not None:
        raise InputError(f"the column '{clash}' has the name of a result", remedy="rename it, or leave it out")


def _numbers(column: pl.Series) -> pl.Series:
    if column.dtype == pl.Boolean:
        raise InputError(f"column '{column.name}' holds yes or no, not numbers", remedy="give counts")
    if column.dtype == pl.Float64:
        return column.fill_nan(None)
    if column.dtype.is_numeric():
        return column.cast(pl.Float64).fill_nan(None)
    if column.dtype == pl.Object:
        text = pl.Series(column.name, [None if cell is None else str(cell) for cell in column], dtype=pl.String)
    elif column.dtype in (pl.String, pl.Null, pl.Categorical, pl.Enum):
        text = column.cast(pl.String)
    else:
        kind = str(column.dtype).partition("(")[0].lower()
        raise InputError(f"column '{column.name}' holds values of the kind {kind}, not numbers", remedy="give numbers")
    text = text.str.strip_chars()
    text = text.set(text == "", None)
    found = text.cast(pl.Float64, strict=False)
    wrong = (found.is_null() & text.is_not_null()).arg_true()
    if len(wrong):
        raise InputError(
            f"column '{column.name}' holds '{text[int(wrong[0])]}' in row {int(wrong[0]) + 1}, which is no number",
            remedy="give a number, or leave it empty where it is not known",
        )
    return found.fill_nan(None)


def _from_columns(columns: Mapping[str, Any]) -> pl.DataFrame:
    made = [_column(str(name), values) for name, values in columns.items()]
    lengths = {series.name: len(series) for series in made}
    if len(set(lengths.values())) > 1:
        raise InputError(
            f"the columns have different lengths: {', '.join(f'{name} {size}' for name, size in lengths.items())}",
            remedy="give every column the same number of rows",
        )
    return pl.DataFrame(made)


def _column(name: str, values: Any) -> pl.Series:
    try:
        return pl.Series(name, values)
    except (TypeError, pl.exceptions.PolarsError):
        # Numbers and text mixed: as text, so that the first cell that is no number can be named.
        return pl.Series(name, [None if value is None else str(value) for value in values], dtype=pl.String)


def _plain(known: nw.DataFrame[Any]) -> pl.DataFrame:
    try:
        return known.to_polars()
    except (TypeError, ValueError, pl.exceptions.PolarsError, ImportError, ModuleNotFoundError):
        return _from_columns({name: known[name].to_list() for name in known.columns})


def _as_kind(frame: pl.DataFrame, backend: nw.Implementation) -> Frame:
    def cells(column: pl.Series) -> Any:
        # pandas keeps missing numbers as NaN; the others know a missing cell.
        return column.to_numpy() if backend.is_pandas_like() and column.dtype.is_numeric() else column.to_list()

    columns = {name: cells(frame[name]) for name in frame.columns}
    return nw.from_dict(columns, backend=backend.to_native_namespace()).to_native()
