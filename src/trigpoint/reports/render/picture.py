"""A Vega-Lite specification as SVG text or PNG bytes, drawn in this process without a browser or a network."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

# Version of Vega-Lite that the specifications are written for (``trigpoint.charts.drawing.SCHEMA``).
VEGA_LITE = "6.1"


def svg(spec: Mapping[str, Any]) -> str:
    """The picture as one SVG element: no script, no external reference; the fonts are those of the reader."""
    return _svg(json.dumps(spec, sort_keys=True))


def png(spec: Mapping[str, Any], *, pixels_per_inch: int = 150) -> bytes:
    """The picture as a PNG of the given resolution (the drawing itself is measured at 72 per inch)."""
    return _png(json.dumps(spec, sort_keys=True), pixels_per_inch)


def size_of_png(drawn: bytes) -> tuple[int, int]:
    """Width and height in pixels, as a PNG's first chunk states them."""
    return int.from_bytes(drawn[16:20], "big"), int.from_bytes(drawn[20:24], "big")


# The same picture goes into the HTML and the Word edition of a paper, and into every reload of a page.
@lru_cache(maxsize=256)
def _svg(spec: str) -> str:
    import vl_convert  # noqa: PLC0415 — a whole JavaScript engine, loaded when the first chart is drawn

    drawn: str = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, allowed_base_urls=[])
    return drawn


@lru_cache(maxsize=256)
def _png(spec: str, pixels_per_inch: int) -> bytes:
    import vl_convert  # noqa: PLC0415 — as above

    # ``ppi`` alone: a ``scale`` beside it multiplies the resolution once more.
    drawn: bytes = vl_convert.svg_to_png(_svg(spec), ppi=pixels_per_inch)
    return drawn
