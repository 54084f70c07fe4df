"""Forecast outturns of many series: the estimate of each label's series, told one by one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trigpoint.activity.outturn.arrays import Floats, cube
from trigpoint.activity.outturn.estimate import ALL, Estimate, estimate
from trigpoint.activity.outturn.history import History
from trigpoint.activity.outturn.intervals import LEVELS
from trigpoint.activity.outturn.methods import BASE, Method
from trigpoint.activity.outturn.notes import Seen, notes_of
from trigpoint.activity.outturn.result import Interval, Outturn, Outturns
from trigpoint.errors import InputError
from trigpoint.periods import FinancialYear

MONTHS = 12


def forecast_outturn(
    histories: Sequence[History],
    year: FinancialYear,
    months_known: int,
    *,
    method: Method = Method.AVERAGE,
    screening: bool = True,
) -> Outturns:
    """What ``year`` will come to for each series, from its first ``months_known`` months and the years before.

    Series of one label are pooled; later months of the year are not looked at. Each ``Outturn`` has the value, the
    months still to come, an 80% and a 95% interval, what every method says, and notes on months that were missing,
    filled or screened (``screening=False`` takes all as they are). A series that cannot be forecast has no value and
    the reason; the others are computed. With 12 months the outturn is their sum. Raises ``InputError`` for no month or
    more than 12, for no histories, and for a series given twice. Method: ``docs/methods-outturn.md``.

    >>> from trigpoint.periods import Month
    >>> steady = [100.0] * 12 + [120.0] * 12 + [126.0] * 5
    >>> (one,) = forecast_outturn([History("RNA", "A&E", Month(2016, 4), tuple(steady))], FinancialYear(2018), 5)
    >>> round(one.value), [round(month) for month in one.trajectory[4:7]]
    (1512, [126, 126, 126])
    >>> one.notes[0]
    'There is one series only, so its profile is its own and nothing is pooled.'
    """
    check(histories, months_known)
    results: list[Outturn | None] = [None] * len(histories)
    for rows in by_label(histories):
        group = [histories[row] for row in rows]
        for row, told in zip(rows, _of_label(group, year, months_known, method, screening), strict=True):
            results[row] = told
    return Outturns(year, months_known, tuple(one for one in results if one is not None))


def check(histories: Sequence[History], months_known: int) -> None:
    """Raises ``InputError`` for what no forecast can be made of."""
    if not histories:
        raise InputError("there are no series to forecast", remedy="give at least one history")
    if not 1 <= months_known <= MONTHS:
        what = f"a forecast outturn needs 1 to 12 known months, not {months_known}"
        raise InputError(
            what, remedy="without a month of the year, grow last year instead" if not months_known else None
        )
    keys = [(one.organisation, one.label) for one in histories]
    if len(set(keys)) < len(keys):
        twice = next(one for one in histories if keys.count((one.organisation, one.label)) > 1)
        raise InputError(f"{twice.name} is given twice", remedy="put its months into one history")


def by_label(histories: Sequence[History]) -> list[list[int]]:
    """The places of the series of each label, in order of first appearance."""
    places: dict[str, list[int]] = {}
    for at, one in enumerate(histories):
        places.setdefault(one.label, []).append(at)
    return list(places.values())


def cut(values: Floats, months_known: int) -> Floats:
    """The months of the last year after the known ones made unknown."""
    seen = values.copy()
    seen[:, -1, months_known:] = np.nan
    return seen


def _of_label(
    group: list[History], year: FinancialYear, months_known: int, method: Method, screening: bool
) -> list[Outturn]:
    first, values = cube(group, year)
    seen = cut(values, months_known)
    if months_known == MONTHS:
        return [_whole(one, year, seen[at]) for at, one in enumerate(group)]
    made = estimate(seen, first, months_known, screening=screening)
    value, used = _asked(made, method)
    ranges = [_intervals(made, used, value, np.nansum(seen[:, -1], axis=1), level, months_known) for level in LEVELS]
    weights = zip(BASE, made.weighing.weights.tolist(), strict=True)
    asked = _Asked(first, year, months_known, method, seen, made, tuple((one, part) for one, part in weights if part))
    spread = _trajectories(seen[:, -1], value, made.pattern).tolist()
    return [
        _told(asked, one, at, ALL[used[at]], value[at], (ranges[0][at], ranges[1][at]), tuple(spread[at]))
        if np.isfinite(value[at])
        else _refused(one, year, months_known, seen[at, -1])
        for at, one in enumerate(group)
    ]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked of the series of one label, and what all of them share."""

    first: FinancialYear
    year: FinancialYear
    months_known: int
    method: Method
    seen: Floats
    made: Estimate
    weights: tuple[tuple[Method, float], ...]


