"""Marks placed in pixels: one layer for many, each row of data with its own place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from trigpoint.charts.frame import Spec


def pixels(rows: Sequence[Spec], mark: Spec, *channels: str, **others: Any) -> Spec:
    """A layer of marks at the pixels that the rows carry under the names of the channels (x, x2, y, y2).

    >>> pixels([{"x": 3}], {"type": "rule"}, "x")["encoding"]["x"]["scale"] is None
    True
    """
    encoding = {channel: _pixel(channel) for channel in channels}
    return {"data": {"values": list(rows)}, "mark": mark, "encoding": {**encoding, **others}}


def _pixel(channel: str) -> Spec:
    own: Spec = {"field": channel}
    return own if channel in ("x2", "y2") else {**own, "type": "quantitative", "scale": None, "axis": None}


def hatching(x: float, x2: float, y: float, y2: float, gap: float = 6) -> list[Spec]:
    """Slanting strokes that fill a box, for what must be told from a solid one without colour.

    >>> hatching(0, 6, 0, 6)
    [{'x': 0, 'x2': 6, 'y': 6.0, 'y2': 0.0}]
    """
    high, found, begin = y2 - y, [], x - (y2 - y) + gap
    while begin < x2:
        left, right = max(begin, x), min(begin + high, x2)
        found.append({"x": left, "x2": right, "y": float(y2 - (left - begin)), "y2": float(y2 - (right - begin))})
        begin += gap
    return found
