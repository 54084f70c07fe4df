"""What stands on pages before it becomes blocks: texts and tables that the next page may still carry on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from trigpoint.documents.readers.pdf.page_rows import Placed


@dataclass(slots=True)
class TextItem:
    """A paragraph, heading or list item. ``heading`` is its level as the file says, 0 where it says nothing.

    ``level`` is the depth in a list, 0 outside; ``room`` says that its last line ends well before the margin; ``raw``
    has ``**`` around bold words where others are not; ``until`` is the page that it ends on, where that is another.
    """

    text: str
    page: int
    size: float
    bold: bool
    heading: int = 0
    marker: str = ""
    level: int = 0
    room: bool = True
    raw: str = ""
    until: int = 0

    @property
    def last_page(self) -> int:
        """The page that it ends on."""
        return max(self.page, self.until)


@dataclass(slots=True)
class TableItem:
    """A table: its cells in their places, and the page of each row.

    ``edges`` are the left edges of its columns and the right edge of the last, where they are known; ``headings`` is
    how many rows at the top are headings, as far as that is known; ``ends`` are how many lines each cell of the last
    row stops before the lowest one. ``rows`` are the words of the cells of each row, "" for those that are empty or
    covered: they are kept up by whoever adds cells.
    """

    cells: list[Placed]
    pages: list[int]
    width: int
    edges: tuple[float, ...] = ()
    headings: int = 0
    ends: tuple[float, ...] = ()

    rows: list[list[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.rows = [[""] * self.width for _ in self.pages]
        for cell in self.cells:
            if cell.row < len(self.rows) and cell.column < self.width:
                self.rows[cell.row][cell.column] = words_of(cell)

    @property
    def height(self) -> int:
        return len(self.pages)


def words_of(cell: Placed) -> str:
    """The words of a cell on one line."""
    return " ".join(piece.text for piece in cell.pieces)


Item: TypeAlias = TextItem | TableItem
