"""What is taken out of a page before it is parsed, and how deep its elements may be nested.

A parser's time grows with the depth of what it parses; and drawings, which hold no words of a plan, follow rules of
their own about which elements are closed.
"""

from __future__ import annotations

import re

from trigpoint.documents.readers.limits import MAXIMUM_DEPTH
from trigpoint.errors import InputError, Where

MARK = re.compile(r"<!---?>|<!--|--!?>|<(/?)([a-zA-Z][^\s/>]*)")
# Elements that hold nothing, or that the next of their kind ends: their start tags alone nest nothing.
_UNNESTED = """
    area base br col embed hr img input link meta param source track wbr p li td th tr tbody thead tfoot dd dt
    option optgroup colgroup caption rp rt html head body
"""
UNNESTED = frozenset(_UNNESTED.split())
VERBATIM = frozenset(("script", "style", "textarea", "title", "xmp", "noembed", "noframes", "iframe"))
DRAWINGS = frozenset(("svg", "math"))


def refuse_deep_nesting(text: str, where: Where) -> None:
    """``InputError`` where more elements stand open inside each other than browsers allow."""
    without_drawings(text, where)


def without_drawings(text: str, where: Where) -> str:
    """The page without its drawings; ``InputError`` where more elements stand open than browsers allow.

    >>> without_drawings("<p>plan<svg><path/></svg></p>", Where("plan.html"))
    '<p>plan</p>'
    """
    parts: list[str] = []
    kept_to = depth = 0
    until = ""
    start = 0
    for found in MARK.finditer(text):
        closing, name = found[1], (found[2] or "").lower()
        if until:
            if (closing and name == until) or (until == "-->" and found[0] in ("-->", "--!>")):
                if until in DRAWINGS:
                    parts.append(text[kept_to:start])
                    kept_to = _end_of_tag(text, found.end())
                until = ""
        elif found[0] == "<!--":
            until = "-->"
        elif name in VERBATIM | DRAWINGS and not closing:
            until, start = name, found.start()
        elif name and name not in UNNESTED:
            depth = max(depth + (-1 if closing else 1), 0)
            if depth > MAXIMUM_DEPTH:
                what = f"elements are nested more than {MAXIMUM_DEPTH} deep"
                raise InputError(what, where=where, remedy="open it in a browser and save its words as text")
    if until in DRAWINGS:
        raise InputError("a drawing does not end", where=where, remedy="save the page again")
    return "".join([*parts, text[kept_to:]])


def _end_of_tag(text: str, position: int) -> int:
    end = text.find(">", position)
    return end + 1 if end >= 0 else len(text)
