"""The cells of a book: what each series consists of, as shares of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from trigpoint.activity.book.book import SAID, ActivityBook
from trigpoint.activity.simulation.baseline import Series, last_known
from trigpoint.activity.simulation.kernel import Floats, Whole
from trigpoint.errors import InputError

SERIES, WEIGHT, DAYS = "·series", "·weight", "·days"


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """All cells, sorted by series: attributes, share of the series, bed days of a unit (NaN where none is known), and
    the first cell of each series."""

    frame: pl.DataFrame
    weights: Floats
    days: Floats
    series: Whole
    starts: Whole

    def of(self, at: int) -> slice:
        """The cells of one series."""
        return slice(int(self.starts[at]), int(self.starts[at + 1]))


def cells_of(book: ActivityBook, series: Sequence[Series]) -> tuple[Cells, list[InputError]]:
    """The cells of the book's records, or of the attributes of its counts; a series without any is one cell."""
    keys = pl.DataFrame(
        {
            "provider": [one.key[0] for one in series],
            "pod": [one.key[1] for one in series],
            SERIES: np.arange(len(series), dtype=np.int32),
        },
        schema_overrides={"provider": pl.String, "pod": pl.String},
    )
    pooled = _recorded(book.cells) if book.cells is not None else _counted(book, series)
    warnings = [] if book.cells is None else _strangers(pooled, keys)
    frame = keys if pooled is None else keys.join(pooled, on=["provider", "pod"], how="left", maintain_order="left")
    if pooled is None:
        frame = frame.with_columns(pl.lit(1.0).alias(WEIGHT), pl.lit(None, dtype=pl.Float64).alias(DAYS))
    at = frame.get_column(SERIES).to_numpy()
    weight = frame.get_column(WEIGHT).fill_null(0.0).to_numpy()
    sums = np.bincount(at, weight, len(series))
    sizes = np.bincount(at, minlength=len(series))
    shares = np.where(sums[at] > 0, weight / np.where(sums[at] > 0, sums[at], 1.0), 1.0 / sizes[at])
    days = frame.get_column(DAYS).fill_null(np.nan).to_numpy()
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
    return Cells(frame.drop(SERIES, WEIGHT, DAYS), shares, days, at.astype(np.int32), starts), warnings


def _recorded(cells: pl.DataFrame) -> pl.DataFrame:
    attributes = [name for name in cells.columns if name not in ("weight", "bed_days")]
    days = pl.lit(None, dtype=pl.Float64)
    if "bed_days" in cells.columns:
        days = pl.when(pl.col("bed_days").count() > 0).then(pl.col("bed_days").sum().cast(pl.Float64))
    pooled = cells.group_by(attributes, maintain_order=True).agg(
        pl.col("weight").sum().cast(pl.Float64).alias(WEIGHT), days.alias(DAYS)
    )
    return pooled.filter(pl.col(WEIGHT) > 0).with_columns(pl.col(DAYS) / pl.col(WEIGHT))


def _counted(book: ActivityBook, series: Sequence[Series]) -> pl.DataFrame | None:
    """Counts by their attributes over the latest twelve known months of each series."""
    attributes = [name for name in book.counts.columns if name not in SAID]
    if not attributes or book.counts.is_empty():
        return None
    ends = pl.DataFrame(
        {
            "provider": [one.key[0] for one in series],
            "pod": [one.key[1] for one in series],
            "·end": [last_known(one, book).start for one in series],
        },
        schema={"provider": pl.String, "pod": pl.String, "·end": pl.Date},
    )
    known = book.counts.join(ends, on=["provider", "pod"]).filter(pl.col("month") <= pl.col("·end"))
    known = known.filter(pl.col("month") > pl.col("·end").dt.offset_by("-12mo"))
    keys = ["provider", "pod", *attributes]
    pooled = known.group_by(keys, maintain_order=True).agg(pl.col("value").sum().alias(WEIGHT))
    return pooled.filter(pl.col(WEIGHT) > 0).with_columns(pl.lit(None, dtype=pl.Float64).alias(DAYS))


def _strangers(pooled: pl.DataFrame | None, keys: pl.DataFrame) -> list[InputError]:
    """Cells of series that have no baseline, told once."""
    if pooled is None:
        return []
    strange = (
        pooled.join(keys, on=["provider", "pod"], how="anti").select("provider", "pod").unique(maintain_order=True)
    )
    if strange.is_empty():
        return []
    names = "; ".join(", ".join(part for part in row if part) for row in strange.head(5).iter_rows())
    what = f"cells have no baseline of their provider and point of delivery ({names})"
    return [InputError(what, where="cells", remedy="give their counts or totals; the cells are left out")]
