"""Paragraph and character styles: whether they make a heading, what they number, and how their words look."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from trigpoint.documents.readers.package import Element
from trigpoint.documents.readers.word.names import KIND, by_name, child, children, is_on, number, value

BODY_LEVEL = 9
DEFAULT_SIZE = 20
SYMBOL_FONTS = ("wingdings", "webdings", "symbol")


@dataclass(frozen=True, slots=True)
class Look:
    """How words look. ``size`` is in half points; ``font`` is named only where it draws signs instead of letters."""

    bold: bool = False
    underlined: bool = False
    hidden: bool = False
    size: int = DEFAULT_SIZE
    font: str = ""


@dataclass(frozen=True, slots=True)
class Style:
    """A style with all that it inherits.

    ``heading`` is its level from 1 (``None`` for running text); ``plain`` styles are never headings, whatever they
    look like. ``list_id`` and ``list_level`` name the list that its paragraphs belong to.
    """

    id: str = ""
    name: str = ""
    look: Look = Look()
    heading: int | None = None
    plain: bool = False
    list_id: int | None = None
    list_level: int | None = None


class Styles:
    """The styles of a document by id, each worked out when it is first asked for."""

    def __init__(self, root: Element | None = None) -> None:
        rows = [] if root is None else children(root, "style")
        self._elements = {value(row, "styleId"): row for row in rows}
        self._known: dict[str, Style] = {}
        defaults = child(child(child(root, "docDefaults"), "rPrDefault"), "rPr")
        self.standard = self._base = Style(look=read_look(defaults, Look()))
        standard = (row for row in rows if value(row, "type") == "paragraph" and value(row, "default") in ("1", "true"))
        if (first := next(standard, None)) is not None:
            self.standard = self.style(value(first, "styleId"))

    def style(self, style_id: str) -> Style:
        """The style of this id; the document's standard style where there is none. Circles are cut."""
        chain: dict[str, None] = {}
        at = style_id
        while at in self._elements and at not in self._known and at not in chain:
            chain[at] = None
            parent = child(self._elements[at], "basedOn")
            at = "" if parent is None else value(parent)
        style = self._known.get(at, self._base)
        for at in reversed(chain):
            style = self._known[at] = self._made(at, style)
        return self._known.get(style_id, self.standard)

    def _made(self, style_id: str, parent: Style) -> Style:
        element = self._elements[style_id]
        named = child(element, "name")
        name = "" if named is None else value(named)
        lowered = name.lower()
        properties = by_name(child(element, "pPr"))
        heading = parent.heading
        if (level := outline_level(properties)) is not None:
            heading = None if level >= BODY_LEVEL else level + 1
        elif (told := _named_level(lowered)) is not None:
            heading = told
        list_id, list_level = list_of(properties)
        return Style(
            style_id,
            name,
            read_look(child(element, "rPr"), parent.look),
            heading,
            parent.plain or any(pattern.search(lowered) for pattern in _pack()["plain"]),
            parent.list_id if list_id is None else list_id,
            parent.list_level if list_level is None else list_level,
        )


def read_look(properties: Element | None, base: Look, styles: Styles | None = None) -> Look:
    """The look of words whose run properties change a base look.

    A character style among ``styles`` adds to it and takes nothing away; styles themselves name none.
    """
    if properties is None or not len(properties):
        return base
    bold, underlined, hidden, size, font = base.bold, base.underlined, base.hidden, base.size, base.font
    for each in properties:
        kind = KIND[each.tag]
        if kind == "rStyle" and styles is not None:  # always the first, where there is one
            added = styles.style(value(each)).look
            bold, underlined, hidden = bold or added.bold, underlined or added.underlined, hidden or added.hidden
            size, font = max(size, added.size), added.font or font
        elif kind == "b":
            bold = is_on(each)
        elif kind == "vanish":
            hidden = is_on(each)
        elif kind == "u":
            underlined = is_on(each)
        elif kind == "sz":
            size = number(each) or size
        elif kind == "rFonts":
            named = (value(each, "ascii") or value(each, "hAnsi")).lower()
            font = named if named.startswith(SYMBOL_FONTS) else ""
    return _look(bold, underlined, hidden, size, font)


@lru_cache(maxsize=256)
def _look(bold: bool, underlined: bool, hidden: bool, size: int, font: str) -> Look:
    """One look for all runs that look so: a plan has a few, and tens of thousands of runs."""
    return Look(bold, underlined, hidden, size, font)


def outline_level(properties: Mapping[str, Element]) -> int | None:
    """The outline level that paragraph properties name, from 0; 9 is running text."""
    named = properties.get("outlineLvl")
    return None if named is None else number(named)


def list_of(properties: Mapping[str, Element]) -> tuple[int | None, int | None]:
    """The list and the level in it that paragraph properties name; list 0 takes a paragraph out of its list."""
    if "numPr" not in properties:
        return None, None
    named = by_name(properties["numPr"])
    id_, level = named.get("numId"), named.get("ilvl")
    return None if id_ is None else number(id_), None if level is None else number(level)


def _named_level(name: str) -> int | None:
    for pattern in _pack()["heading"]:
        if found := pattern.search(name):
            return int(found[1] or (2 if name.startswith("sub") else 1))
    return None


@cache
def _pack() -> Mapping[str, tuple[re.Pattern[str], ...]]:
    pack = word_pack()["styles"]
    return {key: tuple(re.compile(words) for words in pack[key]) for key in ("heading", "plain")}


@cache
def word_pack() -> Mapping[str, Any]:
    """The data pack on Word's style names and symbol fonts."""
    return tomllib.loads(files("trigpoint.documents").joinpath("data/word.toml").read_text("utf-8"))
