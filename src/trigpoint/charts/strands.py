"""Lines over months or years with pale bands, each named at its right end: written out as Vega-Lite."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trigpoint.charts.drawing import page, size
from trigpoint.charts.frame import SIZE, Beside, Spec, beside, edged, level, nothing_to_draw, placed
from trigpoint.charts.look import Look
from trigpoint.charts.pixels import pixels
from trigpoint.charts.printed import between, shown
from trigpoint.charts.style import GRID, INK, under_title
from trigpoint.charts.upright import Upright, drawn, upright
from trigpoint.measures.standing import Form

_OUTER = 0.1  # of a step, before the first and after the last period: as ``frame.level`` has it
_HEAD = 38  # pixels above the lines that the heads of years take
_CHARACTER = 6.4
_DOTS_UP_TO = 60
_EDGE: Spec = {"stroke": "white", "strokeWidth": 4, "strokeJoin": "round", "color": "white"}


@dataclass(frozen=True, slots=True)
class Strand:
    """One line: a value a period or ``None``, perhaps with a band, its look, and the words beside its end.

    ``dots`` are the periods that have a point, hollow where ``hollow``; ``pale`` is how dense its band is.
    """

    name: str
    values: tuple[float | None, ...]
    look: Look
    band: tuple[tuple[float | None, ...], tuple[float | None, ...]] = ((), ())
    end: str = ""
    dots: frozenset[int] = frozenset()
    hollow: bool = False
    pale: float = 0.2
    size: int = 46


@dataclass(frozen=True, slots=True)
class Head:
    """Words above a stretch of periods, from one index to another (both included): a year and what it comes to."""

    first: int
    last: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """What lines are drawn on: the periods, the scale, what stands above (``edged``: with lines between), and where the
    forecast begins. ``around`` is what stands before and after a number (£ and m)."""

    periods: tuple[str, ...]
    form: Form
    heads: tuple[Head, ...] = ()
    begin: tuple[int, str] | None = None
    edged: bool = True
    height: int = SIZE[1]
    around: tuple[str, str] = ("", "")

    def words(self, value: float | None) -> str:
        """A value as it is printed."""
        if value is None or not any(self.around):
            return shown(value, self.form.decimals)
        size = shown(abs(value), self.form.decimals)
        return f"{'−' if value < 0 and size.strip('0.') else ''}{self.around[0]}{size}{self.around[1]}"

    @property
    def room(self) -> int:
        """Pixels above the lines that the heads take; none where not one of them fits."""
        return _HEAD if any(self.fits(head, head.words[0]) for head in self.heads if head.words) else 0

    def fits(self, head: Head, words: str) -> bool:
        """Whether words have room above their periods."""
        return len(words) * _CHARACTER <= self.x(head.last) - self.x(head.first - 1)

    def x(self, index: float) -> float:
        """Where the middle of a period stands, in pixels; half a step less is its left edge."""
        step = SIZE[0] / (len(self.periods) + 2 * _OUTER)
        return step * (_OUTER + index + 0.5)


def numbers(values: Iterable[float | None]) -> tuple[float | None, ...]:
    """Values as a strand has them, whatever array they come in: what cannot be drawn is ``None``."""
    return tuple(drawn(None if value is None else float(value)) for value in values)


def lines_spec(
    board: Board, strands: Sequence[Strand], *, title: str, finding: str, key: str, description: str, more: str = ""
) -> Spec:
    """The whole specification; without any value it says that there is nothing to draw. ``more`` stands under the
    finding as a sentence of its own."""
    every = [value for strand in strands for part in (strand.values, *strand.band) for value in part]
    if not any(value is not None for value in every):
        layers, key = nothing_to_draw("There is no figure to draw"), ""
    else:
        layers = lines_layers(board, strands)
    spec = page({"layer": layers, **size((SIZE[0], board.height))}, title, description)
    spec["title"].update(under_title(finding, more, key))
    return spec


def lines_layers(board: Board, strands: Sequence[Strand]) -> list[Spec]:
    """The lines alone, for pictures that have several views."""
    every = [value for strand in strands for part in (strand.values, *strand.band) for value in part]
    scale = upright(every, board.form, board.height, above=board.room, around=board.around)
    layers = [*_heads(board), *(layer for strand in strands for layer in _band(strand, board, scale))]
    layers += [layer for strand in strands for layer in _line(strand, board, scale)]
    return [*layers, *_begin(board), *beside(_ends(strands, scale), scale)]


def _heads(board: Board) -> list[Spec]:
    """Years above their months, a thin line between them; words that have no room are left away."""
    words: list[Spec] = []
    edges: list[Spec] = []
    for head in board.heads:
        left, right = board.x(head.first - 0.5), board.x(head.last + 0.5)
        between = board.edged and head.first and board.room
        edges += [{"x": left, "y": -4, "y2": board.height}] if between else []
        words += [
            {"x": (left + right) / 2, "y": 2 + 15 * line, "text": text, "first": not line}
            for line, text in enumerate(head.words)
            if board.fits(head, text)
        ]
    layers = [pixels(edges, {"type": "rule", "color": GRID, "strokeWidth": 1.5}, "x", "y", "y2")] if edges else []
    for first in (True, False):
        own = [word for word in words if word["first"] is first]
        mark: Spec = {"type": "text", "baseline": "top", "fontSize": 12, "fontWeight": "bold" if first else "normal"}
        # A white edge keeps the words clear of the grid.
        for look in (_EDGE, {"color": INK}) if own else ():
            layers.append(pixels(own, {**mark, **look}, "x", "y", text={"field": "text", "type": "nominal"}))
    return layers


def _begin(board: Board) -> list[Spec]:
    """Where the actual ends: a dotted line with its words at the foot."""
    if board.begin is None:
        return []
    index, words = board.begin
    x = board.x(index - 0.5)
    rule = {"type": "rule", "color": INK, "strokeWidth": 1, "strokeDash": [2, 2]}
    right = x > SIZE[0] * 0.7
    mark = {"type": "text", "text": words, "baseline": "bottom", "fontSize": 12, "align": "right" if right else "left"}
    return [
        placed(rule, x=x, y=board.room, y2=board.height),
        *edged(mark, x=x + (-5 if right else 5), y=board.height - 5),
    ]


def _stretches(low: Sequence[float | None], high: Sequence[float | None]) -> list[list[int]]:
    """Neighbouring periods in which both ends of a band are known."""
    found: list[list[int]] = []
    for index, ends in enumerate(zip(low, high, strict=False)):
        if None in ends:
            continue
        if found and found[-1][-1] == index - 1:
            found[-1].append(index)
        else:
            found.append([index])
    return found


def _band(strand: Strand, board: Board, scale: Upright) -> list[Spec]:
    """A pale area; where a period stands alone a pale bar, since an area needs a neighbour."""
    low, high = strand.band
    filled: list[Spec] = []
    alone: list[Spec] = []
    for part, stretch in enumerate(_stretches(low, high)):
        rows = [{"period": board.periods[at], "low": low[at], "high": high[at], "part": part} for at in stretch]
        (filled if len(rows) > 1 else alone).extend(rows)
    x, y = level(board.periods), scale.channel("low")
    layers: list[Spec] = []
    look = {"color": strand.look.colour, "opacity": strand.pale}
    if filled:
        encoding = {"x": x, "y": y, "y2": {"field": "high"}, "detail": {"field": "part", "type": "nominal"}}
        layers.append({"data": {"values": filled}, "mark": {"type": "area", **look}, "encoding": encoding})
    if alone:
        mark = {"type": "rule", "strokeWidth": min(22, 0.7 * SIZE[0] / len(board.periods)), **look}
        layers.append({"data": {"values": alone}, "mark": mark, "encoding": {"x": x, "y": y, "y2": {"field": "high"}}})
    return layers


def _line(strand: Strand, board: Board, scale: Upright) -> list[Spec]:
    known = [index for index, value in enumerate(strand.values) if value is not None]
    if not known:
        return []
    rows = [_row(strand, board, index) for index in range(known[0], known[-1] + 1)]
    encoding = {"x": level(board.periods), "y": scale.channel()}
    mark = {"type": "line", "invalid": "break-paths-show-path-domains", **strand.look.line}
    layers: list[Spec] = [{"data": {"values": rows}, "mark": mark, "encoding": encoding}]
    lonely = frozenset(
        at
        for at in known
        if not any(0 <= n < len(strand.values) and strand.values[n] is not None for n in (at - 1, at + 1))
    )
    dotted = (strand.dots if len(strand.dots) <= _DOTS_UP_TO else frozenset()) | lonely
    marked = [row for row in rows if row["at"] in dotted and row["value"] is not None]
    clear = [row for row in rows if row["at"] not in dotted and row["value"] is not None]
    tips = _tips(any(row["between"] for row in rows))
    colour = strand.look.colour
    fill = (
        {"fill": "white", "stroke": colour, "strokeWidth": 1.5} if strand.hollow else {"filled": True, "color": colour}
    )
    point: Spec = {"type": "point", "shape": strand.look.shape, "size": strand.size, "opacity": 1, **fill}
    # What has no point can still be asked for its value.
    for own, look in ((marked, point), (clear, {**point, "opacity": 0})):
        if own:
            layers.append({"data": {"values": own}, "mark": look, "encoding": {**encoding, "tooltip": tips}})
    return layers


def _row(strand: Strand, board: Board, index: int) -> Spec:
    low, high = (part[index] if index < len(part) else None for part in strand.band)
    value = strand.values[index]
    interval = between(low, high, board.form.decimals) if low is not None and high is not None else ""
    return {
        "period": board.periods[index],
        "value": value,
        "at": index,
        "series": strand.name,
        "shown": board.words(value),
        "between": interval,
    }


def _tips(with_interval: bool) -> list[Spec]:
    fields = [("period", "Period"), ("series", "Line"), ("shown", "Value")]
    fields += [("between", "80% interval")] if with_interval else []
    return [{"field": field, "type": "nominal", "title": title} for field, title in fields]


def _ends(strands: Sequence[Strand], scale: Upright) -> list[Beside]:
    found = []
    for strand in strands:
        last = next((value for value in reversed(strand.values) if value is not None), None)
        if strand.end and last is not None:
            shape = strand.look.shape if strand.dots else ""
            found.append(Beside(strand.end, scale.pixel(last), strand.look.colour, strand.look.line, shape))
    return found
