"""A figure put together of those of other organisations: their parts are added, never their values."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from trigpoint.releases.figures.frame import FIGURES
from trigpoint.releases.measure import PublishedMeasure, Statistic
from trigpoint.releases.observation import ENGLAND, Basis, Marker


def added(frame: pl.DataFrame, measure: PublishedMeasure, shares: Mapping[str, float], code: str) -> pl.DataFrame:
    """Figures of the organisations in ``shares``, added up for each period as those of ``code``.

    The parts of each organisation count by its share. A period in which one of them has no figure has none: the marker
    is that of the missing one; one that has a figure without its parts cannot be added either. Columns as ``FIGURES``,
    with ``lacking``, the codes without a figure, and ``several``, how many were added.
    """
    weights = pl.DataFrame(list(shares.items()), schema={"org": pl.String, "share": pl.Float64}, orient="row")
    rows = frame.join(weights, on="org", how="inner")
    weighted = [(pl.col(name) * pl.col("share")).sum().alias(name) for name in ("numerator", "denominator")]
    lacks = pl.col("numerator").is_null() | (pl.lit(bool(measure.denominator)) & pl.col("denominator").is_null())
    total = rows.group_by("start", "end").agg(
        *weighted,
        pl.col("org").filter(lacks & pl.col("value").is_null()).sort().alias("lacking"),
        lacks.any().alias("short"),
        pl.col("org").sort().alias("there"),
        pl.len().alias("several"),
        pl.col("marker").filter(lacks).first().alias("why"),
        (pl.col("marker") == Marker.ROUNDED.value).any().alias("rounded"),
        pl.col("status").mode().sort().first().alias("status"),
        pl.col("variant").sort().first().alias("variant"),
        pl.col("digest").sort().first().alias("digest"),
    )
    absent = pl.lit(sorted(shares)).list.set_difference("there").list.sort()
    total = total.with_columns(pl.concat_list("lacking", absent).alias("lacking"))
    return (
        _valued(total, measure)
        .with_columns(
            pl.lit(measure.id).alias("measure"),
            pl.lit(code).alias("org"),
            pl.lit(_basis(code)).alias("basis"),
            pl.lit("").alias("detail"),
        )
        .select(*[pl.col(name).cast(kind) for name, kind in FIGURES.items()], "lacking", "several")
        .sort("start", "end")
    )


def _valued(total: pl.DataFrame, measure: PublishedMeasure) -> pl.DataFrame:
    whole = (pl.col("lacking").list.len() == 0) & ~pl.col("short")
    if measure.statistic is Statistic.PUBLISHED or not measure.numerator:
        whole = pl.lit(value=False)
    numerator = pl.when(whole).then("numerator")
    denominator = pl.when(whole & pl.lit(bool(measure.denominator))).then("denominator")
    scale = 100 if measure.statistic is Statistic.PROPORTION else 1
    over = numerator if measure.statistic is Statistic.COUNT else scale * numerator / denominator
    nought = whole & pl.lit(bool(measure.denominator)) & (pl.col("denominator") == 0)
    there = pl.when("rounded").then(pl.lit(Marker.ROUNDED.value)).otherwise(pl.lit(""))
    # One that has a figure without its parts has no marker that says why the sum is missing.
    said = pl.col("why").is_in([Marker.NONE.value, Marker.ROUNDED.value]).not_()
    missing = pl.coalesce(pl.when(said).then("why"), pl.lit(Marker.NOT_AVAILABLE.value))
    return total.with_columns(
        numerator.alias("numerator"),
        denominator.alias("denominator"),
        pl.when(~nought).then(over).alias("value"),
        pl.when(nought)
        .then(pl.lit(Marker.NOT_APPLICABLE.value))
        .when(whole)
        .then(there)
        .otherwise(missing)
        .alias("marker"),
    )


def _basis(code: str) -> str:
    return str((Basis.NATIONAL if code == ENGLAND else Basis.COMMISSIONER).value)
