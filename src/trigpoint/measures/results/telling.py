"""One series as it is told: every period, the standing, the year to date, the recent trend."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import isnan
from typing import overload

from trigpoint.measures.book.book import AimKind
from trigpoint.measures.definitions.definition import PeriodType
from trigpoint.measures.results.arrays import Arrays, Series
from trigpoint.measures.results.judging import standings_of
from trigpoint.measures.results.result import PeriodResult, TargetStanding
from trigpoint.measures.results.timeline import stepped
from trigpoint.measures.results.values import DASH, exact_value, shown
from trigpoint.measures.results.year import year_to_date
from trigpoint.periods.calendar import FinancialYear, Period, Quarter

# A trajectory is told to its own end, and no further than this many periods beyond the latest figure.
MOST_AHEAD = 240


def period_result(series: Series, arrays: Arrays, number: int) -> PeriodResult:
    """One period of a series: what was counted, the value with its interval, the targets, and why there is no value."""
    cells, period = series.cells, period_at(series, number)
    aims = tuple(_aims(series, number, period))
    row = cells.rows.get(number) if cells is not None else None
    if row is None or cells is None or series.first is None or number < series.first:
        return PeriodResult(period, None, None, None, None, None, DASH, None, aims)
    if number in cells.reasons:
        return PeriodResult(
            period, None, None, None, None, None, DASH, row.status, aims, row.illustrative, cells.reasons[number]
        )
    at = series.offset + number - series.first
    exact = exact_value(series.definition, row)
    return PeriodResult(
        period,
        row.numerator,
        row.denominator,
        _known(arrays.values[at]),
        _known(arrays.lower[at]),
        _known(arrays.upper[at]),
        shown(series.definition, exact if isinstance(exact, Fraction) else None),
        row.status,
        aims,
        row.illustrative,
        "",
        row.note,
    )


class Periods(Sequence[PeriodResult]):
    """The periods of a series in order of time, each made when it is first asked for and kept."""

    def __init__(self, series: Series, arrays: Arrays, numbers: range) -> None:
        self._series, self._arrays, self._numbers = series, arrays, numbers
        self._made: dict[int, PeriodResult] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, at: int) -> PeriodResult: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[PeriodResult, ...]: ...
    def __getitem__(self, at: int | slice) -> PeriodResult | tuple[PeriodResult, ...]:
        if isinstance(at, slice):
            return tuple(self._of(number) for number in self._numbers[at])
        return self._of(self._numbers[at])

    def _of(self, number: int) -> PeriodResult:
        if number not in self._made:
            self._made[number] = period_result(self._series, self._arrays, number)
        return self._made[number]


def _known(value: float) -> float | None:
    return None if isnan(value) else float(value)


def _aims(series: Series, number: int, period: Period) -> list[tuple[AimKind, float]]:
    if series.goals is None:
        return []
    targets = [(kind, series.goals.of_one_period(kind, number, period)) for kind in AimKind]
    return [(kind, float(target.value)) for kind, target in targets if target is not None]


def period_at(series: Series, number: int) -> Period:
    """The period with a running number, of a series with or without figures."""
    if series.cells is not None:
        return stepped(series.cells.base, number - series.cells.base_number)
    goals = series.goals
    if goals is None or not goals.periods:
        return FinancialYear(number)
    first = min(goals.periods)
    return stepped(goals.periods[first], number - first)


def numbers_told(series: Series, horizon: int | None) -> range:
    """The periods that a series tells: from its first figure or target to its last, or to the horizon.

    ``horizon`` is how far standing rules and standards are told; points of a trajectory are told to their end.
    """
    points = sorted(series.goals.periods) if series.goals else []
    known = [number for number in (series.first, series.last, *points[:1], *points[-1:]) if number is not None]
    if not known:
        return range(0)
    start = min(known) if series.first is None or not points else max(min(known), series.first - MOST_AHEAD)
    end = max(known)
    goals = series.goals
    if goals is not None and horizon is not None and (goals.spells or any(line.rules for line in goals.lines.values())):
        end = max(end, horizon)
    return range(start, min(end, (series.last if series.last is not None else start) + MOST_AHEAD) + 1)


def horizon_of(series: Series, year_end: FinancialYear | None) -> int | None:
    """The running number up to which standards are told: the plan's last year, else the latest figure's own year."""
    if series.cells is None or series.last is None:
        return None
    period = period_at(series, series.last)
    year = FinancialYear.of(period.end)
    last = max(year, year_end) if year_end is not None else year
    match series.definition.period_type:
        case PeriodType.MONTH:
            return series.last + (last.end.year - period.end.year) * 12 + last.end.month - period.end.month
        case PeriodType.QUARTER:
            return series.last + 4 * (last.first - year.first) + 4 - Quarter.of(period.end).number
        case _:
            return series.last + last.first - year.first


def standings(series: Series) -> tuple[TargetStanding, ...]:
    """The latest figure against each target of its period."""
    return standings_of(series.definition, series.cells, series.last, series.goals)


def so_far(series: Series) -> PeriodResult | None:
    """The year to date by the definition's own rule."""
    if series.cells is None or series.last is None or series.last in series.cells.reasons:
        return None
    return year_to_date(series.definition, series.cells, series.last, series.goals)
