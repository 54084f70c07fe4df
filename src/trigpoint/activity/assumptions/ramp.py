"""How an effect comes in over time: from nothing before its start to the whole at its full month."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

from trigpoint.activity.outturn.history import months_between
from trigpoint.errors import InputError
from trigpoint.periods import Month


class Shape(Enum):
    """The form of the way up. Front-loaded and back-loaded are quarter circles, as nhp_model's time profiles were."""

    STEP = "step"
    LINEAR = "linear"
    FRONT = "front-loaded"
    BACK = "back-loaded"
    S_CURVE = "s-curve"


@dataclass(frozen=True, slots=True)
class Ramp:
    """From ``start``, the first month with any effect, to ``full``, the first with the whole of it.

    Without ``start`` the effect is whole from the beginning; without ``full`` it is whole at once. ``until`` is the
    last month with an effect; without it the effect stays. Raises ``InputError`` for an end before the start.

    >>> ramp = Ramp(Month(2017, 4), Month(2017, 7), shape=Shape.LINEAR)
    >>> [ramp.share(Month(2017, number)) for number in (3, 4, 5, 6, 7, 8)]
    [0.0, 0.25, 0.5, 0.75, 1.0, 1.0]
    """

    start: Month | None = None
    full: Month | None = None
    until: Month | None = None
    shape: Shape = Shape.LINEAR

    def __post_init__(self) -> None:
        for name, end in (("full", self.full), ("until", self.until)):
            if end is not None and self.start is None:
                raise InputError(
                    f"it has a month of “{name}” and no start", remedy="give the first month with an effect"
                )
            if end is not None and self.start is not None and end < self.start:
                what = f"its ramp ends ({name}: {end.label}) before it starts ({self.start.label})"
                raise InputError(what, remedy="correct one of the two months")

    def share(self, month: Month) -> float:
        """How much of the whole effect there is in a month, 0 to 1."""
        if self.start is None:
            return 1.0
        if month < self.start or (self.until is not None and month > self.until):
            return 0.0
        if self.full is None or month >= self.full or self.shape is Shape.STEP:
            return 1.0
        steps = months_between(self.start, self.full) + 1
        return shaped((months_between(self.start, month) + 1) / steps, self.shape)


AT_ONCE = Ramp()


def shaped(part: float, shape: Shape) -> float:
    """How much of the effect there is when ``part`` of the time has gone.

    >>> [round(shaped(0.5, shape), 4) for shape in Shape]
    [1.0, 0.5, 0.866, 0.134, 0.5]
    """
    if shape is Shape.STEP:
        return 1.0
    if shape is Shape.FRONT:
        return math.sqrt(1 - (1 - part) ** 2)
    if shape is Shape.BACK:
        return 1 - math.sqrt(1 - part**2)
    if shape is Shape.S_CURVE:
        return part * part * (3 - 2 * part)
    return part
