"""Words that no lines rule → columns of text in the order of reading, and tables told by how their words align.

A table is only seen where at least three rows of short words stand under each other; all else stays text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import TypeAlias

from trigpoint.documents.readers.pdf.page_grid import Grid, GridCell, gutters
from trigpoint.documents.readers.pdf.page_lines import LEADERS, Line, bullet_of
from trigpoint.documents.readers.pdf.words import Word
from trigpoint.documents.readers.text import MARKER

SEGMENT_GAP = 1.4  # of the size: more room parts a line into segments
STRIP = 9.0  # points: the least width of a strip between columns
FEWEST_LINES = 3
FEWEST_ROWS_OF_TWO = 4
FULL = 0.7  # of its column: what most lines of running text fill
LONG = 18  # letters: what most lines of a column of text have
MOST_TEXT_COLUMNS = 3
NEW_ROW = 1.35  # of the usual step between lines


@dataclass(slots=True)
class Run:
    """Lines one below the other that leave a common strip free. ``free`` are the strips as (left, right)."""

    lines: list[list[Line]]
    free: list[tuple[float, float]] = field(default_factory=list)


Region: TypeAlias = list[Line] | Grid


def regions(lines: Sequence[Line]) -> Iterator[Region]:
    """Columns of text, each as its lines, and tables, in the order of reading."""
    if not lines:
        return
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    text: list[Line] = []
    for run in _runs(lines, left, right):
        found = _columns(run)
        if not found:
            text += [Line(tuple(word for segment in line for word in segment.words)) for line in run.lines]
            continue
        if text:
            yield text
            text = []
        yield from found
    if text:
        yield text


def segments(line: Line) -> list[Line]:
    """The parts of a line that wide gaps part; a bullet or number stays with the words after it."""
    parts: list[list[Word]] = [[line.words[0]]]
    for last, word in pairwise(line.words):
        gap = word.x0 - last.x1
        alone = len(parts[-1]) == 1
        marked = alone and (MARKER.fullmatch(last.text) is not None or bool(bullet_of(line)))
        leaders = LEADERS in last.text or LEADERS in word.text
        if gap > SEGMENT_GAP * line.size and not marked and not leaders:
            parts.append([word])
        else:
            parts[-1].append(word)
    return [Line(tuple(part)) for part in parts]


def _runs(lines: Sequence[Line], left: float, right: float) -> Iterator[Run]:
    run: Run | None = None
    for line in lines:
        parts = segments(line)
        free = _left_free(run.free if run else [(left, right)], parts)
        if run is None or not free:
            if run is not None:
                yield run
            run = Run([], _left_free([(left, right)], parts))
            free = run.free
        run.lines.append(parts)
        run.free = free
    if run is not None:
        yield run


def _left_free(strips: Sequence[tuple[float, float]], parts: Sequence[Line]) -> list[tuple[float, float]]:
    """What remains of strips beside the segments of a line."""
    for part in parts:
        cut = []
        for a, b in strips:
            if part.x1 <= a or part.x0 >= b:
                cut.append((a, b))
            else:
                cut += [(a, part.x0), (part.x1, b)]
        strips = [(a, b) for a, b in cut if b - a >= STRIP]
    return list(strips)


def _columns(run: Run) -> list[Region]:
    """The columns of text of a run, or its table; nothing where it is plain text."""
    pieces = [part for line in run.lines for part in line]
    between = [
        (a + b) / 2
        for a, b in run.free
        if sum(part.x1 <= a + 1 for part in pieces) >= FEWEST_LINES
        and sum(part.x0 >= b - 1 for part in pieces) >= FEWEST_LINES
    ]
    if not between:
        return []
    sides = [[part for part in pieces if _slot(between, part) == slot] for slot in range(len(between) + 1)]
    if len(sides) <= MOST_TEXT_COLUMNS and all(map(_is_running_text, sides)):
        return [sorted(side, key=lambda part: part.base) for side in sides]
    table = _table(run, pieces)
    return [table] if table else []


def _slot(between: Sequence[float], part: Line) -> int:
    return sum(part.x0 >= middle for middle in between)


def _is_running_text(side: Sequence[Line]) -> bool:
    """Whether most lines of a column fill it, as wrapped sentences do."""
    width = max(part.x1 for part in side) - min(part.x0 for part in side)
    return (
        len(side) > FEWEST_LINES
        and median(part.x1 - part.x0 for part in side) >= FULL * width
        and median(len(part.text) for part in side) >= LONG
    )


def _table(run: Run, pieces: Sequence[Line]) -> Grid | None:
    words = [word for part in pieces for word in part.words]
    left, right = min(part.x0 for part in pieces), max(part.x1 for part in pieces)
    between = [x for x in gutters(words, left, right) if any(a <= x <= b for a, b in run.free)]
    several = sum(len({_slot(between, part) for part in line}) > 1 for line in run.lines)
    if not between or several < (FEWEST_LINES if len(between) > 1 else FEWEST_ROWS_OF_TWO):
        return None
    if several * 2 < len(run.lines):
        return None
    rows = _rows(run.lines, between)
    cells = []
    for row, lines in enumerate(rows):
        for column in range(len(between) + 1):
            inside = [word for line in lines for part in line if _slot(between, part) == column for word in part.words]
            cells.append(GridCell(row, column, 1, 1, inside))
    ys = [min(part.top for part in lines[0]) for lines in rows] + [max(part.bottom for part in rows[-1][-1])]
    return Grid([left, *between, right], ys, cells)


def _rows(lines: Sequence[list[Line]], between: Sequence[float]) -> list[list[list[Line]]]:
    """Lines as rows: one begins where the first column has words, or after a gap."""
    steps = sorted(b[0].base - a[0].base for a, b in pairwise(lines))
    usual = steps[len(steps) // 4] if steps else 0.0
    rows: list[list[list[Line]]] = []
    for line in lines:
        slots = {_slot(between, part) for part in line}
        if rows:
            step = line[0].base - rows[-1][-1][0].base
            wrapped = len(slots) == 1 and line[0].text[:1].islower()
            if (0 not in slots or wrapped) and step <= usual * NEW_ROW:
                rows[-1].append(line)
                continue
        rows.append([line])
    return rows
