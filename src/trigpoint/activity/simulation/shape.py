"""How a year falls into months, and how the months scatter about it: from whole years of the past."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from trigpoint.activity.book.book import ActivityBook
from trigpoint.activity.outturn.arrays import cube, month_days, month_working_days
from trigpoint.activity.outturn.history import History
from trigpoint.activity.outturn.screening import screen
from trigpoint.activity.simulation.kernel import Floats
from trigpoint.activity.simulation.scatter import Scatter, residuals, scatters
from trigpoint.periods import FinancialYear

Key = tuple[str, str]
Days = Callable[[FinancialYear], Floats]
_YEARS = 3  # of the past that a profile is made of: older seasons are others
_UNKNOWN = 0.5  # how far a season of one's own is believed while nobody knows
_MOST_SURE = 0.9  # however well seasons come again, a series without a year of its own is not all unknown
_MOST_EXCEPTIONAL = 2  # months of a year: with more, what lies between them is not usual either


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """``months`` are the shares of each plan year's months ([years × 12], each year summing to 1), ``base`` those of
    the base year; ``scatter`` is how months differ from that, ``None`` where no month of the past tells it, and
    ``season`` the relative variance that the shares themselves may be wrong by."""

    months: Floats
    base: Floats
    scatter: Scatter | None
    season: float = 0.0

    @property
    def dispersion(self) -> float | None:
        """κ of var = μ + κμ²."""
        return None if self.scatter is None else self.scatter.dispersion


Years = dict[FinancialYear, Floats]


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """What the months of the past say of one point of delivery: the whole years of each series, their season, and how
    months scatter about it."""

    years: Mapping[Key, Years]
    scatters: Mapping[Key, Scatter | None]
    pooled: Floats | None
    persistence: float
    days: Days


def past_of(book: ActivityBook, pod: str, histories: Mapping[Key, History], known: int) -> Past:
    """The past of one point of delivery, up to the ``known`` months of the base year; exceptional months left out.

    Years up to the base year tell the season, and the base year too where its ``known`` months are twelve. A month that
    the outturn's screen finds exceptional (a pandemic's) is taken as it would have been, and does not tell how months
    scatter; a year with three of them or more is left out of both where the series has another.
    """
    last = book.settings.base_year
    days = month_working_days if any(one.code == pod and one.days == "working" for one in book.pods) else month_days
    mine = {key: one for key, one in histories.items() if key[1] == pod}
    if not mine:
        return Past({}, {}, None, _UNKNOWN, days)
    first, values = cube(list(mine.values()), last)
    values[:, -1, known:] = np.nan
    flagged, usual = screen(values)
    clean = np.where(flagged, usual, values)
    odd = flagged.sum(axis=2) > _MOST_EXCEPTIONAL
    whole = np.isfinite(clean).all(axis=2)
    clean[odd & (whole & ~odd).any(axis=1, keepdims=True)] = np.nan
    years = {key: _whole_years(clean[at], first) for at, key in enumerate(mine)}
    recent = np.where(flagged, np.nan, clean)[:, -_YEARS - 1 :]
    of_years = np.array([days(last - back) for back in reversed(range(recent.shape[1]))])
    scattered = dict(zip(mine, scatters(residuals(recent, of_years)), strict=True))
    pooled = _pooled(list(years.values()), days)
    persistence = _UNKNOWN if pooled is None else _persistence(list(years.values()), days, pooled)
    return Past(years, scattered, pooled, persistence, days)


def shape_of(book: ActivityBook, key: Key, past: Past) -> Shape:
    """The shape of one series: its own season shrunk to that of its point of delivery, over the days of each month."""
    mine = past.years.get(key, {})
    season = _season(mine, past)
    plan = np.array([_shares(season, past.days(year)) for year in book.settings.years])
    scatter = past.scatters.get(key) or next((one for one in past.scatters.values() if one is not None), None)
    return Shape(plan, _shares(season, past.days(book.settings.base_year)), scatter, _season_error(mine, past, scatter))


def _whole_years(months: Floats, first: FinancialYear) -> Years:
    """The latest whole years of a series that have any activity, of [years × 12] from ``first`` on."""
    found: Years = {}
    for at in range(len(months) - 1, max(len(months) - _YEARS - 3, -1), -1):
        if len(found) < _YEARS and np.isfinite(months[at]).all() and months[at].sum() > 0:
            found[first + at] = months[at]
    return found


def _season_error(mine: Years, past: Past, scatter: Scatter | None) -> float:
    """The relative variance of a month's share: what years of scatter leave uncertain of a season.

    With σ² the scatter of a series' own and n its years, the part of a season that comes again has the variance
    ρ ÷ (1 − ρ) · σ², of which n years leave ρ ÷ (1 + (n − 1) ρ) · σ²; a series alone has its own mean, σ² ÷ n. What all
    series have in common in a month is in the pooled season, by its years.
    """
    if scatter is None or past.pooled is None:
        return 0.0
    together, number = scatter.common * scatter.dispersion, len(mine)
    longest = max(len(years) for years in past.years.values())
    rho = min(past.persistence, _MOST_SURE)
    own = 1 / number if len(past.years) == 1 and number else rho / (1 + (number - 1) * rho)
    return (scatter.dispersion - together) * own + together / longest


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


def _season(mine: Years, past: Past) -> Floats:
    """Relative activity a day by month: own mean over the years, shrunk to the pooled one as far as it is noise."""
    if past.pooled is None:
        return np.ones(12)
    if not mine:
        return past.pooled
    own = _rates(mine, past.days).mean(axis=0)
    rho, years = past.persistence, len(mine)
    weight = years * rho / (1 + (years - 1) * rho)
    mixed: Floats = past.pooled + weight * (own - past.pooled)
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
