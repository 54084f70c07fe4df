"""The New Hospital Programme's model in its pooled form, at the size of a trust and of an integrated care board.

The peer, nhp_model 6 (Python 3.13, pandas 3, one core), was run on another day on data of the same shape and scenario,
since it needs its own Python and libraries; its seconds are recorded here and marked so: as it is shipped, and with one
accidental look-up of a text index mended. Before anything is timed, the pooled form is held against row-level
expectations: z scores of the cells of every kind of activity.

Each case runs in a process of its own on one core: `python -m benchmarks.activity_nhp '{"grain": "full"}'` is one.
Seconds are of the processor where there is one worker, so that a busy machine does not change the answer.
"""

from __future__ import annotations

import json
import math
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

from benchmarks.timing import Claim

SHIPPED_SECONDS, MENDED_SECONDS = 12.6, 7.6
"""Recorded seconds of one nhp_model run of 100,000 + 396,003 + 148,471 rows (11.2 to 14.2; mended 7.6 to 9.8)."""
ICB_SHIPPED_SECONDS = 46.4
FULL_RATIO, PLANNING_RATIO = 300, 1_000
RUNS = 256
GROUPS = (
    "100", "101", "110", "120", "130", "140", "160", "170", "300", "301", "320", "330", "340", "361", "400", "410",
    "420", "430", "502", "Other (Medical)", "Other (Surgical)",
)  # fmt: skip
WAYS = {
    "ip": ("elective", "non-elective", "maternity"),
    "op": ("first", "followup", "procedure"),
    "aae": ("ambulance", "walk-in"),
}
MOVES = (
    ("expat", 0.97, 0.99, 0.0, 1.0),
    ("repat_local", 1.01, 1.03, 1.0, 5.0),
    ("repat_nonlocal", 1.01, 1.03, 1.0, 5.0),
)
FLAGS = {
    "is_frequent_attender": "frequent_attenders_",
    "is_left_before_treatment": "left_before_seen_",
    "is_low_cost_referred_or_discharged": "low_cost_discharged_",
    "is_discharged_no_treatment": "discharged_no_treatment_",
}
START, END = 2023, 2035


def claims() -> Iterator[Claim]:
    """The claims on one trust and on one board, after the curves."""
    assert_distribution()
    for title, cases in CURVES.items():
        print(f"{title} | preparing | ms a run | peak memory | cells drawn in a run")
        for name, case in cases.items():
            each = in_a_process(case)
            print(
                f"{name} | {each['prepared']:.2f} s | {each['run'] * 1000:.1f} | {each['megabytes']:,.0f} MB"
                f" | {each['cells']:,}"
            )
    for grain, ratio in (("full", FULL_RATIO), ("planning", PLANNING_RATIO)):
        each = in_a_process({"grain": grain, "runs": RUNS})
        for name, seconds in (("as shipped", SHIPPED_SECONDS), ("mended", MENDED_SECONDS)):
            yield Claim(
                f"One run of a trust, {grain} grain, one core",
                each["run"],
                f"nhp_model {name} (recorded)",
                seconds,
                SHIPPED_SECONDS / ratio,
            )
        limit = 3.0 if grain == "planning" else RUNS * SHIPPED_SECONDS / ratio
        peer = RUNS * SHIPPED_SECONDS
        yield Claim(
            f"{RUNS} runs of a trust, {grain} grain, with preparing",
            each["whole"],
            "nhp_model as shipped (recorded)",
            peer,
            limit,
        )
    board = in_a_process({"grain": "planning", "providers": 4, "years": [2024, 2025, 2026], "runs": RUNS, "workers": 2})
    print(f"Four trusts, 3 years × 12 months: {board['whole']:.1f} s of processor, {board['megabytes']:,.0f} MB")
    yield Claim(
        f"{RUNS} runs of four trusts, 3 years × 12 months, by the clock on two cores",
        board["wall"],
        "nhp_model three times, one core (recorded)",
        3 * RUNS * ICB_SHIPPED_SECONDS,
        15.0,
    )


