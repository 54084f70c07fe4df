"""How the months of a point of delivery scatter about level and season: how far, together, and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from trigpoint.activity.outturn.arrays import Flags
from trigpoint.activity.simulation.kernel import Floats

_USUAL_CARRY, _COUNTED_PAIRS = 0.5, 10  # seen in A&E of England: 0.5 to 0.7; weighs as ten pairs of months
_COUNTED_FREEDOM = 12  # what the point of delivery says of a series weighs as a year of its own
_MOST_CARRY, _MOST_COMMON, _WILD = 0.9, 0.9, 4.0
_FEWEST_MONTHS, _FEWEST_SERIES = 3, 3
_FEWEST_FOR_CARRY = 8  # months of a year: a few of them say nothing of what goes on for a season
_STEPS = 30


@dataclass(frozen=True, slots=True)
class Scatter:
    """Months of one series about their expected values.

    ``dispersion`` is κ of var = μ + κμ²; ``common`` the share of κ that all series of the point of delivery have in
    the same month; ``carry`` the correlation of one month with the next.
    """

    dispersion: float
    common: float = 0.0
    carry: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Residuals:
    """Counts less level × season × days of each series: [series, year, month], 0 where there is nothing to compare.

    ``freedom`` is the degrees of freedom of each series, 0 for one that has no month in two years.
    """

    mean: Floats
    rest: Floats
    there: Flags
    freedom: Floats

    @property
    def cells(self) -> Floats:
        return np.asarray(self.there.sum(axis=(1, 2)), dtype=np.float64)

    @property
    def relative(self) -> Floats:
        return np.asarray(np.where(self.mean > 0, self.rest / np.where(self.mean > 0, self.mean, 1.0), 0.0))


def residuals(counts: Floats, days: Floats) -> Residuals:
    """Fit level of the year × season × days to ``counts`` [series, year, 12] (NaN: not known), by likelihood.

    Months that are known in two years or more are compared, and years with three such months or more: the first
    months of a base year are too. The sums of years and months are fitted in turn, as for a table of counts.
    """
    there = np.isfinite(counts)
    for _ in range(2):
        there &= there.sum(axis=1, keepdims=True) >= 2
        there &= there.sum(axis=2, keepdims=True) >= _FEWEST_MONTHS
    seen, exposure = np.where(there, counts, 0.0), there * np.maximum(days, 1.0)
    level, season = np.ones((*counts.shape[:2], 1)), np.ones((len(counts), 1, 12))
    for _ in range(_STEPS):
        season = _ratio(seen.sum(axis=1, keepdims=True), (level * exposure).sum(axis=1, keepdims=True))
        level = _ratio(seen.sum(axis=2, keepdims=True), (season * exposure).sum(axis=2, keepdims=True))
    mean = level * season * exposure
    years, months = there.any(axis=2).sum(axis=1), there.any(axis=1).sum(axis=1)
    freedom = np.maximum(there.sum(axis=(1, 2)) - years - months + 1, 0) * (seen.sum(axis=(1, 2)) > 0)
    return Residuals(mean, seen - mean, there, freedom.astype(np.float64))


def _ratio(above: Floats, below: Floats) -> Floats:
    return np.asarray(np.divide(above, below, out=np.zeros_like(above), where=below > 0))


def scatters(found: Residuals) -> tuple[Scatter | None, ...]:
    """The scatter of each series, ``None`` for all where no month of any of them is known in two years.

    κ by moments, in worth of its degrees of freedom, and twelve more of the mean of all series (each counted at four
    times their median at most, so that one that was reorganised does not decide); one without a record takes that mean.
    A year whose level is fitted has taken a part of what months carry on with it, and κ is given it back.
    """
    told = found.freedom > 0
    if not told.any():
        return (None,) * len(found.freedom)
    carry = _carry(found)
    raised = _raised(carry, _months(found))
    own = np.maximum(_moments(found), 0.0) * raised
    likely = float(np.minimum(own[told], _WILD * max(float(np.median(own[told])), 1e-9)).mean())
    shared = _COUNTED_FREEDOM if told.sum() > 1 else 0
    weight = np.where(told, found.freedom / np.maximum(found.freedom + shared, 1e-9), 0.0)
    kappas = (
        weight * np.where(told, own, 0.0) + (1 - weight) * likely if told.sum() > 1 else np.where(told, own, own[told])
    )
    common = _common(found) * raised
    return tuple(Scatter(k, min(common / k, _MOST_COMMON) if k > 0 else 0.0, carry) for k in kappas.tolist())


def _moments(found: Residuals) -> Floats:
    """κ of each series: (Σ (x − μ)² scaled to its degrees of freedom − Σ μ) ÷ Σ μ²."""
    scale = found.cells / np.maximum(found.freedom, 1.0)
    above = (found.rest**2).sum(axis=(1, 2)) * scale - found.mean.sum(axis=(1, 2))
    return _ratio(above, (found.mean**2).sum(axis=(1, 2)))


def _months(found: Residuals) -> int:
    """How many months of a year are compared, as a rule."""
    lengths = found.there.sum(axis=2)
    return int(np.median(lengths[lengths > 0]))


def _carry(found: Residuals) -> float:
    """The correlation of one month with the next, each series counted alike, ten pairs of the usual added."""
    lag, total, pairs, cells = 0.0, 0.0, 0, 0
    relative, kappa = found.relative, _moments(found)
    if _months(found) < _FEWEST_FOR_CARRY:
        return _USUAL_CARRY
    for at in np.flatnonzero((found.freedom > 0) & (kappa > 0)):
        there = found.there[at] & (found.mean[at] > 0)
        both = there[:, 1:] & there[:, :-1]
        size = float((relative[at][there] ** 2).mean())
        chance = float((found.freedom[at] / found.cells[at] / found.mean[at][there]).mean())
        if size <= chance:
            continue
        lag += float((relative[at][:, 1:] * relative[at][:, :-1])[both].sum()) / size
        total += int(there.sum()) * (1 - chance / size)
        pairs, cells = pairs + int(both.sum()), cells + int(there.sum())
    if not pairs or total <= 0:
        return 0.0 if not (kappa > 0).any() else _USUAL_CARRY
    seen = (lag / pairs) / (total / cells)
    grid = np.linspace(0.0, _MOST_CARRY, 19)
    correlation = float(np.interp(seen, [_seen(each, _months(found)) for each in grid], grid))
    return (pairs * correlation + _COUNTED_PAIRS * _USUAL_CARRY) / (pairs + _COUNTED_PAIRS)


@lru_cache(maxsize=512)
def _left(carry: float, months: int) -> tuple[float, float]:
    """Variance and covariance of neighbours that are left of a chain of months once their mean is taken away."""
    steps = np.arange(months)
    chain = carry ** np.abs(steps[:, None] - steps[None, :])
    middle = np.eye(months) - 1 / months
    left = middle @ chain @ middle
    return float(np.diag(left).mean()), float(np.diag(left, 1).mean())


def _seen(carry: float, months: int) -> float:
    variance, neighbours = _left(carry, months)
    return neighbours / variance


def _raised(carry: float, months: int) -> float:
    """What a variance that was measured about the level of its year is to be multiplied with."""
    return (1 - 1 / months) / _left(carry, months)[0]


def _common(found: Residuals) -> float:
    """The variance that all series have in a month: of the medians of three or more, less what chance makes of them."""
    squares, chance, cells = 0.0, 0.0, 0
    told = found.freedom > 0
    relative = found.relative
    freedom = float((found.freedom[told] / found.cells[told]).mean())
    for year, month in np.argwhere(found.there.any(axis=0)):
        rows = np.flatnonzero(found.there[:, year, month] & told & (found.mean[:, year, month] > 0))
        if len(rows) < _FEWEST_SERIES:
            continue
        each = relative[rows, year, month]
        middle = float(np.median(each))
        spread = float(np.median(np.abs(each - middle))) / 0.6745
        squares, chance, cells = squares + middle**2, chance + np.pi / 2 * spread**2 / len(rows), cells + 1
    return max(squares - chance, 0.0) / cells / freedom if cells else 0.0
