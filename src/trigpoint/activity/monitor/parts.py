"""What each cause contributes to the difference of actual from plan: logarithmic means, so that parts sum exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from trigpoint.activity.monitor.result import Part, Parts
from trigpoint.activity.outturn.arrays import Floats

_SAME = 1e-12


@dataclass(frozen=True, slots=True)
class Compared:
    """One series in one month: plan, actual, and the factors that are known of their ratio."""

    plan: float
    actual: float
    baseline: float = 1.0
    days: float = 1.0
    schemes: float = 1.0


def parts_of(series: Sequence[Compared]) -> tuple[Parts, ...]:
    """The parts of the series of one point of delivery in one month, each summing to its actual − plan.

    A ÷ P = baseline · days · schemes · v · mix, where v = Σ A ÷ Σ (P · baseline · days · schemes) is common to all and
    mix is what is left of each. A factor f contributes L(A, P) ln f with L(a, b) = (a − b) ÷ ln(a ÷ b): Ang (2005).
    A series without plan or actual has no ratio; its difference is volume.

    >>> (one,) = parts_of([Compared(100.0, 121.0, baseline=1.1)])
    >>> [(part.name, round(value, 6)) for part, value in one]
    [('BASELINE', 10.5), ('VOLUME', 10.5), ('MIX', 0.0), ('DAYS', 0.0), ('SCHEMES', 0.0)]
    """
    plan, actual = (np.array([getattr(one, name) for one in series]) for name in ("plan", "actual"))
    known = np.array([[one.baseline, one.days, one.schemes] for one in series]).reshape(len(series), 3)
    adjusted = plan * known.prod(axis=1)
    ratio = (adjusted > 0) & (actual > 0)
    common = float(actual[ratio].sum() / adjusted[ratio].sum()) if ratio.any() else 1.0
    own = np.ones(len(series))
    own[ratio] = actual[ratio] / adjusted[ratio] / common
    found = []
    for at in range(len(series)):
        if not ratio[at]:
            found.append(_parts([0.0, float(actual[at] - plan[at]), 0.0, 0.0, 0.0]))
            continue
        weight = _log_mean(actual[at], plan[at])
        logs = weight * np.log([known[at, 0], common, own[at], known[at, 1], known[at, 2]])
        rest = float(actual[at] - plan[at] - logs.sum())  # what rounding leaves: a few units in the last place
        found.append(_parts([float(one) for one in logs], rest))
    return tuple(found)


_ORDER = (Part.BASELINE, Part.VOLUME, Part.MIX, Part.DAYS, Part.SCHEMES)


def _parts(values: Sequence[float], rest: float = 0.0) -> Parts:
    return tuple((part, value + rest * (part is Part.VOLUME)) for part, value in zip(_ORDER, values, strict=True))


def _log_mean(a: float, b: float) -> float:
    if abs(a - b) <= _SAME * max(a, b):
        return float(a)
    return float((a - b) / np.log(a / b))


def added(parts: Sequence[Parts]) -> Parts:
    """Parts of several series or months together, by cause.

    >>> added([((Part.MIX, 2.0),), ((Part.MIX, -3.0),)])[2]
    (<Part.MIX: 'mix'>, -1.0)
    """
    sums: Mapping[Part, float] = {
        part: sum(value for one in parts for name, value in one if name is part) for part in Part
    }
    return tuple(sums.items())


def band_to_date(
    plan: Floats, low: Floats, high: Floats, year: tuple[float, float, float], taken: Sequence[int]
) -> tuple[float, float]:
    """The 80% band of the sum of some months of a year, from the bands of months and year.

    ``plan``, ``low`` and ``high`` are of the twelve months, ``year`` of their sum. A month's relative half-width is
    made of what all months share, c, and of its own, o: m² = c² + o² on average and y² = c² + o²/12 of the year, so
    the sum of k months has √(c² + o²/k). With twelve months it is the band of the year.

    >>> months = np.full(12, 100.0)
    >>> low, high = band_to_date(months, months - 5, months + 5, (1200.0, 1140.0, 1260.0), range(3))
    >>> round(low), round(high)
    (285, 315)
    """
    total = float(plan[list(taken)].sum())
    mean, year_low, year_high = year
    if total <= 0 or mean <= 0:
        return total, total
    halves = []
    for side, whole in ((plan - low, mean - year_low), (high - plan, year_high - mean)):
        month = float(np.mean((side / np.maximum(plan, 1e-9)) ** 2))
        annual = (whole / mean) ** 2
        own = max((month - annual) * 12 / 11, 0.0)
        shared = max(annual - own / 12, 0.0)
        halves.append(total * float(np.sqrt(shared + own / len(taken))))
    return total - halves[0], total + halves[1]
