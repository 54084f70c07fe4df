"""The words of a table cell that carries HTML: paragraphs and list items, mark-up removed.

Converters leave ``<p>``, ``<ul>``, ``<ol>``, ``<b>`` and entities inside cells. They are parsed by a real HTML
parser; a cell without a tag never reaches it, because most cells of a plan have none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from trigpoint.characters import without_unprintable

TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)\b[^<>]*>|<!--")
EMPHASIS = re.compile(r"\*\*([^*]+)\*\*")
SPACE = re.compile(r"\s+")
BLOCKS = frozenset(
    [
        "p",
        "div",
        "ul",
        "ol",
        "li",
        "br",
        "table",
        "tr",
        "td",
        "th",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "dl",
        "dt",
        "dd",
        "hr",
    ]
)
SILENT = frozenset(("script", "style", "template", "noscript"))


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph of a cell. ``listed`` says that it stood inside a list."""

    text: str
    listed: bool = False


def tidy(text: str) -> str:
    """Runs of white space become one space, the ends are stripped, ``**emphasis**`` loses its asterisks.

    >>> tidy("  **by** 1 \\u00a0 April\\n2018 ")
    'by 1 April 2018'
    """
    # Entities such as "&#27;" bring in what the bytes of the file do not hold.
    words = without_unprintable(SPACE.sub(" ", text)).strip()
    return EMPHASIS.sub(r"\1", words) if "**" in words else words


def pieces(raw: str) -> tuple[Piece, ...]:
    """The paragraphs and list items of a cell, in reading order, without empty ones.

    >>> [piece.text for piece in pieces("<p>Quality &amp; Safety</p> <ul><li>one</li><li>two</li></ul>")]
    ['Quality & Safety', 'one', 'two']
    """
    if TAG.search(raw) is None:
        text = tidy(unescape(raw) if "&" in raw else raw)
        return (Piece(text),) if text else ()
    return _parsed(raw)


def tags(raw: str) -> frozenset[str]:
    """Lower-case names of the elements that a cell's mark-up uses."""
    return frozenset(name.lower() for name in TAG.findall(raw) if name) if "<" in raw else frozenset()


def _parsed(raw: str) -> tuple[Piece, ...]:
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 - most documents have no mark-up

    found: list[Piece] = []
    words: list[str] = []
    listed = 0

    def flush() -> None:
        text = tidy("".join(words))
        if text:
            found.append(Piece(text, listed > 0))
        words.clear()

    # Depth first without recursion: hostile nesting must not exhaust the stack.
    body = LexborHTMLParser(raw).body
    stack = [(body, False)] if body is not None else []
    while stack:
        node, leaving = stack.pop()
        name = node.tag or ""
        if name in ("-text", "_text"):
            words.append(node.text_content or "")
            continue
        if name in SILENT or name.startswith(("-", "_", "!")):
            continue
        if name in BLOCKS:
            flush()
        if name in ("ul", "ol"):
            listed += -1 if leaving else 1
        if not leaving:
            stack.append((node, True))
            children = list(node.iter(include_text=True))
            stack.extend((child, False) for child in reversed(children))
    flush()
    return tuple(found)
