"""Pooled records made small enough for a page: only the attributes that something in the model asks for are kept.

The sum of Poissons is a Poisson, so a run on the coarser cells has the same distribution; the grain that no filter,
growth or output asks for could not show in any result.
"""

from __future__ import annotations

import io
from collections.abc import Iterable

import polars as pl

from trigpoint.activity.assumptions.growth import Growth, GrowthForm
from trigpoint.activity.book.book import ActivityBook
from trigpoint.errors import InputError

MEGABYTE = 1_000_000
MOST_BYTES = 5 * MEGABYTE
MOST_CELLS = 20_000
SERIES = ("provider", "pod")
SUMS = ("weight", "bed_days")
AGE_AND_SEX = ("age", "sex")
REMEDY = "run it with `trigpoint activity run`, or pool the records by fewer attributes with `trigpoint activity cells`"


def attributes_of(book: ActivityBook) -> tuple[str, ...]:
    """The attributes that the model asks for beside provider and point of delivery, each once."""
    asked = [name for each in (*book.growth, *book.schemes) for name in each.where.attributes]
    ages = AGE_AND_SEX if any(_by_age(each) for each in book.growth) else ()
    found = (*book.settings.output_by, *asked, *ages)
    return tuple(name for name in dict.fromkeys(found) if name not in SERIES)


def _by_age(growth: Growth) -> bool:
    return growth.form is GrowthForm.POPULATION


def pooled_cells(cells: pl.DataFrame, attributes: Iterable[str]) -> pl.DataFrame:
    """The cells summed over everything that is not asked for.

    >>> cells = pl.DataFrame({"provider": ["A", "A"], "pod": ["EL", "EL"], "hrg": ["x", "y"], "weight": [1.0, 2.0]})
    >>> pooled_cells(cells, ()).rows()
    [('A', 'EL', 3.0)]
    """
    kept = [name for name in (*SERIES, *attributes) if name in cells.columns]
    sums = [pl.col(name).sum() for name in SUMS if name in cells.columns]
    return cells.group_by(kept, maintain_order=True).agg(sums)


def small_enough(content: bytes, book: ActivityBook) -> bytes:
    """The Parquet of the cells as a page can use it: as it is where it is small, else pooled.

    Raises ``InputError`` where it is too large even so.
    """
    if book.cells is None or (len(content) <= MOST_BYTES and book.cells.height <= MOST_CELLS):
        return content
    pooled = pooled_cells(book.cells, attributes_of(book))
    made = io.BytesIO()
    pooled.write_parquet(made)
    if pooled.height > MOST_CELLS or len(made.getvalue()) > MOST_BYTES:
        what = f"the pooled records come to {pooled.height:,} cells, and the pages take {MOST_CELLS:,} at most"
        raise InputError(what, where="activity/cells.parquet", remedy=REMEDY)
    return made.getvalue()
