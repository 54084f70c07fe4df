"""Charts of the activity model: pure functions from a run, an outturn or a back-test to a ``Picture``.

A planner reads from them what a plan's activity will be, month by month and year by year, with how surely; what
changes it; and how it stands against what came. Nothing here loads arrays: the results bring their own.
"""

from __future__ import annotations

from trigpoint.charts.activity.annual import annual_picture
from trigpoint.charts.activity.back_test import back_test_picture
from trigpoint.charts.activity.beds import beds_picture
from trigpoint.charts.activity.bridge import bridge_picture
from trigpoint.charts.activity.comparison import comparison_picture
from trigpoint.charts.activity.likelihood import likelihood_picture
from trigpoint.charts.activity.monitoring import monitoring_picture
from trigpoint.charts.activity.outturn import outturn_picture, outturns_picture
from trigpoint.charts.activity.overall import overall_picture
from trigpoint.charts.activity.schemes import schemes_picture
from trigpoint.charts.activity.tornado import tornado_picture
from trigpoint.charts.activity.trajectory import trajectory_picture

__all__ = [
    "annual_picture",
    "back_test_picture",
    "beds_picture",
    "bridge_picture",
    "comparison_picture",
    "likelihood_picture",
    "monitoring_picture",
    "outturn_picture",
    "outturns_picture",
    "overall_picture",
    "schemes_picture",
    "tornado_picture",
    "trajectory_picture",
]
