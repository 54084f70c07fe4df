"""Months that are no part of the usual pattern, as a pandemic's: a small robust XmR screen of many series at once.

Control charts with their rule sets live in ``measures.spc``; here only one question is asked of a month, with limits
that the months in question cannot widen: is it out of the pattern of the others, and did the pattern come back?
"""

from __future__ import annotations

import warnings

import numpy as np

from trigpoint.activity.outturn.arrays import Flags, Floats

_MEDIAN_RANGE_LIMIT = 3.145  # limits of an individuals chart from the median moving range (Wheeler)
# A month that is less off is not left out, however regular the series: a fifth where all are off, else by half.
_LEAST_COMMON, _LEAST_OWN = float(np.log(1.2)), float(np.log(1.5))
_FEWEST_MONTHS = 24
_RETURN_MONTHS = 2
_FASTEST = float(np.log(1.1)) / 12  # growth a month; what is faster is a step, and no line is laid through a step
_FEWEST_FOR_SEASON = 8  # years of all series together; with fewer, one shock would be taken for the season
_FEWEST_SERIES, _MOST = 5, 0.5  # a shock is common where so many series are outside on one side


def screen(values: Floats) -> tuple[Flags, Floats]:
    """Which months are exceptional, and what was to be expected in them; both of the shape [series, year, 12].

    log(count + ½) less the season of all series (medians) and the series' own line through its years (medians of
    yearly differences, a tenth a year at most) is put on an individuals chart: limits are the median ± 3.145 × median
    moving range. A month outside is exceptional where at least half of all series (five or more) are outside on the
    same side in the same month, by a fifth or more; or where it is off by half (or a third less) and the run of such
    months has two months inside both before and after it: a level that stays is no exception, and neither is a month
    that is outside on the same side in every year. Series of fewer than 24 months have none.
    """
    series, years, _ = values.shape
    with warnings.catch_warnings(), np.errstate(invalid="ignore"):
        warnings.simplefilter("ignore", RuntimeWarning)  # medians of nothing are NaN, which is meant
        logs = np.log(values + 0.5)
        season = np.nanmedian((logs - np.nanmedian(logs, axis=2, keepdims=True)).reshape(-1, 12), axis=0)
        seen = np.isfinite(values).reshape(-1, 12).sum(axis=0)
        season = np.where(seen >= _FEWEST_FOR_SEASON, season, 0.0)
        flat = (logs - np.nan_to_num(season)).reshape(series, -1)
        slope = (
            np.nan_to_num(np.nanmedian(flat[:, 12:] - flat[:, :-12], axis=1) / 12) if years > 1 else np.zeros(series)
        )
        line = np.clip(slope, -_FASTEST, _FASTEST)[:, None] * np.arange(12 * years)
        rest = flat - line
        centre = np.nanmedian(rest, axis=1, keepdims=True)
        limit = _MEDIAN_RANGE_LIMIT * np.nanmedian(np.abs(np.diff(rest, axis=1)), axis=1, keepdims=True)
    off = rest - centre
    judged = np.isfinite(flat).sum(axis=1, keepdims=True) >= _FEWEST_MONTHS
    outside = judged & (np.abs(off) > np.maximum(limit, _LEAST_COMMON))
    far = outside & (np.abs(off) > _LEAST_OWN)
    flagged = _common(outside, off, judged)
    if far.any():
        flagged |= far & _returning(far, np.isfinite(flat))
    if flagged.any():
        flagged &= ~_every_year(flagged, off, np.isfinite(flat))
    usual = np.exp((line + centre).reshape(values.shape) + np.nan_to_num(season)) - 0.5
    return flagged.reshape(values.shape), np.maximum(usual, 0.0)


def _common(outside: Flags, off: Floats, judged: Flags) -> Flags:
    """Months in which half of all series are outside on the same side."""
    there = (np.isfinite(off) & judged).sum(axis=0)
    common = np.zeros_like(outside)
    for side in (outside & (off > 0), outside & (off < 0)):
        common |= side & ((there >= _FEWEST_SERIES) & (side.sum(axis=0) >= _MOST * np.maximum(there, 1)))
    return common


def _returning(outside: Flags, there: Flags) -> Flags:
    """Months whose run of months outside has two months inside right before and right after it."""
    inside = there & ~outside
    before, after = _calm_at_the_end(inside, outside), _calm_at_the_end(inside[:, ::-1], outside[:, ::-1])[:, ::-1]
    return before & after


def _every_year(flagged: Flags, off: Floats, there: Flags) -> Flags:
    """Months that are out on the same side in every year that has them, two or more: a season, and no exception."""
    known = there.reshape(len(there), -1, 12)
    twice = known.sum(axis=1, keepdims=True) >= 2
    again = np.zeros_like(known)
    for side in (flagged & (off > 0), flagged & (off < 0)):
        again |= (side.reshape(known.shape) | ~known).all(axis=1, keepdims=True) & twice
    return again.reshape(flagged.shape)


def _calm_at_the_end(inside: Flags, outside: Flags) -> Flags:
    """Whether each month, if it is in a run outside, follows two months inside in front of that run."""
    calm, told, found = np.zeros(len(inside), dtype=np.int64), np.zeros(len(inside), dtype=bool), np.zeros_like(inside)
    for month in range(inside.shape[1]):
        told = np.where(outside[:, month], np.where(calm > 0, calm >= _RETURN_MONTHS, told), told)
        found[:, month] = told & outside[:, month]
        calm = np.where(inside[:, month], calm + 1, 0)
    return found