def _told(
    asked: _Asked, one: History, at: int, used: Method, value: float, ranges: tuple[Interval, Interval],
    trajectory: tuple[float, ...],
) -> Outturn:  # fmt: skip
    months, made = asked.seen[at], asked.made
    last_year = float(months[-2].sum()) if len(months) > 1 else math.nan
    forecasts = zip(ALL, made.forecasts[:, at].tolist(), strict=True)
    screened, filled, shocked = made.screened[at], made.filled[at], bool(made.shocked[at])
    seen = Seen(asked.first, asked.months_known, months, screened, made.stepped[at], filled, shocked, len(asked.seen))
    return Outturn(
        organisation=one.organisation,
        label=one.label,
        year=asked.year,
        months_known=asked.months_known,
        value=float(value),
        likely=ranges[0],
        wide=ranges[1],
        trajectory=trajectory,
        actual=tuple(np.isfinite(months[-1]).tolist()),
        to_date=float(np.nansum(months[-1])),
        last_year=None if math.isnan(last_year) else last_year,
        method=used,
        weights=asked.weights,
        by_method=tuple((name, None if math.isnan(each) else each) for name, each in forecasts),
        notes=notes_of(one, seen, asked.method, used),
    )


def _asked(made: Estimate, method: Method) -> tuple[Floats, list[int]]:
    """The forecast of each series by the method asked for, or else by the best that there is; and the row of which."""
    row = ALL.index(method)
    best = [row, *made.weighing.order]
    there = np.isfinite(made.forecasts)
    used = [next((at for at in best if there[at, series]), row) for series in range(made.forecasts.shape[1])]
    return made.forecasts[used, np.arange(len(used))], used


def _trajectories(now: Floats, value: Floats, pattern: Floats) -> Floats:
    """Known months as they were; the rest of the value over the others by the pattern of the year."""
    known = np.isfinite(now)
    weights = np.where(known, 0.0, pattern)
    total = weights.sum(axis=1, keepdims=True)
    weights = np.where(total > 0, weights, ~known)
    rest = np.maximum(value - np.nansum(now, axis=1), 0.0)
    return np.where(known, now, rest[:, None] * weights / weights.sum(axis=1, keepdims=True))


def _intervals(
    made: Estimate, used: list[int], value: Floats, to_date: Floats, level: float, months_known: int
) -> list[Interval]:
    """The interval of each series by the errors of the method that was used for it."""
    own, common = np.empty(len(value)), np.empty(len(value))
    for row in set(used):
        at = np.array(used) == row
        own[at] = made.calibrations[row].own_half(level, value[at], to_date[at])
        common[at] = made.calibrations[row].common_half(level)
    half = np.hypot(own, common)
    # None in k months: so many more would have shown one with the probability that the interval leaves out above.
    none_seen = -np.log((1 - level) / 2) * (MONTHS - months_known) / months_known
    low = np.where(value > 0, np.maximum(value * np.exp(-half), to_date), 0.0)
    high = np.where(value > 0, value * np.exp(half), none_seen)
    columns = (low.tolist(), high.tolist(), np.nan_to_num(own).tolist(), common.tolist())
    return [Interval(level, *each) for each in zip(*columns, strict=True)]


def _whole(one: History, year: FinancialYear, months: Floats) -> Outturn:
    missing = [month for month, value in zip(year.months, months[-1], strict=True) if np.isnan(value)]
    if missing:
        reason = f"{missing[0].label} has no count ({one.why_missing(missing[0])})"
        return Outturn(one.organisation, one.label, year, MONTHS, None, reason=reason)
    total = float(months[-1].sum())
    last = float(months[-2].sum()) if len(months) > 1 else float("nan")
    return Outturn(
        one.organisation, one.label, year, MONTHS, total, Interval(0.80, total, total, 0.0, 0.0),
        Interval(0.95, total, total, 0.0, 0.0), tuple(months[-1].tolist()), (True,) * MONTHS, total,
        None if np.isnan(last) else last, notes=("The year is whole: its outturn is the sum of its months.",),
    )  # fmt: skip


def _refused(one: History, year: FinancialYear, months_known: int, now: Floats) -> Outturn:
    known = int(np.isfinite(now).sum())
    missing = [month for month, value in zip(year.months[:months_known], now, strict=False) if np.isnan(value)]
    reason = f"only {known} of its first {months_known} months can be used" if known else f"no month of {year} is known"
    if known and missing:
        reason += f" ({missing[0].label}: {one.why_missing(missing[0])})"
    to_date = float(np.nansum(now))
    return Outturn(one.organisation, one.label, year, months_known, None, to_date=to_date, reason=reason)
