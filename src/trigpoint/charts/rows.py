"""Rows with names at the left, marks on a level scale and words at the right: written out as Vega-Lite.

Everything is placed in pixels, one layer for each kind of mark however many rows there are, so that a league of
hundreds takes no longer to draw than one of ten.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from trigpoint.charts.drawing import page, size
from trigpoint.charts.frame import Spec, clean, nothing_to_draw
from trigpoint.charts.pixels import hatching, pixels
from trigpoint.charts.row import Frame, Row
from trigpoint.charts.style import GRID, INK, under_title
from trigpoint.charts.upright import Upright, upright
from trigpoint.measures.figures import PERCENTAGE

NAME_CHARACTERS = 34
_ROW, _TWO_LINES, _LINE, _BAR = 28, 38, 14, 16
_TOP = 18
_GAP = 14  # pixels between names and scale, and between scale and words
_BADGE = 24  # pixels that a letter in its shape takes before the words
_LETTER = 6.4  # pixels of a letter of 12-pixel type


def rows_spec(
    rows: Sequence[Row], frame: Frame, *, title: str, finding: str, key: str = "", description: str, empty: str = ""
) -> Spec:
    """The whole specification; without a row it says ``empty``."""
    body = (
        rows_body(rows, frame)
        if rows
        else {"layer": nothing_to_draw(empty, frame.width, 120), **size((frame.width, 120))}
    )
    spec = page(body, title, description)
    spec["title"].update(under_title(finding, key if rows else ""))
    # The names stand left of the scale; the title begins where they do.
    spec["title"]["frame"] = "bounds"
    return spec


def rows_body(rows: Sequence[Row], frame: Frame) -> Spec:
    """The view of the rows alone, for pictures that have several. Without a title of the scale no room is kept."""
    values = [value for row in rows for value in row.values]
    values += [line.value for line in frame.lines] + ([0.0] if frame.from_zero else [])
    plot = _Plot(frame, upright(values, frame.form, frame.width, ticks=5), _heights(rows))
    layers = [*_ground(plot), *_bars(rows, plot), *_links(rows, plot), *_pales(rows, plot), *_lines(plot)]
    layers += [*_points(rows, plot), *_words(rows, plot), *_badges(rows, plot), *_heads(plot)]
    return {"layer": layers, **size((frame.width, int(plot.foot)))}


@dataclass(frozen=True, slots=True)
class _Plot:
    frame: Frame
    scale: Upright
    middles: tuple[float, ...]

    @property
    def foot(self) -> float:
        return (self.middles[-1] if self.middles else _TOP) + _ROW / 2 + 4

    def x(self, value: float) -> float:
        return self.frame.width - self.scale.pixel(value)


def _heights(rows: Sequence[Row]) -> tuple[float, ...]:
    """The middle of each row; a heading stands a little apart from what is above it."""
    found, at = [], float(_TOP)
    for index, row in enumerate(rows):
        at += 8 if index and not list(row.values) and not row.text else 0
        high = _TWO_LINES if len(_name_lines(row)) > 1 else _ROW
        found.append(at + high / 2)
        at += high
    return tuple(found)


def _name_lines(row: Row) -> list[str]:
    return wrap(clean(row.name), NAME_CHARACTERS, max_lines=2, placeholder=" …", break_on_hyphens=False) or [""]


_TEXT: Spec = {"field": "text", "type": "nominal"}
_TIP: Spec = {"field": "tip", "type": "nominal"}


def _ground(plot: _Plot) -> list[Spec]:
    """Grid, tick labels and the title of the scale."""
    ticks = [
        {"x": plot.x(tick), "y": _TOP - 4, "y2": plot.foot, "text": _tick(tick, plot)} for tick in plot.scale.ticks
    ]
    foot = [{"x": 0, "x2": plot.frame.width, "y": plot.foot}]
    below = [{**row, "y": plot.foot + 6} for row in _apart(ticks)]
    text = {"type": "text", "baseline": "top", "fontSize": 12, "color": INK}
    title = [{"x": plot.frame.width / 2, "y": plot.foot + 26, "text": plot.frame.axis}]
    return [
        pixels(ticks, {"type": "rule", "color": GRID}, "x", "y", "y2"),
        pixels(foot, {"type": "rule", "color": INK}, "x", "x2", "y"),
        pixels(below, text, "x", "y", text=_TEXT),
        pixels(title, {**text, "fontSize": 13}, "x", "y", text=_TEXT),
    ]


def _tick(value: float, plot: _Plot) -> str:
    shown = f"{abs(value):,.{plot.scale.digits}f}"
    sign = (
        ""
        if value == 0 or float(shown.replace(",", "")) == 0
        else "−"
        if value < 0
        else "+"
        if plot.frame.signed
        else ""
    )
    before, after = plot.frame.around
    if value == 0 and any(plot.frame.around):
        return f"{before}0"
    return f"{sign}{before}{shown}{after}{'%' if plot.frame.form.kind == PERCENTAGE else ''}"


def _apart(ticks: Sequence[Spec]) -> list[Spec]:
    """As many tick labels as have room beside each other."""
    if len(ticks) < 2:
        return list(ticks)
    room = max(len(tick["text"]) for tick in ticks) * 7 + 10
    stride = max(1, int(-(-room // max(ticks[1]["x"] - ticks[0]["x"], 1))))
    return list(ticks[::stride])


def _lines(plot: _Plot) -> list[Spec]:
    layers = []
    for line in plot.frame.lines:
        rows = [{"x": plot.x(line.value), "y": _TOP - 6, "y2": plot.foot, "text": line.word}]
        rule = {"type": "rule", "color": INK, "strokeWidth": 1.3, "strokeDash": list(line.dash)}
        layers.append(pixels(rows, rule, "x", "y", "y2"))
    return layers


def _box(one: float, other: float, y: float, tip: str) -> Spec:
    left, right = sorted((one, other))
    return {"x": left, "x2": max(right, left + 1), "y": y - _BAR / 2, "y2": y + _BAR / 2, "tip": tip}


def _bars(rows: Sequence[Row], plot: _Plot) -> list[Spec]:
    by_look: dict[tuple[str, bool], list[Spec]] = {}
    empty = []
    for row, y in zip(rows, plot.middles, strict=True):
        if row.outline is not None:
            empty.append(_box(plot.x(row.outline[0]), plot.x(row.outline[1]), y, row.tip))
        if row.bar is not None:
            place = _box(plot.x(row.bar[0]), plot.x(row.bar[1]), y, row.tip)
            by_look.setdefault((row.bar[2], row.hatched), []).append(place)
    found = _framed(empty, INK, 1.2) if empty else []
    for (colour, hatched), places in by_look.items():
        if hatched:
            strokes = [stroke for place in places for stroke in hatching(*(place[at] for at in ("x", "x2", "y", "y2")))]
            found += _framed(places, colour, 1.8)
            found.append(pixels(strokes, {"type": "rule", "color": colour, "strokeWidth": 1.4}, "x", "x2", "y", "y2"))
        else:
            found.append(pixels(places, {"type": "rect", "color": colour}, "x", "x2", "y", "y2", tooltip=_TIP))
    return [*found, *_breaks(rows, plot)]


def _framed(places: Sequence[Spec], colour: str, width: float) -> list[Spec]:
    look = {"type": "rect", "fill": "white", "stroke": colour, "strokeWidth": width}
    return [pixels(places, look, "x", "x2", "y", "y2", tooltip=_TIP)]


def _breaks(rows: Sequence[Row], plot: _Plot) -> list[Spec]:
    """Two slanting white strokes through the foot of each bar that is cut off."""
    strokes = [
        {"x": plot.x(row.bar[0]) + at, "x2": plot.x(row.bar[0]) + at + 6, "y": y + _BAR / 2 + 1, "y2": y - _BAR / 2 - 1}
        for row, y in zip(rows, plot.middles, strict=True)
        if row.broken and row.bar is not None
        for at in (8, 14)
    ]
    return (
        [pixels(strokes, {"type": "rule", "color": "white", "strokeWidth": 2.5}, "x", "x2", "y", "y2")]
        if strokes
        else []
    )


def _links(rows: Sequence[Row], plot: _Plot) -> list[Spec]:
    level = [
        {"x": plot.x(row.link[0]), "x2": plot.x(row.link[1]), "y": y}
        for row, y in zip(rows, plot.middles, strict=True)
        if row.link is not None
    ]
    stops = [
        {"x": plot.x(row.stop), "y": y - _BAR / 2 - 3, "y2": y + _BAR / 2 + 3, "tip": row.tip}
        for row, y in zip(rows, plot.middles, strict=True)
        if row.stop is not None
    ]
    down = [
        {"x": plot.x(row.after), "y": y + _BAR / 2, "y2": plot.middles[at + 1] - _BAR / 2}
        for at, (row, y) in enumerate(zip(rows, plot.middles, strict=True))
        if row.after is not None and at + 1 < len(rows)
    ]
    found = []
    if level:
        found.append(pixels(level, {"type": "rule", "color": INK, "strokeWidth": 1.2}, "x", "x2", "y"))
    if stops:
        found.append(pixels(stops, {"type": "rule", "color": INK, "strokeWidth": 3}, "x", "y", "y2", tooltip=_TIP))
    if down:
        found.append(pixels(down, {"type": "rule", "color": INK, "strokeWidth": 0.8}, "x", "y", "y2"))
    return found


def _pales(rows: Sequence[Row], plot: _Plot) -> list[Spec]:
    by_colour: dict[str, list[Spec]] = {}
    for row, y in zip(rows, plot.middles, strict=True):
        if row.pale is not None:
            one, other = sorted((plot.x(row.pale[0]), plot.x(row.pale[1])))
            place = {"x": one, "x2": max(other, one + 1), "y": y, "tip": row.tip}
            by_colour.setdefault(row.pale[2], []).append(place)
    return [
        pixels(
            found, {"type": "rule", "color": colour, "opacity": 0.28, "strokeWidth": 10}, "x", "x2", "y", tooltip=_TIP
        )
        for colour, found in by_colour.items()
    ]


def _points(rows: Sequence[Row], plot: _Plot) -> list[Spec]:
    looks: dict[tuple[str, str, bool], list[Spec]] = {}
    for row, y in zip(rows, plot.middles, strict=True):
        for mark in row.marks:
            place = {"x": plot.x(mark.value), "y": y, "tip": mark.tip or row.tip}
            looks.setdefault((mark.shape, mark.colour, mark.hollow), []).append(place)
    found = []
    for (shape, colour, hollow), places in looks.items():
        fill = {"fill": "white", "stroke": colour, "strokeWidth": 1.6} if hollow else {"filled": True, "color": colour}
        look = {"type": "point", "shape": shape, "size": 75, "opacity": 1, **fill}
        found.append(pixels(places, look, "x", "y", tooltip=_TIP))
    return found


def _words(rows: Sequence[Row], plot: _Plot) -> list[Spec]:
    names: dict[bool, list[Spec]] = {False: [], True: []}
    begin_words = plot.frame.width + _GAP + (_BADGE if any(row.badge for row in rows) else 0)
    words: dict[bool, list[Spec]] = {False: [], True: []}
    for row, y in zip(rows, plot.middles, strict=True):
        lines = _name_lines(row)
        begin = y - (len(lines) - 1) * _LINE / 2
        names[row.strong] += [
            {"x": -_GAP, "y": begin + _LINE * at, "text": line, "tip": clean(row.name)} for at, line in enumerate(lines)
        ]
        if row.text:
            words[row.strong].append({"x": begin_words, "y": y, "text": row.text, "tip": row.tip})
    found = []
    for places, align in ((names, "right"), (words, "left")):
        for strong, own in places.items():
            weight = "bold" if strong else "normal"
            look = {"type": "text", "align": align, "baseline": "middle", "fontSize": 12.5, "fontWeight": weight}
            if own:
                found.append(pixels(own, {**look, "color": INK}, "x", "y", text=_TEXT, tooltip=_TIP))
    return found


def _badges(rows: Sequence[Row], plot: _Plot) -> list[Spec]:
    looks: dict[tuple[str, str], list[Spec]] = {}
    for row, y in zip(rows, plot.middles, strict=True):
        if row.badge is not None:
            place = {"x": plot.frame.width + _GAP + 8, "y": y, "text": row.badge.letter, "tip": row.tip}
            looks.setdefault((row.badge.shape, row.badge.colour), []).append(place)
    found = []
    for (shape, colour), places in looks.items():
        mark = {"type": "point", "shape": shape, "size": 300, "opacity": 1, "filled": True, "color": colour}
        found.append(pixels(places, mark, "x", "y", tooltip=_TIP))
    every = [place for places in looks.values() for place in places]
    letter = {"type": "text", "baseline": "middle", "fontSize": 11.5, "fontWeight": "bold", "color": "white", "dy": 0.5}
    return [*found, pixels(every, letter, "x", "y", text=_TEXT)] if every else []


def _heads(plot: _Plot) -> list[Spec]:
    """What heads the columns, and the names of the upright lines: one that would touch another stands above it."""
    frame = plot.frame
    spots: list[tuple[float, str, str]] = [(-_GAP, frame.names, "right"), (frame.width + _GAP, frame.words, "left")]
    spots += [(plot.x(line.value), line.word, "center") for line in sorted(frame.lines, key=lambda line: line.value)]
    taken: list[tuple[float, float, int]] = []
    found = []
    for x, text, align in spots:
        if not text:
            continue
        length = len(text) * _LETTER
        left = x - {"right": length, "center": length / 2, "left": 0.0}[align]
        row = next(row for row in range(len(spots)) if not any(
            row == other and left < end and begin < left + length for begin, end, other in taken))  # fmt: skip
        taken.append((left - 8, left + length + 8, row))
        mark = {"type": "text", "align": align, "baseline": "bottom", "fontSize": 12, "color": INK}
        found.append(pixels([{"x": x, "y": _TOP - 8 - row * _LINE, "text": text}], mark, "x", "y", text=_TEXT))
    return found
