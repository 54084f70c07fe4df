"""The upright scale of a chart, reckoned here rather than by the renderer.

Labels beside lines can only be kept apart by who knows where the lines come to stand, so the domain, the ticks and
the height of every value in pixels are settled when the specification is made.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from trigpoint.characters import without_unprintable
from trigpoint.measures.figures import COUNT, PERCENTAGE, RATE, axis_title, figure
from trigpoint.measures.standing import Form

NOTHING = "–"
_PERCENT_WORDS = frozenset({"%", "percent", "per cent", "percentage"})
_COUNT_WORDS = frozenset({"", "number", "count"})
_PADDING = 0.08  # of the range, clear above and below
_STEPS = (1, 2, 2.5, 5, 10)
# Beyond these the differences and shares that a scale is made of leave the floating numbers.
_LARGEST, FINEST = 1e150, 1e-150


def form_of(unit: str, decimals: int) -> Form:
    """How values in a unit are written on a chart.

    >>> form_of("%", 1), form_of("per 100,000", 1).kind
    (Form(decimals=1, kind='percentage', unit=''), 'rate')
    """
    plain = " ".join(without_unprintable(unit).split())
    if plain.lower() in _PERCENT_WORDS:
        return Form(decimals, PERCENTAGE, "")
    if plain.lower() in _COUNT_WORDS:
        return Form(decimals, COUNT if not decimals else "", "")
    return Form(decimals, RATE if plain.startswith("per ") else COUNT if not decimals else "", plain)


def known(value: float | None) -> bool:
    """Whether a value can be drawn: a finite number of a size for which a scale can be made."""
    return value is not None and abs(value) <= _LARGEST


def drawn(value: float | None) -> float | None:
    """The value as it stands in a specification: what cannot be drawn is ``null`` there, since JSON has no NaN."""
    return float(value) if value is not None and known(value) else None


def written(value: float | None, form: Form, *, unit: bool = False) -> str:
    """The value as printed, half up; a dash where there is none. The unit follows where asked for.

    >>> written(78.25, form_of("%", 1)), written(float("nan"), form_of("", 0)), written(1234.5, form_of("days", 0))
    ('78.3%', '–', '1,235')
    """
    if value is None or not math.isfinite(value):
        return NOTHING
    return figure(Decimal(repr(float(value))), form.decimals, kind=form.kind, unit=form.unit if unit else "")


@dataclass(frozen=True, slots=True)
class Upright:
    """A scale from ``low`` at the foot to ``high`` at the top of a view ``height`` pixels high."""

    low: float
    high: float
    ticks: tuple[float, ...]
    digits: int
    height: int
    form: Form
    around: tuple[str, str] = ("", "")
    """What stands before and after the number of a tick: £ and m."""

    def pixel(self, value: float) -> float:
        """How far below the top of the view a value stands."""
        return self.height * (self.high - value) / (self.high - self.low)

    def channel(self, field: str = "value", *, title: bool = True, axis: bool = True, size: int = 13) -> dict[str, Any]:
        """The ``y`` channel of a layer."""
        sign = " + '%'" if self.form.kind == PERCENTAGE else ""
        shown = f"format(datum.value, ',.{self.digits}f'){sign}"
        if any(self.around):
            # The sign of an amount stands before its pound sign.
            before, after = self.around
            size_of = f"'{before}' + format(abs(datum.value), ',.{self.digits}f') + '{after}'"
            shown = f"datum.value == 0 ? '{before}0' : (datum.value < 0 ? '−' : '') + {size_of}"
        look: dict[str, Any] | None = None
        if axis:
            look = {
                "title": axis_title(self.form.kind, self.form.unit) if title else None,
                "labelExpr": shown,
                "values": list(self.ticks),
                "labelFontSize": size,
            }
        return {"field": field, "type": "quantitative", "scale": self.scale, "axis": look}

    @property
    def scale(self) -> dict[str, Any]:
        """Ends that the renderer must not move."""
        return {"domain": [self.low, self.high], "nice": False, "zero": False}


def upright(
    values: Iterable[float | None],
    form: Form,
    height: int,
    *,
    ticks: int = 6,
    above: int = 0,
    around: tuple[str, str] = ("", ""),
) -> Upright:
    """The scale over all finite values, with some room at both ends; a constant series stands in the middle.

    ``above`` are pixels at the top that no value may reach, kept for words.

    >>> upright([10, 20, None], form_of("", 0), 300).ticks
    (10.0, 12.0, 14.0, 16.0, 18.0, 20.0)
    """
    finite = [float(value) for value in values if value is not None and known(value)]
    least, most = (min(finite), max(finite)) if finite else (0.0, 1.0)
    if most - least <= max(abs(most) * 1e-9, FINEST):
        # A constant series needs a scale on which its one value can be read; the last binary digits are no range.
        room = max(abs(least) * 0.1, 10.0**-form.decimals)
        least, most = least - room, most + room
    room = (most - least) * _PADDING
    below_zero = least < 0
    low, high = least - room, most + room
    high += (high - low) * above / max(height - above, 1)
    # What cannot be negative is not drawn as if it could.
    low = max(low, 0.0) if not below_zero and least > 0 else low
    step = _step((high - low) / ticks, form.decimals)
    marks = tuple(
        _multiple(index, step) for index in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)
    )
    return Upright(low, high, marks, _digits(step), height, form, around)


def spread(wanted: Sequence[float], gap: float, top: float, foot: float) -> tuple[float, ...]:
    """Where labels stand that want to be at these heights: at least ``gap`` apart, in order, moved as little as can be.

    They stay between ``top`` and ``foot`` while there is room for all of them.

    >>> spread([100, 102, 200], 16, 0, 300)
    (93.0, 109.0, 200.0)
    """
    order = sorted(range(len(wanted)), key=lambda index: (wanted[index], index))
    # Neighbours that would touch are pooled, and the pool is centred on the mean of what its members want.
    pools: list[list[float]] = []  # total of wanted places less their offset, number of members
    for place, index in enumerate(order):
        pools.append([wanted[index] - place * gap, 1])
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] > pools[-1][0] / pools[-1][1]:
            total, members = pools.pop()
            pools[-1][0] += total
            pools[-1][1] += members
    found = [total / members for total, members in pools for _ in range(int(members))]
    last = foot - (len(order) - 1) * gap
    placed = [0.0] * len(wanted)
    for place, index in enumerate(order):
        placed[index] = max(min(found[place], max(last, top)), top) + place * gap
    return tuple(placed)


def _step(rough: float, decimals: int) -> float:
    """A round step at least as long as asked for, that needs no more decimals than the values are printed with."""
    power = 10.0 ** math.floor(math.log10(rough))
    long_enough = (power * step for step in _STEPS if power * step >= rough * (1 - 1e-9))
    return max(next((step for step in long_enough if _digits(step) <= decimals), power * 10), 10.0**-decimals)


def _multiple(index: int, step: float) -> float:
    # Without the last binary digits, which would be drawn as 0.30000000000000004.
    return float(f"{index * step:.12g}")


def _digits(step: float) -> int:
    text = f"{step:.12f}".rstrip("0")
    return len(text.split(".")[1])
