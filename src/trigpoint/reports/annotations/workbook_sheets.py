"""The notes of one sheet: its part with their words, the drawing with their boxes, and the sheet's link to both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import TypeAlias
from xml.parsers.expat import ExpatError

from trigpoint.documents.readers.package import Element
from trigpoint.documents.readers.workbook.sheet_xml import area
from trigpoint.plans.document import column_letters
from trigpoint.reports.annotations.workbook_boxes import Boxes
from trigpoint.reports.annotations.workbook_comments import Comments
from trigpoint.reports.annotations.workbook_package import Edition
from trigpoint.reports.annotations.workbook_splice import Worksheet, worksheet_of
from trigpoint.reports.annotations.workbook_threads import Threads

COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"

TALLEST = 1_000
"""Rows of a merged range that are looked through for a note."""

Place: TypeAlias = tuple[int, int]
"""Row and column, from 1."""


def annotate_sheet(edition: Edition, part: str, notes: Mapping[Place, str], on: date) -> None:
    """Write these notes, by row and column, on a sheet, in place of those that Trigpoint wrote before."""
    links = {row.kind: row.target for row in edition.package.relationships(part) if row.target in edition}
    written = links.get("comments", "")
    if not notes and not (written and Comments(edition.look(written)).ours):
        return
    sheet = _worksheet(edition, part)
    comments = Comments(edition.root(written) if written else _new_comments(edition, part, sheet))
    threads = Threads(edition, links.get("threadedComment", ""), on)
    threads.without_ours()
    gone = comments.without_ours()
    grown = {}
    for cell, words in _anchored(notes, sheet).items():
        answered = threads.answer(cell, words)
        if comments.write(cell, words, answer=answered) and not answered:
            grown[cell] = words
    boxes = _boxes(edition, part, sheet)
    texts = comments.texts
    boxes.remove(gone - texts.keys())
    boxes.grow(grown)
    places = ((cell, area(cell), words) for cell, words in texts.items())
    boxes.complete({cell: (place.top, place.left, words) for cell, place, words in places if place})
    edition.write(boxes.part, boxes.written())


def _worksheet(edition: Edition, part: str) -> Worksheet:
    try:
        return worksheet_of(edition.read(part))
    except ExpatError:
        raise edition.package.damaged(f"its part {part} is no XML that can be read") from None


def _anchored(notes: Mapping[Place, str], sheet: Worksheet) -> dict[str, str]:
    """The notes by cell: one within a merged range belongs to its first cell, though that may be hidden."""
    rows: dict[int, list[int]] = defaultdict(list)
    for row, column in notes:
        rows[row].append(column)
    first: dict[Place, Place] = {}
    for merge in filter(None, map(area, sheet.merged)):
        for row in range(merge.top, min(merge.bottom, merge.top + TALLEST) + 1):
            first.update(
                ((row, column), (merge.top, merge.left))
                for column in rows.get(row, ())
                if merge.left <= column <= merge.right
            )
    found: dict[str, str] = {}
    for place, words in sorted(notes.items()):
        row, column = first.get(place, place)
        cell = f"{column_letters(column)}{row}"
        _, _, lines = words.partition("\n")
        found[cell] = f"{found[cell]}\n{lines}" if cell in found else words
    return found


def _new_comments(edition: Edition, part: str, sheet: Worksheet) -> Element:
    name = edition.fresh("xl/comments{}.xml")
    edition.link(part, f"{sheet.office}/comments", name)
    edition.declare(name, COMMENTS_TYPE)
    return edition.root(name, f'<comments xmlns="{sheet.main}"/>')


def _boxes(edition: Edition, part: str, sheet: Worksheet) -> Boxes:
    """The drawing of the sheet's notes; made and named in the sheet where it has none."""
    links = {row.id: row.target for row in edition.package.relationships(part)}
    target = links.get(sheet.drawing, "")
    if target in edition:
        return Boxes(edition.package, target, edition.read(target), sheet)
    if sheet.drawing:
        raise edition.package.damaged("the boxes of its notes are missing")
    name = edition.fresh("xl/drawings/vmlDrawing{}.vml")
    link = edition.link(part, f"{sheet.office}/vmlDrawing", name)
    edition.declare("vml", VML_TYPE)
    edition.write(part, sheet.with_drawing(link))
    return Boxes(edition.package, name, b"", sheet)
