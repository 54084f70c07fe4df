"""Statistical process control: control charts with named rule sets, rebases, icons and assurance.

Names are loaded when they are asked for, so that importing a shape costs no arrays. Method: ``docs/methods-spc.md``.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

_HOMES = {
    "ControlCharts": "charts",
    "Recentre": "rebases",
    "RebaseAt": "series_keys",
    "RuleSet": "control",
    "SpcResult": "control",
    "SpcTable": "table",
    "Step": "dates",
    "Suggestion": "suggestion",
    "Wording": "findings",
    "control_chart": "charts",
    "control_charts": "charts",
    "read_rule_sets": "rule_sets",
    "rule_set": "rule_sets",
    "spc": "frame",
    "suggest_rebase": "suggestion",
}
__all__ = sorted(_HOMES)  # noqa: PLE0605 - the names of the table above


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


class _Called(ModuleType):
    """The package under the name that a notebook calls: ``measures.spc(frame, …)`` is ``spc`` of ``frame``."""

    def __call__(self, *args: Any, **options: Any) -> Any:
        return self.spc(*args, **options)


# A submodule always takes its name in the package above it, where the function is to be found under the same name.
sys.modules[__name__].__class__ = _Called
