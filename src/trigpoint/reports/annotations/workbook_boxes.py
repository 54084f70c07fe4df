"""The boxes of a sheet's notes, in the drawing language that Excel keeps for them alone.

Such parts are not always well-formed XML, so they are changed as text: a box is put in, taken out or made higher, and
everything else stays.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from math import ceil

from trigpoint.documents.readers.limits import MEGABYTE
from trigpoint.documents.readers.package import Package
from trigpoint.plans.document import column_letters
from trigpoint.reports.annotations.workbook_splice import LAST_COLUMN, Worksheet

EMPTY = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
)
SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
KIND = (
    f'<v:shapetype {SPACES} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
BOX = (
    f'<v:shape {SPACES} id="_x0000_s{{id}}" type="#_x0000_t202" style="position:absolute;margin-left:59.25pt;'
    'margin-top:1.5pt;width:{width}pt;height:{height}pt;z-index:1;visibility:hidden" fillcolor="#ffffe1"'
    ' o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div>'
    '</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
SHAPE = re.compile(r"<(/?)(?:[\w.-]+:)?shape(?=[\s/>])[^<>]*>")
ROW, COLUMN = (re.compile(rf"<(?:[\w.-]+:)?{name}>\s*(\d{{1,7}})\s*<") for name in ("Row", "Column"))
ANCHOR = re.compile(r"(<(?:[\w.-]+:)?Anchor>\s*)((?:\d{1,7},\s*){7}\d{1,7})")
SHAPE_ID = re.compile(r"_x0000_s(\d{1,9})")
FIRST_ID = 1025
LARGEST = 16 * MEGABYTE
END = re.compile(r"</(?:[\w.-]+:)?xml\s*>\s*\Z")
BOX_PIXELS = 330
LETTERS_A_LINE, LINE_PIXELS, MOST_LINES = 46, 17, 40
LAST_ROW = 1_048_576
PIXELS_A_POINT = 4 / 3


class Boxes:
    """The drawing of one sheet's notes. ``data`` is the part as it stands, "" for a new one."""

    def __init__(self, package: Package, part: str, data: bytes, sheet: Worksheet) -> None:
        self.part, self.sheet = part, sheet
        if len(data) > LARGEST:
            raise package.damaged(f"its part {part} with the boxes of notes is far too large")
        self.text = data.decode("utf-8", "surrogateescape") if data else EMPTY
        if not END.search(self.text):
            raise package.damaged(f"its part {part} with the boxes of notes breaks off")

    def written(self) -> bytes:
        """The part's new bytes."""
        return self.text.encode("utf-8", "surrogateescape")

    def remove(self, cells: frozenset[str]) -> None:
        """Take away the boxes of these cells."""
        for cell, (start, end) in reversed(self._places().items()):
            if cell in cells:
                self.text = self.text[:start] + self.text[end:]

    def grow(self, words: Mapping[str, str]) -> None:
        """Make the boxes of these cells higher by what is added to their notes."""
        for cell, (start, end) in reversed(self._places().items()):
            if cell in words:
                box = ANCHOR.sub(partial(self._grown, words=words[cell]), self.text[start:end], count=1)
                self.text = self.text[:start] + box + self.text[end:]

    def complete(self, texts: Mapping[str, tuple[int, int, str]]) -> None:
        """Draw a box for each note that has none; ``texts`` gives row, column and words by cell."""
        drawn = self._places()
        missing = [place for cell, place in texts.items() if cell not in drawn]
        if not missing:
            return
        first = max([FIRST_ID - 1, *map(int, SHAPE_ID.findall(self.text))]) + 1
        boxes = [self._box(first + index, *place) for index, place in enumerate(missing)]
        kind = "" if "_x0000_t202" in self.text else KIND
        end = END.search(self.text)
        at = end.start() if end else len(self.text)
        self.text = "".join((self.text[:at], kind, *boxes, self.text[at:]))

    def _places(self) -> dict[str, tuple[int, int]]:
        """Where in the text the box of each cell stands, in order."""
        found: dict[str, tuple[int, int]] = {}
        start: int | None = None
        for tag in SHAPE.finditer(self.text):
            if not tag[1]:
                start = tag.start()
            elif start is not None:
                box = self.text[start : tag.end()]
                row, column = ROW.search(box), COLUMN.search(box)
                if row and column and "Note" in box:
                    found[f"{column_letters(int(column[1]) + 1)}{int(row[1]) + 1}"] = (start, tag.end())
                start = None
        return found

    def _box(self, number: int, row: int, column: int, words: str) -> str:
        height = box_height(words)
        left = column + 1 if column < LAST_COLUMN else column
        right = self._across(left, 15 + BOX_PIXELS)
        bottom = self._down(row, 4 + height)
        anchor = f"{left - 1}, 15, {row - 1}, 4, {right[0] - 1}, {right[1]}, {bottom[0] - 1}, {bottom[1]}"
        points = round(BOX_PIXELS / PIXELS_A_POINT), round(height / PIXELS_A_POINT)
        return BOX.format(id=number, width=points[0], height=points[1], anchor=anchor, row=row - 1, column=column - 1)

    def _across(self, column: int, pixels: int) -> tuple[int, int]:
        """The column that many pixels right of the left edge of a column, and how far into it."""
        while column < LAST_COLUMN and pixels > (width := self.sheet.widths.get(column, self.sheet.column_pixels)):
            column, pixels = column + 1, pixels - width
        return column, pixels

    def _down(self, row: int, pixels: int) -> tuple[int, int]:
        while row < LAST_ROW and pixels > (height := self.sheet.heights.get(row, self.sheet.row_pixels)):
            row, pixels = row + 1, pixels - height
        return row, pixels

    def _grown(self, found: re.Match[str], words: str) -> str:
        numbers = [int(number) for number in found[2].split(",")]
        row, pixels = self._down(numbers[6] + 1, numbers[7] + box_height(words))
        numbers[6:] = [row - 1, pixels]
        return found[1] + ", ".join(map(str, numbers))


def box_height(words: str) -> int:
    """The pixels that a note's words need in a box of our width.

    >>> box_height("Trigpoint, 1 April 2026\\nERROR LATE: Too late.")
    51
    """
    lines = sum(max(ceil(len(line) / LETTERS_A_LINE), 1) for line in words.split("\n"))
    return (min(lines, MOST_LINES) + 1) * LINE_PIXELS
