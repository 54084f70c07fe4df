"""What belongs to which series: targets, directions and rebases given for all, or for series by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, SupportsFloat

import polars as pl

from trigpoint.errors import InputError
from trigpoint.measures.spc.dates import day_of
from trigpoint.measures.spc.rebases import Recentre
from trigpoint.measures.statistics.frames import read
from trigpoint.plans.model import Polarity
from trigpoint.wording import listed

Key = tuple[Any, ...]
_MOST_NAMED = 5
_POLARITIES = {word: way for way in Polarity for word in (way.value, way.value.split()[0])}


@dataclass(frozen=True, slots=True)
class RebaseAt:
    """From this date on, centre and limits are made anew, and why and on whose word.

    ``when`` is a date or a period in words. ``series`` is the value of the grouping column (a tuple where there are
    several), ``None`` for all series.
    """

    when: Any
    reason: str = ""
    by: str = ""
    series: Any = None


@dataclass(frozen=True, eq=False)
class SeriesKeys:
    """The series by the values of their grouping columns, in the order of the charts."""

    by: tuple[str, ...]
    keys: tuple[Key, ...]

    def place(self, name: Any, of: str) -> int:
        """The number of the series of that name. Raises InputError naming what it was given for, and the series."""
        key = tuple(name) if isinstance(name, tuple) else (name,)
        places = self._places
        found = places.get(key, places.get(tuple(map(str, key))))
        if found is None:
            shown = (
                listed([_words(each) for each in self.keys[:_MOST_NAMED]]) or "none: no column to group by was given"
            )
            more = f" and {len(self.keys) - _MOST_NAMED:,} more" if len(self.keys) > _MOST_NAMED else ""
            if not self.by:
                shown, more = "not told apart: give the column to group by", ""
            raise InputError(
                f"{of} is given for “{_words(key)}”, which is no series", remedy=f"the series are {shown}{more}"
            )
        return found

    @property
    def _places(self) -> dict[Key, int]:
        text = {tuple(map(str, key)): place for place, key in enumerate(self.keys)}
        return {**text, **{key: place for place, key in enumerate(self.keys)}} if self.by else {}


def _words(key: Key) -> str:
    return ", ".join(map(str, key))


def targets_of(target: object, keys: SeriesKeys) -> list[float]:
    """One target a series, NaN where there is none, from one number or a mapping of series to numbers."""
    if isinstance(target, Mapping):
        found = [float("nan")] * len(keys.keys)
        for name, value in target.items():
            found[keys.place(name, "a target")] = _number(value)
        return found
    return [_number(target)] * len(keys.keys)


def _number(target: object) -> float:
    if target is None:
        return float("nan")
    if isinstance(target, (bool, str)) or not isinstance(target, SupportsFloat):
        raise InputError(
            f"the target “{target}” is no number", remedy="give a number, a column or a number for each series"
        )
    return float(target)


def polarities_of(polarity: object, keys: SeriesKeys) -> Polarity | list[Polarity]:
    """The better direction for all series, or one a series from a mapping (series left out: neither)."""
    if not isinstance(polarity, Mapping):
        return _polarity(polarity)
    found = [Polarity.NEITHER] * len(keys.keys)
    for name, value in polarity.items():
        found[keys.place(name, "a direction")] = _polarity(value)
    return found


def _polarity(word: object) -> Polarity:
    if isinstance(word, Polarity):
        return word
    found = _POLARITIES.get(str(word).strip().lower())
    if found is None:
        raise InputError(f"“{word}” is no better direction", remedy="say higher, lower or neither")
    return found


def recentres_of(rebases: object, keys: SeriesKeys) -> list[Recentre]:
    """Rebases as arrays know them, from whatever they were given as.

    One date or several, for all series; a mapping of series to dates; ``RebaseAt`` rows; or a table with a column
    ``date`` and, where wanted, ``reason``, ``author`` and the grouping columns.
    """
    return [_recentre(row, keys) for row in _rows(rebases, keys)]


def _recentre(row: RebaseAt, keys: SeriesKeys) -> Recentre:
    day = day_of(row.when)
    if day is None:
        raise InputError(
            f"a rebase is given for “{row.when}”, which is no date", remedy="write it as 2026-04-01 or April 2026"
        )
    series = None if row.series is None else keys.place(row.series, "a rebase")
    return Recentre(day, row.reason, row.by, series, str(row.when))


def _rows(rebases: object, keys: SeriesKeys) -> list[RebaseAt]:
    if rebases is None:
        return []
    if isinstance(rebases, RebaseAt):
        return [rebases]
    if (
        isinstance(rebases, pl.DataFrame)
        or hasattr(rebases, "columns")
        or (isinstance(rebases, Mapping) and "date" in rebases)
    ):
        return _from_table(rebases, keys)
    if isinstance(rebases, Mapping):
        return [
            RebaseAt(row.when, row.reason, row.by, name) for name, own in rebases.items() for row in _rows(own, keys)
        ]
    if isinstance(rebases, Sequence) and not isinstance(rebases, str):
        return [row for each in rebases for row in _rows(each, keys)]
    return [RebaseAt(rebases)]


def _from_table(table: object, keys: SeriesKeys) -> list[RebaseAt]:
    rows = []
    for row in read(table).frame.iter_rows(named=True):
        own = tuple(row.get(name) for name in keys.by)
        series = own if own and all(each is not None for each in own) else None
        rows.append(RebaseAt(row.get("date"), str(row.get("reason") or ""), str(row.get("author") or ""), series))
    return rows
