"""How the pictures of finance look: what adds is solid, what takes away is hatched, totals are dark."""

from __future__ import annotations

from trigpoint.charts.look import Look
from trigpoint.charts.style import INK

BUDGET = Look("Budget", "#425563", (6, 3), 2.2, "square")
ACTUAL = Look("Actual", INK, (1, 0), 2.6, "circle")
FORECAST = Look("Forecast", "#005eb8", (2, 3), 2.4, "triangle-up")
ACTIVITY = Look("Activity’s value", "#7a4fb0", (6, 3), 2.2, "diamond")

# 5.9:1 and 6.4:1 against white; beside the colour each has its fill and its sign.
MORE, LESS = "#a34a00", "#005eb8"
TOTAL = "#425563"
PASSED, FAILED, ROUNDED = "#005eb8", "#a8003b", "#7a4fb0"
RATINGS = {"red": ("R", "square", "#b3001b"), "amber": ("A", "diamond", "#a34a00"), "green": ("G", "circle", "#00703c")}
UNRATED = ("–", "circle", "#6b7780")
INTERVAL = "80% interval"
