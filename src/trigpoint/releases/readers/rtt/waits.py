"""Counts in bands become observations: totals, waits within and over so many weeks, bands, median and percentile.

A wide frame has one row a group: ``org``, ``basis``, ``part`` (the id of its pathway), ``detail``, ``start``, ``end``,
``total`` (all pathways), ``unknown`` (those whose start is not known) and one column of whole numbers a band, named
``w0`` and so on.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import polars as pl

from trigpoint.releases.observation import SCHEMA, Marker
from trigpoint.releases.readers.rtt.bands import THRESHOLDS, Bands
from trigpoint.releases.readers.rtt.pathways import INCOMPLETE, PATHWAYS, Pathway
from trigpoint.releases.readers.rtt.percentiles import percentile_weeks

KEYS = ("org", "basis", "detail", "start", "end")
_COLUMNS = list(SCHEMA)


def band_columns(bands: Bands) -> list[str]:
    """The columns of a wide frame that hold the bands."""
    return [f"w{place}" for place in range(len(bands))]


def within(bands: Bands, weeks: int = 18) -> pl.Expr:
    """Pathways of so many weeks or fewer: for 18, the bands from 0 to 1 up to 17 to 18."""
    return pl.sum_horizontal(band_columns(bands)[:weeks])


def over(bands: Bands, weeks: int) -> pl.Expr:
    """Pathways of more than so many weeks."""
    return pl.sum_horizontal(band_columns(bands)[weeks:])


def observations(wide: pl.DataFrame, bands: Bands, *, percentiles: bool = True, weekly: bool = True) -> pl.DataFrame:
    """All observations of a wide frame. ``percentiles`` are left to the caller where the file publishes them."""
    frames: list[pl.DataFrame] = []
    for pathway in PATHWAYS:
        rows = wide.filter(pl.col("part") == pathway.part)
        if rows.is_empty():
            continue
        frames.extend(_counts(rows, pathway, bands))
        if percentiles and pathway.waits:
            frames.extend(_percentiles(rows, pathway, bands))
        if weekly and pathway is INCOMPLETE:
            frames.append(_weekly(rows, bands))
    return pl.concat(frames) if frames else pl.DataFrame(schema=SCHEMA)


def _counts(rows: pl.DataFrame, pathway: Pathway, bands: Bands) -> Iterator[pl.DataFrame]:
    yield _frame(rows, pathway.part, pl.col("total"))
    if not pathway.waits:
        return
    if pathway.percentile != INCOMPLETE.percentile:  # who still waits has a start that is known
        yield _frame(rows, pathway.unknown, pl.col("unknown"))
    for weeks in bands.thresholds:
        if weeks == THRESHOLDS[0]:
            yield _frame(rows, pathway.within(weeks), within(bands, weeks))
        yield _frame(rows, pathway.over(weeks), over(bands, weeks))


def _frame(rows: pl.DataFrame, part: str, value: pl.Expr, marker: str = Marker.NONE.value) -> pl.DataFrame:
    return rows.select(
        pl.lit(part).alias("part"), *KEYS, value.cast(pl.Float64).alias("value"), pl.lit(marker).alias("marker")
    ).select(_COLUMNS)


def _percentiles(rows: pl.DataFrame, pathway: Pathway, bands: Bands) -> Iterator[pl.DataFrame]:
    """Of groups that have pathways whose wait is known; beyond an open band there is a marker and no value."""
    counted = rows.filter(pl.sum_horizontal(band_columns(bands)) > 0)
    matrix = counted.select(band_columns(bands)).to_numpy().astype(np.float64)
    for part, share in ((pathway.median_part, 0.5), (pathway.percentile_part, pathway.percentile)):
        weeks = percentile_weeks(matrix, share, open_ended=bands.opens is not None)
        value = pl.Series("value", weeks, dtype=pl.Float64).fill_nan(None)
        missing = pl.when(value.is_null()).then(pl.lit(Marker.NOT_AVAILABLE.value)).otherwise(pl.lit(""))
        yield counted.select(pl.lit(part).alias("part"), *KEYS, value, missing.alias("marker")).select(_COLUMNS)


def _weekly(rows: pl.DataFrame, bands: Bands) -> pl.DataFrame:
    """One observation a band, of groups that have pathways: under the total's name, with the detail ``band=17``.

    England without ``NONC`` has none: its total and thresholds are what is asked for.
    """
    rows = rows.filter(
        (pl.sum_horizontal(band_columns(bands)) > 0) & ~pl.col("detail").str.starts_with("commissioner=")
    )
    columns = band_columns(bands)
    named = {column: f"band={name}" for column, name in zip(columns, bands.names, strict=True)}
    tail = pl.when(pl.col("detail") == "").then(pl.lit("")).otherwise(pl.concat_str(pl.lit(";"), "detail"))
    base = rows.select("part", "org", "basis", "start", "end", tail.alias("tail"), *columns)
    pieces = [
        base.select(
            "part",
            "org",
            "basis",
            (pl.lit(named[column]) + pl.col("tail")).alias("detail"),
            "start",
            "end",
            pl.col(column).cast(pl.Float64).alias("value"),
            pl.lit("").alias("marker"),
        )
        for column in columns
    ]
    return pl.concat(pieces)


def dated(frame: pl.DataFrame, start: date, end: date) -> pl.DataFrame:
    """A frame with its period in two columns."""
    return frame.with_columns(start=pl.lit(start, dtype=pl.Date), end=pl.lit(end, dtype=pl.Date))
