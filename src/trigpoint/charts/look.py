"""How a series is told from the others: a colour, a dash and a shape of its own, the same in every picture."""

from __future__ import annotations

from dataclasses import dataclass

from trigpoint.charts.frame import Spec


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
