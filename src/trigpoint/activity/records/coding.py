"""The different values of columns as numbers, so that an engine groups by one or two whole numbers only.

Each column's different values are asked of the engine once, judged here, and numbered in their order. The numbers of
all columns make one key, digit by digit in a mixed base; a value that cannot be used has no number, and neither has the
key of its row. Grouping by such a key takes a third of the time and of the memory of grouping by the columns.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl

from trigpoint.activity.records.cleaning import WRONG, Raw, Value, Wrong
from trigpoint.activity.records.engine import CODE, RAW, ROWS, Engine, Table

LARGEST = 2**62


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """The different values of one column: each raw one with its rows and what it is taken for."""

    column: str
    raw: pl.DataFrame
    values: tuple[Value | Wrong, ...]

    @classmethod
    def of(cls, column: str, raw: pl.DataFrame, clean: Callable[[Raw], Value | Wrong]) -> Seen:
        """``raw`` has the columns ``raw`` and ``rows``."""
        return cls(column, raw, tuple(clean(value) for value in raw[RAW].to_list()))

    def wrong(self) -> list[tuple[Raw, int]]:
        """The values that cannot be used and their rows, the most frequent first."""
        told = [(raw, rows) for (raw, rows), value in zip(self.raw.select(RAW, ROWS).rows(), self.values, strict=True)
                if value is WRONG]  # fmt: skip
        return sorted(told, key=lambda one: (-one[1], str(one[0])))


@dataclass(frozen=True, slots=True)
class Lookup:
    """The ``code`` of each ``raw`` value of a column of one table, and the code where it is missing."""

    codes: pl.DataFrame
    nothing: int | None

    @classmethod
    def of(cls, raw: pl.DataFrame, codes: Sequence[int | None]) -> Lookup:
        frame = raw.select(RAW, pl.Series(CODE, codes, dtype=pl.Int64))
        missing = frame.filter(pl.col(RAW).is_null())[CODE].to_list()
        return cls(frame.drop_nulls(), missing[0] if missing else None)


@dataclass(frozen=True, slots=True, eq=False)
class Coding:
    """An attribute, its column, its values in order, and the look-up of each table. Without values it only tells which
    rows can be used."""

    name: str
    column: str
    values: tuple[Value, ...]
    lookups: tuple[Lookup, ...]

    @property
    def base(self) -> int:
        return max(len(self.values), 1)


def attribute_coding(name: str, seen: Sequence[Seen], told: Callable[[Value], Value]) -> Coding:
    """Numbers in the order of what ``told`` makes of the values of all tables, a missing one first."""
    said = [[value if isinstance(value, Wrong) else told(value) for value in one.values] for one in seen]
    there = {value for values in said for value in values if not isinstance(value, Wrong)}
    values = sorted(there, key=lambda value: (value is not None, value))
    place = {value: at for at, value in enumerate(values)}
    lookups = (
        Lookup.of(one.raw, [None if isinstance(value, Wrong) else place[value] for value in own])
        for one, own in zip(seen, said, strict=True)
    )
    return Coding(name, seen[0].column, tuple(values), tuple(lookups))


def number_coding(name: str, seen: Sequence[Seen]) -> Coding:
    """A column of whole numbers, each its own code, and 0 where missing."""
    return _coding(name, seen, lambda value: int(value or 0))


def usable_coding(name: str, seen: Sequence[Seen], usable: Callable[[Value], bool]) -> Coding:
    """0 for a value that can be used and is one of those wanted, no code for the others."""
    return _coding(name, seen, lambda value: 0 if usable(value) else None)


def _coding(name: str, seen: Sequence[Seen], code: Callable[[Value], int | None]) -> Coding:
    lookups = (
        Lookup.of(one.raw, [None if isinstance(value, Wrong) else code(value) for value in one.values]) for one in seen
    )
    return Coding(name, seen[0].column, (), tuple(lookups))


def coded(engine: Engine, table: Table, one: Coding, at: int, factor: int = 1) -> tuple[Table, str]:
    """The ``at``-th table with the codes of an attribute times a factor, and their column."""
    name, lookup = f"{one.name}_code", one.lookups[at]
    nothing = None if lookup.nothing is None else lookup.nothing * factor
    codes = lookup.codes.with_columns(pl.col(CODE) * factor)
    return engine.looked_up(table, one.column, codes, nothing, name), name


def keyed(engine: Engine, table: Table, codings: Sequence[Coding], at: int) -> tuple[Table, list[str]]:
    """The ``at``-th table with the keys of all attributes: the first the most significant, in few whole numbers."""
    keys = []
    for number, group in enumerate(packed(codings)):
        names = []
        for one, factor in group:
            table, name = coded(engine, table, one, at, factor)
            names.append(name)
        keys.append(f"key_{number}")
        table = engine.added(table, names, keys[-1])
    return table, keys


def packed(codings: Sequence[Coding]) -> list[list[tuple[Coding, int]]]:
    """The attributes of each key, with what their codes are multiplied by."""
    groups: list[list[Coding]] = [[]]
    size = 1
    for one in codings:
        base = one.base
        if size * base > LARGEST:
            groups.append([])
            size = 1
        groups[-1].append(one)
        size *= base
    told = []
    for group in groups:
        factor, pairs = 1, []
        for one in reversed(group):
            pairs.append((one, factor))
            factor *= one.base
        told.append(pairs[::-1])
    return told


def decoded(frame: pl.DataFrame, codings: Sequence[Coding]) -> list[pl.Series]:
    """The values of every attribute from the keys of a frame (``key_0``, …); words as ``Enum``."""
    told = []
    for at, group in enumerate(packed(codings)):
        for one, factor in (pair for pair in group if pair[0].values):
            place = (frame[f"key_{at}"] // factor) % one.base
            told.append(_series(one).gather(place).alias(one.name))
    return told


def _series(one: Coding) -> pl.Series:
    """The values in the order of their codes; words as one of a fixed set, which takes little room."""
    if one.name in ("age", "month"):
        return pl.Series(one.name, list(one.values), dtype=pl.Int32)
    words = [str(value) for value in one.values]
    return pl.Series(one.name, words, dtype=pl.Enum(words))
