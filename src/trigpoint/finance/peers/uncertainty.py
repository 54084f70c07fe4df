"""How uncertain a rate is: by its own standard error, or that of the count behind it."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence

from scipy.special import gammaincinv, ndtri

from trigpoint.finance.book.book import PeerRate


def standard_errors(rows: Sequence[PeerRate], *, money: bool) -> tuple[float | None, ...]:
    """The standard error of each rate: as told, else rate ÷ √events where its numerator is a count (Poisson).

    Pounds are no count: a rate of money without an error told has none. Neither has a numerator that is no whole
    number. A rate of no events has the error that one event would have, by the usual size of a unit among the others.
    """
    units = [float(one.rate) / float(one.numerator) * _people(one) for one in rows if _is_count(one) and one.numerator]
    unit = statistics.median(units) if units else None
    return tuple(_error(one, None if money else unit) for one in rows)


def _people(one: PeerRate) -> float:
    return float(one.population) if one.population else 1.0


def _is_count(one: PeerRate) -> bool:
    number = one.numerator
    return number is not None and number.is_finite() and number >= 0 and number == number.to_integral_value()


def _error(one: PeerRate, unit: float | None) -> float | None:
    told = one.standard_error
    if told is not None and told.is_finite() and told >= 0:
        return float(told)
    if unit is None or not _is_count(one) or one.numerator is None:
        return None
    if one.numerator:
        return float(one.rate) / math.sqrt(float(one.numerator))
    return unit / _people(one)


def rate_interval(one: PeerRate, error: float | None, level: float) -> tuple[float, float] | None:
    """The interval of a rate: exact Poisson where the error is of a count, otherwise rate ± z × error, at least 0."""
    if error is None:
        return None
    rate, tail = float(one.rate), (1 - level) / 2
    counted = one.standard_error is None and one.numerator is not None
    if counted and one.numerator:
        events = float(one.numerator)
        low, high = float(gammaincinv(events, tail)), float(gammaincinv(events + 1, 1 - tail))
        return rate * low / events, rate * high / events
    if counted:
        return 0.0, error * float(gammaincinv(1.0, 1 - tail))
    half = -float(ndtri(tail)) * error
    return max(0.0, rate - half), rate + half
