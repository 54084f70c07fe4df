"""An inequality ladder: a measure along deprivation, with intervals, average and the slope of the index."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from textwrap import wrap

from trigpoint.charts.drawing import page, size
from trigpoint.charts.frame import SIZE, Beside, Spec, beside, clean, nothing_to_draw, placed
from trigpoint.charts.illustrative import marked
from trigpoint.charts.picture import DataTable, Picture
from trigpoint.charts.style import AIM_COLOURS, CONCERN_COLOUR, INK, under_title
from trigpoint.charts.upright import NOTHING, Upright, drawn, form_of, upright, written
from trigpoint.measures.results.result import InequalityResult, Rung
from trigpoint.measures.standing import Form
from trigpoint.wording import capital

__all__ = ["ladder_picture"]

_SLOPE = {"strokeDash": [8, 4], "strokeWidth": 2}
_CHARACTER = 6.6  # width of a character under the axis, in pixels


def ladder_picture(result: InequalityResult) -> Picture:
    """The groups of one dimension, the most deprived at the left, each as wide as its share of the people.

    Every rung is a value with its interval. The sloped line has the rise of the slope index of inequality from one end
    of the order to the other and goes through the average; it is drawn where the index is known. Groups without a
    value keep their place and are said to have none. Method: relative ranks as in the slope index of inequality,
    Low and Low, Journal of Public Health 2004;26:390–395.
    """
    definition = result.definition
    form = form_of(definition.unit, definition.decimals)
    name = ", ".join(map(clean, (definition.name, result.place.name, result.period)))
    finding = clean(result.finding)
    alt = f"Ladder of {name} by {clean(result.dimension)}, from first to last: {_told(result.rungs, form)}. {finding}"
    spec = _spec(result, form, title=name, finding=finding, description=alt.strip())
    rows = tuple(
        (capital(clean(rung.group)), written(rung.value, form), _interval(rung, form)) for rung in result.rungs
    )
    rows += _indices(result, form)
    table = DataTable(f"{name}: every group", (clean(result.dimension) or "Group", "Value", "Interval"), rows)
    return marked(Picture(spec, finding, alt.strip(), table), illustrative=result.illustrative)


def _told(rungs: Sequence[Rung], form: Form) -> str:
    parts = (
        f"{capital(clean(rung.group))} {written(rung.value, form) if _known(rung) else 'no value'}" for rung in rungs
    )
    return ", ".join(parts) or "no group"


def _interval(rung: Rung, form: Form) -> str:
    ends = (drawn(rung.lower), drawn(rung.upper))
    return NOTHING if None in ends else f"{written(ends[0], form)} to {written(ends[1], form)}"


def _indices(result: InequalityResult, form: Form) -> tuple[tuple[str, str, str], ...]:
    found = []
    own = Form(max(form.decimals, 1), "", "")
    for word, value, interval, style in (
        ("Slope index of inequality", result.sii, result.sii_interval, own),
        ("Relative index of inequality", result.rii, result.rii_interval, Form(2, "", "")),
    ):
        if drawn(value) is not None:
            between = f"{written(interval[0], style)} to {written(interval[1], style)}" if interval else NOTHING
            found.append((word, written(value, style), between))
    return tuple(found)


def _known(rung: Rung) -> bool:
    return drawn(rung.value) is not None


def _ranks(rungs: Sequence[Rung]) -> list[tuple[float, float]]:
    """Where each group begins and ends, as shares of all people; equal shares where numbers are not known."""
    sizes = [drawn(rung.denominator) or 0.0 for rung in rungs]
    if not rungs or min(sizes) <= 0:
        sizes = [1.0] * len(rungs)
    total = sum(sizes)
    ends = list(accumulate(size / total for size in sizes))
    return list(zip([0.0, *ends][: len(ends)], ends, strict=True))


def _average(rungs: Sequence[Rung], ranks: Sequence[tuple[float, float]]) -> float:
    """The mean of the groups that have a value, each with the weight of its people."""
    known = [
        (high - low, value)
        for rung, (low, high) in zip(rungs, ranks, strict=True)
        if (value := drawn(rung.value)) is not None
    ]
    return sum(share * value for share, value in known) / sum(share for share, _ in known)


def _line(result: InequalityResult, ranks: Sequence[tuple[float, float]]) -> tuple[float, float] | None:
    """The values at both ends of the order. The index's sign depends on the measure's polarity; the side on which
    values are higher does not, so the line leans as the rungs do."""
    sii = drawn(result.sii)
    known = [
        (high - low, (low + high) / 2, float(rung.value))
        for rung, (low, high) in zip(result.rungs, ranks, strict=True)
        if rung.value is not None and _known(rung)
    ]
    if sii is None or not known:
        return None
    weight = sum(share for share, _, _ in known)
    middle = sum(share * rank for share, rank, _ in known) / weight
    average = sum(share * value for share, _, value in known) / weight
    lean = sum(share * (rank - middle) * (value - average) for share, rank, value in known)
    slope = abs(sii) if lean >= 0 else -abs(sii)
    return average - slope * middle, average + slope * (1 - middle)


def _spec(result: InequalityResult, form: Form, *, title: str, finding: str, description: str) -> Spec:
    ranks = _ranks(result.rungs)
    line = _line(result, ranks)
    ends = [end for rung in result.rungs for end in (rung.value, rung.lower, rung.upper)]
    scale = upright([*ends, *(line or ())], form, SIZE[1])
    if any(map(_known, result.rungs)):
        average = _average(result.rungs, ranks)
        labels = [Beside(f"Average {written(average, form)}", scale.pixel(average))]
        if line is not None:
            shown = written(result.sii, Form(max(form.decimals, 1), "", ""))
            look = {"color": CONCERN_COLOUR, **_SLOPE}
            labels.append(Beside(f"Slope index {shown}", scale.pixel(line[1]), CONCERN_COLOUR, look))
        layers = [*_slope(line, scale), *_rungs(result, ranks, scale, average), *beside(labels, scale)]
    else:
        layers = nothing_to_draw("No group has a value")
    layers += _group_names(result.rungs, ranks)
    spec = page({"layer": layers, **size(SIZE)}, title, description)
    spec["title"].update(under_title(finding))
    return spec


def _x(field: str = "rank") -> Spec:
    axis = {"labels": False, "ticks": False, "grid": False, "title": None}
    return {"field": field, "type": "quantitative", "scale": {"domain": [0, 1], "nice": False}, "axis": axis}


def _rungs(
    result: InequalityResult, ranks: Sequence[tuple[float, float]], scale: Upright, average: float
) -> list[Spec]:
    rows = [
        _row(rung, low, high, scale.form) for rung, (low, high) in zip(result.rungs, ranks, strict=True) if _known(rung)
    ]
    tips = [
        {"field": field, "type": "nominal", "title": title}
        for field, title in (("group", "Group"), ("shown", "Value"), ("between", "Interval"))
    ]
    data, blue = {"values": rows}, AIM_COLOURS["Actual"]
    with_interval = {"values": [row for row in rows if row["low"] is not None and row["high"] is not None]}
    whisker = {"x": _x(), "y": scale.channel("low"), "y2": {"field": "high"}, "tooltip": tips}
    step = {"x": _x("from"), "x2": {"field": "to"}, "y": scale.channel(), "tooltip": tips}
    return [
        {
            "data": {"values": [{"value": average}]},
            "mark": {"type": "rule", "color": INK, "strokeDash": [2, 3]},
            "encoding": {"y": scale.channel()},
        },
        {"data": with_interval, "mark": {"type": "rule", "color": blue, "strokeWidth": 2}, "encoding": whisker},
        {"data": data, "mark": {"type": "rule", "color": blue, "strokeWidth": 3}, "encoding": step},
        {
            "data": data,
            "mark": {"type": "point", "filled": True, "size": 80, "opacity": 1, "color": blue},
            "encoding": {"x": _x(), "y": scale.channel(), "tooltip": tips},
        },
    ]


def _row(rung: Rung, low: float, high: float, form: Form) -> Spec:
    inset = (high - low) * 0.12
    return {
        "rank": (low + high) / 2,
        "from": low + inset,
        "to": high - inset,
        "value": drawn(rung.value),
        "low": drawn(rung.lower),
        "high": drawn(rung.upper),
        "group": capital(clean(rung.group)),
        "shown": written(rung.value, form, unit=True),
        "between": _interval(rung, form),
    }


def _slope(line: tuple[float, float] | None, scale: Upright) -> list[Spec]:
    if line is None:
        return []
    rows = [{"rank": 0, "value": line[0]}, {"rank": 1, "value": line[1]}]
    mark = {"type": "line", "color": CONCERN_COLOUR, **_SLOPE}
    return [{"data": {"values": rows}, "mark": mark, "encoding": {"x": _x(), "y": scale.channel()}}]


def _group_names(rungs: Sequence[Rung], ranks: Sequence[tuple[float, float]]) -> list[Spec]:
    """The groups' names under their rungs, broken into lines as wide as the rung."""
    layers = []
    for rung, (low, high) in zip(rungs, ranks, strict=True):
        name = capital(clean(rung.group))
        room = max(int((high - low) * SIZE[0] / _CHARACTER) - 1, 4)
        # A word a little too long for its rung is not broken for that.
        room = max(room, min(max(map(len, name.split()), default=0), room + 3))
        lines = wrap(name, room, max_lines=4, placeholder="…") or [""]
        words = [*lines, *(() if _known(rung) else ("(no value)",))]
        mark = {"type": "text", "text": words, "baseline": "top", "fontSize": 12, "lineHeight": 14, "color": INK}
        layers.append(placed(mark, x=(low + high) / 2 * SIZE[0], y=SIZE[1] + 8))
    return layers
