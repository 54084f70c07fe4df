"""Lines as Vega-Lite, written out directly.

The specifications are plain dictionaries rather than Altair objects: Altair copies every chart deeply at each step,
and a paper of twelve charts took it six seconds. The tests hold each specification against Altair's own schema, and
``altair.Chart.from_dict(picture.spec)`` shows one in a notebook.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, TypeAlias

from trigpoint.characters import without_unprintable
from trigpoint.charts.lines import ACTUAL, TARGET, Lines, Point
from trigpoint.charts.style import INK, SERIES_COLOURS, SHADE, configuration, title_lines
from trigpoint.measures.figures import PERCENTAGE, axis_title

Spec: TypeAlias = dict[str, Any]

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.1.0.json"
_SIZE = (640, 300)
_PANEL_SIZE = (300, 150)
_PANEL_TITLE_CHARACTERS = 44
_WHOLE_NUMBERS_FROM = 5
# Clear space above and below the lines; under a line stands its label, which must not run into the axis.
_PADDING, _PADDING_LABELLED = 16, 28
_CHARACTER_WIDTH = 8  # of bold type, generously
_ORDER = [TARGET, ACTUAL]
# Dash and shape tell the lines apart as well as colour, so that grey print works too.
_DASHES = [[6, 4], [1, 0]]
_SHAPES = ["diamond", "circle"]


def line_chart(lines: Lines, *, title: str, description: str, plan_years: Collection[str]) -> Spec:
    """The specification of one trajectory, its lines named at their ends instead of in a legend."""
    points = lines.points()
    layers = [
        *_plan_band(lines.periods, plan_years, height=_SIZE[1]),
        *_strokes(lines, legend=False),
        *_end_labels(points, lines),
    ]
    return page({"layer": layers, **size(_SIZE)}, title, description)


def panels_chart(
    several: Sequence[Lines], *, title: str, description: str, plan_years: Collection[str], columns: int
) -> Spec:
    """The specification of one small chart an area, all on one scale, with a legend that shows the shapes."""
    # One upright scale lets the eye compare the areas; rates beside counts would only flatten each other.
    alike = len({lines.form for lines in several}) < 2
    extent = _extent(several) if alike else None
    panels = [_panel(lines, plan_years, extent) for lines in several]
    shared = {"color": "shared", "shape": "shared", "strokeDash": "shared"}
    resolve = {"scale": {"y": "shared" if alike else "independent", **shared}}
    return page({"concat": panels, "columns": columns, "resolve": resolve}, title, description)


def _panel(lines: Lines, plan_years: Collection[str], extent: float | None) -> Spec:
    heading = {
        "text": title_lines(lines.pair.label or lines.table.title, _PANEL_TITLE_CHARACTERS),
        "fontSize": 14,
        "offset": 6,
    }
    layers = [
        *_plan_band(lines.periods, plan_years, height=_PANEL_SIZE[1], words=False),
        *_strokes(lines, legend=True, extent=extent),
    ]
    return {"layer": layers, "title": heading, **size(_PANEL_SIZE)}


def page(body: Spec, title: str, description: str) -> Spec:
    """A body with what every specification carries: schema, text alternative, title and look."""
    heading = {"text": title_lines(without_unprintable(title))}
    said = without_unprintable(description)
    return {"$schema": SCHEMA, "description": said, "title": heading, "config": configuration(), **_drawable(body)}


def _drawable(part: Any) -> Any:
    """The part without characters that no drawing can hold: one of them would end the renderer and all with it."""
    if isinstance(part, str):
        return without_unprintable(part)
    if isinstance(part, dict):
        return {key: _drawable(value) for key, value in part.items()}
    return [_drawable(value) for value in part] if isinstance(part, (list, tuple)) else part


def size(of: tuple[int, int]) -> Spec:
    """Width and height in pixels."""
    return {"width": of[0], "height": of[1]}


def _x(periods: Sequence[str]) -> Spec:
    scale = {"type": "band", "domain": list(periods), "paddingInner": 0, "paddingOuter": 0.1}
    axis = {"title": None, "labelAngle": 0, "labelOverlap": True, "labelSeparation": 8, "grid": False}
    return {"field": "period", "type": "ordinal", "scale": scale, "axis": axis}


def _extent(several: Sequence[Lines]) -> float:
    """How far the highest value lies above the lowest."""
    values = [point.value for lines in several for point in lines.points()]
    return max(values, default=0) - min(values, default=0)


def _y(lines: Lines, extent: float | None = None, *, labelled: bool) -> Spec:
    form = lines.form
    # Over a wide range the ticks fall on whole numbers, whose decimals would only be noise.
    wide = (_extent([lines]) if extent is None else extent) >= _WHOLE_NUMBERS_FROM
    digits = 0 if wide else form.decimals
    sign = " + '%'" if form.kind == PERCENTAGE else ""
    axis = {
        "title": axis_title(form.kind, form.unit),
        "labelExpr": f"format(datum.value, ',.{digits}f'){sign}",
        "tickCount": 6,
        "tickMinStep": 10**-digits,
    }
    scale = {"zero": False, "nice": True, "padding": _PADDING_LABELLED if labelled else _PADDING}
    return {"field": "value", "type": "quantitative", "scale": scale, "axis": axis}


def _by_series(values: Sequence[Any], legend: Spec | None) -> Spec:
    scale = {"domain": _ORDER, "range": list(values)}
    return {"field": "series", "type": "nominal", "scale": scale, "sort": _ORDER, "legend": legend}


def _strokes(lines: Lines, *, legend: bool, extent: float | None = None) -> list[Spec]:
    """Both lines, and on them their points."""
    key = {"title": None, "orient": "top"} if legend else None
    colour = _by_series(list(SERIES_COLOURS.values()), key)
    data = {"values": [_row(point) for point in lines.points()]}
    shared = {"x": _x(lines.periods), "y": _y(lines, extent, labelled=not legend), "color": colour}
    tooltip = [
        {"field": "period", "type": "nominal", "title": "Period"},
        {"field": "series", "type": "nominal", "title": "Series"},
        {"field": "shown", "type": "nominal", "title": "Value"},
    ]
    line = {
        "data": data,
        "mark": {"type": "line", "strokeWidth": 2.5},
        "encoding": {**shared, "strokeDash": _by_series(_DASHES, None)},
    }
    dots = {
        "data": data,
        "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1},
        "encoding": {**shared, "shape": _by_series(_SHAPES, key), "tooltip": tooltip},
    }
    return [line, dots]


def _row(point: Point) -> Spec:
    return {"period": point.period, "series": point.series, "value": point.value, "shown": point.shown}


def _plan_band(periods: Sequence[str], plan_years: Collection[str], *, height: int, words: bool = True) -> list[Spec]:
    """A pale band behind the plan's own years, and the words that say so."""
    shaded = [period for period in periods if period in plan_years]
    if not shaded:
        return []
    band: Spec = {
        "data": {"values": [{"period": period} for period in shaded]},
        "mark": {"type": "bar", "color": SHADE, "width": {"band": 1}},
        "encoding": {"x": _x(periods), "y": {"value": 0}, "y2": {"value": height}},
    }
    label: Spec = {
        "data": {"values": [{"period": shaded[0]}]},
        "mark": {
            "type": "text",
            "text": "Plan years" if len(shaded) > 1 else "Plan year",
            "color": INK,
            "baseline": "top",
            "dy": 6,
        },
        "encoding": {"x": _x(periods), "y": {"value": 0}},
    }
    return [band, label] if words else [band]


