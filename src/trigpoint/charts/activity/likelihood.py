"""How likely a year's activity is to stay below any level: the distribution of all draws as one rising line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trigpoint.charts.activity.look import DO_SOMETHING
from trigpoint.charts.activity.subject import code_of, is_illustrative, title_of, unit_of, year_at
from trigpoint.charts.drawing import page, size
from trigpoint.charts.frame import SIZE, Spec, nothing_to_draw
from trigpoint.charts.illustrative import marked
from trigpoint.charts.picture import DataTable, Picture
from trigpoint.charts.printed import decimals_for, shown
from trigpoint.charts.style import GRID, INK, under_title
from trigpoint.charts.upright import drawn
from trigpoint.wording import capital

if TYPE_CHECKING:
    from trigpoint.activity.results.run import ActivityRun
    from trigpoint.periods import FinancialYear

__all__ = ["likelihood_picture"]

_POINTS = 100
_TOLD = (5, 10, 25, 50, 75, 90, 95)


def likelihood_picture(run: ActivityRun, pod: str, year: FinancialYear) -> Picture:
    """The share of draws in which do something of a plan year is no higher than a level, for every level (an S curve).

    The 10%, 50% and 90% points stand out with their levels. From the draws of all providers together; at most a hundred
    steps are drawn, which is finer than the line. The table has the levels of seven shares.
    """
    title = f"{title_of(run, pod, '')} {year.label}: how likely"
    draws, at = run.draws_of.get(code_of(run, pod)), year_at(run, year)
    values = [] if draws is None or at is None or at >= len(draws) else sorted(
        value for each in draws[at] if (value := drawn(float(each))) is not None
    )  # fmt: skip
    decimals = decimals_for(values[-1:])
    if values:
        low, middle, high = (_quantile(values, share) for share in (10, 50, 90))
        finding = (
            f"{title_of(run, pod, '')}: in {year.label} do something is as likely above {shown(middle, decimals)} as "
            "below; "
            f"one time in ten it is below {shown(low, decimals)}, one in ten above {shown(high, decimals)}."
        )
    else:
        finding = f"{title}: the run has no draws of it."
    alt = f"S curve of {title}. {finding}"
    unit = unit_of(run, pod)
    axis = f"{capital(unit)} in {year.label}" if unit else f"Activity in {year.label}"
    layers = _layers(values, axis, decimals) if values else nothing_to_draw("There are no draws")
    spec = page({"layer": layers, **size(SIZE)}, title, alt)
    spec["title"].update(under_title(finding))
    rows = tuple((f"{share}%", shown(_quantile(values, share), decimals)) for share in _TOLD) if values else ()
    table = DataTable(f"{title}: levels that it stays below", ("In so many draws", "Do something is below"), rows)
    return marked(Picture(spec, finding, alt, table), illustrative=is_illustrative(run))


def _quantile(values: list[float], share: float) -> float:
    """Between neighbouring draws by their distance, as numpy reckons it."""
    at = (len(values) - 1) * share / 100
    low = int(at)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (at - low)


def _layers(values: list[float], axis: str, decimals: int) -> list[Spec]:
    room = (values[-1] - values[0]) * 0.03 or max(abs(values[0]) * 0.05, 1.0)
    look = {
        "title": axis,
        "grid": False,
        "labelExpr": f"format(datum.value, ',.{decimals}f')",
        "tickCount": 6,
        "labelOverlap": True,
    }
    level = {"domain": [values[0] - room, values[-1] + room], "nice": False, "zero": False}
    x = {"field": "value", "type": "quantitative", "scale": level, "axis": look}
    upright = {
        "title": "Draws that are no higher",
        "labelExpr": "format(datum.value, '.0f') + '%'",
        "values": [0, 25, 50, 75, 100],
    }
    y = {"field": "share", "type": "quantitative", "scale": {"domain": [0, 100], "nice": False}, "axis": upright}
    curve = [{"value": _quantile(values, at * 100 / _POINTS), "share": at * 100 / _POINTS} for at in range(_POINTS + 1)]
    marks = [
        {"value": (value := _quantile(values, share)), "share": share, "text": f"{share}%: {shown(value, decimals)}"}
        for share in (10, 50, 90)
    ]
    line = {"type": "line", **DO_SOMETHING.line}
    order = {"field": "share", "type": "quantitative"}
    point = {"type": "point", "filled": True, "size": 75, "opacity": 1, "color": DO_SOMETHING.colour}
    drop = {"type": "rule", "color": GRID, "strokeWidth": 1.5, "strokeDash": [4, 3]}
    text = {"type": "text", "align": "left", "baseline": "top", "dx": 9, "dy": 2, "fontSize": 13, "color": INK}
    words = {"field": "text", "type": "nominal"}
    return [
        {"data": {"values": marks}, "mark": drop, "encoding": {"x": x, "y": y, "y2": {"datum": 0}}},
        {"data": {"values": curve}, "mark": line, "encoding": {"x": x, "y": y, "order": order}},
        {"data": {"values": marks}, "mark": point, "encoding": {"x": x, "y": y}},
        {"data": {"values": marks}, "mark": text, "encoding": {"x": x, "y": y, "text": words}},
    ]  # fmt: skip
