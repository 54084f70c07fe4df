"""A document as its readers see it, before anything is understood: blocks and tables with their origin.

Every reader (text today; Word, Excel and PDF next) makes a ``Document``; one interpreter turns it into a plan
draft, and the checks read the same blocks, so that a finding stands where the author wrote.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property


class BlockKind(Enum):
    """What a line or paragraph looks like."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    TABLE_ROW = "table row"
    RULE = "rule"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something stands: the 1-based line of a text, or page / sheet / table / row / column elsewhere."""

    line: int | None = None
    page: int | None = None
    sheet: str = ""
    table: int | None = None
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: its paragraphs as plain words, mark-up removed.

    ``text`` joins the paragraphs with a line break, so that words of two paragraphs never run together.
    ``tags`` are the lower-case element names that the cell's mark-up used ("p", "ul", "b").
    """

    paragraphs: tuple[str, ...]
    origin: Origin
    raw: str = ""
    tags: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)

    @property
    def empty(self) -> bool:
        return not any(part.strip() for part in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Block:
    """One block in reading order. ``text`` is plain; ``marker`` is a list or section marker ("-", "1.", "a)", "#").

    A table row keeps its cells, so that tables can be found by content.
    """

    kind: BlockKind
    text: str
    origin: Origin
    marker: str = ""
    level: int = 0
    cells: tuple[Cell, ...] = ()
    raw: str = ""


@dataclass(frozen=True)
class Document:
    """A whole document. For a text file there is exactly one block a line: ``blocks[n - 1]`` is line ``n``."""

    name: str
    blocks: tuple[Block, ...]

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The plain words of each block."""
        return tuple(block.text for block in self.blocks)

    @cached_property
    def words(self) -> str:
        """All plain words, one block a line."""
        return "\n".join(self.lines)
