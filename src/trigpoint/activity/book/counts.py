"""``counts.csv``: what was counted, month by month, with gaps and doubles named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby, pairwise
from typing import Any

import polars as pl

from trigpoint.activity.book.book import COUNTS, CountNote
from trigpoint.activity.book.columns import MOST_TOLD, columns_of
from trigpoint.activity.book.tables import COUNTS_FILE
from trigpoint.errors import InputError, Where
from trigpoint.periods import FinancialYear, Month
from trigpoint.tabular.amounts import age_of, count_of, flag_of, month_of
from trigpoint.wording import count, listed

_MOST_MONTHS_NAMED = 6
_TOTALS = ("total", "totals", "grand total", "sum", "all", "all pods")
"""What a sum of the other rows is called at the foot of a spreadsheet; with it everything would count twice."""


def no_counts() -> pl.DataFrame:
    """Counts without a row."""
    return pl.DataFrame(schema=COUNTS)


def counts_of(text: str, file: str, problems: list[InputError]) -> tuple[pl.DataFrame, tuple[CountNote, ...]]:
    """The counts as ``ActivityBook`` holds them, and where they come from.

    A row with a mistake is told by its line and left out; of rows for the same month and attributes the first is kept;
    months missing within a series are told once a series.
    """
    columns = columns_of(text, COUNTS_FILE, file, problems, attributes=True)
    if columns is None:
        return no_counts(), ()
    for needed in ("pod", "month", "value"):
        columns.needed(needed)
    columns.drop(pl.col("pod").str.to_lowercase().is_in(_TOTALS), _sum)
    columns.decoded("month", lambda cell: month_of(cell).start, pl.Date)
    listed_months = columns.frame.select("provider", "pod", "month")
    columns.counted("value", count_of)
    columns.decoded("illustrative", flag_of, pl.Boolean, False)
    if "age" in columns.further:
        columns.decoded("age", age_of, pl.Int32)
    columns.once(("provider", "pod", "month", *columns.further), "value", _said)
    problems += _gaps(listed_months, file)
    return columns.frame.select(*COUNTS, *columns.further), tuple(_notes(columns.frame))


def latest_year(counts: pl.DataFrame) -> FinancialYear | None:
    """The financial year of the last month that has a count."""
    last = counts["month"].max()
    return FinancialYear.of(last) if isinstance(last, date) else None


def _sum(row: dict[str, Any]) -> tuple[str, str, str]:
    return f"“{row['pod']}” is a sum of other rows, and would count twice", "remove the row", "pod"


def _said(row: dict[str, Any]) -> str:
    shown = [row["provider"], row["pod"], Month.of(row["month"]).label]
    return ", ".join(part for part in shown if part)


def _gaps(frame: pl.DataFrame, file: str) -> Iterator[InputError]:
    told = 0
    for provider, pod, months in (
        frame.group_by("provider", "pod", maintain_order=True).agg(pl.col("month").unique().sort()).iter_rows()
    ):
        missing = [month for before, after in pairwise(map(Month.of, months)) for month in _between(before, after)]
        if not missing:
            continue
        told += 1
        if told > MOST_TOLD:
            what = "more series with missing months are not told"
            yield InputError(what, where=Where(file), remedy="add those of the first ones first")
            return
        named = [month.label for month in missing[:_MOST_MONTHS_NAMED]]
        more = len(missing) - len(named)
        said = listed([*named, f"{count(more, 'more month')}"] if more else named)
        what = f"{', '.join(part for part in (provider, pod) if part)} has no count of {said}, amid its other months"
        yield InputError(what, where=Where(file), remedy="add the rows; until then those months are taken as not known")


def _between(before: Month, after: Month) -> Iterator[Month]:
    month = before + 1
    while month < after:
        yield month
        month = month + 1


def _notes(frame: pl.DataFrame) -> Iterator[CountNote]:
    """Runs of months of one series that have the same source and mark."""
    marked = frame.filter((pl.col("source") != "") | pl.col("illustrative"))
    if marked.is_empty():
        return
    sources = pl.col("source").filter(pl.col("source") != "").unique().sort().str.join("; ")
    months = (
        frame.join(marked.select("provider", "pod").unique(), on=["provider", "pod"])
        .group_by("provider", "pod", "month")
        .agg(sources.fill_null(""), pl.col("illustrative").any())
        .sort("provider", "pod", "month")
    )
    alike = groupby(months.iter_rows(), key=lambda row: (row[0], row[1], row[3], row[4]))
    for (provider, pod, source, illustrative), rows in alike:
        run = [Month.of(row[2]) for row in rows]
        if source or illustrative:
            yield CountNote(provider, pod, run[0], run[-1], source, illustrative)
