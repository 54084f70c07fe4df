"""What makes a row or a group unfit for a statistic: found for all rows at once, told as words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import polars as pl

from trigpoint.errors import InputError
from trigpoint.measures.statistics.frames import refuse_clash, require
from trigpoint.measures.statistics.levels import Strictness

CODE = "__fault"  # the column that holds a row's fault while a statistic is computed


class MissingCounts(Enum):
    """What a missing count is: ``NO_VALUE`` leaves its group without a value, ``AS_ZERO`` takes it as nought."""

    NO_VALUE = "no value"
    AS_ZERO = "as zero"


@dataclass(frozen=True, slots=True)
class Fault:
    """Rows that are unfit, and why. ``refused`` says whether such a row refuses the frame where that is asked for."""

    rows: pl.Expr
    words: str
    refused: bool = True


def marked(frame: pl.DataFrame, faults: Sequence[Fault], above: int = 0) -> pl.DataFrame:
    """The frame with the code of each row's fault, 0 for none; the first fault of the list has the highest code, so
    that the maximum of a group is its gravest. Codes start after ``above``."""
    code: pl.Expr = pl.lit(0, dtype=pl.UInt8)
    for number, fault in enumerate(reversed(faults), start=above + 1):
        code = pl.when(fault.rows.fill_null(False)).then(pl.lit(number, dtype=pl.UInt8)).otherwise(code)
    return frame.with_columns(code.alias(CODE))


def added(
    frame: pl.DataFrame,
    columns: Sequence[str],
    by: Sequence[str],
    *,
    faults: Sequence[Fault],
    of_totals: Sequence[Fault],
    strictness: Strictness,
) -> pl.DataFrame:
    """The columns added by group in the order of first appearance, with the code of each group's gravest fault.

    ``faults`` are looked for in every row, ``of_totals`` in the sums: one empty practice does not spoil its region.
    Without ``by`` every row is a group of its own. Codes are those of ``[*faults, *of_totals]``.
    """
    require(frame, *by)
    every = [*faults, *of_totals]
    rows = marked(frame, every)
    refuse(rows, every, by, strictness)
    if not by:
        return rows
    parts = dict.fromkeys(columns)
    whole = [pl.when(pl.col(part).null_count() == 0).then(pl.col(part).sum()).alias(part) for part in parts]
    return settled(collected(marked(frame, faults, above=len(of_totals)), by, whole), of_totals)


def collected(rows: pl.DataFrame, by: Sequence[str], sums: Sequence[pl.Expr]) -> pl.DataFrame:
    """The sums of each group in the order of first appearance, of all rows where ``by`` names none, with the code of
    the gravest fault of its rows."""
    sums = [*sums, pl.col(CODE).max()]
    refuse_clash(by, [each.meta.output_name() for each in sums])
    if by:
        return rows.group_by(by, maintain_order=True).agg(*sums)
    groups = rows.select(*sums)
    return groups if len(rows) else groups.clear()


def settled(groups: pl.DataFrame, of_totals: Sequence[Fault]) -> pl.DataFrame:
    """The groups with the code of their rows' gravest fault, or of that of their totals where no row has one."""
    rows = groups[CODE]
    code = pl.when(rows > 0).then(rows).otherwise(pl.col(CODE))
    return marked(groups, of_totals).with_columns(code.alias(CODE))


def reasons(codes: pl.Series, faults: Sequence[Fault]) -> pl.Series:
    """The words of each code, "" for none."""
    words = pl.Series(["", *(fault.words for fault in reversed(faults))], dtype=pl.String)
    return words.gather(codes.cast(pl.UInt32)).alias("reason")


def refuse(frame: pl.DataFrame, faults: Sequence[Fault], by: Sequence[str], strictness: Strictness) -> None:
    """Raise ``InputError`` for the first unfit row of a marked frame where the whole frame stands or falls with it."""
    if strictness is Strictness.BY_GROUP:
        return
    grave = [number for number, fault in enumerate(reversed(faults), start=1) if fault.refused]
    rows = frame[CODE].is_in(grave).arg_true()
    if len(rows):
        row = int(rows[0])
        fault = faults[len(faults) - int(frame[CODE][row])]
        place = ", ".join(f"{name} {frame[name][row]}" for name in by)
        raise InputError(
            f"row {row + 1}{f' ({place})' if place else ''}: {fault.words}",
            remedy="correct the row, or ask without strictness to have the other groups computed",
        )


def missing(column: str) -> Fault:
    """No number where one is needed."""
    return Fault(pl.col(column).is_null(), f"{column} is missing", refused=False)


def negative(column: str) -> Fault:
    """A number below nought."""
    return Fault(pl.col(column) < 0, f"{column} is negative")


def endless(column: str) -> Fault:
    """An infinite number."""
    return Fault(pl.col(column).is_infinite(), f"{column} is not finite")


def zero(column: str) -> Fault:
    """Nobody and nothing to divide by."""
    return Fault(pl.col(column) == 0, f"{column} is 0")


def above(column: str, limit: str) -> Fault:
    """More counted than there are."""
    return Fault(pl.col(column) > pl.col(limit), f"{column} is greater than {limit}")
