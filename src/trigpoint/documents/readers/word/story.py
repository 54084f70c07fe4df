"""The paragraphs and tables of a story (the body, a text box, a cell, a note) in reading order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from trigpoint.documents.readers.package import Element
from trigpoint.documents.readers.word.content import (
    Course,
    Event,
    Item,
    Paragraph,
    Table,
    TableCell,
    paragraphs_of,
    words_of,
)
from trigpoint.documents.readers.word.names import KIND, alternative, by_name, child, children, is_on, number, value
from trigpoint.documents.readers.word.runs import DELETED, HIDDEN, INSERTED, Words, words_within
from trigpoint.documents.readers.word.styles import BODY_LEVEL, list_of, outline_level, read_look
from trigpoint.plans.document import RemarkKind

HOLDERS = frozenset(("sdtContent", "customXml", "ins", "moveTo", "smartTag"))
ALT_CHUNK = "A document of another kind is embedded here and was not read"


def story(course: Course, nodes: Iterable[Element], tell: Callable[[], None] | None = None) -> list[Item]:
    """What stands in these elements. ``tell`` is called after each of them."""
    items: list[Item] = []
    open_words: Words | None = None
    for node in _unwrapped(nodes):
        kind = KIND[node.tag]
        if kind == "p":
            open_words = _paragraph(course, node, open_words, items)
        elif kind == "tbl":
            _close(open_words, items)
            open_words = None
            items.append(_table(course, node))
        elif kind == "del":
            course.waiting.append(_deleted(node, words_within(node)))
        elif kind in ("altChunk", "subDoc"):
            course.waiting.append(Event(RemarkKind.UNREAD, ALT_CHUNK))
        if tell is not None:
            tell()
    _close(open_words, items)
    return items


def _unwrapped(nodes: Iterable[Element]) -> Iterator[Element]:
    """The elements, those inside content controls and other wrappers in their place."""
    for node in nodes:
        kind = KIND[node.tag]
        if kind == "sdt":
            yield from _unwrapped(children(node, "sdtContent"))
        elif kind in HOLDERS:
            yield from _unwrapped(node)
        elif kind == "AlternateContent":
            yield from _unwrapped(alternative(node))
        else:
            yield node


def _paragraph(course: Course, node: Element, begun: Words | None, items: list[Item]) -> Words | None:
    """Read a paragraph; it stays open where its mark is deleted, for it then runs on into the next."""
    course.count_paragraph()
    properties = by_name(child(node, "pPr"))
    named = properties.get("pStyle")
    style = course.styles.standard if named is None else course.styles.style(value(named))
    words = begun or Words(course, Paragraph(node, style, page=course.breaks))
    words.paragraph.element, words.paragraph.style = node, style
    if "pageBreakBefore" in properties and is_on(properties["pageBreakBefore"]):
        course.page_break(rendered=False)
    words.read(node, style.look)
    words.paragraph.boxes.extend([story(course, box) for box in words.boxes])
    words.boxes.clear()
    if "sectPr" in properties:
        section = child(properties["sectPr"], "type")
        if section is None or value(section) != "continuous":
            course.page_break(rendered=False)
    mark = properties.get("rPr")
    drop_cap = "framePr" in properties and value(properties["framePr"], "dropCap") in ("drop", "margin")
    if drop_cap or child(mark, "del") is not None:
        return words
    _complete(words, properties, mark)
    items.append(words.paragraph)
    return None


def _complete(words: Words, properties: Mapping[str, Element], mark: Element | None) -> None:
    course, paragraph = words.course, words.paragraph
    words.finish()
    words.carry_on(RemarkKind.INSERTED if child(mark, "ins") is not None else None)
    level = outline_level(properties)
    paragraph.heading = paragraph.style.heading if level is None else None if level >= BODY_LEVEL else level + 1
    if paragraph.lines or not read_look(mark, paragraph.style.look, course.styles).hidden:
        paragraph.marker = course.numbering.marker(paragraph.style, *list_of(properties))


def _close(words: Words | None, items: list[Item]) -> None:
    """End a paragraph whose mark is deleted and that nothing follows."""
    if words is not None:
        words.finish()
        items.append(words.paragraph)


def _table(course: Course, node: Element) -> Table:
    grid = child(node, "tblGrid")
    table = Table(widths=[] if grid is None else [number(each, "w") or 0 for each in children(grid, "gridCol")])
    for row in _unwrapped(node):
        if KIND[row.tag] == "tr" and (cells := _row(course, row)):
            table.rows.append(cells)
    return table


def _row(course: Course, row: Element) -> list[TableCell]:
    """The cells of a row; none where the row is deleted or hidden, which is remarked on at the next paragraph."""
    properties = by_name(child(row, "trPr"))
    gone, hidden, new = properties.get("del"), properties.get("hidden"), properties.get("ins")
    if gone is not None:
        course.waiting.append(_deleted(gone, words_within(row)))
        return []
    if hidden is not None and is_on(hidden):
        course.waiting.append(Event(RemarkKind.HIDDEN, HIDDEN, [words_within(row)]))
        return []
    before = properties.get("gridBefore")
    at = 0 if before is None else max(number(before) or 0, 0)
    cells: list[TableCell] = []
    first_break = last_break = course.breaks
    for node in _unwrapped(row):
        if KIND[node.tag] != "tc":
            continue
        course.breaks = first_break  # the cells of a row stand side by side, and each may run over the same page end
        course.carried.clear()
        cell = _cell(course, node, at)
        last_break = max(last_break, course.breaks)
        at = cell.end
        if _joins(node) and cells:
            cells[-1].end = cell.end
        else:
            cells.append(cell)
    course.breaks = last_break
    page = max((cell.page for cell in cells), default=0)
    for cell in cells:
        cell.page = page
    if new is not None:
        _one_insertion(new, cells)
    return cells


def _cell(course: Course, node: Element, at: int) -> TableCell:
    properties = by_name(child(node, "tcPr"))
    span, merge, gone = properties.get("gridSpan"), properties.get("vMerge"), properties.get("cellDel")
    width = 1 if span is None else max(number(span) or 1, 1)
    page = course.breaks
    if gone is not None:
        course.waiting.append(_deleted(gone, words_within(node)))
        return TableCell(at, at + width, [], page)
    items = story(course, node)
    page = next((each.page for each in paragraphs_of(items) if each.lines), page)
    goes_on = merge is not None and value(merge) != "restart"
    return TableCell(at, at + width, items, page, merge is not None, goes_on)


def _joins(cell: Element) -> bool:
    """Whether an old-style merged cell belongs to the one on its left."""
    merge = child(child(cell, "tcPr"), "hMerge")
    return merge is not None and value(merge) != "restart"


def _deleted(mark: Element, words: str) -> Event:
    return Event(RemarkKind.DELETED, DELETED, [words], value(mark, "author"), value(mark, "date"))


def _one_insertion(mark: Element, cells: list[TableCell]) -> None:
    """An inserted row is one insertion, not one in each of its cells."""
    author = value(mark, "author")
    paragraphs = [each for cell in cells for each in paragraphs_of(cell.items)]
    for paragraph in paragraphs:
        kept = [each for each in paragraph.events if (each.kind, each.author) != (RemarkKind.INSERTED, author)]
        paragraph.events = kept
    words = [" ".join(words_of(line) for each in paragraphs for line in each.lines)]
    if paragraphs:
        paragraphs[0].events.append(Event(RemarkKind.INSERTED, INSERTED, words, author, value(mark, "date")))
