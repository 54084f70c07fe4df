"""The names of Word's XML: short words for its elements, alike in the usual and in the strict variant."""

from __future__ import annotations

from functools import cache

from trigpoint.documents.readers.package import Element

USUAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
MATH = (
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
)
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"
WORD_2012 = "http://schemas.microsoft.com/office/word/2012/wordml"

MOST_NAMES = 1000


class Kinds(dict[object, str]):
    """The short name of an element's tag: its local name where Word's, "math" for a formula, "" for all else."""

    def __missing__(self, tag: object) -> str:
        space, _, name = tag[1:].partition("}") if isinstance(tag, str) else ("", "", "")
        if space in (USUAL, STRICT):
            found = name
        elif space in MATH:
            found = "math" if name in ("oMath", "oMathPara") else ""
        else:
            found = name if space == COMPATIBILITY and name == "AlternateContent" else ""
        if len(self) < MOST_NAMES:
            self[tag] = found
        return found


KIND = Kinds()
MATH_TEXT = frozenset(f"{{{space}}}t" for space in MATH)
OFF = frozenset(("0", "false", "off", "none"))


@cache
def _names(name: str) -> tuple[str, str]:
    return f"{{{USUAL}}}{name}", f"{{{STRICT}}}{name}"


def value(element: Element, name: str = "val") -> str:
    """An attribute in Word's namespace, "" where it is missing."""
    usual, strict = _names(name)
    found = element.get(usual)
    if found is None:
        found = element.get(strict)
    return found or ""


def number(element: Element, name: str = "val") -> int | None:
    """An attribute as a whole number; ``None`` where it is missing or none."""
    text = value(element, name)
    if len(text) > 10 or not text.lstrip("-").isdigit() or not text.isascii():
        return None
    try:
        return int(text)
    except ValueError:
        return None


def is_on(element: Element) -> bool:
    """Whether a switch such as ``<w:b/>`` is on, which it is unless it says otherwise."""
    return value(element) not in OFF


def child(element: Element | None, name: str) -> Element | None:
    """The first child of this short name."""
    if element is not None:
        for each in element:
            if KIND[each.tag] == name:
                return each
    return None


def by_name(element: Element | None) -> dict[str, Element]:
    """The children of an element by short name; of several of one name the first."""
    found: dict[str, Element] = {}
    if element is not None:
        for each in element:
            found.setdefault(KIND[each.tag], each)
    return found


def children(element: Element, name: str) -> list[Element]:
    """The children of this short name."""
    return [each for each in element if KIND[each.tag] == name]


def alternative(element: Element) -> list[Element]:
    """Of an ``AlternateContent``, which says everything twice, what is to be read: the first choice with words.

    >>> from lxml import etree
    >>> box = f'<a><c Requires="wps"><t xmlns="{USUAL}">new</t></c><c><t xmlns="{USUAL}">old</t></c></a>'
    >>> [one[0].text for one in [alternative(etree.fromstring(box))]]
    ['new']
    """
    for choice in element:
        if any(KIND[each.tag] in ("t", "txbxContent") for each in choice.iter()):
            return list(choice)
    return list(element[0]) if len(element) else []
