"""Forecast outturn of 1,000 series over five years, all methods and the back-test, against the same methods in loops.

No package forecasts a year's outturn of many series by these methods, so the reference is the plain reading of the
method note: one series and one month at a time, as it is written in a spreadsheet or a notebook. Equal answers are
asserted first, for every method, year and series. The same loops are the oracle of the generative tests.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from benchmarks.peers import assert_equal
from benchmarks.timing import Claim, call_seconds
from trigpoint.activity.outturn import BackTest, History, Method, back_test, forecast_outturn
from trigpoint.activity.outturn.arrays import month_days, month_working_days
from trigpoint.activity.outturn.methods import BASE
from trigpoint.periods import FinancialYear, Month

SERIES, YEARS, KNOWN, RUNS = 1_000, 5, 5, 5
LAST = FinancialYear(2018)
Months = list[float]
Past = list[list[Months]]


def claims() -> Iterator[Claim]:
    """Every claim of this module."""
    histories = made_histories(SERIES, YEARS)
    years = [LAST - back for back in range(YEARS - 2)]
    plain: dict[int, dict[Method, float]] = {}
    seconds = call_seconds(lambda: plain.update(plain_back_test(histories, KNOWN, years)))
    ours = back_test(histories, KNOWN, years, screening=False)
    for year in years:
        for method in (*BASE, Method.AVERAGE):
            mape = ours.row(method, year).mape
            assert_equal([mape], [plain[year.first][method]], f"{method.value} in {year}")

    def forecasts() -> BackTest:
        forecast_outturn(histories, LAST, KNOWN).frame()
        return back_test(histories, KNOWN, years)

    forecasts()
    yield Claim(
        f"Forecast outturn, {SERIES:,} series × {YEARS} years, all methods, intervals, screening, back-test of 3 years",
        statistics.median(call_seconds(forecasts) for _ in range(RUNS)),
        "the same methods in plain loops (back-test only, no screening, no intervals)",
        seconds,
        1.0,
    )


def made_histories(series: int, years: int, seed: int = 20_260_401) -> list[History]:
    """Series with a season, growth, noise and a shock that all share in a year; no month is missing."""
    rng = np.random.default_rng(seed)
    season = 1 + 0.08 * np.sin(np.arange(12) / 12 * 2 * math.pi) + rng.normal(0, 0.02, (series, 1, 12))
    growth = np.exp(np.cumsum(rng.normal(0.02, 0.03, (series, years)) + rng.normal(0, 0.02, years), axis=1))
    level = rng.lognormal(8, 1, (series, 1, 1))
    counts = np.maximum((level * growth[:, :, None] * season * rng.normal(1, 0.03, (series, years, 12))).round(), 1)
    first = Month((LAST - (years - 1)).first, 4)
    return [History(f"S{at:04d}", "", first, tuple(one)) for at, one in enumerate(counts.reshape(series, -1).tolist())]


def plain_back_test(
    histories: Sequence[History], known: int, years: Sequence[FinancialYear]
) -> dict[int, dict[Method, float]]:
    """Mean absolute percentage error of each method in each year, for series without gaps."""
    told: dict[int, dict[Method, float]] = {}
    first = FinancialYear.of(histories[0].first.start)
    for year in years:
        span = range(year.first - first.first)
        past = [[_months(one, first + at) for one in histories] for at in span]
        now = [_months(one, year) for one in histories]
        forecasts = plain_forecasts(past, [months[:known] for months in now], year)
        told[year.first] = {
            method: 100
            * statistics.fmean(abs(f / sum(m) - 1) for f, m in zip(row, now, strict=True) if not math.isnan(f))
            for method, row in forecasts.items()
        }
    return told


def _months(one: History, year: FinancialYear) -> Months:
    return [float(value or 0) for value in one.year(year)]


def plain_forecasts(past: Past, now: list[Months], year: FinancialYear) -> dict[Method, list[float]]:
    """Every method and the average for each series: ``past`` holds [year][series] of twelve months, ``now`` k each."""
    known = len(now[0])
    forecasts = _simple(past, now, year)
    pairs = [(past[:at], [m[:known] for m in past[at]], [sum(m) for m in past[at]]) for at in range(1, len(past))]
    fit = _fit(pairs)
    forecasts[Method.LEARNED] = _learned(past, now, *fit[:2]) if fit else [math.nan] * len(now)
    errors: dict[Method, list[float]] = {method: [] for method in BASE}
    for at, (before, then, truth) in enumerate(pairs):
        record = _simple(before, then, year - (len(past) - at - 1))
        earlier = _fit(pairs[:at])
        if earlier:
            record[Method.LEARNED] = _learned(before, then, *earlier[:2])
        elif fit:
            record[Method.LEARNED] = [t * math.exp(e) for t, e in zip(truth, fit[2][at], strict=True)]
        for method, row in record.items():
            errors[method] += [abs(math.log(f / t)) for f, t in zip(row, truth, strict=True) if not math.isnan(f)]
    sizes = {method: max(statistics.fmean(row), 1e-6) for method, row in errors.items() if row}
    tested = max(map(len, errors.values()))
    power = -8 * tested / (tested + 10)
    tried = {method: (size / min(sizes.values())) ** power for method, size in sizes.items()}
    tried = tried or dict.fromkeys(BASE, 1.0)
    weights = {method: one / sum(tried.values()) for method, one in tried.items()}
    forecasts[Method.AVERAGE] = []
    for at in range(len(now)):
        said = [row[at] for row in (forecasts[method] for method in BASE) if not math.isnan(row[at])]
        low, high = statistics.median(said) / 3, statistics.median(said) * 3  # what is beyond is wild
        there = {method: weight for method, weight in weights.items() if low <= forecasts[method][at] <= high}
        mean = sum(weight * forecasts[method][at] for method, weight in there.items()) / sum(there.values())
        forecasts[Method.AVERAGE].append(mean)
    return forecasts


def _simple(past: Past, now: list[Months], year: FinancialYear) -> dict[Method, list[float]]:
    known = len(now[0])
    days, working = month_days(year).tolist(), month_working_days(year).tolist()
    last, before = past[-1], past[-2] if len(past) > 1 else None
    rho = _persistence(past, known)
    pool, pool_before = _pool(last), _pool(before) if before else None
    made: dict[Method, list[float]] = {method: [] for method in BASE if method is not Method.LEARNED}
    for at, months in enumerate(now):
        total, own, shared = sum(months), _share(last[at], known), sum(pool[:known])
        recent = min(3, known)
        made[Method.YEAR_TO_DATE].append(total * 12 / known)
        made[Method.CALENDAR_DAYS].append(total * sum(days) / sum(days[:known]))
        made[Method.WORKING_DAYS].append(total * sum(working) / sum(working[:known]))
        made[Method.OWN_PROFILE].append(total / own)
        made[Method.POOLED_PROFILE].append(total / shared)
        made[Method.SHRUNK_PROFILE].append(total / (shared + rho * (own - shared)))
        share = shared + rho * (own - shared)
        if before and pool_before:
            earlier, shared_before = _share(before[at], known), sum(pool_before[:known])
            departure = (own - shared + earlier - shared_before) / 2
            share = (shared + shared_before) / 2 + 2 * rho / (1 + rho) * departure
        made[Method.TWO_YEAR_PROFILE].append(total / share)
        latest = sum(months[-recent:])
        made[Method.RUN_RATE].append(total + latest / sum(pool[known - recent : known]) * sum(pool[known:]))
        growth = latest / sum(last[at][known - recent : known])
        made[Method.RECENT_GROWTH].append(total + growth * sum(last[at][known:]))
    return made


def _share(months: Months, known: int) -> float:
    return sum(months[:known]) / sum(months)


def _pool(year: list[Months]) -> Months:
    months = [sum(one[at] for one in year) for at in range(12)]
    return [one / sum(months) for one in months]


def _persistence(past: Past, known: int) -> float:
    if len(past[0]) < 2:
        return 0.0
    if len(past) < 2:
        return 0.5
    departures = []
    for year in past:
        shared = sum(_pool(year)[:known])
        departures.append([_share(one, known) - shared for one in year])
    sizes = sorted(abs(one) for year in departures for one in year)
    cut = 4 * statistics.median(sizes)
    departures = [[max(-cut, min(cut, one)) for one in year] for year in departures]
    both = [pair for first, then in pairwise(departures) for pair in zip(first, then, strict=True)]
    scatter = sum((a * a + b * b) / 2 for a, b in both)
    return min(1.0, max(0.0, sum(a * b for a, b in both) / scatter)) if scatter > 0 else 0.0


def _columns(past: Past, now: list[Months]) -> list[list[float]]:
    known, last = len(now[0]), past[-1]
    shares = [_share(one, known) for one in last]
    recent = min(2, known)
    rows = []
    for at, months in enumerate(now):
        grown = math.log(sum(months) / sum(last[at][:known]))
        lately = math.log(sum(months[-recent:]) / sum(last[at][known - recent : known]))
        rows.append([1.0, grown, shares[at] - statistics.fmean(shares), lately - grown])
    return rows


def _learned(past: Past, now: list[Months], coefficients: list[float], met: tuple[float, float]) -> list[float]:
    return [
        sum(past[-1][at]) * math.exp(sum(c * x for c, x in zip(coefficients, row, strict=True)))
        if met[0] <= row[1] <= met[1]
        else math.nan
        for at, row in enumerate(_columns(past, now))
    ]


def _fit(
    pairs: Sequence[tuple[Past, list[Months], list[float]]],
) -> tuple[list[float], tuple[float, float], list[list[float]]] | None:
    """Ridge with Huber weights, row by row; the errors of each row with itself left out."""
    rows, targets, lengths = [], [], []
    for before, then, truth in pairs:
        rows += _columns(before, then)
        targets += [math.log(t / sum(one)) for t, one in zip(truth, before[-1], strict=True)]
        lengths.append(len(then))
    if len(rows) < 12:
        return None
    held = [0.0] + [0.1 * len(rows) * max(statistics.pvariance([row[at] for row in rows]), 1e-12) for at in (1, 2, 3)]
    weights = [1.0] * len(rows)
    for _ in range(8):
        both = list(zip(weights, rows, strict=True))
        matrix = [[sum(w * r[i] * r[j] for w, r in both) for j in range(4)] for i in range(4)]
        for at in range(4):
            matrix[at][at] += held[at]
        right = [sum(w * r[i] * y for w, r, y in zip(weights, rows, targets, strict=True)) for i in range(4)]
        right[1] += held[1]  # the coefficient of growth is held towards 1, the others towards 0
        found = np.linalg.solve(matrix, right).tolist()
        rest = [y - sum(c * x for c, x in zip(found, r, strict=True)) for r, y in zip(rows, targets, strict=True)]
        middle = statistics.median(rest)
        spread = max(1.4826 * statistics.median([abs(one - middle) for one in rest]), 1e-9)
        used, weights = weights, [min(1.0, 1.345 * spread / max(abs(one), 1e-12)) for one in rest]
    inverse = np.linalg.inv(matrix).tolist()
    left_out = []
    for row, one, weight in zip(rows, rest, used, strict=True):
        leverage = weight * sum(row[i] * inverse[i][j] * row[j] for i in range(4) for j in range(4))
        left_out.append(-one / max(1 - leverage, 1e-6))
    bounds = np.cumsum([0, *lengths]).tolist()
    low, high = min(row[1] for row in rows), max(row[1] for row in rows)
    met = (low - (high - low) / 2, high + (high - low) / 2)
    return found, met, [left_out[start:stop] for start, stop in pairwise(bounds)]
