"""The comments of a Word file: the part that holds them, with those of others kept and new ones added."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from lxml import etree

from trigpoint.characters import on_one_line
from trigpoint.documents.markup import tidy
from trigpoint.documents.readers.package import Element, local_name
from trigpoint.documents.readers.word.file import WordFile
from trigpoint.documents.readers.word.names import KIND, STRICT, children, number, value
from trigpoint.documents.readers.word.remarks import (
    OWN_AUTHOR,
    answered_comments,
    paragraph_id,
    resolved_comments,
)

INITIALS = "TP"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
STRICT_RELATIONSHIP = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
TYPES_PART = "[Content_Types].xml"
TYPES_SPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONSHIPS_SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
LARGEST_NUMBER = 2**30
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
MARKS = ("comment", "commentRangeStart", "commentRangeEnd", "commentReference")


@dataclass(frozen=True, slots=True)
class Said:
    """One paragraph of a comment: what comes first in bold, and the rest."""

    lead: str
    text: str


def spoken(*paragraphs: Said) -> str:
    """The words of a comment as they are read back.

    >>> spoken(Said("Error DATE_ORDER: ", "It ends before it begins."))
    'Error DATE_ORDER: It ends before it begins.'
    """
    return tidy(" ".join(on_one_line(said.lead) + on_one_line(said.text) for said in paragraphs))


@dataclass(slots=True, eq=False)
class Comments:
    """The comments part of a file while it is changed."""

    file: WordFile
    on: date
    part: str = ""
    root: Element = field(init=False)
    changed: bool = False
    _space: str = field(init=False)
    _next: int = field(init=False)

    def __post_init__(self) -> None:
        self._space = self.file.root.tag.rpartition("}")[0][1:]
        existing = next(iter(self.file.targets("comments")), "")
        self.part = existing or self._free_name()
        if existing:
            self.root = self.file.package.xml(existing, whole=True)
        else:
            self.root = etree.Element(f"{{{self._space}}}comments", nsmap={"w": self._space})
        self._next = 1 + max(self._numbers(), default=-1)

    def without_ours(self) -> None:
        """Take away what was written the time before, but for what somebody answered or settled."""
        extended = self.file.part("commentsExtended")
        touched = answered_comments(extended) | resolved_comments(extended)
        gone = [
            comment
            for comment in children(self.root, "comment")
            if value(comment, "author") == OWN_AUTHOR and not any(paragraph_id(each) in touched for each in comment)
        ]
        ids = {value(comment, "id") for comment in gone}
        for comment in gone:
            self.root.remove(comment)
        marks = (each for each in self.file.root.iter() if KIND[each.tag] in MARKS and value(each, "id") in ids)
        for each in list(marks):
            parent = each.getparent()
            bare = KIND[each.tag] == "commentReference" and all(one is each or KIND[one.tag] == "rPr" for one in parent)
            (parent if bare else each).getparent().remove(parent if bare else each)
        self.changed = bool(gone)

    def add(self, paragraphs: Sequence[Said]) -> int:
        """Add a comment and give its number."""
        id_ = self._next
        self._next, self.changed = id_ + 1, True
        names = {"id": str(id_), "author": OWN_AUTHOR, "date": f"{self.on.isoformat()}T00:00:00Z", "initials": INITIALS}
        comment = etree.SubElement(
            self.root, f"{{{self._space}}}comment", {f"{{{self._space}}}{key}": value for key, value in names.items()}
        )
        for said in paragraphs:
            paragraph = etree.SubElement(comment, f"{{{self._space}}}p")
            self._run(paragraph, said.lead, bold=True)
            self._run(paragraph, said.text, bold=False)
        return id_

    def parts(self) -> dict[str, bytes]:
        """The parts that hold the comments and refer to them, as they are to be written."""
        written = {self.part: serialised(self.root)}
        if self.part not in self.file.package:
            written |= dict((self._content_types(), self._relationships()))
        return written

    def _run(self, paragraph: Element, text: str, *, bold: bool) -> None:
        if not text:
            return
        run = etree.SubElement(paragraph, f"{{{self._space}}}r")
        if bold:
            etree.SubElement(etree.SubElement(run, f"{{{self._space}}}rPr"), f"{{{self._space}}}b")
        words = etree.SubElement(run, f"{{{self._space}}}t", {SPACE: "preserve"})
        words.text = on_one_line(text)

    def _numbers(self) -> Iterable[int]:
        """The numbers that comments have, or that something refers to; the largest possible one is passed over."""
        for root in (self.root, self.file.root):
            for each in root.iter():
                if (
                    KIND[each.tag] in MARKS
                    and (found := number(each, "id")) is not None
                    and found < LARGEST_NUMBER // 2
                ):
                    yield found

    def _free_name(self) -> str:
        folder = posixpath.dirname(self.file.main)
        names = ["comments.xml", *(f"comments{at}.xml" for at in range(1, 1000))]
        return next(name for each in names if (name := posixpath.join(folder, each)) not in self.file.package)

    def _content_types(self) -> tuple[str, bytes]:
        root = self.file.package.xml(TYPES_PART, whole=True)
        name = {"PartName": f"/{self.part}", "ContentType": CONTENT_TYPE}
        etree.SubElement(root, f"{{{TYPES_SPACE}}}Override", name)
        return TYPES_PART, serialised(root)

    def _relationships(self) -> tuple[str, bytes]:
        folder, file = posixpath.split(self.file.main)
        part = posixpath.join(folder, "_rels", f"{file}.rels")
        if part in self.file.package:
            root = self.file.package.xml(part, whole=True)
        else:
            root = etree.Element(f"{{{RELATIONSHIPS_SPACE}}}Relationships", nsmap={None: RELATIONSHIPS_SPACE})
        taken = {row.get("Id") for row in root if local_name(row) == "Relationship"}
        free = next(id_ for at in range(len(taken) + 1) if (id_ := f"rIdTrigpoint{at}") not in taken)
        kind = STRICT_RELATIONSHIP if self._space == STRICT else RELATIONSHIP
        row = {"Id": free, "Type": kind, "Target": posixpath.relpath(self.part, folder or ".")}
        etree.SubElement(root, f"{{{RELATIONSHIPS_SPACE}}}Relationship", row)
        return part, serialised(root)


def serialised(root: Element) -> bytes:
    """A part as bytes."""
    data: bytes = etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
    return data
