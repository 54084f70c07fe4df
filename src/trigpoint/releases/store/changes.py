"""What is different between two editions of the same figures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import polars as pl

from trigpoint.releases.observation import KEY, SCHEMA
from trigpoint.releases.store.held import spelt
from trigpoint.wording import count, listed

NAMED = 5
"""So many of the largest differences are named."""


@dataclass(frozen=True, slots=True)
class Change:
    """How a newer edition differs from the one whose place it took, ``file`` being the older one's name."""

    file: str
    changed: int
    added: int
    gone: int
    largest: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether anything does."""
        return bool(self.changed or self.added or self.gone)

    def __str__(self) -> str:
        if not self.differs:
            return f"the same figures as {self.file}"
        numbers = ((self.changed, "changed"), (self.added, "new"), (self.gone, "gone"))
        said = [f"{count(number, 'figure')} {word}" for number, word in numbers if number]
        examples = f" ({'; '.join(self.largest)})" if self.largest else ""
        return f"{listed(said)} against {self.file}{examples}"


def differences(older: pl.DataFrame, newer: pl.DataFrame, file: str) -> Change:
    """The differences of two frames of observations, by their keys; the largest changes of value are named first."""
    found = [
        _of_part(older.filter(pl.col("part") == part), newer.filter(pl.col("part") == part))
        for part in sorted({*older["part"].unique(), *newer["part"].unique()})
    ]
    several = newer.select("start", "end").n_unique() > 1
    changed = pl.concat([one for one, _, _ in found]) if found else None
    return Change(
        file,
        len(changed) if changed is not None else 0,
        sum(added for _, added, _ in found),
        sum(gone for _, _, gone in found),
        _largest(changed, several=several) if changed is not None else (),
    )


def _of_part(older: pl.DataFrame, newer: pl.DataFrame) -> tuple[pl.DataFrame, int, int]:
    """The changed figures of one part with both values, and how many are new and gone."""
    columns = list(SCHEMA)
    both = older.select(columns).join(newer.select(columns), on=KEY, how="full", suffix="_new", coalesce=True)
    before, after = pl.col("marker").is_not_null(), pl.col("marker_new").is_not_null()
    same = pl.col("value").eq_missing(pl.col("value_new")) & (pl.col("marker") == pl.col("marker_new"))
    added, gone = both.select((~before & after).sum().alias("added"), (before & ~after).sum().alias("gone")).row(0)
    return both.filter(before & after & ~same), added, gone


def _largest(changed: pl.DataFrame, *, several: bool) -> tuple[str, ...]:
    size = (pl.col("value_new").fill_null(0) - pl.col("value").fill_null(0)).abs()
    rows = changed.with_columns(size.alias("size")).sort("size", *KEY, descending=[True, *[False] * len(KEY)])
    return tuple(_said(row, several=several) for row in rows.head(NAMED).iter_rows(named=True))


def _said(row: dict[str, Any], *, several: bool) -> str:
    what = f"{row['org']} {row['part']}" + (f" [{row['detail']}]" if row["detail"] else "")
    what += f" {spelt(row['start'], row['end'])}" if several else ""
    return f"{what} {_figure(row['value'], row['marker'])} → {_figure(row['value_new'], row['marker_new'])}"


def _figure(value: object, marker: object) -> str:
    if not isinstance(value, float):
        return str(marker)
    shown = f"{Decimal(int(value)) if value.is_integer() else Decimal(repr(value)):,}".replace("-", "−")
    return f"{shown} (rounded)" if marker == "rounded" else shown
