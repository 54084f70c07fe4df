"""A made baseline with the columns and the grain of the New Hospital Programme's model: nobody's records.

For measuring and proving. One row a spell for inpatients, aggregated rows for outpatients and A&E; attributes are drawn
nearly independently of each other, which is the hardest case for pooling; the numbers of distinct values (3 sites, 21
specialty groups, 57 treatment functions, ages 0 to 90, five points of delivery of A&E) are those of a trust.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from trigpoint.activity.records.nhp_strategies import avoidance_of, efficiencies_of

INPATIENT_ROWS, OUTPATIENT_ROWS, EMERGENCY_ROWS = 100_000, 396_000, 148_000
SITES = ("SITE1", "SITE2", "SITE3")
MAIN_ICB, OTHER_ICBS = "QAA", ("QBB", "QCC", "QDD")
OLDEST = 90

# Treatment functions, the common ones first; those that results are not told by are "other" of their kind.
_TOLD_SURGICAL, _TOLD_MEDICAL = "100 101 110 120 130 140 160 170", "300 301 320 330 340 361 400 410 420 430 502"
_REST_SURGICAL = "180 190 214 215 217 219 102 103 104 105 106 107 108 141 143 144 150 161 172 173 211"
_REST_MEDICAL = "303 350 370 302 304 305 306 307 308 309 313 314 315 317 318 324 326"
SURGICAL = tuple(f"{_TOLD_SURGICAL} {_REST_SURGICAL}".split())
TOLD = tuple(f"{_TOLD_SURGICAL} {_TOLD_MEDICAL}".split())
SPECIALTIES = (*TOLD, *_REST_SURGICAL.split(), *_REST_MEDICAL.split())
AGE_GROUPS = ((0, "0"), (1, "1-4"), (5, "5-9"), (10, "10-15"), (16, "16-17"), (18, "18-34"), (35, "35-49"),
              (50, "50-64"), (65, "65-74"), (75, "75-84"), (85, "85+"))  # fmt: skip

Rng = np.random.Generator
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class NhpTrust:
    """The five tables of a baseline: ``avoidance`` and ``efficiencies`` are row × strategy × sample rate."""

    inpatients: pl.DataFrame
    outpatients: pl.DataFrame
    emergencies: pl.DataFrame
    avoidance: pl.DataFrame
    efficiencies: pl.DataFrame


def nhp_trust(seed: int, *, providers: Sequence[str] = ("RAA",), scale: float = 1.0) -> NhpTrust:
    """The baseline of one trust, or of several: 100,000 spells and 396,000 and 148,000 aggregated rows each.

    ``scale`` multiplies the rows. Row numbers (``rn``) run on over the providers, so that strategies find their rows.
    The same seed makes the same tables.

    >>> trust = nhp_trust(1, scale=0.01)
    >>> trust.inpatients.height, trust.outpatients.height, trust.emergencies.height
    (1000, 3960, 1480)
    """
    made = tuple(enumerate(providers, start=seed))
    spells, clinics, doors = (round(rows * scale) for rows in (INPATIENT_ROWS, OUTPATIENT_ROWS, EMERGENCY_ROWS))
    stays = _numbered(inpatients(spells, at, provider=name) for at, name in made)
    return NhpTrust(
        stays,
        _numbered(outpatients(clinics, at, provider=name) for at, name in made),
        _numbered(emergencies(doors, at, provider=name) for at, name in made),
        avoidance_of(stays, seed),
        efficiencies_of(stays, seed),
    )


def inpatients(
    rows: int = INPATIENT_ROWS, seed: int = 1, *, sites: Sequence[str] = SITES, provider: str = "RAA"
) -> pl.DataFrame:
    """One row a spell: whose, where, how admitted, how long (``speldur``, nights), and the keys of growth.

    ``rn`` counts from 0. About 44% elective (86% of them day cases), 48% non-elective and 8% maternity.
    """
    rng = np.random.default_rng([seed, 11])
    group = rng.choice(3, rows, p=[0.44, 0.48, 0.08])
    elective, emergency, maternity = (group == at for at in range(3))
    birth = maternity & (rng.random(rows) < 0.45)
    age = _ages(rng, rows, birth, maternity & ~birth)
    sex = np.where(maternity & ~birth, 2, rng.integers(1, 3, rows))
    day = elective & (rng.random(rows) < 0.86)
    regular = day & (rng.random(rows) < 0.04)
    specialty = _specialties(rng, rows)
    specialty = np.where(birth, "420", np.where(maternity, "502", specialty))
    nights = _nights(rng, rows, elective & ~day, emergency, maternity, age)
    planned = rng.choice(["11", "12", "13"], rows, p=[0.6, 0.2, 0.2])
    unplanned = rng.choice(["21", "22", "24", "28", "2A"], rows, p=[0.7, 0.1, 0.08, 0.06, 0.06])
    method = np.select([elective, emergency, birth], [planned, unplanned, "82"], "31")
    pods = ["ip_regular_day_attender", "ip_elective_daycase", "ip_elective_admission", "ip_non-elective_birth-episode"]
    pod = np.select([regular, day, elective, birth], pods, "ip_non-elective_admission")
    icb = _icbs(rng, rows)
    needs = ["birth", "maternity", "daycase", "ordelec", "emerg_child"]
    health = np.select([birth, maternity, day, elective, age < 18], needs, "emerg")
    return _with_groups(
        pl.DataFrame(
            {
                "rn": np.arange(rows),
                "provider": [provider] * rows,
                "age": age,
                "sex": sex,
                "imd_quintile": rng.integers(1, 6, rows),
                "classpat": np.select([regular, day, maternity], ["3", "2", "5"], "1"),
                "admimeth": method,
                "mainspef": specialty,
                "tretspef": specialty,
                "hsagrp": health,
                "group": np.array(["elective", "non-elective", "maternity"])[group],
                "speldur": nights,
                "sitetret": np.array(sites)[rng.choice(len(sites), rows, p=_falling(len(sites)))],
                "icb": icb,
                "is_main_icb": icb == MAIN_ICB,
                "is_wla": method == "11",
                "has_procedure": rng.random(rows) < np.select([day, elective, maternity], [0.97, 0.92, 0.5], 0.3),
                "maternity_delivery_in_spell": maternity & ~birth & (rng.random(rows) < 0.5),
                "pod": pod,
                "demog_type": np.where(birth | maternity, "births", "demographics"),
                "ndggrp": np.array(["elective", "non-elective", "maternity"])[group],
                "sushrg_trimmed": _groupers(rng, rows),
            }
        )
    )


def outpatients(
    rows: int = OUTPATIENT_ROWS, seed: int = 1, *, sites: Sequence[str] = SITES, provider: str = "RAA"
) -> pl.DataFrame:
    """Aggregated rows, each combination once, with ``attendances`` and ``tele_attendances``: about 4 and 1 a row."""
    rng = np.random.default_rng([seed, 12])
    drawn = _distinct(rows, lambda more: _outpatient_keys(rng, more, sites))
    faces = rng.geometric(0.25, rows)
    tele = rng.geometric(0.5, rows) - 1
    kind, child = drawn["group"].to_numpy(), drawn["age"].to_numpy() < 18
    surgical = np.isin(drawn["tretspef"].to_numpy().astype(str), SURGICAL)
    treated = kind == "procedure"
    who, what = np.where(child, "child", "adult"), np.where(surgical, "surgical", "non-surgical")
    births = (drawn["tretspef"] == "502").to_numpy() & (drawn["sex"] == 2).to_numpy()
    added = drawn.with_columns(
        pl.lit(provider).alias("provider"),
        pl.Series("type", np.char.add(np.char.add(who, "_"), what)),
        pl.Series("pod", np.char.add("op_", kind.astype(str))),
        pl.Series("demog_type", np.where(births, "births", "demographics")),
        pl.Series("hsagrp", np.char.add(np.where(child, "op_child_", "op_adult_"), kind.astype(str))),
        pl.col("group").alias("ndggrp"),
        pl.Series("has_procedures", treated),
        (pl.col("icb") == MAIN_ICB).alias("is_main_icb"),
        (pl.col("group") == "first").alias("is_first"),
        pl.lit(True).alias("is_wla"),
        pl.Series("attendances", faces),
        pl.Series("tele_attendances", np.where(treated, 0, tele)),
    )
    return _with_groups(added.with_row_index("rn"))


def emergencies(
    rows: int = EMERGENCY_ROWS, seed: int = 1, *, sites: Sequence[str] = SITES, provider: str = "RAA"
) -> pl.DataFrame:
    """Aggregated rows of A&E, each combination once, with ``arrivals``: about 5 a row."""
    rng = np.random.default_rng([seed, 13])
    drawn = _distinct(rows, lambda more: _emergency_keys(rng, more, sites))
    ambulance = pl.col("group") == "ambulance"
    return drawn.with_columns(
        pl.lit(provider).alias("provider"),
        pl.concat_str(pl.lit("aae_type-"), pl.col("aedepttype")).alias("pod"),
        pl.lit("aae").alias("hsagrp"),
        pl.col("group").alias("ndggrp"),
        (pl.col("icb") == MAIN_ICB).alias("is_main_icb"),
        (pl.col("age") >= 18).alias("is_adult"),
        ambulance.alias("is_ambulance"),
        pl.lit("demographics").alias("demog_type"),
        _age_groups().alias("age_group"),
        pl.Series("arrivals", rng.geometric(0.195, rows)),
    ).with_row_index("rn")


def _outpatient_keys(rng: Rng, rows: int, sites: Sequence[str]) -> pl.DataFrame:
    kind = rng.choice(3, rows, p=[0.33, 0.5, 0.17])
    by_gp = rng.random(rows) < 0.5
    return pl.DataFrame(
        {
            "age": _ages(rng, rows),
            "sex": rng.integers(1, 3, rows),
            "sitetret": np.array(sites)[rng.choice(len(sites), rows, p=_falling(len(sites)))],
            "tretspef": _specialties(rng, rows),
            "group": np.array(["first", "followup", "procedure"])[kind],
            "icb": _icbs(rng, rows),
            "is_gp_ref": by_gp,
            "is_cons_cons_ref": ~by_gp & (rng.random(rows) < 0.5),
            "sushrg_trimmed": np.where(kind == 2, _groupers(rng, rows, most=16), ""),
        }
    )


def _emergency_keys(rng: Rng, rows: int, sites: Sequence[str]) -> pl.DataFrame:
    left = rng.random(rows) < 0.05
    untreated = ~left & (rng.random(rows) < 0.2)
    return pl.DataFrame(
        {
            "age": _ages(rng, rows),
            "sex": rng.integers(1, 3, rows),
            "sitetret": np.array(sites)[rng.choice(len(sites), rows, p=_falling(len(sites)))],
            "aedepttype": rng.choice(["01", "02", "03", "04", "05"], rows, p=[0.62, 0.06, 0.22, 0.02, 0.08]),
            "attendance_category": rng.choice(["1", "2", "3"], rows, p=[0.9, 0.04, 0.06]),
            "acuity": rng.choice(
                ["immediate", "very urgent", "urgent", "standard", "non-urgent"], rows, p=[0.02, 0.13, 0.35, 0.4, 0.1]
            ),
            "group": np.where(rng.random(rows) < 0.25, "ambulance", "walk-in"),
            "icb": _icbs(rng, rows),
            "is_frequent_attender": rng.random(rows) < 0.1,
            "is_low_cost_referred_or_discharged": ~left & (rng.random(rows) < 0.3),
            "is_left_before_treatment": left,
            "is_discharged_no_treatment": untreated,
        }
    )


def _numbered(frames: Iterable[pl.DataFrame]) -> pl.DataFrame:
    return pl.concat(frames).drop("rn").with_row_index("rn")


def _distinct(rows: int, draw: Callable[[int], pl.DataFrame]) -> pl.DataFrame:
    """As many different rows as asked for, drawn until there are enough; the order of drawing is kept."""
    found = draw(rows + rows // 8 + 64).unique(maintain_order=True)
    while found.height < rows:
        found = pl.concat([found, draw(rows // 4 + 64)]).unique(maintain_order=True)
    return found.head(rows)


def _with_groups(rows: pl.DataFrame) -> pl.DataFrame:
    """With the age group and the specialty group that results are told by."""
    function = pl.col("tretspef")
    rest = pl.when(function.is_in(SURGICAL)).then(pl.lit("Other (Surgical)"))
    grouped = pl.when(function.is_in(TOLD)).then(function).otherwise(rest.otherwise(pl.lit("Other (Medical)")))
    return rows.with_columns(_age_groups().alias("age_group"), grouped.alias("tretspef_grouped"))


def _age_groups() -> pl.Expr:
    """The group of a single age."""
    starts = [start for start, _ in AGE_GROUPS]
    names = [AGE_GROUPS[bisect_right(starts, age) - 1][1] for age in range(OLDEST + 1)]
    return pl.col("age").replace_strict(list(range(OLDEST + 1)), names, return_dtype=pl.String)


def _ages(rng: Rng, rows: int, birth: Flags | None = None, mothers: Flags | None = None) -> Whole:
    """Ages 0 to 90: many small children, a plateau, most of all at 60 to 85; 0 of births, 16 to 45 of mothers."""
    at = np.arange(OLDEST + 1)
    shape = 1 + 3 * np.exp(-at / 1.5) + 2.2 * np.exp(-(((at - 74) / 13) ** 2)) - 0.4 * np.exp(-(((at - 10) / 5) ** 2))
    ages = rng.choice(OLDEST + 1, rows, p=shape / shape.sum())
    if birth is not None:
        ages[birth] = 0
    if mothers is not None:
        ages[mothers] = np.clip(rng.normal(30, 5.5, int(mothers.sum())).round(), 16, 45)
    return ages.astype(np.int64)


def _nights(rng: Rng, rows: int, ordinary: Flags, emergency: Flags, maternity: Flags, age: Whole) -> Whole:
    """Length of stay: none on the day, a third of emergencies, else a long tail that lengthens with age."""
    long = rng.gamma(0.9, 1.0, rows) * np.where(emergency, 3.2 + 0.06 * age, 2.2)
    stays = np.where(ordinary | maternity, rng.random(rows) < 0.8, emergency & (rng.random(rows) < 0.68))
    return np.where(stays, np.minimum(1 + long, 180), 0).astype(np.int64)


def _specialties(rng: Rng, rows: int) -> NDArray[np.str_]:
    """57 treatment functions, the common ones some twenty times the rare."""
    share = 1 / (np.arange(len(SPECIALTIES)) + 6.0)
    return np.array(SPECIALTIES)[rng.choice(len(SPECIALTIES), rows, p=share / share.sum())]


def _groupers(rng: Rng, rows: int, most: int = 600) -> NDArray[np.str_]:
    """Healthcare resource groups of four characters, their sizes falling as 1/rank."""
    names = np.array([f"{chr(65 + at % 23)}{chr(65 + at // 23 % 26)}{at % 89 + 10}" for at in range(most)])
    share = 1 / (np.arange(most) + 3.0)
    return names[rng.choice(most, rows, p=share / share.sum())]


def _icbs(rng: Rng, rows: int) -> NDArray[np.str_]:
    return np.array([MAIN_ICB, *OTHER_ICBS])[rng.choice(4, rows, p=[0.85, 0.08, 0.05, 0.02])]


def _falling(number: int) -> NDArray[np.float64]:
    """Shares of so many sites: each about six tenths of the one before."""
    share = np.power(0.6, np.arange(number, dtype=np.float64))
    return share / float(share.sum())
