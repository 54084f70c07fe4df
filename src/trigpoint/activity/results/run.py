"""The result of one run. Arrays are in draws where a question needs them, summaries where it does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import polars as pl
from numpy.typing import NDArray

from trigpoint.activity.assumptions.scenario import Scenario
from trigpoint.activity.book.book import ActivityBook
from trigpoint.activity.outturn.result import Outturn
from trigpoint.activity.results.drawing import Drawn
from trigpoint.errors import InputError
from trigpoint.periods import FinancialYear, Month
from trigpoint.wording import count, listed

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class OutputKey:
    """What a series of results is of; ``detail`` holds the values of ``Settings.output_by``, "" parts included."""

    provider: str
    pod: str
    detail: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """A quantity by month (or year) over the draws: mean, and quantiles with their Monte Carlo standard errors.

    Every array has one number a month or year; the probabilities are 0.1, 0.5 and 0.9.
    """

    mean: Floats
    p10: Floats
    p50: Floats
    p90: Floats
    p10_error: Floats
    p50_error: Floats
    p90_error: Floats


@dataclass(frozen=True, slots=True, eq=False)
class SeriesRun:
    """One provider and point of delivery (and detail) over the months of the plan years.

    ``fot`` is the base year's forecast outturn in the shape of each plan month. ``base`` are the twelve months of the
    base year, actual or forecast. ``do_nothing`` and ``do_something`` have the uncertainty of outturn, growth, schemes
    and (where ``Settings.noise``) of months; ``annual_…`` are the same of whole years.
    """

    key: OutputKey
    base: Floats
    fot: Floats
    do_nothing: Band
    do_something: Band
    annual_do_nothing: Band
    annual_do_something: Band
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class BridgePart:
    """One step from the base year's outturn to a plan year's do something: "baseline", or an assumption's id.

    ``value`` is the mean over the draws; the parts of one provider, pod and year sum to its do something exactly.
    ``kind`` is "baseline", "growth", "scheme" (activity avoided here) or "shift" (activity that a scheme brings here).
    """

    provider: str
    pod: str
    year: FinancialYear
    part: str
    name: str
    kind: str
    value: float


@dataclass(frozen=True, slots=True)
class SchemeResult:
    """What a scheme changes in a pod and year: negative where it avoids activity, positive where it brings some.

    ``delivered`` is the share of draws in which it happens; ``stated`` what it was said to change in that year, where
    it is a number; ``overlap`` the activity that it would have avoided besides, had other schemes not reached it first;
    ``meets`` the share of draws in which it changes as much as was said, ``None`` where no number was.
    """

    id: str
    name: str
    pod: str
    year: FinancialYear
    mean: float
    p10: float
    p90: float
    delivered: float
    stated: float | None = None
    overlap: float = 0.0
    meets: float | None = None


@dataclass(frozen=True, slots=True)
class Beds:
    """Bed days of a year and the beds for them at the target occupancy, with and without the schemes."""

    provider: str
    pod: str
    year: FinancialYear
    bed_days: float
    bed_days_p10: float
    bed_days_p90: float
    beds: float
    beds_p10: float
    beds_p90: float
    do_nothing_beds: float


@dataclass(frozen=True, slots=True)
class Value:
    """Activity × price of a year in pounds, before any payment mechanism."""

    provider: str
    pod: str
    year: FinancialYear
    do_nothing_gbp: float
    do_something_gbp: float
    p10_gbp: float
    p90_gbp: float


@dataclass(frozen=True, slots=True)
class Strain:
    """A month in which do something may exceed capacity, with the probability that it does."""

    provider: str
    pod: str
    month: Month
    capacity: float
    mean: float
    probability: float


@dataclass(frozen=True, slots=True)
class Driver:
    """How far one uncertain assumption moves a pod's year: the mean of do something where the assumption is in its
    lowest tenth of draws, and in its highest (a tornado's bar)."""

    pod: str
    year: FinancialYear
    assumption: str
    name: str
    low: float
    high: float


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ActivityRun(Drawn):
    """One run: of which book and scenario, with which seed, and everything that it answers.

    ``pods`` are the sums over providers (key provider ""), in the order of the book. ``draws_of`` gives, by pod, the
    annual do something in draws (years × draws), for comparisons in which both runs share every draw: expected values,
    without the noise of months, as every mean is. ``warnings`` are
    sentences on what could not be used or looks wrong; the rest was run.
    """

    drawings: ClassVar[tuple[str, ...]] = (
        "overall", "trajectory", "annual", "bridge", "schemes", "tornado", "likelihood", "beds",
    )  # fmt: skip

    book: ActivityBook
    scenario: Scenario
    seed: int
    draws: int
    months: tuple[Month, ...]
    series: tuple[SeriesRun, ...]
    pods: tuple[SeriesRun, ...]
    outturns: tuple[Outturn, ...]
    bridge: tuple[BridgePart, ...]
    schemes: tuple[SchemeResult, ...]
    drivers: tuple[Driver, ...]
    beds: tuple[Beds, ...]
    values: tuple[Value, ...]
    strains: tuple[Strain, ...]
    warnings: tuple[InputError, ...]
    draws_of: dict[str, Floats]

    @property
    def years(self) -> tuple[FinancialYear, ...]:
        return self.book.settings.years

    def __repr__(self) -> str:
        years = listed([year.label for year in self.years])
        what = f"{self.scenario.name}, {count(len(self.pods), 'point of delivery', 'points of delivery')}, {years}"
        return f"ActivityRun({what}, {self.draws:,} draws, seed {self.seed})"

    def frame(self) -> pl.DataFrame:
        """One row a series and plan month: provider, pod, detail, month, fot, do_nothing, do_something, p10, p90."""
        return pl.DataFrame(
            [
                (
                    one.key.provider, one.key.pod, "; ".join(one.key.detail), month.start, float(one.fot[at]),
                    float(one.do_nothing.mean[at]), float(one.do_something.mean[at]), float(one.do_something.p10[at]),
                    float(one.do_something.p90[at]),
                )
                for one in self.series
                for at, month in enumerate(self.months)
            ],
            schema={
                "provider": pl.String, "pod": pl.String, "detail": pl.String, "month": pl.Date,
                **dict.fromkeys(("fot", "do_nothing", "do_something", "p10", "p90"), pl.Float64),
            },
            orient="row",
        )  # fmt: skip
