"""Abridged life tables of many areas at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from trigpoint.measures.statistics.intervals import Floats

# Those who die in the first band die early in it, in the others half way on average (method reference, 1.3).
_LIVED_AT_BIRTH = 0.1
_LIVED = 0.5


@dataclass(frozen=True, slots=True)
class LifeTable:
    """Years left to live at the start of each band, and their standard error; a row an area, a column a band.

    Where nobody is alive any more 0 years are left, without a standard error; where nobody dies in the open band both
    are infinite.
    """

    years: Floats
    standard_error: Floats


def life_tables(bands: Floats, people: Floats, deaths: Floats) -> LifeTable:
    """Chiang's life tables with Silcocks' variance for the open band.

    ``bands`` are the first ages; ``people`` and ``deaths`` have a row an area and a column a band. Sources: Chiang,
    Introduction to Stochastic Processes in Biostatistics, 1968; Silcocks and others, 2001.
    """
    lived = np.full(len(bands), _LIVED)
    lived[0] = _LIVED_AT_BIRTH
    width = np.append(np.diff(bands), np.inf)
    with np.errstate(divide="ignore", invalid="ignore"):
        mortality = deaths / people
        dying = np.minimum(width * mortality / (1 + width * (1 - lived) * mortality), 1.0)
        dying[:, -1] = 1.0
        alive = np.cumprod(np.hstack([np.ones((len(dying), 1)), 1 - dying[:, :-1]]), axis=1)
        lost = alive * dying
        in_band = width * (alive - lost * (1 - lived))
        in_band[:, -1] = alive[:, -1] / mortality[:, -1]
        ahead = np.cumsum(in_band[:, ::-1], axis=1)[:, ::-1]
        years = np.where(alive > 0, ahead / alive, 0.0)
        return LifeTable(years, np.sqrt(_variance(width, lived, deaths, dying, alive, years)))


def _variance(width: Floats, lived: Floats, deaths: Floats, dying: Floats, alive: Floats, years: Floats) -> Floats:
    """The variance of the years left: each band's chance of dying counts with the years that hang on it."""
    chance = np.where(deaths > 0, dying**2 * (1 - dying) / deaths, 0.0)
    hanging = (1 - lived[:-1]) * width[:-1] + years[:, 1:]
    parts = np.zeros_like(chance)
    parts[:, :-1] = chance[:, :-1] * (alive[:, :-1] * hanging) ** 2
    # Silcocks: the open band adds the variance of its mean length of life, the square of 1 / mortality over deaths.
    parts[:, -1] = (alive[:, -1] * years[:, -1]) ** 2 / deaths[:, -1]
    return np.cumsum(parts[:, ::-1], axis=1)[:, ::-1] / alive**2
