"""Beds, value and strains of one series, from its draws."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

from trigpoint.activity.book.book import ActivityBook, Capacity, Price, Stay
from trigpoint.activity.results.run import Beds, SeriesRun, Strain, Value
from trigpoint.activity.simulation.bands import quantiles
from trigpoint.activity.simulation.kernel import Floats
from trigpoint.periods import FinancialYear, Month

Key = tuple[str, str]
_Kind = TypeVar("_Kind", Capacity, Price, Stay)
_LIKELY = 0.1  # of exceeding capacity: where the band reaches beyond it


def applying(kinds: Sequence[_Kind], key: Key) -> list[_Kind]:
    """Those of a provider and point of delivery, the most particular first; "" is any."""
    mine = [one for one in kinds if one.provider in ("", key[0]) and one.pod in ("", key[1])]
    return sorted(mine, key=lambda one: (one.provider == "", one.pod == ""))


def values_of(book: ActivityBook, key: Key, series: SeriesRun) -> list[Value]:
    """Activity × price by year; the price of the year itself before one of any year."""
    found = []
    nothing, something = series.annual_do_nothing, series.annual_do_something
    for at, year in enumerate(book.settings.years):
        prices = [one for one in applying(book.prices, key) if one.year in (None, year)]
        prices.sort(key=lambda one: one.year is None)
        if prices:
            gbp = prices[0].gbp
            low, high = sorted((float(something.p10[at]) * gbp, float(something.p90[at]) * gbp))
            found.append(Value(*key, year, float(nothing.mean[at]) * gbp, float(something.mean[at]) * gbp, low, high))
    return found


def strains_of(book: ActivityBook, key: Key, months: Sequence[Month], counts: Floats, expected: Floats) -> list[Strain]:
    """The months in which do something is above capacity with a probability of 10% or more."""
    found = []
    for at, month in enumerate(months):
        limits = [
            one for one in applying(book.capacity, key)
            if (one.first is None or one.first <= month) and (one.last is None or month <= one.last)
        ]  # fmt: skip
        if limits:
            capacity = limits[0].a_month
            probability = float((counts[at] > capacity).mean())
            if probability >= _LIKELY:
                found.append(Strain(*key, month, capacity, float(expected[at].mean()), probability))
    return found


def beds_of(
    book: ActivityBook, key: Key, nothing: Floats, something: Floats, counts: Floats,
    days: tuple[Floats, Floats] | None, own: Floats | None, own_before: Floats | None,
) -> list[Beds]:  # fmt: skip
    """Bed days and beds of each year: stay × activity × the share of bed days that is kept.

    All are years × draws; ``own`` is the activity of the cells, without what is brought, which stays the usual time.
    """
    stays = applying(book.stays, key)
    if not stays:
        return []
    stay, found = stays[0], []
    length = np.ones_like(something) if days is None or own is None else _ratio(days[0], own)
    before = np.ones_like(nothing) if days is None or own_before is None else _ratio(days[1], own_before)
    brought = something - (own if own is not None else 0.0)
    share = _ratio(length * (something - brought) + brought, something)
    for at, year in enumerate(book.settings.years):
        bed_days = stay.days * counts[at] * share[at]
        ordered = np.sort(bed_days)
        low, high = float(quantiles(ordered, 0.1)[0]), float(quantiles(ordered, 0.9)[0])
        mean = stay.days * float((something[at] * share[at]).mean())
        a_bed = _days(year) * stay.occupancy
        do_nothing = stay.days * float((nothing[at] * before[at]).mean()) / a_bed
        found.append(Beds(*key, year, mean, low, high, mean / a_bed, low / a_bed, high / a_bed, do_nothing))
    return found


def _ratio(above: Floats, below: Floats) -> Floats:
    return np.divide(above, below, out=np.ones_like(above), where=below > 0)


def _days(year: FinancialYear) -> int:
    return (year.end - year.start).days + 1
