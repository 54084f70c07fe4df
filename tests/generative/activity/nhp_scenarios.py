"""A made baseline and scenario of every kind of factor, for the tests of the pooled form."""

from __future__ import annotations

from typing import Any

import polars as pl

from trigpoint.activity.nhp.baseline import NhpBaseline
from trigpoint.activity.nhp.parameters import Efficiency, Interval, Kind, NhpParameters
from trigpoint.activity.nhp.reading import LIMITS
from trigpoint.activity.records.nhp_shape import NhpTrust, nhp_trust
from trigpoint.activity.records.nhp_strategies import AVOIDANCE, EFFICIENCIES

START, END = 2023, 2030


def kind_of(name: str) -> Efficiency:
    if name.startswith("same_day"):
        return Efficiency(Kind.SDEC)
    if name.startswith("pre-op"):
        return Efficiency(Kind.PRE_OP, int(name[11]))
    if name.startswith("day_procedures"):
        return Efficiency(Kind.DAY_CASE if name.endswith("_dc") else Kind.OUTPATIENT)
    return Efficiency(Kind.ALL)


def scenario(width: float = 0.1, **changed: Any) -> NhpParameters:
    """Every factor set; ``width`` is that of the intervals, 0 for a fixed scenario."""
    groups = ["100", "110", "300", "320", "502", "Other (Medical)", "Other (Surgical)"]
    leaves: dict[tuple[str, ...], Interval] = {}

    def put(middle: float, *path: str, part: float = 1.0) -> None:
        half = width * part / 2
        leaves[path] = Interval(middle - half, middle + half, *LIMITS[path[0]])

    for name, middle in (("expat", 0.95), ("repat_local", 1.06), ("repat_nonlocal", 1.2)):
        for group in groups:
            for kind in ("elective", "non-elective", "maternity"):
                put(middle, name, "ip", kind, group)
            put(middle - 0.02, name, "op", group)
        for way in ("ambulance", "walk-in"):
            put(middle + 0.01, name, "aae", way)
    for group in groups[:3]:
        put(1.05, "waiting_list_adjustment", "ip", group)
        put(1.1, "waiting_list_adjustment", "op", group)
        put(1.04, "baseline_adjustment", "ip", "elective", group)
        put(0.9, "baseline_adjustment", "op", "first", group)
    put(1.02, "baseline_adjustment", "aae", "ambulance")
    for kind, names in (("ip", ("elective", "non-elective", "maternity")), ("op", ("first", "followup", "procedure")),
                        ("aae", ("ambulance", "walk-in"))):  # fmt: skip
        for name in names:
            put(1.01, "non-demographic_adjustment", kind, name, part=0.1)
    who = [f"{age}_{what}" for age in ("adult", "child") for what in ("surgical", "non-surgical")]
    doors = [f"{age}_{way}" for age in ("adult", "child") for way in ("ambulance", "walk-in")]
    for at, one in enumerate(AVOIDANCE):
        put(0.75 + 0.005 * at, "activity_avoidance", "ip", one.name)
    for name in (
        "followup_reduction_",
        "consultant_to_consultant_reduction_",
        "gp_referred_first_attendance_reduction_",
    ):
        for one in who:
            put(0.8, "activity_avoidance", "op", name + one)
    for name in ("frequent_attenders_", "left_before_seen_", "low_cost_discharged_", "discharged_no_treatment_"):
        for one in doors:
            put(0.85, "activity_avoidance", "aae", name + one)
    for one in who:
        put(0.9, "efficiencies", "op", "convert_to_tele_" + one)
    names = [one.name for one in EFFICIENCIES] + ["general_los_reduction_elective", "general_los_reduction_emergency"]
    for at, name in enumerate(names):
        put(0.7 + 0.01 * at, "efficiencies", "ip", name)
    settings: dict[str, Any] = {
        "start_year": START, "end_year": END, "leaves": leaves, "kinds": {name: kind_of(name) for name in names},
        "variants": (("principal", 0.6), ("high", 0.4)), "seed": 11, "model_runs": 40,
    }  # fmt: skip
    return NhpParameters(**(settings | changed))


def population() -> pl.DataFrame:
    """People by variant, year, sex and age."""
    rows = [
        (variant, year, sex, age, 1000.0 + 3 * age + (year - START) * (growth * age + sex))
        for variant, growth in (("principal", 1.0), ("high", 2.0))
        for year in (START, END)
        for sex in (1, 2)
        for age in range(91)
    ]
    return pl.DataFrame(rows, schema=["variant", "year", "sex", "age", "value"], orient="row")


def made(scale: float = 0.01, seed: int = 5, **changed: Any) -> tuple[NhpTrust, NhpBaseline]:
    """A small made trust and its baseline."""
    trust = nhp_trust(seed, scale=scale)
    tables: dict[str, Any] = {
        "inpatients": trust.inpatients, "outpatients": trust.outpatients, "emergencies": trust.emergencies,
        "avoidance": trust.avoidance, "efficiencies": trust.efficiencies, "population": population(),
        "births": population(),
    }  # fmt: skip
    return trust, NhpBaseline(**(tables | changed))


def ratio_of(variant: str) -> Any:
    """People at the horizon over those at the baseline, of a row's age and sex."""
    values = {(year, sex, age): value for name, year, sex, age, value in population().iter_rows() if name == variant}

    def ratio(row: Any) -> float:
        return float(values[END, row["sex"], row["age"]] / values[START, row["sex"], row["age"]])

    return ratio
