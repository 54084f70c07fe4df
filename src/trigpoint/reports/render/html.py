"""A paper as one HTML file that needs nothing else: style and pictures are inside, no script, no request."""

from __future__ import annotations

import base64
from functools import cache
from typing import TYPE_CHECKING

from trigpoint.charts.picture import Picture
from trigpoint.periods.labels import long_date
from trigpoint.reports.blocks import Block, Figure, Heading, Paper, Paragraph, Points, Table, Tone
from trigpoint.reports.render.picture import svg
from trigpoint.reports.render.template import template
from trigpoint.wording import printable

if TYPE_CHECKING:
    from jinja2 import Template


def html(paper: Paper) -> str:
    """The paper as an HTML page: headings in order, captioned tables, pictures with text alternative and figures.

    Every text is escaped, so that mark-up in a plan shows as the characters it is.
    """
    return _template().render(paper=paper, date=long_date(paper.on), kind=_kind)


def _kind(block: Block) -> str:
    match block:
        case Heading():
            return f"heading{block.level}"
        case Paragraph():
            return "notice" if block.tone is Tone.NOTICE else "paragraph"
        case Points():
            return "numbers" if block.numbered else "points"
        case Table():
            return "table"
        case Figure():
            return "figure"


def _source(picture: Picture) -> str:
    # As an image, a drawing can neither run nor load anything, whatever text stands in it.
    return f"data:image/svg+xml;base64,{base64.b64encode(svg(picture.spec).encode()).decode('ascii')}"


@cache
def _template() -> Template:
    return template("paper.html", filters={"source": _source}, finalise=_printable_text)


def _printable_text(value: object) -> object:
    # Of texts alone: what is marked as safe is of another type, and is our own.
    return printable(value) if type(value) is str else value
