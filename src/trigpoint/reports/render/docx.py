"""A paper as a Word document: real headings, captioned tables with repeated header rows, pictures with alt text.

Everything that a screen reader or the navigation pane needs is a property of the document, never only a look.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, time
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm

from trigpoint.charts.picture import DataTable
from trigpoint.periods.labels import long_date
from trigpoint.reports.blocks import Figure, Heading, Paper, Paragraph, Points, Table, Tone
from trigpoint.reports.render.picture import png, size_of_png
from trigpoint.reports.render.wordprocessing import (
    TABLE_TEXT_ID,
    add_field,
    describe_picture,
    describe_table,
    mark_rows,
    new_numbering,
    prepare,
    shade,
)
from trigpoint.wording import printable

_PAGE_CM = 17.0  # A4 less two margins of 2 cm
_TALLEST_CM = 15.0
_EPOCH = (1980, 1, 1, 0, 0, 0)
_FRONT_SHARES = (30, 70)
_LONGEST, _PADDING = 28, 3  # characters


def docx(paper: Paper) -> bytes:
    """The paper as the bytes of a .docx file, A4, in British English.

    The same paper gives the same bytes: the document's dates are the paper's, not the clock's.
    """
    writer = _Writer(paper)
    writer.write()
    return _with_fixed_times(writer.document)


def _with_fixed_times(document: Any) -> bytes:
    raw, steady = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as made, zipfile.ZipFile(steady, "w") as fixed:
        for name in made.namelist():
            fixed.writestr(zipfile.ZipInfo(name, _EPOCH), made.read(name), zipfile.ZIP_DEFLATED)
    return steady.getvalue()


def _width_cm(drawn: bytes) -> float:
    """The page's width, or less for a tall picture: one that fills a page pushes its caption onto the next."""
    width, height = size_of_png(drawn)
    return min(_PAGE_CM, _TALLEST_CM * width / height)


class _Writer:
    """Writes one paper into one document; counts tables and figures for their captions."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.document: Any = Document()
        self.tables = 0
        self.figures = 0

    def write(self) -> None:
        prepare(self.document)
        self._properties()
        self._running_lines()
        self._text(self.paper.organisation, "Organisation")
        self.document.add_heading(printable(self.paper.title), level=0)
        self._text(self.paper.subtitle, "Subtitle")
        self._grid(("Item", "Detail"), self.paper.front, _FRONT_SHARES, title="This paper: committee, date, purpose")
        for block in self.paper.blocks:
            match block:
                case Heading():
                    # The title is the document's Title style, so sections start at Heading 1.
                    self.document.add_heading(printable(block.text), level=block.level - 1)
                case Paragraph():
                    self._text(block.text, "Notice" if block.tone is Tone.NOTICE else "Body Text")
                case Points():
                    self._points(block)
                case Table():
                    self._table(block)
                case Figure():
                    self._figure(block)

    def _properties(self) -> None:
        properties = self.document.core_properties
        day = datetime.combine(self.paper.on, time())
        properties.title = printable(f"{self.paper.title}, {long_date(self.paper.on)}")[:255]
        properties.author = properties.last_modified_by = printable(self.paper.organisation)[:255]
        properties.subject = printable(self.paper.subtitle)[:255]
        properties.comments, properties.keywords = "", ""
        properties.language = "en-GB"
        properties.created = properties.modified = day

    def _running_lines(self) -> None:
        section = self.document.sections[0]
        section.header.paragraphs[0].text = printable(f"{self.paper.organisation} · {long_date(self.paper.on)}")
        footer = section.footer.paragraphs[0]
        footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        footer.add_run("Page ")
        add_field(footer, "PAGE", "1")
        footer.add_run(" of ")
        add_field(footer, "NUMPAGES", "1")

    def _text(self, text: str, style: str) -> Any:
        return self.document.add_paragraph(printable(text), style=style)

    def _points(self, block: Points) -> None:
        if not block.numbered:
            for item in block.items:
                self._text(item, "List Bullet")
            return
        numbering = new_numbering(self.document)
        for item in block.items:
            numbering(self._text(item, "List Number"))

    def _caption(self, label: str, number: int, text: str) -> None:
        caption = self.document.add_paragraph(style="Caption")
        caption.add_run(f"{label} ")
        add_field(caption, f"SEQ {label} \\* ARABIC", str(number))
        caption.add_run(f": {printable(text)}")
        # A table's caption stands above it and may not be parted from it; a figure's stands below.
        caption.paragraph_format.keep_with_next = label == "Table"

    def _table(self, block: Table) -> None:
        self.tables += 1
        self._caption("Table", self.tables, block.caption)
        self._grid(block.headers, block.rows, block.widths, title=block.caption)

    def _data_table(self, data: DataTable) -> None:
        # Figures need little room and words much: each column gets as much as its longest cell asks for, within bounds.
        columns = zip(data.headers, *data.rows, strict=True)
        shares = tuple(min(max(map(len, column)), _LONGEST) + _PADDING for column in columns)
        self.tables += 1
        self._caption("Table", self.tables, data.caption)
        self._grid(data.headers, data.rows, shares, title=data.caption)

    def _grid(
        self, headers: tuple[str, ...], rows: tuple[tuple[str, ...], ...], shares: tuple[int, ...], *, title: str
    ) -> None:
        table = self.document.add_table(rows=0, cols=len(headers), style="Trigpoint Table")
        table.autofit = False
        shares = shares or (1,) * len(headers)
        widths = [Cm(_PAGE_CM * share / sum(shares)) for share in shares]
        for width, column in zip(widths, table.columns, strict=True):
            column.width = width
        for row in (headers, *rows):
            cells = table.add_row().cells
            for cell, text, width in zip(cells, row, widths, strict=True):
                cell.width = width
                paragraph = cell.paragraphs[0]
                # By id: looking a style up by name for each cell took a quarter of the whole time.
                paragraph._p.style = TABLE_TEXT_ID
                paragraph.add_run(printable(text)).bold = True if row is headers else None
        mark_rows(table)
        for cell in table.rows[0].cells:
            shade(cell, "E8EDEE")
        describe_table(table, printable(title))

    def _figure(self, block: Figure) -> None:
        self.figures += 1
        picture = block.picture
        paragraph = self.document.add_paragraph(style="Figure")
        drawn = png(picture.spec)
        shape = paragraph.add_run().add_picture(io.BytesIO(drawn), width=Cm(_width_cm(drawn)))
        describe_picture(shape, title=f"Figure {self.figures}", description=printable(picture.alt))
        self._caption("Figure", self.figures, block.caption)
        if not block.tabled:
            self._data_table(picture.table)
