"""Figures made of observations: one measure of one organisation and period, with its parts and its source."""

from trigpoint.releases.figures.asking import series, value
from trigpoint.releases.figures.catalogue import measure, measures
from trigpoint.releases.figures.figure import PublishedFigure
from trigpoint.releases.figures.frame import figures_frame

__all__ = ["PublishedFigure", "figures_frame", "measure", "measures", "series", "value"]
