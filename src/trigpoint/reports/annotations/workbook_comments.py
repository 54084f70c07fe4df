"""The words of a sheet's notes, in Excel's own part for them."""

from __future__ import annotations

import re

from lxml import etree

from trigpoint.documents.readers.package import Element, local_name
from trigpoint.documents.readers.workbook.sheet_strings import rich_text

AUTHOR = "Trigpoint"
OURS = re.compile(
    rf"(?:^|(?<=\n))(?:Reply:\n[ \t]*)?{AUTHOR}, \d{{1,2}} [A-Z][a-z]+ \d{{4}}"
    r"(?:\n(?:Error|Warning|Remark) [A-Z][A-Z0-9_]*: [^\n]*)*\n?"
)
"""What a note of ours says, alone or under the words of somebody else."""
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Comments:
    """The notes of one sheet; ``root`` is the part's root, and is changed."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.space = f"{{{etree.QName(root).namespace}}}"
        self._notes = {
            note.get("ref", ""): note
            for group in root
            if local_name(group) == "commentList"
            for note in group
            if local_name(note) == "comment"
        }

    @property
    def texts(self) -> dict[str, str]:
        """The words of each note by its cell."""
        return {cell: _words(note) for cell, note in self._notes.items()}

    @property
    def ours(self) -> bool:
        """Whether anything was written here before."""
        return any(OURS.search(text) for text in self.texts.values())

    def without_ours(self) -> frozenset[str]:
        """Take away what was written here before; the cells that have no note any more."""
        gone = set()
        for cell, note in self._notes.items():
            words = _words(note)
            for hit in reversed(list(OURS.finditer(words))):
                start = len(words[: hit.start()].rstrip("\n"))
                _cut(note, start, hit.end())
                if not _words(note).strip():
                    gone.add(cell)
        for cell in gone:
            note = self._notes.pop(cell)
            note.getparent().remove(note)
        return frozenset(gone)

    def write(self, reference: str, words: str, *, answer: bool = False) -> bool:
        """Put words into the note of a cell, under those that stand there; whether any did.

        ``answer`` writes them as Excel writes an answer for programs that know no threads.
        """
        note = self._notes.get(reference)
        if note is None:
            note = etree.SubElement(self._list(), f"{self.space}comment", ref=reference, authorId=self._author())
            note.set("shapeId", "0")
            self._notes[reference] = note
            text = etree.SubElement(note, f"{self.space}text")
            before = ""
        else:
            before = _words(note)
            text = self._as_runs(note)
        heading, _, lines = words.partition("\n")
        if answer:
            self._run(text, f"\nReply:\n    {words}")
        else:
            self._run(
                text, "\n" * max(2 - len(before) + len(before.rstrip("\n")), 0) * bool(before) + heading, bold=True
            )
            self._run(text, f"\n{lines}")
        return bool(before)

    def _list(self) -> Element:
        found = next((group for group in self.root if local_name(group) == "commentList"), None)
        return etree.SubElement(self.root, f"{self.space}commentList") if found is None else found

    def _author(self) -> str:
        """The number of our author."""
        authors = next((group for group in self.root if local_name(group) == "authors"), None)
        if authors is None:
            authors = etree.Element(f"{self.space}authors")
            self.root.insert(0, authors)
        names = [row.text or "" for row in authors]
        if AUTHOR not in names:
            etree.SubElement(authors, f"{self.space}author").text = AUTHOR
            names.append(AUTHOR)
        return str(names.index(AUTHOR))

    def _as_runs(self, note: Element) -> Element:
        """The text of a note, words that stand in it straight put into a run: beside runs they would not show."""
        text = next((part for part in note if local_name(part) == "text"), None)
        if text is None:
            return etree.SubElement(note, f"{self.space}text")
        for plain in [part for part in text if local_name(part) == "t"]:
            run = etree.Element(f"{self.space}r")
            text.replace(plain, run)
            run.append(plain)
        return text

    def _run(self, text: Element, words: str, *, bold: bool = False) -> None:
        run = etree.SubElement(text, f"{self.space}r")
        look = etree.SubElement(run, f"{self.space}rPr")
        if bold:
            etree.SubElement(look, f"{self.space}b")
        etree.SubElement(look, f"{self.space}sz", val="9")
        etree.SubElement(look, f"{self.space}color", indexed="81")
        etree.SubElement(look, f"{self.space}rFont", val="Tahoma")
        etree.SubElement(look, f"{self.space}family", val="2")
        piece = etree.SubElement(run, f"{self.space}t")
        piece.set(SPACE, "preserve")
        piece.text = words


def _words(note: Element) -> str:
    return "".join(rich_text(part) for part in note if local_name(part) == "text")


def _cut(note: Element, start: int, end: int) -> None:
    """Take the characters from start to end out of a note's runs; runs that are left empty go."""
    at = 0
    for text in (part for part in note if local_name(part) == "text"):
        for piece in [piece for piece in text.iter("{*}t") if local_name(piece.getparent()) != "rPh"]:
            words = piece.text or ""
            low, high = max(start - at, 0), min(end - at, len(words))
            if low < high:
                piece.text = words[:low] + words[high:]
                if not piece.text:
                    empty = piece.getparent() if local_name(piece.getparent()) == "r" else piece
                    empty.getparent().remove(empty)
            at += len(words)
