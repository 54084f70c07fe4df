"""The tags of a PDF page, as Word writes them: which words are which paragraph, list item, row and cell."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped,unused-ignore]

from trigpoint.documents.readers.limits import MAXIMUM_TAGS
from trigpoint.documents.readers.pdf.file import OpenPage, text_of

DEEPEST = 60
LONGEST_TYPE = 64
LARGEST_SPAN = 500


@dataclass(slots=True)
class Tag:
    """An element of the document with what it holds on one page, in order: other elements, or numbers of marked words.

    ``path`` are the places of the element and of those around it in the whole document, so that its parts on two
    pages are known as one.
    """

    kind: str
    path: tuple[int, ...]
    inside: list[Tag | int] = field(default_factory=list)
    row_span: int = 1
    column_span: int = 1

    def marked(self) -> Iterator[int]:
        """The numbers of all marked words inside, in order."""
        stack: list[Tag | int] = [self]
        while stack:
            one = stack.pop()
            if isinstance(one, int):
                yield one
            else:
                stack.extend(reversed(one.inside))


def page_tags(page: OpenPage) -> Tag | None:
    """The elements that hold something on the page, under one root; ``None`` where the page has no tags."""
    tree = pdfium.FPDF_StructTree_GetForPage(page.handle)
    if not tree:
        return None
    try:
        root = Tag("", ())
        left = MAXIMUM_TAGS
        stack: list[tuple[Any, Tag]] = []
        for index in range(min(pdfium.FPDF_StructTree_CountChildren(tree), MAXIMUM_TAGS)):
            element = pdfium.FPDF_StructTree_GetChildAtIndex(tree, index)
            if element:
                stack.append((element, _tag(element, (index,))))
                root.inside.append(stack[-1][1])
        while stack and left > 0:
            element, tag = stack.pop()
            left -= 1
            stack.extend(_children(element, tag))
        return root if root.inside else None
    finally:
        pdfium.FPDF_StructTree_Close(tree)


@dataclass(slots=True)
class PageTag:
    """An element of the whole document: what pages hold of it, in order. ``marked`` are page and number."""

    kind: str
    row_span: int = 1
    column_span: int = 1
    inside: dict[int, PageTag] = field(default_factory=dict)
    marked: list[tuple[int, int]] = field(default_factory=list)
    order: list[PageTag | tuple[int, int]] = field(default_factory=list)


def merged(pages: Iterable[tuple[int, Tag]]) -> PageTag:
    """The elements of all pages as one tree: what two pages hold of one element stands together."""
    root = PageTag("")
    for page, tag in pages:
        stack = [(tag, root)]
        while stack:
            one, into = stack.pop()
            for child in one.inside:
                if isinstance(child, int):
                    into.order.append((page, child))
                    continue
                inner = into.inside.get(child.path[-1])
                if inner is None:
                    inner = PageTag(child.kind, child.row_span, child.column_span)
                    into.inside[child.path[-1]] = inner
                    into.order.append(inner)
                stack.append((child, inner))
    return root


def _children(element: Any, tag: Tag) -> list[tuple[Any, Tag]]:
    """What an element holds, added to its tag; the elements among it."""
    found = []
    for index in range(min(pdfium.FPDF_StructElement_CountChildren(element), MAXIMUM_TAGS)):
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, index)
        if child and len(tag.path) < DEEPEST:
            inner = _tag(child, (*tag.path, index))
            tag.inside.append(inner)
            found.append((child, inner))
        elif not child:
            marked = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index)
            if marked >= 0:
                tag.inside.append(int(marked))
    return found


def _tag(element: Any, path: tuple[int, ...]) -> Tag:
    kind = _text(pdfium.FPDF_StructElement_GetType, element)
    tag = Tag(kind, path)
    if kind in ("TD", "TH"):
        tag.row_span = _span(element, b"RowSpan")
        tag.column_span = _span(element, b"ColSpan")
    return tag


def _text(ask: Any, element: Any) -> str:
    size = min(ask(element, None, 0), LONGEST_TYPE)
    return text_of(lambda room, length: ask(element, room, length), size)


def _span(element: Any, name: bytes) -> int:
    """A whole number among the attributes of an element, 1 where it is not there."""
    for index in range(min(pdfium.FPDF_StructElement_GetAttributeCount(element), 8)):
        attributes = pdfium.FPDF_StructElement_GetAttributeAtIndex(element, index)
        value = pdfium.FPDF_StructElement_Attr_GetValue(attributes, name)
        number = ctypes.c_float()
        if value and pdfium.FPDF_StructElement_Attr_GetNumberValue(value, ctypes.byref(number)):
            return min(max(int(number.value), 1), LARGEST_SPAN)
    return 1
