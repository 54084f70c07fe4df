"""Where a finding stands, as its author looks for it: a line of a text, a cell of a sheet, a row of a Word table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trigpoint.plans.document import Document, column_letters

PLACE_KEYS = ("page", "sheet", "table", "row", "column", "section", "paragraph")
"""What ``where`` of a finding says of its place. All other keys name an item of the plan, or its file."""


@dataclass(frozen=True, eq=False)
class Landmarks:
    """A document with what its authors find their way by."""

    document: Document

    def place(self, line: int | None, fragment: str = "") -> dict[str, str]:
        """Where these words stand in a document that is not found by lines; empty for a text, Markdown or CSV file.

        Page, sheet, table, row and column as far as the format has them; ``section`` is the heading above (a workbook
        has none); where nothing else is known ``paragraph`` counts the paragraphs from the start.

        >>> from trigpoint.plans.document import Block, BlockKind, Format, Origin
        >>> blocks = Block(BlockKind.HEADING, "Finance", Origin(1)), Block(BlockKind.PARAGRAPH, "Savings", Origin(2))
        >>> Landmarks(Document("plan.docx", blocks, Format.WORD)).place(2)
        {'section': 'Finance'}
        """
        if self.document.format.lined or line is None or not 1 <= line <= len(self.document.blocks):
            return {}
        place = self._located(line, fragment)
        if "sheet" in place:
            return place
        landmark = self.document.landmark(line)
        return {**place, **landmark} if "section" in landmark else place or landmark

    def _located(self, line: int, fragment: str) -> dict[str, str]:
        """The cell with these words, or with all but the first: a number of another cell may stand before them."""
        place = self.document.locate(line, fragment).place
        _, _, rest = fragment.partition(" ")
        return self.document.locate(line, rest).place if rest and "row" in place and "column" not in place else place


def place_words(where: Mapping[str, str], line: int | None = None) -> str:
    """A place in words: "sheet Actions, cell C12", "page 3, table 1, row 7", "section “Finance”", else "line 12".

    >>> place_words({"sheet": "Actions", "row": "12", "column": "3"}), place_words({}, 12)
    ('sheet Actions, cell C12', 'line 12')
    """
    if "sheet" in where:
        row, column = where.get("row", ""), where.get("column", "")
        cell = f"cell {column_letters(int(column))}{row}" if row and column.isdigit() else row and f"row {row}"
        return ", ".join(part for part in (f"sheet {where['sheet']}", cell) if part)
    named = [f"{key} {where[key]}" for key in ("page", "table", "row", "column", "paragraph") if where.get(key)]
    if "section" in where and "table" not in where:
        named.append(f"section “{where['section']}”")
    return ", ".join(named) or ("" if line is None else f"line {line}")
