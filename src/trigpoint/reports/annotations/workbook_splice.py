"""An Excel worksheet as bytes: where its drawing of notes is named, or may be, and how wide and high its cells are.

A sheet may be large; it is changed by putting one short element into its bytes, and nothing else of it moves.
"""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

AFTER = frozenset(
    ("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
     "AlternateContent")
)  # fmt: skip
"""What may stand behind the drawing of notes in a worksheet (ECMA-376 part 1, 18.3.1.99)."""
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
COLUMN_PIXELS, ROW_PIXELS = 64, 20
"""Of a column and a row that nobody has sized."""
DIGIT_PIXELS, COLUMN_PADDING = 7, 5
PIXELS_A_POINT = 4 / 3
LAST_COLUMN = 16_384


@dataclass(frozen=True, slots=True)
class Worksheet:
    """The bytes of a worksheet and what its notes need to know of them.

    ``main`` is the namespace of the file's variant of the format, the usual or the strict one. ``drawing`` is the id
    of the relationship to the drawing of notes, "" where there is none; ``widths`` and ``heights`` are pixels by
    column and row, from 1, of those that somebody has sized; ``column_pixels`` and ``row_pixels`` are those of all
    others. ``merged`` are the merged ranges as written.
    """

    data: bytes
    main: str
    drawing: str = ""
    prefix: str = ""
    place: int = 0
    widths: Mapping[int, int] = field(default_factory=dict)
    heights: Mapping[int, int] = field(default_factory=dict)
    column_pixels: int = COLUMN_PIXELS
    row_pixels: int = ROW_PIXELS
    merged: tuple[str, ...] = ()

    @property
    def office(self) -> str:
        """The namespace of relationships in the file's variant of the format."""
        return STRICT_OFFICE if self.main == STRICT_MAIN else OFFICE

    def with_drawing(self, relationship: str) -> bytes:
        """The bytes with the drawing of notes named in its place."""
        prefix = f"{self.prefix}:" if self.prefix else ""
        text = f'<{prefix}legacyDrawing xmlns:r="{self.office}" r:id="{relationship}"/>'
        wide = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
        encoded = text.encode(wide.get(self.data[:2], "ascii"))
        return b"".join((self.data[: self.place], encoded, self.data[self.place :]))


class _Reading:
    """Takes the events of the parser. Only what stands straight in the sheet, its columns and its rows matter."""

    def __init__(self, parser: expat.XMLParserType) -> None:
        self.parser = parser
        self.depth = 0
        self.main = self.prefix = self.drawing = ""
        self.place = 0
        self.widths: dict[int, int] = {}
        self.heights: dict[int, int] = {}
        self.column_pixels, self.row_pixels = COLUMN_PIXELS, ROW_PIXELS
        self.merged: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > 3:
            return
        if self.depth == 1:
            parts = name.split(" ")
            self.main, self.prefix = parts[0], parts[2] if len(parts) > 2 else ""
            return
        local = name.split(" ")[1] if " " in name else name
        if self.depth == 2 and local in AFTER:
            self.place = self.place or self.parser.CurrentByteIndex
        elif self.depth == 2 and local == "legacyDrawing":
            self.drawing = next((value for key, value in attributes.items() if key.split(" ")[1:2] == ["id"]), "")
        elif local == "sheetFormatPr":
            self.column_pixels = _column_pixels(attributes.get("defaultColWidth", "")) or self.column_pixels
            self.row_pixels = _row_pixels(attributes.get("defaultRowHeight", "")) or self.row_pixels
        elif local == "mergeCell":
            self.merged.append(attributes.get("ref", ""))
        elif local == "col":
            self._size_columns(attributes)
        elif local == "row" and (height := _row_pixels(attributes.get("ht", ""))):
            self.heights[_whole(attributes.get("r", ""))] = height

    def end(self, name: str) -> None:
        if self.depth == 1:
            self.place = self.place or self.parser.CurrentByteIndex
        self.depth -= 1

    def _size_columns(self, attributes: dict[str, str]) -> None:
        width = _column_pixels(attributes.get("width", ""))
        first, last = _whole(attributes.get("min", "")), _whole(attributes.get("max", ""))
        if width is not None and first:
            for column in range(first, min(last, LAST_COLUMN) + 1):
                self.widths[column] = width


def worksheet_of(data: bytes) -> Worksheet:
    """What the notes of a worksheet need to know of it.

    >>> sheet = worksheet_of(b'<worksheet xmlns="urn:x"><sheetData/><tableParts/></worksheet>')
    >>> sheet.data[sheet.place :]
    b'<tableParts/></worksheet>'
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.namespace_prefixes = True
    reading = _Reading(parser)
    parser.StartElementHandler, parser.EndElementHandler = reading.start, reading.end
    parser.Parse(data, True)
    return Worksheet(
        data,
        STRICT_MAIN if reading.main == STRICT_MAIN else MAIN,
        reading.drawing,
        reading.prefix,
        reading.place,
        reading.widths,
        reading.heights,
        reading.column_pixels,
        reading.row_pixels,
        tuple(reading.merged),
    )


def _whole(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) <= 7 else 0


def _size(written: str) -> float | None:
    try:
        size = float(written)
    except ValueError:
        return None
    return size if 0 <= size <= 1_000 else None


def _column_pixels(written: str) -> int | None:
    """The width of a column that is given in digits of the standard font."""
    size = _size(written)
    return None if size is None else round(size * DIGIT_PIXELS + COLUMN_PADDING) if size else 0


def _row_pixels(written: str) -> int | None:
    """The height of a row that is given in points."""
    size = _size(written)
    return None if size is None else round(size * PIXELS_A_POINT)
