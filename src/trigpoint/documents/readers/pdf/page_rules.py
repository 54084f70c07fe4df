"""The ruled lines of a page → frames: groups of lines that may be the borders of one table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from trigpoint.documents.readers.pdf.drawings import Box, Drawings

SNAP = 2.0  # points: lines nearer to each other are one
JOIN = 5.0  # points: a gap in a line that is no gap
TOUCH = 4.0  # points: how far a line may end from the line that it meets
SHORTEST = 8.0
ALIKE = 8.0  # points: how much the ends of two lines that rule one table may differ
WHOLE_PAGE = 0.85
FEWEST_LINES, MOST_LINES, MOST_FRAMES, MOST_BOXES = 3, 800, 100, 4_000
LOOKED_BACK = 200  # boxes
WHOLE_LINE = 0.9  # of its frame: a line that may part two tables
LEAST_BOX = (8.0, 6.0)


@dataclass(slots=True)
class Frame:
    """Lines that belong together: ``across`` as (y, x0, x1), ``down`` as (x, top, bottom). ``soft`` are the sides of
    shaded boxes, which tell columns where nothing is ruled."""

    across: list[tuple[float, float, float]] = field(default_factory=list)
    down: list[tuple[float, float, float]] = field(default_factory=list)
    soft: list[tuple[float, float, float]] = field(default_factory=list)

    @property
    def box(self) -> Box:
        """Everything that the lines surround."""
        lefts = [x0 for _, x0, _ in self.across] + [x for x, _, _ in self.down]
        rights = [x1 for _, _, x1 in self.across] + [x for x, _, _ in self.down]
        tops = [y for y, _, _ in self.across] + [top for _, top, _ in self.down]
        bottoms = [y for y, _, _ in self.across] + [bottom for _, _, bottom in self.down]
        return Box(min(lefts), min(tops), max(rights), max(bottoms))


def frames(drawn: Drawings, width: float, height: float) -> list[Frame]:
    """The groups of lines of a page, from the top."""
    boxes = _cells([*drawn.shaded, *drawn.white], width * height * WHOLE_PAGE)
    shaded = [box for box in boxes if box in drawn.shaded]
    across = _longest(_merged((box.top, box.x0, box.x1) for box in drawn.across))
    if len(across) < 3:
        across = _merged([*across, *_sides(shaded)])
    down = _longest(_merged((box.x0, box.top, box.bottom) for box in drawn.down))
    groups = [group for group in _grouped(across, down) if len(group.across) + len(group.down) >= FEWEST_LINES]
    groups.sort(key=lambda group: -len(group.across) - len(group.down))
    found = [part for group in groups[:MOST_FRAMES] for part in _split(group)]
    for frame in found:
        around = frame.box
        sides = [(x, box.top, box.bottom) for box in boxes for x in (box.x0, box.x1) if _inside(box, around)]
        frame.soft = _merged(sides)
    return sorted(found, key=lambda frame: frame.box.top)


def _longest(lines: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """The longest of very many lines: a drawing has thousands, and each is compared with each."""
    return sorted(sorted(lines, key=lambda line: line[1] - line[2])[:MOST_LINES])


def _split(frame: Frame) -> list[Frame]:
    """A frame as several, where two tables touch: hardly a line down goes on through the line between them."""
    box = frame.box
    for y, x0, x1 in sorted(frame.across):
        if x1 - x0 < WHOLE_LINE * (box.x1 - box.x0) or not box.top + SNAP < y < box.bottom - SNAP:
            continue
        above = [(x, top, min(bottom, y)) for x, top, bottom in frame.down if top < y - SNAP]
        below = [(x, max(top, y), bottom) for x, top, bottom in frame.down if bottom > y + SNAP]
        inner = [_inner(side, box) for side in (above, below)]
        shared = sum(any(abs(a - b) <= SNAP for b in inner[1]) for a in inner[0])
        if all(inner) and shared * 2 < min(map(len, inner)):
            upper = Frame([line for line in frame.across if line[0] <= y], above)
            lower = Frame([line for line in frame.across if line[0] >= y], below)
            return [upper, *_split(lower)]
    return [frame]


def _inner(lines: Iterable[tuple[float, float, float]], box: Box) -> list[float]:
    """Where lines down stand that are no outer borders."""
    return [x for x, _, _ in lines if box.x0 + TOUCH < x < box.x1 - TOUCH]


def _sides(boxes: Iterable[Box]) -> list[tuple[float, float, float]]:
    """The upper and lower sides of boxes, which rule a table that has no lines."""
    return [(y, box.x0, box.x1) for box in boxes for y in (box.top, box.bottom)]


def _inside(box: Box, around: Box) -> bool:
    return around.holds((box.x0 + box.x1) / 2, (box.top + box.bottom) / 2)


def _cells(boxes: Sequence[Box], largest: float) -> list[Box]:
    """Boxes that may be cells: not the page, not a shade behind single lines of a cell that is shaded itself."""
    fit = [box for box in boxes if box.x1 - box.x0 > LEAST_BOX[0] and box.bottom - box.top > LEAST_BOX[1]]
    found: list[Box] = []
    for box in sorted((box for box in fit if box.area < largest), key=lambda one: -one.area)[:MOST_BOXES]:
        inside = any(
            abs(box.x0 - other.x0) < SNAP and abs(box.x1 - other.x1) < SNAP
            and other.top - SNAP <= box.top and box.bottom <= other.bottom + SNAP
            for other in found[-LOOKED_BACK:]
        )  # fmt: skip
        if not inside:
            found.append(box)
    return found


def _merged(lines: Iterable[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Lines on one height as one height; pieces that touch as one line; short ones that touch nothing left out."""
    rows: list[list[tuple[float, float, float]]] = []
    for line in sorted(lines):
        if rows and line[0] - rows[-1][0][0] <= SNAP:
            rows[-1].append(line)
        else:
            rows.append([line])
    found = []
    for row in rows:
        at = sum(line[0] for line in row) / len(row)
        start = end = None
        for _, a, b in sorted(row, key=lambda line: line[1]):
            if start is None or end is None:
                start, end = a, b
            elif a - end <= JOIN:
                end = max(end, b)
            else:
                found.append((at, start, end))
                start, end = a, b
        if start is not None and end is not None:
            found.append((at, start, end))
    return [line for line in found if line[2] - line[1] >= SHORTEST]


def _grouped(across: Sequence[tuple[float, float, float]], down: Sequence[tuple[float, float, float]]) -> list[Frame]:
    """Lines that meet; and lines across that meet none but begin and end alike, one below the other."""
    parents = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    met: set[int] = set()
    for i, (y, x0, x1) in enumerate(across):
        for j, (x, top, bottom) in enumerate(down, len(across)):
            if x0 - TOUCH <= x <= x1 + TOUCH and top - TOUCH <= y <= bottom + TOUCH:
                parents[root(j)] = root(i)
                met.add(i)
    for i, (_, x0, x1) in enumerate(across):
        for j in range(i):
            if not met & {i, j} and abs(across[j][1] - x0) <= ALIKE and abs(across[j][2] - x1) <= ALIKE:
                parents[root(j)] = root(i)
    groups: dict[int, Frame] = {}
    for index, line in enumerate(across):
        groups.setdefault(root(index), Frame()).across.append(line)
    for index, line in enumerate(down, len(across)):
        groups.setdefault(root(index), Frame()).down.append(line)
    return list(groups.values())
