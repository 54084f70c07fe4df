"""The lines of the activity model: each with a colour, a dash and a shape of its own, the same in every picture."""

from __future__ import annotations

from dataclasses import dataclass

from trigpoint.charts.frame import Spec
from trigpoint.charts.style import INK


@dataclass(frozen=True, slots=True)
class Look:
    """How a line is told from the others. Each colour is at least 4.5:1 against white."""

    word: str
    colour: str
    dash: tuple[int, ...]
    width: float
    shape: str

    @property
    def line(self) -> Spec:
        """The stroke as a mark has it."""
        return {"color": self.colour, "strokeDash": list(self.dash), "strokeWidth": self.width}


ACTUAL = Look("Actual", INK, (1, 0), 2.2, "circle")
OUTTURN = Look("Outturn", "#425563", (2, 3), 1.8, "square")
DO_NOTHING = Look("Do nothing", "#a34a00", (8, 4), 2.2, "diamond")
DO_SOMETHING = Look("Do something", "#005eb8", (1, 0), 2.8, "circle")
PLAN = Look("Plan", "#005eb8", (6, 3), 2.2, "square")
REFORECAST = Look("Forecast now", "#7a4fb0", (3, 3), 2.0, "triangle-up")
PAST = Look("Earlier years", "#6b7780", (1, 0), 1.3, "circle")

INTERVAL = "80% interval"
MORE, LESS = "#a34a00", "#005eb8"  # parts that add activity, and parts that take some away
