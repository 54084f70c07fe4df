"""What a file prints beside its rows: totals held against the rows that they are of."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from trigpoint.releases.observation import ENGLAND, Basis, Marker
from trigpoint.wording import count

SAME = 1e-6
"""As near as two sums of the same figures come, in proportion: workbooks hold 15 digits, and counts agree exactly."""
MOST_NAMED = 3
"""Differences that are told one by one."""


def totals_told(
    frame: pl.DataFrame,
    basis: Basis,
    noun: str,
    several: str = "",
    *,
    parts: Sequence[str] = (),
    total: tuple[str, Basis] = (ENGLAND, Basis.NATIONAL),
) -> tuple[str, ...]:
    """Sentences that say whether a printed total agrees with the sum of the rows of one basis.

    ``frame`` is of the shape of ``observation.SCHEMA``; ``parts`` are those that can be added up (all of the frame
    where none are named); ``noun`` and ``several`` name one row and many. Each part, detail and period that
    has both a total and rows is compared; a missing value counts as nothing. Empty where the file has no total or no
    rows.

    >>> from datetime import date
    >>> from trigpoint.releases.observation import Rows
    >>> rows = Rows()
    >>> for code, kind, value in (("ENG", "NATIONAL", 7.0), ("R1A", "PROVIDER", 3.0), ("RBL", "PROVIDER", 4.0)):
    ...     rows.add("days", code, Basis[kind], date(2017, 4, 1), date(2017, 4, 30), value)
    >>> totals_told(rows.frame(), Basis.PROVIDER, "provider")
    ('the England row agrees with the sum of 2 providers (1 total checked)',)
    """
    both = _compared(frame.filter(pl.col("part").is_in(list(parts))) if parts else frame, basis, total)
    if both.is_empty():
        return ()
    apart = both.filter((pl.col("value") - pl.col("summed")).abs() > SAME * pl.max_horizontal(pl.col("value").abs(), 1))
    said = count(int(both["rows"].max()), noun, several)  # type: ignore[arg-type]
    checked = count(len(both), "total")
    if apart.is_empty():
        return (f"the England row agrees with the sum of {said} ({checked} checked)",)
    hidden = " (suppressed figures count as nothing)" if apart["hidden"].sum() else ""
    differ = "differs" if len(apart) == 1 else "differ"
    return (f"{len(apart):,} of {checked} {differ} from the sum of {said}{hidden}: {_differences(apart)}",)


def _compared(counted: pl.DataFrame, basis: Basis, total: tuple[str, Basis]) -> pl.DataFrame:
    """Each printed total with the sum of its rows, their number, and how many of them are suppressed."""
    org, kind = total
    printed = counted.filter((pl.col("org") == org) & (pl.col("basis") == kind.value) & pl.col("value").is_not_null())
    key = ["part", "detail", "start", "end"]
    summed = (
        counted.filter(pl.col("basis") == basis.value)
        .group_by(key)
        .agg(
            pl.col("value").sum().alias("summed"),
            pl.col("org").n_unique().alias("rows"),
            (pl.col("marker") == Marker.SUPPRESSED.value).sum().alias("hidden"),
        )
    )
    return printed.join(summed, on=key, how="inner").sort(key)


def _differences(apart: pl.DataFrame) -> str:
    """The first differences in words."""
    named = [
        _difference(**row) for row in apart.head(MOST_NAMED).select("part", "detail", "value", "summed").to_dicts()
    ]
    more = len(apart) - len(named)
    return "; ".join(named) + (f"; and {more:,} more" if more else "")


def _difference(part: str, detail: str, value: float, summed: float) -> str:
    what = f"{part} ({detail})" if detail else part
    return f"{what} {value:,.10g} printed, {summed:,.10g} added up"
