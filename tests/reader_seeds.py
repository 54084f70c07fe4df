"""Small valid files of every format that the readers read, and what is true of every document that comes out of one."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import TypeAlias
from zipfile import BadZipFile, ZipFile

from old_workbook_files import label, number, xls
from pdf_pages import Page, pdf
from trigpoint.characters import UNPRINTABLE
from trigpoint.documents.markup import pieces
from trigpoint.documents.readers.csv_rows import parse_csv
from trigpoint.documents.readers.html.document import parse_html
from trigpoint.documents.readers.markdown import parse_markdown
from trigpoint.documents.readers.pdf.document import parse_pdf
from trigpoint.documents.readers.text import parse_text
from trigpoint.documents.readers.word.document import parse_word
from trigpoint.documents.readers.workbook.document import parse_workbook
from trigpoint.plans.document import BlockKind, Cell, Document, Format
from word_files import HEADINGS, bold, box, field, listed, numbering, p, r, styled, tbl, tc, tr, word_file
from workbook_files import binary_cell, binary_row, ods, ods_row, row, wide, xlsb, xlsx

Reader: TypeAlias = Callable[[bytes, str], Document]


@dataclass(frozen=True)
class Seed:
    """A valid file of a format, its name, and what reads it. ``packed``: a zip package, to be changed inside."""

    name: str
    data: Callable[[], bytes]
    read: Reader
    packed: bool = False


TEXT = """Fell CCG Operational Plan 2017/18\n\n1. Safer care for all of us\n- by June\n
Priorities\tKey deliverables\t2017/18 actions
Safer – care\t<p>A ward &amp; more</p><ul><li>one</li></ul>\t1. Plan it\n| a | b |\n"""
MARKDOWN = """---\ntitle: Plan\n---\n# Plan\n\nSome **bold** [words](http://x.y) and `code`\ngo on.\n
| Action | Owner |\n|:--|--:|\n| *Open* it<br>now | a \\| b |\n\n1. one\n   - two\n\n```\nx\n```\n"""
CSV = 'Action,Owner,Due\n"Open, and\n""staff"" it",Nurse,2017-06-01\n;;,,\nClose it,,\n'
HTML = """<!DOCTYPE html><html><head><meta charset=utf-8><title>Plan</title></head><body><h1>Plan</h1>
<p><b>Aim</b> – x</p>
<ol start=2><li>a<ul><li>b</ul></ol>
<table><caption>c</caption><thead><tr><th>Action<th>Owner</thead><tr><td rowspan=2>x
<td colspan=2>y<tr><td hidden>z<td><table><tr><td>1<td>2<tr><td>3<td>4</table></table><svg><g/></svg><del>old</del>
<p style='mso-list:l0 level1 lfo1'><![if !supportLists]>
<span style='mso-list:Ignore'>·</span><![endif]>it</body></html>"""


@cache
def word() -> bytes:
    """Headings, a list, tables in tables, merged cells, a tracked change, a comment, a field, a text box."""
    changed = f'<w:ins w:id="1" w:author="Ann">{r("new")}</w:ins>'
    changed += '<w:del w:id="2"><w:r><w:delText>old</w:delText></w:r></w:del>'
    inner = tbl(tr("x", "y"), tr("z", "w"))
    table = tbl(
        tr("Action", tc("Owner", span=2), properties="<w:tblHeader/>"),
        tr(tc("Open it", merge="restart"), tc("Nurse", inner), "June"),
        tr(tc("", merge="continue"), bold_cell("Late"), tc(p("a"), p("b"))),
    )
    comments = f'<w:comment w:id="0" w:author="Ann">{p("Is it?")}</w:comment>'
    body = (
        styled("Heading1", "Plan") + p("Words ", changed, field("PAGE", "1")) + listed("one") + table + p(box("aside"))
    )
    return word_file(body, styles=HEADINGS, comments=comments, numbering=numbering())


def bold_cell(text: str) -> str:
    return tc(p(bold(text)))


@cache
def workbook() -> bytes:
    """Texts, numbers, a date, an error, merged and hidden cells."""
    rows = row(1, "Action", "Owner", "Due") + row(2, "Open it", "Nurse", '<c r="C2" s="1"><v>42887</v></c>')
    rows += row(3, '<c r="A3" t="s"><v>0</v></c>', '<c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c>', hidden="1")
    styles = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    merged = '<mergeCells count="1"><mergeCell ref="A4:C5"/></mergeCells>'
    return xlsx(rows, strings="<si><t>Close it</t></si>", styles=styles, after=merged)


@cache
def binary_workbook() -> bytes:
    sheet = binary_row(1) + binary_cell(7, 1, struct.pack("<I", 0)) + binary_cell(5, 2, struct.pack("<d", 1.5))
    return xlsb(sheet + binary_row(2, hidden=True) + binary_cell(6, 1, wide("Open it")), texts=["Action"])


@cache
def old_workbook() -> bytes:
    return xls(label(1, 1, "Action") + number(1, 2, 1.5) + label(2, 1, "Open it"), texts=["x"], codes=["dd/mm/yyyy"])


@cache
def sheets() -> bytes:
    return ods(ods_row("Action", "Owner") + ods_row("Open it", "", "Nurse", number_rows_repeated="2"))


@cache
def pages() -> bytes:
    """Two pages with words, a ruled table, tags, a note and hidden words."""
    one = Page().text(50, 60, "Plan", 18, bold=True, mcid=0).text(50, 100, "Words of the im-", mcid=1)
    one.text(50, 112, "plementation.", mcid=1).grid((50, 150, 300), (150, 170, 190))
    for mcid, (x, y) in enumerate(((55, 164), (155, 164), (55, 184), (155, 184)), 2):
        one.text(x, y, f"cell {mcid}", mcid=mcid)
    rows = [("TR", [("TD", [2]), ("TD", [3])]), ("TR", [("TD", [4]), ("TD", [5], "/A << /O /Table /RowSpan 2 >>")])]
    one.tags = [("H1", [0]), ("P", [1]), ("Table", rows)]
    one.notes.append(("Ann", "Is it?"))
    two = (
        Page(rotate=90)
        .text(50, 100, "More", turn=90)
        .text(60, 300, "Hidden", mode=3)
        .grid((50, 80, 200), (200, 300, 330))
    )
    two.text(70, 290, "Head", turn=90).text(90, 250, "Action").text(55, 320, "1").text(90, 320, "Open it")
    return pdf(one, two, catalog="/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (x) >>] >> >>")


SEEDS = {
    "text": Seed("plan.txt", TEXT.encode, parse_text),
    "markdown": Seed("plan.md", MARKDOWN.encode, parse_markdown),
    "csv": Seed("plan.csv", CSV.encode, parse_csv),
    "html": Seed("plan.html", HTML.encode, parse_html),
    "pdf": Seed("plan.pdf", pages, parse_pdf),
    "word": Seed("plan.docx", word, parse_word, packed=True),
    "excel": Seed("plan.xlsx", workbook, parse_workbook, packed=True),
    "xlsb": Seed("plan.xlsb", binary_workbook, parse_workbook, packed=True),
    "xls": Seed("plan.xls", old_workbook, parse_workbook),
    "ods": Seed("plan.ods", sheets, parse_workbook, packed=True),
}


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a package; none where it is damaged."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except (BadZipFile, zlib.error, struct.error, OSError, ValueError, RuntimeError, EOFError, KeyError):
        return {}


def stored(parts: dict[str, bytes]) -> bytes:
    """A package with its parts as they are, so that a change inside stays a small change."""
    output = BytesIO()
    with ZipFile(output, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return output.getvalue()


def broken_promise(document: Document) -> str:
    """What is not as ``plans.document`` promises of every document; "" where all is."""
    blocks = document.blocks
    if not blocks or not 0 <= document.sureness <= 1:
        return "no blocks, or no sureness"
    for line, block in enumerate(blocks, 1):
        if block.origin.line != line or any(cell.origin.line != line for cell in block.cells):
            return f"line {line} says that it is line {block.origin.line}"
        if bool(block.cells) is not (block.kind is BlockKind.TABLE_ROW):
            return f"line {line} is a {block.kind.value} with {len(block.cells)} cells"
        if UNPRINTABLE.search(block.text) or any(UNPRINTABLE.search(cell.text) for cell in block.cells):
            return f"line {line} holds what cannot be printed"
        if any(cell.covered and not cell.empty for cell in block.cells):
            return f"line {line} has words under a merged cell"
    for remark in document.remarks:
        if remark.origin.line is not None and not 1 <= remark.origin.line <= len(blocks):
            return f"a remark stands on line {remark.origin.line} of {len(blocks)}"
    return _uneven(document) or _unread(document)


def _uneven(document: Document) -> str:
    widths: dict[tuple[str, int | None], int] = {}
    for block in document.blocks:
        key = (block.origin.sheet, block.origin.table)
        if block.cells and key[1] and widths.setdefault(key, len(block.cells)) != len(block.cells):
            return f"line {block.origin.line} has {len(block.cells)} cells, not {widths[key]}"
    return ""


def _unread(document: Document) -> str:
    """The mark-up of cells reads back as their paragraphs, where the reader writes it."""
    if document.format in (Format.HTML, Format.PDF):
        for block in document.blocks:
            for cell in block.cells:
                if _read_back(cell) != cell.paragraphs:
                    return f"line {block.origin.line}: {cell.raw!r} reads as {_read_back(cell)}, not {cell.paragraphs}"
    return ""


def _read_back(cell: Cell) -> tuple[str, ...]:
    return tuple(piece.text for piece in pieces(cell.raw))
