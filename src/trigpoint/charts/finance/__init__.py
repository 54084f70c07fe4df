"""Charts of finance: pure functions from a result to a ``Picture``.

A finance committee reads from them where the year stands, what changes it, which business rules hold by how much, what
schemes and risks come to, and what a contract pays. Money stays exact until a mark is placed; every picture has its
numbers in words and in a table as well.
"""

from __future__ import annotations

from trigpoint.charts.finance.contracts import contract_months_picture, mechanisms_picture
from trigpoint.charts.finance.curve import contract_curve_picture, curve_picture
from trigpoint.charts.finance.outturn import outturn_picture
from trigpoint.charts.finance.peer_funnel import peer_funnel_picture
from trigpoint.charts.finance.peers import opportunity_picture, peers_picture
from trigpoint.charts.finance.position import groups_picture, position_months_picture
from trigpoint.charts.finance.risks import risks_picture, tornado_picture
from trigpoint.charts.finance.rules import rules_picture
from trigpoint.charts.finance.schemes import scheme_months_picture, schemes_picture
from trigpoint.charts.finance.waterfall import waterfall_picture

__all__ = [
    "contract_curve_picture",
    "contract_months_picture",
    "curve_picture",
    "groups_picture",
    "mechanisms_picture",
    "opportunity_picture",
    "outturn_picture",
    "peer_funnel_picture",
    "peers_picture",
    "position_months_picture",
    "risks_picture",
    "rules_picture",
    "scheme_months_picture",
    "schemes_picture",
    "tornado_picture",
    "waterfall_picture",
]
