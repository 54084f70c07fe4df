"""What lies on the cells of an Excel sheet and is not read: charts, pictures, boxes of text, embedded files."""

from __future__ import annotations

from collections.abc import Iterable

from trigpoint.documents.markup import tidy
from trigpoint.documents.readers.package import Package, Relationship
from trigpoint.documents.readers.workbook.sheet_builder import SheetBuilder
from trigpoint.documents.readers.workbook.sheet_hidden import shortened
from trigpoint.documents.readers.workbook.sheet_stream import elements
from trigpoint.plans.document import RemarkKind
from trigpoint.wording import listed

LYING_ON_TOP = {"chart": "charts", "chartEx": "charts", "image": "pictures", "diagramData": "diagrams"}
EMBEDDED = frozenset(("oleObject", "package"))
MOST_BOXES = 1_000


def remark_on_drawings(package: Package, relationships: Iterable[Relationship], builder: SheetBuilder) -> None:
    """One remark for a sheet on whatever lies on it; words in boxes and shapes are its ``words``."""
    rows = list(relationships)
    found = {"embedded files" for row in rows if row.kind in EMBEDDED}
    boxes: list[str] = []
    for row in rows:
        if row.kind == "drawing" and row.target in package:
            found.update(
                LYING_ON_TOP[one.kind] for one in package.relationships(row.target) if one.kind in LYING_ON_TOP
            )
            boxes.extend(_boxes(package, row.target))
    if boxes:
        found.add("boxes of text")
    if found:
        text = f"On this sheet lie {listed(sorted(found))}, which are not read"
        builder.remark(RemarkKind.UNREAD, text, words=shortened(" · ".join(boxes)))


def _boxes(package: Package, part: str) -> list[str]:
    """The words of each shape of a drawing part."""
    boxes: list[str] = []
    for shape in elements(package, part, ("txBody",)):
        words = tidy(" ".join(text.text or "" for text in shape.iter("{*}t")))
        if words and len(boxes) < MOST_BOXES:
            boxes.append(words)
    return boxes
