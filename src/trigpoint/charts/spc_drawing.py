"""The control chart written out as Vega-Lite, layer by layer from the back to the front."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten

from trigpoint.charts.charted import Charted
from trigpoint.charts.drawing import page, size
from trigpoint.charts.frame import (
    SIZE,
    Beside,
    Spec,
    beside,
    clean,
    level,
    nothing_to_draw,
    placed,
    runs,
    steps,
    winding,
)
from trigpoint.charts.icons.drawing import ASSURANCE_ICONS, VARIATION_ICONS, Icon, icon_layers
from trigpoint.charts.style import (
    COMMON_COLOUR,
    CONCERN_COLOUR,
    IMPROVEMENT_COLOUR,
    INK,
    LIMIT_COLOUR,
    NEUTRAL_COLOUR,
    SHADE,
    TARGET_COLOUR,
    under_title,
)
from trigpoint.charts.upright import Upright, drawn, upright
from trigpoint.measures.spc.control import Floats, Variation

COMMON, IMPROVEMENT, CONCERN, NEUTRAL = "Common cause", "Improvement", "Concern", "Special cause"
KINDS: Mapping[Variation, str] = {
    Variation.IMPROVEMENT_HIGH: IMPROVEMENT,
    Variation.IMPROVEMENT_LOW: IMPROVEMENT,
    Variation.CONCERN_HIGH: CONCERN,
    Variation.CONCERN_LOW: CONCERN,
    Variation.NEUTRAL_HIGH: NEUTRAL,
    Variation.NEUTRAL_LOW: NEUTRAL,
}
# Colour, shape and area of a point of each kind.
LOOKS: Mapping[str, tuple[str, str, int]] = {
    COMMON: (COMMON_COLOUR, "circle", 55),
    IMPROVEMENT: (IMPROVEMENT_COLOUR, "square", 75),
    CONCERN: (CONCERN_COLOUR, "diamond", 95),
    NEUTRAL: (NEUTRAL_COLOUR, "triangle-up", 85),
}
_HEAD = 34  # pixels above the plot for icons and their words
_ICON = 24
_CHARACTER = 7.0  # width of a character of 13-pixel type, generously
_REBASES_NAMED = 4
_REASON_CHARACTERS = 56
_REASON_LINE = 15  # pixels
_MANY = 120  # points, from which on they are drawn smaller


def control_spec(chart: Charted, *, title: str, finding: str, description: str) -> Spec:
    """The whole specification of one control chart."""
    scale = control_scale(chart, SIZE[1], reasons=True)
    layers = [*_gap_bands(chart), *control_lines(chart, scale), *_rebases(chart), *points(chart, scale, legend=True)]
    layers += _head(chart)
    layers += _labels(chart, scale) if chart.last is not None else nothing_to_draw("No value is known yet")
    spec = page({"layer": layers, **size(SIZE)}, title, description)
    spec["title"].update(under_title(finding))
    return spec


def control_scale(chart: Charted, height: int, *, ticks: int = 6, reasons: bool = False) -> Upright:
    """The upright scale over values, limits and targets."""
    result = chart.result
    every = [*chart.values, *(value for _, value in chart.targets)]
    every += [drawn(value) for line in (result.centre, result.lower, result.upper) for value in line]
    above = _REASON_LINE * (1 + max(reason.line for reason in named)) if reasons and (named := _reasons(chart)) else 0
    return upright(every, chart.form, height, ticks=ticks, above=above)


def control_lines(chart: Charted, scale: Upright, *, thin: bool = False) -> list[Spec]:
    """Limits, mean and target, each level over a segment, and the line through the points."""
    result, width = chart.result, 1 if thin else 1.5
    parts = [segment.first for segment in result.segments]
    looks: tuple[tuple[Floats, Spec], ...] = (
        (result.lower, {"color": LIMIT_COLOUR, "strokeDash": [4, 4], "strokeWidth": width}),
        (result.upper, {"color": LIMIT_COLOUR, "strokeDash": [4, 4], "strokeWidth": width}),
        (result.centre, {"color": LIMIT_COLOUR, "strokeWidth": width}),
    )
    layers = []
    for line, look in looks:
        stretches = runs(zip(chart.labels, (drawn(value) for value in line), strict=True), parts)
        if len(stretches) > 2 * len(parts) + len(chart.gaps):
            part = [sum(first <= index for first in parts) for index in range(len(chart.labels))]
            turning = [(label, drawn(value), at) for label, value, at in zip(chart.labels, line, part, strict=True)]
            layers.append(winding(turning, chart.periods, scale, look))
        else:
            layers.append(steps(stretches, chart.periods, scale, look))
    target = {"color": TARGET_COLOUR, "strokeDash": [12, 2], "strokeWidth": width + 0.5}
    layers.append(steps(runs(chart.targets), chart.periods, scale, target))
    place = dict(zip(chart.labels, chart.values, strict=True))
    begun = range(_first(chart), 1 + max((chart.periods.index(chart.labels[at]) for at in _ends(chart)), default=-1))
    rows = [{"period": chart.periods[at], "value": place.get(chart.periods[at])} for at in begun]
    joined = {"type": "line", "color": COMMON_COLOUR, "strokeWidth": width, "invalid": "break-paths-show-path-domains"}
    layers.append({"data": {"values": rows}, "mark": joined, "encoding": _xy(chart, scale)})
    return layers


def points(chart: Charted, scale: Upright, *, legend: bool, small: bool = False) -> list[Spec]:
    """The points, each with the shape and colour of its kind."""
    rows = [_row(chart, index, value) for index, value in enumerate(chart.values) if value is not None]
    if not rows:
        return []
    present = [kind for kind in LOOKS if any(row["kind"] == kind for row in rows)]
    key: Spec | None = {"title": None, "orient": "bottom", "symbolSize": 90} if legend else None
    key = {**key, "values": present} if key else None
    shrunk = 2.5 if small else 2 if len(rows) > _MANY else 1
    colours, shapes = [look[0] for look in LOOKS.values()], [look[1] for look in LOOKS.values()]
    areas = [look[2] / shrunk for look in LOOKS.values()]
    tips = (("period", "Period"), ("shown", "Value"), ("reading", "Reading"), ("note", "Note"))
    by_kind = {"field": "kind", "type": "nominal"}
    encoding = {
        **_xy(chart, scale),
        "color": {**by_kind, "scale": {"domain": list(LOOKS), "range": colours}, "legend": key},
        "shape": {**by_kind, "scale": {"domain": list(LOOKS), "range": shapes}, "legend": key},
        "size": {**by_kind, "scale": {"domain": list(LOOKS), "range": areas}, "legend": None},
        "tooltip": [{"field": field, "type": "nominal", "title": title} for field, title in tips],
    }
    return [{"data": {"values": rows}, "mark": {"type": "point", "filled": True, "opacity": 1}, "encoding": encoding}]


def _row(chart: Charted, index: int, value: float) -> Spec:
    result = chart.result
    reasons = [clean(segment.reason) for segment in result.segments[1:] if segment.first == index]
    return {
        "period": chart.labels[index],
        "value": value,
        "kind": KINDS.get(result.points[index], COMMON),
        "shown": chart.text(value, unit=True),
        "reading": result.signals[index].value.capitalize(),
        "note": f"Limits made anew: {reasons[0]}" if reasons and reasons[0] else "",
    }


def _xy(chart: Charted, scale: Upright) -> Spec:
    return {"x": level(chart.periods), "y": scale.channel()}


def _ends(chart: Charted) -> Sequence[int]:
    return [] if chart.last is None else [chart.last]


def _first(chart: Charted) -> int:
    known = (label for label, value in zip(chart.labels, chart.values, strict=True) if value is not None)
    return chart.periods.index(next(known, chart.periods[0])) if chart.periods else 0


def _gap_bands(chart: Charted) -> list[Spec]:
    """A pale band over every period within the series that has no figure."""
    if chart.last is None:
        return []
    place = dict(zip(chart.labels, chart.values, strict=True))
    within = chart.periods[_first(chart) : chart.periods.index(chart.labels[chart.last])]
    rows = [{"period": period, "note": "No figure"} for period in within if place.get(period) is None]
    if not rows:
        return []
    tips = [
        {"field": field, "type": "nominal", "title": title} for field, title in (("period", "Period"), ("note", "Note"))
    ]
    encoding = {"x": level(chart.periods), "y": {"value": 0}, "y2": {"value": SIZE[1]}, "tooltip": tips}
    return [
        {"data": {"values": rows}, "mark": {"type": "bar", "color": SHADE, "width": {"band": 1}}, "encoding": encoding}
    ]


def _rebases(chart: Charted) -> list[Spec]:
    """An upright line where limits are made anew, with its reason at the top of the plot while there are few."""
    begun = [segment for segment in chart.result.segments[1:] if segment.first < len(chart.labels)]
    if not begun:
        return []
    rows = [
        {
            "period": chart.labels[segment.first],
            "reason": clean(segment.reason) or "No reason given",
            "by": clean(segment.by),
        }
        for segment in begun
    ]
    tips = (("period", "Limits made anew from"), ("reason", "Reason"), ("by", "By"))
    encoding = {
        "x": {**level(chart.periods), "bandPosition": 0},
        "y": {"value": 0},
        "y2": {"value": SIZE[1]},
        "tooltip": [{"field": field, "type": "nominal", "title": title} for field, title in tips],
    }
    rule = {"type": "rule", "color": INK, "strokeDash": [2, 2], "strokeWidth": 1}
    return [{"data": {"values": rows}, "mark": rule, "encoding": encoding}, *_words(_reasons(chart))]


@dataclass(frozen=True, slots=True)
class _Reason:
    """Words at the top of the plot: where they begin, on which line."""

    words: str
    x: float
    line: int
    right: bool


def _reasons(chart: Charted) -> list[_Reason]:
    """The reasons of rebases, each on the first line where it touches no other; none where there are many."""
    begun = [segment for segment in chart.result.segments[1:] if segment.first < len(chart.labels)]
    if len(begun) > _REBASES_NAMED:
        return []
    found: list[_Reason] = []
    taken: list[list[tuple[float, float]]] = []
    for segment in begun:
        words = shorten(clean(segment.reason) or "Limits made anew", _REASON_CHARACTERS, placeholder=" …")
        period = chart.periods.index(chart.labels[segment.first])
        at = SIZE[0] * (period + 0.1) / (len(chart.periods) + 0.2)
        length = len(words) * _CHARACTER + 8
        right = at + length > SIZE[0]
        span = (at - length, at) if right else (at, at + length)
        free = (line for line, spans in enumerate(taken) if all(span[1] < low or high < span[0] for low, high in spans))
        line = next(free, len(taken))
        if line == len(taken):
            taken.append([])
        taken[line].append(span)
        found.append(_Reason(words, at - 5 if right else at + 5, line, right))
    return found


def _words(reasons: Sequence[_Reason]) -> list[Spec]:
    layers = []
    for reason in reasons:
        mark = {"type": "text", "text": reason.words, "baseline": "top", "fontSize": 12, "color": INK}
        side = {"align": "right" if reason.right else "left"}
        layers.append(placed({**mark, **side}, x=reason.x, y=3 + _REASON_LINE * reason.line))
    return layers


def _head(chart: Charted) -> list[Spec]:
    """Both icons with their words, above the plot."""
    result = chart.result
    icons: tuple[Icon, ...] = (VARIATION_ICONS[result.variation], ASSURANCE_ICONS[result.assurance])
    layers: list[Spec] = []
    x = 0.0
    for icon in icons:
        layers += icon_layers(icon, x=x + _ICON / 2, y=-_HEAD + _ICON / 2 - 2, size=_ICON)
        text = {"type": "text", "text": icon.words, "align": "left", "baseline": "middle", "color": INK}
        layers.append(placed(text, x=x + _ICON + 7, y=-_HEAD + _ICON / 2 - 2))
        x += _ICON + 7 + len(icon.words) * _CHARACTER + 18
    return layers


def _labels(chart: Charted, scale: Upright) -> list[Spec]:
    """What each level line is, beside its end."""
    result, last = chart.result, chart.last
    if last is None:
        return []
    target = next((value for _, value in reversed(chart.targets) if value is not None), None)
    lower, centre, upper = (drawn(line[last]) for line in (result.lower, result.centre, result.upper))
    lines: list[tuple[str, float | None, str]] = [("Target", target, TARGET_COLOUR)]
    if centre is not None and chart.level(lower) == chart.level(centre) == chart.level(upper):
        lines.append(("Mean and limits", centre, LIMIT_COLOUR))
    else:
        levels = (("Upper limit", upper), ("Mean", centre), ("Lower limit", lower))
        lines += [(word, value, LIMIT_COLOUR) for word, value in levels]
    found = [
        Beside(f"{word} {chart.text(value) if word == 'Target' else chart.level(value)}", scale.pixel(value), colour)
        for word, value, colour in lines
        if value is not None
    ]
    latest = chart.values[last]
    if latest is not None and not found:
        found = [Beside(f"Latest {chart.text(latest)}", scale.pixel(latest), INK)]
    return beside(found, scale)
