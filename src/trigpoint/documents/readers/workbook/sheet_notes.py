"""Notes and threaded comments on the cells of an Excel sheet → remarks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from trigpoint.documents.markup import tidy
from trigpoint.documents.readers.package import Package, Relationship, local_name
from trigpoint.documents.readers.workbook.sheet_builder import SheetBuilder
from trigpoint.documents.readers.workbook.sheet_merges import words_at
from trigpoint.documents.readers.workbook.sheet_stream import elements
from trigpoint.documents.readers.workbook.sheet_strings import rich_text, unescaped
from trigpoint.documents.readers.workbook.sheet_xml import TRUE, area, whole_number
from trigpoint.plans.document import RemarkKind

MOST_NOTES = 100_000
THREAD_AUTHOR = "tc="
"""The author under which Excel keeps, for older programs, a copy of a thread of comments as a note."""


@dataclass(frozen=True, slots=True)
class Note:
    """One note or comment, or one answer to a comment; ``reference`` is the cell, such as "B7"."""

    reference: str
    author: str
    text: str
    date: str = ""


@dataclass
class Notes:
    """Reads the notes of sheet after sheet.

    ``persons`` is the part with the names of those who comment, ``written`` reads a part with notes.
    """

    package: Package
    persons: str
    written: Callable[[Package, str], list[Note]]

    @cached_property
    def names(self) -> dict[str, str]:
        """The display names of those who comment, by the id that comments give."""
        rows = elements(self.package, self.persons, ("person",)) if self.persons else ()
        return {row.get("id", ""): tidy(row.get("displayName", "")) for row in rows}

    def remark(self, relationships: Iterable[Relationship], builder: SheetBuilder) -> None:
        """A remark for each note and each open comment on the cells of one sheet."""
        rows = [row for row in relationships if row.target in self.package and not row.external]
        found: list[Note] = []
        threaded: set[str] = set()
        for row in rows:
            if row.kind == "threadedComment":
                found.extend(self._threaded(row.target, threaded))
        for row in rows:
            if row.kind == "comments":
                legacy = self.written(self.package, row.target)
                found.extend(
                    note
                    for note in legacy
                    if not (note.author.startswith(THREAD_AUTHOR) and note.reference in threaded)
                )
        for note in sorted(found, key=_in_order):
            place = area(note.reference)
            if place and note.text:
                words = words_at(builder.rows, place.top, place.left).text
                more = {"words": words, "author": note.author, "date": note.date}
                builder.remark(RemarkKind.COMMENT, note.text, place.top, place.left, **more)

    def _threaded(self, part: str, cells: set[str]) -> Iterator[Note]:
        """The comments and answers of threads that nobody marked as resolved. ``cells`` learns which have a thread."""
        done: set[str] = set()
        for row in elements(self.package, part, ("threadedComment",)):
            cells.add(row.get("ref", ""))
            if row.get("done") in TRUE:
                done.add(row.get("id", ""))
            if not {row.get("id", ""), row.get("parentId", "")} & done:
                text = next((part.text or "" for part in row if local_name(part) == "text"), "")
                author = self.names.get(row.get("personId", ""), "")
                yield Note(row.get("ref", ""), author, tidy(text), row.get("dT", ""))


def written_notes(package: Package, part: str) -> list[Note]:
    """The notes of an XML part with notes. The line with the author's name that Excel puts first is left out."""
    authors: list[str] = []
    notes: list[Note] = []
    for row in elements(package, part, ("author", "comment")):
        if local_name(row) == "author":
            authors.append(tidy(row.text or ""))
        elif len(notes) < MOST_NOTES:
            text = "".join(rich_text(each) for each in row if local_name(each) == "text")
            index = whole_number(row.get("authorId"))
            author = authors[index] if index < len(authors) else ""
            notes.append(Note(row.get("ref", ""), author, without_author(tidy(unescaped(text)), author)))
    return notes


def without_author(text: str, author: str) -> str:
    """A note's words without the name of its author before them.

    >>> without_author("Amy Lee: Is this right?", "Amy Lee")
    'Is this right?'
    """
    return text.removeprefix(f"{author}:").strip() if author else text


def _in_order(note: Note) -> tuple[int, int, str]:
    place = area(note.reference)
    return (place.top, place.left, note.date) if place else (0, 0, "")
