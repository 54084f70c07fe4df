"""How ratings and icons look: always a word and a shape, and a colour that only repeats them."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from trigpoint.charts.icons import assurance_icon, assurance_words, variation_icon, variation_words
from trigpoint.measures.book.book import AimKind
from trigpoint.measures.results.result import Rating
from trigpoint.measures.spc.control import Assurance, Variation
from trigpoint.web.register.presenters.looks import Look

SMALL, LARGE = 30, 44

RATINGS = {
    Rating.GREEN: Look("complete", "Green", "tick", "The latest figure meets its target."),
    Rating.AMBER: Look("at-risk", "Amber", "half", "The latest figure is close to its target, and misses it."),
    Rating.RED: Look("overdue", "Red", "warning", "The latest figure misses its target."),
    Rating.NONE: Look("undated", "Not rated", "dashes", "There is no figure, no target, or no better direction."),
}
_SHORT = {
    Variation.COMMON: "Common cause",
    Variation.IMPROVEMENT_HIGH: "Improvement",
    Variation.IMPROVEMENT_LOW: "Improvement",
    Variation.CONCERN_HIGH: "Concern",
    Variation.CONCERN_LOW: "Concern",
    Variation.NEUTRAL_HIGH: "Special cause",
    Variation.NEUTRAL_LOW: "Special cause",
    Variation.TOO_FEW: "Too few points",
    Variation.NO_VALUE: "No latest value",
    Assurance.CONSISTENTLY_HIT: "Consistently hit",
    Assurance.CONSISTENTLY_MISS: "Consistently missed",
    Assurance.INCONSISTENT: "Hit or miss",
    Assurance.NO_TARGET: "No target",
    Assurance.TOO_FEW: "Too few points",
}
AIMS = {
    AimKind.PLAN: "plan",
    AimKind.STRETCH: "stretch",
    AimKind.NATIONAL: "national",
    AimKind.FORECAST: "forecast",
}


@dataclass(frozen=True, slots=True)
class Icon:
    """An icon with a word for those who see it; the drawing itself says ``words`` to those who do not."""

    drawing: Markup
    short: str
    words: str


def variation_look(variation: Variation, *, size: int = SMALL) -> Icon:
    """The variation icon of a series."""
    drawing = Markup(variation_icon(variation, size=size))  # noqa: S704 - our own drawing, from a table of constants
    return Icon(drawing, _SHORT[variation], variation_words(variation))


def assurance_look(assurance: Assurance, *, size: int = SMALL) -> Icon:
    """The assurance icon of a series."""
    drawing = Markup(assurance_icon(assurance, size=size))  # noqa: S704 - as above
    return Icon(drawing, _SHORT[assurance], assurance_words(assurance))


def legend() -> tuple[tuple[Icon, ...], tuple[Icon, ...]]:
    """Every icon of variation and of assurance, for the key under a list."""
    return tuple(map(variation_look, Variation)), tuple(map(assurance_look, Assurance))
