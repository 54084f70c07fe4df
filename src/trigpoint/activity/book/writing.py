"""An activity book as the texts of its files, from which reading makes the same book."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import polars as pl
import tomli_w

from trigpoint.activity.book.assumption_cells import amount_cells, growth_cells, scheme_cells
from trigpoint.activity.book.book import COUNTS, ActivityBook, Capacity, PodName, Price, Settings, Stay, Total
from trigpoint.activity.book.population_rows import PRINCIPAL
from trigpoint.activity.book.scenarios import SAFE, scenario_text
from trigpoint.activity.book.tables import (
    CAPACITY,
    COUNTS_FILE,
    GROWTH,
    PODS,
    POPULATION,
    PRICES,
    SCENARIOS,
    SCHEMES,
    SETTINGS,
    STAYS,
    TOTALS,
)
from trigpoint.errors import InputError
from trigpoint.tabular.amounts import month_text, number_text, share_text
from trigpoint.tabular.fields import FileTable
from trigpoint.tabular.stated import stated_cells
from trigpoint.tabular.writing import table_text

NUMBERS = frozenset({"value", "low", "high", "choices", "level", "outturn", "a_month", "days", "gbp", "ratio"})
"""Columns of numbers, which need no apostrophe before a minus sign."""


def texts_of(book: ActivityBook) -> dict[str, str]:
    """The files of a book by their names in the folder ``activity``, without those that would be empty.

    ``reading.read_texts`` gives the same book back (cells apart: ``cells.cells_bytes``), but for where its assumptions
    were read. Raises ``InputError`` for a scenario whose id is no safe name of a file.
    """
    tables: tuple[tuple[FileTable, Iterable[Mapping[str, str]]], ...] = (
        (PODS, map(pod_cells, book.pods)),
        (TOTALS, map(total_cells, book.totals)),
        (GROWTH, map(growth_cells, book.growth)),
        (SCHEMES, map(scheme_cells, book.schemes)),
        (CAPACITY, map(capacity_cells, book.capacity)),
        (STAYS, map(stay_cells, book.stays)),
        (PRICES, map(price_cells, book.prices)),
    )
    texts = {SETTINGS: settings_text(book)}
    texts |= {table.file: table_text(table, rows, NUMBERS) for table, rows in ((t, list(r)) for t, r in tables) if rows}
    if not book.counts.is_empty():
        texts[COUNTS_FILE.file] = frame_text(counts_frame(book))
    if book.population is not None:
        texts[POPULATION.file] = frame_text(book.population.rows)
    for scenario in book.scenarios:
        if not SAFE.match(scenario.id):
            what = f"“{scenario.id}” is no name for a scenario"
            raise InputError(what, remedy="use lower-case letters, digits and hyphens")
        texts[f"{SCENARIOS}/{scenario.id}.toml"] = scenario_text(scenario)
    return texts


def settings_text(book: ActivityBook) -> str:
    """``settings.toml`` of a book: what differs from the defaults, and the years."""
    chosen = book.settings
    plain = Settings(chosen.base_year, chosen.years)
    content: dict[str, Any] = {
        "base_year": chosen.base_year.label,
        "years": [year.label for year in chosen.years],
    }
    for key, said in _SETTINGS.items():
        value = getattr(chosen, key)
        if value != getattr(plain, key):
            content[key] = said(value)
    if book.illustrative and not book.baseline_is_illustrative:
        content["illustrative"] = True
    variants = () if book.population is None else book.population.variants
    if len(variants) > 1 or (variants and variants[0][0] != PRINCIPAL):
        content["variants"] = [{"name": name, "probability": part} for name, part in variants]
    return tomli_w.dumps(content)


_SETTINGS: dict[str, Callable[[Any], Any]] = {
    "months_known": int,
    "method": lambda method: method.value,
    "draws": int,
    "seed": int,
    "noise": bool,
    "output_by": list,
}


_NOTES = {
    "first": pl.Date,
    "last": pl.Date,
    "provider": pl.String,
    "pod": pl.String,
    "source": pl.String,
    "illustrative": pl.Boolean,
}


def counts_frame(book: ActivityBook) -> pl.DataFrame:
    """The counts as ``counts.csv`` writes them: months as text, and the source of each row where there is one."""
    attributes = [name for name in book.counts.columns if name not in COUNTS]
    frame = book.counts
    if book.count_notes:
        months = ("first", "last")
        notes = pl.DataFrame(
            [
                (*(getattr(one, name).start for name in months), one.provider, one.pod, one.source, one.illustrative)
                for one in book.count_notes
            ],
            schema=_NOTES,
            orient="row",
        )
        keys = frame.select("provider", "pod", "month").unique()
        known = (
            keys.join(notes, on=["provider", "pod"])
            .filter(pl.col("month").is_between(pl.col("first"), pl.col("last")))
            .unique(["provider", "pod", "month"], keep="first")
            .select("provider", "pod", "month", "source", "illustrative")
        )
        frame = frame.join(known, on=["provider", "pod", "month"], how="left", maintain_order="left")
        frame = frame.with_columns(
            pl.col("source").fill_null(""),
            pl.when(pl.col("illustrative")).then(pl.lit("yes")).otherwise(pl.lit("")).alias("illustrative"),
        )
        for name in ("source", "illustrative"):
            if not (frame[name] != "").any():
                frame = frame.drop(name)
    last = [name for name in ("source", "illustrative") if name in frame.columns]
    return frame.with_columns(pl.col("month").dt.strftime("%Y-%m")).select(*COUNTS, *attributes, *last)


def frame_text(frame: pl.DataFrame) -> str:
    """The CSV text of a frame: numbers as short as they can be, texts that a spreadsheet would run made harmless."""
    texts = pl.col(pl.String).str.replace(r"^('*[=+\-@\t\r\n＝＋－＠])", "'$1")
    whole = [
        pl.when((pl.col(name) % 1 == 0) & (pl.col(name).abs() < 2**53))
        .then(pl.col(name).cast(pl.Int64, strict=False).cast(pl.String))
        .otherwise(pl.col(name).cast(pl.String))
        .alias(name)
        for name, kind in frame.schema.items()
        if kind == pl.Float64
    ]
    return frame.with_columns(texts).with_columns(whole).write_csv(quote_style="necessary")


def pod_cells(pod: PodName) -> dict[str, str]:
    """The row of a point of delivery, by column."""
    return {"code": pod.code, "name": pod.name, "line": pod.line, "unit": pod.unit, "days": pod.days}


def total_cells(total: Total) -> dict[str, str]:
    """The row of a given outturn, by column."""
    key = {"provider": total.provider, "pod": total.pod}
    return key | amount_cells(total.outturn, "outturn", number_text) | stated_cells(total.stated)


def capacity_cells(one: Capacity) -> dict[str, str]:
    """The row of a capacity, by column."""
    months = {"first": month_text(one.first) if one.first else "", "last": month_text(one.last) if one.last else ""}
    key = {"provider": one.provider, "pod": one.pod, "a_month": number_text(one.a_month)}
    return key | months | stated_cells(one.stated)


def stay_cells(one: Stay) -> dict[str, str]:
    """The row of a stay, by column."""
    occupancy = "" if one.occupancy == 0.92 else share_text(one.occupancy)
    key = {"provider": one.provider, "pod": one.pod, "days": number_text(one.days), "occupancy": occupancy}
    return key | stated_cells(one.stated)


def price_cells(one: Price) -> dict[str, str]:
    """The row of a price, by column."""
    year = one.year.label if one.year else ""
    key = {"provider": one.provider, "pod": one.pod, "gbp": number_text(one.gbp), "year": year}
    return key | stated_cells(one.stated)
