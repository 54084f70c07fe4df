"""When commitments fall due: a small row of bars for those overdue, open and complete, quarter by quarter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from trigpoint.charts.drawing import Spec, page, size
from trigpoint.charts.picture import DataTable, Picture
from trigpoint.charts.style import INK, OPEN_COLOURS
from trigpoint.periods.calendar import Quarter
from trigpoint.plans.state import ItemState, State
from trigpoint.wording import verb

_GROUPS = ("Overdue", "Open", "Complete")
_SIZE = (640, 70)


def quarter_timeline(states: Iterable[ItemState]) -> Picture | None:
    """The number of commitments due in each quarter, by whether they are overdue, open or complete.

    Each group has a row of its own with its numbers on the bars, so that nothing rests on colour. Quarters in which
    nothing is due are left out; undated commitments are counted in the finding. ``None`` when nothing has a date.
    """
    counted: Counter[tuple[Quarter, str]] = Counter()
    undated = 0
    for state in states:
        if state.deadline.day is None:
            undated += 1
        else:
            counted[Quarter.of(state.deadline.day), _group(state.state)] += 1
    quarters = sorted({quarter for quarter, _ in counted})
    if not quarters:
        return None
    finding = _finding(counted, quarters, undated)
    rows = tuple((quarter.label, *(str(counted[quarter, group]) for group in _GROUPS)) for quarter in quarters)
    data = DataTable("Commitments by the quarter they are due in", ("Quarter", *_GROUPS), rows)
    alt = f"Bar chart of commitments by the quarter they are due in, overdue, open and complete. {finding}"
    return Picture(_spec(counted, quarters, finding, alt), finding, alt, data)


def _group(state: State) -> str:
    if state is State.OVERDUE:
        return "Overdue"
    return "Complete" if state.is_complete else "Open"


def _finding(counted: Counter[tuple[Quarter, str]], quarters: list[Quarter], undated: int) -> str:
    sums = {quarter: sum(counted[quarter, group] for group in _GROUPS) for quarter in quarters}
    fullest = max(quarters, key=lambda quarter: sums[quarter])
    without = f"; {undated:,} {verb(undated, 'has', 'have')} no date" if undated else ""
    return f"Most fall due in {fullest.label}: {sums[fullest]:,} of {sum(sums.values()) + undated:,}{without}."


def _spec(counted: Counter[tuple[Quarter, str]], quarters: list[Quarter], title: str, description: str) -> Spec:
    rows = [_row(counted, quarters, group, last=group == _GROUPS[-1]) for group in _GROUPS]
    body = {"vconcat": rows, "spacing": 12, "resolve": {"scale": {"x": "shared", "y": "shared"}}}
    return page(body, title, description)


def _row(counted: Counter[tuple[Quarter, str]], quarters: list[Quarter], group: str, *, last: bool) -> dict[str, Any]:
    # A quarter of the height stays free for the number on the highest bar.
    top = 1.25 * max(counted.values())
    values = [{"quarter": quarter.label, "count": counted[quarter, group]} for quarter in quarters]
    labels = [quarter.label for quarter in quarters]
    axis = {"title": None, "labelAngle": 0, "labelOverlap": True, "labels": last, "ticks": last}
    x = {"field": "quarter", "type": "ordinal", "sort": labels, "scale": {"domain": labels}, "axis": axis}
    y = {"field": "count", "type": "quantitative", "axis": None, "scale": {"nice": False, "domain": [0, top]}}
    tooltip = [{"field": "quarter", "type": "nominal"}, {"field": "count", "type": "quantitative"}]
    bar = {
        "mark": {"type": "bar", "color": OPEN_COLOURS[group]},
        "encoding": {"x": x, "y": y, "tooltip": tooltip},
    }
    number = {
        "transform": [{"filter": "datum.count > 0"}],
        "mark": {"type": "text", "dy": -8, "color": INK},
        "encoding": {"x": x, "y": y, "text": {"field": "count", "type": "quantitative", "format": ","}},
    }
    heading = {"text": group, "fontSize": 14, "offset": 2}
    return {"data": {"values": values}, "layer": [bar, number], "title": heading, **size(_SIZE)}
