"""What a monthly file says twice: England’s counts held against the sums of the organisations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from trigpoint.releases.observation import ENGLAND, Basis, Marker
from trigpoint.releases.release import Part
from trigpoint.wording import count

_MOST_ROUNDED = 2.5
_MOST_SUPPRESSED = 4
_OTHER_THAN_COUNTS = ("average", "mean", "median", "percentile", "rate")


def checked(frame: pl.DataFrame, parts: Sequence[Part]) -> Iterator[str]:
    """A sentence for each kind of organisation whose counts add up to England’s within their rounding, or do not.

    People are counted once in every place they were seen in, so that sums above England are no fault.
    """
    counts = [
        one.id for one in parts if not one.unit and not any(word in one.name.casefold() for word in _OTHER_THAN_COUNTS)
    ]
    totals = frame.filter((pl.col("detail") == "") & pl.col("part").is_in(counts))
    key = ["part", "start", "end"]
    england = totals.filter((pl.col("org") == ENGLAND) & pl.col("value").is_not_null()).select(*key, "value")
    for basis, noun in ((Basis.COMMISSIONER, "commissioner"), (Basis.SYSTEM, "system"), (Basis.PROVIDER, "provider")):
        summed = (
            totals.filter(pl.col("basis") == basis.value)
            .group_by(key)
            .agg(
                pl.col("value").sum().alias("sum"),
                pl.col("value").is_not_null().sum().alias("known"),
                (pl.col("marker") == Marker.SUPPRESSED.value).sum().alias("hidden"),
                pl.len().alias("rows"),
            )
        )
        both = england.join(summed, on=key, how="inner").filter(pl.col("known") > 1)
        if both.is_empty():
            continue
        low = pl.col("sum") - _MOST_ROUNDED * pl.col("known")
        high = pl.col("sum") + _MOST_ROUNDED * pl.col("known") + _MOST_SUPPRESSED * pl.col("hidden")
        within = len(both.filter(pl.col("value").is_between(low, high)))
        many = count(int(both["rows"].max()), noun)  # type: ignore[arg-type]
        yield (
            f"England’s counts agree with the sum of up to {many}, rounding and suppression allowed for, in {within:,}"
            f" of {count(len(both), 'case')}; people seen in several places are in each of them"
        )
