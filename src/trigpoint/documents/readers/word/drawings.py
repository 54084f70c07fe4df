"""Drawings in a Word file: the text boxes in them, and what in them may hold words that are not read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from trigpoint.documents.readers.package import Element, local_name
from trigpoint.documents.readers.word.names import KIND, alternative

UNREAD: Final = {
    "OLEObject": "An embedded object",
    "chart": "A chart",
    "relIds": "A diagram",
    "contentPart": "Handwriting",
    "blip": "A picture",
    "imagedata": "A picture",
}
"""By the name of an element what it draws, the most telling first: an embedded object has a picture of itself."""

ORNAMENT = 360_000
"""A picture less high or wide than this (1 cm, in Word's units of 1/360,000 cm) holds no words: a rule, an icon."""


@dataclass(slots=True)
class Drawing:
    """The text boxes of a drawing, each once, and the sentence that says what in it is not read, "" for nothing.

    ``described`` is the text that its author gave for those who cannot see it.
    """

    boxes: list[Element] = field(default_factory=list)
    unread: str = ""
    described: str = ""


def read_drawing(element: Element) -> Drawing:
    """What a drawing holds. Ornaments, by their size or because their author says so, hold nothing to be read."""
    drawing = Drawing()
    found: set[str] = set()
    ornament = False
    stack = [element]
    while stack:
        node = stack.pop()
        if KIND[node.tag] == "txbxContent":
            drawing.boxes.append(node)
            continue
        name = local_name(node)
        found.add(name)
        ornament = ornament or _is_ornament(name, node)
        drawing.described = drawing.described or node.get("descr", "") or node.get("alt", "")
        stack.extend(reversed(alternative(node) if KIND[node.tag] == "AlternateContent" else list(node)))
    what = next((UNREAD[name] for name in UNREAD if name in found), "")
    if what and not ornament:
        drawing.unread = f"{what} may hold words, which were not read"
    return drawing


def _is_ornament(name: str, node: Element) -> bool:
    if name == "extent":
        sides = (node.get("cx", ""), node.get("cy", ""))
        return all(side.isascii() and side.isdigit() for side in sides) and min(map(int, sides)) < ORNAMENT
    return name == "decorative" and node.get("val") in ("1", "true")
