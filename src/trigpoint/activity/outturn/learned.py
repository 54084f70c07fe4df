"""The learned method: growth of the year on last year, from growth to date, own season and recent momentum.

    log(F / L) = a + b log(Y / L_k) + c (own share − pooled share) + d momentum

F is the year's count, L last year's, Y the months to date and L_k the same months of last year; momentum is the log
growth of the last two months less that of all months to date. Fitted on pairs of past years by ridge regression with
Huber weights, so that a reorganised series does not turn the line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trigpoint.activity.outturn.arrays import Flags, Floats
from trigpoint.activity.outturn.methods import Situation, latest, share_of

_MOMENTUM_MONTHS = 2
_RIDGE = 0.1  # of a row's information in each standardised column
_GROWTH = 1  # the column of growth to date, whose coefficient is held towards 1: the year grows as its first months
_HUBER = 1.345  # 95% as efficient as least squares where errors are normal
_ROUNDS = 8
_FEWEST = 12  # three series for each of the four coefficients


@dataclass(frozen=True, slots=True)
class Fit:
    """Coefficients a, b, c, d, the growth to date that the fit has met, with half of its range added on either side,
    and of each row of each pair the error it would have had, had it been left out."""

    coefficients: Floats
    slowest: float
    fastest: float
    left_out: tuple[Floats, ...]


def columns(of: Situation) -> Floats:
    """The four columns of the form, shape [series, 4]; NaN where one cannot be told."""
    own = share_of(of.last, of.known)
    grown = _log_growth(of.now, of.last, of.known)
    grown = np.where(of.fresh, grown, np.nan)  # growth over two years is another thing than over one
    momentum = _log_growth(of.now, of.last, latest(of.known, _MOMENTUM_MONTHS)) - grown
    return np.stack([np.ones(len(own)), grown, own - _usual_share(of), momentum], axis=1)


def _usual_share(of: Situation) -> Floats:
    """The mean of all series' shares of the months that each series knows: one with a gap moves no other."""
    usual = np.full(len(of.now), np.nan)
    masks, rows = np.unique(of.known, axis=0, return_inverse=True)
    for at, mask in enumerate(masks):
        shares = share_of(of.last, np.broadcast_to(mask, of.known.shape))
        if np.isfinite(shares).any():
            usual[rows.reshape(-1) == at] = np.nanmean(shares)
    return usual


def learned(of: Situation, fit: Fit | None) -> Floats:
    """The forecast of a fit; NaN without one, and for growth to date far outside what the fit has met."""
    if fit is None:
        return np.full(len(of.now), np.nan)
    told = columns(of)
    met = (told[:, 1] >= fit.slowest) & (told[:, 1] <= fit.fastest)
    return np.where(met, of.last.sum(axis=1) * np.exp(told @ fit.coefficients), np.nan)


def fit_pairs(pairs: Sequence[tuple[Situation, Floats]]) -> Fit | None:
    """Fit on situations of past years and their true counts (NaN to leave a series out); ``None`` with too few rows.

    The scatter of each column sets its ridge: b is held towards 1, c and d towards 0, and the constant is free.
    """
    sides = [columns(situation) for situation, _ in pairs]
    with np.errstate(divide="ignore", invalid="ignore"):
        grown = [np.log(truth / situation.last.sum(axis=1)) for situation, truth in pairs]
    usable = [np.isfinite(y) & np.isfinite(x).all(axis=1) for x, y in zip(sides, grown, strict=True)]
    x = np.concatenate([side[rows] for side, rows in zip(sides, usable, strict=True)]) if pairs else np.empty((0, 4))
    if len(x) < _FEWEST:
        return None
    y = np.concatenate([side[rows] for side, rows in zip(grown, usable, strict=True)])
    coefficients, errors = _ridge(x, y - x[:, _GROWTH])
    coefficients[_GROWTH] += 1
    told, start = [], 0
    for rows in usable:
        filled = np.full(len(rows), np.nan)
        filled[rows] = errors[start : start + rows.sum()]
        told.append(filled)
        start += int(rows.sum())
    low, high = float(x[:, 1].min()), float(x[:, 1].max())
    return Fit(coefficients, low - (high - low) / 2, high + (high - low) / 2, tuple(told))


def _ridge(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Coefficients, and log(forecast / truth) of each row by the fit of all the others."""
    held = _RIDGE * len(y) * np.diag([0.0, *np.maximum(x[:, 1:].var(axis=0), 1e-12)])
    weights: Floats = np.ones(len(y))
    for _ in range(_ROUNDS):
        information = (x * weights[:, None]).T @ x + held
        coefficients = np.asarray(np.linalg.solve(information, (x * weights[:, None]).T @ y), dtype=np.float64)
        rest = y - x @ coefficients
        spread = 1.4826 * float(np.median(np.abs(rest - np.median(rest))))
        used = weights
        weights = np.minimum(1, _HUBER * max(spread, 1e-9) / np.maximum(np.abs(rest), 1e-12))
    leverage = used * np.einsum("ij,ji->i", x, np.linalg.solve(information, x.T))
    left_out: Floats = -rest / np.maximum(1 - leverage, 1e-6)
    return coefficients, left_out


def _log_growth(now: Floats, last: Floats, months: Flags) -> Floats:
    above = np.where(months, now, 0.0).sum(axis=1)
    below = np.where(months, last, 0.0).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.log(above / below)
    return np.where(np.isfinite(ratio), ratio, np.nan)
