"""What was counted, by the series of a run and by cell; counts that cannot be used are named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from trigpoint.activity.book.book import SAID
from trigpoint.activity.results.run import OutputKey
from trigpoint.errors import InputError
from trigpoint.periods import Month

_BEFORE, _LEAST = 12, 0.05  # months before the plan that say which cells are usual, and the part that matters


@dataclass(frozen=True, slots=True, eq=False)
class Actuals:
    """Counts by series and month, the reason where a month cannot be used, and the usable rows by cell.

    ``cells`` has ``provider``, ``pod``, ``month``, the attributes and ``value``.
    """

    values: dict[OutputKey, dict[Month, float]]
    reasons: dict[OutputKey, dict[Month, str]]
    cells: pl.DataFrame
    attributes: tuple[str, ...]

    def value(self, key: OutputKey, month: Month) -> float | None:
        """The count of a month, ``None`` where there is none."""
        return self.values.get(key, {}).get(month)

    def why(self, key: OutputKey, month: Month) -> str:
        """The reason why a month has no count."""
        return self.reasons.get(key, {}).get(month, "it has no count")

    def whole(self, key: OutputKey, months: Sequence[Month]) -> float | None:
        """The sum of months, ``None`` where one of them has no count."""
        known = self.values.get(key, {})
        return sum(known[month] for month in months) if all(month in known for month in months) else None


def actuals_of(counts: pl.DataFrame, output_by: Sequence[str], first: Month) -> Actuals:
    """The counts of a book by provider, point of delivery and ``output_by``; ``first`` is the plan's first month.

    A month of a series in which any cell is missing, negative or no number has no count, with the reason: half a month
    beside a whole plan would look like a saving. So has a plan month without the rows of cells that stood in each of
    the twelve months before the plan and made a twentieth of the series or more.
    """
    attributes = tuple(name for name in counts.columns if name not in SAID)
    keys = ["provider", "pod", *output_by]
    lacking = [pl.lit("").alias(name) for name in output_by if name not in counts.columns]
    rows = counts.with_columns(*lacking, pl.col("value").cast(pl.Float64, strict=False))
    rows = rows.with_columns(pl.col(name).cast(pl.String).fill_null("") for name in keys)
    value = pl.col("value")
    rows = rows.with_columns(
        pl.when(value.is_null() | value.is_nan()).then(pl.lit("its count is missing"))
        .when(value < 0).then(pl.format("its count is negative ({})", value.cast(pl.Int64, strict=False)))
        .when(value.is_infinite()).then(pl.lit("its count is infinite")).otherwise(pl.lit("")).alias("·reason"),
        pl.col("month").dt.month_start().alias("·month"),
    )  # fmt: skip
    summed = rows.group_by(*keys, "·month", maintain_order=True).agg(
        value.sum().alias("·sum"), pl.col("·reason").filter(pl.col("·reason") != "").first().alias("·why")
    )
    summed = _with_lacking(summed, rows, keys, attributes, first)
    values: dict[OutputKey, dict[Month, float]] = {}
    reasons: dict[OutputKey, dict[Month, str]] = {}
    for provider, pod, *detail, month, total, why in summed.iter_rows():
        key = OutputKey(provider, pod, tuple(detail))
        if why is None:
            values.setdefault(key, {})[Month.of(month)] = total
        else:
            reasons.setdefault(key, {})[Month.of(month)] = why
    good = rows.join(summed.filter(pl.col("·why").is_null()), on=[*keys, "·month"], how="semi", nulls_equal=True)
    cells = good.select("provider", "pod", pl.col("·month").alias("month"), *attributes, "value")
    return Actuals(values, reasons, cells, attributes)


def _with_lacking(
    summed: pl.DataFrame, rows: pl.DataFrame, keys: list[str], attributes: tuple[str, ...], first: Month
) -> pl.DataFrame:
    """The months from ``first`` on that lack rows of usual cells, with that as their reason."""
    if not attributes:
        return summed
    cell = list(dict.fromkeys([*keys, *attributes]))
    before = rows.filter((pl.col("·month") < first.start) & (pl.col("·month") >= (first - _BEFORE).start))
    usual = before.group_by(cell).agg(
        pl.col("·month").n_unique().alias("·months"), pl.col("value").sum().alias("·size")
    )
    usual = usual.with_columns((pl.col("·size") / pl.col("·size").sum().over(keys)).alias("·share"))
    usual = usual.filter(pl.col("·months") == _BEFORE)
    months = summed.filter(pl.col("·month") >= first.start).select(*keys, "·month")
    wanted = months.join(usual, on=keys)
    lacking = wanted.join(rows, on=[*cell, "·month"], how="anti", nulls_equal=True)
    short = lacking.group_by(*keys, "·month").agg(pl.col("·share").sum()).filter(pl.col("·share") >= _LEAST)
    told = short.select(
        *keys, "·month",
        pl.format("rows are missing that made {}% of it before", (100 * pl.col("·share")).round(0).cast(pl.Int64))
        .alias("·lacks"),
    )  # fmt: skip
    joined = summed.join(told, on=[*keys, "·month"], how="left", maintain_order="left")
    return joined.with_columns(pl.coalesce("·why", "·lacks").alias("·why")).drop("·lacks")


def problems_of(actuals: Actuals, months: Sequence[Month]) -> tuple[InputError, ...]:
    """The counts of these months that cannot be used, one sentence a series and reason."""
    found = []
    wanted = set(months)
    for key, reasons in actuals.reasons.items():
        for month, reason in sorted(reasons.items()):
            if month in wanted:
                name = ", ".join(part for part in (key.provider, key.pod, *key.detail) if part)
                found.append(
                    InputError(f"{name}: {month.label} is left out, for {reason}", remedy="correct counts.csv")
                )
    return tuple(found)
