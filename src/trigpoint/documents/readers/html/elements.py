"""What the elements of a page mean to a reader: which are blocks, which are silent, which are hidden, list markers."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from trigpoint.documents.markup import BLOCKS as CELL_BLOCKS
from trigpoint.documents.markup import SILENT as CELL_SILENT

TEXTS = frozenset(("-text", "_text"))
_BLOCKS = """
    address article aside body caption center details dialog fieldset figcaption figure footer form header hgroup
    html legend listing main menu section summary tbody tfoot thead
"""
BLOCKS = CELL_BLOCKS | frozenset(_BLOCKS.split())
_SILENT = """
    applet area audio button canvas datalist embed frame frameset head iframe link map math meta nav object option
    param select svg textarea title track video xml
"""
SILENT = CELL_SILENT | frozenset(_SILENT.split())
HEADINGS = {f"h{level}": level for level in range(1, 7)}
LISTS = frozenset(("ul", "ol", "menu", "dir"))
BOLD = frozenset(("b", "strong"))
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all", re.IGNORECASE)
MSO_LIST = re.compile(r"mso-list\s*:\s*\w+\s+level(\d)", re.IGNORECASE)
MSO_MARKER = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
MSO_COMMENTS = re.compile(r"mso-element\s*:\s*comment(?:-list)?\b|mso-special-character\s*:\s*comment", re.IGNORECASE)
WHOLE = re.compile(r"-?\d{1,6}")
LONGEST_STYLE = 2_000
ALPHABET = 26


def attribute(node: LexborNode, name: str) -> str:
    """An attribute's words, or "" where it is missing or empty."""
    return node.attributes.get(name) or ""


def style(node: LexborNode) -> str:
    """The start of an element's own style: what hides or lists stands early, and a hostile one may never end."""
    return attribute(node, "style")[:LONGEST_STYLE]


def is_hidden(node: LexborNode) -> bool:
    """Whether a browser does not show the element.

    What only assistive technology is told to pass over (``aria-hidden``) is on the page for everybody else, and read.
    """
    if "hidden" in node.attributes and attribute(node, "hidden").lower() != "until-found":
        return True
    return HIDDEN_STYLE.search(style(node)) is not None


def is_silent(node: LexborNode) -> bool:
    """Whether the element holds no words of the document: scripts, menus of the site, form controls, comments."""
    name = node.tag or ""
    return name in SILENT or name.startswith(("-", "_", "!")) or attribute(node, "role").lower() == "navigation"


def heading_level(node: LexborNode) -> int:
    """1 to 6 for a heading, else 0."""
    name = node.tag or ""
    if name in HEADINGS:
        return HEADINGS[name]
    if attribute(node, "role").lower() == "heading":
        return min(whole(attribute(node, "aria-level"), 2), 6)
    return 1 if name == "p" and "msotitle" in attribute(node, "class").lower() else 0


def whole(text: str, default: int) -> int:
    """A whole number as an attribute gives it, or the default.

    >>> whole(" 3", 1), whole("three", 1)
    (3, 1)
    """
    found = WHOLE.match(text.strip())
    return int(found[0]) if found else default


def item_marker(kind: str, number: int) -> str:
    """The marker that a browser shows: a dash for a bullet, or the number in its style.

    >>> item_marker("", 3), item_marker("1", 3), item_marker("a", 28), item_marker("i", 4)
    ('-', '3.', 'ab.', 'iv.')
    """
    if not kind:
        return "-"
    if kind in "aA" and number > 0:
        letters = ""
        while number > 0:
            number, letter = divmod(number - 1, ALPHABET)
            letters = chr(ord(kind) + letter) + letters
        return f"{letters}."
    if kind in "iI" and 0 < number < 4000:
        numeral = _roman(number)
        return f"{numeral if kind == 'i' else numeral.upper()}."
    return f"{number}."


def _roman(number: int) -> str:
    numerals = ["m1000", "cm900", "d500", "cd400", "c100", "xc90", "l50", "xl40", "x10", "ix9", "v5", "iv4", "i1"]
    words = ""
    for numeral in numerals:
        letters, value = numeral.rstrip("0123456789"), int(numeral.lstrip("mdclxvi"))
        times, number = divmod(number, value)
        words += letters * times
    return words
