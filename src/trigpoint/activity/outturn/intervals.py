"""Intervals from the errors of past years: a shock that all series share in a year, and a part of each series' own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri, stdtrit

from trigpoint.activity.outturn.arrays import Floats

LEVELS = (0.80, 0.95)
# What stands in where there is no record yet: sizes seen in English A&E attendances and emergency admissions of
# 2017/18 and 2018/19 at month 5, counted as two years and as four series.
_USUAL_COMMON, _COUNTED_YEARS = 0.015, 2
_USUAL_OWN, _COUNTED_SERIES = 0.035, 4
_MONTH_OF_USUAL = 5
_FEWEST_FOR_RANKS, _FEWEST_FOR_SIZE, _FEWEST_TO_SHARE = 20, 30, 3


@dataclass(frozen=True, slots=True)
class Calibration:
    """The errors of a method: log(forecast / truth) = shock of the year + own part.

    ``common_sd`` is the standard deviation of the shock, ``degrees`` its degrees of freedom; ``own`` the half-widths of
    the own part at ``LEVELS`` for a series of ``volume`` a year, which shrink with volume to the power −``decline``.
    ``tested`` counts errors.
    """

    common_sd: float
    degrees: int
    own: tuple[float, ...]
    volume: float
    decline: float
    tested: int

    def common_half(self, level: float) -> float:
        return float(stdtrit(self.degrees, (1 + level) / 2)) * self.common_sd

    def own_half(self, level: float, forecast: Floats, to_date: Floats) -> Floats:
        """Half-widths on the log scale; never less than the chance of counts in what is still to come."""
        safe = np.where(forecast > 0, forecast, np.nan)
        size = (safe / self.volume) ** -self.decline if self.decline else np.ones_like(safe)
        chance = float(ndtri((1 + level) / 2)) * np.sqrt(np.maximum(forecast - to_date, 0)) / safe
        return np.maximum(self.own[LEVELS.index(level)] * size, chance)


def calibration(ratios: Floats, volumes: Floats, months_known: int) -> Calibration:
    """Calibrate on ``ratios`` of forecast to truth of past years [year × series], with the true ``volumes``.

    The shock of a year is the median error of its series (three or more); its variance is the mean square over years,
    with two years of the usual size added, and its quantiles are Student's. The own part's half-widths are ranks of
    the absolute errors that are left, the ⌈(n + 1) · level⌉-th of n, or Student's with fewer than 20.
    """
    years = volumes.shape[0]
    usual = np.sqrt((12 - months_known) / (12 - _MONTH_OF_USUAL))
    with np.errstate(divide="ignore", invalid="ignore"):
        errors = np.log(ratios).reshape(volumes.shape)
    there = np.isfinite(errors) & (volumes > 0)
    shocks = np.zeros(years)
    for at in range(years):
        if there[at].sum() >= _FEWEST_TO_SHARE:
            shocks[at] = np.median(errors[at][there[at]])
    tested = int(there.any(axis=1).sum())
    degrees = tested + _COUNTED_YEARS
    variance = ((shocks**2).sum() + _COUNTED_YEARS * (_USUAL_COMMON * usual) ** 2) / degrees
    own, sizes = np.abs(errors - shocks[:, None])[there], volumes[there]
    volume = float(np.exp(np.log(sizes).mean())) if sizes.size else 1.0
    decline = _decline(own, sizes)
    scaled = np.sort(own * (sizes / volume) ** decline)
    halves = tuple(_half(scaled, level, _USUAL_OWN * usual) for level in LEVELS)
    return Calibration(float(np.sqrt(variance)), degrees, halves, volume, decline, int(scaled.size))


def _decline(own: Floats, sizes: Floats) -> float:
    """How fast errors shrink with volume: the slope of their logs, from 0 (not at all) to ½ (as counts do)."""
    if own.size < _FEWEST_FOR_SIZE or np.ptp(sizes) == 0:
        return 0.0
    logs, x = np.log(own + 0.1 * np.median(own) + 1e-9), np.log(sizes) - np.log(sizes).mean()
    return float(np.clip(-(x @ logs) / (x @ x), 0.0, 0.5))


def _half(scaled: Floats, level: float, usual: float) -> float:
    count = scaled.size
    if count >= _FEWEST_FOR_RANKS:
        return float(scaled[min(int(np.ceil((count + 1) * level)), count) - 1])
    degrees = count + _COUNTED_SERIES
    spread = np.sqrt(((scaled**2).sum() + _COUNTED_SERIES * usual**2) / degrees)
    return float(stdtrit(degrees, (1 + level) / 2) * spread)
