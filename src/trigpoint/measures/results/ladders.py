"""Inequality ladders: a measure by groups from the most deprived on, with slope and relative index."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import isnan

from trigpoint.errors import InputError
from trigpoint.measures.definitions.definition import Definition, Inequality
from trigpoint.measures.results.arrays import Arrays, Series
from trigpoint.measures.results.result import InequalityResult, Rung
from trigpoint.measures.results.telling import period_at, period_result
from trigpoint.measures.results.values import percentage, shown, told
from trigpoint.plans.model import Polarity

# The fewest groups through which a slope is fitted (method reference, 1.3).
FEWEST_FOR_SLOPE = 5
_Interval = tuple[float, float]


def ladder(definition: Definition, groups: Sequence[Series | None], arrays: Arrays) -> InequalityResult | None:
    """The ladder of one place in the latest period in which most groups have an entry.

    ``groups`` are in the definition's order, ``None`` where a group has no figures. Slope and relative index are given
    where every group has a value, its interval and its people, and there are at least five.
    """
    inequality, known = definition.inequality, [each for each in groups if each is not None and each.cells is not None]
    if inequality is None or len(known) < 2:
        return None
    entered = [number for each in known if each.cells for number in each.cells.rows]
    if not entered:
        return None
    most = max(entered.count(number) for number in set(entered))
    number = max(each for each in set(entered) if entered.count(each) == most)
    rungs = tuple(_rung(name, each, arrays, number) for name, each in zip(inequality.groups, groups, strict=True))
    sii, rii = _slope(definition, rungs)
    period = period_at(known[0], number).label
    finding = ladder_sentence(definition, inequality, period, rungs, sii)
    return InequalityResult(
        definition,
        known[0].place,
        period,
        inequality.dimension,
        rungs,
        sii[0] if sii else None,
        sii[1] if sii else None,
        rii[0] if rii else None,
        rii[1] if rii else None,
        finding,
        any(row.illustrative for each in known if each.cells and (row := each.cells.rows.get(number)) is not None),
    )


def _rung(name: str, series: Series | None, arrays: Arrays, number: int) -> Rung:
    if series is None:
        return Rung(name, None, None, None, None, None)
    told_ = period_result(series, arrays, number)
    top = None if told_.numerator is None else float(told_.numerator)
    bottom = None if told_.denominator is None else float(told_.denominator)
    return Rung(name, top, bottom, told_.value, told_.lower, told_.upper)


def _slope(
    definition: Definition, rungs: Sequence[Rung]
) -> tuple[tuple[float, _Interval] | None, tuple[float, _Interval] | None]:
    whole = all(None not in (rung.denominator, rung.value, rung.lower, rung.upper) for rung in rungs)
    if not whole or len(rungs) < FEWEST_FOR_SLOPE:
        return None, None
    from trigpoint.measures.statistics.inequality import sii  # noqa: PLC0415 - frames are wanted by ladders alone

    table = {
        "group": list(range(1, len(rungs) + 1)),
        "people": [rung.denominator for rung in rungs],
        "value": [rung.value for rung in rungs],
        "lower": [rung.lower for rung in rungs],
        "upper": [rung.upper for rung in rungs],
    }
    sign = -1 if definition.polarity is Polarity.LOWER else 1
    try:
        found = sii(
            table,
            quantile="group",
            population="people",
            value="value",
            lower="lower",
            upper="upper",
            multiplier=sign,
        )
    except InputError:
        return None, None
    return _index(found, "sii"), _index(found, "rii")


def _index(found: dict[str, list[float]], name: str) -> tuple[float, _Interval] | None:
    value, lower, upper = (found[f"{name}{part}"][0] for part in ("", "_lower_95", "_upper_95"))
    if any(each is None or isnan(each) for each in (value, lower, upper)):
        return None
    return float(value), (float(lower), float(upper))


def ladder_sentence(
    definition: Definition,
    inequality: Inequality,
    period: str,
    rungs: Sequence[Rung],
    sii: tuple[float, _Interval] | None,
) -> str:
    """The ends of the ladder and its slope, in one sentence."""
    first, last = rungs[0], rungs[-1]
    if first.value is None or last.value is None:
        return f"{period}: not every group by {inequality.dimension} has a figure that may be shown."
    ends = [f"{rung.group} {told(definition, value)}" for rung, value in ((first, first.value), (last, last.value))]
    said = f"{period}: {', '.join(ends)}"
    if sii is None:
        return f"{said}."
    value, (lower, upper) = sii
    points = " percentage points" if percentage(definition.unit) else ""
    sizes = [shown(definition, Fraction(repr_of(each))).removesuffix("%") for each in (value, lower, upper)]
    chance = "no more than chance may bring" if lower <= 0 <= upper else "more than chance would bring"
    return f"{said}; slope index of inequality {sizes[0]}{points} (95% interval {sizes[1]} to {sizes[2]}), {chance}."


def repr_of(value: float) -> str:
    """The shortest decimal text of a number, which a fraction can be made of."""
    return f"{value:.12f}"
