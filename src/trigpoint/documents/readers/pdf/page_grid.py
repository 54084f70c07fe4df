"""A frame of ruled lines and the words inside → the cells of a table, merged where no line parts them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product

from trigpoint.documents.readers.pdf.drawings import Box
from trigpoint.documents.readers.pdf.page_lines import Line, lines_of
from trigpoint.documents.readers.pdf.page_rules import Frame
from trigpoint.documents.readers.pdf.words import Word

SAME = 3.0  # points: edges nearer to each other are one
COVERED = 0.6  # of the side of a cell: a line that covers less does not part it from its neighbour
EDGE = 5.0  # points: how far beyond the outermost line down a line across must reach to make another column
GUTTER = 0.55  # of the size of letters: the least room between two columns that no line parts
ALIGNED = 0.6  # of the lines of a column begin at its left edge, or end at its right edge
MOST_CELLS = 20_000  # of a table on one page: more lines make a drawing
SLIVER = 5.0  # points: rows and columns thinner than this, with nothing inside, are double lines


@dataclass(slots=True)
class GridCell:
    """A cell and the words inside."""

    row: int
    column: int
    row_span: int
    column_span: int
    words: list[Word] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """A table as found on a page: its edges from the left and the top, and its cells.

    ``ruled`` says that lines or boxes part its columns, and no mere room between words.
    """

    xs: list[float]
    ys: list[float]
    cells: list[GridCell]
    ruled: bool = False

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    @property
    def filled(self) -> list[GridCell]:
        return [cell for cell in self.cells if cell.words]


def grid_of(frame: Frame, words: Sequence[Word]) -> Grid | None:
    """The table that the lines of a frame rule; ``None`` where they rule none."""
    inside = [word for word in words if frame.box.holds(*word.middle)]
    if not inside:
        return None
    ys = _row_edges(frame)
    xs = _column_edges(frame, inside)
    if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > MOST_CELLS:
        return None
    grid = Grid(xs, ys, _cells(frame, xs, ys), ruled=not _parts_by_room(frame, xs))
    if not grid.ruled:
        _merge_titles(grid, inside)
    _put(inside, grid)
    grid = _without_slivers(grid)
    columns, rows = ({getattr(cell, side) for cell in grid.filled} for side in ("column", "row"))
    # Two rules and columns of text between them are a page with a header and a footer.
    return grid if len(columns) > 1 and (grid.ruled or len(rows) > 1) else None


def _row_edges(frame: Frame) -> list[float]:
    edges = [y for y, _, _ in frame.across]
    edges += [end for _, top, bottom in frame.down for end in (top, bottom)]
    return _distinct(edges)


def _distinct(edges: Iterable[float]) -> list[float]:
    found: list[float] = []
    for edge in sorted(edges):
        if not found or edge - found[-1] > SAME:
            found.append(edge)
    return found


def _column_edges(frame: Frame, words: Sequence[Word]) -> list[float]:
    """Where columns begin and end: by lines down, else by the sides of shaded boxes, else by the room between words."""
    left, right = frame.box.x0, frame.box.x1
    ruled = _distinct(x for x, _, _ in frame.down)
    if len(ruled) < 3:
        softer = _distinct([*ruled, *(x for x, top, bottom in frame.soft if _parts_words(x, words))])
        inner = [x for x in softer if left + EDGE < x < right - EDGE]
        ruled = softer if inner else [left, *gutters(_parted_words(frame, words), left, right), right]
    if ruled[0] - left > EDGE:
        ruled.insert(0, left)
    if right - ruled[-1] > EDGE:
        ruled.append(right)
    return ruled


def _bands(ys: Sequence[float], words: Sequence[Word]) -> list[list[Word]]:
    """The words between each two edges of rows."""
    bands: list[list[Word]] = [[] for _ in ys[1:]]
    for word in words:
        bands[_slot(ys, word.middle[1])].append(word)
    return bands


def _is_title(band: Sequence[Word]) -> bool:
    """Whether a band holds one line of words with no wide gap: a title across the table, or a lone cell."""
    lines = lines_of(band)
    return len(lines) == 1 and all(b.x0 - a.x1 < b.size for a, b in pairwise(lines[0].words))


def _parted_words(frame: Frame, words: Sequence[Word]) -> list[Word]:
    """The words of the rows that are no titles; all, where hardly any row is left."""
    bands = [band for band in _bands(_row_edges(frame), words) if band and not _is_title(band)]
    return [word for band in bands for word in band] if len(bands) > 1 else list(words)


def _merge_titles(grid: Grid, words: Sequence[Word]) -> None:
    """Make one cell of each row whose only line runs through the room between the columns."""
    for row, band in enumerate(_bands(grid.ys, words)):
        crossed = any(word.x0 < x < word.x1 for x in grid.xs[1:-1] for word in band) or (
            len({_slot(grid.xs, word.middle[0]) for word in band}) > 1
        )
        if band and crossed and _is_title(band):
            kept = [cell for cell in grid.cells if cell.row != row]
            grid.cells = [*kept, GridCell(row, 0, 1, len(grid.xs) - 1)]


def _parts_by_room(frame: Frame, xs: Sequence[float]) -> bool:
    """Whether an inner edge of the columns is none of a line or box."""
    drawn = [x for x, _, _ in (*frame.down, *frame.soft)]
    return any(all(abs(x - edge) > SAME for edge in drawn) for x in xs[1:-1])


def _parts_words(x: float, words: Sequence[Word]) -> bool:
    """Whether hardly any word stands across a line down."""
    crossed = sum(word.x0 + 1 < x < word.x1 - 1 for word in words)
    return crossed * 50 <= len(words)


def gutters(words: Sequence[Word], left: float, right: float) -> list[float]:
    """The middles of the strips that no word stands in, where a column of words begins (or ends) on a common edge."""
    size = sorted(word.size for word in words)[len(words) // 2]
    spans = sorted((word.x0, word.x1) for word in words)
    found: list[float] = []
    reach = left
    for x0, x1 in spans:
        if x0 - reach >= GUTTER * size and reach > left:
            found.append((reach + x0) / 2)
        reach = max(reach, x1)
    edges = [left, *found, right]
    kept: list[float] = []
    for index, middle in enumerate(found, 1):
        column = [word for word in words if middle <= word.x0 < edges[index + 1]]
        if _is_aligned(lines_of(column)):
            kept.append(middle)
    return kept


def _is_aligned(lines: Sequence[Line]) -> bool:
    if len(lines) < 2:
        return False
    left = min(line.x0 for line in lines)
    right = max(line.x1 for line in lines)
    middle = (left + right) / 2
    need = ALIGNED * len(lines)
    return (
        sum(line.x0 - left < SAME for line in lines) >= need
        or sum(right - line.x1 < SAME for line in lines) >= need
        or sum(abs((line.x0 + line.x1) / 2 - middle) < SAME for line in lines) >= need
    )


def _cells(frame: Frame, xs: Sequence[float], ys: Sequence[float]) -> list[GridCell]:
    """The cells of all rows and columns, neighbours as one where no line parts them and they make a box together."""
    height, width = len(ys) - 1, len(xs) - 1
    ruled_down = len(frame.down) > 2

    def parted(row: int, column: int) -> bool:
        """Whether a cell is parted from the one to its left."""
        return not ruled_down or _down_at(frame, xs[column], ys[row], ys[row + 1])

    cells: list[GridCell] = []
    taken: set[tuple[int, int]] = set()
    for row, column in product(range(height), range(width)):
        if (row, column) in taken:
            continue
        end = column + 1
        while end < width and (row, end) not in taken and not parted(row, end):
            end += 1
        below = row + 1
        while (
            below < height
            and not _across_at(frame, ys[below], xs[column], xs[end])
            and not any(parted(below, at) for at in range(column + 1, end))
        ):
            below += 1
        taken.update(product(range(row, below), range(column, end)))
        cells.append(GridCell(row, column, below - row, end - column))
    return cells


def _down_at(frame: Frame, x: float, top: float, bottom: float) -> bool:
    return _covers(((a, b) for at, a, b in frame.down if abs(at - x) <= SAME), top, bottom)


def _across_at(frame: Frame, y: float, left: float, right: float) -> bool:
    return _covers(((a, b) for at, a, b in frame.across if abs(at - y) <= SAME), left, right)


def _covers(pieces: Iterable[tuple[float, float]], start: float, end: float) -> bool:
    """Whether pieces of a line cover most of a stretch."""
    covered = sum(max(min(b, end) - max(a, start), 0.0) for a, b in pieces)
    return covered >= COVERED * (end - start)


def _put(words: Iterable[Word], grid: Grid) -> None:
    """Each word into the cell that its middle stands in."""
    places: dict[tuple[int, int], GridCell] = {}
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                places[row, column] = cell
    for word in words:
        x, y = word.middle
        row = _slot(grid.ys, y)
        column = _slot(grid.xs, x)
        places[row, column].words.append(word)


def _slot(edges: Sequence[float], at: float) -> int:
    return min(max(bisect_right(edges, at) - 1, 0), len(edges) - 2)


def _without_slivers(grid: Grid) -> Grid:
    """Without rows and columns that are the room between the two strokes of a double line."""
    rows = _kept(grid.ys, {row for cell in grid.filled for row in range(cell.row, cell.row + cell.row_span)})
    columns = _kept(grid.xs, {at for cell in grid.filled for at in range(cell.column, cell.column + cell.column_span)})
    cells = []
    for cell in grid.cells:
        tall = [row for row in range(cell.row, cell.row + cell.row_span) if row in rows]
        wide = [column for column in range(cell.column, cell.column + cell.column_span) if column in columns]
        if tall and wide:
            cells.append(GridCell(rows[tall[0]], columns[wide[0]], len(tall), len(wide), cell.words))
    ys = [y for index, y in enumerate(grid.ys[:-1]) if index in rows] + grid.ys[-1:]
    xs = [x for index, x in enumerate(grid.xs[:-1]) if index in columns] + grid.xs[-1:]
    return Grid(xs, ys, cells, grid.ruled)


def _kept(edges: Sequence[float], filled: set[int]) -> dict[int, int]:
    """The new place of each strip that is kept."""
    kept = [index for index in range(len(edges) - 1) if index in filled or edges[index + 1] - edges[index] > SLIVER]
    return {index: place for place, index in enumerate(kept)}
