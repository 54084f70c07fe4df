"""The methods of forecasting a year from its first months, each a small function of what is known of all series.

Every function takes a ``Situation`` and gives the whole year's count of each series, NaN where the method cannot say.
Where a month to date is missing or exceptional it is not ``known``: the others are scaled by what they are of a year.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import numpy as np

from trigpoint.activity.outturn.arrays import Flags, Floats

_RECENT_MONTHS = 3  # of a run rate: one is noise, and more than a quarter is not recent


class Method(Enum):
    """How a forecast is made, by the name it is printed with."""

    YEAR_TO_DATE = "year to date × 12/k"
    CALENDAR_DAYS = "calendar days"
    WORKING_DAYS = "working days"
    OWN_PROFILE = "own last year's profile"
    POOLED_PROFILE = "pooled profile"
    SHRUNK_PROFILE = "shrunk profile"
    TWO_YEAR_PROFILE = "two-year shrunk profile"
    RUN_RATE = "recent run rate"
    RECENT_GROWTH = "recent growth"
    LEARNED = "learned"
    CHOSEN = "best in the back-test"
    AVERAGE = "model average"


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of all series in month k of a year: arrays of shape [series, 12], April first.

    ``now`` holds the months that are known, NaN for the others; ``last`` and ``before`` the latest two whole years
    before it, all NaN for a series without them; ``fresh`` says whether ``last`` is the year right before. ``days``
    and ``working`` are the days of the year's months. ``persistence`` says how far a series' departure from the pooled
    profile comes again the year after, 0 to 1.
    """

    now: Floats
    last: Floats
    before: Floats
    fresh: Flags
    days: Floats
    working: Floats
    persistence: float

    @property
    def known(self) -> Flags:
        return np.isfinite(self.now)

    @property
    def to_date(self) -> Floats:
        """The sum of the known months; NaN where there is none."""
        total: Floats = np.where(self.known.any(axis=1), np.nansum(self.now, axis=1), np.nan)
        return total


def share_of(profile: Floats, known: Flags) -> Floats:
    """The part of the year that falls into the known months; NaN where it is nought or the profile is not there."""
    total = profile.sum(axis=-1)
    part = np.where(known, profile, 0.0).sum(axis=-1) / np.where(total > 0, total, np.nan)
    return np.where(part > 0, part, np.nan)


def pooled(years: Floats) -> Floats:
    """The profile of all series together, shape [12], summing to 1: all NaN where no series has a whole year."""
    months: Floats = np.nansum(years, axis=0)
    total = float(months.sum())
    profile: Floats = np.divide(months, total) if total > 0 else np.full(12, np.nan)
    return profile


def year_to_date(of: Situation) -> Floats:
    """The known months × 12 / their number."""
    multiplier: Floats = 12 / np.maximum(of.known.sum(axis=1), 1)
    return of.to_date * multiplier


def calendar_days(of: Situation) -> Floats:
    """The known months × days of the year / days of these months."""
    return of.to_date / share_of(of.days, of.known)


def working_days(of: Situation) -> Floats:
    """The known months × working days of the year / working days of these months: Jones's multiplier of 1996."""
    return of.to_date / share_of(of.working, of.known)


def own_profile(of: Situation) -> Floats:
    """The known months / the share that the same months had of the series' own last year."""
    return of.to_date / share_of(of.last, of.known)


def pooled_profile(of: Situation) -> Floats:
    """The known months / the share that the same months had of last year in all series together."""
    return of.to_date / share_of(pooled(of.last), of.known)


def shrunk_profile(of: Situation) -> Floats:
    """Own and pooled share of last year together: pooled + persistence × (own − pooled)."""
    return of.to_date / _shrunk(_departure(of.last, of.known), share_of(pooled(of.last), of.known), of.persistence)


