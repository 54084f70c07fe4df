"""How much of a file is taken in. User files are hostile until read; the largest published ones are far below this."""

from __future__ import annotations

MEGABYTE = 1_000_000
MAXIMUM_FILE_BYTES = 300 * MEGABYTE
MAXIMUM_UNPACKED_BYTES = 1_000 * MEGABYTE
"""Of all members of an archive (or parts of a workbook) together; an RTT month has 85 MB."""
MAXIMUM_RATIO = 500
"""Unpacked to packed. Published tables reach about 60 (columns of blanks and noughts); bombs 1,000 and more."""
MAXIMUM_MEMBERS = 2_000
HEAD_BYTES = 256 * 1024
"""As much of a text file as is looked at to tell what it is."""
MAXIMUM_LINES = 50
"""Of one cell of a text; more are the rest of a file after a quotation mark that nobody closed."""
