"""The reference population of an indirect standardisation, and how its rows find those of the groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

import polars as pl

from trigpoint.errors import InputError
from trigpoint.measures.statistics.frames import Frame, Names, names, read, require, with_numbers

_PARTS = ("reference_count", "reference_population")


class Matching(Enum):
    """How reference rows find their age band: by its label, or, only when asked, by standing in the same order."""

    LABEL = "label"
    POSITION = "position"


@dataclass(frozen=True, slots=True)
class Reference:
    """Events and people of the reference population, an age band a row.

    ``count`` and ``population`` name its columns. ``frame`` ``None``: they stand beside each group's own in the data.
    ``on`` names the columns (age band, or age band and sex) by which rows are matched, in both frames alike.

    >>> standard = {"band": ["0-74"], "deaths": [10], "people": [100]}
    >>> Reference(standard, count="deaths", population="people", on="band").on
    'band'
    """

    frame: Frame | None = field(compare=False)
    count: str
    population: str
    on: Names = ()
    matching: Matching = Matching.LABEL


def matched(frame: pl.DataFrame, reference: Reference, by: Sequence[str]) -> pl.DataFrame:
    """The frame with ``reference_count`` and ``reference_population`` beside each row, and whether it found one."""
    clash = next((part for part in _PARTS if part in by), None)
    if clash:
        raise InputError(f"the column '{clash}' has the name of a part of the reference", remedy="rename it")
    own = dict(zip(_PARTS, (reference.count, reference.population), strict=True))
    if reference.frame is None:
        found = with_numbers(frame, *own.values()).with_columns(pl.col(name).alias(part) for part, name in own.items())
        return found.with_columns(pl.lit(False).alias("__unmatched"))
    other = with_numbers(read(reference.frame).frame, *own.values())
    if reference.matching is Matching.POSITION:
        return _by_position(frame.drop(*_PARTS, strict=False), other, own, by)
    return _by_label(frame.drop(*_PARTS, strict=False), other, own, names(reference.on))


def _by_position(frame: pl.DataFrame, other: pl.DataFrame, own: dict[str, str], by: Sequence[str]) -> pl.DataFrame:
    place = pl.int_range(pl.len())
    placed = frame.with_columns((place.over(by) if by else place).alias("__place"))
    sizes = placed.group_by(by).len()["len"] if by else pl.Series([len(frame)])
    if (sizes != len(other)).any():
        raise InputError(
            f"the reference has {len(other)} rows, and not every group has as many",
            remedy="give every group one row for each row of the reference, or match them by age band",
        )
    other = other.select(pl.int_range(pl.len()).alias("__place"), *(pl.col(own[part]).alias(part) for part in _PARTS))
    found = placed.join(other, on="__place", how="left", maintain_order="left").drop("__place")
    return found.with_columns(pl.lit(False).alias("__unmatched"))


def _by_label(frame: pl.DataFrame, other: pl.DataFrame, own: dict[str, str], on: list[str]) -> pl.DataFrame:
    if not on:
        raise InputError(
            "nothing says which row of the reference belongs to which age band",
            remedy="name the column of the age band, or ask for matching by position",
        )
    require(frame, *on)
    require(other, *on)
    twice = other.select(on).is_duplicated().arg_true()
    if len(twice):
        row = int(twice[-1])
        raise InputError(
            f"the reference has {', '.join(str(other[name][row]) for name in on)} twice (row {row + 1})",
            remedy="give each age band once",
        )
    for name in on:
        if frame[name].dtype != other[name].dtype:
            frame, other = (each.with_columns(pl.col(name).cast(pl.String)) for each in (frame, other))
    other = other.select(*on, *(pl.col(own[part]).alias(part) for part in _PARTS), pl.lit(False).alias("__unmatched"))
    found = frame.join(other, on=on, how="left", maintain_order="left")
    return found.with_columns(pl.col("__unmatched").fill_null(True))
