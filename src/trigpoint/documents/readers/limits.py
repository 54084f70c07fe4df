"""How large a document may be. Every file is hostile until it is read, and a reader stops rather than waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Progress: TypeAlias = Callable[[int, int], None]
"""Told how much has been done, and of how much: pages, rows or blocks."""

MEGABYTE = 1024 * 1024

MAXIMUM_TEXT_BYTES = 20 * MEGABYTE
"""Larger texts are refused: the longest published operational plans stay below 1 MB of text."""

MAXIMUM_FILE_BYTES = 50 * MEGABYTE
"""Larger Word, Excel and PDF files are refused: published plans with all their pictures stay below 30 MB."""

MAXIMUM_UNPACKED_BYTES = 400 * MEGABYTE
"""A zip package that unpacks to more is refused, by what it declares and by what comes out."""

MAXIMUM_PARTS = 10_000
"""A package with more parts is refused."""

MAXIMUM_LINE = 50_000
"""Longer lines, paragraphs and cells are refused: those of published plans stay below 3,000 characters."""

MAXIMUM_LINES = 50_000
"""More lines of text are refused: the longest published plans stay below 5,000."""

MAXIMUM_ROWS = 100_000
"""More rows in one workbook, or blocks in one Word file, are refused."""

MAXIMUM_COLUMNS = 500
"""Cells beyond this column are not read; that they hold something is said."""

MAXIMUM_CELLS = 2_000_000
"""More filled cells in one document are refused."""

MAXIMUM_PAGES = 1_000
"""PDF files with more pages are refused: the longest published plans have about 300."""

MAXIMUM_DEPTH = 512
"""HTML elements nested deeper are refused: browsers stop there too."""

MAXIMUM_CHARACTERS = 200_000
"""Letters of a PDF page beyond these are not read: a dense page has about 6,000."""

MAXIMUM_DRAWN = 50_000
"""Lines and boxes drawn on a PDF page beyond these are not looked at: a page of tables has about 500."""

MAXIMUM_TAGS = 100_000
"""Elements of a tagged PDF page beyond these are not looked at: a page of tables has about 500."""

GUARD_SECONDS = 120.0
"""A file that takes longer to read in a process of its own is refused: 1,000 pages of tables take about 20 seconds."""

GUARD_MEGABYTES = 2_048
"""So is one that takes more memory: 1,000 pages of tables take about 200 MB, two million cells most of it."""

MAXIMUM_XML_BYTES = 128 * MEGABYTE
"""A larger part of a package is not parsed as a whole: 500 dense pages of Word have about 30 MB."""

MAXIMUM_XML_MARKS = 4_000_000
"""Nor is one with more tags and attributes: 500 dense pages of Word have about 1,500,000."""

MAXIMUM_PARAGRAPHS = 300_000
"""More paragraphs in one Word file, those of cells included, are refused: 500 dense pages have about 30,000."""

GUARD_AT_ONCE = 4
"""So many such processes run at once; further files wait their turn."""
