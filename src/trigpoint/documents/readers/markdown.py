"""Bytes of a Markdown file → ``Document``: each block on the line that it starts on, its marks removed.

Lines that Markdown reads as one paragraph stand whole on the first of them; blank blocks stand for the others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from trigpoint.characters import without_unprintable
from trigpoint.documents.markup import pieces, tags, tidy
from trigpoint.documents.readers.text import UNESCAPED_BAR, decode, numbered_lines
from trigpoint.errors import Where
from trigpoint.plans.document import Block, BlockKind, Cell, Document, Format, Origin

FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
HASHES = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)")
CLOSING_HASHES = re.compile(r"(?:^|[ \t])#+$")
UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,})$")
ALIGNMENT = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
ITEM = re.compile(r"([ \t]*)([-*+]|\d{1,9}[.)])(?:[ \t]+(.*))?$")
QUOTE = re.compile(r"^(?: {0,3}>[ \t]?)+")
DEFINITION = re.compile(r" {0,3}\[[^\]]+\]:\s*\S+")
FRONT_ENDS = ("---", "...")
FRONT_KEY = re.compile(r"([A-Za-z][\w -]{0,40}):\s+(\S.*)$")
IMAGE = re.compile(r"!\[([^\[\]\n]*)\]\([^()\n]*\)")
LINK = re.compile(r"\[([^\[\]\n]*)\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)?\)|\[[^\]\n]*\])")
ADDRESS = re.compile(r"<((?:https?://|mailto:)[^<>\s]*)>")
# Here and below, what a mark may reach is bounded: marks without end must not be sought for from each of thousands.
CODE = re.compile(r"(?<!`)(`{1,3})(?!`)([^\n]{1,500}?)(?<!`)\1(?!`)")
STRONG = re.compile(r"(\*\*|__)(?=\S)([^\n]{0,300}?\S)\1")
LIGHT = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])([^*_\n]*[^\s*_])\1(?!\w)")
STRUCK = re.compile(r"~~(?=\S)([^~\n]*)~~")
ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
HARD_BREAK = re.compile(r"(?: {2,}|\\)$")
TAB = 4
LONGEST_FRONT = 200


def parse_markdown(data: bytes, name: str) -> Document:
    """The document in the bytes of a Markdown file; ``blocks[n - 1]`` stands on line ``n``.

    >>> document = parse_markdown(b"Plan\\n====\\n\\n| Action | By |\\n|---|---|\\n| **Open** it | May |\\n", "plan.md")
    >>> [(block.kind.value, block.text) for block in document.blocks if block.text]
    [('heading', 'Plan'), ('table row', 'Action\\tBy'), ('table row', 'Open it\\tMay')]
    """
    lines = numbered_lines(decode(data, Where(name)), name)
    reading = _Reading(name, lines)
    properties = reading.front_matter()
    while reading.at < len(lines):
        reading.blocks.append(reading.next_block())
        reading.blocks += [
            _blank(number, lines[number - 1]) for number in range(len(reading.blocks) + 1, reading.at + 1)
        ]
    return Document(name, tuple(reading.blocks), Format.MARKDOWN, properties=properties)


def plain(text: str) -> str:
    """Words of Markdown without emphasis, links, code marks and escapes.

    >>> plain("**By** [June](plan.html) see `x_y`, 5\\\\*")
    'By June see x_y, 5*'
    """
    text = ADDRESS.sub(r"\1", LINK.sub(r"\1", IMAGE.sub(r"\1", text)))
    parts = [piece.text for piece in pieces(CODE.sub(r"\2", text))]
    words = " ".join(parts)
    for mark in (STRONG, STRONG, LIGHT):
        words = mark.sub(r"\2", words)
    return tidy(ESCAPE.sub(r"\1", STRUCK.sub(r"\1", words)))


@dataclass(slots=True)
class _Reading:
    """The lines, and how many have been read. ``indents`` are those of the list items that stand open."""

    name: str
    lines: list[str]
    blocks: list[Block] = field(default_factory=list)
    at: int = 0
    indents: list[int] = field(default_factory=list)
    in_table: bool = False

    def front_matter(self) -> dict[str, str]:
        """The settings between two rulers at the very start, as properties; the lines count as blank."""
        if self.lines[0].rstrip() != "---":
            return {}
        ends = (n for n, line in enumerate(self.lines[1:LONGEST_FRONT], 1) if line.rstrip() in FRONT_ENDS)
        end = next(ends, 0)
        settings = [FRONT_KEY.match(line) for line in self.lines[1:end]]
        if not any(settings):
            return {}
        self.at = end + 1
        self.blocks = [_blank(number, line) for number, line in enumerate(self.lines[: self.at], 1)]
        return {found[1].lower(): tidy(found[2].strip("\"' ")) for found in settings if found}

    def next_block(self) -> Block:
        """The block that begins on the next line; as many lines are read as it has."""
        line = QUOTE.sub("", self.lines[self.at], count=1)
        number = self.at + 1
        self.at = number
        if not line.strip():
            self.in_table = False
            return _blank(number, line)
        if fence := FENCE.match(line):
            return self._code(fence[1], number)
        if self._is_row(line, number):
            return self._row(line, number)
        if found := HASHES.match(line):
            self.indents.clear()
            words = CLOSING_HASHES.sub("", line[found.end() :].strip())
            return self._worded(BlockKind.HEADING, words, number, found[1], len(found[1]))
        if RULE.match(line) or UNDERLINE.match(line) or DEFINITION.match(line):
            kind = BlockKind.BLANK if DEFINITION.match(line) else BlockKind.RULE
            return Block(kind, "", Origin(line=number), raw=line)
        if found := ITEM.match(line):
            level = self._level(len(found[1].expandtabs(TAB)))
            words = self._continued(found[3] or "")
            return self._worded(BlockKind.LIST_ITEM, words, number, found[2], level)
        if not line.startswith(" "):
            self.indents.clear()
        words = self._continued(line, quoted=line is not self.lines[number - 1])
        if self.at < len(self.lines) and (under := UNDERLINE.match(self.lines[self.at])):
            self.at += 1
            return self._worded(BlockKind.HEADING, words, number, "#", 1 if under[1][0] == "=" else 2)
        return self._worded(BlockKind.PARAGRAPH, words, number)

    def _is_row(self, line: str, number: int) -> bool:
        """Whether a line is a row of a pipe table: a heading row has the alignment under it."""
        if "|" not in line:
            self.in_table = False
            return False
        stripped = line.strip()
        framed = stripped.startswith("|") and stripped.endswith("|") and stripped.count("|") > 2
        below = self.lines[number] if number < len(self.lines) else ""
        heads = "|" in below and ALIGNMENT.match(below) is not None
        self.in_table = (self.in_table or framed or heads) and len(UNESCAPED_BAR.findall(stripped)) > 0
        return self.in_table

    def _row(self, line: str, number: int) -> Block:
        if ALIGNMENT.match(line):
            return Block(BlockKind.RULE, "", Origin(line=number), raw=line)
        words = line.strip()
        words = words.removeprefix("|")
        words = words[:-1] if words.endswith("|") and not words.endswith("\\|") else words
        raws = [raw.strip().replace("\\|", "|") for raw in UNESCAPED_BAR.split(words)]
        cells = tuple(_cell(raw, Origin(line=number, column=column)) for column, raw in enumerate(raws, 1))
        text = "\t".join(" ".join(cell.paragraphs) for cell in cells)
        return Block(BlockKind.TABLE_ROW, text, Origin(line=number), cells=cells, raw=line)

    def _code(self, fence: str, number: int) -> Block:
        """A stretch of code, on one block: its words are no mark-up."""
        words: list[str] = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            self.at += 1
            if line.strip().startswith(fence):
                break
            words.append(line)
        text = tidy(" ".join(words))
        kind = BlockKind.PARAGRAPH if text else BlockKind.BLANK
        return Block(kind, text, Origin(line=number), raw="\n".join(words))

    def _continued(self, words: str, *, quoted: bool = False) -> str:
        """The words of a paragraph with those of the lines that go on with it."""
        parts = [words]
        while self.at < len(self.lines) and not HARD_BREAK.search(self.lines[self.at - 1]):
            line = self.lines[self.at]
            line = QUOTE.sub("", line, count=1) if quoted else line
            if not line.strip() or _begins_block(line) or self._is_row(line, self.at + 1):
                break
            parts.append(line.strip())
            self.at += 1
        return " ".join(HARD_BREAK.sub("", part) for part in parts)

    def _level(self, indent: int) -> int:
        """The depth of a list item, 0 outermost, by the items that stand open."""
        while self.indents and self.indents[-1] > indent:
            self.indents.pop()
        if not self.indents or self.indents[-1] < indent:
            self.indents.append(indent)
        return len(self.indents) - 1

    def _worded(self, kind: BlockKind, raw: str, number: int, marker: str = "", level: int = 0) -> Block:
        text = plain(raw)
        if not text:
            return _blank(number, raw)
        bold = STRONG.fullmatch(raw.strip()) if kind is BlockKind.PARAGRAPH else None
        if bold and bold[1] not in bold[2]:
            return Block(BlockKind.HEADING, text, Origin(line=number), "**", 1, raw=raw)
        shown = f"{marker} {raw}" if kind is BlockKind.LIST_ITEM else raw
        return Block(kind, text, Origin(line=number), marker, level, raw=without_unprintable(shown))


def _begins_block(line: str) -> bool:
    """Whether a line under a paragraph begins something else."""
    marks = (HASHES, FENCE, ITEM, UNDERLINE, RULE, QUOTE)
    return any(mark.match(line) for mark in marks)


def _cell(raw: str, origin: Origin) -> Cell:
    marks = tags(raw)
    raws = [piece.text for piece in pieces(raw)] if marks else [raw]
    paragraphs = tuple(text for part in raws if (text := plain(part)))
    bold = frozenset("b") if STRONG.fullmatch(raw) else frozenset()
    return Cell(paragraphs, origin, raw, marks | bold)


def _blank(number: int, line: str) -> Block:
    return Block(BlockKind.BLANK, "", Origin(line=number), raw=line)
