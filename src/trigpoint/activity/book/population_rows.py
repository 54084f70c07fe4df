"""``population.csv``: projections by age and sex, in variants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl

from trigpoint.activity.assumptions.population import SCHEMA, Population
from trigpoint.activity.book.columns import MOST_TOLD, columns_of
from trigpoint.activity.book.tables import POPULATION
from trigpoint.errors import InputError, Where
from trigpoint.plans.cells import CellError, quoted
from trigpoint.plans.tables import nearest
from trigpoint.tabular.amounts import age_of, count_of, year_of
from trigpoint.wording import count, listed

PRINCIPAL = "principal"
_BOTH = ("all", "both", "persons", "people", "total")
_SERIES = ("variant", "measure", "provider", "sex")


def population_of(
    text: str, variants: tuple[tuple[str, float], ...], file: str, problems: list[InputError]
) -> Population | None:
    """The projection, its wrong rows told and left out; ``None`` where nothing of it can be used.

    ``variants`` are those of the settings; without them a single variant is certain, and several are taken as equally
    probable, which is told.
    """
    columns = columns_of(text, POPULATION, file, problems)
    if columns is None:
        return None
    for needed in ("year", "age", "value"):
        columns.needed(needed)
    columns.decoded("year", _year, pl.Int32)
    columns.decoded("age", age_of, pl.Int32)
    columns.counted("value", count_of)
    sex = pl.col("sex").str.to_lowercase()
    columns.frame = columns.frame.with_columns(
        pl.when(pl.col("variant") == "").then(pl.lit(PRINCIPAL)).otherwise(pl.col("variant")).alias("variant"),
        pl.when(pl.col("measure") == "").then(pl.lit("people")).otherwise(pl.col("measure")).alias("measure"),
        pl.when(sex.is_in(_BOTH)).then(pl.lit("")).otherwise(pl.col("sex")).alias("sex"),
    )
    columns.once((*_SERIES, "year", "age"), "value", _said)
    frame = columns.frame.select(*SCHEMA)
    if frame.is_empty():
        return None
    problems += _ages(frame, file)
    names = frame["variant"].unique(maintain_order=True).to_list()
    return Population(frame, _weights(names, variants, file, problems), file)


def _year(cell: str) -> int:
    if cell.isdecimal() and len(cell) == 4 and 1900 <= int(cell) <= 2199:
        return int(cell)
    try:
        return year_of(cell).first
    except CellError:
        raise CellError(f"{quoted(cell)} is no year", "write 2017 for mid-2017, which is taken for 2017/18") from None


def _said(row: dict[str, Any]) -> str:
    sex = f", {row['sex']}" if row["sex"] else ""
    return f"{row['variant']}, {row['measure']} of {row['year']}, age {row['age']}{sex}"


def _ages(frame: pl.DataFrame, file: str) -> Iterator[InputError]:
    """Ages that a series has in one year and lacks in another: a cohort that would vanish, or appear from nothing."""
    years = frame.group_by(*_SERIES, "year").agg(pl.col("age").unique().sort())
    every = frame.group_by(*_SERIES).agg(pl.col("age").unique().alias("every"))
    lacking = (
        years.join(every, on=list(_SERIES))
        .with_columns(pl.col("every").list.set_difference("age").list.sort().alias("missing"))
        .filter(pl.col("missing").list.len() > 0)
        .sort(*_SERIES, "year")
    )
    for row in lacking.head(MOST_TOLD).iter_rows(named=True):
        shown = [str(age) for age in row["missing"][:6]]
        more = len(row["missing"]) - len(shown)
        said = listed([*shown, count(more, "more age")] if more else shown)
        of = ", ".join(part for part in (row["variant"], row["measure"], row["provider"], row["sex"]) if part)
        what = f"{of}: the year {row['year']} has no row of age {said}, which other years have"
        yield InputError(what, where=Where(file), remedy="add the rows, with 0 where there is nobody")


def _weights(
    names: Sequence[str], variants: tuple[tuple[str, float], ...], file: str, problems: list[InputError]
) -> tuple[tuple[str, float], ...]:
    """The probability of each variant that has rows. Those of unknown ones are shared out among the others."""
    if not variants:
        if len(names) > 1:
            what = (
                f"there are {count(len(names), 'variant')} and no probabilities, so each is taken as equally probable"
            )
            remedy = "give each one a table [[variants]] with name and probability in settings.toml"
            problems.append(InputError(what, where=Where(file), remedy=remedy))
        return tuple((name, 1 / len(names)) for name in names)
    known = dict(variants)
    for name in known:
        if name not in names:
            near = nearest(name, names)
            what = f"the variant “{name}” of the settings has no row"
            remedy = f"did you mean “{near}”?" if near else f"the variants here are {listed(names)}"
            problems.append(InputError(what, where=Where(file), remedy=remedy))
    for name in names:
        if name not in known:
            what = f"the variant “{name}” has no probability in the settings, and is not used"
            problems.append(
                InputError(what, where=Where(file), remedy="give it one in [[variants]], or remove its rows")
            )
    used = tuple((name, part) for name, part in variants if name in names)
    total = sum(part for _, part in used)
    if total <= 0:
        return tuple((name, 1 / len(names)) for name in names)
    return used if len(used) == len(variants) else tuple((name, part / total) for name, part in used)