CURVES: dict[str, dict[str, dict[str, Any]]] = {
    "Rows, full grain": {f"{round(644_000 * scale):,}": {"scale": scale} for scale in (0.1, 0.3, 1.0, 2.0)},
    "Rows, planning grain": {
        f"{round(644_000 * scale):,}": {"scale": scale, "grain": "planning"} for scale in (0.1, 0.3, 1.0, 2.0)
    },
    "Runs, full grain": {f"{runs:,}": {"scale": 0.3, "runs": runs} for runs in (32, 128, 512, 2_048)},
    "Strategies, full grain": {
        f"{round(92 * part)}": {"scale": 0.3, "strategies": part} for part in (0.0, 0.25, 0.5, 1.0)
    },
    "Trusts, planning grain": {
        f"{number}": {"providers": number, "scale": 0.3, "grain": "planning"} for number in (1, 2, 4)
    },
}  # fmt: skip


def measured(case: dict[str, Any]) -> dict[str, float]:
    """One case: seconds of preparing and of a further run, of the whole, memory, and how many cells are drawn."""
    from trigpoint.activity.nhp.planning import plan_nhp
    from trigpoint.activity.nhp.run import run_nhp

    baseline = made_baseline(case.get("scale", 1.0), case.get("providers", 1))
    parameters = scenario(case.get("strategies", 1.0))
    runs, workers = case.get("runs", 64), case.get("workers", 1)

    def run(number: int) -> tuple[float, float]:
        start, wall = time.process_time(), time.perf_counter()
        if case.get("grain", "full") == "full":
            run_nhp(baseline, parameters, runs=number, workers=workers)
        else:
            plan_nhp(baseline, parameters, runs=number, workers=workers, years=case.get("years", [END]))
        return time.process_time() - start, time.perf_counter() - wall

    run(8)
    few, (whole, wall) = min(run(8)[0] for _ in range(2)), run(runs)
    each = (whole - few) / (runs - 8)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cells = drawn_cells(baseline, parameters, case.get("grain", "full"))
    return {
        "run": each,
        "prepared": few - 8 * each,
        "whole": whole,
        "wall": wall,
        "megabytes": megabytes,
        "cells": cells,
    }


def drawn_cells(baseline: Any, parameters: Any, grain: str) -> int:
    """How many Poisson numbers one run draws."""
    from trigpoint.activity.nhp.counted import counted_of
    from trigpoint.activity.nhp.inpatients import inpatients_of
    from trigpoint.activity.nhp.parameters import Dataset
    from trigpoint.activity.nhp.planning_cells import planned_of
    from trigpoint.activity.nhp.sampling import sample

    sampled = sample(parameters, 1, 1)
    if grain != "full":
        found = [planned_of(dataset, baseline, parameters, sampled, 1) for dataset in Dataset]
        return sum(
            12 * one.keys.height * len(one.measures) if one.nights is None else len(one.nights.nights)
            for one in found
            if one
        )
    spells = inpatients_of(baseline, parameters, sampled, 1, bridge=False)
    counted = [counted_of(kind, baseline, parameters, sampled, 1, bridge=False) for kind in list(Dataset)[1:]]
    return sum(one.cells.height * len(one.measures) for one in counted if one) + (
        len(spells.cells.nights) if spells else 0
    )


