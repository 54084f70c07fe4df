"""A slow second implementation of the New Hospital Programme's model: row by row, spell by spell, as it is published.

It shares nothing with the pooled form but the drawn values of the leaves: growth is looked up by key, every spell is
resampled, thinned and shortened on its own, and results are counted in a dictionary.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import polars as pl

Leaf = Callable[..., float]
Row = Mapping[str, Any]
Rates = list[tuple[str, float]]


def leaf_of(sampled: Any, run: int) -> Leaf:
    """The drawn value of a leaf in a run; 1 where it is not set."""

    def value(*path: str) -> float:
        row = sampled.rows.get(path)
        return 1.0 if row is None else float(sampled.values[row, run])

    return value


def factor(row: Row, kind: str, leaf: Leaf, ratio: Callable[[Row], float], years: int) -> float:
    """The product of the growth factors of a row."""
    place = {
        "ip": (row["group"], row.get("tretspef_grouped")),
        "op": (row.get("tretspef_grouped"),),
        "aae": (row["group"],),
    }[kind]
    corrected = (row["group"], row["tretspef_grouped"]) if kind == "op" else place
    repat = "repat_local" if row["is_main_icb"] else "repat_nonlocal"
    waiting = (
        leaf("waiting_list_adjustment", kind, row["tretspef_grouped"]) if row.get("is_wla") and kind != "aae" else 1.0
    )
    return (
        ratio(row) * leaf("expat", kind, *place) * leaf(repat, kind, *place) * waiting
        * leaf("baseline_adjustment", kind, *corrected)
        * leaf("non-demographic_adjustment", kind, row["ndggrp"]) ** years
    )  # fmt: skip


def avoiding(row: Row, kind: str) -> list[str]:
    """The strategies that could avoid an outpatient or A&E row."""
    if kind == "op":
        found = []
        if not row["is_first"] and not row["has_procedures"]:
            found.append("followup_reduction_" + row["type"])
        if row["is_cons_cons_ref"]:
            found.append("consultant_to_consultant_reduction_" + row["type"])
        if row["is_gp_ref"] and row["is_first"]:
            found.append("gp_referred_first_attendance_reduction_" + row["type"])
        return found
    who = ("adult_" if row["is_adult"] else "child_") + row["group"]
    flags = {"is_frequent_attender": "frequent_attenders_", "is_left_before_treatment": "left_before_seen_",
             "is_low_cost_referred_or_discharged": "low_cost_discharged_",
             "is_discharged_no_treatment": "discharged_no_treatment_"}  # fmt: skip
    return [name + who for flag, name in flags.items() if row[flag]]


def counted(
    rows: pl.DataFrame,
    kind: str,
    leaf: Leaf,
    ratio: Callable[[Row], float],
    years: int,
    rng: np.random.Generator | None,
) -> Counter[tuple[Any, ...]]:
    """One run of outpatients or A&E by pod, site, measure, sex and age group; the expectation without ``rng``."""
    found: Counter[tuple[Any, ...]] = Counter()
    for row in rows.iter_rows(named=True):
        grown = factor(row, kind, leaf, ratio, years)
        kept = float(np.prod([leaf("activity_avoidance", kind, name) for name in avoiding(row, kind)]))
        key = (row["pod"], row["sitetret"])
        who = (row["sex"], row["age_group"])
        if kind == "aae":
            value = (
                row["arrivals"] * grown * kept
                if rng is None
                else rng.binomial(rng.poisson(row["arrivals"] * grown), kept)
            )
            found[(*key, row["group"], *who)] += value
            continue
        stay = 1.0 if row["has_procedures"] else leaf("efficiencies", "op", "convert_to_tele_" + row["type"])
        faces, calls = row["attendances"] * grown, row["tele_attendances"] * grown
        if rng is None:
            faces, calls, moved = faces * kept, calls * kept, faces * kept * (1 - stay)
        else:
            faces, calls = rng.binomial(rng.poisson(faces), kept), rng.binomial(rng.poisson(calls), kept)
            moved = rng.binomial(faces, 1 - stay)
        found[(*key, "attendances", *who)] += faces - moved
        found[(*key, "tele_attendances", *who)] += calls + moved
    return found


def strategies_of(rows: pl.DataFrame, given: pl.DataFrame, names: set[str]) -> dict[int, list[tuple[str, float]]]:
    """The strategies, with rates, of each row number."""
    found: dict[int, list[tuple[str, float]]] = {}
    for row, strategy, rate in given.select("rn", "strategy", "sample_rate").iter_rows():
        if strategy in names:
            found.setdefault(row, []).append((strategy, rate))
    return found


def general(row: Row) -> str:
    """What a spell without a strategy of its own falls to."""
    if row["speldur"] > 0 and row["classpat"] == "1" and row["admimeth"][0] in "12":
        return "general_los_reduction_" + ("elective" if row["admimeth"][0] == "1" else "emergency")
    return ""


def inpatients(
    rows: pl.DataFrame, avoidance: Mapping[int, Rates], efficiencies: Mapping[int, Rates],
    kinds: Mapping[str, Any], leaf: Leaf, ratio: Callable[[Row], float], years: int, rng: np.random.Generator,
) -> Counter[tuple[Any, ...]]:  # fmt: skip
    """One run of inpatients by pod, site, measure, sex and age group (and by specialty and nights)."""
    found: Counter[tuple[Any, ...]] = Counter()
    for row in rows.iter_rows(named=True):
        grown = int(rng.poisson(factor(row, "ip", leaf, ratio, years)))
        phi = 1.0
        for name, rate in avoidance.get(row["rn"], []):
            phi *= leaf("activity_avoidance", "ip", name) if rng.random() < rate else 1.0
        for _ in range(int(rng.binomial(grown, phi))):
            choices = [name for name, _ in efficiencies.get(row["rn"], [])] or [general(row)]
            chosen = choices[int(rng.integers(len(choices)))]
            _count(found, row, *_outcome(row, chosen, kinds, leaf, rng))
    return found


def _outcome(row: Row, chosen: str, kinds: Mapping[str, Any], leaf: Leaf, rng: np.random.Generator) -> tuple[str, int]:
    nights, pod = row["speldur"], row["pod"]
    if chosen not in kinds:
        return pod, nights
    phi, kind = leaf("efficiencies", "ip", chosen), kinds[chosen].kind.value
    if kind == "all":
        return pod, int(rng.binomial(nights, phi))
    if rng.random() < phi:
        return pod, nights
    if kind == "pre-op":
        return pod, max(nights - kinds[chosen].days, 0)
    targets = {
        "sdec": "aae_type-05",
        "day_procedures_daycase": "ip_elective_daycase",
        "day_procedures_outpatients": "op_procedure",
    }
    return targets[kind], 0


def _count(found: Counter[tuple[Any, ...]], row: Row, pod: str, nights: int) -> None:
    where, who = (pod, row["sitetret"]), (row["sex"], row["age_group"])
    other = {"op_procedure": "attendances", "aae_type-05": "walk-in"}.get(pod)
    if other:
        found[(*where, other, *who)] += 1
        return
    found[(*where, "admissions", *who)] += 1
    found[(*where, "beddays", *who)] += nights + 1
    found[(*where, "procedures", *who)] += int(row["has_procedure"])
