"""Rows that say one figure twice: the same, and it is read once; or two, and neither can be known."""

from __future__ import annotations

import polars as pl

from trigpoint.releases.observation import KEY
from trigpoint.releases.tables.spans import period_words
from trigpoint.wording import count, verb

_MOST_TOLD = 5
_TWICE = 0.25


def once(table: pl.DataFrame) -> tuple[pl.DataFrame, tuple[str, ...], tuple[str, ...]]:
    """The table with each figure once, what is said of those that stood twice, and those that are left out.

    ``table`` has at least the columns of an observation frame. Rows that agree in value and marker become one (a save
    of several months' files has them). Where single ones differ, they are left out and told; where more than a quarter
    of a period's do, the period stands in the file twice, and all is left for the reading to refuse the file.

    >>> from datetime import date
    >>> rows = pl.DataFrame([("beds", "RXX", "provider", "", date(2025, 3, 1), date(2025, 3, 31), 4.0, "")] * 2,
    ...     schema=[*KEY, "value", "marker"], orient="row")
    >>> kept, notes, rejected = once(rows)
    >>> len(kept), notes, rejected
    (1, ('1 figure stands in the file more than once with the same value and was read once',), ())
    """
    key = list(KEY)
    if not table.select(key).is_duplicated().any():
        return table, (), ()
    same = table.unique([*key, "value", "marker"], keep="first", maintain_order=True)
    differing = same.group_by(key, maintain_order=True).agg(pl.len().alias("times")).filter(pl.col("times") > 1)
    periods = same.group_by("start", "end").agg(pl.struct(key).n_unique().alias("figures"))
    share = differing.group_by("start", "end").len().join(periods, on=["start", "end"])
    if (share["len"] > share["figures"] * _TWICE).any():
        return table, (), ()
    kept = same.join(differing, on=key, how="anti", maintain_order="left")
    again = len(table) - len(same)
    stand, were = verb(again, "stands", "stand"), verb(again, "was", "were")
    said = f"{count(again, 'figure')} {stand} in the file more than once with the same value and {were} read once"
    notes = (said,) if again else ()
    told = [
        f"{row['part']} of {row['org']} for {period_words(row['start'], row['end'])}: two different"
        " figures; both were left out"
        for row in differing.head(_MOST_TOLD).iter_rows(named=True)
    ]
    if len(differing) > _MOST_TOLD:
        told.append(f"and {len(differing) - _MOST_TOLD:,} more of the kind")
    return kept, notes, tuple(told)
