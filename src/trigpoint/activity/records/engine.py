"""The port to whatever holds the records, and the one module that knows Ibis: about a dozen verbs, no more.

Tables and columns are opaque outside. DuckDB runs in this process by default, within a limit of memory and on so many
threads, and spills to disk. "spark" takes the session that runs, or makes a local one. Any backend of Ibis (Databricks,
Snowflake, PostgreSQL) may be given instead: no verb needs more than joins, sums and groups.
"""

from __future__ import annotations

import re
import shutil
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, TypeAlias

import polars as pl

from trigpoint.errors import InputError

Table: TypeAlias = Any
Column: TypeAlias = Any

DUCKDB, SPARK = "duckdb", "spark"
RAW, ROWS, CODE = "raw", "rows", "code"
_CSV = {"header": True, "delim": ",", "quote": '"', "escape": '"', "auto_detect": False, "store_rejects": True,
        "null_padding": False, "strict_mode": True}  # fmt: skip
_SPARK_CSV = {"header": True, "inferSchema": False, "sep": ",", "quote": '"', "escape": '"', "encoding": "UTF-8",
              "mode": "DROPMALFORMED"}  # fmt: skip


class Holds(Enum):
    """What the column of a table holds."""

    WORDS = "text"
    WHOLE = "whole numbers"
    NUMBERS = "numbers"
    FLAGS = "true and false"
    DAYS = "dates"
    MOMENTS = "times"
    OTHER = "something else"


@dataclass(frozen=True, slots=True)
class Limits:
    """What DuckDB may use: memory ("1200MB"), threads (all where ``None``), and the folder that it spills to."""

    memory: str = "1200MB"
    threads: int | None = None
    spill: Path | None = None


class UnreadableError(Exception):
    """The engine could not read or compute; its own words, in one line."""


class Engine:
    """An open connection. ``name`` is "duckdb", "pyspark" or that of another backend."""

    def __init__(self, backend: Any) -> None:
        self._backend = backend
        self.name: str = backend.name

    def parquet(self, paths: Sequence[Path]) -> Table:
        """The rows of Parquet files that have the same columns. Raises ``UnreadableError``."""
        with _failing():
            if self.name == DUCKDB:
                return self._backend.read_parquet([_literal(path) for path in paths])
            return self.union([self._backend.read_parquet(_literal(path)) for path in paths])

    def csv(self, path: Path, columns: Sequence[str], copy: Path) -> Table:
        """The rows of a CSV file, all as text, copied once to Parquet. Raises ``UnreadableError``."""
        with _failing():
            if self.name == DUCKDB:
                table = self._backend.read_csv(_literal(path), columns=dict.fromkeys(columns, "VARCHAR"), **_CSV)
            else:
                schema = ", ".join(f"`{name}` STRING" for name in columns)
                table = self._backend.read_csv(_literal(path), schema=schema, **_SPARK_CSV)
            self._backend.to_parquet(table, copy)
            return self._backend.read_parquet(str(copy))

    def columns(self, table: Table) -> dict[str, Holds]:
        """The columns of a table and what each holds."""
        return {name: _holds(kind) for name, kind in table.schema().items()}

    def renamed(self, table: Table, names: Mapping[str, str | int | None]) -> Table:
        """These columns under their new names; a number, or nothing, in every row where no column is named.

        Numbers are all of one type, and what is no number is missing.
        """
        import ibis  # noqa: PLC0415 - slow to import

        told = {}
        for name, own in names.items():
            if isinstance(own, str):
                told[name] = _plain(table[own])
            else:
                told[name] = ibis.null("string") if own is None else ibis.literal(own, type="int64")
        return table.select(**told)

    def as_days(self, table: Table, name: str) -> Table:
        """The column's times as dates, and its texts cut to ten characters, so that few are different."""
        holds = _holds(table.schema()[name])
        if holds is Holds.MOMENTS:
            return table.mutate(**{name: table[name].date()})
        return table.mutate(**{name: table[name].strip().substr(0, 10)}) if holds is Holds.WORDS else table

    def different(self, table: Table, name: str, most: int) -> pl.DataFrame:
        """The different values of a column (``raw``) and how many ``rows`` have each; at most ``most`` of them."""
        seen = table.select(**{RAW: table[name]})
        return self.collect(seen.group_by(RAW).aggregate(**{ROWS: seen.count()}).limit(most))

    def looked_up(self, table: Table, name: str, codes: pl.DataFrame, nothing: int | None, to: str) -> Table:
        """With a column ``to``: the ``code`` of each ``raw`` value, ``nothing`` where missing, none for the others."""
        import ibis  # noqa: PLC0415 - slow to import

        own, key = f"{to}_own", f"{to}_key"
        column = table[name]
        nothing_here = ibis.null("int64") if nothing is None else ibis.literal(nothing, type="int64")
        if codes.is_empty():
            return table.mutate(**{to: ibis.cases((column.isnull(), nothing_here), else_=ibis.null("int64"))})
        coded = ibis.memtable(codes.select(pl.col(RAW).alias(key), pl.col(CODE).cast(pl.Int64).alias(own)))
        joined = table.left_join(coded, column == coded[key])
        told = ibis.cases((joined[name].isnull(), nothing_here), else_=joined[own])
        return joined.select(*table.columns, **{to: told})

    def added(self, table: Table, names: Sequence[str], to: str) -> Table:
        """With a column ``to``, the sum of columns; missing where any of them is."""
        total = table[names[0]]
        for name in names[1:]:
            total = total + table[name]
        return table.mutate(**{to: total})

    def complete(self, table: Table, names: Sequence[str]) -> Table:
        """The rows in which none of these columns is missing."""
        return table.filter([table[name].notnull() for name in names])

    def add_up(self, table: Table, keys: Sequence[str], sums: Mapping[str, Sequence[str]]) -> Table:
        """One row for each combination of the keys: how many ``rows``, and the sums of products of columns."""
        told = {ROWS: table.count()}
        for name, factors in sums.items():
            product = table[factors[0]].cast("int64")
            for factor in factors[1:]:
                product = product * table[factor].cast("int64")
            told[name] = product.sum().cast("int64")
        return table.group_by(list(keys)).aggregate(**told)

    def union(self, tables: Sequence[Table]) -> Table:
        """All rows of tables that have the same columns."""
        first, *others = tables
        return first.union(*others) if others else first

    def pick(self, table: Table, names: Sequence[str]) -> Table:
        """Only these columns, as whole numbers."""
        return table.select(**{name: table[name].cast("int64") for name in names})

    def collect(self, table: Table) -> pl.DataFrame:
        """The rows in memory. Raises ``UnreadableError`` with the engine's words."""
        with _failing():
            frame: pl.DataFrame = table.to_polars()
            return frame

    def lines_left_out(self) -> dict[str, int]:
        """Lines of CSV files, by path, that DuckDB could not read (too many or too few values, not UTF-8)."""
        if self.name != DUCKDB:
            return {}
        run = self._backend.con.execute
        if not run("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'reject_errors'").fetchall()[0][0]:
            return {}
        query = "SELECT file_path, count(DISTINCT line) FROM reject_errors JOIN reject_scans USING (scan_id, file_id)"
        return dict(run(f"{query} GROUP BY ALL").fetchall())


