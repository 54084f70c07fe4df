"""The lines of the activity model: each with a colour, a dash and a shape of its own, the same in every picture."""

from __future__ import annotations

from trigpoint.charts.look import Look
from trigpoint.charts.style import INK

__all__ = [
    "ACTUAL", "DO_NOTHING", "DO_SOMETHING", "INTERVAL", "LESS", "MORE", "OUTTURN", "PAST", "PLAN", "REFORECAST", "Look",
]  # fmt: skip

ACTUAL = Look("Actual", INK, (1, 0), 2.2, "circle")
OUTTURN = Look("Outturn", "#425563", (2, 3), 1.8, "square")
DO_NOTHING = Look("Do nothing", "#a34a00", (8, 4), 2.2, "diamond")
DO_SOMETHING = Look("Do something", "#005eb8", (1, 0), 2.8, "circle")
PLAN = Look("Plan", "#005eb8", (6, 3), 2.2, "square")
REFORECAST = Look("Forecast now", "#7a4fb0", (3, 3), 2.0, "triangle-up")
PAST = Look("Earlier years", "#6b7780", (1, 0), 1.3, "circle")

INTERVAL = "80% interval"
MORE, LESS = "#a34a00", "#005eb8"  # parts that add activity, and parts that take some away
