"""The times of a series' points: days or printed periods, which of them are missing, and how they are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from typing import Any, overload

import numpy as np
import polars as pl

from trigpoint.errors import InputError
from trigpoint.measures.spc.layout import Integers, Truths
from trigpoint.measures.statistics.frames import require
from trigpoint.periods.calendar import Month
from trigpoint.periods.labels import long_date, parse_period, period_of

_EPOCH = date(1970, 1, 1)
_MOST_GAPS = 0.1  # with more gaps than one step in ten, a guessed step is no step at all


class Step(Enum):
    """How far apart the points of a series are. The name is the noun for one point."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_DAYS = {Step.DAY: 1, Step.WEEK: 7}
_MONTHS = {Step.MONTH: 1, Step.QUARTER: 3, Step.YEAR: 12}


@dataclass(frozen=True, eq=False, slots=True)
class Times:
    """One time a row: ``days`` since 1970, and the words it was given in where it is no date."""

    days: Integers
    words: pl.Series | None

    def at(self, order: Integers) -> Times:
        """The times in another order."""
        return Times(self.days[order], None if self.words is None else self.words.gather(order))


def read_times(frame: pl.DataFrame, column: str) -> Times:
    """The column's days; text may be days as 2026-04-01 (an hour after them is passed over) or periods ("April 2026",
    "2026/27 Q1"), not 01/04/2026.

    Raises InputError naming column and row where one is empty, or is neither.
    """
    require(frame, column)
    given = frame[column]
    if given.null_count():
        row = int(given.is_null().arg_true()[0]) + 1
        raise InputError(f"column '{column}' is empty in row {row:,}", remedy="give every row its date")
    if isinstance(given.dtype, (pl.Date, pl.Datetime)):
        return Times(given.cast(pl.Date).to_physical().cast(pl.Int64).to_numpy(), None)
    if given.dtype != pl.String:
        raise InputError(
            f"column '{column}' holds {given.dtype} values, not dates", remedy="give dates, or periods as text"
        )
    different = given.unique(maintain_order=True)
    found = [day_of(text) for text in different.to_list()]
    if None in found:
        text = different[found.index(None)]
        row = int((given == text).arg_true()[0]) + 1
        raise InputError(
            f"column '{column}' holds “{text}” in row {row:,}, which is no date",
            remedy="write it as 2026-04-01 or April 2026",
        )
    days = given.replace_strict(different, pl.Series(found, dtype=pl.Int64), return_dtype=pl.Int64)
    return Times(days.to_numpy(), None if _is_day(different[0]) else given)


def _is_day(text: str | None) -> bool:
    """Whether the text is laid out as 2026-04-01, with or without an hour after it (2026-04-01T09:30)."""
    words = str(text or "")
    return len(words) >= 10 and words[4] == "-" and (len(words) == 10 or words[10] in "T ")


def day_of(when: Any) -> int | None:
    """The first day of a date or of a period in words, as days since 1970; ``None`` where it is neither.

    >>> day_of("1970-01-02"), day_of("January 1970"), day_of("01/02/1970")
    (1, 0, None)
    """
    if isinstance(when, date):
        return date(when.year, when.month, when.day).toordinal() - _EPOCH.toordinal()
    text = str(when)
    if _is_day(text):
        try:
            return date.fromisoformat(text[:10]).toordinal() - _EPOCH.toordinal()
        except ValueError:
            return None
    period = period_of(text)
    return None if period is None else period.start.toordinal() - _EPOCH.toordinal()


def _months(days: Integers) -> Integers:
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def step_of(days: Integers, inner: Truths) -> Step | None:
    """The step that most neighbouring points are apart, ``None`` where there is no such step.

    ``inner`` marks the points that have one before them in their series.
    """
    if not inner.any():
        return None
    before = np.flatnonzero(inner) - 1
    day = days - _months(days).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    next_day = _months(days + 1) != _months(days)
    monthly = bool((day == day[0]).all() or next_day.all())
    units = _months(days) if monthly else days
    apart = units[before + 1] - units[before]
    usual, times = np.unique(apart, return_counts=True)
    step = next((each for each, size in (_MONTHS if monthly else _DAYS).items() if size == usual[times.argmax()]), None)
    gaps = (missing_before(days, inner, step) > 0).sum() if step else 0
    return step if gaps <= _MOST_GAPS * len(before) or gaps == 1 else None


def missing_before(days: Integers, inner: Truths, step: Step | None) -> Integers:
    """How many periods are missing before each point, 0 where there is no step."""
    if step is None:
        return np.zeros(len(days), dtype=np.int64)
    units, size = (_months(days), _MONTHS[step]) if step in _MONTHS else (days, _DAYS[step])
    apart = np.diff(units, prepend=units[:1])
    return np.where(inner, np.maximum(apart // size - 1, 0), 0)


@dataclass(frozen=True, eq=False, slots=True)
class Labels(Sequence[str]):
    """The times as printed, made when they are asked for."""

    times: Times
    step: Step | None
    _names: dict[int, str] = field(default_factory=dict)  # many series share their days

    def __len__(self) -> int:
        return len(self.times.days)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [self[place] for place in range(*at.indices(len(self)))]
        if self.times.words is not None:
            return str(self.times.words[int(at)])
        return self.name(int(self.times.days[at]))

    def name(self, day: int) -> str:
        """A day as the points of this step are named: a month by its name."""
        if day not in self._names:
            when = _EPOCH + timedelta(days=day)
            self._names[day] = Month.of(when).label if self.step is Step.MONTH else long_date(when)
        return self._names[day]

    def missing(self, place: int, count: int) -> tuple[str, ...]:
        """The names of the periods missing just before a point."""
        if self.times.words is not None:
            before = parse_period(str(self.times.words[place - 1]))
            following = [before + more for more in range(1, count + 1)]
            return tuple(period.label for period in following)
        start = int(self.times.days[place])
        if self.step in _DAYS:
            return tuple(self.name(start - back * _DAYS[self.step]) for back in range(count, 0, -1))
        size = _MONTHS[self.step or Step.MONTH]
        month = int(_months(np.array([start]))[0])
        first = [np.datetime64(month - back * size, "M") for back in range(count, 0, -1)]
        return tuple(self.name(int(each.astype("datetime64[D]").astype(np.int64))) for each in first)
