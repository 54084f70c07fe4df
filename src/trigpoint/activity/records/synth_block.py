"""One block of made records: every attribute of so many rows, drawn in a fixed order from one generator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from trigpoint.activity.records import synth_shapes as shapes
from trigpoint.activity.records.synth_shapes import ACCIDENT, ELECTIVE, EMERGENCY, FIRST, FOLLOW_UP, MALE
from trigpoint.periods import FinancialYear

Rng = np.random.Generator
Whole = NDArray[np.int64]
Floats = NDArray[np.floating[Any]]
Flags = NDArray[np.bool_]

SITES_A_PROVIDER, COMMISSIONERS = 3, ("Q01", "Q02", "Q03", "Q04")
_SHARES = np.cumsum([pod.share for pod in shapes.PODS])
_AGES_SEXES, _SPECIALTIES = shapes.age_sex_weights(), shapes.specialty_weights()
_GROUPERS = shapes.zipf_shares(shapes.GROUPERS_A_SPECIALTY, 1.1)
_ACUITIES = ("immediate", "very urgent", "urgent", "standard", "non-urgent")
GROUPERS = (
    *(f"{chapter}{chr(65 + rank)}{at:02d}" for rank, chapter in enumerate(shapes.CHAPTERS[:-1])
      for at in range(10, 10 + shapes.GROUPERS_A_SPECIALTY)),
    *(f"VB{at:02d}" for at in range(1, 12)), "WF01", "WF02",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Providers, their sites, and the deprivation of those who come to each."""

    providers: tuple[str, ...]
    sites: tuple[str, ...]
    shares: Floats
    deprivation: Floats

    @classmethod
    def made(cls, providers: Sequence[str]) -> Places:
        """Each provider has three sites and about 70% of the records of the one before."""
        number = len(providers)
        sites = tuple(f"{name}{chr(65 + at)}" for name in providers for at in range(SITES_A_PROVIDER))
        size = 0.7 ** np.arange(number)
        poor = np.array([[5 - (at % 3) - 0.5 * q * (1 - at % 3) for q in range(5)] for at in range(number)]).clip(0.5)
        return cls(
            tuple(providers),
            sites,
            np.cumsum(size / size.sum()),
            np.cumsum(poor / poor.sum(axis=1, keepdims=True), axis=1),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Years:
    """The days that records fall on, and each pod's cumulative share of them."""

    days: Whole
    shares: Floats

    @classmethod
    def made(cls, first: FinancialYear, years: int) -> Years:
        return cls(*shapes.days_of(first, years))


def block(rng: Rng, rows: int, places: Places, calendar: Years) -> pl.DataFrame:
    """So many records with every column of the documented extract but ``month`` and ``count``."""
    pod = _drawn(rng, rows, _SHARES)
    provider = _drawn(rng, rows, places.shares)
    cell = _drawn_by(rng, pod, _AGES_SEXES)
    sex, age = cell // (shapes.OLDEST + 1), cell % (shapes.OLDEST + 1)
    site = provider * SITES_A_PROVIDER + _drawn(rng, rows, np.array([0.6, 0.9, 1.0]))
    specialty = _specialties(rng, pod, age, sex)
    frame = {
        "provider": _words(provider, places.providers),
        "pod": _words(pod, [shape.name for shape in shapes.PODS]),
        "date": pl.Series(calendar.days[_drawn_by(rng, pod, calendar.shares)]).cast(pl.Int32).cast(pl.Date),
        "site": _words(site, places.sites),
        "commissioner": _words((provider + _drawn(rng, rows, np.array([0.8, 0.92, 0.98, 1.0]))) % 4, COMMISSIONERS),
        "age": pl.Series(age.astype(np.int16)),
        "sex": _words(sex, ("female", "male")),
        "imd_quintile": pl.Series((_drawn_by(rng, provider, places.deprivation) + 1).astype(np.int8)),
        "specialty": _words(specialty, shapes.SPECIALTIES),
    }
    acuity = _acuities(rng, pod, age)
    frame["hrg"] = _words(_groupers(rng, pod, specialty, acuity), GROUPERS)
    frame |= _needs(rng, pod, age)
    frame |= _stays(rng, pod, age, sex)
    frame |= _doors(rng, pod, age, acuity)
    frame |= _clinics(rng, pod)
    return pl.DataFrame(frame)


def _needs(rng: Rng, pod: Whole, age: Whole) -> dict[str, pl.Series]:
    old = np.clip((age - 65) / 30, 0, 1)
    urgent = np.isin(pod, (ACCIDENT, EMERGENCY))
    home = rng.random(len(pod)) < np.where(urgent, 0.28, 0.06) * old**1.5
    chance = rng.random(len(pod)) - 0.25 * home
    frail = np.where(chance < 0.35 * old * np.where(urgent, 1.0, 0.5), 2, np.where(chance < 0.75 * old, 1, 0))
    return {
        "care_home": pl.Series(home),
        "frailty": _words(frail, ("none", "intermediate", "high")),
        "frequent_attender": pl.Series(rng.random(len(pod)) < np.where(pod == ACCIDENT, 0.09, 0.03)),
        "mental_health": pl.Series(rng.random(len(pod)) < np.where(urgent & (age >= 14), 0.07, 0.02)),
    }


def _stays(rng: Rng, pod: Whole, age: Whole, sex: Whole) -> dict[str, pl.Series]:
    rows, old, adult = len(pod), age >= 65, age >= 18
    ward, planned, urgent = np.isin(pod, (ELECTIVE, EMERGENCY)), pod == ELECTIVE, pod == EMERGENCY
    day = planned & (rng.random(rows) < 0.84)
    over = np.where(urgent, rng.random(rows) < 0.6 + 0.25 * np.clip(age / 90, 0, 1), rng.random(rows) < 0.85)
    long = 1 + rng.gamma(0.8, 1.0, rows) * np.where(urgent, 2.2 + 0.075 * age, 2.4)
    nights = np.where(ward & ~day & over, np.minimum(long, 200), 0).astype(np.int64)
    unplanned = 3 + _drawn(rng, rows, np.array([0.74, 0.86, 0.93, 1.0]))
    method = np.where(planned, _drawn(rng, rows, np.array([0.7, 0.85, 1.0])), unplanned)
    treated = rng.random(rows) < np.where(day, 0.97, np.where(planned, 0.93, 0.28))
    vaccine = 0.02 + 0.05 * old
    acute, chronic = 0.05 + 0.07 * (age < 5) + 0.04 * old, 0.015 + 0.09 * np.clip((age - 40) / 40, 0, 1)
    kind = _one_of(rng, acute * urgent, chronic * urgent, vaccine * urgent)
    drink = np.where(sex == MALE, 1.0, 0.55) * (adult & (age < 75))
    alcohol = _one_of(rng, 0.04 * drink, 0.08 * drink, 0.02 * drink)

    def flag(share: Floats | float, among: Flags = ward) -> pl.Series:
        return _within(pl.Series((rng.random(rows) < share) & among), ward)

    def word(codes: Whole, names: Sequence[str]) -> pl.Series:
        return _within(_words(codes, names), ward)

    return {
        "admission_method": word(method, ("11", "12", "13", "21", "22", "24", "2A")),
        "patient_class": word(np.where(day, 1, 0), ("1", "2")),
        "length_of_stay": _within(pl.Series(nights.astype(np.int16)), ward),
        "has_procedure": _within(pl.Series(treated), ward),
        "acsc": _within(pl.Series(kind > 0), ward),
        "acsc_kind": word(kind, ("none", "acute", "chronic", "vaccine preventable")),
        "alcohol": word(alcohol, ("none", "partly acute", "partly chronic", "wholly")),
        "smoking": flag(0.08, adult),
        "obesity": flag(0.03, adult),
        "falls": flag(0.02 + 0.16 * np.clip((age - 60) / 35, 0, 1), urgent & old),
        "self_harm": flag(0.03, urgent & (age >= 12) & (age < 60)),
        "medicines": flag(0.01 + 0.02 * old, urgent & adult),
        "medically_unexplained": flag(0.06, urgent & adult),
        "readmission": flag(0.08 + 0.06 * old, urgent),
        "end_of_life": word(_ends(rng, urgent & old, nights), ("none", "2 days", "3 to 14 days")),
        "day_procedure": word(
            np.where(planned & treated, _drawn(rng, rows, np.array([0.86, 0.93, 0.97, 0.99, 1.0])), 0),
            ("none", "usually day case", "occasionally day case", "usually out-patient", "occasionally out-patient"),
        ),
        "same_day_emergency": word(
            np.where(urgent & adult & (nights <= 2), _drawn(rng, rows, np.array([0.6, 0.72, 0.84, 0.94, 1.0])), 0),
            ("none", "low", "moderate", "high", "very high"),
        ),
    }


def _ends(rng: Rng, among: Flags, nights: Whole) -> Whole:
    died = among & (rng.random(len(nights)) < 0.05)
    return np.where(died & (nights <= 2), 1, np.where(died & (nights <= 14), 2, 0))


def _doors(rng: Rng, pod: Whole, age: Whole, acuity: Whole) -> dict[str, pl.Series]:
    rows, door = len(pod), pod == ACCIDENT
    carried = rng.random(rows) < (0.08 + 0.55 * np.clip((age - 30) / 60, 0, 1)) * np.where(acuity <= 2, 1.3, 0.5)
    kind = np.where(carried, 0, _drawn(rng, rows, np.array([0.6, 0.65, 0.9, 0.93, 1.0])))
    left = rng.random(rows) < np.where(carried, 0.01, 0.05)
    none = ~left & (rng.random(rows) < np.where(acuity >= 3, 0.2, 0.04))
    low = ~left & ~none & (rng.random(rows) < np.where(acuity >= 3, 0.4, 0.1))
    category = _drawn(rng, rows, np.array([0.9, 0.95, 0.96, 1.0]))
    return {
        "ae_type": _within(_words(kind, ("01", "02", "03", "04", "05")), door),
        "arrival": _within(_words(carried.astype(np.int64), ("walk-in", "ambulance")), door),
        "attendance_category": _within(_words(category, ("1", "2", "3", "4")), door),
        "acuity": _within(_words(acuity, _ACUITIES), door),
        "no_treatment": _within(pl.Series(none), door),
        "left_before_seen": _within(pl.Series(left), door),
        "low_cost_discharge": _within(pl.Series(low), door),
    }


def _clinics(rng: Rng, pod: Whole) -> dict[str, pl.Series]:
    rows, clinic = len(pod), np.isin(pod, (FIRST, FOLLOW_UP))
    treated = rng.random(rows) < 0.13
    kind = np.where(treated, 2, np.where(pod == FIRST, 0, 1))
    by = np.where(
        pod == FIRST, _drawn(rng, rows, np.array([0.6, 0.85, 1.0])), _drawn(rng, rows, np.array([0.3, 0.8, 1.0]))
    )
    return {
        "attendance": _within(_words(kind, ("first", "follow-up", "procedure")), clinic),
        "telephone": _within(pl.Series(~treated & (rng.random(rows) < np.where(pod == FIRST, 0.08, 0.2))), clinic),
        "referral_source": _within(_words(by, ("GP", "consultant", "other")), clinic),
    }


def _acuities(rng: Rng, pod: Whole, age: Whole) -> Whole:
    score = rng.normal(0, 1, len(pod)) - 0.5 * np.clip((age - 50) / 40, 0, 1)
    return np.searchsorted(np.array([-2.0, -1.2, -0.1, 1.3]), score).astype(np.int64)


def _specialties(rng: Rng, pod: Whole, age: Whole, sex: Whole) -> Whole:
    """Children go to paediatrics four times in five, and only women of an age to gynaecology and maternity."""
    drawn = _drawn_by(rng, pod, _SPECIALTIES)
    names = np.array(shapes.SPECIALTIES)
    child, women = np.flatnonzero(names == "420")[0], np.flatnonzero(names == "502")[0]
    drawn = np.where((drawn == women) & ((sex == MALE) | (age < 14)), shapes.SPECIALTIES.index("300"), drawn)
    small = (age < 16) & (pod != ACCIDENT) & (rng.random(len(pod)) < 0.8)
    grown = np.where((drawn == child) & (age >= 18), shapes.SPECIALTIES.index("300"), drawn)
    return np.where(small, child, grown).astype(np.int64)


def _groupers(rng: Rng, pod: Whole, specialty: Whole, acuity: Whole) -> Whole:
    """Of wards by specialty, a few common and many rare; of A&E by acuity; of clinics two."""
    rank = _drawn(rng, len(pod), _GROUPERS)
    doors = (len(shapes.SPECIALTIES) - 1) * shapes.GROUPERS_A_SPECIALTY
    of_door = doors + np.minimum(acuity * 2 + rank % 3, 10)
    of_clinic = len(GROUPERS) - 2 + (pod == FIRST)
    ward = specialty * shapes.GROUPERS_A_SPECIALTY + rank
    return np.select([pod == ACCIDENT, pod >= FIRST], [of_door, of_clinic], ward)


def _one_of(rng: Rng, *shares: Floats) -> Whole:
    """0, or 1, 2, … with these probabilities of each row."""
    chance, total, drawn = (
        rng.random(len(shares[0])),
        np.zeros(len(shares[0])),
        np.zeros(len(shares[0]), dtype=np.int64),
    )
    for at, share in enumerate(shares, start=1):
        drawn[(chance >= total) & (chance < total + share)] = at
        total = total + share
    return drawn


def _drawn(rng: Rng, rows: int, cumulative: Floats) -> Whole:
    at: Whole = np.searchsorted(cumulative, rng.random(rows), side="right").astype(np.int64)
    at[at == len(cumulative)] -= 1
    return at


def _drawn_by(rng: Rng, which: Whole, cumulative: Floats) -> Whole:
    """A draw for each row from the distribution of its group: groups × outcomes, laid end to end and searched once."""
    groups, outcomes = cumulative.shape
    ends = (cumulative + np.arange(groups)[:, None]).ravel()
    at: Whole = np.searchsorted(ends, rng.random(len(which)) + which, side="right") - which * outcomes
    at[at == outcomes] -= 1
    return at


def _words(codes: Whole, names: Sequence[str]) -> pl.Series:
    return pl.Series(names, dtype=pl.Enum(names)).gather(codes)


def _within(values: pl.Series, among: Flags) -> pl.Series:
    """Missing but for the rows ``among``."""
    return pl.select(pl.when(pl.Series(among)).then(values)).to_series()
