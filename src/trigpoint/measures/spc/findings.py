"""The one sentence under a control chart: its variation, then its assurance, in the words of the field."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from trigpoint.measures.figures import PERCENTAGE, figure, level_decimals
from trigpoint.measures.spc.cautions import valued
from trigpoint.measures.spc.control import Assurance, Signal, SpcResult, Variation
from trigpoint.measures.spc.layout import Truths
from trigpoint.plans.model import Polarity
from trigpoint.rounding import decimals_of, half_up
from trigpoint.wording import plural

_MORE_DIGITS = 3
_STARTS = {
    Variation.IMPROVEMENT_HIGH: "Special cause of improvement",
    Variation.IMPROVEMENT_LOW: "Special cause of improvement",
    Variation.CONCERN_HIGH: "Special cause of concern",
    Variation.CONCERN_LOW: "Special cause of concern",
    Variation.NEUTRAL_HIGH: "Special cause",
    Variation.NEUTRAL_LOW: "Special cause",
}
_ASSURED = {
    Assurance.CONSISTENTLY_HIT: "will consistently be met unless the process changes",
    Assurance.CONSISTENTLY_MISS: "will consistently be missed unless the process changes",
    Assurance.INCONSISTENT: "will be met at some times and missed at others",
}


@dataclass(frozen=True, slots=True)
class Wording:
    """How a series is written in its sentences: decimals, kind of number and unit (as ``measures.figures`` has them),
    and the noun for one point ("month")."""

    decimals: int = 1
    kind: str = ""
    unit: str = ""
    noun: str = "point"

    def shown(self, value: float, more: int = 0) -> str:
        """A value as printed, with so many digits more than usual."""
        kind, unit = (PERCENTAGE, "") if self.unit == "%" else (self.kind, self.unit)
        return figure(Decimal(repr(float(value))), self.decimals + more, kind=kind, unit=unit)

    def shortest(self, value: float) -> str:
        """A value that was set by people: 95%, not 95.0%."""
        rounded = half_up(Decimal(repr(float(value))), self.decimals)
        return replace(self, decimals=decimals_of(rounded.normalize())).shown(value)

    def apart(self, value: float, line: float) -> tuple[str, str]:
        """Two different values with as many digits as it takes to tell them apart."""
        for more in range(_MORE_DIGITS):
            both = self.shown(value, more), self.shown(line, more)
            if both[0] != both[1]:
                return both
        return self.shown(value, _MORE_DIGITS), self.shown(line, _MORE_DIGITS)


def finding_of(result: SpcResult, cautions: tuple[str, ...], wording: Wording, barriers: Truths) -> SpcResult:
    """The result with its cautions and its finding."""
    sentences = (_variation(result, wording, barriers), _assurance(result, wording))
    return replace(result, warnings=cautions, finding=" ".join(each for each in sentences if each))


def _variation(result: SpcResult, wording: Wording, barriers: Truths) -> str:
    last, segment = result.labels[-1], result.segments[-1]
    value, icon = float(result.values[-1]), result.variation
    if icon is Variation.NO_VALUE:
        return f"There is no value for {last}." if not np.isnan(result.values).all() else "There are no values."
    if icon is Variation.TOO_FEW:
        points = valued(result, segment)
        since = f" since the rebase in {result.labels[segment.first]}" if len(result.segments) > 1 else ""
        need = result.rule_set.icons_from
        return f"Too few {plural(2, wording.noun)} to judge variation: {points} of the {need} needed{since}."
    if icon is Variation.COMMON:
        return _common(result, wording, value)
    return f"{_STARTS[icon]}: {_reason(result, wording, value, barriers)}."


def _common(result: SpcResult, wording: Wording, value: float) -> str:
    lower, upper = float(result.lower[-1]), float(result.upper[-1])
    if math.isnan(lower) or math.isnan(upper):
        return f"Common cause variation: the latest value is {wording.shown(value)}."
    if lower == upper:
        return f"Common cause variation: the value does not change from {wording.shown(value)}."
    levels = _of_levels(result, wording)
    limits = f"{levels.shown(lower)} and {levels.shown(upper)}"
    return f"Common cause variation: the latest value, {wording.shown(value)}, is between the limits of {limits}."


def _reason(result: SpcResult, wording: Wording, value: float, barriers: Truths) -> str:
    signal, nouns = result.signals[-1], plural(2, wording.noun)
    levels = _of_levels(result, wording)
    if signal in (Signal.ABOVE_LIMIT, Signal.BELOW_LIMIT):
        upper = signal is Signal.ABOVE_LIMIT
        limit = float((result.upper if upper else result.lower)[-1])
        shown, line = wording.shown(value), levels.shown(limit)
        if levels.shown(value) == line:
            shown, line = levels.apart(value, limit)
        return f"the latest value, {shown}, is {'above the upper' if upper else 'below the lower'} limit of {line}"
    if signal in (Signal.RISING, Signal.FALLING):
        way = 1 if signal is Signal.RISING else -1
        points = _trend_length(result, way, barriers)
        return f"the latest {points} {nouns} {'rise' if way > 0 else 'fall'} without a break"
    if signal in (Signal.NEAR_UPPER, Signal.NEAR_LOWER):
        upper = signal is Signal.NEAR_UPPER
        line = levels.shown(float((result.upper if upper else result.lower)[-1]))
        return f"at least two of the latest three {nouns} are near the {'upper' if upper else 'lower'} limit of {line}"
    way = 1 if signal is Signal.SHIFT_UP else -1
    points = _shift_length(result, way, barriers)
    centre = "mean" if result.chart.value != "g" else "middle"
    line = levels.shown(float(result.centre[-1]))
    return f"the latest {points} {nouns} are all {'above' if way > 0 else 'below'} the {centre} of {line}"


def _of_levels(result: SpcResult, wording: Wording) -> Wording:
    """How means and limits are printed."""
    return replace(wording, decimals=level_decimals(wording.decimals, result.highest_level))


def _shift_length(result: SpcResult, way: int, barriers: Truths) -> int:
    """How many last points lie on one side of the centre."""
    at = len(result.values)
    while at > 0 and way * (result.values[at - 1] - result.centre[at - 1]) > 0:
        at -= 1
        if barriers[at]:
            break
    return len(result.values) - at


def _trend_length(result: SpcResult, way: int, barriers: Truths) -> int:
    """How many last points make the trend; repeated values count where they do not end it."""
    values, at = result.values, len(result.values) - 1
    while at > 0 and not barriers[at]:
        step = way * (values[at] - values[at - 1])
        if not (step > 0 or (step == 0 and not result.rule_set.ties_break_trend)):
            break
        at -= 1
    # A repeated value before the first rise belongs to no trend.
    while at < len(values) - 1 and values[at] == values[at + 1]:
        at += 1
    return len(values) - at


def _assurance(result: SpcResult, wording: Wording) -> str:
    target = float(result.targets[-1])
    if math.isnan(target):
        return ""
    if result.polarity is Polarity.NEITHER:
        return "No better direction is stated, so the target is not judged."
    if result.assurance is Assurance.TOO_FEW:
        return "Whether the target will be met cannot be said yet."
    return f"The target of {wording.shortest(target)} {_ASSURED[result.assurance]}."
