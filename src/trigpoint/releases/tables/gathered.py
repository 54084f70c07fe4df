"""The tables of several sheets as one: each figure once, with everything that was left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from trigpoint.errors import Where
from trigpoint.releases.observation import KEY, repeated, together
from trigpoint.releases.release import Organisation
from trigpoint.releases.tables.columns import Tally
from trigpoint.releases.tables.totals import SAME
from trigpoint.wording import count


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the sheets of a file hold together. ``differing`` are sentences on figures that two sheets give unlike."""

    frame: pl.DataFrame
    organisations: tuple[Organisation, ...]
    rejected: tuple[str, ...]
    differing: tuple[str, ...]


def without_repeated(tally: Tally, file: str, sheet: str | None = None) -> pl.DataFrame:
    """The observations of a tally, those apart that stand twice in it with different figures.

    Rows that say the same twice are one. Where they differ, which of them holds cannot be known: the figures of that
    organisation and period are left out, which is told in the tally.
    """
    frame = tally.rows.frame()
    if repeated(frame).is_empty():
        return frame
    single = frame.unique(maintain_order=True)
    twice = repeated(single)
    whose = repeated(frame).select("org", "basis", "start").unique().sort("org", "basis", "start")
    unlike = set(twice.select("org", "basis", "start").iter_rows())
    for org, basis, start in whose.iter_rows():
        found = "different figures, which were left out" if (org, basis, start) in unlike else "the same figures"
        tally.reject(Where(file, sheet=sheet), f"{org} ({basis}) stands twice for {start:%B %Y} with {found}")
    return single.join(twice, on=list(KEY), how="anti")


def gathered(file: str, tallies: Iterable[tuple[str, Tally]]) -> Gathered:
    """The tallies of several sheets of a file, each with its sheet's name, as one.

    See ``without_repeated`` for what stands twice on a sheet, and ``each_once`` for what stands on several.
    """
    read = list(tallies)
    organisations: dict[tuple[str, str], Organisation] = {}
    for _, tally in read:
        organisations = {**tally.organisations, **organisations}
    frame, differing = each_once([(name, without_repeated(tally, file, name or None)) for name, tally in read])
    rejected = tuple(said for _, tally in read for said in tally.told)
    return Gathered(frame, tuple(organisations.values()), rejected, differing)


def each_once(frames: Iterable[tuple[str, pl.DataFrame]]) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """The frames of several sheets as one, a figure that stands on more than one sheet kept from the first of them.

    ``frames`` are names of sheets with what they hold. The sentences tell figures that are not the same on both.
    """
    kept: list[pl.DataFrame] = []
    told: list[str] = []
    for name, frame in frames:
        if kept:
            before = together(kept).select(*KEY, pl.col("value").alias("before")).unique(KEY, keep="first")
            twice = frame.join(before, on=list(KEY), how="inner", nulls_equal=True)
            apart = twice.filter(
                (pl.col("value") - pl.col("before")).abs() > SAME * pl.max_horizontal(pl.col("value").abs(), 1)
            ).sort(KEY)
            if not apart.is_empty():
                first = apart.row(0, named=True)
                told.append(
                    f"sheet “{name}” differs from an earlier sheet in {count(len(apart), 'figure')}, the first"
                    f" {first['part']} of {first['org']}: {first['value']:,.10g}, earlier {first['before']:,.10g};"
                    " the earlier is kept"
                )
            kept.append(frame.join(before.select(KEY), on=list(KEY), how="anti"))
        else:
            kept.append(frame)
    return together(kept), tuple(told)
