"""A paper as one HTML file that needs nothing else: style and pictures are inside, no script, no request."""

from __future__ import annotations

import base64
from functools import cache
from typing import TYPE_CHECKING

from trigpoint.charts.picture import Picture
from trigpoint.reports.blocks import Block, Figure, Heading, Paper, Paragraph, Points, Table, Tone
from trigpoint.reports.render.picture import svg
from trigpoint.reports.wording import british_date, printable

if TYPE_CHECKING:
    from jinja2 import Template


def html(paper: Paper) -> str:
    """The paper as an HTML page: headings in order, captioned tables, pictures with text alternative and figures.

    Every text is escaped, so that mark-up in a plan shows as the characters it is.
    """
    return _template().render(paper=paper, date=british_date(paper.on), kind=_kind)


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
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 — only when a page is made

    environment = Environment(
        loader=PackageLoader("trigpoint.reports.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: printable(value) if type(value) is str else value,
    )
    environment.filters["source"] = _source
    return environment.get_template("paper.html")
