"""One page without tags → its texts and tables in the order of reading, told by lines, boxes and places of words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from trigpoint.documents.markup import Piece
from trigpoint.documents.readers.pdf.drawings import Drawings
from trigpoint.documents.readers.pdf.page_columns import regions
from trigpoint.documents.readers.pdf.page_grid import Grid, GridCell, grid_of
from trigpoint.documents.readers.pdf.page_items import Item, TableItem, TextItem
from trigpoint.documents.readers.pdf.page_lines import Line, Paragraph, Setting, lines_of, paragraphs_of
from trigpoint.documents.readers.pdf.page_rows import Placed
from trigpoint.documents.readers.pdf.page_rules import frames
from trigpoint.documents.readers.pdf.page_unruled import with_rows
from trigpoint.documents.readers.pdf.tagged import emphasised, piece_of
from trigpoint.documents.readers.pdf.words import Word

INDENT = 14.0  # points: one step of a nested list


@dataclass(frozen=True, slots=True)
class PageRead:
    """A page as far as it is read before its layout is told: words that are seen, and what is drawn."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    drawn: Drawings


def grids_of(page: PageRead) -> list[Grid]:
    """The ruled tables of a page, from the top."""
    found = [grid_of(frame, page.words) for frame in frames(page.drawn, page.width, page.height)]
    grids = [with_rows(grid) for grid in found if grid is not None]
    return [grid for grid in grids if not any(other is not grid and _within(grid, other) for other in grids)]


def _within(grid: Grid, other: Grid) -> bool:
    """Whether a table stands inside a cell of another, whose words it shares."""
    box, around = grid.box, other.box
    return around.holds(box.x0 + 1, box.top + 1) and around.holds(box.x1 - 1, box.bottom - 1) and box.area < around.area


def outside(page: PageRead, grids: Sequence[Grid]) -> list[Line]:
    """The upright lines of a page that stand in none of its tables."""
    taken = {id(word) for grid in grids for cell in grid.cells for word in cell.words}
    return lines_of(word for word in page.words if word.style.turns == 0 and id(word) not in taken)


def page_items(page: PageRead, grids: Sequence[Grid], lines: Sequence[Line], setting: Setting) -> list[Item]:
    """All texts and tables of a page in reading order; ``lines`` stand outside its tables and are no furniture."""
    found: list[Item] = []
    waiting = list(lines)
    for grid in sorted(grids, key=lambda one: one.ys[0]):
        above = [line for line in waiting if line.base <= grid.ys[0] + 2]
        beside = [line for line in waiting if grid.ys[0] + 2 < line.base <= grid.ys[-1]]
        waiting = [line for line in waiting if line.base > grid.ys[-1]]
        found += _text_items(above, page, setting)
        found.append(table_item(grid, page.number, setting))
        found += _text_items(beside, page, setting)
    found += _text_items(waiting, page, setting)
    return found + _turned_items(page, grids, setting)


def _turned_items(page: PageRead, grids: Sequence[Grid], setting: Setting) -> list[Item]:
    """Words beside the upright text that are turned, as along the edge of a page."""
    taken = {id(word) for grid in grids for cell in grid.cells for word in cell.words}
    found: list[Item] = []
    for turns in (1, 2, 3):
        words = [word for word in page.words if word.style.turns == turns and id(word) not in taken]
        if words:
            found += [_text(one, page.number) for one in paragraphs_of(lines_of(words), setting)]
    return found


def _text_items(lines: Sequence[Line], page: PageRead, setting: Setting) -> list[Item]:
    found: list[Item] = []
    for region in regions(lines):
        if isinstance(region, Grid):
            found.append(table_item(region, page.number, setting))
        else:
            found += [_text(one, page.number) for one in paragraphs_of(region, setting)]
    return found


def _text(one: Paragraph, page: int) -> TextItem:
    level = 1 + min(int(one.indent / INDENT), 5) if one.marker else 0
    bold = all(line.bold for line in one.lines)
    raw = emphasised(one.text, [word for line in one.lines for word in line.words])
    return TextItem(one.text, page, one.lines[0].size, bold, 0, one.marker, level, one.room, raw)


def table_item(grid: Grid, page: int, setting: Setting) -> TableItem:
    """A grid with the words of its cells as paragraphs."""
    lines = {id(cell): lines_of(word for word in cell.words if word.style.turns == 0) for cell in grid.cells}
    widest = _widest(grid, lines)
    cells = [
        Placed(
            cell.row,
            cell.column,
            tuple(_pieces(cell, lines[id(cell)], setting, widest.get((cell.column, cell.column_span), 0.0))),
            cell.row_span,
            cell.column_span,
            frozenset("b") if cell.words and all(word.style.bold for word in cell.words) else frozenset(),
        )
        for cell in grid.cells
    ]
    height = len(grid.ys) - 1
    bold = [
        all(word.style.bold for cell in grid.filled if cell.row == row for word in cell.words) for row in range(height)
    ]
    headings = next((row for row, heading in enumerate(bold) if not heading), 0)
    ends = _ends(grid, height - 1, lines)
    return TableItem(cells, [page] * height, len(grid.xs) - 1, tuple(grid.xs), headings, ends)


def _widest(grid: Grid, lines: Mapping[int, Sequence[Line]]) -> dict[tuple[int, int], float]:
    """How long the lines of each column may be: as the longest is, or as the column is without its margins."""
    found: dict[tuple[int, int], float] = {}
    margins: dict[tuple[int, int], float] = {}
    for cell in grid.cells:
        key = (cell.column, cell.column_span)
        for line in lines[id(cell)]:
            found[key] = max(found.get(key, 0.0), line.x1 - line.x0)
            margin = max(line.x0 - grid.xs[cell.column], 0.0)
            margins[key] = min(margins.get(key, margin), margin)
    if grid.ruled:
        for (column, span), margin in margins.items():
            inner = grid.xs[column + span] - grid.xs[column] - 2 * margin
            found[column, span] = max(found[column, span], inner)
    return found


def _ends(grid: Grid, last: int, lines: Mapping[int, Sequence[Line]]) -> tuple[float, ...]:
    """How many lines, about, the words of each cell of the last row stop before the lowest of the row."""
    bases = [0.0] * (len(grid.xs) - 1)
    sizes = [0.0]
    for cell in grid.cells:
        if cell.row + cell.row_span > last and lines[id(cell)]:
            bases[cell.column] = lines[id(cell)][-1].base
            sizes.append(lines[id(cell)][-1].size)
    return tuple((max(bases) - base) / max(*sizes, 1.0) for base in bases)


def _pieces(cell: GridCell, upright: Sequence[Line], setting: Setting, widest: float) -> Iterable[Piece]:
    for one in paragraphs_of(upright, setting, widest):
        yield piece_of(one.text, one.marker)
    for turns in (1, 2, 3):
        turned = lines_of(word for word in cell.words if word.style.turns == turns)
        for one in paragraphs_of(turned, setting):
            yield piece_of(one.text, one.marker)