def in_a_process(case: dict[str, Any]) -> dict[str, float]:
    """A case in a process of its own, on one core where there is one worker."""
    threads = {"OMP_NUM_THREADS": "1", "POLARS_MAX_THREADS": str(case.get("workers", 1))}
    command = [sys.executable, "-m", "benchmarks.activity_nhp", json.dumps(case)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ | threads)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def scenario(strategies: float = 1.0, width: float = 0.1) -> Any:
    """Every factor and all mitigators, or a share of them, from ``START`` to ``END``."""
    from trigpoint.activity.nhp.mitigators import load_mitigators
    from trigpoint.activity.nhp.parameters import Efficiency, Interval, Kind, NhpParameters

    leaves: dict[tuple[str, ...], Interval] = {}
    for name, low, high, floor, ceiling in MOVES:
        for group in GROUPS:
            for way in WAYS["ip"]:
                leaves[name, "ip", way, group] = Interval(low, high, floor, ceiling)
            leaves[name, "op", group] = Interval(low, high, floor, ceiling)
        for way in WAYS["aae"]:
            leaves[name, "aae", way] = Interval(low, high, floor, ceiling)
    for group in GROUPS:
        leaves["waiting_list_adjustment", "ip", group] = Interval(1.01, 1.01, 0, 5)
        leaves["waiting_list_adjustment", "op", group] = Interval(1.02, 1.02, 0, 5)
    for kind, ways in WAYS.items():
        for way in ways:
            leaves["non-demographic_adjustment", kind, way] = Interval(1.0, 1.02, 0, 5)
    kinds: dict[str, Efficiency] = {}
    mitigators = load_mitigators()
    for at, one in enumerate(mitigators):
        if (at * strategies) % 1 + strategies < 1 or not strategies:
            continue
        leaves[one.family, one.dataset.value, one.name] = Interval(0.9 - width / 2, 0.9 + width / 2)
        if (one.family, one.dataset.value) == ("efficiencies", "ip"):
            kinds[one.name] = Efficiency(Kind(one.kind), one.days)
    variants = (("principal", 0.4), ("high", 0.3), ("low", 0.3))
    return NhpParameters(START, END, leaves, kinds, variants, seed=84_308, model_runs=RUNS, health_status=True)


def made_baseline(scale: float, providers: int = 1, seed: int = 1) -> Any:
    """A made trust, or several, of the shape of the peer's data, with projections and health-status factors."""
    import polars as pl

    from trigpoint.activity.nhp.baseline import NhpBaseline
    from trigpoint.activity.records.nhp_shape import nhp_trust

    names = [f"R{at:02d}" for at in range(providers)]
    trust = nhp_trust(seed, providers=names, scale=scale)
    people = [
        (variant, year, sex, age, (1000.0 + 5 * abs(50 - age)) * (1 + (year - START) * (0.002 + drift + 0.00012 * age)))
        for variant, drift in (("principal", 0.0), ("high", 0.002), ("low", -0.002))
        for year in range(START, END + 1)
        for sex in (1, 2)
        for age in range(91)
    ]
    population = pl.DataFrame(people, schema=["variant", "year", "sex", "age", "value"], orient="row")
    old = [trust.inpatients.select("hsagrp", "sex", "age"), trust.outpatients.select("hsagrp", "sex", "age")]
    keys = pl.concat(old).unique().filter(pl.col("age") >= 55).sort("hsagrp", "sex", "age")
    factors = keys.with_columns(factor=0.97 - 0.0005 * (pl.col("age") - 55))
    health = factors.with_columns(low=pl.col("factor") - 0.02, high=pl.col("factor") + 0.02)
    return NhpBaseline(
        trust.inpatients,
        trust.outpatients,
        trust.emergencies,
        trust.avoidance,
        trust.efficiencies,
        population,
        population,
        health,
    )


def assert_distribution() -> None:
    """Cells of every run against row-level expectations: mean 0 and deviation 1, or nothing is timed.

    Spells are counted wherever they went, since each that is kept is counted once: they are Poisson too.
    Growth is that of a fixed scenario, row by row, from its definition; draws are those of the pooled form.
    """
    from dataclasses import replace

    from trigpoint.activity.nhp.parameters import Dataset
    from trigpoint.activity.nhp.run import run_nhp

    parameters, baseline = (
        replace(scenario(width=0.0), variants=(("principal", 1.0),), health_status=False),
        made_baseline(0.05),
    )
    fixed = replace(
        parameters,
        leaves={path: replace(leaf, low=leaf.middle, high=leaf.middle) for path, leaf in parameters.leaves.items()},
    )
    run = run_nhp(baseline, fixed, runs=40)
    scores: list[float] = []
    for dataset in Dataset:
        table = run.table(dataset, "sex+age_group")
        rows = table.rows.select("measure", "sex", "age_group").rows()
        found: dict[tuple[Any, ...], Any] = {}
        for key, made in zip(rows, table.matrix[:, 1:].astype(float), strict=True):
            name = ("spells", *key[1:]) if dataset is Dataset.INPATIENTS else key
            if key[0] not in ("beddays", "procedures"):
                found[name] = found.get(name, 0) + made
        for name, mean in expected_rows(baseline, fixed, dataset).items():
            if mean > 30:
                scores.extend((found[name] - mean) / math.sqrt(mean))
    number, mean = len(scores), sum(scores) / len(scores)
    spread = math.sqrt(sum((score - mean) ** 2 for score in scores) / number)
    assert abs(mean) < 4 / math.sqrt(number), mean
    assert abs(spread - 1) < 4 / math.sqrt(2 * number), spread
    print(
        f"Distribution: {number:,} z scores of cells against row-level expectations, mean {mean:.3f}, "
        f"deviation {spread:.3f}"
    )


