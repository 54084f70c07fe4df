"""Everything that a run of the activity model starts from. Values; who reads them is ``book.reading``."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from trigpoint.activity.assumptions.growth import Growth
from trigpoint.activity.assumptions.population import Population
from trigpoint.activity.assumptions.scenario import Scenario
from trigpoint.activity.assumptions.scheme import Scheme
from trigpoint.activity.assumptions.uncertain import Uncertain
from trigpoint.activity.outturn.methods import Method
from trigpoint.periods import FinancialYear, Month
from trigpoint.tabular.stated import UNSTATED, Stated

COUNTS = {"provider": pl.String, "pod": pl.String, "month": pl.Date, "value": pl.Float64}
"""Columns of counts; others (specialty, site, age, sex, or any) are attributes as text, but for ``age``, Int32."""
SAID = (*COUNTS, "source", "author", "on", "note", "illustrative", "reason", "file", "row")
"""Columns of counts that are no attributes of a cell: what is counted, and where a number comes from."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How the model runs. ``months_known`` of ``base_year`` are actuals, and the rest of it is forecast; 12 takes the
    year as it is; ``None`` takes as many as every series has. ``output_by`` are attributes that results are told apart
    by beside provider and point of delivery."""

    base_year: FinancialYear
    years: tuple[FinancialYear, ...]
    months_known: int | None = None
    method: Method = Method.AVERAGE
    draws: int = 4_000
    seed: int = 2_017
    noise: bool = True
    output_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Total:
    """A year's forecast outturn that is given, not made from months: "just the five totals"."""

    provider: str
    pod: str
    outturn: Uncertain
    stated: Stated = UNSTATED


@dataclass(frozen=True, slots=True)
class Capacity:
    """How many a month can be done; more than that is warned of."""

    provider: str
    pod: str
    a_month: float
    first: Month | None = None
    last: Month | None = None
    stated: Stated = UNSTATED


@dataclass(frozen=True, slots=True)
class Stay:
    """Bed days for each unit of activity, and the share of beds that is to be occupied at most."""

    provider: str
    pod: str
    days: float
    occupancy: float = 0.92
    stated: Stated = UNSTATED


@dataclass(frozen=True, slots=True)
class Price:
    """What one unit costs, in pounds; the value of activity before any payment mechanism."""

    provider: str
    pod: str
    gbp: float
    year: FinancialYear | None = None
    stated: Stated = UNSTATED


@dataclass(frozen=True, slots=True)
class PodName:
    """A point of delivery as the files write it, its name on paper, and its line in the national return.

    ``days`` says which days fill its months: "calendar" or "working".
    """

    code: str
    name: str
    line: str = ""
    unit: str = "attendances"
    days: str = "calendar"


@dataclass(frozen=True, slots=True)
class CountNote:
    """Where the counts of a series in the months ``first`` to ``last`` come from, and whether they were invented."""

    provider: str
    pod: str
    first: Month
    last: Month
    source: str = ""
    illustrative: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class ActivityBook:
    """What was counted (``counts``: the columns ``COUNTS`` and attributes; one row a series, cell and month), what is
    assumed, and the settings.

    ``cells`` are pooled records of the base year, of any grain: ``provider``, ``pod``, attributes, ``weight`` (a count
    of the base period, whatever months it holds) and perhaps ``bed_days``; without them every series of ``counts`` is
    split by its attributes as it was in its latest twelve months. Months of ``counts`` after the base year's known ones
    are for the back-test and the monitor, and never for the forecast. ``filled`` names cells without a count whose
    reason is known. Provider or pod "" of a capacity, stay or price means any. ``peers`` are counts of other
    organisations (the columns ``COUNTS``): they lend forecasts their profile and their errors, and are not run.
    """

    settings: Settings
    counts: pl.DataFrame
    totals: tuple[Total, ...] = ()
    cells: pl.DataFrame | None = None
    growth: tuple[Growth, ...] = ()
    schemes: tuple[Scheme, ...] = ()
    population: Population | None = None
    capacity: tuple[Capacity, ...] = ()
    stays: tuple[Stay, ...] = ()
    prices: tuple[Price, ...] = ()
    pods: tuple[PodName, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    illustrative: bool = False
    count_notes: tuple[CountNote, ...] = ()
    peers: pl.DataFrame | None = None

    @property
    def baseline_is_illustrative(self) -> bool:
        """Whether any count or given outturn was invented for a demonstration."""
        return any(one.illustrative for one in self.count_notes) or any(one.stated.illustrative for one in self.totals)
