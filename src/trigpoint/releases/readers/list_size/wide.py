"""Wide tables, up to early 2017: a row a practice, a column a sex and age. They say nothing of their date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

import polars as pl

from trigpoint.releases.files.content import Content
from trigpoint.releases.observation import Basis
from trigpoint.releases.readers.list_size.patients import Register, age_of
from trigpoint.releases.schema import Schema
from trigpoint.releases.tables.given import month_lacking
from trigpoint.releases.tables.header import Header, columns_left_out, find_header
from trigpoint.releases.tables.strings import ROW, string_table

TOTAL = "total_all"
_TOTALS = {TOTAL: "", "total_male": "male", "total_males": "male", "total_female": "female", "total_females": "female"}
_COUNTED = re.compile(r"(male|female)_(.+)")


def wide_header(content: Content, schema: Schema) -> Header | None:
    """The header of a wide table, or ``None``: practices, a total and counts by sex and age."""
    header = find_header(content.head, schema.more["wide"]["code"], TOTAL)
    return header if header is not None and any(_columns(header)) else None


def _columns(header: Header) -> Iterator[tuple[str, str, str]]:
    """Each column that counts, with its sex and age."""
    for name in header.names:
        match = _COUNTED.fullmatch(name)
        age = age_of(match[2]) if match else None
        if match and age:
            yield name, match[1], age
        elif name in _TOTALS:
            yield name, _TOTALS[name], ""


def is_single_years(header: Header) -> bool:
    """Whether the ages are single years."""
    return any(age.isdigit() for _, _, age in _columns(header))


def read_wide(content: Content, header: Header, schema: Schema) -> Register:
    """A wide table, of the month that is given with it, for nothing in it says one. Raises ``InputError`` without."""
    when = content.month
    if when is None:
        raise month_lacking(content.name)
    names: Mapping[str, list[str]] = schema.more["wide"]
    code = header.names[header.need(content.name, *names["code"])]
    parent = next((name for name in names["parent"] if name in header.names), None)
    columns = {name: (sex, age) for name, sex, age in _columns(header)}
    known = {code, parent, *names["known"], *columns}
    rows = (
        string_table(content, header)
        .with_columns(pl.col(code).alias("org"), (pl.col(parent) if parent else pl.lit("")).alias("parent"))
        .rename({ROW: "line"})
        .unpivot(list(columns), index=["line", "org", "parent"], variable_name="column", value_name="said")
        .filter((pl.col("org") != "") | (pl.col("said") != ""))
    )
    register = Register(_kept(rows, columns, when))
    number = _number()
    register.reject(rows.filter(number.is_null()), content.name, "“{}” is no number of patients", "said")
    register.reject(
        rows.filter((pl.col("org") == "") & number.is_not_null()), content.name, "no code beside “{}”", "said"
    )
    strange = [name for name in header.names if name and name not in known]
    register.notes.extend(columns_left_out(strange))
    return register


def _number() -> pl.Expr:
    number = pl.col("said").str.replace_all(",", "").str.strip_chars().cast(pl.Float64, strict=False)
    return pl.when(number.is_finite() & (number >= 0)).then(number)


def _kept(rows: pl.DataFrame, columns: Mapping[str, tuple[str, str]], when: date) -> pl.DataFrame:
    sexes = {name: sex for name, (sex, _) in columns.items()}
    ages = {name: age for name, (_, age) in columns.items()}
    return rows.select(
        "line",
        "org",
        pl.lit(Basis.PRACTICE.value).alias("basis"),
        "parent",
        pl.lit(when).alias("date"),
        pl.col("column").replace_strict(sexes, return_dtype=pl.String).alias("sex"),
        pl.col("column").replace_strict(ages, return_dtype=pl.String).alias("age"),
        _number().alias("value"),
    ).filter((pl.col("org") != "") & pl.col("value").is_not_null())
