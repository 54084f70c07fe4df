"""Plan against actual as months arrive: how far off, where it comes from, what the year will now come to.

``monitor(run, book)`` answers; ``Monitoring`` holds the months, the year to date, what is seen of the schemes, the new
forecast of the year and how often the bands held. Method: ``docs/methods-monitor.md``.
"""

import sys
from types import ModuleType
from typing import Any

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


class _Called(ModuleType):
    """The package under the name that a notebook calls: ``activity.monitor(run, book)`` is ``monitor`` of it."""

    def __call__(self, *args: Any, **options: Any) -> Any:
        return self.monitor(*args, **options)


# A submodule always takes its name in the package above it, where the function is to be found under the same name.
sys.modules[__name__].__class__ = _Called
