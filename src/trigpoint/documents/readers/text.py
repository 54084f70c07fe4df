"""Bytes of a text file → ``Document``: decoding, lines, and what each line looks like.

The file is hostile until read: size, encoding and binary content are checked before anything else looks at it.
"""

from __future__ import annotations

import codecs
import re

from trigpoint.characters import UNPRINTABLE
from trigpoint.documents.markup import pieces, tags
from trigpoint.documents.readers.html.nesting import refuse_deep_nesting
from trigpoint.documents.readers.limits import (
    MAXIMUM_CELLS,
    MAXIMUM_COLUMNS,
    MAXIMUM_DEPTH,
    MAXIMUM_LINE,
    MAXIMUM_LINES,
    MAXIMUM_TEXT_BYTES,
    MEGABYTE,
)
from trigpoint.errors import InputError, Where
from trigpoint.plans.document import Block, BlockKind, Cell, Document, Origin

LINE_END = re.compile(r"\r\n|\r|\n")
CELL_MARKS = "\t|,;"
RULE_CHARACTERS = frozenset("-=_*|: \t")
BULLETS = "-–•*·▪"
MARKER = re.compile(r"([-–•*·▪]|\d{1,3}[.)]|\(?[a-zA-Z][.)]|\(?[ivx]{1,5}[.)])(?:\s+|$)")
HASHES = re.compile(r"(#{1,6})\s+(.+)")
BOLD_LINE = re.compile(r"\*\*[^*]+\*\*$")
UNESCAPED_BAR = re.compile(r"(?<!\\)\|")
LONGEST_HEADING = 80


def parse_text(data: bytes, name: str) -> Document:
    """The document in the bytes of a text file; ``blocks[n - 1]`` is line ``n``.

    >>> document = parse_text(b"Plan\\n\\nPriorities\\tKey deliverables\\n", "plan.txt")
    >>> [block.kind.value for block in document.blocks]
    ['paragraph', 'blank', 'table row']
    """
    lines = numbered_lines(decode(data, Where(name)), name)
    blocks = tuple(line_block(line, number) for number, line in enumerate(lines, 1))
    return Document(name, blocks)


def numbered_lines(text: str, name: str) -> list[str]:
    """The lines of a text; ``InputError`` where there is none with words, too many, or one that does not end."""
    if max(map(text.count, CELL_MARKS)) > MAXIMUM_CELLS:
        what = f"the document has more than {MAXIMUM_CELLS:,} cells"
        raise InputError(what, where=Where(name), remedy="split the document")
    lines = LINE_END.split(text)
    if lines and not lines[-1]:
        lines.pop()
    if len(lines) > MAXIMUM_LINES:
        what = f"the document has more than {MAXIMUM_LINES:,} lines"
        raise InputError(what, where=Where(name), remedy="split the document")
    for number, line in enumerate(lines, 1):
        if len(line) > MAXIMUM_LINE:
            what = f"the line is longer than {MAXIMUM_LINE:,} characters"
            raise InputError(what, where=Where(name, line=number), remedy="save the document with its line breaks")
        if max(line.count("\t"), line.count("|")) > MAXIMUM_COLUMNS:
            raise too_wide(Where(name, line=number))
        if len(line) > MAXIMUM_DEPTH and "<" in line:
            refuse_deep_nesting(line, Where(name, line=number))
    if not any(line.strip() for line in lines):
        raise InputError("the file is empty", where=Where(name), remedy="give a document with text in it")
    return lines


def decode(data: bytes, where: Where) -> str:
    """The text of the bytes: UTF-8, UTF-16 with its byte order mark, or Windows-1252; anything else is refused."""
    if len(data) > MAXIMUM_TEXT_BYTES:
        raise _too_large(where)
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            text = data.decode("utf-16")
        else:
            text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            raise _not_text(where) from None
    controls = sum(map(text.count, CONTROLS))
    if "\x00" in text or controls > len(text) // 100:
        raise _not_text(where)
    return UNPRINTABLE.sub(_blank, text).lstrip("\ufeff")


CONTROLS = tuple(chr(code) for code in range(32) if chr(code) not in "\t\n\r\f\v")


def _blank(found: re.Match[str]) -> str:
    """What cannot be printed goes; those among it that stand for the end of a line or page leave a blank."""
    return " " if found[0] in "\f\v\x85" else ""


def _not_text(where: Where) -> InputError:
    return InputError(
        "the file is not text that can be read (binary content or an unknown encoding)",
        where=where,
        remedy="save it as plain text in UTF-8",
    )


def _too_large(where: Where) -> InputError:
    limit = MAXIMUM_TEXT_BYTES // MEGABYTE
    return InputError(
        f"the text is larger than {limit} MB", where=where, remedy="remove pictures or split the document"
    )


def line_block(line: str, number: int) -> Block:
    """What one line of a text looks like."""
    origin = Origin(line=number)
    plain = line.strip()
    if not plain:
        return Block(BlockKind.BLANK, "", origin, raw=line)
    if RULE_CHARACTERS.issuperset(plain) and sum(map(plain.count, "-=_*")) > 1:
        return Block(BlockKind.RULE, "", origin, raw=line)
    if "\t" in line:
        return _row(line, number, line.split("\t"))
    if plain.startswith("|") and plain.endswith("|") and plain.count("|") > 2:
        return _row(line, number, UNESCAPED_BAR.split(plain[1:-1]))
    text = " ".join(piece.text for piece in pieces(line))
    if BOLD_LINE.match(plain):
        return Block(BlockKind.HEADING, text, origin, "**", level=1, raw=line)
    if found := HASHES.match(text):
        return Block(BlockKind.HEADING, found[2], origin, found[1], level=len(found[1]), raw=line)
    return worded_block(text, line, origin, len(line) - len(line.lstrip(" ")))


def worded_block(text: str, raw: str, origin: Origin, level: int = 0, *, titles: bool = True) -> Block:
    """A line or paragraph by the marker that it begins with: a heading, a list item, or none of both.

    ``titles`` says that a short text after a number may be a heading; ``raw`` is the text as it was written.

    >>> worded_block("a) System Challenges", "a) System Challenges", Origin(line=1)).kind
    <BlockKind.HEADING: 'heading'>
    """
    found = MARKER.match(text)
    if found is None:
        return Block(BlockKind.PARAGRAPH, text, origin, raw=raw)
    rest = text[found.end() :]
    short = len(rest) <= LONGEST_HEADING and not rest.endswith((";", ",", ".", ":"))
    lettered = found[1][0] not in BULLETS
    kind = BlockKind.HEADING if titles and short and lettered and rest[:1].isupper() else BlockKind.LIST_ITEM
    return Block(kind, rest, origin, found[1], level=level, raw=raw)


def too_wide(where: Where) -> InputError:
    """The refusal of a row with more cells than are read."""
    what = f"the row has more than {MAXIMUM_COLUMNS} cells"
    return InputError(what, where=where, remedy="leave out the empty columns and save it again")


def _row(line: str, number: int, raws: list[str]) -> Block:
    """A row of a tab-separated table, or of a Markdown table ("| a | b |")."""
    cells = tuple(
        Cell(tuple(piece.text for piece in pieces(raw)), Origin(line=number, column=index), raw, tags(raw))
        for index, raw in enumerate(raws, 1)
    )
    text = "\t".join(" ".join(cell.paragraphs) for cell in cells)
    return Block(BlockKind.TABLE_ROW, text, Origin(line=number), cells=cells, raw=line)
