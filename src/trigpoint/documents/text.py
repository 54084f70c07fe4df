"""Bytes of a text file → ``Document``: decoding, lines, and what each line looks like.

The file is hostile until read: size, encoding and binary content are checked before anything else looks at it.
"""

from __future__ import annotations

import codecs
import re
import stat
from pathlib import Path

from trigpoint.characters import UNPRINTABLE
from trigpoint.documents.markup import pieces, tags
from trigpoint.errors import InputError, Where
from trigpoint.plans.document import Block, BlockKind, Cell, Document, Origin

MAXIMUM_BYTES = 20 * 1024 * 1024
"""Larger files are refused: the longest published operational plans stay below 1 MB of text."""

MAXIMUM_LINE = 50_000
"""Longer lines are refused: those of the published plans stay below 3,000 characters."""

MAXIMUM_LINES = 50_000
"""More lines are refused: the longest published plans stay below 5,000, and a minute is long enough to wait."""

KNOWN_BINARIES = (
    (b"PK\x03\x04", "a Word, Excel or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"%PDF", "a PDF file"),
    (b"{\\rtf", "a rich text file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
)
LINE_END = re.compile(r"\r\n|\r|\n")
RULE_CHARACTERS = frozenset("-=_*|: \t")
MARKER = re.compile(r"([-–•*·▪]|\d{1,3}[.)]|\(?[a-zA-Z][.)]|\(?[ivx]{1,5}[.)])(?:\s+|$)")
HASHES = re.compile(r"(#{1,6})\s+(.+)")
BOLD_LINE = re.compile(r"\*\*[^*]+\*\*$")
UNESCAPED_BAR = re.compile(r"(?<!\\)\|")
LONGEST_HEADING = 80


def read_document(path: Path | str) -> Document:
    """The document in a file, one block a line.

    Reads plain text in UTF-8, UTF-16 (with its mark) or Windows-1252, with tab-separated tables and HTML in their
    cells. Raises ``InputError`` when the file is missing, empty, larger than ``MAXIMUM_BYTES`` or no text.
    """
    file = Path(path)
    where = Where(file.name or str(file))
    try:
        found = file.stat()
        if stat.S_ISDIR(found.st_mode):
            raise InputError("this is a folder, not a document", where=where, remedy="give the document inside it")
        if not stat.S_ISREG(found.st_mode):
            # Nobody may ever write into a pipe, and a device may never end.
            raise InputError("this is a pipe or a device, not a file", where=where, remedy="save it as a file first")
        if found.st_size > MAXIMUM_BYTES:
            raise _too_large(where)
        with file.open("rb") as stream:
            data = stream.read(MAXIMUM_BYTES + 1)
    except FileNotFoundError:
        raise InputError("there is no such file", where=str(path), remedy="check the path") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name cannot be used"
        raise InputError(
            f"the file cannot be opened ({reason})", where=where, remedy="check its name and permissions"
        ) from None
    return parse_text(data, file.name)


def parse_text(data: bytes, name: str) -> Document:
    """The document in the bytes of a text file; ``blocks[n - 1]`` is line ``n``.

    >>> document = parse_text(b"Plan\\n\\nPriorities\\tKey deliverables\\n", "plan.txt")
    >>> [block.kind.value for block in document.blocks]
    ['paragraph', 'blank', 'table row']
    """
    where = Where(name)
    if len(data) > MAXIMUM_BYTES:
        raise _too_large(where)
    lines = LINE_END.split(decode(data, where))
    if lines and not lines[-1]:
        lines.pop()
    if len(lines) > MAXIMUM_LINES:
        what = f"the document has more than {MAXIMUM_LINES:,} lines"
        raise InputError(what, where=where, remedy="split the document")
    for number, line in enumerate(lines, 1):
        if len(line) > MAXIMUM_LINE:
            what = f"the line is longer than {MAXIMUM_LINE:,} characters"
            raise InputError(what, where=Where(name, line=number), remedy="save the document with its line breaks")
    blocks = tuple(_block(line, number) for number, line in enumerate(lines, 1))
    if all(block.kind is BlockKind.BLANK for block in blocks):
        raise InputError("the file is empty", where=where, remedy="give a document with text in it")
    return Document(name, blocks)


def decode(data: bytes, where: Where) -> str:
    """The text of the bytes: UTF-8, UTF-16 with its byte order mark, or Windows-1252; anything else is refused."""
    for start, what in KNOWN_BINARIES:
        if data.startswith(start):
            raise InputError(
                f"this is {what}, not plain text", where=where, remedy="save it as plain text (.txt) first"
            )
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
    limit = MAXIMUM_BYTES // (1024 * 1024)
    return InputError(
        f"the file is larger than {limit} MB", where=where, remedy="remove pictures or split the document"
    )


def _block(line: str, number: int) -> Block:
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
    level = len(line) - len(line.lstrip(" "))
    if found := MARKER.match(text):
        rest = text[found.end() :]
        short = len(rest) <= LONGEST_HEADING and not rest.endswith((";", ",", ".", ":"))
        lettered = found[1][0] not in "-–•*·▪"
        kind = BlockKind.HEADING if short and lettered and rest[:1].isupper() else BlockKind.LIST_ITEM
        return Block(kind, rest, origin, found[1], level=level, raw=line)
    return Block(BlockKind.PARAGRAPH, text, origin, raw=line)


def _row(line: str, number: int, raws: list[str]) -> Block:
    """A row of a tab-separated table, or of a Markdown table ("| a | b |")."""
    cells = tuple(
        Cell(tuple(piece.text for piece in pieces(raw)), Origin(line=number, column=index), raw, tags(raw))
        for index, raw in enumerate(raws, 1)
    )
    text = "\t".join(" ".join(cell.paragraphs) for cell in cells)
    return Block(BlockKind.TABLE_ROW, text, Origin(line=number), cells=cells, raw=line)
