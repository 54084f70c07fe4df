"""Statistics with their intervals, computed for all groups at once: frames in, frames out.

The names are looked up when they are used, so that nothing heavy is imported by naming this package.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trigpoint.measures.statistics.direct import dsr as dsr
    from trigpoint.measures.statistics.expectancy import life_expectancy as life_expectancy
    from trigpoint.measures.statistics.faults import MissingCounts as MissingCounts
    from trigpoint.measures.statistics.funnels import FunnelStatistic as FunnelStatistic
    from trigpoint.measures.statistics.funnels import funnel_limits as funnel_limits
    from trigpoint.measures.statistics.funnels import funnel_points as funnel_points
    from trigpoint.measures.statistics.funnels import funnel_significance as funnel_significance
    from trigpoint.measures.statistics.indirect import isr_rate as isr_rate
    from trigpoint.measures.statistics.indirect import isr_ratio as isr_ratio
    from trigpoint.measures.statistics.inequality import sii as sii
    from trigpoint.measures.statistics.levels import Strictness as Strictness
    from trigpoint.measures.statistics.means import mean as mean
    from trigpoint.measures.statistics.overdispersion import FunnelData as FunnelData
    from trigpoint.measures.statistics.overdispersion import overdispersed_funnel as overdispersed_funnel
    from trigpoint.measures.statistics.populations import esp_2013 as esp_2013
    from trigpoint.measures.statistics.proportions import proportion as proportion
    from trigpoint.measures.statistics.ranks import quantiles as quantiles
    from trigpoint.measures.statistics.rates import count as count
    from trigpoint.measures.statistics.rates import rate as rate
    from trigpoint.measures.statistics.rates import ratio as ratio
    from trigpoint.measures.statistics.references import Matching as Matching
    from trigpoint.measures.statistics.references import Reference as Reference
    from trigpoint.measures.statistics.slopes import Scale as Scale
    from trigpoint.measures.statistics.trends import recent_trend as recent_trend

_MODULES = {
    "FunnelData": "overdispersion",
    "FunnelStatistic": "funnels",
    "MissingCounts": "faults",
    "Matching": "references",
    "Reference": "references",
    "Scale": "slopes",
    "Strictness": "levels",
    "count": "rates",
    "dsr": "direct",
    "esp_2013": "populations",
    "funnel_limits": "funnels",
    "funnel_points": "funnels",
    "funnel_significance": "funnels",
    "isr_rate": "indirect",
    "isr_ratio": "indirect",
    "life_expectancy": "expectancy",
    "mean": "means",
    "overdispersed_funnel": "overdispersion",
    "proportion": "proportions",
    "quantiles": "ranks",
    "rate": "rates",
    "ratio": "rates",
    "recent_trend": "trends",
    "sii": "inequality",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = found
    return found
