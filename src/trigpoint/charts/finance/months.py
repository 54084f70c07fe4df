"""Months of a year: cumulative lines, and beneath them bars of each month with strokes for what was meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from trigpoint.charts.drawing import page, size
from trigpoint.charts.finance.pounds import Pounds
from trigpoint.charts.frame import SIZE, Spec, level, nothing_to_draw
from trigpoint.charts.pixels import hatching, pixels
from trigpoint.charts.strands import Board, Strand, lines_layers
from trigpoint.charts.style import INK, title_lines, under_title
from trigpoint.charts.upright import Upright, upright
from trigpoint.measures.standing import Form

if TYPE_CHECKING:
    from trigpoint.periods import FinancialYear

Amounts = Sequence[Decimal | None]
_HEIGHTS = (250, 130)
_BAR, _STROKE = 0.62, 0.86  # of a month's width
_TIP: Spec = {"field": "tip", "type": "nominal"}


@dataclass(frozen=True, slots=True)
class Bars:
    """One amount a month: its colour, which months are ``hatched``, and strokes where others are marked."""

    heading: str
    amounts: Amounts
    colours: Sequence[str]
    hatched: Sequence[bool]
    strokes: Amounts = ()


def labels(year: FinancialYear) -> tuple[str, ...]:
    """The twelve months as an axis has them."""
    return tuple(month.label for month in year.months)


def board(year: FinancialYear, pounds: Pounds, unit: str) -> Board:
    """What cumulative lines of a year are drawn on."""
    return Board(labels(year), Form(pounds.ticks.decimals, "", unit), height=_HEIGHTS[0], around=pounds.around)


def months_spec(
    lines: tuple[Board, Sequence[Strand]], bars: Bars, *, title: str, finding: str, key: str, description: str
) -> Spec:
    """Cumulative lines above, bars of the months beneath; without a figure the words that say so."""
    on, strands = lines
    known = any(value is not None for strand in strands for value in strand.values)
    if not known:
        spec = page({"layer": nothing_to_draw("There is no figure to draw"), **size(SIZE)}, title, description)
        spec["title"].update(under_title(finding))
        return spec
    above = {"layer": lines_layers(on, strands), **size((SIZE[0], _HEIGHTS[0]))}
    views = [above]
    if any(amount is not None for amount in bars.amounts):
        heading = {"text": title_lines(bars.heading), "fontSize": 13, "offset": 8, "anchor": "start"}
        views.append({"layer": _bars(on, bars), "title": heading, **size((SIZE[0], _HEIGHTS[1]))})
    spec = page({"concat": views, "columns": 1, "spacing": 26}, title, description)
    spec["title"].update(under_title(finding, key))
    return spec


def _bars(on: Board, bars: Bars) -> list[Spec]:
    pounds = Pounds.of([*bars.amounts, *bars.strokes])
    values = [pounds.at(amount) for amount in bars.amounts]
    strokes = [pounds.at(amount) for amount in bars.strokes]
    scale = upright([*values, *strokes, 0.0], pounds.ticks, _HEIGHTS[1], ticks=4, around=pounds.around)
    half = (on.x(1) - on.x(0)) * _BAR / 2
    solid: dict[str, list[Spec]] = {}
    hatched: dict[str, list[Spec]] = {}
    for at, value in enumerate(values):
        if value is None:
            continue
        top, foot = sorted((scale.pixel(value), scale.pixel(0.0)))
        tip = f"{on.periods[at]}: {pounds.words(bars.amounts[at])}"
        box = {"x": on.x(at) - half, "x2": on.x(at) + half, "y": top, "y2": max(foot, top + 1), "tip": tip}
        (hatched if bars.hatched[at] else solid).setdefault(bars.colours[at], []).append(box)
    layers = [_ground(on, scale)]
    for colour, boxes in solid.items():
        layers.append(pixels(boxes, {"type": "rect", "color": colour}, "x", "x2", "y", "y2", tooltip=_TIP))
    for colour, boxes in hatched.items():
        look = {"type": "rect", "fill": "white", "stroke": colour, "strokeWidth": 1.8}
        layers.append(pixels(boxes, look, "x", "x2", "y", "y2", tooltip=_TIP))
        fill = [line for box in boxes for line in hatching(*(box[side] for side in ("x", "x2", "y", "y2")))]
        rule = {"type": "rule", "color": colour, "strokeWidth": 1.3}
        layers.append(pixels(fill, rule, "x", "x2", "y", "y2"))
    ground = [{"x": 0, "x2": SIZE[0], "y": scale.pixel(0.0)}]
    layers.append(pixels(ground, {"type": "rule", "color": INK, "strokeWidth": 1}, "x", "x2", "y"))
    return [*layers, *_strokes(on, strokes, scale, bars, pounds)]


def _strokes(on: Board, values: Sequence[float | None], scale: Upright, bars: Bars, pounds: Pounds) -> list[Spec]:
    half = (on.x(1) - on.x(0)) * _STROKE / 2
    rows = [
        {"x": on.x(at) - half, "x2": on.x(at) + half, "y": scale.pixel(value), "tip": pounds.words(bars.strokes[at])}
        for at, value in enumerate(values)
        if value is not None
    ]
    mark = {"type": "rule", "color": INK, "strokeWidth": 2.6}
    return [pixels(rows, mark, "x", "x2", "y", tooltip=_TIP)] if rows else []


def _ground(on: Board, scale: Upright) -> Spec:
    """Both axes, from a point of each month that is not seen."""
    rows = [{"period": period, "value": scale.low} for period in on.periods]
    encoding = {"x": level(on.periods), "y": scale.channel(title=False)}
    return {"data": {"values": rows}, "mark": {"type": "point", "opacity": 0}, "encoding": encoding}
