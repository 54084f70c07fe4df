"""A line small enough for a table cell: the actual solid, the target dashed."""

from __future__ import annotations

from dataclasses import dataclass

from trigpoint.charts.lines import ACTUAL, TARGET, Lines, drawable

WIDTH, HEIGHT, MARGIN = 120, 32, 4


@dataclass(frozen=True, slots=True)
class Sparkline:
    """Points in units of the drawing's box, as an SVG polyline takes them; "" for a line of fewer than two points."""

    target: str
    actual: str
    last: tuple[str, str] | None
    width: int = WIDTH
    height: int = HEIGHT


def sparkline(lines: Lines) -> Sparkline | None:
    """The small drawing of one pair; ``None`` where there is no line to draw."""
    if not drawable(lines.pair):
        return None
    points = lines.points()
    values = [point.value for point in points]
    low, span = min(values), (max(values) - min(values)) or 1.0
    step = (WIDTH - 2 * MARGIN) / max(1, len(lines.periods) - 1)
    places: dict[str, list[str]] = {TARGET: [], ACTUAL: []}
    for point in points:
        x = MARGIN + step * lines.periods.index(point.period)
        y = HEIGHT - MARGIN - (point.value - low) / span * (HEIGHT - 2 * MARGIN)
        places[point.series].append(f"{x:.1f},{y:.1f}")
    drawn = {word: " ".join(found) if len(found) > 1 else "" for word, found in places.items()}
    x, y = places[ACTUAL][-1].split(",") if places[ACTUAL] else ("", "")
    return Sparkline(drawn[TARGET], drawn[ACTUAL], (x, y) if x else None)
