"""All series of a book as long arrays: values and intervals of every period, computed together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import nan

import numpy as np

from trigpoint.measures.definitions.definition import Definition, IntervalMethod, Statistic
from trigpoint.measures.results.aims import Goals
from trigpoint.measures.results.cells import Cells, Key
from trigpoint.measures.results.values import Floats, array_values
from trigpoint.measures.statistics import intervals
from trigpoint.places.model import Place

# More periods than any plan has: one wrong year among the periods must not make a series of a million.
MOST_POINTS = 2400
_BY_COUNT = frozenset((Statistic.COUNT, Statistic.RATE, Statistic.ISR_RATIO))


@dataclass(frozen=True, eq=False, slots=True)
class Series:
    """One indicator in one place for one group, with its part of the long arrays.

    ``first`` and ``last`` are the running numbers of the first and last entered period, ``None`` where nothing was
    entered; period ``first`` stands at ``offset``.
    """

    at: int
    key: Key
    definition: Definition
    place: Place
    cells: Cells | None
    goals: Goals | None
    first: int | None
    last: int | None
    offset: int

    @property
    def length(self) -> int:
        return 0 if self.first is None or self.last is None else self.last - self.first + 1

    @property
    def points(self) -> slice:
        return slice(self.offset, self.offset + self.length)


@dataclass(frozen=True, eq=False, slots=True)
class Arrays:
    """Numerators, denominators, values and limits of all series one after another; NaN where there is none."""

    numerators: Floats
    denominators: Floats
    values: Floats
    lower: Floats
    upper: Floats


def laid_out(
    found: Mapping[Key, Cells],
    goals: Mapping[Key, Goals],
    definitions: Mapping[str, Definition],
    places: Mapping[str, Place],
) -> tuple[Series, ...]:
    """The series in the order of their definitions, then as they were met; those with targets alone come too."""
    order = {indicator: at for at, indicator in enumerate(definitions)}
    keys = sorted(dict.fromkeys((*found, *goals)), key=lambda key: order[key.indicator])
    made: list[Series] = []
    offset = 0
    for at, key in enumerate(keys):
        cells = found.get(key)
        first = last = None
        if cells is not None and cells.rows:
            last = max(cells.rows)
            first = max(min(cells.rows), last - MOST_POINTS + 1)
        series = Series(
            at, key, definitions[key.indicator], places[key.place], cells, goals.get(key), first, last, offset
        )
        made.append(series)
        offset += series.length
    return tuple(made)


def computed(series: Sequence[Series]) -> Arrays:
    """Values and intervals of all series at once."""
    size = sum(each.length for each in series)
    tops, bottoms, entered = (np.full(size, np.nan) for _ in range(3))
    _fill(series, tops, bottoms, entered)
    values, lower, upper = (np.full(size, np.nan) for _ in range(3))
    lengths = [each.length for each in series]
    multipliers = np.repeat(np.array([float(each.definition.multiplier) for each in series]), lengths)
    kinds = [(each.definition.statistic, each.definition.interval, each.definition.level) for each in series]
    codes = {kind: at for at, kind in enumerate(dict.fromkeys(kinds))}
    own = np.repeat(np.array([codes[kind] for kind in kinds], dtype=np.intp), lengths)
    for (statistic, method, level), code in codes.items():
        where = np.flatnonzero(own == code)
        top, bottom, factor = tops[where], bottoms[where], multipliers[where]
        values[where] = array_values(statistic, factor, top, bottom, entered[where])
        if method is IntervalMethod.USUAL:
            lower[where], upper[where] = _limits(statistic, level, top, bottom, factor)
    return Arrays(tops, bottoms, values, lower, upper)


def _fill(series: Sequence[Series], tops: Floats, bottoms: Floats, entered: Floats) -> None:
    at: list[int] = []
    parts: tuple[list[float], list[float], list[float]] = ([], [], [])
    for each in series:
        if each.cells is None or each.first is None:
            continue
        reasons, shift, first = each.cells.reasons, each.offset - each.first, each.first
        counts = each.definition.statistic is Statistic.COUNT
        for number, row in each.cells.rows.items():
            if number in reasons or number < first:
                continue
            at.append(number + shift)
            top = row.numerator if row.numerator is not None or not counts else row.value
            for values, part in zip(parts, (top, row.denominator, row.value), strict=True):
                values.append(_float(part))
    for array, values in zip((tops, bottoms, entered), parts, strict=True):
        array[at] = values


def _float(value: Decimal | None) -> float:
    return nan if value is None else float(value)


def _limits(
    statistic: Statistic, level: float, top: Floats, bottom: Floats, factor: Floats
) -> tuple[Floats, Floats] | tuple[float, float]:
    """Limits of the usual method; none for what has none from its parts alone."""
    if statistic is Statistic.PROPORTION:
        lower, upper = intervals.wilson(top, bottom, level)
        return lower * factor, upper * factor
    if statistic not in _BY_COUNT:
        return nan, nan
    lower, upper = intervals.poisson(top, level)
    if statistic is Statistic.COUNT:
        return lower, upper
    with np.errstate(divide="ignore", invalid="ignore"):
        return lower * factor / bottom, upper * factor / bottom