def expected_rows(baseline: Any, parameters: Any, dataset: Any) -> dict[tuple[Any, ...], float]:
    """The expectation of each measure, sex and age group of a fixed scenario, one row of the baseline at a time."""
    value = {path: leaf.middle for path, leaf in parameters.leaves.items()}
    people = {key[:4]: key[4] for key in baseline.population.iter_rows()}
    avoiding: dict[int, float] = {}
    for row, name, rate in baseline.avoidance.select("rn", "strategy", "sample_rate").iter_rows():
        kept = 1 - rate * (1 - value.get(("activity_avoidance", "ip", name), 1.0))
        avoiding[row] = avoiding.get(row, 1.0) * kept
    found: dict[tuple[Any, ...], float] = {}
    kind = dataset.value
    for row in baseline.table(dataset).iter_rows(named=True):
        place = {
            "ip": (row["group"], row.get("tretspef_grouped")),
            "op": (row.get("tretspef_grouped"),),
            "aae": (row["group"],),
        }[kind]
        repat = "repat_local" if row["is_main_icb"] else "repat_nonlocal"
        grown = people["principal", END, row["sex"], row["age"]] / people["principal", START, row["sex"], row["age"]]
        grown *= value.get(("expat", kind, *place), 1.0) * value.get((repat, kind, *place), 1.0)
        grown *= value.get(("non-demographic_adjustment", kind, row["ndggrp"]), 1.0) ** parameters.years
        if row.get("is_wla"):
            grown *= value.get(("waiting_list_adjustment", kind, row["tretspef_grouped"]), 1.0)
        for measure, count in _kept(row, kind, value, avoiding):
            key = (measure, row["sex"], row["age_group"])
            found[key] = found.get(key, 0.0) + grown * count
    return found


def _kept(
    row: dict[str, Any], kind: str, value: dict[tuple[str, ...], float], avoiding: dict[int, float]
) -> list[tuple[str, float]]:
    if kind == "ip":
        return [("spells", avoiding.get(row["rn"], 1.0))]
    if kind == "aae":
        who = ("adult_" if row["is_adult"] else "child_") + row["group"]
        kept = math.prod(
            value.get(("activity_avoidance", "aae", name + who), 1.0) for flag, name in FLAGS.items() if row[flag]
        )
        return [(row["group"], row["arrivals"] * kept)]
    first = row["is_first"]
    asked = {
        "followup_reduction_": not first and not row["has_procedures"],
        "consultant_to_consultant_reduction_": row["is_cons_cons_ref"],
        "gp_referred_first_attendance_reduction_": row["is_gp_ref"] and first,
    }
    kept = math.prod(
        value.get(("activity_avoidance", "op", name + row["type"]), 1.0) for name, there in asked.items() if there
    )
    stay = 1.0 if row["has_procedures"] else value.get(("efficiencies", "op", "convert_to_tele_" + row["type"]), 1.0)
    faces, calls = row["attendances"] * kept, row["tele_attendances"] * kept
    return [("attendances", faces * stay), ("tele_attendances", calls + faces * (1 - stay))]


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measured(json.loads(sys.argv[1]))))
    else:
        for claim in claims():
            print(claim, flush=True)
