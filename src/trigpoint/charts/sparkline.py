"""A sparkline: a measure's last points beside its target, as inline SVG for a row of a list."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from trigpoint.charts.courses import course_of, measure_title
from trigpoint.charts.frame import clean, runs
from trigpoint.charts.icons.drawing import variation_words
from trigpoint.charts.spc_drawing import COMMON, KINDS, LOOKS
from trigpoint.charts.style import COMMON_COLOUR, TARGET_COLOUR
from trigpoint.charts.upright import FINEST, drawn
from trigpoint.measures.results.result import MeasureResult
from trigpoint.measures.spc.control import Variation

__all__ = ["measure_sparkline", "sparkline"]

WIDTH, HEIGHT = 120, 28
_POINTS = 36
_EDGE = 5  # pixels, so that the last point is not cut
_RADIUS = 3.5


def measure_sparkline(result: MeasureResult) -> str:
    """The sparkline of one measure in one place: its last 36 periods that have begun, the plan's target or else the
    national one, and the last point in shape and colour of its variation. Its name says the same in words."""
    course = course_of(result)
    values = course.actual()
    last = max((index for index, value in enumerate(values) if value is not None), default=-1)
    targets = course.targets()
    first = max(0, last + 1 - _POINTS)
    variation = result.spc.variation if result.spc else Variation.NO_VALUE
    told = f"{measure_title(result, short=True)}: no figure yet"
    if last >= 0:
        goal = targets[last]
        against = f", target {course.text(goal)}" if goal is not None else ""
        shown = clean(course.results[last].shown) or course.text(values[last])
        told = f"{measure_title(result, short=True)}: {shown} in {course.periods[last]}{against}"
        told += f". {variation_words(variation)}" if result.spc else ""
    return sparkline(values[first : last + 1], targets=targets[first : last + 1], name=told, variation=variation)


def sparkline(
    values: Sequence[float | None],
    *,
    name: str,
    targets: Sequence[float | None] = (),
    variation: Variation = Variation.NO_VALUE,
    width: int = WIDTH,
    height: int = HEIGHT,
) -> str:
    """A line of values in time order as one SVG element, its target broken, its last point marked.

    Values that are ``None`` or not finite break the line; ``targets`` stand for the same periods and may change.
    ``name`` is the text alternative. The element has no script, style or identifier and may be repeated in a page.

    >>> sparkline([1, 2, None, 3], name="Quits <North>").count("<polyline")
    1
    """
    known = [drawn(value) for value in values]
    goals = [drawn(value) for value in targets][: len(known)]
    goals += [None] * (len(known) - len(goals))
    shapes = (
        _shapes(known, goals, variation, width, height) if any(value is not None for value in known + goals) else ""
    )
    words = clean(name)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-label={quoteattr(words)} focusable="false">'
    )
    return f"{head}<title>{escape(words)}</title>{shapes}</svg>"


def _shapes(
    values: Sequence[float | None], goals: Sequence[float | None], variation: Variation, width: int, height: int
) -> str:
    every = [value for value in (*values, *goals) if value is not None]
    low, high = min(every), max(every)
    if high - low <= max(abs(low) * 1e-9, FINEST):
        # Series and target that are constant and alike stand in the middle.
        room = max(abs(low), 1)
        low, high = low - room, high + room
    across = (width - 2 * _EDGE) / max(len(values) - 1, 1)
    spots = [(_EDGE + across * index, _height(value, low, high, height)) for index, value in enumerate(values)]
    return (
        _line(spots) + _target([_height(goal, low, high, height) for goal in goals], across) + _last(spots, variation)
    )


def _height(value: float | None, low: float, high: float, height: int) -> float | None:
    return None if value is None else _EDGE + (height - 2 * _EDGE) * (high - value) / (high - low)


def _line(spots: Sequence[tuple[float, float | None]]) -> str:
    """The line in as many strokes as gaps leave; a point between two gaps is a dot."""
    strokes: list[list[str]] = [[]]
    for x, y in spots:
        if y is None:
            strokes.append([])
        else:
            strokes[-1].append(f"{x:.1f},{y:.1f}")
    drawn = ""
    for stroke in strokes:
        if len(stroke) > 1:
            drawn += f'<polyline points="{" ".join(stroke)}" fill="none" stroke="{COMMON_COLOUR}" stroke-width="1.5"/>'
        elif stroke:
            across, down = stroke[0].split(",")
            drawn += f'<circle cx="{across}" cy="{down}" r="1.2" fill="{COMMON_COLOUR}"/>'
    return drawn


def _target(heights: Sequence[float | None], across: float) -> str:
    """The target as level strokes, one for each stretch over which it stays the same."""
    path = ""
    for first, last, height in runs([(str(index), height) for index, height in enumerate(heights)]):
        begin, end = (_EDGE + across * (int(index) + half) for index, half in ((first, -0.5), (last, 0.5)))
        path += f"M{max(begin, 0):.1f} {height:.1f}H{end:.1f}"
    return f'<path d="{path}" fill="none" stroke="{TARGET_COLOUR}" stroke-dasharray="4 2"/>' if path else ""


def _last(spots: Sequence[tuple[float, float | None]], variation: Variation) -> str:
    known = [(x, y) for x, y in spots if y is not None]
    if not known:
        return ""
    x, y = known[-1]
    colour, shape, _ = LOOKS[KINDS.get(variation, COMMON)]
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{_RADIUS}" fill="{colour}"/>'
    r = _RADIUS
    corners = {
        "square": ((-r, -r), (r, -r), (r, r), (-r, r)),
        "diamond": ((0, -r * 1.35), (r * 1.35, 0), (0, r * 1.35), (-r * 1.35, 0)),
        "triangle-up": ((0, -r * 1.2), (r * 1.2, r), (-r * 1.2, r)),
    }[shape]
    points = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in corners)
    return f'<polygon points="{points}" fill="{colour}"/>'
