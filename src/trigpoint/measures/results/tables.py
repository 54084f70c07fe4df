"""The data of results as rows of text, for the page, the CSV file and under the chart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from math import isnan

from trigpoint.measures.book.book import AimKind, Status
from trigpoint.measures.definitions.definition import Definition
from trigpoint.measures.figures import level_decimals, number
from trigpoint.measures.results.result import FunnelResult, InequalityResult, MeasureResult, PeriodResult, Significance
from trigpoint.measures.results.values import shown
from trigpoint.measures.spc.control import Signal, SpcResult
from trigpoint.rounding import decimals_of

Table = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]
_WHOSE = {AimKind.PLAN: "Plan", AimKind.STRETCH: "Stretch", AimKind.NATIONAL: "National", AimKind.FORECAST: "Forecast"}


def data_table(result: MeasureResult) -> Table:
    """Every period of a measure: headers, and one row a period in order of time.

    Columns that would be empty throughout (limits, parts, a kind of target, control limits) are left out.

    >>> from trigpoint.measures.definitions.definition import PeriodType, Statistic
    >>> from trigpoint.measures.book.book import Actual, MeasureBook
    >>> from trigpoint.measures.results import measure_results
    >>> cases = Definition("mrsa", "1", "MRSA", Statistic.COUNT, PeriodType.MONTH, decimals=0)
    >>> book = MeasureBook((cases,), (Actual("mrsa", "05C", "May 2017", Decimal(3)),))
    >>> data_table(measure_results(book).measure("mrsa"))
    (('Period', 'Value', 'Lower 95%', 'Upper 95%', 'Numerator', 'Centre'), (('May 2017', '3', '1', '9', '3', '3.0'),))
    """
    columns = [column for column in _columns(result) if column[0] in ("Period", "Value") or any(column[1:])]
    headers = tuple(column[0] for column in columns)
    return headers, tuple(zip(*(column[1:] for column in columns), strict=True))


def _columns(result: MeasureResult) -> Iterator[tuple[str, ...]]:
    definition, periods = result.definition, result.periods
    level = f"{definition.level * 100:.10g}%"
    yield ("Period", *(each.period.label for each in periods))
    yield ("Value", *(each.shown for each in periods))
    yield (f"Lower {level}", *(_limit(definition, each.lower) for each in periods))
    yield (f"Upper {level}", *(_limit(definition, each.upper) for each in periods))
    yield ("Numerator", *(_part(each.numerator) for each in periods))
    yield ("Denominator", *(_part(each.denominator) for each in periods))
    for kind, header in _WHOSE.items():
        yield (header, *(_limit(definition, each.aim(kind)) for each in periods))
    yield from _control_columns(definition, periods, result.spc)
    yield ("Status", *("provisional" if each.status is Status.PROVISIONAL else "" for each in periods))
    yield ("Illustrative", *("yes" if each.illustrative else "" for each in periods))
    yield ("Note", *(each.reason or each.note for each in periods))


def _control_columns(
    definition: Definition, periods: Sequence[PeriodResult], spc: SpcResult | None
) -> Iterator[tuple[str, ...]]:
    if spc is None:
        return
    at = {label: place for place, label in enumerate(spc.labels)}
    places = [at.get(each.period.label) for each in periods]
    levels = _of_levels(definition, spc)
    for header, line in (("Centre", spc.centre), ("Lower limit", spc.lower), ("Upper limit", spc.upper)):
        yield (
            header,
            *("" if place is None or isnan(line[place]) else shown(levels, float(line[place])) for place in places),
        )
    signals = [Signal.NONE if place is None else spc.signals[place] for place in places]
    yield ("Signal", *("" if signal is Signal.NONE else signal.value for signal in signals))


def _of_levels(definition: Definition, spc: SpcResult) -> Definition:
    """How a mean or limit is printed."""
    return replace(definition, decimals=level_decimals(definition.decimals, spc.highest_level))


def _limit(definition: Definition, value: float | None) -> str:
    return "" if value is None else shown(definition, value)


def _part(value: Decimal | None) -> str:
    return "" if value is None else number(value, decimals_of(value))


def funnel_table(result: FunnelResult) -> Table:
    """Every place of a funnel: headers and rows, the highest value first."""
    definition = result.definition
    rows = sorted(result.points, key=lambda point: (-point.value, point.place.name))
    return ("Place", "Value", "Numerator", "Denominator", "Against the average"), tuple(
        (
            point.place.name,
            shown(definition, point.value),
            number(Decimal(repr(point.numerator)), 0),
            number(Decimal(repr(point.denominator)), 0),
            point.significance.value if point.significance is not Significance.NOT_KNOWN else "",
        )
        for point in rows
    )


def inequality_table(result: InequalityResult) -> Table:
    """Every rung of a ladder: headers and rows, the most deprived first."""
    definition = result.definition
    return (result.dimension.capitalize() or "Group", "Value", "Lower", "Upper", "Numerator", "Denominator"), tuple(
        (
            rung.group,
            "–" if rung.value is None else shown(definition, rung.value),
            _limit(definition, rung.lower),
            _limit(definition, rung.upper),
            "" if rung.numerator is None else number(Decimal(repr(rung.numerator)), 0),
            "" if rung.denominator is None else number(Decimal(repr(rung.denominator)), 0),
        )
        for rung in result.rungs
    )
