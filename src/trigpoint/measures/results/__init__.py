"""Results of a book of figures: one calculation gives value, interval, target, chart, rank and sentence.

The names are imported when they are first asked for, so that a page without figures pays nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__all__ = [
    "Results",
    "SummaryRow",
    "data_table",
    "funnel_table",
    "inequality_table",
    "measure_results",
    "summary_table",
]

if TYPE_CHECKING:
    from trigpoint.measures.results.outcome import Results as Results
    from trigpoint.measures.results.outcome import measure_results as measure_results
    from trigpoint.measures.results.summary import SummaryRow as SummaryRow
    from trigpoint.measures.results.summary import summary_table as summary_table
    from trigpoint.measures.results.tables import data_table as data_table
    from trigpoint.measures.results.tables import funnel_table as funnel_table
    from trigpoint.measures.results.tables import inequality_table as inequality_table
else:
    _HOMES = {
        "Results": "outcome",
        "SummaryRow": "summary",
        "data_table": "tables",
        "funnel_table": "tables",
        "inequality_table": "tables",
        "measure_results": "outcome",
        "summary_table": "summary",
    }

    def __getattr__(name: str) -> object:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
