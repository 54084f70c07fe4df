"""A book as the rows of the template's sheets, cells as the CSV files would write them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import polars as pl

from trigpoint.activity.book.assumption_cells import growth_cells, scheme_cells
from trigpoint.activity.book.book import ActivityBook, Settings
from trigpoint.activity.book.population_rows import PRINCIPAL
from trigpoint.activity.book.sheets import SCENARIO, SETTING, SETTING_MEANINGS, VARIANTS
from trigpoint.activity.book.tables import CAPACITY, GROWTH, PODS, POPULATION, PRICES, SCHEMES, STAYS, TOTALS
from trigpoint.activity.book.writing import (
    capacity_cells,
    counts_frame,
    pod_cells,
    price_cells,
    stay_cells,
    total_cells,
)
from trigpoint.periods import FinancialYear
from trigpoint.tabular.amounts import month_text, number_text, share_text, years_text
from trigpoint.tabular.fields import FileTable

Row = Mapping[str, str]
COUNTED = ("provider", "pod", "source", "illustrative")
_OFFERED = 2016


def rows_of(table: FileTable, book: ActivityBook | None) -> Iterable[Row]:
    """The rows of one sheet; the settings are listed even where there is no book."""
    if table is SETTING:
        return _settings(book)
    if book is None:
        return ()
    made: dict[str, Iterable[Row]] = {
        PODS.name: map(pod_cells, book.pods),
        TOTALS.name: map(total_cells, book.totals),
        GROWTH.name: map(growth_cells, book.growth),
        SCHEMES.name: map(scheme_cells, book.schemes),
        POPULATION.name: _population(book),
        VARIANTS.name: _variants(book),
        CAPACITY.name: map(capacity_cells, book.capacity),
        STAYS.name: map(stay_cells, book.stays),
        PRICES.name: map(price_cells, book.prices),
        SCENARIO.name: _scenarios(book),
    }
    return made[table.name]


def _settings(book: ActivityBook | None) -> Iterator[Row]:
    values: dict[str, str] = {}
    if book is not None:
        chosen = book.settings
        plain = Settings(chosen.base_year, chosen.years)
        values = {"base_year": chosen.base_year.label, "years": years_text(chosen.years)}
        if chosen.months_known is not None:
            values["months_known"] = str(chosen.months_known)
        for key in ("draws", "seed"):
            if getattr(chosen, key) != getattr(plain, key):
                values[key] = str(getattr(chosen, key))
        if chosen.method is not plain.method:
            values["method"] = chosen.method.value
        if chosen.noise is not plain.noise:
            values["noise"] = "yes" if chosen.noise else "no"
        values["output_by"] = ", ".join(chosen.output_by)
        if book.illustrative and not book.baseline_is_illustrative:
            values["illustrative"] = "yes"
    for key, meaning in SETTING_MEANINGS.items():
        yield {"setting": key, "value": values.get(key, ""), "meaning": meaning}


def _variants(book: ActivityBook) -> Iterator[Row]:
    variants = () if book.population is None else book.population.variants
    if len(variants) > 1 or (variants and variants[0][0] != PRINCIPAL):
        yield from ({"name": name, "probability": share_text(part)} for name, part in variants)


def _population(book: ActivityBook) -> Iterator[Row]:
    if book.population is None:
        return
    for row in book.population.rows.iter_rows(named=True):
        words = {name: row[name] for name in ("variant", "measure", "provider", "sex")}
        yield words | {"year": str(row["year"]), "age": str(row["age"]), "value": number_text(row["value"])}


def _scenarios(book: ActivityBook) -> Iterator[Row]:
    for one in book.scenarios:
        first = {
            "id": one.id,
            "name": one.name,
            "note": one.note,
            "author": one.author,
            "on": one.on.isoformat() if one.on else "",
            "without": ", ".join(one.without),
        }
        changes = [{"assumption": c.assumption, "field": c.field, "value": c.value} for c in one.changes]
        yield first | (changes[0] if changes else {})
        yield from ({"id": one.id} | change for change in changes[1:])


def wide_counts(book: ActivityBook | None) -> tuple[Sequence[str], Iterator[Row]]:
    """The columns and rows of the counts with a column for each month; those of one year where there is none."""
    if book is None or book.counts.is_empty():
        base = FinancialYear(_OFFERED) if book is None else book.settings.base_year
        return (*COUNTED, *map(month_text, base.months)), iter(())
    frame = counts_frame(book)
    keys = [name for name in frame.columns if name not in ("month", "value")]
    months = frame["month"].unique().sort().to_list()
    wide = frame.with_columns(pl.col(key).cast(pl.String).fill_null("") for key in keys).pivot(
        "month", index=keys, values="value", sort_columns=True
    )
    order = (*(key for key in COUNTED[:2]), *(key for key in keys if key not in COUNTED), *COUNTED[2:], *months)
    return order, (
        {name: cell if isinstance(cell, str) else number_text(cell) for name, cell in row.items() if cell is not None}
        for row in wide.iter_rows(named=True)
    )
