"""Weights of the methods from how they did in past years, and the average and choice that they make."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from trigpoint.activity.outturn.arrays import Flags, Floats
from trigpoint.activity.outturn.methods import BASE, Method

# Inverse variances (a power of 2) suit errors that are independent; those of methods go together, and the better one
# deserves more. With few errors to go by, nobody knows which is better.
_POWER, _FEW = 8.0, 10
# A method that says three times what the middle one says of a series, or a third, has met what it was not made for: the
# profile of a year with next to nothing counted to date multiplies a few cases by hundreds.
_WILD = 3.0


@dataclass(frozen=True, slots=True)
class Weighing:
    """Weights of ``BASE``, summing to 1, their mean absolute log errors in past years (NaN without any), best first."""

    weights: Floats
    errors: Floats
    order: tuple[int, ...]

    @property
    def chosen(self) -> Method:
        return BASE[self.order[0]]


def weighing(ratios: Floats) -> Weighing:
    """Weights ∝ (mean absolute log error)^(−8 n / (n + 10)) over the record ``ratios`` [method, year, series].

    ``ratios`` are forecast / truth, and n the series and years that could be tested.

    All equal, and the profiles before the others, where there is no past year to test in. A method without a record
    where others have one gets no weight: it is used for series that no other method can forecast.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.abs(np.log(ratios)).reshape(len(BASE), -1)
    there = np.isfinite(logs)
    errors = np.where(there, logs, 0.0).sum(axis=1) / np.where(there.any(axis=1), there.sum(axis=1), np.nan)
    if not np.isfinite(errors).any():
        untried = (Method.SHRUNK_PROFILE, Method.POOLED_PROFILE, Method.CALENDAR_DAYS)
        first = [BASE.index(method) for method in untried]
        order = (*first, *(at for at in range(len(BASE)) if at not in first))
        return Weighing(np.full(len(BASE), 1 / len(BASE)), errors, order)
    tested = int(there.any(axis=0).sum())
    smallest = float(np.nanmin(np.maximum(errors, 1e-6)))
    relative = np.maximum(np.nan_to_num(errors), 1e-6) / smallest
    weights = np.where(np.isfinite(errors), relative ** (-_POWER * tested / (tested + _FEW)), 0.0)
    order = tuple(int(at) for at in np.argsort(np.where(np.isfinite(errors), errors, np.inf), kind="stable"))
    return Weighing(weights / weights.sum(), errors, order)


def combined(numbers: Floats, weighing: Weighing) -> Floats:
    """The rows of ``BASE`` [method, …], then the best method that is there for each, then the weighted average.

    A number beyond ``_WILD`` times the median of the methods, or below as small a part of it, is neither chosen nor in
    the average.
    """
    there = np.isfinite(numbers) & ~_wild(numbers)
    chosen = np.full(numbers.shape[1:], np.nan)
    for at in reversed(weighing.order):
        chosen = np.where(there[at], numbers[at], chosen)
    weights = np.where(there, weighing.weights.reshape(-1, *[1] * (numbers.ndim - 1)), 0.0)
    total = weights.sum(axis=0)
    mean = (weights * np.where(there, numbers, 0.0)).sum(axis=0) / np.where(total > 0, total, np.nan)
    average = np.where(total > 0, mean, chosen)
    return np.concatenate([numbers, chosen[None], average[None]])


def _wild(numbers: Floats) -> Flags:
    """Which of the numbers [method, …] are far from what the other methods say of the same series."""
    known = np.isfinite(numbers)
    none = ~known.any(axis=0)
    middle = np.nanmedian(np.where(none, 1.0, numbers), axis=0)
    return np.asarray(known & ((numbers > _WILD * middle) | (numbers * _WILD < middle)))
