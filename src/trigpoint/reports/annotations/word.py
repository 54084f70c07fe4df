"""Findings as comments in the author's own Word file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from trigpoint.checks.finding import Finding
from trigpoint.documents.readers.package import open_package
from trigpoint.documents.readers.word.file import open_word, read_word
from trigpoint.documents.readers.word.layout import Layout
from trigpoint.documents.readers.word.remarks import own_comments
from trigpoint.plans.document import BlockKind
from trigpoint.reports.annotations.word_comments import Comments, Said, serialised, spoken
from trigpoint.reports.annotations.word_marks import Mark, mark
from trigpoint.reports.annotations.word_passages import Passage, Passages
from trigpoint.reports.findings import NOUNS
from trigpoint.wording import capital

EARLIEST = (1980, 1, 1, 0, 0, 0)


def annotate_word(data: bytes, name: str, findings: Iterable[Finding], *, on: date) -> bytes:
    """The Word file ``data`` with each finding as a comment on the words that it objects to.

    ``findings`` are those of the document that ``parse_word`` made of the same bytes; ``on`` dates the comments, which
    are by "Trigpoint". A finding has a comment of its own, so that its author can settle one and keep another; those
    that stand nowhere are one comment on the title. Annotating a file again takes away what was written the time
    before, but for comments that somebody answered or settled, which are not repeated.
    Only the document, its comments and what refers to them change; every other part keeps its bytes.
    Raises ``InputError`` when the file cannot be read.
    """
    file = open_word(data, name, whole=True)
    comments = Comments(file, on)
    comments.without_ours()
    reading = read_word(file, name)
    kept = own_comments(comments.root, reading.course)
    marks = [
        Mark(comments.add(said), passage)
        for line, words, passage, said in _placed(reading.layout, findings)
        if not _is_kept(kept, spoken(*said), line, words)
    ]
    if not comments.changed:
        return data
    mark(file.root, marks)
    return _with_parts(data, name, {file.main: serialised(file.root), **comments.parts()})


def _placed(layout: Layout, findings: Iterable[Finding]) -> Iterator[tuple[int, str, Passage, list[Said]]]:
    """Line, quoted words, place and words of each comment to be made; each finding once."""
    passages = Passages(layout.holders)
    nowhere: list[Said] = []
    for finding in {(each.rule, each.line, each.fragment, each.message): each for each in findings}.values():
        said = Said(f"{capital(NOUNS[finding.severity])} {finding.rule}: ", finding.message)
        line = finding.line or 0
        passage = passages.find(line, finding.fragment) if 0 < line <= len(layout.blocks) else None
        if passage is None:
            nowhere.append(said)
        else:
            yield line, finding.fragment, passage, [said]
    if nowhere and (title := _title(layout, passages)) is not None:
        line, passage = title
        yield line, "", passage, nowhere


def _is_kept(kept: Set[tuple[str, int | None, str]], text: str, line: int, words: str) -> bool:
    """Whether the same is said of the same words by a comment that was kept; white space makes no difference."""
    bare = "".join(words.split())
    same = ("".join(hung.split()) for said, at, hung in kept if (said, at) == (text, line))
    return any(not bare or bare == hung for hung in same)


def _title(layout: Layout, passages: Passages) -> tuple[int, Passage] | None:
    """The first heading, or where there is none the first words, with their line."""
    headings = [line for line, block in enumerate(layout.blocks, 1) if block.kind is BlockKind.HEADING]
    for line in (*headings[:1], *range(1, len(layout.blocks) + 1)):
        if (passage := passages.find(line, "")) is not None:
            return line, passage
    return None


def _with_parts(data: bytes, name: str, parts: Mapping[str, bytes]) -> bytes:
    """The package with some parts exchanged and others added; all else as it was, in its order."""
    package = open_package(data, name)
    changed = {package.spelling(part): content for part, content in parts.items()}
    stream = BytesIO()
    with ZipFile(stream, "w") as written:
        for info in package.archive.infolist():
            copied = ZipInfo(info.filename, info.date_time)
            copied.compress_type, copied.external_attr = info.compress_type, info.external_attr
            content = changed.pop(info.filename, None)
            written.writestr(copied, package.read(info.filename) if content is None else content)
        for part, content in changed.items():
            added = ZipInfo(part, EARLIEST)
            added.compress_type = ZIP_DEFLATED
            written.writestr(added, content)
    return stream.getvalue()
