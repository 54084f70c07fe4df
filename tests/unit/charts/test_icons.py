"""Icons: one for every answer, told apart without colour, legible on white and on black, safe in any page."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from trigpoint.charts.icons import (
    ASSURANCE_ICONS,
    VARIATION_ICONS,
    assurance_icon,
    assurance_words,
    variation_icon,
    variation_words,
)
from trigpoint.charts.icons.drawing import Icon
from trigpoint.measures.spc.control import Assurance, Variation

DRAWN = {
    **{each: variation_icon(each) for each in Variation},
    **{each: assurance_icon(each) for each in Assurance},
}
ICONS = {**VARIATION_ICONS, **ASSURANCE_ICONS}


def colourless(icon: Icon) -> tuple[object, ...]:
    """What is left of a drawing in one colour of ink."""
    paper = "#ffffff"
    return tuple((each.path, each.fill == paper, bool(each.line), each.width, each.dash) for each in icon.strokes)


def test_every_answer_has_an_icon() -> None:
    assert set(VARIATION_ICONS) == set(Variation)
    assert set(ASSURANCE_ICONS) == set(Assurance)


@pytest.mark.parametrize("icons", [VARIATION_ICONS, ASSURANCE_ICONS], ids=["variation", "assurance"])
def test_no_two_look_or_sound_alike_without_colour(icons: dict[object, Icon]) -> None:
    assert len({colourless(icon) for icon in icons.values()}) == len(icons)
    assert len({icon.words for icon in icons.values()}) == len(icons)


@pytest.mark.parametrize("answer", DRAWN, ids=str)
def test_an_icon_is_named_and_needs_nothing_from_its_page(answer: Variation | Assurance) -> None:
    root = ElementTree.fromstring(DRAWN[answer])
    words = variation_words(answer) if isinstance(answer, Variation) else assurance_words(answer)
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"] == words
    assert [child.tag.rpartition("}")[2] for child in root] == ["title", *["path"] * (len(root) - 1)]
    assert root[0].text == words
    assert not re.search(r"style=|class=|\bid=|href|<script|url\(", DRAWN[answer])


def test_the_size_is_as_asked_for() -> None:
    root = ElementTree.fromstring(variation_icon(Variation.COMMON, size=48))
    assert (root.attrib["width"], root.attrib["height"]) == ("48", "48")


@pytest.mark.parametrize("answer", DRAWN, ids=str)
def test_a_drawing_stays_inside_its_box(answer: Variation | Assurance) -> None:
    for stroke in ICONS[answer].strokes:
        reach = max(abs(float(number)) for number in re.findall(r"-?[0-9.]+", stroke.path)) + stroke.width / 2
        assert reach <= 1.1


def luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (each / 12.92 if each <= 0.03928 else ((each + 0.055) / 1.055) ** 2.4 for each in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("answer", DRAWN, ids=str)
def test_inks_stand_out_from_white_and_from_black(answer: Variation | Assurance) -> None:
    strokes = ICONS[answer].strokes
    for colour in {each for stroke in strokes for each in (stroke.fill, stroke.line)} - {"", "#ffffff"}:
        assert 1.05 / (luminance(colour) + 0.05) >= 3
        assert (luminance(colour) + 0.05) / 0.05 >= 3
