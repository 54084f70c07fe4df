"""A row of a plan as something to be recognised: its own words and its targets."""

from __future__ import annotations

from dataclasses import dataclass

from trigpoint.measures.coverage.coverage import Kind
from trigpoint.plans.model import Target


@dataclass(frozen=True, slots=True)
class Passage:
    """A row of the plan; ``text`` is what is searched, ``targets`` its targets, ``rule`` that of its trajectory.

    ``illustrative`` says that all its figures are invented for a demonstration.
    """

    kind: Kind
    item: str
    objective: str
    heading: str
    text: str
    targets: tuple[Target, ...] = ()
    rule: str = ""
    illustrative: bool = False
