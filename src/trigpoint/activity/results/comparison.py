"""Runs beside each other: the mean of each, and how far each is from the first in the same draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from trigpoint.activity.assumptions.scenario import Scenario
from trigpoint.activity.results.drawing import Drawn
from trigpoint.activity.results.run import ActivityRun
from trigpoint.periods import FinancialYear


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One run's do something of a point of delivery and year beside the first run's.

    ``difference`` is the mean of run − first over the draws that both share, with its tenth and ninetieth percentile;
    ``lower`` the share of draws in which the run is below the first. The first run's own rows have 0 throughout.
    """

    scenario: Scenario
    pod: str
    year: FinancialYear
    mean: float
    difference: float
    p10: float
    p90: float
    lower: float


@dataclass(frozen=True, slots=True, eq=False)
class Comparison(Drawn):
    """The runs as they were given, and a row for each run, point of delivery and year."""

    drawings: ClassVar[tuple[str, ...]] = ("comparison",)

    runs: tuple[ActivityRun, ...]
    rows: tuple[ComparisonRow, ...]

    def row(self, scenario: str, pod: str, year: FinancialYear) -> ComparisonRow:
        """The row of a scenario by its id. Raises ``KeyError`` where there is none."""
        for one in self.rows:
            if (one.scenario.id, one.pod, one.year) == (scenario, pod, year):
                return one
        raise KeyError((scenario, pod, year.label))
