"""Long tables: a row an organisation, sex and age. A month has up to 280,000 of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from trigpoint.releases.files.content import Content
from trigpoint.releases.observation import ENGLAND
from trigpoint.releases.readers.list_size.patients import Register, age_of
from trigpoint.releases.schema import Schema
from trigpoint.releases.tables.header import Header, columns_left_out, find_header
from trigpoint.releases.tables.spans import day
from trigpoint.releases.tables.strings import ROW, string_table

FIELDS = ("date", "code", "sex", "age", "patients")
"""What every long table has; the level and the parent are there or not."""


def long_header(content: Content, schema: Schema) -> Header | None:
    """The header of a long table, or ``None``."""
    names: Mapping[str, list[str]] = schema.more["long"]
    header = find_header(content.head, names["age"], names["sex"], (*names["patients"], *names["code"]))
    return header if header is not None and header.column(*names["patients"], *names["date"]) is not None else None


def read_long(content: Content, header: Header, schema: Schema) -> Register:
    """A long table. Raises ``InputError`` where a column is missing."""
    names: Mapping[str, list[str]] = schema.more["long"]
    at = {one: header.names[header.need(content.name, *names[one])] for one in FIELDS}
    level, parent = (next((name for name in names[one] if name in header.names), None) for one in ("level", "parent"))
    rows = (
        string_table(content, header)
        .select(
            pl.col(ROW).alias("line"),
            *(pl.col(name).alias(one) for one, name in at.items()),
            (pl.col(level).str.to_lowercase() if level else pl.lit("gp")).alias("level"),
            (pl.col(parent) if parent else pl.lit("")).alias("parent"),
        )
        .filter(pl.any_horizontal(pl.col(*FIELDS) != ""))
    )
    known = {*at.values(), *names["known"], level, parent}
    notes = list(columns_left_out(one for one in header.names if one and one not in known))
    register = Register(rows, notes=notes)
    _translate(register, content.name, schema)
    return register


def _translate(register: Register, file: str, schema: Schema) -> None:
    """Words to what they mean, each different word once; rows with a word that means nothing are told and left out."""
    rows = register.patients
    levels: Mapping[str, str] = schema.more["levels"]
    sexes: Mapping[str, str] = schema.more["sexes"]
    meanings = (
        ("date", {one: _day(one) for one in _words(rows, "date")}, pl.Date, "“{}” is no day"),
        ("level", {one: levels.get(one) for one in _words(rows, "level")}, pl.String, "“{}” is no level that is known"),
        ("sex", {one: sexes.get(one.casefold()) for one in _words(rows, "sex")}, pl.String, "“{}” is no sex"),
        ("age", {one: age_of(one) for one in _words(rows, "age")}, pl.String, "“{}” is no age"),
    )
    for column, meaning, kind, what in meanings:
        meant = pl.col(column).replace_strict(meaning, default=None, return_dtype=kind).alias("meant")
        rows = _kept(register, rows.with_columns(meant), column, file, what)
    number = pl.col("patients").str.replace_all(",", "").cast(pl.Float64, strict=False)
    valid = pl.when(number.is_finite() & (number >= 0)).then(number).alias("meant")
    rows = _kept(register, rows.with_columns(valid), "patients", file, "“{}” is no number of patients")
    rows = _kept(register, rows.with_columns(meant=pl.when(pl.col("code") != "").then("code")), "code", file, "no code")
    england = pl.when(pl.col("level") == "national").then(pl.lit(ENGLAND)).otherwise("code")
    register.patients = rows.select(
        "line", england.alias("org"), pl.col("level").alias("basis"), "parent", "date", "sex", "age", value="patients"
    )


def _kept(register: Register, rows: pl.DataFrame, column: str, file: str, what: str) -> pl.DataFrame:
    """The rows that have a meaning, in the place of the column's words; the others told."""
    strange = rows.filter(pl.col("meant").is_null())
    if strange.height:
        register.reject(strange, file, what, column)
        rows = rows.filter(pl.col("meant").is_not_null())
    return rows.with_columns(pl.col("meant").alias(column)).drop("meant")


def _words(rows: pl.DataFrame, column: str) -> Sequence[str]:
    return rows[column].unique().to_list()


def _day(text: str) -> date | None:
    try:
        return day(text)
    except ValueError:
        return None
