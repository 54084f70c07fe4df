"""The funnel of peers: rates against limits that widen as rates are known less surely."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from trigpoint.charts.frame import clean, short
from trigpoint.charts.funnel_drawing import funnel_spec
from trigpoint.charts.illustrative import marked
from trigpoint.charts.picture import DataTable, Picture
from trigpoint.charts.upright import written
from trigpoint.errors import InputError
from trigpoint.measures.definitions.definition import Definition, Part, PeriodType, Statistic
from trigpoint.measures.results.result import FunnelPoint, FunnelResult, Significance
from trigpoint.measures.standing import Form
from trigpoint.places.model import Place, PlaceKind
from trigpoint.plans.model import Polarity
from trigpoint.wording import capital, count, listed

if TYPE_CHECKING:
    from trigpoint.finance.peers.result import Benchmark, Peer

__all__ = ["peer_funnel_picture"]

NINETY_FIVE, NEARLY_ALL = 1.959964, 3.090232
"""Standard errors either side of the average that 95% and 99.8% of organisations that do not differ stay within."""
_STEPS = 120
_LARGE = 1_000
_AXIS = "Events that would be known as surely: (average ÷ standard error)²"


def peer_funnel_picture(benchmark: Benchmark) -> Picture:
    """Own rate (a named diamond) and the peers' by how surely each is known, with the average and the limits that 95%
    and 99.8% of organisations stay within if they do not differ.

    The average weighs each rate by 1 ÷ standard error². How surely a rate is known is told as a number of events: a
    rate with the relative error of a count of 400 stands at 400, whatever its unit. Raises ``InputError`` where the
    standard error of a rate is not known or nothing, or the average is not above nothing: there are no limits then.
    Method: Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in Medicine
    2005;24:1185–1202.
    """
    every = (benchmark.own, *benchmark.peers)
    errors = _errors(benchmark, every)
    weights = [1 / error**2 for error in errors]
    average = sum(float(one.rate) * weight for one, weight in zip(every, weights, strict=True)) / sum(weights)
    if average <= 0:
        raise InputError(
            f"{benchmark.measure}: the average is not above nothing", remedy="a funnel needs rates above it"
        )
    points = tuple(_point(one, error, average) for one, error in zip(every, errors, strict=True))
    form = Form(0 if average >= _LARGE else 1 if average >= 100 else 2, "", "")
    finding = _finding(benchmark, points)
    title = f"{short(benchmark.measure) or 'Rate'}: funnel of {count(len(every), 'organisation')}"
    alt = f"Funnel plot. {finding}"
    result = FunnelResult(_definition(benchmark), "", average, points, _limits(points, average), None, finding)
    spec = funnel_spec(result, form, title=title, finding=finding, description=alt, own=benchmark.own.organisation)
    headers = ("Organisation", "Rate", "Standard error", "Against the limits")
    rows = tuple(
        (clean(point.place.name), written(point.value, form), written(error, Form(2, "", "")),
         capital(point.significance.value))
        for point, error in zip(points, errors, strict=True)
    )  # fmt: skip
    caption = f"{title}, about an average of {written(average, form)}"
    return marked(Picture(spec, finding, alt, DataTable(caption, headers, rows)), illustrative=benchmark.illustrative)


def _errors(benchmark: Benchmark, every: tuple[Peer, ...]) -> list[float]:
    known = [float(one.standard_error) for one in every if one.standard_error is not None and one.standard_error > 0]
    if len(known) < len(every):
        remedy = "add standard_error or numerator to finance/peers.csv"
        raise InputError(f"{benchmark.measure}: a funnel needs the standard error of every rate", remedy=remedy)
    return known


def _point(one: Peer, error: float, average: float) -> FunnelPoint:
    place = Place(one.organisation, one.name or one.organisation, PlaceKind.CCG)
    away = (float(one.rate) - average) / error
    return FunnelPoint(place, float(one.rate), (average / error) ** 2, float(one.rate), _significance(away))


def _significance(away: float) -> Significance:
    if abs(away) > NEARLY_ALL:
        return Significance.HIGH_3 if away > 0 else Significance.LOW_3
    if abs(away) > NINETY_FIVE:
        return Significance.HIGH_2 if away > 0 else Significance.LOW_2
    return Significance.WITHIN


def _limits(points: tuple[FunnelPoint, ...], average: float) -> tuple[tuple[float, float, float, float, float], ...]:
    sizes = [point.denominator for point in points]
    low, high = min(sizes) * 0.5, max(sizes) * 1.06
    rows = []
    for step in range(_STEPS + 1):
        size = low + (high - low) * step / _STEPS
        error = average / math.sqrt(size)
        far, near = NEARLY_ALL * error, NINETY_FIVE * error
        rows.append((size, average - far, average - near, average + near, average + far))
    return tuple(rows)


def _definition(benchmark: Benchmark) -> Definition:
    """The measure as the drawing of funnels asks for it: nobody says which way is better."""
    part = Part(_AXIS)
    return Definition(
        "peers", "1", short(benchmark.measure) or "Rate", Statistic.RATE, PeriodType.FINANCIAL_YEAR,
        denominator=part, polarity=Polarity.NEITHER,
    )  # fmt: skip


def _finding(benchmark: Benchmark, points: tuple[FunnelPoint, ...]) -> str:
    name = clean(benchmark.own.name or benchmark.own.organisation)
    own = points[0].significance
    others = [clean(point.place.name) for point in points[1:] if point.significance is not Significance.WITHIN]
    said = f"{short(benchmark.measure)}: {name} is {own.value}"
    if own is Significance.WITHIN:
        said += ", as an organisation like all others would be"
    rest = f"; so are not {listed(others)}" if others and own is Significance.WITHIN else ""
    rest = f"; outside the limits as well: {listed(others)}" if others and own is not Significance.WITHIN else rest
    return f"{said}{rest}."
