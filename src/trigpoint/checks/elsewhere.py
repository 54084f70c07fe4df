"""Rules that are not of the checks: of triangulation, which needs more than the plan. A plan may set and waive them in
the same tables, and the checks leave those rows alone."""

from __future__ import annotations

OF_TRIANGULATION = frozenset((
    "BUSINESS_RULE", "COMMITTED_TWICE", "CONTRACT_ACTIVITY", "CONTRACT_VALUE", "GROWTH_ASSUMPTION", "GROWTH_MONEY",
    "RISK_UNCOVERED", "SAME_FIGURE", "SCHEME_ACTIVITY", "SCHEME_RISK", "SCHEME_START", "SCHEME_TOTAL", "UNDERLYING",
))  # fmt: skip
"""Their ids: `trigpoint triangulate --rules` lists them."""
