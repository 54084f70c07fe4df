"""The words by which a picture says of itself that figures in it are invented."""

from __future__ import annotations

from dataclasses import replace

from trigpoint.charts.picture import Picture
from trigpoint.charts.style import under_title

ILLUSTRATIVE = "Illustrative figures: some or all were invented for a demonstration; they are no record."


def marked(picture: Picture, *, illustrative: bool) -> Picture:
    """The picture, saying under its title and in its text alternative that figures are invented where they are.

    A picture travels without the page it was made for, so that the words belong in the picture itself.

    >>> from trigpoint.charts.picture import DataTable
    >>> drawing = Picture({"title": {"text": ["Waits"]}, "description": "Chart."}, "", "Chart.", DataTable("", (), ()))
    >>> marked(drawing, illustrative=True).alt.startswith("Chart. Illustrative figures")
    True
    >>> marked(drawing, illustrative=False) is drawing
    True
    """
    if not illustrative:
        return picture
    title, more = picture.spec["title"], under_title(ILLUSTRATIVE)
    lines = [*title.get("subtitle", []), *more["subtitle"]]
    spec = {
        **picture.spec,
        "title": {**title, **more, "subtitle": lines},
        "description": f"{picture.spec['description']} {ILLUSTRATIVE}",
    }
    return replace(picture, spec=spec, alt=f"{picture.alt} {ILLUSTRATIVE}")
