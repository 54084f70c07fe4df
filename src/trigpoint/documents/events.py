"""What the walk over a document's tables meets, in reading order: heading rows, rows, sections, loose paragraphs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from trigpoint.documents.columns import Column, ColumnKind
from trigpoint.documents.risk_columns import RiskColumn
from trigpoint.plans.document import Block, BlockKind, Cell

WORDED = frozenset((BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM))


@dataclass(frozen=True, slots=True)
class Heading:
    """A title that holds for the table below it."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Header:
    """A heading row: the columns of the rows that follow, two of them exchanged where ``swapped``.

    ``path`` are the titles that it stands under, outermost first; ``form`` says that the headings stand in a column.
    """

    columns: tuple[Column, ...]
    line: int
    swapped: bool = False
    path: tuple[Heading, ...] = ()
    form: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row under its columns. ``fresh``: first row after a heading row or a gap, where a page may have cut one.

    ``moved`` says that cells were put under other columns than printed, because the row is short. ``shown`` are the
    cells that a reader sees in its places: those merged into this row from above too. ``lines`` has the line of each
    cell where they differ (in a form).
    """

    cells: tuple[tuple[Column, Cell], ...]
    line: int
    fresh: bool
    moved: bool = False
    shown: tuple[Cell, ...] = ()
    lines: tuple[int, ...] = ()

    def cell(self, kind: ColumnKind) -> Cell | None:
        """The first cell that is not empty of this kind of column."""
        return next((cell for column, cell in self.cells if column.kind is kind and not cell.empty), None)

    @property
    def periodic(self) -> bool:
        """Whether the table spreads what is due over columns of periods, so that a row is no item by itself."""
        return any(column.label for column, _ in self.cells)


@dataclass(frozen=True, slots=True)
class RiskRow:
    """A row of a risk register under its columns; a ``form`` is one risk by itself."""

    columns: tuple[RiskColumn, ...]
    cells: tuple[Cell, ...]
    line: int
    lines: tuple[int, ...] = ()
    form: bool = False


@dataclass(frozen=True, slots=True)
class RiskHeader:
    """The heading rows of a risk register."""

    columns: tuple[RiskColumn, ...]
    line: int
    path: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A row that only says what the rows below it belong to."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Left:
    """A row that is none of the plan's, and why."""

    text: str
    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Loose:
    """A paragraph that stands between or after the rows of a plan table."""

    block: Block
    line: int


@dataclass(frozen=True, slots=True)
class Owned:
    """A line that says who answers for what stands under the same heading."""

    text: str
    line: int


Event: TypeAlias = Header | Row | RiskHeader | RiskRow | Section | Left | Loose | Owned
