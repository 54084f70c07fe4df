"""The shapes of made records: shares, seasons, curves of age and sex. Round numbers, of no real place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from trigpoint.periods import FinancialYear, Month, is_working_day

Floats = NDArray[np.float64]

OLDEST = 100
AGES = np.arange(OLDEST + 1)
FEMALE, MALE = 0, 1
ACCIDENT, ELECTIVE, EMERGENCY, FIRST, FOLLOW_UP = range(5)


@dataclass(frozen=True, slots=True)
class PodShape:
    """A point of delivery: its share of records, yearly growth, how a month differs (April first), and how busy a
    day is that is no working day."""

    name: str
    share: float
    growth: float
    season: tuple[float, ...]
    weekend: float


_DOOR = (1.0, 1.04, 1.03, 1.04, 0.98, 1.0, 1.0, 0.99, 1.0, 0.97, 0.96, 1.01)
_PLANNED = (1.0, 1.0, 1.01, 1.0, 0.96, 1.01, 1.02, 1.03, 0.93, 1.0, 1.01, 1.03)
_WINTER = (0.98, 0.99, 0.98, 0.98, 0.96, 0.98, 1.0, 1.02, 1.06, 1.06, 1.02, 1.0)
_NEW = (0.99, 1.0, 1.02, 1.0, 0.94, 1.02, 1.02, 1.04, 0.92, 1.01, 1.01, 1.03)
_AGAIN = (1.0, 1.0, 1.01, 1.0, 0.95, 1.01, 1.02, 1.03, 0.93, 1.02, 1.01, 1.02)
PODS = (
    PodShape("A&E", 0.16, 0.019, _DOOR, 0.97),
    PodShape("Elective", 0.11, 0.017, _PLANNED, 0.05),
    PodShape("Non-elective", 0.10, 0.02, _WINTER, 0.8),
    PodShape("First out-patient", 0.20, 0.034, _NEW, 0.03),
    PodShape("Follow-up out-patient", 0.43, 0.034, _AGAIN, 0.03),
)

SURGICAL = ("110", "130", "100", "101", "120", "104", "103", "140", "160", "107", "150", "170")
MEDICAL = ("300", "320", "301", "340", "430", "330", "400", "361", "410", "303", "350", "370", "420", "502")
SPECIALTIES = (*SURGICAL, *MEDICAL, "180")
CHAPTERS = "HBFLCFJCJQAD" + "DEFDWJASHSLWPM" + "V"
"""The chapter of the groupers of each specialty."""
GROUPERS_A_SPECIALTY = 40


def month_weights(first: FinancialYear, years: int) -> Floats:
    """How many records fall in each month of each point of delivery: pods × months, each row summing to 1.

    Growth, season, and the days (or working days) of the month.
    """
    months = [first.months[0] + at for at in range(12 * years)]
    rows = []
    for pod in PODS:
        weights = [
            (1 + pod.growth) ** (at / 12) * pod.season[at % 12] * day_weights(month, pod).sum()
            for at, month in enumerate(months)
        ]
        rows.append(np.array(weights) / sum(weights))
    return np.array(rows)


def day_weights(month: Month, pod: PodShape) -> Floats:
    """How busy each day of a month is: 1, or less on days that are no working days."""
    days = (month.end - month.start).days + 1
    return np.array([1.0 if is_working_day(month.start + timedelta(at)) else pod.weekend for at in range(days)])


def days_of(first: FinancialYear, years: int) -> tuple[NDArray[np.int64], Floats]:
    """Every day of the years as days since 1970, and each pod's cumulative share of records up to it (pods × days)."""
    weights = month_weights(first, years)
    months = [first.months[0] + at for at in range(12 * years)]
    start = (months[0].start - date(1970, 1, 1)).days
    rows = []
    for pod, of_months in zip(PODS, weights, strict=True):
        parts = []
        for month, weight in zip(months, of_months, strict=True):
            days = day_weights(month, pod)
            parts.append(weight * days / days.sum())
        rows.append(np.cumsum(np.concatenate(parts)))
    return np.arange(start, start + len(rows[0])), np.array(rows)


def age_sex_weights() -> Floats:
    """Cumulative shares by pod over sex × age: A&E young and old, admissions the old, clinics between."""
    small = np.exp(-AGES / 2.0)
    alive = 1 / (1 + np.exp((AGES - 86) / 4.5))
    old = np.exp(-(((AGES - 74) / 14) ** 2))
    middle = np.exp(-(((AGES - 55) / 20) ** 2))
    young = np.exp(-(((AGES - 24) / 9) ** 2))
    mothers = np.exp(-(((AGES - 30) / 5.5) ** 2))
    men = np.array([
        (0.9 + 2.2 * small + 0.6 * young + 0.35 * old) * (0.25 + 0.75 * alive),
        (0.1 + 0.3 * small + 0.7 * middle + 1.2 * old) * alive,
        (0.25 + 2.5 * small + 0.15 * young + 1.4 * old) * (0.2 + 0.8 * alive),
        (0.35 + 0.7 * small + 0.7 * middle + 0.8 * old) * alive,
        (0.25 + 0.5 * small + 0.6 * middle + 1.1 * old) * alive,
    ])  # fmt: skip
    women = men * np.array([0.97, 1.02, 0.95, 1.15, 1.12])[:, None] * (1 + 0.35 * np.clip((AGES - 70) / 20, 0, 1))
    women = women + np.array([0.05, 0.1, 0.7, 0.5, 0.6])[:, None] * mothers
    both = np.concatenate([women, men], axis=1)
    return np.cumsum(both / both.sum(axis=1, keepdims=True), axis=1)


def specialty_weights() -> Floats:
    """Cumulative shares of the specialties by pod: Zipf-like, surgical first for elective, medical for emergencies."""
    surgical = np.concatenate([np.ones(len(SURGICAL)), np.zeros(len(MEDICAL) + 1)])
    medical = np.concatenate([np.zeros(len(SURGICAL)), np.ones(len(MEDICAL)), [0]])
    rank = np.concatenate([np.arange(len(SURGICAL)), np.arange(len(MEDICAL)), [0]])
    zipf = 1 / (rank + 2.0) ** 0.9
    accident = np.zeros(len(SPECIALTIES))
    accident[-1] = 1.0
    emergencies, clinics = zipf * (0.4 * surgical + medical), zipf * (surgical + medical)
    rows = [accident, zipf * (surgical + 0.35 * medical), emergencies, clinics, zipf * (0.8 * surgical + medical)]
    return np.array([np.cumsum(row / row.sum()) for row in rows])


def zipf_shares(number: int, exponent: float = 1.0, offset: float = 1.0) -> Floats:
    """Cumulative shares that fall as a power of the rank."""
    shares = 1 / (np.arange(number) + offset) ** exponent
    return np.cumsum(shares / shares.sum())
