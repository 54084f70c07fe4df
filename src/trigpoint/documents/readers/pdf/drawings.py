"""What is drawn on a PDF page: straight lines, as tables are ruled with, shaded boxes, and pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped,unused-ignore]

from trigpoint.documents.readers.limits import MAXIMUM_DRAWN
from trigpoint.documents.readers.pdf.file import Frame, OpenPage

THIN = 3.0  # points: a filled box no wider is a line
SHORTEST = 2.0
LARGEST_DOT = 7.0
MOST_POINTS = 400  # of one path: more make a picture, not a table
DEEPEST = 6
WHITE = 250


@dataclass(frozen=True, slots=True)
class Box:
    """A box on paper, in points from the left and the top."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def area(self) -> float:
        return max(self.x1 - self.x0, 0.0) * max(self.bottom - self.top, 0.0)

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in the box."""
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


@dataclass(slots=True)
class Drawings:
    """Lines (as boxes with no height, or no width), shaded and white boxes, pictures, and dots as lists have them."""

    across: list[Box] = field(default_factory=list)
    down: list[Box] = field(default_factory=list)
    shaded: list[Box] = field(default_factory=list)
    white: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    dots: list[Box] = field(default_factory=list)


Matrix = tuple[float, float, float, float, float, float]
UNMOVED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def drawings(page: OpenPage) -> Drawings:
    """All lines, shaded boxes and pictures of a page, those inside its forms too."""
    found = Drawings()
    for piece, matrix in _pieces(page.handle):
        kind = pdfium.FPDFPageObj_GetType(piece)
        if kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
            found.pictures.append(_bounds(piece, matrix, page.frame))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            _read_path(piece, matrix, page.frame, found)
    return found


def _pieces(page: Any) -> Iterator[tuple[Any, Matrix]]:
    """The pieces of a page with where their form lies; those of a form after the form itself."""
    left = MAXIMUM_DRAWN
    stack: list[tuple[Any, Matrix, int]] = []
    for index in range(min(pdfium.FPDFPage_CountObjects(page), MAXIMUM_DRAWN)):
        stack.append((pdfium.FPDFPage_GetObject(page, index), UNMOVED, 0))
        while stack and left > 0:
            piece, matrix, depth = stack.pop()
            left -= 1
            if not piece:
                continue
            yield piece, matrix
            if pdfium.FPDFPageObj_GetType(piece) == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
                moved = _times(_matrix(piece), matrix)
                for inner in range(min(pdfium.FPDFFormObj_CountObjects(piece), left)):
                    stack.append((pdfium.FPDFFormObj_GetObject(piece, inner), moved, depth + 1))


def _read_path(piece: Any, matrix: Matrix, frame: Frame, into: Drawings) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(piece, ctypes.byref(fill), ctypes.byref(stroke))
    points = pdfium.FPDFPath_CountSegments(piece)
    if not (fill.value or stroke.value) or not 1 < points <= MOST_POINTS:
        return
    colour = _colour(piece, pdfium.FPDFPageObj_GetFillColor) if fill.value else None
    for shape in _shapes(piece, points, _times(_matrix(piece), matrix), frame):
        if fill.value and colour is not None:
            _read_filled(shape, colour, into)
        if stroke.value:
            for (ax, ay), (bx, by) in pairwise(shape):
                _read_line(Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)), into)


def _read_filled(shape: list[tuple[float, float]], colour: int, into: Drawings) -> None:
    """A filled shape: a line where it is thin, else a shaded or white box where its sides are straight."""
    xs, ys = [x for x, _ in shape], [y for _, y in shape]
    box = Box(min(xs), min(ys), max(xs), max(ys))
    wide, high = box.x1 - box.x0, box.bottom - box.top
    if max(wide, high) <= LARGEST_DOT and min(wide, high) * 2 > max(wide, high):
        into.dots.append(box)
    elif min(wide, high) <= THIN:
        _read_line(box, into)
    elif len(shape) <= 6:
        (into.white if colour > WHITE else into.shaded).append(box)


def _read_line(box: Box, into: Drawings) -> None:
    """A thin box as the line in its middle; a slanted one is none."""
    wide, high = box.x1 - box.x0, box.bottom - box.top
    if high <= THIN and wide >= max(SHORTEST, high):
        y = (box.top + box.bottom) / 2
        into.across.append(Box(box.x0, y, box.x1, y))
    elif wide <= THIN and high >= SHORTEST:
        x = (box.x0 + box.x1) / 2
        into.down.append(Box(x, box.top, x, box.bottom))


def _shapes(piece: Any, points: int, matrix: Matrix, frame: Frame) -> Iterator[list[tuple[float, float]]]:
    """The closed or open shapes of a path as points on paper; curves count by their ends."""
    x, y = ctypes.c_float(), ctypes.c_float()
    shape: list[tuple[float, float]] = []
    for index in range(points):
        segment = pdfium.FPDFPath_GetPathSegment(piece, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(shape) > 1:
                yield shape
            shape = []
        shape.append(frame.on_paper(*_moved(matrix, x.value, y.value)))
        if pdfium.FPDFPathSegment_GetClose(segment) and len(shape) > 1:
            yield [*shape, shape[0]]
            shape = []
    if len(shape) > 1:
        yield shape


def _bounds(piece: Any, matrix: Matrix, frame: Frame) -> Box:
    sides = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(piece, *map(ctypes.byref, sides))
    left, bottom, right, top = (side.value for side in sides)
    (ax, ay), (bx, by) = _moved(matrix, left, bottom), _moved(matrix, right, top)
    return Box(*frame.box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)))


def _colour(piece: Any, ask: Any) -> int | None:
    """How light the darkest part of the colour is, 0 to 255; ``None`` where the fill cannot be seen."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not ask(piece, *map(ctypes.byref, parts)):
        return 0
    red, green, blue, alpha = (part.value for part in parts)
    return min(red, green, blue) if alpha else None


def _matrix(piece: Any) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(piece, ctypes.byref(found)):
        return UNMOVED
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(one: Matrix, two: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    p, q, r, s, t, u = two
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
