"""Several views in rows beneath each other, each with a heading and a scale of its own, their scales in line."""

from __future__ import annotations

from collections.abc import Sequence

from trigpoint.charts.drawing import page, size
from trigpoint.charts.frame import Spec, nothing_to_draw
from trigpoint.charts.row import WIDTH, Frame, Row
from trigpoint.charts.rows import rows_body
from trigpoint.charts.style import title_lines, under_title

_HEADING = 70  # characters of a heading's line
_GAP = 50  # pixels between two views, which the first one's ticks stand in

_LINE = 14

Panel = tuple[str, Sequence[Row], Frame]
"""A heading, rows, and the scale they stand on."""


def panels_spec(
    panels: Sequence[Panel], *, title: str, finding: str, key: str = "", description: str, empty: str
) -> Spec:
    """The whole specification of the views that have rows; without one it says ``empty``."""
    views = [_view(*panel) for panel in panels if panel[1]]
    gap = _GAP + (26 if any(frame.axis for _, _, frame in panels) else 0)
    # The names of upright lines that would touch stand above each other.
    gap += _LINE * (max((len(frame.lines) for _, _, frame in panels[1:]), default=1) - 1)
    body: Spec = {"concat": views, "columns": 1, "spacing": gap, "bounds": "flush"}
    if not views:
        body = {"layer": nothing_to_draw(empty, WIDTH, 120), **size((WIDTH, 120))}
    spec = page(body, title, description)
    spec["title"].update(under_title(finding, key if views else ""))
    spec["title"]["frame"] = "bounds"
    return spec


def _view(name: str, rows: Sequence[Row], frame: Frame) -> Spec:
    heading = {"text": title_lines(name, _HEADING), "fontSize": 13, "offset": 2, "anchor": "start"}
    return {**rows_body(rows, frame), "title": heading}
