"""Every method at once for all series of one label, as it could be said in month k of the last year of the arrays.

The forecast and the back-test both come through here: the back-test hands in arrays cut off at month k, so that what
came later cannot be seen.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from trigpoint.activity.outturn.arrays import Flags, Floats, month_days, month_working_days
from trigpoint.activity.outturn.averaging import Weighing, combined, weighing
from trigpoint.activity.outturn.intervals import Calibration, calibration
from trigpoint.activity.outturn.learned import Fit, fit_pairs, learned
from trigpoint.activity.outturn.methods import BASE, SIMPLE, Method, Situation, persistence, pooled
from trigpoint.activity.outturn.screening import screen
from trigpoint.activity.outturn.steps import before_step
from trigpoint.periods import FinancialYear

_FILLED_MONTHS = 3  # so many missing months of a past year are filled from the pooled profile
ALL = (*BASE, Method.CHOSEN, Method.AVERAGE)
"""The rows of ``Estimate.forecasts``."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """Forecasts [method, series] in the order of ``ALL``, and what they rest on.

    ``pattern`` is how the year spreads over its months [series, 12], ``screened`` the exceptional months
    [series, year, 12], ``shocked`` the series most of whose months to date would be exceptional, so that they are the
    year and are taken as they are, ``stepped`` the months before a step that stays [series, 12], and ``filled`` past
    years with months filled in [series, year]. ``calibrations`` has one entry a method, from errors of past years only.
    """

    forecasts: Floats
    weighing: Weighing
    calibrations: tuple[Calibration, ...]
    pattern: Floats
    screened: Flags
    shocked: Flags
    stepped: Flags
    filled: Flags
    persistence: float


def estimate(values: Floats, first: FinancialYear, months_known: int, *, screening: bool) -> Estimate:
    """Estimate the last year of ``values`` [series, year, 12], whose months after ``months_known`` must be NaN."""
    flagged, usual = screen(values) if screening else (np.zeros(values.shape, dtype=bool), values)
    clean = np.where(flagged, usual, values)
    past, filled = _whole_years(clean[:, :-1])
    shocked = _shocked(values[:, -1], flagged[:, -1], months_known)
    flagged[shocked, -1] = False
    now = np.where(flagged[:, -1], np.nan, values[:, -1])
    now = np.where(2 * np.isfinite(now).sum(axis=1, keepdims=True) >= months_known, now, np.nan)
    if screening:
        stepped = _stepped(now, past, first)
        now, flagged[:, -1] = np.where(stepped, np.nan, now), flagged[:, -1] | stepped
    else:
        stepped = np.zeros(now.shape, dtype=bool)
    situation = _situation(now, past, first, months_known)
    pairs = [
        (_situation(_cut(clean[:, at], months_known), past[:, :at], first, months_known), _truth(values, flagged, at))
        for at in range(1, past.shape[1])
    ]
    fit = fit_pairs(pairs)
    ratios = np.stack([_record(pairs, at, fit) for at in range(len(pairs))], axis=1) if pairs else _no_record(values)
    weights = weighing(ratios)
    forecasts = combined(_simple_and_learned(situation, fit), weights)
    volumes = np.array([truth for _, truth in pairs]).reshape(len(pairs), len(values))
    calibrations = tuple(
        calibration(row, volumes, months_known) for row in combined(ratios.reshape(len(BASE), -1), weights)
    )
    pattern = _pattern(situation)
    total = _with_exceptions(forecasts, values[:, -1], flagged[:, -1], pattern)
    return Estimate(total, weights, calibrations, pattern, flagged, shocked, stepped, filled, situation.persistence)


def _shocked(now: Floats, flagged: Flags, months_known: int) -> Flags:
    """Series that have enough months to date, but not without the exceptional ones."""
    known = np.isfinite(now).sum(axis=1)
    usual = known - (flagged & np.isfinite(now)).sum(axis=1)
    enough: Flags = (2 * known >= months_known) & (2 * usual < months_known)
    return enough


def _stepped(now: Floats, past: Floats, first: FinancialYear) -> Flags:
    """Months of the last year before a step of their series, by the year before it or else by the days."""
    last, _ = _latest(past)
    days = month_days(first + past.shape[1])
    usual = np.where(np.isfinite(last), last, days * np.ones_like(now))
    return before_step(now, usual)


def _situation(now: Floats, past: Floats, first: FinancialYear, months_known: int) -> Situation:
    """The situation of a year after the years of ``past``."""
    year = first + past.shape[1]
    last, rest = _latest(past)
    before, _ = _latest(rest)
    fresh = np.isfinite(past[:, -1].sum(axis=1)) if past.shape[1] else np.zeros(len(now), dtype=bool)
    to_date = np.arange(12) < months_known
    rho = persistence(past, np.broadcast_to(to_date, now.shape))
    return Situation(now, last, before, fresh, month_days(year), month_working_days(year), rho)


def _latest(past: Floats) -> tuple[Floats, Floats]:
    """The latest whole year of each series, all NaN where there is none; and the years without it."""
    rest = past.copy()
    whole = np.isfinite(past.sum(axis=2))
    if not whole.any():
        return np.full((len(past), 12), np.nan), rest
    rows, at = np.arange(len(past)), past.shape[1] - 1 - np.argmax(whole[:, ::-1], axis=1)
    latest: Floats = np.where((whole.sum(axis=1) > 0)[:, None], past[rows, at], np.nan)
    rest[rows, at] = np.nan
    return latest, rest


def _whole_years(past: Floats) -> tuple[Floats, Flags]:
    """Past years whole or not there: up to three missing months filled by the pooled profile of the year."""
    missing = ~np.isfinite(past)
    gaps = missing.sum(axis=2)
    whole = np.where((gaps == 0)[:, :, None], past, np.nan)
    filled = (gaps > 0) & (gaps <= _FILLED_MONTHS)
    for at in np.flatnonzero(filled.any(axis=0)):
        profile = pooled(whole[:, at])
        if not np.isfinite(profile).all():
            filled[:, at] = False
            continue
        rows = np.flatnonzero(filled[:, at])
        seen = np.where(missing[rows, at], 0.0, profile).sum(axis=1)
        level = np.nansum(past[rows, at], axis=1) / np.where(seen > 0, seen, np.nan)
        whole[rows, at] = np.where(missing[rows, at], level[:, None] * profile, past[rows, at])
    return whole, filled


def _cut(year: Floats, months_known: int) -> Floats:
    return np.where(np.arange(12) < months_known, year, np.nan)


def _truth(values: Floats, flagged: Flags, at: int) -> Floats:
    """The count of a past year; NaN where a month is missing or exceptional, or nothing was counted."""
    total = np.where(flagged[:, at].any(axis=1), np.nan, values[:, at].sum(axis=1))
    return np.where(total > 0, total, np.nan)


def _simple_and_learned(situation: Situation, fit: Fit | None) -> Floats:
    return np.stack([*(method(situation) for method in SIMPLE.values()), learned(situation, fit)])


def _record(pairs: list[tuple[Situation, Floats]], at: int, fit: Fit | None) -> Floats:
    """Forecast / truth of each method in a past year, shape [method, series].

    The learned form is tested with the fit of the years before. In the first year, which has none, each series is
    forecast by the fit of the other series: past years all of them, but a fit that has met the year's common shock.
    """
    situation, truth = pairs[at]
    earlier = fit_pairs(pairs[:at])
    forecasts = _simple_and_learned(situation, earlier)
    if earlier is None and fit is not None:
        forecasts[-1] = truth * np.exp(fit.left_out[at])
    return forecasts / truth


def _no_record(values: Floats) -> Floats:
    return np.empty((len(BASE), 0, len(values)))


def _pattern(situation: Situation) -> Floats:
    """How each series' year spreads over its months: pooled + persistence × (own − pooled), else calendar days."""
    calendar = situation.days / situation.days.sum()
    shared = pooled(situation.last)
    shared = shared if np.isfinite(shared).all() else calendar
    total = situation.last.sum(axis=1, keepdims=True)
    own = situation.last / np.where(total > 0, total, np.nan)
    rho = situation.persistence if len(situation.now) > 1 else 1.0
    return np.where(np.isfinite(own), shared + rho * (own - shared), shared)


def _with_exceptions(forecasts: Floats, now: Floats, flagged: Flags, pattern: Floats) -> Floats:
    """The usual year with its exceptional months as they were; never less than what was counted already."""
    usual = np.where(flagged, pattern, 0.0).sum(axis=1)
    counted = np.where(flagged, now, 0.0).sum(axis=1)
    whole: Floats = np.maximum(forecasts * (1 - usual) + counted, np.nansum(now, axis=1))
    return whole
