"""The funnel written out as Vega-Lite: limits behind, places before, names of the outermost where they have room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from trigpoint.charts.drawing import page, size
from trigpoint.charts.frame import SIZE, Beside, Spec, beside, clean, edged, nothing_to_draw
from trigpoint.charts.style import (
    COMMON_COLOUR,
    CONCERN_COLOUR,
    IMPROVEMENT_COLOUR,
    INK,
    LIMIT_COLOUR,
    NEUTRAL_COLOUR,
    under_title,
)
from trigpoint.charts.upright import Upright, drawn, upright, written
from trigpoint.measures.results.result import FunnelPoint, FunnelResult, Significance
from trigpoint.measures.standing import Form
from trigpoint.plans.model import Polarity

_UP = frozenset({Significance.HIGH_2, Significance.HIGH_3})
_FAR = frozenset({Significance.HIGH_3, Significance.LOW_3})
_INSIDE = frozenset({Significance.WITHIN, Significance.NOT_KNOWN})
_LIMITS = ((1, "99.8%", [2, 2]), (2, "95%", [6, 4]), (3, "95%", [6, 4]), (4, "99.8%", [2, 2]))
_NAMES = 12
_NAME_CHARACTERS = 28
_CHARACTER, _LINE = 6.6, 14  # of a name, in pixels


@dataclass(frozen=True, slots=True)
class _Field:
    """Where denominators and values come to stand."""

    widest: float
    scale: Upright

    def x(self, denominator: float) -> float:
        return SIZE[0] * denominator / self.widest


def funnel_spec(result: FunnelResult, form: Form, *, title: str, finding: str, description: str, own: str = "") -> Spec:
    """The whole specification of one funnel. ``own`` is the code of a place that is a diamond, and always named."""
    points = [
        point for point in result.points if drawn(point.value) is not None and drawn(point.denominator) is not None
    ]
    if not points:
        layers = nothing_to_draw("No place has a figure for this period")
    else:
        field = _field(result, points, form)
        layers = [*_limits(result, field), _average(result, field), *_points(result, points, field, own)]
        layers += _names(points, field, own) + beside(_ends(result, field), field.scale)
    spec = page({"layer": layers, **size(SIZE)}, title, description)
    outside = any(point.significance not in _INSIDE for point in points)
    key = "Hollow triangles: outside the 95% limits; solid: outside the 99.8% limits." if outside else ""
    key = f"Diamond: own. {key}".strip() if own else key
    spec["title"].update(under_title(finding, key))
    return spec


def _field(result: FunnelResult, points: Sequence[FunnelPoint], form: Form) -> _Field:
    widest = max(point.denominator for point in points) * 1.06 or 1.0
    narrowest = min(point.denominator for point in points)
    # Limits rush apart at the left edge; the scale shows them where there are places.
    near = [row for row in result.limits if narrowest * 0.9 <= row[0] <= widest]
    values: list[float | None] = [point.value for point in points]
    values += [result.average, *(row[limit] for row in near for limit in (2, 3))]
    middle = median(point.denominator for point in points)
    values += [row[limit] for row in near if row[0] >= middle for limit in (1, 4)]
    return _Field(widest, upright(values, form, SIZE[1]))


def _xy(result: FunnelResult, field: _Field, name: str = "value") -> Spec:
    axis = {"title": _denominator(result), "grid": False, "format": ",~r", "tickCount": 6, "labelOverlap": True}
    x = {"field": "size", "type": "quantitative", "scale": {"domain": [0, field.widest], "nice": False}, "axis": axis}
    return {"x": x, "y": field.scale.channel(name)}


def _denominator(result: FunnelResult) -> str:
    words = clean(result.definition.denominator.description) if result.definition.denominator else ""
    return f"{words[0].upper()}{words[1:70]}" if words else "Denominator"


def _limits(result: FunnelResult, field: _Field) -> list[Spec]:
    layers = []
    for place, _, dash in _LIMITS:
        rows = [{"size": row[0], "value": drawn(row[place])} for row in result.limits if 0 < row[0] <= field.widest]
        rows = [row for row in rows if row["value"] is not None]
        mark = {"type": "line", "color": LIMIT_COLOUR, "strokeDash": dash, "strokeWidth": 1.5, "clip": True}
        layers.append({"data": {"values": rows}, "mark": mark, "encoding": _xy(result, field)})
    return layers


def _average(result: FunnelResult, field: _Field) -> Spec:
    rows = [{"value": drawn(result.average)}] if drawn(result.average) is not None else []
    mark = {"type": "rule", "color": INK, "strokeWidth": 1.5}
    return {"data": {"values": rows}, "mark": mark, "encoding": {"y": field.scale.channel()}}


def _colour(point: FunnelPoint, polarity: Polarity) -> str:
    if point.significance in _INSIDE:
        return COMMON_COLOUR
    if polarity is Polarity.NEITHER:
        return NEUTRAL_COLOUR
    better = (point.significance in _UP) is (polarity is Polarity.HIGHER)
    return IMPROVEMENT_COLOUR if better else CONCERN_COLOUR


def _points(result: FunnelResult, points: Sequence[FunnelPoint], field: _Field, own: str) -> list[Spec]:
    """A layer for each look, the outermost last so that no other hides them."""
    looks: dict[tuple[str, str, bool], list[Spec]] = {}
    for point in sorted(points, key=lambda point: _rank(point.significance)):
        inside = point.significance in _INSIDE
        shape = "circle" if inside else "triangle-up" if point.significance in _UP else "triangle-down"
        shape = "diamond" if own and point.place.code == own else shape
        solid = inside or point.significance in _FAR
        look = (_colour(point, result.definition.polarity), shape, solid)
        looks.setdefault(look, []).append(_row(point, field))
    small = len(points) > 100
    return [
        {"data": {"values": rows}, "mark": _mark(look, small), "encoding": {**_xy(result, field), "tooltip": _TIPS}}
        for look, rows in looks.items()
    ]


def _rank(significance: Significance) -> int:
    return 0 if significance in _INSIDE else 2 if significance in _FAR else 1


def _mark(look: tuple[str, str, bool], small: bool) -> Spec:
    colour, shape, solid = look
    area = (30 if small else 45) if shape == "circle" else (70 if small else 85)
    fill: dict[str, Any] = {"filled": True, "color": colour} if solid else {"fill": "white", "stroke": colour}
    return {"type": "point", "shape": shape, "size": area, "opacity": 0.75 if shape == "circle" else 1, **fill}


_TIPS: Sequence[Mapping[str, str]] = [
    {"field": field, "type": "nominal", "title": title}
    for field, title in (
        ("place", "Place"),
        ("shown", "Value"),
        ("denominator", "Denominator"),
        ("reading", "Against the limits"),
    )
]


def _row(point: FunnelPoint, field: _Field) -> Spec:
    form = field.scale.form
    return {
        "place": clean(point.place.name),
        "size": point.denominator,
        "value": point.value,
        "shown": written(point.value, form, unit=True),
        "denominator": written(point.denominator, Form(0, "", "")),
        "reading": point.significance.value.capitalize(),
    }


def _names(points: Sequence[FunnelPoint], field: _Field, own: str) -> list[Spec]:
    """Names of the own place and of those beyond the 99.8% limits, the farthest first, each where it is near no other
    name or place."""
    middle = sum(point.value for point in points) / len(points)
    ours = {id(point) for point in points if own and point.place.code == own}
    far = sorted(
        (point for point in points if point.significance in _FAR or id(point) in ours),
        key=lambda point: (id(point) not in ours, -abs(point.value - middle)),
    )
    others = [(point, _around(point, field)) for point in points if point.significance not in _INSIDE]
    taken: list[_Box] = []
    layers: list[Spec] = []
    for point in far:
        near = [box for other, box in others if other is not point]
        spot = _spot(point, field, [*taken, *near]) if len(taken) < _NAMES else None
        if spot is not None:
            words, align, x, box = spot
            taken.append(box)
            mark = {"type": "text", "text": words, "align": align, "baseline": "middle", "fontSize": 12}
            layers += edged(mark, x=x, y=box[1] + box[3] / 2)
    return layers


def _around(point: FunnelPoint, field: _Field) -> _Box:
    """The room of a marked place: a name of another nearer than this would seem to be its own."""
    return field.x(point.denominator) - 12, field.scale.pixel(point.value) - 11, 24.0, 22.0


_Box = tuple[float, float, float, float]


def _spot(point: FunnelPoint, field: _Field, taken: Sequence[_Box]) -> tuple[str, str, float, _Box] | None:
    name = clean(point.place.name)
    words = name if len(name) <= _NAME_CHARACTERS else f"{name[: _NAME_CHARACTERS - 1].rstrip()}…"
    x, y, length = field.x(point.denominator), field.scale.pixel(point.value), len(words) * _CHARACTER
    sides = (("left", x + 9, x + 9, (0, -8, 8)), ("right", x - 9 - length, x - 9, (0, -8, 8)))
    for align, left, at, lifts in (*sides, ("center", x - length / 2, x, (-15, 15))):
        for lift in lifts:
            box = (left, y + lift - _LINE / 2, length, float(_LINE))
            inside = box[0] >= 2 and box[0] + length <= SIZE[0] and box[1] >= -4 and box[1] + _LINE <= SIZE[1]
            if inside and not any(_touch(box, other) for other in taken):
                return words, align, at, box
    return None


def _touch(one: _Box, other: _Box) -> bool:
    across = one[0] < other[0] + other[2] and other[0] < one[0] + one[2]
    return across and one[1] < other[1] + other[3] and other[1] < one[1] + one[3]


def _ends(result: FunnelResult, field: _Field) -> list[Beside]:
    """The limits named where they end, and the average."""
    found = []
    average = drawn(result.average)
    if average is not None:
        found.append(Beside(f"Average {written(average, field.scale.form)}", field.scale.pixel(average)))
    rows = [row for row in result.limits if 0 < row[0] <= field.widest]
    last = rows[-1] if rows else None
    for place, word, dash in _LIMITS:
        value = drawn(last[place]) if last else None
        if value is not None:
            at = min(max(field.scale.pixel(value), 0), SIZE[1])
            look = {"color": LIMIT_COLOUR, "strokeDash": dash, "strokeWidth": 1.5}
            found.append(Beside(f"{word} limit", at, LIMIT_COLOUR, look))
    return found
