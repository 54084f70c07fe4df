"""The one look of all charts: fonts, colours, sizes.

Colours are the NHS palette's own, each at least 3:1 against white (WCAG 2.2, 1.4.11); a series is told by dash and
shape as well as by colour. The font list must end in ``sans-serif``: without a generic family the picture
renderer finds no font and draws no text.
"""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import wrap
from typing import Any

# NHS dark grey (7.8:1 on white) and NHS blue (6.4:1).
SERIES_COLOURS: Mapping[str, str] = {"Target": "#425563", "Actual": "#005eb8"}
# NHS red 4.9:1, NHS mid grey 3.7:1, NHS dark blue 12:1.
OPEN_COLOURS: Mapping[str, str] = {"Overdue": "#d5281b", "Open": "#768692", "Complete": "#003087"}
# Control charts, by the convention of Making Data Count: grey for common cause, blue for improvement, orange for
# concern. Each is 3:1 against white and against black; a point is told by its shape as well.
COMMON_COLOUR = "#5d6b75"
IMPROVEMENT_COLOUR = "#005eb8"
CONCERN_COLOUR = "#b85600"
NEUTRAL_COLOUR = "#7a4fb0"
LIMIT_COLOUR = "#5d6b75"
TARGET_COLOUR = "#a8003b"
AIM_COLOURS: Mapping[str, str] = {
    "Actual": "#005eb8",
    "Plan": "#425563",
    "Stretch": "#7a4fb0",
    "National": "#00703c",
    "Forecast": "#005eb8",
}
INK = "#212b32"  # NHS text, 14:1 on white
SHADE = "#e8edee"  # NHS pale grey, behind plan years: decoration, the label says the same
GRID = "#d8dde0"
FONT = "Arial, Helvetica, Liberation Sans, sans-serif"

TITLE_CHARACTERS = 84
SUBTITLE_CHARACTERS = 104


def title_lines(text: str, width: int = TITLE_CHARACTERS) -> list[str]:
    """A title cut into lines of about one length: Vega-Lite draws a title as one line unless told otherwise."""
    lines = -(-len(text) // width)
    return wrap(text, min(width, len(text) // lines + 8), break_on_hyphens=False) if lines > 1 else [text]


def under_title(*sentences: str) -> dict[str, Any]:
    """What stands under a title: each sentence on lines of its own, nothing where there is none."""
    lines = [line for sentence in sentences if sentence for line in title_lines(sentence, SUBTITLE_CHARACTERS)]
    return {"subtitle": lines, "subtitleFontSize": 13, "subtitleLineHeight": 18} if lines else {}


def configuration() -> dict[str, Any]:
    """The Vega-Lite ``config`` that every chart carries."""
    return {
        "font": FONT,
        "background": "white",
        "view": {"stroke": None},
        "title": {
            "anchor": "start",
            "fontSize": 15,
            "fontWeight": "bold",
            "color": INK,
            "lineHeight": 20,
            "subtitleColor": INK,
            "subtitlePadding": 6,
            "offset": 14,
        },
        "axis": {
            "labelFontSize": 13,
            "titleFontSize": 13,
            "titleFontWeight": "normal",
            "labelColor": INK,
            "titleColor": INK,
            "gridColor": GRID,
            "domainColor": INK,
            "tickColor": INK,
            "titlePadding": 10,
        },
        "header": {"labelFontSize": 13, "labelFontWeight": "bold", "labelColor": INK, "title": None},
        "legend": {"labelFontSize": 13, "titleFontSize": 13, "labelColor": INK, "titleColor": INK},
        "text": {"fontSize": 13},
    }
