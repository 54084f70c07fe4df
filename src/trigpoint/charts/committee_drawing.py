"""The picture of a committee's measures written out as Vega-Lite.

It is one view in which everything has its place in pixels: forty charts of fifteen layers each would take the renderer
seconds, and these twenty layers take no longer than one chart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from trigpoint.charts.courses import Course
from trigpoint.charts.drawing import page, size
from trigpoint.charts.frame import Spec, nothing_to_draw, runs
from trigpoint.charts.icons.drawing import Icon
from trigpoint.charts.spc_drawing import COMMON, KINDS, LOOKS
from trigpoint.charts.style import COMMON_COLOUR, GRID, INK, LIMIT_COLOUR, SHADE, TARGET_COLOUR, under_title
from trigpoint.charts.upright import Upright, drawn, upright
from trigpoint.measures.spc.control import SpcResult

_CELL, _GAP = (300, 106), (26, 20)
_PLOT = (0, 36, 168, 62)  # left, top, width and height of the small chart in its cell
_NAME_CHARACTERS, _NAME_LINE = 45, 15
_TEXT_AT = 180
_ICON = 24
_SHORT = {
    "January": "Jan",
    "February": "Feb",
    "September": "Sept",
    "October": "Oct",
    "November": "Nov",
    "December": "Dec",
}


@dataclass(frozen=True, slots=True)
class Panel:
    """One measure: its words, icons and what its small chart draws."""

    name: str
    latest: str
    under: str
    icons: tuple[Icon, ...]
    course: Course
    spc: SpcResult | None


@dataclass(frozen=True, slots=True)
class _Plot:
    """A small chart in its cell; everything it yields is in pixels of the whole picture."""

    panel: Panel
    number: int
    left: float
    top: float
    values: tuple[float | None, ...]
    targets: tuple[float | None, ...]
    scale: Upright

    def x(self, index: float) -> float:
        """Where a period begins; half a step further is its middle."""
        return round(self.left + _PLOT[0] + _PLOT[2] * index / max(len(self.values), len(self.targets), 1), 2)

    def y(self, value: float) -> float:
        """How far down a value stands."""
        return round(self.top + _PLOT[1] + self.scale.pixel(value), 2)

    def stretches(self, line: Sequence[float | None]) -> list[tuple[int, int, float]]:
        """First and last index and value of each level stretch."""
        cuts = [segment.first for segment in self.panel.spc.segments] if self.panel.spc else []
        return [
            (int(a), int(b), value) for a, b, value in runs(zip(map(str, range(len(line))), line, strict=True), cuts)
        ]


def committee_spec(panels: Sequence[Panel], columns: int, *, title: str, finding: str, description: str) -> Spec:
    """The whole specification, ``columns`` panels side by side."""
    plots = [_plot(panel, number, columns) for number, panel in enumerate(panels)]
    across = min(columns, max(len(panels), 1))
    down = -(-len(panels) // columns) or 1
    extent = (across * (_CELL[0] + _GAP[0]) - _GAP[0], down * (_CELL[1] + _GAP[1]) - _GAP[1])
    layers = [
        *_ground(plots),
        *_bands(plots),
        _levels(plots),
        _targets(plots),
        _values(plots),
        _marks(plots),
        *_words(plots),
        *_icons(plots),
    ]
    layers = layers if plots else nothing_to_draw("No measure belongs here", *extent)
    spec = page({"layer": layers, **size(extent)}, title, description)
    spec["title"].update(under_title(finding))
    return spec


def _plot(panel: Panel, number: int, columns: int) -> _Plot:
    row, column = divmod(number, columns)
    spc, course = panel.spc, panel.course
    # Values and targets are the control chart's where there is one, so that both show the same points.
    values = course.actual() if spc is None else [drawn(value) for value in spc.values]
    targets = course.targets() if spc is None else [drawn(value) for value in spc.targets]
    limits = [] if spc is None else [drawn(value) for line in (spc.lower, spc.upper) for value in line]
    scale = upright([*values, *targets, *limits], course.form, _PLOT[3])
    left, top = column * (_CELL[0] + _GAP[0]), row * (_CELL[1] + _GAP[1])
    return _Plot(panel, number, left, top, tuple(values), tuple(targets), scale)


def _at(*channels: str, **others: Any) -> Spec:
    """Channels whose fields are pixels already."""
    return {**{channel: _pixels(channel) for channel in channels}, **others}


def _pixels(channel: str) -> Spec:
    own: Spec = {"field": channel}
    return own if channel in ("x2", "y2") else {**own, "type": "quantitative", "scale": None, "axis": None}


def _layer(rows: Sequence[Spec], mark: Spec, encoding: Spec) -> Spec:
    return {"data": {"values": list(rows)}, "mark": mark, "encoding": encoding}


def _ground(plots: Sequence[_Plot]) -> list[Spec]:
    """A line under every small chart, and one between the rows."""
    foot = _PLOT[1] + _PLOT[3]
    rows = [{"x": plot.left, "x2": plot.left + _PLOT[2], "y": plot.top + foot} for plot in plots]
    return [_layer(rows, {"type": "rule", "color": GRID}, _at("x", "x2", "y"))]


def _bands(plots: Sequence[_Plot]) -> list[Spec]:
    rows = []
    for plot in plots:
        spc = plot.panel.spc
        if spc is None:
            continue
        upper, lower = ([drawn(value) for value in line] for line in (spc.upper, spc.lower))
        for first, last, _ in plot.stretches(upper):
            high, low = upper[first], lower[first]
            if high is not None and low is not None:
                ends = {"x": plot.x(first), "x2": plot.x(last + 1) + 0.3}
                rows.append({**ends, "y": plot.y(high), "y2": plot.y(low)})
    return [_layer(rows, {"type": "rect", "color": SHADE}, _at("x", "x2", "y", "y2"))]


def _strokes(plot: _Plot, line: Sequence[float | None]) -> list[Spec]:
    return [
        {"x": plot.x(first), "x2": plot.x(last + 1), "y": plot.y(value)} for first, last, value in plot.stretches(line)
    ]


def _levels(plots: Sequence[_Plot]) -> Spec:
    rows = [
        row
        for plot in plots
        if plot.panel.spc
        for row in _strokes(plot, [drawn(each) for each in plot.panel.spc.centre])
    ]
    return _layer(rows, {"type": "rule", "color": LIMIT_COLOUR, "strokeWidth": 0.8}, _at("x", "x2", "y"))


def _targets(plots: Sequence[_Plot]) -> Spec:
    rows = [row for plot in plots for row in _strokes(plot, plot.targets)]
    mark = {"type": "rule", "color": TARGET_COLOUR, "strokeDash": [5, 2], "strokeWidth": 1.3}
    return _layer(rows, mark, _at("x", "x2", "y"))


def _values(plots: Sequence[_Plot]) -> Spec:
    """The lines, each broken where a value is missing."""
    rows = []
    for plot in plots:
        part = 0
        for index, value in enumerate(plot.values):
            if value is None:
                part += 1
            else:
                row = {"x": plot.x(index + 0.5), "y": plot.y(value)}
                rows.append({**row, "line": f"{plot.number} {part}", "order": index})
    order = {"field": "order", "type": "quantitative"}
    encoding = _at("x", "y", detail={"field": "line", "type": "nominal"}, order=order)
    return _layer(rows, {"type": "line", "color": COMMON_COLOUR, "strokeWidth": 1.3}, encoding)


def _marks(plots: Sequence[_Plot]) -> Spec:
    """Points of special cause, and the last point of each."""
    rows = []
    for plot in plots:
        values = plot.values
        last = max((index for index, value in enumerate(values) if value is not None), default=-1)
        kinds = (
            [KINDS.get(point, COMMON) for point in plot.panel.spc.points] if plot.panel.spc else [COMMON] * len(values)
        )
        for index, value in enumerate(values):
            if value is not None and (kinds[index] != COMMON or index == last):
                rows.append({"x": plot.x(index + 0.5), "y": plot.y(value), "kind": kinds[index]})
    ranges: dict[str, list[Any]] = {
        "color": [look[0] for look in LOOKS.values()],
        "shape": [look[1] for look in LOOKS.values()],
        "size": [look[2] * 0.45 for look in LOOKS.values()],
    }
    base: Spec = {"field": "kind", "type": "nominal", "legend": None}
    by_kind = {part: {**base, "scale": {"domain": list(LOOKS), "range": values}} for part, values in ranges.items()}
    return _layer(rows, {"type": "point", "filled": True, "opacity": 1}, _at("x", "y", **by_kind))


def _words(plots: Sequence[_Plot]) -> Iterator[Spec]:
    names, latest, under = [], [], []
    for plot in plots:
        lines = wrap(plot.panel.name, _NAME_CHARACTERS, max_lines=2, placeholder=" …") or [""]
        names += [
            {"x": plot.left, "y": plot.top + _NAME_LINE * place + 10, "text": line} for place, line in enumerate(lines)
        ]
        right = plot.left + _TEXT_AT
        latest.append({"x": right, "y": plot.top + 51, "text": plot.panel.latest})
        words = " ".join(_SHORT.get(word, word) for word in plot.panel.under.split(" "))
        for place, line in enumerate(words.split(", ")):
            under.append({"x": right, "y": plot.top + 68 + 13 * place, "text": line})
    base = {"type": "text", "align": "left", "baseline": "alphabetic", "color": INK}
    encoding = _at("x", "y", text={"field": "text", "type": "nominal"})
    yield _layer(names, {**base, "fontSize": 12.5, "fontWeight": "bold"}, encoding)
    yield _layer(latest, {**base, "fontSize": 17, "fontWeight": "bold"}, encoding)
    yield _layer(under, {**base, "fontSize": 11.5}, encoding)


def _icons(plots: Sequence[_Plot]) -> Iterator[Spec]:
    """Every stroke of an icon once, at all the places where the icon stands."""
    places: dict[str, tuple[Icon, list[Spec]]] = {}
    for plot in plots:
        for number, icon in enumerate(plot.panel.icons):
            x = plot.left + _CELL[0] - _ICON / 2 - (_ICON + 4) * (1 - number)
            spot = {"x": x, "y": plot.top + 47, "words": icon.words}
            places.setdefault(icon.words, (icon, []))[1].append(spot)
    tip = {"field": "words", "type": "nominal"}
    for icon, spots in places.values():
        for mark in icon.marks(_ICON):
            yield _layer(spots, mark, _at("x", "y", tooltip=tip))
