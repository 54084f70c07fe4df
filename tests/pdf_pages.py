"""A small writer of PDF files for the tests: words, lines, boxes, tags, notes, and what makes a file worth refusing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

Tag: TypeAlias = "tuple[str, list[Tag | int]] | tuple[str, list[Tag | int], str]"
"""An element: its kind, what is inside (elements, or numbers of marked words), and more entries of its dictionary."""

IMAGE = b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
FONTS = {False: "Helvetica", True: "Helvetica-Bold"}


@dataclass
class Page:
    """One page; places are points from the left and from the top, as the reader gives them."""

    width: float = 595.0
    height: float = 842.0
    rotate: int = 0
    marks: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)

    def text(
        self, x: float, y: float, words: str, size: float = 10, *, bold: bool = False, turn: int = 0, mode: int = 0,
        grey: float = 0.0, mcid: int | None = None, artifact: bool = False,
    ) -> Page:  # fmt: skip
        """Words with their base line at ``y``; ``turn`` in degrees anticlockwise, ``mode`` 3 for no ink."""
        cos, sin = {0: (1, 0), 90: (0, 1), 270: (0, -1), 45: (0.7071, 0.7071)}[turn]
        said = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        begin = f"/P << /MCID {mcid} >> BDC " if mcid is not None else "/Artifact BMC " if artifact else ""
        end = " EMC" if begin else ""
        font = f"/F{int(bold)} {size} Tf {mode} Tr {grey} g"
        place = f"{cos} {sin} {-sin} {cos} {x} {self.height - y} Tm"
        self.marks.append(f"{begin}BT {font} {place} ({said}) Tj ET{end}")
        return self

    def lines(
        self, x: float, y: float, texts: Sequence[str], size: float = 10, step: float = 12, **more: object
    ) -> Page:
        """Several lines one below the other."""
        for number, words in enumerate(texts):
            self.text(x, y + number * step, words, size, **more)  # type: ignore[arg-type]
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> Page:
        """A line from one point to another."""
        self.marks.append(f"0.7 w 0 G {x0} {self.height - y0} m {x1} {self.height - y1} l S")
        return self

    def box(self, x0: float, top: float, x1: float, bottom: float, grey: float) -> Page:
        """A filled box."""
        self.marks.append(f"{grey} g {x0} {self.height - bottom} {x1 - x0} {bottom - top} re f")
        return self

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> Page:
        """All lines of a table."""
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        return self

    def picture(self) -> Page:
        """A picture over the whole page."""
        self.marks.append(f"q {self.width} 0 0 {self.height} 0 0 cm /I Do Q")
        return self


def pdf(*pages: Page, trailer: str = "", catalog: str = "", more: Sequence[bytes] = ()) -> bytes:
    """A whole file. ``more`` are objects that the catalogue or the trailer may refer to, from number 5."""
    file = _File()
    file.objects = [b"", b"", b"", IMAGE + b"\nstream\n\x80\nendstream", *more]
    kids = [file.add_page(page, index) for index, page in enumerate(pages)]
    fonts = " ".join(f"/F{int(bold)} << {_font(name)} >>" for bold, name in FONTS.items())
    file.objects[2] = f"<< /Font << {fonts} >> /XObject << /I 4 0 R >> >>".encode()
    file.objects[1] = f"<< /Type /Pages /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] /Count {len(kids)} >>".encode()
    tagged = f"/MarkInfo << /Marked true >> /StructTreeRoot {file.tree(pages, kids)} 0 R" if _is_tagged(pages) else ""
    file.objects[0] = f"<< /Type /Catalog /Pages 2 0 R {tagged} {catalog} >>".encode()
    return file.written(trailer)


def _font(name: str) -> str:
    return f"/Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding"


def _is_tagged(pages: Sequence[Page]) -> bool:
    return any(page.tags for page in pages)


@dataclass
class _File:
    objects: list[bytes] = field(default_factory=list)

    def add(self, content: bytes) -> int:
        self.objects.append(content)
        return len(self.objects)

    def add_page(self, page: Page, index: int) -> int:
        drawn = "\n".join(page.marks).encode("cp1252")
        stream = self.add(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
        notes = " ".join(
            f"<< /Type /Annot /Subtype /Text /Rect [10 10 20 20] /T ({author}) /Contents ({words}) >>"
            for author, words in page.notes
        )
        box = f"/MediaBox [0 0 {page.width} {page.height}] /Rotate {page.rotate}"
        parts = f"/Resources 3 0 R /Contents {stream} 0 R /StructParents {index} /Annots [{notes}]"
        return self.add(f"<< /Type /Page /Parent 2 0 R {box} {parts} >>".encode("cp1252"))

    def tree(self, pages: Sequence[Page], kids: Sequence[int]) -> int:
        """The tree of tags. Elements that pages have in the same place are one element over several pages."""
        root = self.add(b"")
        parents: dict[int, dict[int, int]] = {index: {} for index in range(len(pages))}
        tops = _together([page.tags for page in pages])
        numbers = [self._element(top, root, kids, parents) for top in tops]
        found = []
        for index, marked in parents.items():
            listed = " ".join(
                f"{marked[at]} 0 R" if at in marked else "null" for at in range(max(marked, default=-1) + 1)
            )
            found.append(f"{index} [{listed}]")
        inside = " ".join(f"{number} 0 R" for number in numbers)
        tree = f"<< /Type /StructTreeRoot /K [{inside}] /ParentTree << /Nums [{' '.join(found)}] >> >>"
        self.objects[root - 1] = tree.encode()
        return root

    def _element(self, top: _Element, parent: int, kids: Sequence[int], parents: dict[int, dict[int, int]]) -> int:
        number = self.add(b"")
        inside = []
        for one in top.inside:
            if isinstance(one, _Element):
                inside.append(f"{self._element(one, number, kids, parents)} 0 R")
            else:
                page, mcid = one
                parents[page][mcid] = number
                inside.append(f"<< /Type /MCR /Pg {kids[page]} 0 R /MCID {mcid} >>")
        said = f"<< /Type /StructElem /S /{top.kind} /P {parent} 0 R /K [{' '.join(inside)}] {top.more} >>"
        self.objects[number - 1] = said.encode()
        return number

    def written(self, trailer: str) -> bytes:
        out = b"%PDF-1.7\n"
        places = []
        for number, content in enumerate(self.objects, 1):
            places.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
        start = len(out)
        entries = b"".join(b"%010d 00000 n \n" % place for place in places)
        size = len(places) + 1
        out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, entries)
        out += f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode("latin-1")
        return out


@dataclass
class _Element:
    kind: str
    more: str = ""
    inside: list[_Element | tuple[int, int]] = field(default_factory=list)


def _together(pages: Sequence[Sequence[Tag | int]]) -> list[_Element]:
    """The elements of all pages by their places, as one tree."""
    top = _Element("Root")
    for page, tags in enumerate(pages):
        _merge(top, tags, page)
    return [one for one in top.inside if isinstance(one, _Element)]


def _merge(into: _Element, tags: Sequence[Tag | int], page: int) -> None:
    elements = [one for one in into.inside if isinstance(one, _Element)]
    at = 0
    for tag in tags:
        if isinstance(tag, int):
            into.inside.append((page, tag))
            continue
        if at == len(elements):
            elements.append(_Element(tag[0], tag[2] if len(tag) > 2 else ""))
            into.inside.append(elements[at])
        _merge(elements[at], tag[1], page)
        at += 1
