"""Files of hundreds of megabytes as small frames: every text is held once, and stands as a number in its rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

import polars as pl

from trigpoint.errors import InputError
from trigpoint.releases.files.content import Content
from trigpoint.releases.readers.gp_appointments.layout import SCHEMA, Layout
from trigpoint.releases.tables.cells import words
from trigpoint.releases.tables.named import plain
from trigpoint.releases.tables.spans import Span, month, span
from trigpoint.releases.tables.strings import ROW, distinct

_LABELS: Mapping[str, Mapping[str, str]] = SCHEMA.more["labels"]
_SPELT = {dimension: {plain(said): label for said, label in found.items()} for dimension, found in _LABELS.items()}
COUNT = "count"


def counts_table(content: Content, layout: Layout) -> pl.DataFrame:
    """The columns that are read, by role and dimension, with ``start``, ``end``, ``count`` and ``ROW``.

    Texts are categories; ``start`` is null for a date, ``count`` for a number, that cannot be read. ``said`` is what
    stands for the count.
    """
    wanted = {**layout.roles, **layout.dimensions}
    table = _read(content, layout, set(wanted.values()))
    table = table.select(
        pl.col(layout.roles["count"]).alias("said"),
        *(pl.col(column).alias(role) for role, column in wanted.items() if role != "count"),
        ROW,
    )
    table = _mapped(table, "said", _number, {COUNT: pl.Int64})
    table = _mapped(table, "date", month_of, {"start": pl.Date, "end": pl.Date})
    for dimension in layout.dimensions:
        read = partial(_label, known=_SPELT.get(dimension, {}))
        table = _mapped(table, dimension, read, {"label": pl.Categorical})
        table = table.drop(dimension).rename({"label": dimension})
    for role in (*layout.bases, "commissioner", "system", "region"):
        if role in table.columns:
            table = _mapped(table, role, _code, {"code": pl.Categorical})
            table = table.drop(role).rename({"code": role})
    return table


def month_of(text: str) -> Span:
    """The month of a day or month in any spelling: ``01DEC21``, ``14DEC2021``, ``2020-01``, ``Jan-24``.

    >>> month_of("14DEC21")[1].isoformat(), month_of("2020-01")[0].isoformat()
    ('2021-12-31', '2020-01-01')
    """
    start, _ = span(text)
    return month(start.year, start.month)


def days_of(table: pl.DataFrame) -> set[date]:
    """The days that the dates of a file name, first of all the months where it names months only."""
    found = set()
    for text in table["date"].unique().drop_nulls().cast(pl.String).to_list():
        try:
            found.add(span(text)[0])
        except ValueError:
            continue
    return found


def _read(content: Content, layout: Layout, wanted: set[str]) -> pl.DataFrame:
    names = [name or f" {at}" for at, name in enumerate(distinct(layout.header.names))]
    data, first = _below(content, layout)
    if not data:
        raise InputError("there are no rows below the header", where=content.name, remedy="download it again")
    try:
        table = _parsed(data, names, wanted)
    except pl.exceptions.PolarsError:  # quotation marks within a cell, which only Python's reader bears
        table = _parsed(_rewritten(data, len(names)), names, wanted)
    table = table.with_row_index(ROW, offset=first).with_columns(pl.col(ROW).cast(pl.Int64))
    return table.filter(pl.any_horizontal(pl.col(sorted(wanted)).is_not_null()))


def _below(content: Content, layout: Layout) -> tuple[bytes, int]:
    """The text below the header, and the number of its first row in the file."""
    data = content.data if content.encoding == "utf-8-sig" else content.text.encode()
    if b'"' not in data:
        data = data.replace(b", ", b" ")  # early files do not quote “NHS Heywood, Middleton and Rochdale CCG”
    end = 0
    for _ in range(layout.header.index + 1):
        found = data.find(b"\n", end)
        if found < 0:
            return b"", 0
        end = found + 1
    first = layout.header.index + 2
    while data[end : end + 1] in (b"\r", b"\n"):  # the parser would take a blank line for a table of one column
        first += data[end : end + 1] == b"\n"
        end += 1
    return data[end:], first


def _parsed(data: bytes, names: list[str], wanted: set[str]) -> pl.DataFrame:
    return pl.read_csv(
        io.BytesIO(data),
        has_header=False,
        schema={name: pl.Categorical if name in wanted else pl.String for name in names},
        columns=[at for at, name in enumerate(names) if name in wanted],
        truncate_ragged_lines=True,
    )


def _rewritten(data: bytes, width: int) -> bytes:
    rows = csv.reader(io.StringIO(data.decode("utf-8", errors="replace"), newline=""))
    text = io.StringIO()
    csv.writer(text).writerows((row + [""] * (width - len(row)))[:width] for row in rows)
    return text.getvalue().encode()


def _mapped(
    table: pl.DataFrame, column: str, read: Callable[[str], tuple[object, ...]], made: Mapping[str, Any]
) -> pl.DataFrame:
    """The table with what ``read`` makes of each different text of a column; null where it raises ``ValueError``."""
    rows = []
    for text in table[column].unique().cast(pl.String).to_list():
        try:
            rows.append((text, *read(text or "")))
        except ValueError:
            rows.append((text, *(None for _ in made)))
    plainly = {name: pl.String if kind is pl.Categorical else kind for name, kind in made.items()}
    found = pl.DataFrame(rows, schema={column: pl.String, **plainly}, orient="row")
    kinds: dict[str, Any] = {column: pl.Categorical, **made}
    found = found.cast(kinds)  # type: ignore[arg-type]
    return table.join(found, on=column, how="left", maintain_order="left", nulls_equal=True)


def _number(text: str) -> tuple[int]:
    value = float(text.strip().replace(",", ""))
    if not value.is_integer():  # nor is what is no number at all, or endless
        raise ValueError(text)
    return (int(value),)


def _code(text: str) -> tuple[str | None]:
    return (words(text).upper() or None,)


def _label(text: str, *, known: Mapping[str, str]) -> tuple[str]:
    said = words(text).replace(";", ",").replace("=", " ")
    return (known.get(plain(said), said) or "unknown",)
