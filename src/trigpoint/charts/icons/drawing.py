"""The drawings, once as paths: written as SVG for pages and as Vega-Lite point shapes for the heads of charts.

The frame tells the kind and the glyph the direction, so that neither rests on colour: a square is improvement or a
target hit, a diamond concern or a target missed, a triangle special cause that is neither, a circle common cause or
chance, a broken circle that nothing can be said. Every colour stands out 3:1 from white and from black, and every
outline is filled with white, so that the drawings hold on a dark page and in forced colours, which leave them alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from trigpoint.charts.style import COMMON_COLOUR, CONCERN_COLOUR, IMPROVEMENT_COLOUR, NEUTRAL_COLOUR
from trigpoint.measures.spc.control import Assurance, Variation

_PAPER = "#ffffff"


@dataclass(frozen=True, slots=True)
class Stroke:
    """One path of a drawing, in a square from −1 to 1; ``width`` is the line's in the same measure, 0 for none."""

    path: str
    fill: str = ""
    line: str = ""
    width: float = 0.0
    dash: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Icon:
    """A drawing and the words that say the same."""

    words: str
    strokes: tuple[Stroke, ...]

    def marks(self, size: int) -> list[dict[str, Any]]:
        """Its strokes from the back to the front as Vega-Lite marks of points, ``size`` pixels wide."""
        return [_mark(stroke, size, self.words) for stroke in self.strokes]


_SQUARE = "M -0.88 -0.88 L 0.88 -0.88 L 0.88 0.88 L -0.88 0.88 Z"
_DIAMOND = "M 0 -1 L 1 0 L 0 1 L -1 0 Z"
_CIRCLE = "M -0.88 0 A 0.88 0.88 0 1 1 0.88 0 A 0.88 0.88 0 1 1 -0.88 0 Z"
_HALF = "M 0 -0.88 A 0.88 0.88 0 0 0 0 0.88 Z"
_PEAK, _POINT_DOWN = "M 0 -0.92 L 0.98 0.8 L -0.98 0.8 Z", "M 0 0.92 L 0.98 -0.8 L -0.98 -0.8 Z"
_UP = "M 0 -0.64 L 0.5 -0.04 L 0.19 -0.04 L 0.19 0.6 L -0.19 0.6 L -0.19 -0.04 L -0.5 -0.04 Z"
_DOWN = "M 0 0.64 L 0.5 0.04 L 0.19 0.04 L 0.19 -0.6 L -0.19 -0.6 L -0.19 0.04 L -0.5 0.04 Z"
_WAVE = "M -0.58 0.14 L -0.29 -0.2 L 0 0.2 L 0.29 -0.2 L 0.58 0.14"
_TICK = "M -0.48 0.04 L -0.14 0.4 L 0.5 -0.4"
_CROSS = "M -0.36 -0.36 L 0.36 0.36 M 0.36 -0.36 L -0.36 0.36"
_DASH = "M -0.4 0 L 0.4 0"
_SLASH = "M -0.34 0.34 L 0.34 -0.34"


def _dot(x: float) -> str:
    return f"M {x - 0.14:.2f} 0 A 0.14 0.14 0 1 1 {x + 0.14:.2f} 0 A 0.14 0.14 0 1 1 {x - 0.14:.2f} 0 Z"


def _solid(words: str, frame: str, colour: str, *glyphs: Stroke) -> Icon:
    return Icon(words, (Stroke(frame, fill=colour), *glyphs))


def _outlined(words: str, glyph: Stroke, *, broken: bool = False) -> Icon:
    ring = Stroke(_CIRCLE, fill=_PAPER, line=COMMON_COLOUR, width=0.16, dash=(0.28, 0.18) if broken else None)
    return Icon(words, (ring, glyph))


_DOTS = Stroke(f"{_dot(-0.42)} {_dot(0)} {_dot(0.42)}", fill=COMMON_COLOUR)

