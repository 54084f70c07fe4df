"""Threads of comments in newer Excel files: a cell with a thread cannot have a note, so a finding answers there."""

from __future__ import annotations

from datetime import date
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from trigpoint.documents.readers.package import Element, local_name
from trigpoint.reports.annotations.workbook_comments import AUTHOR
from trigpoint.reports.annotations.workbook_package import Edition

SPACE = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
PERSONS = "http://schemas.microsoft.com/office/2017/10/relationships/person"
PERSONS_TYPE = "application/vnd.ms-excel.person+xml"
PERSONS_PART = "xl/persons/person.xml"
PERSON = f"{{{uuid5(NAMESPACE_URL, AUTHOR.casefold())}}}".upper()
"""The id under which we comment, in every file the same."""


class Threads:
    """The threads of one sheet; ``part`` is "" where it has none."""

    def __init__(self, edition: Edition, part: str, on: date) -> None:
        self.edition, self.part, self.on = edition, part, on

    def without_ours(self) -> None:
        """Take away our earlier answers."""
        if self.part and any(row.get("personId") == PERSON for row in self.edition.look(self.part)):
            root = self.edition.root(self.part)
            for row in [row for row in root if row.get("personId") == PERSON]:
                root.remove(row)

    def answer(self, reference: str, words: str) -> bool:
        """Add an answer to the thread on a cell; whether there is one."""
        if not self.part:
            return False
        first = next((row for row in self.edition.look(self.part) if _opens(row, reference)), None)
        if first is None:
            return False
        root = self.edition.root(self.part)
        answer = etree.SubElement(root, f"{{{etree.QName(root).namespace}}}threadedComment", ref=reference)
        answer.set("dT", f"{self.on.isoformat()}T00:00:00.00")
        answer.set("personId", self._person())
        answer.set("id", f"{{{uuid5(NAMESPACE_URL, f'{self.part} {reference} {words}')}}}".upper())
        answer.set("parentId", first.get("id", ""))
        etree.SubElement(answer, f"{{{etree.QName(root).namespace}}}text").text = words
        return True

    def _person(self) -> str:
        """Our id, put among the persons of the workbook where it is not."""
        workbook = self.edition.package.main_part
        links = self.edition.package.relationships(workbook)
        part = next((row.target for row in links if row.kind == "person" and row.target in self.edition), "")
        part = part or PERSONS_PART
        if part not in self.edition:
            self.edition.link(workbook, PERSONS, part)
            self.edition.declare(part, PERSONS_TYPE)
            self.edition.root(part, f'<personList xmlns="{SPACE}"/>')
        if not any(row.get("id") == PERSON for row in self.edition.look(part)):
            root = self.edition.root(part)
            person = etree.SubElement(root, f"{{{etree.QName(root).namespace}}}person", displayName=AUTHOR, id=PERSON)
            person.set("userId", AUTHOR)
            person.set("providerId", "None")
        return PERSON


def _opens(row: Element, reference: str) -> bool:
    opens = local_name(row) == "threadedComment" and not row.get("parentId")
    return opens and row.get("ref") == reference
