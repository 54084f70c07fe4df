"""Rates, standardised rates, and life expectancies of many areas, against PHStatsMethods and recorded seconds of R.

Equal answers are asserted before anything is timed, wherever the peer runs here. PHStatsMethods refuses a count of
nought, so the made table has none; the answers for those are held by the golden cases.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import polars as pl

from benchmarks.peers import (
    RECORDED_PYTHON_SECONDS,
    RECORDED_R_SECONDS,
    Peer,
    assert_equal,
    phstatsmethods,
    r,
)
from benchmarks.timing import Claim, call_seconds
from trigpoint.measures import statistics as measures

RUNS = 7
AREAS, RATES, LIFE_AREAS = 10_000, 100_000, 1_000
LEVELS = (0.95, 0.998)
BANDS = [*(f"{age}-{age + 4}" for age in range(0, 90, 5)), "90+"]
START_AGES = [0, 1, *range(5, 95, 5)]


def claims() -> Iterator[Claim]:
    """Every claim of this module."""
    yield _dsr()
    yield _isr()
    yield _rates()
    yield _life_expectancy()


def _dsr() -> Claim:
    table = _areas()
    peer = phstatsmethods(
        """
def answer(table):
    return ph_dsr(table, "x", "n", "stdpop", group_cols=["area"], confidence=[0.95, 0.998], euro_standard_pops=False)
""",
        table,
        recorded_seconds=RECORDED_PYTHON_SECONDS["dsr"],
        runs=1,
    )
    frame = pl.DataFrame(table)

    def ours() -> pl.DataFrame:
        return measures.dsr(frame, count="x", population="n", standard="stdpop", by="area", levels=LEVELS)

    return _claim(f"DSR, {AREAS:,} areas × 19 bands, two intervals", ours, peer, 0.05)


def _isr() -> Claim:
    table = _areas()
    reference = {"band": BANDS, "x_ref": list(range(100, 119)), "n_ref": [50_000] * 19}
    beside = {name: reference[name] * AREAS for name in ("x_ref", "n_ref")}
    peer = phstatsmethods(
        """
def answer(table):
    return ph_ISRatio(table, "x", "n", "x_ref", "n_ref", group_cols=["area"], confidence=[0.95, 0.998])
""",
        table | beside,
        recorded_seconds=RECORDED_PYTHON_SECONDS["isr"],
        runs=1,
    )
    frame = pl.DataFrame(table)
    matched = measures.Reference(pl.DataFrame(reference), count="x_ref", population="n_ref", on="band")

    def ours() -> pl.DataFrame:
        return measures.isr_ratio(frame, count="x", population="n", reference=matched, by="area", levels=LEVELS)

    return _claim(f"ISR, {AREAS:,} areas × 19 bands, two intervals", ours, peer, 0.1)


def _rates() -> Claim:
    rng = np.random.default_rng(20_260_401)
    table = {
        "practice": [f"P{number:06d}" for number in range(RATES)],
        "x": rng.integers(1, 200, RATES).tolist(),
        "n": rng.integers(1_000, 20_000, RATES).tolist(),
    }
    script = """
def answer(table):
    return ph_rate(table, "x", "n", confidence=0.95)
"""
    peer = phstatsmethods(script, table, recorded_seconds=RECORDED_PYTHON_SECONDS["rates"], runs=1)
    frame = pl.DataFrame(table)

    def ours() -> pl.DataFrame:
        return measures.rate(frame, numerator="x", denominator="n")

    return _claim(f"rates, {RATES:,} rows", ours, peer, 0.05)


def _life_expectancy() -> Claim:
    rng = np.random.default_rng(20_260_402)
    people = rng.integers(500, 4_000, LIFE_AREAS * len(START_AGES))
    risk = np.tile(np.linspace(0.0005, 0.03, len(START_AGES)), LIFE_AREAS)
    table = {
        "area": np.repeat([f"A{number:04d}" for number in range(LIFE_AREAS)], len(START_AGES)).tolist(),
        "startage": START_AGES * LIFE_AREAS,
        "pops": people.tolist(),
        "deaths": (rng.poisson(people * risk) + 1).tolist(),
    }
    script = """
answer <- function(table) phe_life_expectancy(dplyr::group_by(table, area), deaths, pops, startage,
                                              confidence = c(0.95, 0.998))
"""
    peer = r("PHEindicatormethods", script, table, recorded_seconds=RECORDED_R_SECONDS["life expectancy"], runs=1)
    frame = pl.DataFrame(table)

    def ours() -> pl.DataFrame:
        return measures.life_expectancy(
            frame, deaths="deaths", population="pops", start_age="startage", by="area", levels=LEVELS
        )

    return _claim(f"life expectancy, {LIFE_AREAS:,} areas", ours, peer, 0.1)


def _claim(name: str, ours: Callable[[], Any], peer: Peer, limit_seconds: float) -> Claim:
    answer = ours()
    if peer.answers is not None:
        for our, their in _same_columns(answer, peer):
            wanted = answer[our].fill_null(float("nan")).to_list()
            assert_equal(wanted, peer.numbers(their), f"{name}, {our}")
    seconds = statistics.median(call_seconds(ours) for _ in range(RUNS))
    return Claim(name, seconds, str(peer), peer.seconds, limit_seconds)


def _same_columns(answer: pl.DataFrame, peer: Peer) -> list[tuple[str, str]]:
    """Our columns and the peer's that mean the same; the peer names its limits with or without their level."""
    theirs = {name.casefold().replace("_", ""): name for name in peer.answers or {}}
    found = []
    for our in answer.columns:
        if our == "value" or our.startswith(("lower", "upper")):
            end, _, level = our.partition("_")
            digits = level.replace("_", "")
            names = (our, *(f"{end}{number}{limit}" for number in (digits, f"{digits}0", "") for limit in ("cl", "ci")))
            match = next((theirs[name] for name in names if name in theirs), None)
            if match is None:
                raise AssertionError(f"{peer} has no column for {our}: {sorted(theirs)}")
            found.append((our, match))
    return found


def _areas() -> dict[str, list[Any]]:
    """Areas with 19 age bands, their events, people and standard population."""
    rng = np.random.default_rng(20_260_403)
    people = rng.integers(200, 4_000, AREAS * len(BANDS))
    standard = [5000, 5500, 5500, 5500, 6000, 6000, 6500, *[7000] * 4, 6500, 6000, 5500, 5000, 4000, 2500, 1500, 1000]
    return {
        "area": np.repeat([f"A{number:05d}" for number in range(AREAS)], len(BANDS)).tolist(),
        "band": BANDS * AREAS,
        "x": (rng.poisson(people * 0.004) + 1).tolist(),
        "n": people.tolist(),
        "stdpop": standard * AREAS,
    }
