"""How much more places differ than chance explains: scores, their trimming, phi and tau squared."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np

from trigpoint.measures.statistics.intervals import Floats


class FunnelData(Enum):
    """What is compared and how it is made near to normal."""

    SR_SHMI = "standardised ratio, logarithm, as in the summary hospital-level mortality indicator"
    SR_CQC = "standardised ratio, square root, as the Care Quality Commission does"
    PR = "proportion, arcsine"
    RC = "ratio of counts, logarithm"

    @property
    def is_logarithmic(self) -> bool:
        return self in (FunnelData.SR_SHMI, FunnelData.RC)

    @property
    def is_standardised(self) -> bool:
        return self in (FunnelData.SR_SHMI, FunnelData.SR_CQC)


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Places on the transformed scale, one array entry each. ``score`` is the distance from the target in its own
    sampling errors, ``trimmed`` what is left of it, NaN where it is left out. ``error`` is that of the limits."""

    target: float
    transformed: Floats
    error: Floats
    sampling_error: Floats
    score: Floats
    trimmed: Floats

    @property
    def phi(self) -> float:
        """Dispersion: the mean square of the trimmed scores, 1 where chance explains all."""
        return float(np.nanmean(self.trimmed**2))

    @property
    def tau_squared(self) -> float:
        """Variance between places by DerSimonian and Laird's method of moments, on the transformed scale, at least 0.

        Source: Spiegelhalter, Quality and Safety in Health Care 14, 2005, pages 347–351.
        """
        kept = ~np.isnan(self.trimmed)
        weights = 1 / self.sampling_error[kept] ** 2
        room = weights.sum() - (weights**2).sum() / weights.sum()
        excess = kept.sum() * self.phi - (kept.sum() - 1)
        return float(max(0.0, excess / room)) if kept.sum() > 1 else 0.0


def scores(events: Floats, sizes: Floats, data: FunnelData, trim: float) -> Scores:
    """Transform places and trim their scores: by leaving out the outer tenths (SHMI), else by winsorising.

    ``trim`` is the share at each end. Sources: FunnelPlotR's documentation and the method reference, 1.4.

    >>> import numpy as np
    >>> found = scores(np.array([10.0, 25.0, 50.0]), np.array([20.0, 20.0, 50.0]), FunnelData.SR_CQC, 0.1)
    >>> found.score.round(3), round(found.phi, 3)
    (array([-2.62 ,  1.056,  0.   ]), 1.702)
    """
    target, transformed, error = _transformed(events, sizes, data)
    sampling_error = error
    if data is FunnelData.RC:
        sampling_error = np.sqrt(events / (events + 0.5) ** 2 + sizes / (sizes + 0.5) ** 2)
    score = (transformed - target) / sampling_error
    trimmed = _without_tails(score, trim) if data is FunnelData.SR_SHMI else _winsorised(score, trim)
    return Scores(target, transformed, error, sampling_error, score, trimmed)


def back(numbers: Floats, data: FunnelData) -> Floats:
    """Limits from the transformed scale, as the peer takes them back: a square root is nearly linear around 1, and its
    limits are read as those of the ratio."""
    if data.is_logarithmic:
        return np.exp(numbers)
    ratios: Floats = np.sin(np.clip(numbers, 0, np.pi / 2)) ** 2 if data is FunnelData.PR else np.maximum(numbers, 0.0)
    return ratios


def _transformed(events: Floats, sizes: Floats, data: FunnelData) -> tuple[float, Floats, Floats]:
    overall = events.sum() / sizes.sum()
    if data is FunnelData.SR_SHMI:  # no event at all counts as half of one
        ratios = np.where(events == 0, 0.5 / (sizes + 0.5), events / sizes)
        return 0.0, np.log(ratios), 1 / np.sqrt(sizes)
    half = 1 / (2 * np.sqrt(sizes))
    if data is FunnelData.SR_CQC:
        return 1.0, np.sqrt(events / sizes), half
    if data is FunnelData.PR:
        return float(np.arcsin(np.sqrt(overall))), np.arcsin(np.sqrt(events / sizes)), half
    with np.errstate(divide="ignore"):
        return float(np.log(overall)), np.log((events + 0.5) / (sizes + 0.5)), half


def _winsorised(score: Floats, trim: float) -> Floats:
    return np.clip(score, np.quantile(score, trim), np.quantile(score, 1 - trim))


def _without_tails(score: Floats, trim: float) -> Floats:
    """Scores with the outer groups of a division by rank left out (a rank's group is rank × groups / (n + 1))."""
    if trim == 0:
        return score
    groups = round(1 / trim)
    order, sizes = np.unique(score, return_inverse=True, return_counts=True)[1:]
    ranks = (np.cumsum(sizes) - (sizes - 1) / 2)[order]
    group = np.floor(ranks * groups / (len(score) + 1))
    return np.where((group == 0) | (group == groups - 1), np.nan, score)
