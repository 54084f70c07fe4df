"""Measures of all organisations and periods at once, from a frame of observations."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from trigpoint.releases.measure import PublishedMeasure, Statistic, Term
from trigpoint.releases.observation import Marker
from trigpoint.releases.registry import releases

FIGURES = {
    "measure": pl.String,
    "org": pl.String,
    "basis": pl.String,
    "detail": pl.String,
    "start": pl.Date,
    "end": pl.Date,
    "value": pl.Float64,
    "numerator": pl.Float64,
    "denominator": pl.Float64,
    "marker": pl.String,
    "status": pl.String,
    "variant": pl.String,
    "digest": pl.String,
}
"""The columns of a frame of figures."""

_OF = ["org", "basis", "start", "end"]
_FILE = ["variant", "digest", "status"]
_ROLES = ("numerator", "denominator", "published")


def figures_frame(
    observations: pl.DataFrame, measures: Iterable[PublishedMeasure], *, detail: str = ""
) -> pl.DataFrame:
    """The figures of measures, one row an organisation, basis and period that has any of the parts.

    ``observations`` has the columns of an observation and ``release``, ``variant``, ``status`` and ``digest`` of its
    file. All parts of a figure come from one file; where several variants give it, the first in the release's order of
    preference that has a value is taken. ``detail`` asks for a part of the whole and is joined to the details of the
    measure's own terms. The value as published goes before one put together of its parts. A proportion is in per cent.
    Where there is no value, ``marker`` says why: that of the missing part, "not applicable" for a denominator of
    nought. The columns are those of ``FIGURES``.
    """
    order = {one.id: one.variants for one in releases()}
    made = [_figures(observations, one, detail, order.get(one.release, ())) for one in measures]
    return pl.concat([pl.DataFrame(schema=FIGURES), *made])


def joined(*details: str) -> str:
    """Details put together, in the one order that they have.

    >>> joined("type=1", "", "age=18-64")
    'age=18-64;type=1'
    >>> joined("category-type=decile;category=first")
    'category=first;category-type=decile'
    """
    # By names, as detail() orders them: by whole words "category-type=" would stand before "category=".
    return ";".join(sorted({part for one in details for part in one.split(";") if part}, key=_by_name))


def _by_name(part: str) -> tuple[str, str]:
    name, _, value = part.partition("=")
    return name.replace("-", "_"), value


def _figures(
    observations: pl.DataFrame, measure: PublishedMeasure, detail: str, order: tuple[str, ...]
) -> pl.DataFrame:
    terms = _terms(measure, detail)
    rows = observations.filter(
        (pl.col("release") == measure.release) & pl.col("part").is_in(terms["part"].unique().to_list())
    ).join(terms, on=["part", "detail"], how="inner")
    parts = rows.group_by([*_OF, *_FILE]).agg([one for role in _ROLES for one in _gathered(role)])
    parts = _needed(parts, rows, measure).with_columns(
        *[_total(role) for role in _ROLES], *[_why(role, measure) for role in _ROLES]
    )
    made = parts.with_columns(_value(measure).alias("value")).with_columns(_marker(measure).alias("marker"))
    rank = pl.col("variant").replace_strict({name: at for at, name in enumerate(order)}, default=len(order))
    return (
        made.with_columns(
            pl.lit(measure.id).alias("measure"), pl.lit(detail, dtype=pl.String).alias("detail"), rank.alias("rank")
        )
        .sort([*_OF, pl.col("value").is_null(), "rank", "digest"])
        .unique(subset=_OF, keep="first", maintain_order=True)
        .select(pl.col(name).cast(kind) for name, kind in FIGURES.items())
    )


def _terms(measure: PublishedMeasure, detail: str) -> pl.DataFrame:
    published = (measure.published,) if measure.published else ()
    sides: tuple[tuple[Term, ...], ...] = (measure.numerator, measure.denominator, published)
    rows = [
        (term.part, joined(term.detail, detail), role, float(term.sign), term.optional)
        for role, side in zip(_ROLES, sides, strict=True)
        for term in side
    ]
    kinds = {"part": pl.String, "detail": pl.String, "role": pl.String, "sign": pl.Float64, "optional": pl.Boolean}
    return pl.DataFrame(rows, schema=kinds, orient="row")


def _gathered(role: str) -> list[pl.Expr]:
    """Of one side: the sum, how many parts are there, how many without a value and why, and if any is rounded."""
    mine, empty = pl.col("role") == role, pl.col("value").is_null()
    return [
        (pl.col("value") * pl.col("sign")).filter(mine).sum().alias(role),
        mine.sum().alias(f"{role}-there"),
        (mine & empty).sum().alias(f"{role}-empty"),
        pl.col("marker").filter(mine & empty).first().alias(f"{role}-why"),
        (mine & (pl.col("marker") == Marker.ROUNDED.value)).any().alias(f"{role}-rounded"),
    ]


def _needed(parts: pl.DataFrame, rows: pl.DataFrame, measure: PublishedMeasure) -> pl.DataFrame:
    """How many parts each side needs: optional ones only where the file has them of anybody."""
    sides = {"numerator": measure.numerator, "denominator": measure.denominator}
    fixed = {role: sum(not term.optional for term in side) for role, side in sides.items()}
    fixed["published"] = int(measure.published is not None)
    file = ["digest", "start", "end"]
    seen = rows.filter("optional").select(*file, "role", "part", "detail").unique()
    found = seen.group_by(file).agg((pl.col("role") == role).sum().alias(f"{role}-found") for role in _ROLES)
    return parts.join(found, on=file, how="left").with_columns(
        (pl.col(f"{role}-found").fill_null(0) + fixed[role]).alias(f"{role}-needed") for role in _ROLES
    )


def _whole(role: str) -> pl.Expr:
    needed = pl.col(f"{role}-needed")
    return (needed > 0) & (pl.col(f"{role}-there") == needed) & (pl.col(f"{role}-empty") == 0)


def _total(role: str) -> pl.Expr:
    return pl.when(_whole(role)).then(pl.col(role)).alias(role)


def _why(role: str, measure: PublishedMeasure) -> pl.Expr:
    """Why a side has no value, null where it has one or is not asked for."""
    asked = {"numerator": measure.numerator, "denominator": measure.denominator, "published": measure.published}
    if not asked[role]:
        return pl.lit(None, dtype=pl.String).alias(f"{role}-why")
    reason = pl.coalesce(f"{role}-why", pl.lit(Marker.NOT_AVAILABLE.value))
    return pl.when(~_whole(role)).then(reason).alias(f"{role}-why")


def _value(measure: PublishedMeasure) -> pl.Expr:
    numerator, denominator = pl.col("numerator"), pl.col("denominator")
    over = pl.when(denominator != 0).then(numerator / denominator)
    made = {
        Statistic.COUNT: numerator,
        Statistic.PROPORTION: over * 100,
        Statistic.MEAN: over,
        Statistic.PUBLISHED: pl.lit(None, dtype=pl.Float64),
    }[measure.statistic]
    return pl.coalesce("published", made)


def _marker(measure: PublishedMeasure) -> pl.Expr:
    taken = pl.col("published").is_not_null()
    of_parts = pl.col("numerator-rounded") | pl.col("denominator-rounded")
    rounded = pl.when(taken).then("published-rounded").otherwise(of_parts)
    nought = pl.col("denominator") == 0
    roles = ("published",) if measure.statistic is Statistic.PUBLISHED else _ROLES
    reason = pl.coalesce(
        pl.when(nought.fill_null(value=False)).then(pl.lit(Marker.NOT_APPLICABLE.value)),
        *[f"{role}-why" for role in roles],
        pl.lit(Marker.NOT_AVAILABLE.value),
    )
    there = pl.when(rounded).then(pl.lit(Marker.ROUNDED.value)).otherwise(pl.lit(""))
    return pl.when(pl.col("value").is_null()).then(reason).otherwise(there)
