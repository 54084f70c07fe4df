"""How a year falls into months, and how the months scatter about it: from whole years of the past."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from trigpoint.activity.book.book import ActivityBook
from trigpoint.activity.outturn.arrays import month_days, month_working_days
from trigpoint.activity.outturn.history import History
from trigpoint.activity.simulation.kernel import Floats
from trigpoint.periods import FinancialYear

Key = tuple[str, str]
Days = Callable[[FinancialYear], Floats]
_YEARS = 3  # of the past that a profile is made of: older seasons are others
_UNKNOWN = 0.5  # how far a season of one's own is believed while nobody knows


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """``months`` are the shares of each plan year's months ([years × 12], each year summing to 1), ``base`` those of
    the base year; ``dispersion`` is κ of var = μ + κμ², ``None`` where no month of the past tells it."""

    months: Floats
    base: Floats
    dispersion: float | None


def shape_of(book: ActivityBook, key: Key, histories: Mapping[Key, History], known: int) -> Shape:
    """The shape of one series: its own season shrunk to that of its point of delivery, over the days of each month.

    Years up to the base year tell it, and the base year too where its ``known`` months are twelve.
    """
    last = book.settings.base_year
    working = any(one.code == key[1] and one.days == "working" for one in book.pods)
    days = month_working_days if working else month_days
    end = last if known == 12 else last - 1
    mine = _whole_years(histories.get(key), end)
    others = {other: _whole_years(one, end) for other, one in histories.items() if other[1] == key[1]}
    season = _season(mine, list(others.values()), days)
    plan = np.array([_shares(season, days(year)) for year in book.settings.years])
    dispersion = _dispersion(mine, list(others.values()), days)
    return Shape(plan, _shares(season, days(last)), dispersion)


Years = dict[FinancialYear, Floats]


def _whole_years(history: History | None, last: FinancialYear) -> Years:
    """The latest whole years of a series that have any activity, up to ``last``."""
    found: Years = {}
    if history is None:
        return found
    for back in range(_YEARS + 2):
        year = last - back
        months = history.year(year)
        if len(found) < _YEARS and all(value is not None for value in months):
            values = np.array(months, dtype=np.float64)
            if values.sum() > 0:
                found[year] = values
    return found


def _shares(season: Floats, days: Floats) -> Floats:
    weighed = season * days
    return np.asarray(weighed / weighed.sum())


def _rates(years: Years, days: Days) -> Floats:
    """Counts a day of each month relative to the year's, [years × 12]."""
    rows = []
    for year, counts in years.items():
        rate = counts / np.maximum(days(year), 1.0)
        rows.append(rate / rate.mean())
    return np.array(rows).reshape(-1, 12)


def _season(mine: Years, others: list[Years], days: Days) -> Floats:
    """Relative activity a day by month: own mean over the years, shrunk to the pooled one as far as it is noise."""
    pooled = _pooled(others, days)
    if pooled is None:
        return np.ones(12)
    if not mine:
        return pooled
    own = _rates(mine, days).mean(axis=0)
    rho = _persistence(others, days, pooled)
    years = len(mine)
    weight = years * rho / (1 + (years - 1) * rho)
    mixed: Floats = pooled + weight * (own - pooled)
    return np.maximum(mixed, 0.0)


def _pooled(others: list[Years], days: Days) -> Floats | None:
    """The season of all series of a point of delivery, by the weight of their activity."""
    total, weight = np.zeros(12), 0.0
    for years in others:
        if years:
            size = float(np.mean([counts.sum() for counts in years.values()]))
            total += size * _rates(years, days).mean(axis=0)
            weight += size
    return total / weight if weight > 0 else None


def _persistence(others: list[Years], days: Days, pooled: Floats) -> float:
    """How far a series' departure from the pooled season comes again the year after, 0 to 1."""
    product = square = 0.0
    for years in others:
        departures = _rates(years, days) - pooled
        for one, other in itertools.pairwise(departures):
            product += float((one * other).sum())
            square += float(((one**2 + other**2) / 2).sum())
    return min(max(product / square, 0.0), 1.0) if square > 0 else _UNKNOWN


def _dispersion(mine: Years, others: list[Years], days: Days) -> float | None:
    """κ by moments: what the months scatter about season and level of their years, beyond what counts do.

    Each series with two whole years or more tells its own; one with fewer takes that of its point of delivery.
    """
    own = _moments(mine, days)
    parts = [own] if own is not None else [part for years in others if (part := _moments(years, days)) is not None]
    if not parts:
        return None
    above, below = sum(part[0] for part in parts), sum(part[1] for part in parts)
    return max(above / below, 0.0) if below > 0 else 0.0


def _moments(years: Years, days: Days) -> tuple[float, float] | None:
    """Σ (x − μ)² scaled to its degrees of freedom less Σ μ, and Σ μ²; none for fewer than two years."""
    if len(years) < 2:
        return None
    season = _rates(years, days).mean(axis=0)
    counts = np.array(list(years.values()))
    spread = np.array([_shares(season, days(year)) for year in years])
    mean = spread * counts.sum(axis=1, keepdims=True)
    freedom = len(years) / (len(years) - 1) * 12 / 11
    return float(((counts - mean) ** 2).sum() * freedom - mean.sum()), float((mean**2).sum())
