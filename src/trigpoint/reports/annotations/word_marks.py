"""Comment marks around words of a Word file: runs are split so that exactly those words stand between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from trigpoint.documents.readers.package import Element
from trigpoint.documents.readers.word.names import KIND, value
from trigpoint.reports.annotations.word_passages import Passage, Point

SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Mark:
    """A comment's number and the words it hangs on."""

    id: int
    passage: Passage


def mark(root: Element, marks: Iterable[Mark]) -> None:
    """Put the marks of comments into a document. ``root`` is its main part, which is changed."""
    space = root.tag.rpartition("}")[0][1:]
    references = _note_references(root)
    placed = [Mark(each.id, _in_the_body(each.passage, root, references)) for each in marks]
    starts, ends = _split([each.passage for each in placed])
    tails: dict[Element, Element] = {}
    for each in placed:
        number = {f"{{{space}}}id": str(each.id)}
        first = starts.get(each.passage.start, _holder(each.passage.start.element))
        last = ends.get(each.passage.end, _holder(each.passage.end.element))
        first.addprevious(etree.Element(f"{{{space}}}commentRangeStart", number))
        _after(last, etree.Element(f"{{{space}}}commentRangeEnd", number), tails)
        run = etree.Element(f"{{{space}}}r")
        etree.SubElement(run, f"{{{space}}}commentReference", number)
        _after(_in_paragraph(last), run, tails)


def _after(node: Element, new: Element, tails: dict[Element, Element]) -> None:
    """Put an element behind another, and behind what was put there before."""
    tails.get(node, node).addnext(new)
    tails[node] = new


def _in_paragraph(node: Element) -> Element:
    """The child of a paragraph that an element is or stands in: a mark in an insertion would be part of it."""
    while (parent := node.getparent()) is not None and KIND[parent.tag] != "p":
        node = parent
    return node


def _holder(element: Element) -> Element:
    """The run that holds an element; the element itself where it is no part of a run (a formula)."""
    parent = element.getparent()
    return parent if parent is not None and KIND[parent.tag] == "r" else element


def _in_the_body(passage: Passage, root: Element, references: Mapping[tuple[str, str], Element]) -> Passage:
    """A passage where Word lets comments be: not in a note or text box, but at what refers to it."""
    start, end = (_outside(point, root, references) for point in (passage.start, passage.end))
    return passage if (start, end) == (passage.start, passage.end) else Passage(start, Point(end.element, 1))


def _outside(point: Point, root: Element, references: Mapping[tuple[str, str], Element]) -> Point:
    above = list(point.element.iterancestors())
    box = next((at for at in reversed(range(len(above))) if KIND[above[at].tag] == "txbxContent"), None)
    if box is not None:
        run = next(at for at in range(box, len(above)) if KIND[above[at].tag] in ("r", "p"))
        return _outside(Point(above[run - 1], 0), root, references)
    if above[-1] is root:
        return point
    note = next((each for each in above if KIND[each.tag] in ("footnote", "endnote")), None)
    reference = None if note is None else references.get((KIND[note.tag], value(note, "id")))
    return point if reference is None else Point(reference, 0)


def _note_references(root: Element) -> dict[tuple[str, str], Element]:
    found: dict[tuple[str, str], Element] = {}
    for each in root.iter():
        kind = KIND[each.tag]
        if kind in ("footnoteReference", "endnoteReference"):
            found.setdefault((kind.removesuffix("Reference"), value(each, "id")), each)
    return found


def _split(passages: list[Passage]) -> tuple[dict[Point, Element], dict[Point, Element]]:
    """Split runs wherever a passage begins or ends; the runs that begin and that end at these places."""
    cuts: dict[Element, dict[Element, set[int]]] = defaultdict(lambda: defaultdict(set))
    for passage in passages:
        for point in (passage.start, passage.end):
            run = _holder(point.element)
            if run is not point.element:
                cuts[run][point.element].add(point.offset)
    starts: dict[Point, Element] = {}
    ends: dict[Point, Element] = {}
    for run, points in cuts.items():
        _split_run(run, points, starts, ends)
    return starts, ends


def _split_run(
    run: Element, points: Mapping[Element, set[int]], starts: dict[Point, Element], ends: dict[Point, Element]
) -> None:
    """Move what stands behind each cut into a run of its own with the same look."""
    properties = next((each for each in run if KIND[each.tag] == "rPr"), None)
    current = run
    cut = False
    for node in [each for each in run if each is not properties]:
        offsets: Set[int] = points.get(node, frozenset())
        for start, piece, end in _pieces(node, offsets):
            if (cut or start in offsets) and (current is not run or piece is not _first(run, properties)):
                made = etree.Element(run.tag, dict(run.attrib))
                if properties is not None:
                    made.append(deepcopy(properties))
                current.addnext(made)
                current = made
            if current is not run:
                current.append(piece)
            starts.setdefault(Point(node, start), current)
            ends[Point(node, end)] = current
            cut = end in offsets


def _first(run: Element, properties: Element | None) -> Element | None:
    return next((each for each in run if each is not properties), None)


def _pieces(node: Element, offsets: Set[int]) -> list[tuple[int, Element, int]]:
    """A text element cut at some of its characters: where each piece begins, the piece, and where it ends."""
    if KIND[node.tag] != "t":
        return [(0, node, 1)]
    text = node.text or ""
    edges = [0, *sorted(offset for offset in offsets if 0 < offset < len(text)), len(text)]
    if len(edges) == 2:
        return [(0, node, len(text))]
    found = []
    for start, end in pairwise(edges):
        piece = node if start == 0 else etree.Element(node.tag)
        piece.text = text[start:end]
        piece.set(SPACE, "preserve")
        found.append((start, piece, end))
    return found
