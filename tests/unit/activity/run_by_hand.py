"""A run of two providers and three points of delivery, its numbers made by hand: no engine is needed to test papers."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from trigpoint.activity.assumptions.filters import Asked, Condition, Filter
from trigpoint.activity.assumptions.growth import Growth, GrowthForm, GrowthKind
from trigpoint.activity.assumptions.ramp import Ramp
from trigpoint.activity.assumptions.scenario import Scenario
from trigpoint.activity.assumptions.scheme import Effect, Scheme
from trigpoint.activity.assumptions.uncertain import Distribution, Uncertain
from trigpoint.activity.book.book import ActivityBook, PodName, Settings, Total
from trigpoint.activity.results.run import (
    ActivityRun,
    Band,
    Beds,
    BridgePart,
    OutputKey,
    SchemeResult,
    SeriesRun,
    Strain,
    Value,
)
from trigpoint.errors import InputError
from trigpoint.periods import FinancialYear, Month
from trigpoint.tabular.stated import Stated

YEARS = (FinancialYear(2017), FinancialYear(2018))
BASE = {("RNA", "ae"): 100_000.4, ("RRK", "ae"): 40_000.3, ("RNA", "el"): 12_345.6, ("RNA", "dc"): 9_876.5}
GROWTH, AVOIDED = (0.019, 0.0384), (0.021, 0.043)


def band(mean: np.ndarray) -> Band:
    none = np.full_like(mean, 0.5)
    return Band(mean, mean * 0.97, mean, mean * 1.03, none, none, none)


def series(provider: str, pod: str, base: float, *, illustrative: bool = False) -> SeriesRun:
    shape = np.array([30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28, 31]) / 365
    nothing = np.concatenate([base * shape * (1 + rate) for rate in GROWTH])
    something = np.concatenate(
        [base * shape * (1 + rate) * (1 - less) for rate, less in zip(GROWTH, AVOIDED, strict=True)]
    )
    years = [part.reshape(2, 12).sum(axis=1) for part in (nothing, something)]
    return SeriesRun(
        OutputKey(provider, pod), base * shape, np.tile(base * shape, 2), band(nothing), band(something),
        band(years[0]), band(years[1]), illustrative,
    )  # fmt: skip


def bridge(provider: str, pod: str, base: float) -> list[BridgePart]:
    parts = []
    for year, rate, less in zip(YEARS, GROWTH, AVOIDED, strict=True):
        grown = base * (1 + rate)
        steps = (
            ("baseline", "Outturn", "baseline", base),
            ("iham", "Growth", "growth", base * rate),
            ("triage", "=Triage", "scheme", -grown * less * 0.7),
            ("hub", "Hub", "scheme", -grown * less * 0.3),
        )
        parts += [BridgePart(provider, pod, year, part, name, kind, value) for part, name, kind, value in steps]
    return parts


def book() -> ActivityBook:
    ae = Filter((Condition("pod", Asked.IN, ("ae",)),))
    iham = Stated("IHAM growth", "Plan, page 12", "Planning lead", date(2017, 3, 1), file="growth.csv", row=2)
    made_up = Stated("=Triage", "Invented", illustrative=True, file="schemes.csv", row=2)
    rate = Uncertain(0.019, 0.01, 0.03, distribution=Distribution.NORMAL)
    rows = [(provider, pod, date(2016, 4, 1), 8_000.0) for provider, pod in BASE]
    return ActivityBook(
        Settings(FinancialYear(2016), YEARS, 5),
        pl.DataFrame(rows, schema=["provider", "pod", "month", "value"], orient="row"),
        totals=(Total("RNA", "ae", Uncertain(100_000.4)),),
        growth=(Growth("iham", GrowthKind.TREND, GrowthForm.RATE, rate, stated=iham),),
        schemes=(
            Scheme(
                "triage", Effect.SHARE, Uncertain(0.03), ae, ramp=Ramp(Month(2017, 4), Month(2018, 3)), delivery=0.9,
                part_of="QIPP", deliverable="d1", stated=made_up,
            ),
            Scheme("hub", Effect.NUMBER, Uncertain(1_700.0), ae, stated=Stated("Hub", "Plan, page 30")),
        ),
        pods=(
            PodName("ae", "A&E", "E.M.12"),
            PodName("el", "Ordinary elective", "E.M.10a", "spells"),
            PodName("dc", "Day case", "EM10b", "spells"),
            PodName("com", "Community contacts", "", "contacts"),
        ),
    )  # fmt: skip


def run_by_hand() -> ActivityRun:
    made = tuple(series(*key, base, illustrative=key[1] == "dc") for key, base in BASE.items())
    pods = tuple(
        series("", pod, sum(base for (_, of), base in BASE.items() if of == pod), illustrative=pod == "dc")
        for pod in ("ae", "el", "dc")
    )
    steps = tuple(part for key, base in BASE.items() for part in bridge(*key, base))
    schemes = tuple(
        SchemeResult(key, name, "ae", year, mean, mean * 1.2, mean * 0.8, 0.9, None, 12.0)
        for key, name in (("triage", "=Triage"), ("hub", "Hub"))
        for year, mean in ((YEARS[0], -1_500.4), (YEARS[1], -3_000.6))
    )
    return ActivityRun(
        book(), Scenario(), 2_017, 4_000, tuple(month for year in YEARS for month in year.months), made, pods, (),
        steps, schemes, (), (Beds("RNA", "el", YEARS[0], 30_000.0, 29_000.0, 31_000.0, 89.3, 86.4, 92.3, 91.0),),
        (Value("RNA", "ae", YEARS[0], 1.2e7, 1.1e7, 1.0e7, 1.2e7),),
        (Strain("RNA", "el", Month(2017, 10), 1_000.0, 1_010.0, 0.62),),
        (InputError("the scheme “x” matches nothing", where="schemes.csv, row 9", remedy="correct it"),), {},
    )  # fmt: skip
