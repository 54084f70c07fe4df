"""A run of the activity model: a small plan for sliders, and how time and memory grow with cells, draws and schemes.

The reference of the small plan is the formula in plain loops, one cell, month and draw at a time; it stands for a model
that is written as it is said, and is timed on a few draws and scaled, being the same work for each.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
from collections.abc import Iterator

import numpy as np
import polars as pl

from benchmarks.timing import Claim, call_seconds
from trigpoint.activity.assumptions.filters import Asked, Condition, Filter
from trigpoint.activity.assumptions.growth import Growth, GrowthForm, GrowthKind
from trigpoint.activity.assumptions.population import SCHEMA, Population
from trigpoint.activity.assumptions.ramp import Ramp, Shape
from trigpoint.activity.assumptions.scheme import Effect, Scheme, Shift
from trigpoint.activity.assumptions.uncertain import Distribution, Uncertain
from trigpoint.activity.book.book import COUNTS, ActivityBook, Settings, Stay, Total
from trigpoint.activity.simulation.run import run_model
from trigpoint.periods import FinancialYear, Month

BASE = FinancialYear(2016)
PODS = {"A&E": 8_000, "Elective": 1_200, "Non-elective": 2_400, "Outpatient first": 5_200, "Follow-up": 11_000}
RATES = (0.019, 0.017, 0.020, 0.034, 0.034)
RUNS = 7
CURVES = (
    (1_000, 1_000, 12), (10_000, 1_000, 12), (100_000, 1_000, 12), (400_000, 1_000, 12), (400_000, 1_000, 12, 2),
    (100_000, 250, 12), (100_000, 4_000, 12), (100_000, 1_000, 3), (100_000, 1_000, 48),
)  # fmt: skip


def claims() -> Iterator[Claim]:
    """Every claim of this module."""
    book = small_book()
    run_model(book)
    ours = statistics.median(call_seconds(lambda: run_model(book)) for _ in range(RUNS))
    draws = 20
    loops = call_seconds(lambda: plain_loops(book, draws)) * book.settings.draws / draws
    yield Claim(
        "A small plan: five series, 29 months of each, two years, six schemes, 4,000 draws, with bridge and bands",
        ours,
        "the formula in plain loops, without bridge, bands and outturn",
        loops,
        0.2,
    )


def season(at: int) -> float:
    """What a month is of the mean one."""
    return 1 + 0.05 * float(np.sin(at / 2))


def small_book(draws: int = 4_000) -> ActivityBook:
    """Five points of delivery of one provider with two whole years, five months, growth rates and schemes."""
    rng = np.random.default_rng(2_017)
    rows = [
        ("Dudley", pod, (Month(2014, 4) + at).start, float(round(size * season(at) * rng.normal(1, 0.02))))
        for pod, size in PODS.items()
        for at in range(29)
    ]
    growth = tuple(
        Growth(f"growth-{at}", GrowthKind.TREND, GrowthForm.RATE, _normal(rate, 0.005), _pod(pod))
        for at, (pod, rate) in enumerate(zip(PODS, RATES, strict=True))
    )
    slow = Ramp(Month(2017, 4), Month(2019, 3), shape=Shape.S_CURVE)
    schemes = (
        Scheme("triage", Effect.NUMBER, _normal(7_000, 900), _pod("A&E"), ramp=slow, delivery=0.9,
               shift=Shift("Community", ratio=0.5)),
        Scheme("acsc", Effect.NUMBER, _normal(1_700, 200), _pod("Non-elective"), ramp=slow),
        Scheme("frail", Effect.SHARE, _normal(0.09, 0.03), _pod("Non-elective"), ramp=slow),
        Scheme("limited", Effect.SHARE, _normal(0.15, 0.03), _pod("Elective"), ramp=slow),
        Scheme("flat", Effect.GROWTH, Uncertain(1.0), _pod("Outpatient first", "Follow-up")),
        Scheme("community", Effect.ADDED, Uncertain(25_000.0), _pod("Community"), ramp=slow),
    )  # fmt: skip
    counts = pl.DataFrame(rows, schema=COUNTS, orient="row")
    settings = Settings(BASE, (BASE + 1, BASE + 2), draws=draws)
    return ActivityBook(settings, counts, growth=growth, schemes=schemes, stays=(Stay("", "Non-elective", 5.0),))


def large_book(cells: int, draws: int, schemes: int, providers: int = 4, years: int = 3) -> ActivityBook:
    """An integrated care system: cells of providers × 9 points of delivery × 21 specialties × age × sex × flags."""
    rng = np.random.default_rng(6)
    pods = [f"POD {at}" for at in range(9)]
    frame = pl.DataFrame(
        {
            "provider": rng.choice([f"R{at}" for at in range(providers)], cells),
            "pod": rng.choice(pods, cells),
            "specialty": rng.choice([str(100 + at) for at in range(21)], cells),
            "age": rng.integers(0, 91, cells).astype(np.int32),
            "sex": rng.choice(["1", "2"], cells),
            **{f"flag{at}": rng.choice(["0", "1"], cells, p=[0.85, 0.15]) for at in range(min(schemes, 12))},
            "weight": rng.gamma(0.8, 3.0, cells),
        }
    )
    people = [
        (variant, "people", "", year, sex, age, 1_000.0 * (1 + 0.002 * age * (year - BASE.first) / 3))
        for variant in ("principal", "high", "low")
        for year in range(BASE.first, BASE.first + years + 1)
        for sex in ("1", "2")
        for age in range(91)
    ]
    population = Population(
        pl.DataFrame(people, schema=SCHEMA, orient="row"), (("principal", 0.5), ("high", 0.25), ("low", 0.25))
    )
    growth = (
        Growth("people", GrowthKind.DEMOGRAPHIC, GrowthForm.POPULATION, Uncertain(1.0)),
        *(Growth(f"other-{pod}", GrowthKind.NON_DEMOGRAPHIC, GrowthForm.RATE, _normal(0.01, 0.005), _pod(pod))
          for pod in pods),
    )  # fmt: skip
    plan = tuple(
        Scheme(f"scheme-{at}", Effect.SHARE, _normal(0.1, 0.03), _flag(at, pods), ramp=Ramp(Month(2017, 4 + at % 6)))
        for at in range(schemes)
    )
    totals = tuple(Total(f"R{at}", pod, _normal(50_000.0, 1_500)) for at in range(providers) for pod in pods)
    settings = Settings(BASE, tuple(BASE + at for at in range(1, years + 1)), draws=draws, output_by=("specialty",))
    return ActivityBook(
        settings, pl.DataFrame(schema=COUNTS), totals, frame, growth, plan, population,
        stays=tuple(Stay("", pod, 3.0) for pod in pods[:3]),
    )  # fmt: skip


def plain_loops(book: ActivityBook, draws: int) -> float:
    """Do something of the small plan, one month and draw at a time; the sum, so that nothing is left out."""
    rng = np.random.default_rng(1)
    total = 0.0
    months = [month for year in book.settings.years for month in year.months]
    for _ in range(draws):
        for pod, size in PODS.items():
            outturn = size * 12 * float(np.exp(rng.normal(0, 0.03)))
            for at, month in enumerate(months):
                volume = outturn / 12
                for growth in book.growth:
                    if pod in growth.where.conditions[0].values:
                        volume *= (1 + growth.amount.value) ** (1 + at // 12)
                for scheme in book.schemes:
                    if pod in scheme.where.conditions[0].values:
                        amount = scheme.amount.value
                        share = amount / (outturn * 1.02) if scheme.effect is Effect.NUMBER else amount
                        volume *= 1 - scheme.ramp.share(month) * min(share, 1.0)
                total += volume
    return total


def curve(cells: int, draws: int, schemes: int, workers: int = 1) -> str:
    """Time of one large plan, and the peak memory of this process: run each in a process of its own."""
    made = large_book(cells, draws, schemes)
    seconds = call_seconds(lambda: run_model(made, workers=workers))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    crowd = f", {workers} workers" if workers > 1 else ""
    return f"{cells:,} cells, {draws:,} draws, {schemes} schemes{crowd}: {seconds:.1f} s, {peak:.2f} GB"


def _normal(value: float, half: float) -> Uncertain:
    return Uncertain(value, value - half, value + half, distribution=Distribution.NORMAL)


def _pod(*pods: str) -> Filter:
    return Filter((Condition("pod", Asked.IN, pods),))


def _flag(at: int, pods: list[str]) -> Filter:
    flag = Condition(f"flag{at % 12}", Asked.IN, ("1",))
    return Filter((flag, Condition("pod", Asked.IN, (pods[at % 9], pods[at % 7]))))


if __name__ == "__main__":
    # python -m benchmarks.activity_plan 400000 1000 12 [2]: cells, draws, schemes, workers; none of them, all curves.
    if len(sys.argv) > 1:
        print(curve(*(int(word) for word in sys.argv[1:])))
    else:
        for point in CURVES:
            words = [str(number) for number in point]
            subprocess.run([sys.executable, "-m", "benchmarks.activity_plan", *words], check=True)
