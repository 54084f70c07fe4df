"""Measures: what is counted, what was reached, what it should be, and whether the difference is more than chance.

The names that a notebook needs are offered here; a part is imported when its first name is asked for, so that a check
of a plan never waits for the arithmetic of a chart. ``measures.spc`` is both the package of control charts and, called,
its function for frames. The guide is ``docs/measures.md``.

>>> from trigpoint import measures
>>> found = measures.proportion({"seen": [95], "all": [100]}, numerator="seen", denominator="all", multiplier=100)
>>> found["value"]
[95.0]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

_HOMES = {
    "Actual": "trigpoint.measures.book.book",
    "Aim": "trigpoint.measures.book.book",
    "AimKind": "trigpoint.measures.book.book",
    "ChartKind": "trigpoint.measures.definitions.definition",
    "Definition": "trigpoint.measures.definitions.definition",
    "FunnelData": "trigpoint.measures.statistics",
    "FunnelStatistic": "trigpoint.measures.statistics",
    "Judgement": "trigpoint.measures.standing",
    "Matching": "trigpoint.measures.statistics",
    "MeasureBook": "trigpoint.measures.book.book",
    "MissingCounts": "trigpoint.measures.statistics",
    "Rebase": "trigpoint.measures.book.book",
    "Reference": "trigpoint.measures.statistics",
    "Reproduction": "trigpoint.measures.trajectories",
    "Results": "trigpoint.measures.results",
    "Scale": "trigpoint.measures.statistics",
    "SeriesPair": "trigpoint.measures.series",
    "Standing": "trigpoint.measures.standing",
    "Statistic": "trigpoint.measures.definitions.definition",
    "Strictness": "trigpoint.measures.statistics",
    "against_target": "trigpoint.measures.standing",
    "book_of_plan": "trigpoint.measures.book.printed",
    "compute": "trigpoint.measures.trajectories",
    "count": "trigpoint.measures.statistics",
    "data_table": "trigpoint.measures.results",
    "dsr": "trigpoint.measures.statistics",
    "esp_2013": "trigpoint.measures.statistics",
    "funnel_limits": "trigpoint.measures.statistics",
    "funnel_points": "trigpoint.measures.statistics",
    "funnel_significance": "trigpoint.measures.statistics",
    "funnel_table": "trigpoint.measures.results",
    "half_up": "trigpoint.rounding",
    "inequality_table": "trigpoint.measures.results",
    "isr_rate": "trigpoint.measures.statistics",
    "isr_ratio": "trigpoint.measures.statistics",
    "life_expectancy": "trigpoint.measures.statistics",
    "mean": "trigpoint.measures.statistics",
    "measure_results": "trigpoint.measures.results",
    "merged": "trigpoint.measures.book.printed",
    "overdispersed_funnel": "trigpoint.measures.statistics",
    "parse_rule": "trigpoint.measures.trajectories",
    "proportion": "trigpoint.measures.statistics",
    "quantiles": "trigpoint.measures.statistics",
    "rate": "trigpoint.measures.statistics",
    "ratio": "trigpoint.measures.statistics",
    "read_book": "trigpoint.measures.book.reading",
    "read_definition": "trigpoint.measures.definitions.reading",
    "recent_trend": "trigpoint.measures.statistics",
    "reproduce": "trigpoint.measures.trajectories",
    "series_pairs": "trigpoint.measures.series",
    "sii": "trigpoint.measures.statistics",
    "standings": "trigpoint.measures.standing",
    "summary_table": "trigpoint.measures.results",
    "write_book": "trigpoint.measures.book.writing",
}
__all__ = sorted([*_HOMES, "spc"])  # noqa: PLE0605 - the names of the table above

if TYPE_CHECKING:
    from trigpoint.measures.book.book import Actual as Actual
    from trigpoint.measures.book.book import Aim as Aim
    from trigpoint.measures.book.book import AimKind as AimKind
    from trigpoint.measures.book.book import MeasureBook as MeasureBook
    from trigpoint.measures.book.book import Rebase as Rebase
    from trigpoint.measures.book.printed import book_of_plan as book_of_plan
    from trigpoint.measures.book.printed import merged as merged
    from trigpoint.measures.book.reading import read_book as read_book
    from trigpoint.measures.book.writing import write_book as write_book
    from trigpoint.measures.definitions.definition import ChartKind as ChartKind
    from trigpoint.measures.definitions.definition import Definition as Definition
    from trigpoint.measures.definitions.definition import Statistic as Statistic
    from trigpoint.measures.definitions.reading import read_definition as read_definition
    from trigpoint.measures.results import Results as Results
    from trigpoint.measures.results import data_table as data_table
    from trigpoint.measures.results import funnel_table as funnel_table
    from trigpoint.measures.results import inequality_table as inequality_table
    from trigpoint.measures.results import measure_results as measure_results
    from trigpoint.measures.results import summary_table as summary_table
    from trigpoint.measures.series import SeriesPair as SeriesPair
    from trigpoint.measures.series import series_pairs as series_pairs
    from trigpoint.measures.spc.frame import spc as spc
    from trigpoint.measures.standing import Judgement as Judgement
    from trigpoint.measures.standing import Standing as Standing
    from trigpoint.measures.standing import against_target as against_target
    from trigpoint.measures.standing import standings as standings
    from trigpoint.measures.statistics import FunnelData as FunnelData
    from trigpoint.measures.statistics import FunnelStatistic as FunnelStatistic
    from trigpoint.measures.statistics import Matching as Matching
    from trigpoint.measures.statistics import MissingCounts as MissingCounts
    from trigpoint.measures.statistics import Reference as Reference
    from trigpoint.measures.statistics import Scale as Scale
    from trigpoint.measures.statistics import Strictness as Strictness
    from trigpoint.measures.statistics import count as count
    from trigpoint.measures.statistics import dsr as dsr
    from trigpoint.measures.statistics import esp_2013 as esp_2013
    from trigpoint.measures.statistics import funnel_limits as funnel_limits
    from trigpoint.measures.statistics import funnel_points as funnel_points
    from trigpoint.measures.statistics import funnel_significance as funnel_significance
    from trigpoint.measures.statistics import isr_rate as isr_rate
    from trigpoint.measures.statistics import isr_ratio as isr_ratio
    from trigpoint.measures.statistics import life_expectancy as life_expectancy
    from trigpoint.measures.statistics import mean as mean
    from trigpoint.measures.statistics import overdispersed_funnel as overdispersed_funnel
    from trigpoint.measures.statistics import proportion as proportion
    from trigpoint.measures.statistics import quantiles as quantiles
    from trigpoint.measures.statistics import rate as rate
    from trigpoint.measures.statistics import ratio as ratio
    from trigpoint.measures.statistics import recent_trend as recent_trend
    from trigpoint.measures.statistics import sii as sii
    from trigpoint.measures.trajectories import Reproduction as Reproduction
    from trigpoint.measures.trajectories import compute as compute
    from trigpoint.measures.trajectories import parse_rule as parse_rule
    from trigpoint.measures.trajectories import reproduce as reproduce
    from trigpoint.rounding import half_up as half_up
else:
    # Hidden from the type checker, which would otherwise take any misspelt name for one of ours.
    def __getattr__(name: str) -> object:
        from importlib import import_module  # noqa: PLC0415 - the point of all this

        if name == "spc":  # the package itself, which can be called
            return import_module("trigpoint.measures.spc")
        if name not in _HOMES:
            raise AttributeError(f"module 'trigpoint.measures' has no attribute {name!r}")
        return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES, "spc"})