VARIATION_ICONS: Mapping[Variation, Icon] = {
    Variation.COMMON: _outlined("Common cause variation", Stroke(_WAVE, line=COMMON_COLOUR, width=0.18)),
    Variation.IMPROVEMENT_HIGH: _solid(
        "Special cause: improvement, values are high", _SQUARE, IMPROVEMENT_COLOUR, Stroke(_UP, fill=_PAPER)
    ),
    Variation.IMPROVEMENT_LOW: _solid(
        "Special cause: improvement, values are low", _SQUARE, IMPROVEMENT_COLOUR, Stroke(_DOWN, fill=_PAPER)
    ),
    Variation.CONCERN_HIGH: _solid(
        "Special cause: concern, values are high", _DIAMOND, CONCERN_COLOUR, Stroke(_UP, fill=_PAPER)
    ),
    Variation.CONCERN_LOW: _solid(
        "Special cause: concern, values are low", _DIAMOND, CONCERN_COLOUR, Stroke(_DOWN, fill=_PAPER)
    ),
    Variation.NEUTRAL_HIGH: _solid("Special cause: values are high", _PEAK, NEUTRAL_COLOUR),
    Variation.NEUTRAL_LOW: _solid("Special cause: values are low", _POINT_DOWN, NEUTRAL_COLOUR),
    Variation.TOO_FEW: _outlined("Variation: too few points to say", _DOTS, broken=True),
    Variation.NO_VALUE: _outlined(
        "Variation: no latest value", Stroke(_SLASH, line=COMMON_COLOUR, width=0.18), broken=True
    ),
}

ASSURANCE_ICONS: Mapping[Assurance, Icon] = {
    Assurance.CONSISTENTLY_HIT: _solid(
        "Consistently hits the target", _SQUARE, IMPROVEMENT_COLOUR, Stroke(_TICK, line=_PAPER, width=0.26)
    ),
    Assurance.CONSISTENTLY_MISS: _solid(
        "Consistently misses the target", _DIAMOND, CONCERN_COLOUR, Stroke(_CROSS, line=_PAPER, width=0.26)
    ),
    Assurance.INCONSISTENT: _outlined("Hits and misses the target at random", Stroke(_HALF, fill=COMMON_COLOUR)),
    Assurance.NO_TARGET: _outlined("No target", Stroke(_DASH, line=COMMON_COLOUR, width=0.18), broken=True),
    Assurance.TOO_FEW: _outlined("Assurance: too few points to say", _DOTS, broken=True),
}


def variation_words(variation: Variation) -> str:
    """What the variation icon says, in words.

    >>> variation_words(Variation.CONCERN_LOW)
    'Special cause: concern, values are low'
    """
    return VARIATION_ICONS[variation].words


def assurance_words(assurance: Assurance) -> str:
    """What the assurance icon says, in words.

    >>> assurance_words(Assurance.CONSISTENTLY_MISS)
    'Consistently misses the target'
    """
    return ASSURANCE_ICONS[assurance].words


def variation_icon(variation: Variation, *, size: int = 24) -> str:
    """The variation icon as an SVG element ``size`` pixels wide, named for those who cannot see it.

    It has no script, style, identifier or reference, so that it may stand in a page any number of times and under any
    content security policy.

    >>> variation_icon(Variation.COMMON).split(">")[1]
    '<title'
    """
    return _svg(VARIATION_ICONS[variation], size)


def assurance_icon(assurance: Assurance, *, size: int = 24) -> str:
    """The assurance icon as an SVG element ``size`` pixels wide, named as :func:`variation_icon` is.

    >>> 'aria-label="No target"' in assurance_icon(Assurance.NO_TARGET)
    True
    """
    return _svg(ASSURANCE_ICONS[assurance], size)


def icon_layers(icon: Icon, *, x: float, y: float, size: int) -> list[dict[str, Any]]:
    """The icon as Vega-Lite layers with its middle at ``x``, ``y`` of the view, in pixels."""
    where = {"x": {"value": x}, "y": {"value": y}}
    return [{"data": {"values": [{}]}, "mark": mark, "encoding": where} for mark in icon.marks(size)]


def _svg(icon: Icon, size: int) -> str:
    name = escape(icon.words)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1.1 -1.1 2.2 2.2" width="{size}" height="{size}" '
        f'role="img" aria-label={quoteattr(icon.words)} focusable="false">'
    )
    return f"{head}<title>{name}</title>{''.join(_path(stroke) for stroke in icon.strokes)}</svg>"


def _path(stroke: Stroke) -> str:
    line = ""
    if stroke.line:
        line = f' stroke="{stroke.line}" stroke-width="{stroke.width:g}" stroke-linejoin="round"'
        line += f' stroke-dasharray="{stroke.dash[0]:g} {stroke.dash[1]:g}"' if stroke.dash else ""
    return f'<path d="{stroke.path}" fill="{stroke.fill or "none"}"{line}/>'


def _mark(stroke: Stroke, size: int, words: str) -> dict[str, Any]:
    mark: dict[str, Any] = {
        "type": "point",
        "shape": stroke.path,
        "size": size * size,
        "opacity": 1,
        "fill": stroke.fill or None,
        "stroke": stroke.line or None,
        "strokeWidth": stroke.width * size / 2,
        "tooltip": words,
        "description": words,
    }
    if stroke.dash:
        mark["strokeDash"] = [part * size / 2 for part in stroke.dash]
    return mark