@contextmanager
def opened(engine: str | Any, limits: Limits) -> Iterator[Engine]:
    """An engine by name ("duckdb", "spark"), or of a backend of Ibis that is connected already and stays so.

    Raises ``InputError`` for an unknown name and where Spark, or the Java that it needs, is not installed.
    """
    if isinstance(engine, str) and engine not in (DUCKDB, SPARK):
        raise InputError(f"the engine “{engine}” is unknown", remedy="use duckdb or spark, or give a backend of Ibis")
    if not isinstance(engine, str):
        yield Engine(engine)
    elif engine == DUCKDB:
        backend = _duckdb(limits)
        try:
            yield Engine(backend)
        finally:
            backend.disconnect()
    else:
        yield Engine(_spark())


def backend_of(table: Any) -> Any:
    """The backend of a table that is given instead of files; ``None`` for anything else."""
    find = getattr(table, "get_backend", None)
    return find() if find is not None and hasattr(table, "schema") else None


def _holds(kind: Any) -> Holds:
    for is_kind, holds in (
        (kind.is_boolean(), Holds.FLAGS),
        (kind.is_integer(), Holds.WHOLE),
        (kind.is_numeric(), Holds.NUMBERS),
        (kind.is_string() or kind.is_null(), Holds.WORDS),
        (kind.is_date(), Holds.DAYS),
        (kind.is_timestamp(), Holds.MOMENTS),
    ):
        if is_kind:
            return holds
    return Holds.OTHER


def _plain(column: Column) -> Column:
    import ibis  # noqa: PLC0415 - slow to import

    if _holds(column.type()) is not Holds.NUMBERS:
        return column
    number = column.cast("float64")
    return ibis.cases((number.isnan(), ibis.null("float64")), else_=number)


def _literal(path: Path) -> str:
    """A path without anything that would be read as a pattern."""
    return re.sub(r"([*?\[])", r"[\1]", str(path))


def _duckdb(limits: Limits) -> Any:
    import ibis  # noqa: PLC0415 - slow to import

    given = {"memory_limit": limits.memory, "threads": limits.threads, "preserve_insertion_order": False}
    if limits.spill is not None:
        given["temp_directory"] = str(limits.spill)
    try:
        return ibis.duckdb.connect(**{name: value for name, value in given.items() if value is not None})
    except Exception as error:
        what = f"DuckDB cannot be started ({_one_line(error)})"
        raise InputError(what, remedy="check the limits of memory and threads") from None


def _spark() -> Any:
    remedy = "install trigpoint[spark] and Java 17, or use duckdb"
    with _quiet():
        try:
            import ibis  # noqa: PLC0415
            from pyspark.errors import PySparkException  # noqa: PLC0415
            from pyspark.sql import SparkSession  # noqa: PLC0415
        except ImportError:
            raise InputError("Spark is not installed", remedy=remedy) from None
        if shutil.which("java") is None and SparkSession.getActiveSession() is None:
            raise InputError("Spark needs Java, which is not found", remedy=remedy)
        try:
            session = SparkSession.getActiveSession() or SparkSession.builder.appName("trigpoint").getOrCreate()
            return ibis.pyspark.connect(session)
        except (PySparkException, RuntimeError, OSError) as error:
            raise InputError(f"Spark cannot be started ({_one_line(error)})", remedy=remedy) from None


@contextmanager
def _quiet() -> Iterator[None]:
    """PySpark warns of versions of pandas that it is not tested with; nothing of pandas is used for numbers."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextmanager
def _failing() -> Iterator[None]:
    with _quiet():
        try:
            yield
        except Exception as error:  # each engine has errors of its own, and Ibis does not make them one
            raise UnreadableError(_one_line(error)) from error


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
