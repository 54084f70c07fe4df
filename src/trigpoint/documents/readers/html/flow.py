"""The words of a page, or of one cell, in reading order: paragraphs, headings, list items, and tables left whole.

The walk is iterative: hostile nesting must not exhaust the stack.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from trigpoint.documents.markup import tidy
from trigpoint.documents.readers.html.elements import (
    BLOCKS,
    BOLD,
    LISTS,
    MSO_COMMENTS,
    MSO_LIST,
    MSO_MARKER,
    TEXTS,
    attribute,
    heading_level,
    is_hidden,
    is_silent,
    item_marker,
    style,
    whole,
)
from trigpoint.plans.document import RemarkKind

MAXIMUM_LEFT_OUT = 200
LONGEST_QUOTE = 300


@dataclass(frozen=True, slots=True)
class Flowed:
    """One paragraph. ``heading`` is its level, ``listed`` the depth in lists; ``table`` stands for a whole table.

    ``raw`` has asterisks around a bold beginning, as plain text marks it: "**Risk** – its text".
    """

    text: str
    raw: str = ""
    heading: int = 0
    listed: int = 0
    marker: str = ""
    bold: bool = False
    verbatim: bool = False
    table: LexborNode | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Words that are not read as the document's own, and how many paragraphs stand before them."""

    kind: RemarkKind
    words: str
    before: int


@dataclass(slots=True)
class _List:
    kind: str
    number: int
    step: int


@dataclass(slots=True)
class Flow:
    """What has been read so far. ``whole_tables`` tells which tables are kept whole; the words of others flow."""

    whole_tables: Callable[[LexborNode], bool]
    found: list[Flowed] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)
    _words: list[str] = field(default_factory=list)
    _lead: int = 0
    _lists: list[_List] = field(default_factory=list)
    _marker: str = ""
    _heading: int = 0
    _bold: int = 0
    _light: bool = False
    _listed: int = 0

    def read(self, root: LexborNode) -> None:
        """Read everything inside an element, itself included."""
        stack = [(root, False)]
        while stack:
            node, leaving = stack.pop()
            if leaving:
                self._leave(node)
            elif node.tag in TEXTS:
                self._say(node.text_content or "")
            elif self._enter(node):
                stack.append((node, True))
                stack.extend((child, False) for child in reversed(list(node.iter(include_text=True))))
        self.flush()

    def flush(self) -> None:
        """End the paragraph."""
        words = self._words
        text = tidy("".join(words))
        self._words = []
        if text:
            listed = self._listed or len(self._lists)
            raw = self._emphasised(text, tidy("".join(words[: self._lead])))
            self.found.append(Flowed(text, raw, self._heading, listed, self._marker, not self._light))
            self._marker = ""
        self._light, self._lead = False, 0

    def _emphasised(self, text: str, lead: str) -> str:
        if not lead or not self._light or "*" in lead or not text.startswith(lead):
            return text
        return f"**{lead}**{text[len(lead) :]}"

    def _say(self, words: str) -> None:
        self._words.append(words)
        self._light = self._light or (self._bold == 0 and not words.isspace())
        if not self._light:
            self._lead = len(self._words)

    def _enter(self, node: LexborNode) -> bool:
        """Whether the element's own words are to be read."""
        name = node.tag or ""
        if is_silent(node) or self._leaves_out(node):
            return False
        if name == "table" and self.whole_tables(node):
            self.flush()
            self.found.append(Flowed("", table=node))
            return False
        if name == "pre":
            self.flush()
            lines = (node.text() or "").splitlines()
            self.found.extend(Flowed(line, verbatim=True) for line in lines if line.strip())
            return False
        if name == "img" and not self._words:
            self._say(attribute(node, "alt"))
        self._open(node, name)
        return True

    def _open(self, node: LexborNode, name: str) -> None:
        self.tags.add(name)
        if name in BLOCKS and not (name == "br" and self._heading):
            self.flush()
        elif name == "br":
            self._words.append(" ")
        if level := heading_level(node):
            self._heading = level
        elif name in BOLD:
            self._bold += 1
        elif name in LISTS:
            self._lists.append(_list(node, name))
        elif name == "li":
            self._marker = self._next_marker(node)
        elif name == "p" and (found := MSO_LIST.search(style(node))):
            self._listed = int(found[1])

    def _leave(self, node: LexborNode) -> None:
        name = node.tag or ""
        if name in BLOCKS and name != "br":
            self.flush()
        if heading_level(node):
            self._heading = 0
        elif name in BOLD:
            self._bold -= 1
        elif name in LISTS:
            self._lists.pop()
        if name in ("li", "p"):
            self._listed = 0
            self._marker = "" if name == "li" else self._marker

    def _next_marker(self, node: LexborNode) -> str:
        if not self._lists:
            return "-"
        current = self._lists[-1]
        number = whole(attribute(node, "value"), current.number)
        current.number = number + current.step
        return item_marker(current.kind, number)

    def _leaves_out(self, node: LexborNode) -> bool:
        """Whether the element is hidden, deleted, a comment or a list marker; what it says is kept beside."""
        name = node.tag or ""
        own = style(node)
        if name == "span" and MSO_MARKER.search(own):
            self._marker = tidy(node.text() or "")
            return True
        if name in BLOCKS | BOLD | {"span", "del", "font", "a", "td", "th", "tr", "ins"}:
            kind = _left_out_as(node, name, own)
            if kind is not None:
                words = tidy(node.text() or "")[:LONGEST_QUOTE]
                if words and len(self.left_out) < MAXIMUM_LEFT_OUT:
                    self.left_out.append(LeftOut(kind, words, len(self.found)))
                return True
        return False


def _left_out_as(node: LexborNode, name: str, own: str) -> RemarkKind | None:
    if name == "del":
        return RemarkKind.DELETED
    if MSO_COMMENTS.search(own):
        return RemarkKind.COMMENT
    return RemarkKind.HIDDEN if is_hidden(node) else None


def _list(node: LexborNode, name: str) -> _List:
    if name != "ol":
        return _List("", 1, 1)
    backwards = "reversed" in node.attributes
    items = sum(child.tag == "li" for child in node.iter()) if backwards else 1
    return _List(attribute(node, "type")[:1] or "1", whole(attribute(node, "start"), items), -1 if backwards else 1)
