"""A Word file opened: its parts, found by what the file says of itself, and its story read once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from trigpoint.documents.readers.package import Element, Package, Relationship, local_name, open_package
from trigpoint.documents.readers.word.content import Course, Item
from trigpoint.documents.readers.word.layout import Layout, running_text
from trigpoint.documents.readers.word.names import KIND, STRICT, USUAL, child, value
from trigpoint.documents.readers.word.numbering import Numbering
from trigpoint.documents.readers.word.story import story
from trigpoint.documents.readers.word.styles import Styles

USUAL_PART = "word/document.xml"
BREAKS = tuple(f"{{{space}}}lastRenderedPageBreak" for space in (USUAL, STRICT))


@dataclass(frozen=True, slots=True, eq=False)
class WordFile:
    """A Word file's package, the name of its main part, that part as parsed, and the parts that it refers to."""

    package: Package
    main: str
    root: Element
    relationships: tuple[Relationship, ...]

    @property
    def body(self) -> Element:
        """The element with all that is printed between the headers and footers."""
        found = child(self.root, "body")
        return self.root if found is None else found

    def targets(self, kind: str) -> tuple[str, ...]:
        """The names of the parts of this kind ("styles", "comments") that exist."""
        rows = (row.target for row in self.relationships if row.kind == kind and not row.external)
        return tuple(dict.fromkeys(target for target in rows if target in self.package))

    def part(self, kind: str) -> Element | None:
        """The first part of this kind; ``None`` where there is none."""
        return next((self.package.xml(target) for target in self.targets(kind)), None)


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """All that was read of a Word file: its items in order, what was met on the way, and the blocks they became."""

    items: list[Item]
    course: Course
    layout: Layout


def open_word(data: bytes, name: str, *, whole: bool = False) -> WordFile:
    """Open a Word file; ``InputError`` where it is damaged or holds no Word document.

    ``whole`` keeps comments and processing instructions of the XML, for a file that is written back.
    """
    package = open_package(data, name)
    main = package.main_part or USUAL_PART
    root = package.xml(main, whole=whole)
    if KIND[root.tag] != "document" or child(root, "body") is None:
        raise package.damaged(f"its part {main} is no Word document")
    return WordFile(package, main, root, package.relationships(main))


def read_word(file: WordFile, name: str, tell: Callable[[], None] | None = None) -> Reading:
    """Read a Word file's body and notes. ``tell`` is called after each paragraph and table of the body."""
    styles = Styles(file.part("styles"))
    rendered = next(file.body.iter(*BREAKS), None) is not None
    course = Course(name, styles, Numbering(file.part("numbering"), styles), rendered)
    items = story(course, file.body, tell)
    told = rendered or (course.breaks > 0 and course.breaks + 1 == _pages(file.package))
    layout = Layout(name, told, running_text(items, styles.standard.look.size))
    layout.add(items)
    notes = _notes(file, course)
    layout.add_notes(notes)
    return Reading([*items, *(item for _, note in notes for item in note)], course, layout)


def _notes(file: WordFile, course: Course) -> list[tuple[str, list[Item]]]:
    """Footnotes, then endnotes, in the order of their marks, each with its number."""
    found: list[tuple[str, list[Item]]] = []
    for kind in ("footnote", "endnote"):
        wanted = list(dict.fromkeys(id_ for each, id_ in course.notes if each == kind))
        part = file.part(f"{kind}s") if wanted else None
        rows = {} if part is None else {value(row, "id"): row for row in part if KIND[row.tag] == kind}
        notes = [rows[id_] for id_ in wanted if id_ in rows]
        found += [(str(number), story(course, row)) for number, row in enumerate(notes, 1)]
    return found


def _pages(package: Package) -> int | None:
    """How many pages the program that wrote the file counted."""
    part = next((row.target for row in package.relationships() if row.kind == "extended-properties"), "")
    if part not in package:
        return None
    rows = (row.text or "" for row in package.xml(part) if local_name(row) == "Pages")
    return next((int(text) for text in rows if text.isascii() and text.isdigit() and len(text) < 7), None)