def _end_labels(points: Sequence[Point], lines: Lines) -> list[Spec]:
    """Each line's name and last value at its last point. A white edge keeps the words clear of the lines."""
    labels: list[Spec] = []
    for word in _ORDER:
        own = [point for point in points if point.series == word]
        if not own:
            continue
        last = own[-1]
        values = [{**_row(last), "label": f"{word} {last.shown}"}]
        encoding = {
            "x": _x(lines.periods),
            "y": _y(lines, labelled=True),
            "text": {"field": "label", "type": "nominal"},
        }
        beside = _beside_axis(lines.periods, last, len(f"{word} {last.shown}"))
        mark = {"type": "text", "dy": -16 if _above(own, points) else 18, "fontWeight": "bold", **beside}
        edge, ink = {"stroke": "white", "strokeWidth": 5, "strokeJoin": "round"}, {"color": SERIES_COLOURS[word]}
        labels += [{"data": {"values": values}, "mark": {**mark, **look}, "encoding": encoding} for look in (edge, ink)]
    return labels


def _beside_axis(periods: Sequence[str], last: Point, characters: int) -> Spec:
    """How a label stands whose left half would run into the upright axis: it begins at its point."""
    centre = _SIZE[0] * (periods.index(last.period) + 0.5) / len(periods)
    return {"align": "left", "dx": -6} if centre < characters * _CHARACTER_WIDTH / 2 else {}


def _above(own: Sequence[Point], points: Sequence[Point]) -> bool:
    """Away from the other line where both have a value; else on the side that the line does not come from."""
    last = own[-1]
    other = [point.value for point in points if point.series != last.series and point.period == last.period]
    if other and last.value != other[0]:
        return last.value > other[0]
    return len(own) < 2 or last.value >= own[-2].value
