"""Frames with one row an area and group, read as arrays of areas × groups, the groups in their order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from trigpoint.errors import InputError
from trigpoint.measures.statistics.faults import CODE, Fault, reasons
from trigpoint.measures.statistics.frames import require
from trigpoint.measures.statistics.intervals import Floats

FEWEST_GROUPS, MOST_GROUPS = 5, 100


@dataclass(frozen=True, slots=True, eq=False)
class Ladders:
    """Areas in the order of first appearance. ``columns`` are areas × groups; ``reasons`` "" for a whole ladder."""

    areas: pl.DataFrame
    columns: dict[str, Floats]
    reasons: list[str]

    @property
    def whole(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Which areas have everything."""
        return np.array([not reason for reason in self.reasons], dtype=bool)


def ladders(
    frame: pl.DataFrame, group: str, by: Sequence[str], columns: Sequence[str], faults: Sequence[Fault]
) -> Ladders:
    """Arrange ``columns`` of a marked frame by area and group. Numbers order groups as numbers, words by the numbers
    in them. Raises ``InputError`` for fewer than 5 or more than 100 groups; an area that lacks one has a reason."""
    require(frame, group, *by)
    order = _ordered(frame[group])
    areas = frame.select(by).unique(maintain_order=True) if by else pl.DataFrame({"": [0]})
    rows = frame.select(by).join(areas.with_row_index("__area"), on=by, how="left", nulls_equal=True) if by else None
    area = rows["__area"].to_numpy().astype(np.intp) if rows is not None else np.zeros(frame.height, dtype=np.intp)
    places = {label: at for at, label in enumerate(order)}
    at = np.array([places.get(str(label), -1) for label in frame[group].cast(pl.String)], dtype=np.intp)
    named = at >= 0
    shape = (areas.height, len(order))
    counts = np.zeros(shape, dtype=np.intp)
    np.add.at(counts, (area[named], at[named]), 1)
    arranged = {}
    for column in dict.fromkeys(columns):
        arranged[column] = np.full(shape, np.nan)
        arranged[column][area[named], at[named]] = frame[column].fill_null(float("nan")).to_numpy()[named]
    codes = np.zeros(areas.height, dtype=np.uint8)
    np.maximum.at(codes, area, frame[CODE].to_numpy())
    words = reasons(pl.Series(codes), faults).to_list()
    found = [word or _gap(count, order, group) for word, count in zip(words, counts, strict=True)]
    return Ladders(areas.select(by), arranged, found)


def _ordered(groups: pl.Series) -> list[str]:
    labels = groups.drop_nulls().unique().cast(pl.String).to_list()
    if not FEWEST_GROUPS <= len(labels) <= MOST_GROUPS:
        raise InputError(
            f"column '{groups.name}' holds {len(labels)} different groups",
            remedy=f"give from {FEWEST_GROUPS} to {MOST_GROUPS}, such as the ten tenths of deprivation",
        )
    try:
        return sorted(labels, key=float)
    except ValueError:
        return sorted(labels, key=_natural)


def _natural(label: str) -> list[tuple[int, int, str]]:
    """A key that puts "Q10" after "Q9"."""
    parts = re.split(r"([0-9]+)", label)
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts]


def _gap(counts: np.ndarray[tuple[int], np.dtype[np.intp]], order: Sequence[str], group: str) -> str:
    for count, label in zip(counts, order, strict=True):
        if count != 1:
            return f"{group} {label} is {'given more than once' if count else 'missing'}"
    return ""
