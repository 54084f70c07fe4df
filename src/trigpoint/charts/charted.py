"""A control chart's result with all that its drawing adds to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trigpoint.charts.frame import clean, distinct, with_gaps
from trigpoint.charts.upright import drawn, form_of, written
from trigpoint.measures.figures import level_decimals
from trigpoint.measures.spc.control import SpcResult
from trigpoint.measures.standing import Form


@dataclass(frozen=True, slots=True)
class Charted:
    """A control chart's result with what its drawing adds: distinct labels, periods of the axis, targets to come.

    ``values`` are the result's in order of time, ``None`` where there is none; ``form`` is how they are written,
    ``levels`` how mean and limits are.
    """

    result: SpcResult
    labels: tuple[str, ...]
    periods: tuple[str, ...]
    gaps: tuple[str, ...]
    targets: tuple[tuple[str, float | None], ...]
    form: Form
    levels: Form
    values: tuple[float | None, ...]

    @property
    def last(self) -> int | None:
        """Which point is the last that has a value."""
        return max((index for index, value in enumerate(self.values) if value is not None), default=None)

    def level(self, value: float | None) -> str:
        """A mean or limit as printed; see :func:`trigpoint.measures.figures.level_decimals`."""
        return written(value, self.levels)

    def text(self, value: float | None, *, unit: bool = False) -> str:
        """A value as printed."""
        return written(value, self.form, unit=unit)


def charted(
    result: SpcResult, *, unit: str = "", decimals: int = 1, later: Sequence[tuple[str, float]] = ()
) -> Charted:
    """The result with its axis: gaps in their place, the periods of later targets at the end."""
    every = distinct([*result.labels, *(label for label, _ in later)])
    labels = every[: len(result.labels)]
    gaps = tuple(gap for gap in map(clean, result.gaps) if gap not in labels)
    periods = with_gaps(every, gaps)
    own = dict(zip(labels, (drawn(value) for value in result.targets), strict=True))
    own.update({label: drawn(value) for label, (_, value) in zip(every[len(labels) :], later, strict=True)})
    # A missing period has no target of its own; the line goes on over it where both sides agree.
    held = tuple((period, own.get(period)) for period in periods if period in own)
    form = form_of(unit, decimals)
    levels = replace(form, decimals=level_decimals(decimals, result.highest_level))
    return Charted(result, labels, periods, gaps, held, form, levels, tuple(map(drawn, result.values)))
