"""Quantiles: areas ranked by a value and cut into parts of equal number."""

from __future__ import annotations

import polars as pl

from trigpoint.errors import InputError
from trigpoint.measures.statistics.frames import Frame, Names, names, read, refuse_clash, require, with_numbers

_RESULTS = ("quantile", "reason")
_YES = {"true": True, "yes": True, "1": True, "t": True, "false": False, "no": False, "0": False, "f": False}


def quantiles(data: Frame, *, values: str, parts: int = 10, by: Names = (), invert: bool | str = True) -> Frame:
    """In which of ``parts`` quantiles of its group every row lies, from 1; equal values lie in the same one.

    Quantile 1 holds the highest values where ``invert`` is true, else the lowest; a column's name says it for each
    group. Columns of the answer: those of the frame in the order they came, ``quantile`` and ``reason``. A row has none
    without a value, and no row of a group with fewer values than parts. Raises ``InputError`` for a column that is
    absent or holds text, fewer than 2 parts, and a group that is both inverted and not.
    Source: method reference, 1.3.

    >>> quantiles({"value": [10, 40, 20, 30]}, values="value", parts=2)["quantile"]
    [2, 1, 2, 1]
    """
    if isinstance(parts, bool) or not isinstance(parts, int) or parts < 2:
        raise InputError(f"{parts!r} quantiles cannot be made", remedy="give a whole number from 2 up, such as 10")
    given = read(data)
    by = names(by)
    require(given.frame, *by)
    refuse_clash(given.frame.columns, _RESULTS)
    frame = with_numbers(given.frame, values).with_columns(_inverted(given.frame, invert, by))
    made = frame.with_columns(_quantile(values, parts, by), _reason(values, parts, by))
    return given.back(
        made.select(*given.frame.drop(values).columns, *_RESULTS, values).select(*given.frame.columns, *_RESULTS)
    )


def _over(expression: pl.Expr, by: list[str]) -> pl.Expr:
    return expression.over(by) if by else expression


def _quantile(values: str, parts: int, by: list[str]) -> pl.Expr:
    value = pl.col(values)
    ranked = pl.when(pl.col("__inverted")).then(-value).otherwise(value)
    rank, size = _over(ranked.rank("min"), by).cast(pl.Float64), _over(value.count(), by).cast(pl.Float64)
    # As the source has it, term by term: a quotient done another way can fall on the other side of a whole number.
    place = ((parts + 1) - ((size + 1 - rank) / (size / parts)).ceil()).floor().clip(1)
    return pl.when(size >= parts).then(place).cast(pl.Int64).alias("quantile")


def _reason(values: str, parts: int, by: list[str]) -> pl.Expr:
    few = _over(pl.col(values).count(), by) < parts
    return (
        pl.when(pl.col(values).is_null())
        .then(pl.lit(f"{values} is missing"))
        .when(few)
        .then(pl.lit(f"fewer values than {parts} quantiles"))
        .otherwise(pl.lit(""))
        .alias("reason")
    )


def _inverted(frame: pl.DataFrame, invert: bool | str, by: list[str]) -> pl.Series:
    """Whether each row's group is ranked from the highest value."""
    if isinstance(invert, bool):
        return pl.Series("__inverted", [invert]).new_from_index(0, len(frame))
    require(frame, invert)
    flags = _flags(frame[invert]).alias("__inverted")
    flagged = pl.DataFrame([*(frame[name] for name in by), flags])
    mixed = flagged.select(_over(pl.col("__inverted").n_unique(), by) > 1).to_series().arg_true()
    if len(mixed):
        place = ", ".join(f"{name} {frame[name][int(mixed[0])]}" for name in by)
        raise InputError(
            f"'{invert}' is both true and false in {place or 'the frame'}", remedy="give one for each group"
        )
    return flags


def _flags(column: pl.Series) -> pl.Series:
    if column.dtype == pl.Boolean:
        found = column
    else:
        words = column.cast(pl.String).str.strip_chars().str.to_lowercase()
        found = words.replace_strict(_YES, default=None, return_dtype=pl.Boolean)
    wrong = found.is_null().arg_true()
    if len(wrong):
        row = int(wrong[0])
        raise InputError(f"'{column.name}' holds {column[row]!r} in row {row + 1}", remedy="give true or false")
    return found