def two_year_profile(of: Situation) -> Floats:
    """The same over two years: mean of pooled + 2ρ/(1 + ρ) × mean of the departures; one year where one is there."""
    if not np.isfinite(pooled(of.before)).all():
        return shrunk_profile(of)
    departures = np.stack([_departure(of.last, of.known), _departure(of.before, of.known)])
    there = np.isfinite(departures)
    mean = np.where(there, departures, 0.0).sum(axis=0) / np.maximum(there.sum(axis=0), 1)
    rho = of.persistence
    weight = np.where(there.all(axis=0), 2 * rho / (1 + rho), rho)
    shares = (share_of(pooled(of.last), of.known) + share_of(pooled(of.before), of.known)) / 2
    return of.to_date / _shrunk(np.where(there.any(axis=0), mean, np.nan), shares, weight)


def run_rate(of: Situation) -> Floats:
    """The rest of the year at the rate of the last three known months, carried on by the pooled profile."""
    profile = pooled(of.last)
    recent = latest(of.known, _RECENT_MONTHS)
    rate = np.where(recent, of.now, 0.0).sum(axis=1) / _some(np.where(recent, profile, 0.0).sum(axis=1))
    rest: Floats = rate * np.where(of.known, 0.0, profile).sum(axis=1)
    return of.to_date + rest


def recent_growth(of: Situation) -> Floats:
    """The rest of last year × the growth of the last three known months on the same months of last year."""
    recent = latest(of.known, _RECENT_MONTHS)
    growth = np.where(recent, of.now, 0.0).sum(axis=1) / _some(np.where(recent, of.last, 0.0).sum(axis=1))
    rest: Floats = growth * np.where(of.known, 0.0, of.last).sum(axis=1)
    return of.to_date + rest


SIMPLE: dict[Method, Callable[[Situation], Floats]] = {
    Method.YEAR_TO_DATE: year_to_date,
    Method.CALENDAR_DAYS: calendar_days,
    Method.WORKING_DAYS: working_days,
    Method.OWN_PROFILE: own_profile,
    Method.POOLED_PROFILE: pooled_profile,
    Method.SHRUNK_PROFILE: shrunk_profile,
    Method.TWO_YEAR_PROFILE: two_year_profile,
    Method.RUN_RATE: run_rate,
    Method.RECENT_GROWTH: recent_growth,
}
"""The methods that need nothing fitted."""

BASE = (*SIMPLE, Method.LEARNED)
"""All methods that are averaged, in the order of their rows."""


def latest(known: Flags, months: int) -> Flags:
    """The last so many known months of each series."""
    after = np.cumsum(known[:, ::-1], axis=1)[:, ::-1]
    return known & (after <= months)


def persistence(years: Floats, known: Flags) -> float:
    """How far departures of own from pooled shares come again in the next year, 0 to 1, over all neighbouring years.

    ρ = Σ d(i, y) d(i, y−1) / Σ ½ (d(i, y)² + d(i, y−1)²), d being own share − pooled share of the months to date.
    Departures are cut at four times their median size, so that one reorganised series does not decide. One half where
    no series has two whole years, and 0 where there is one series only or departures do not come again.
    """
    if years.shape[0] < 2:
        return 0.0
    if years.shape[1] < 2:
        return 0.5
    departures = np.stack([_departure(years[:, at], known) for at in range(years.shape[1])], axis=1)
    sizes = np.abs(departures[np.isfinite(departures)])
    if sizes.size == 0:
        return 0.5
    cut = 4 * float(np.median(sizes))
    departures = np.clip(departures, -cut, cut)
    earlier, later = departures[:, :-1], departures[:, 1:]
    both = np.isfinite(earlier) & np.isfinite(later)
    if not both.any():
        return 0.5
    scatter = float(((earlier**2 + later**2) / 2)[both].sum())
    return float(np.clip((earlier * later)[both].sum() / scatter, 0, 1)) if scatter > 0 else 0.0


def _departure(year: Floats, known: Flags) -> Floats:
    return share_of(year, known) - share_of(pooled(year), known)


def _shrunk(departure: Floats, shares: Floats, weight: Floats | float) -> Floats:
    """Pooled shares moved towards the own ones; as they are for a series without a year of its own."""
    share = shares + weight * np.where(np.isfinite(departure), departure, 0.0)
    return np.where(share > 0, share, np.nan)


def _some(numbers: Floats) -> Floats:
    return np.where(numbers > 0, numbers, np.nan)
