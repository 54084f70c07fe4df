"""Icons of variation and assurance: our own drawings, each with its words, told apart by shape before colour."""

from trigpoint.charts.icons.drawing import (
    ASSURANCE_ICONS,
    VARIATION_ICONS,
    assurance_icon,
    assurance_words,
    variation_icon,
    variation_words,
)

__all__ = [
    "ASSURANCE_ICONS",
    "VARIATION_ICONS",
    "assurance_icon",
    "assurance_words",
    "variation_icon",
    "variation_words",
]
