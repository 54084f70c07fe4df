"""Runs of the activity model put together by hand, as the engine hands them to the charts."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import polars as pl

from trigpoint.activity.assumptions.scenario import Scenario
from trigpoint.activity.book.book import COUNTS, ActivityBook, PodName, Settings
from trigpoint.activity.outturn.history import History
from trigpoint.activity.outturn.methods import Method
from trigpoint.activity.outturn.result import Interval, Outturn, Outturns
from trigpoint.activity.results.run import (
    ActivityRun,
    Band,
    Beds,
    BridgePart,
    Driver,
    OutputKey,
    SchemeResult,
    SeriesRun,
)
from trigpoint.periods import FinancialYear, Month

BASE = FinancialYear(2016)
YEARS = (FinancialYear(2017), FinancialYear(2018))
PODS = (
    PodName("nel", "Non-elective", "E.M.11", "admissions"),
    PodName("el", "Elective", "E.M.10", "admissions", "working"),
    PodName("ae", "A&E", "E.M.12", "attendances"),
    PodName("opfa", "Outpatient first", "E.M.8", "attendances", "working"),
    PodName("opfu", "Outpatient follow-up", "E.M.9", "attendances", "working"),
)
SIZES = {"nel": 31_200.0, "el": 38_500.0, "ae": 98_700.0, "opfa": 101_000.0, "opfu": 214_000.0}
GROWTH = {"nel": 0.02, "el": 0.017, "ae": 0.019, "opfa": 0.034, "opfu": 0.034}
AVOIDED = {"nel": 0.045, "el": 0.06, "ae": 0.03, "opfa": 0.0, "opfu": 0.066}


def band(mean: Sequence[float], spread: float = 0.04) -> Band:
    middle = np.asarray(mean, dtype=np.float64)
    nothing = np.zeros_like(middle)
    low, high = middle * (1 - spread), middle * (1 + spread)
    return Band(middle, low, middle.copy(), high, nothing, nothing, nothing)


def months_of(years: Sequence[FinancialYear] = YEARS) -> tuple[Month, ...]:
    return tuple(month for year in years for month in year.months)


def series(
    pod: str = "nel",
    provider: str = "",
    *,
    size: float | None = None,
    growth: float | None = None,
    avoided: float | None = None,
    years: Sequence[FinancialYear] = YEARS,
    illustrative: bool = False,
) -> SeriesRun:
    total = SIZES.get(pod, 1_000.0) if size is None else size
    up = GROWTH.get(pod, 0.02) if growth is None else growth
    down = AVOIDED.get(pod, 0.05) if avoided is None else avoided
    shape = np.array([1 + 0.06 * math.sin((at + 3) / 2) for at in range(12)])
    base = total * shape / shape.sum()
    nothing = np.concatenate([base * (1 + up) ** (at + 1) for at in range(len(years))]) if years else np.zeros(0)
    ramp = np.linspace(0.1, 1, len(nothing)) if len(nothing) else nothing
    something = nothing * (1 - down * ramp)
    annual = [part.reshape(-1, 12).sum(axis=1) for part in (nothing, something)]
    return SeriesRun(
        OutputKey(provider, pod), base, np.tile(base, len(years)), band(nothing, 0.035), band(something, 0.05),
        band(annual[0], 0.03), band(annual[1], 0.045), illustrative,
    )  # fmt: skip


def outturn(pod: str = "nel", provider: str = "RNA", known: int = 5, **kept: object) -> Outturn:
    one = series(pod, provider)
    value = float(one.base.sum())
    counted = tuple(at < known for at in range(12))
    given: dict[str, object] = {
        "likely": Interval(0.8, value * 0.97, value * 1.03, 0.025, 0.015),
        "wide": Interval(0.95, value * 0.95, value * 1.05, 0.04, 0.02),
        "trajectory": tuple(one.base.tolist()),
        "actual": counted,
        "to_date": float(one.base[:known].sum()),
        "last_year": value * 0.985,
    }
    return Outturn(provider, pod, BASE, known, **{"value": value, **given, **kept})  # type: ignore[arg-type]


def history(pod: str = "nel", provider: str = "RNA", years: int = 3) -> History:
    base = series(pod, provider).base
    values = np.concatenate([base * (0.96 + 0.012 * at) * (1 + 0.01 * math.cos(at)) for at in range(years)])
    return History(provider, pod, Month(BASE.first - years, 4), tuple(values.tolist()))


def outturns(*each: Outturn) -> Outturns:
    return Outturns(BASE, 5, each or tuple(outturn(pod.code) for pod in PODS))


NAMES = {
    "acsc": "Ambulatory care sensitive admissions avoided",
    "frailty": "Frailty teams at the front door",
    "care-home": "Enhanced health in care homes",
    "eol": "End of life care co-ordination",
    "sdec": "Same day emergency care",
    "falls": "Falls response service",
}


def bridge(pod: str = "nel", parts: Sequence[tuple[str, str, str, float]] = (), provider: str = "") -> list[BridgePart]:
    rows: list[tuple[str, str, str, float]] = [("baseline", "Outturn 2016/17", "baseline", SIZES.get(pod, 1000.0))]
    rows += parts or [
        ("iham", "Demography and trend (IHAM)", "growth", 1_260.4),
        ("catch-up", "Catch-up of the waiting list", "growth", 212.5),
        *((id, name, "scheme", -700.3 / (at + 1)) for at, (id, name) in enumerate(NAMES.items())),
        ("sdec-in", "From A&E to same day emergency care", "shift", 133.3),
    ]
    return [
        BridgePart(provider, pod, year, part, name, kind, value) for year in YEARS for part, name, kind, value in rows
    ]


def schemes(pod: str = "nel") -> list[SchemeResult]:
    return [
        SchemeResult(id, name, pod, year, mean := -700.3 / (at + 1), mean * 1.4, mean * 0.4, (1.0, 0.8, 0.65)[at % 3],
                     mean * 1.1 if at % 2 else None, abs(mean) * 0.05)
        for year in YEARS
        for at, (id, name) in enumerate(NAMES.items())
    ]  # fmt: skip


def drivers(pod: str = "nel") -> list[Driver]:
    return [
        Driver(pod, year, id, name, 31_000 + sign * 900 / (at + 1), 31_000 - sign * 800 / (at + 1))
        for year in YEARS
        for at, (id, name) in enumerate(
            [*NAMES.items(), ("iham", "Demography and trend (IHAM)"), ("fot", "forecast outturn")]
        )
        for sign in (1 if at < 6 else -1,)
    ]


def beds(pod: str = "nel", provider: str = "") -> list[Beds]:
    return [Beds(provider, pod, year, 180_200 - 4_000 * at, 172_000, 188_000, 537 - 12 * at, 512, 560, 548 + 11 * at)
            for at, year in enumerate(YEARS)]  # fmt: skip


def run(
    *pods: SeriesRun,
    years: tuple[FinancialYear, ...] = YEARS,
    known: int | None = 5,
    illustrative: bool = False,
    names: tuple[PodName, ...] = PODS,
    scenario: Scenario | None = None,
    **kept: object,
) -> ActivityRun:
    each = pods or tuple(series(pod.code, years=years) for pod in PODS)
    settings = Settings(BASE, years, months_known=known, draws=200, seed=1)
    book = ActivityBook(settings, pl.DataFrame(schema=COUNTS), pods=names, illustrative=illustrative)
    noise = np.random.default_rng(4)
    draws = {one.key.pod: noise.normal(one.annual_do_something.mean[:, None], 900, (len(years), 400)) for one in each}
    parts: dict[str, object] = {
        "series": tuple(series(one.key.pod, "RNA", years=years) for one in each),
        "outturns": tuple(outturn(one.key.pod) for one in each) if known else (),
        "bridge": tuple(row for one in each for row in bridge(one.key.pod)),
        "schemes": tuple(row for one in each[:2] for row in schemes(one.key.pod)),
        "drivers": tuple(row for one in each for row in drivers(one.key.pod)),
        "beds": tuple(row for one in each[:2] for row in beds(one.key.pod)),
        "values": (), "strains": (), "warnings": (), "draws_of": draws,
    }  # fmt: skip
    return ActivityRun(book, scenario or Scenario(), 1, 400, months_of(years), pods=each, **{**parts, **kept})  # type: ignore[arg-type]


METHODS = {method: 2.1 + 0.35 * at for at, method in enumerate(Method)}
