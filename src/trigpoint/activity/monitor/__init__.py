"""Plan against actual as months arrive: how far off, where it comes from, what the year will now come to.

``monitor(run, book)`` answers; ``Monitoring`` holds the months, the year to date, what is seen of the schemes, the new
forecast of the year and how often the bands held. Method: ``docs/methods-monitor.md``.
"""

from trigpoint.activity.monitor.monitoring import monitor
from trigpoint.activity.monitor.result import (
    Coverage,
    Monitoring,
    Part,
    PlanMonth,
    Reforecast,
    SchemeWatch,
    ToDate,
    Verdict,
)

__all__ = [
    "Coverage",
    "Monitoring",
    "Part",
    "PlanMonth",
    "Reforecast",
    "SchemeWatch",
    "ToDate",
    "Verdict",
    "monitor",
]
