"""Bytes of a Word file (.docx, .docm) → ``Document``: as it would be printed with all tracked changes accepted.

What is not printed (deleted and hidden words, comments, macros, pictures) is remarked on with its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from trigpoint.documents.markup import tidy
from trigpoint.documents.readers.limits import Progress
from trigpoint.documents.readers.properties import core_properties
from trigpoint.documents.readers.word.file import Reading, WordFile, open_word, read_word
from trigpoint.documents.readers.word.remarks import (
    change_remarks,
    comment_remarks,
    package_remarks,
    resolved_comments,
)
from trigpoint.documents.readers.word.runs import words_within
from trigpoint.errors import InputError
from trigpoint.plans.document import BlockKind, Document, Format, Origin, Remark

STEPS = 100
PARTS_WITH_LINKS = ("settings", "header", "footer", "footnotes", "endnotes", "comments")


def parse_word(data: bytes, name: str, progress: Progress | None = None) -> Document:
    """The document in the bytes of a Word file.

    Headings are told by style (the outline level, the name, or what it is based on) or, where a short paragraph is all
    bold, larger or underlined, by look. Automatic numbers and bullets stand in ``Block.marker``; numbers inside cells
    are words of the cell. Footnotes and endnotes are paragraphs at the end, "[1] …". ``properties`` has "title",
    "author", "modified", "header" and "footer". Pages are given where Word left its marks of where they ended.
    Raises ``InputError`` when the file is damaged, too large or protected, or has no words.
    """
    file = open_word(data, name)
    reading = read_word(file, name, _teller(progress, len(file.body)))
    blocks = tuple(reading.layout.blocks)
    if all(block.kind is BlockKind.BLANK or not block.text.strip() for block in blocks):
        what = "the document holds no words, only what is not read (pictures, deleted or hidden text)"
        raise InputError(what, where=file.package.where, remedy="give a document with text in it")
    remarks = tuple(_remarks(file, reading, blocks[-1].origin))
    return Document(name, blocks, Format.WORD, remarks, dict(_properties(file)))


def _teller(progress: Progress | None, total: int) -> Callable[[], None] | None:
    if progress is None:
        return None
    step, done = max(total // STEPS, 1), 0

    def tell() -> None:
        nonlocal done
        done += 1
        if done % step == 0:
            progress(min(done, total), total)

    return tell


def _remarks(file: WordFile, reading: Reading, last: Origin) -> Iterator[Remark]:
    changes = change_remarks(reading.items, reading.course, last)
    resolved = resolved_comments(file.part("commentsExtended"))
    comments = comment_remarks(file.part("comments"), resolved, reading.course, last)
    yield from sorted((*changes, *comments), key=lambda remark: remark.origin.line or 0)
    links = list(file.relationships)
    for kind in PARTS_WITH_LINKS:
        for part in file.targets(kind):
            links.extend(file.package.relationships(part))
    yield from package_remarks(file.package, links)


def _properties(file: WordFile) -> Iterator[tuple[str, str]]:
    """What the file says of itself, and the words of its headers and footers, each once."""
    yield from core_properties(file.package).items()
    for kind in ("header", "footer"):
        words = (tidy(words_within(file.package.xml(part))) for part in file.targets(kind))
        if text := "\n".join(dict.fromkeys(each for each in words if each)):
            yield kind, text
