"""Tables of numbers as grids: which rows are headings, and for each number the words above and beside it.

Years may run across or down, areas too; heading rows are one to four, and their merged cells were flattened so that
only the first of the merged cells kept its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from decimal import Decimal

from trigpoint.documents.numbers import printed_number
from trigpoint.plans.document import Block, BlockKind, Document, Origin

MOST_HEADER_ROWS = 4
LEAST_SHARE_OF_NUMBERS = Decimal("0.4")
FIGURE_HEADING = re.compile(
    r"\b(?:19|20)\d\d|%|\b(?:years?|quarters?|months?|targets?|actuals?|locality|localities|areas?|rates?|totals?)\b",
    re.IGNORECASE,
)
YEAR_ALONE = re.compile(r"\s*(?:19|20)\d\d\s*")


@dataclass(frozen=True, slots=True)
class GridNumber:
    """One printed number with the words beside it (row labels) and above it (headings, top first)."""

    value: Decimal
    text: str
    line: int
    beside: tuple[str, ...]
    above: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of numbers: its titling row if it has one, all heading words, the words of its top left corner."""

    title: str
    heading: str
    corner: str
    first_line: int
    last_line: int
    numbers: tuple[GridNumber, ...]

    @property
    def speaks_of_figures(self) -> bool:
        """Whether the headings name a period, a target, an area: what heads a table of numbers and no plan's rows."""
        return FIGURE_HEADING.search(self.heading) is not None

    @property
    def lines(self) -> range:
        """The lines that the table stands on."""
        return range(self.first_line, self.last_line + 1)


def number_grids(document: Document, taken: Set[int]) -> Iterator[Grid]:
    """Every table of numbers outside the lines already ``taken`` by plan tables, in reading order."""
    for run in _runs(document, taken):
        titles = [row for row in run if _is_title(row)]
        body = [row for row in run if not _is_title(row)]
        depth = _header_depth(body)
        if depth is None:
            continue
        header = body[:depth]
        width = max(len(row.cells) for row in body)
        columns = [_column_words(header, index) for index in range(width)]
        yield Grid(
            titles[0].text.strip() if titles else "",
            " ".join(cell.text for row in header for cell in row.cells if not cell.empty),
            " ".join(columns[0]),
            run[0].origin.line or 1,
            run[-1].origin.line or 1,
            tuple(_numbers(columns, body[depth:])),
        )


def _runs(document: Document, taken: Set[int]) -> Iterator[list[Block]]:
    """Rows that follow each other; those straight under a taken row belong to the taken table."""
    run: list[Block] = []
    under_taken = False
    for number, block in enumerate((*document.blocks, Block(BlockKind.BLANK, "", Origin())), 1):
        is_row = block.kind is BlockKind.TABLE_ROW
        under_taken = is_row and (under_taken or number in taken)
        if is_row and not under_taken:
            run.append(block)
        elif run:
            yield run
            run = []


def _is_title(row: Block) -> bool:
    """A row that only titles the table: its first cell alone is filled, with many words."""
    filled = [cell for cell in row.cells if not cell.empty]
    return len(filled) == 1 and filled[0] is row.cells[0] and len(filled[0].text.split()) > MOST_HEADER_ROWS


def _header_depth(rows: list[Block]) -> int | None:
    """How many heading rows the table has; ``None`` when it is no table of numbers.

    The body begins with the first row whose cells, after its label, hold a number that is no year.
    """
    for depth, row in enumerate(rows[: MOST_HEADER_ROWS + 1]):
        if any(is_value(cell.text) for cell in row.cells[1:]):
            cells = [cell.text for body in rows[depth:] for cell in body.cells[1:] if not cell.empty]
            share = Decimal(sum(map(is_value, cells))) / max(len(cells), 1)
            return depth if depth and share >= LEAST_SHARE_OF_NUMBERS else None
    return None


def is_value(text: str) -> bool:
    """Whether a cell prints a number that is no year.

    >>> is_value("1,098"), is_value("2017"), is_value("2017-18")
    (True, False, False)
    """
    return printed_number(text) is not None and YEAR_ALONE.fullmatch(text) is None


def _column_words(header: list[Block], index: int) -> tuple[str, ...]:
    """The headings over a column, top first; a merged heading reaches right as far as a row below it is filled."""
    words = []
    for depth, row in enumerate(header):
        cells = row.cells
        at = index
        filled_below = any(index < len(low.cells) and not low.cells[index].empty for low in header[depth + 1 :])
        while at > 0 and (at >= len(cells) or cells[at].empty) and filled_below:
            at -= 1
        text = cells[at].text.strip() if at < len(cells) and (at == index or at > 0) else ""
        if text:
            words.append(text)
    return tuple(words)


def _numbers(columns: list[tuple[str, ...]], body: list[Block]) -> Iterator[GridNumber]:
    labels = {0} | {index for index in range(1, len(columns)) if _holds_labels(index, columns, body)}
    above = ""
    for row in body:
        texts = [cell.text for cell in row.cells]
        above = (texts[0] if texts else "") or above  # a merged label stands in its first row alone
        beside = tuple(text for text in (above, *(texts[i] for i in sorted(labels - {0}) if i < len(texts))) if text)
        for index, text in enumerate(texts):
            value = printed_number(text) if index not in labels else None
            if value is not None:
                yield GridNumber(value, text, row.origin.line or 0, beside, columns[index])


def _holds_labels(index: int, columns: list[tuple[str, ...]], body: list[Block]) -> bool:
    texts = [row.cells[index].text for row in body if index < len(row.cells) and not row.cells[index].empty]
    return bool(texts) and not columns[index] and not any(map(is_value, texts))
