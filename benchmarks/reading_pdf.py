"""Reading PDF files: a hundred dense pages with ruled tables, on one core, in the process that guards the reading."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.timing import Claim, command_seconds, paired_medians

PAGES, ROWS, COLUMNS = 100, 14, 6
SENTENCE = "Open the new ward for all who need it by the end of June and staff it"

# The least that any reader has to do: open the file and take the letters of every page.
FLOOR = """
import sys, pypdfium2
for page in pypdfium2.PdfDocument(sys.argv[1]):
    page.get_textpage().get_text_range()
"""
OURS = "import sys; from trigpoint.documents.readers.file import read_document; read_document(sys.argv[1])"


def hundred_pages() -> bytes:
    """A file of pages that are full of a table, each cell with three lines of words: about 4,500 letters a page."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
    from pdf_pages import Page, pdf

    words = SENTENCE.split()
    lines = [" ".join(words[start : start + 5]) for start in (0, 5, 10)]
    pages = []
    for number in range(PAGES):
        page = Page(width=842, height=595).text(400, 580, f"Page {number + 1} of {PAGES}", 8)
        page.grid([30 + 130 * column for column in range(COLUMNS + 1)], [30 + 38 * row for row in range(ROWS + 1)])
        for row in range(ROWS):
            for column in range(COLUMNS):
                page.lines(34 + 130 * column, 42 + 38 * row, [f"{row} {lines[0]}", *lines[1:]], 8, 10)
        pages.append(page)
    return pdf(*pages)


def claims() -> list[Claim]:
    """`read_document`, start-up and the process of its own included, against taking the letters and no more."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "plan.pdf"
        file.write_bytes(hundred_pages())
        ours, floor = paired_medians(
            lambda: command_seconds([sys.executable, "-c", OURS, str(file)]),
            lambda: command_seconds([sys.executable, "-c", FLOOR, str(file)]),
            runs=3,
        )
    return [Claim(f"read a PDF file of {PAGES} pages with tables", ours, "PDFium's letters alone", floor, 15.0)]
