"""How much a workspace may hold: every limit in one place, so that a hostile or broken file is refused early."""

from __future__ import annotations

MAX_FILE_BYTES = 50_000_000
"""One CSV file: some hundred times the largest plan seen."""

MAX_TOML_BYTES = 1_000_000
"""``plan.toml`` holds a dozen lines."""

MAX_ROWS = 1_000_000
"""Rows of one CSV file, the heading not counted."""

MAX_CELL_CHARACTERS = 100_000
"""One cell: forty printed pages. Also what ends the search for a quote that is never closed."""

MAX_ID_CHARACTERS = 64
"""Ids stand in addresses and on papers."""

MAX_NUMBER_DIGITS = 30
"""More digits than any sum of money in pence."""

MAX_MISTAKES_TOLD = 100
"""Mistakes told at once; the rest are counted."""
