"""Populations by age and sex over the years, in one or more variants, as projections give them."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

SCHEMA = {
    "variant": pl.String,
    "measure": pl.String,
    "provider": pl.String,
    "year": pl.Int32,
    "sex": pl.String,
    "age": pl.Int32,
    "value": pl.Float64,
}
"""One row a variant, measure ("people", "births", or a table of factors of the user's own), provider ("" for all),
year (2017 is mid-2017, taken for 2017/18), sex ("" for both) and single age (the first age of a band)."""


@dataclass(frozen=True, slots=True)
class Population:
    """The rows (``SCHEMA``), the probability of each variant, of which one is drawn a run, and where they were read."""

    rows: pl.DataFrame
    variants: tuple[tuple[str, float], ...] = (("principal", 1.0),)
    file: str = field(default="population.csv", compare=False)
