"""A payment curve written out as Vega-Lite: the curve above, the marginal payment beneath, who bears it behind both."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from trigpoint.charts.drawing import size
from trigpoint.charts.finance.look import ACTUAL, FORECAST
from trigpoint.charts.finance.pounds import Pounds
from trigpoint.charts.frame import SIZE, Spec, edged
from trigpoint.charts.pixels import hatching, pixels
from trigpoint.charts.style import INK
from trigpoint.charts.upright import Upright, upright
from trigpoint.finance.contracts.mechanism import Bearer
from trigpoint.finance.words import MoneyForm
from trigpoint.measures.figures import number
from trigpoint.measures.standing import Form
from trigpoint.rounding import decimal_of

_HEIGHTS = (270, 120)
_WIDTH = SIZE[0]
_HEAD = 40  # pixels above the curve for the words of the regions
_LETTER, _LINE = 6.4, 15
_SHADE, _STROKES = "#e1e6e8", "#c3ccd1"
_TEXT: Spec = {"field": "text", "type": "nominal"}
_TIP: Spec = {"field": "tip", "type": "nominal"}
_REGIONS = {Bearer.COMMISSIONER: "Commissioner bears", Bearer.SHARED: "Both bear", Bearer.PROVIDER: "Provider bears"}


@dataclass(frozen=True, slots=True)
class Point:
    """What is marked: its activity (units or pounds), its payment, its shape. ``on_curve`` is false for a part of the
    year."""

    name: str
    at: Fraction
    gbp: Decimal
    shape: str
    hollow: bool = False
    on_curve: bool = True


@dataclass(frozen=True, slots=True)
class Segment:
    """A straight piece: from one activity to another, what each is paid, what one more unit adds and who bears it."""

    begin: Fraction
    end: Fraction
    first_gbp: Decimal
    last_gbp: Decimal
    marginal_gbp: Decimal
    borne_by: Bearer


@dataclass(frozen=True, slots=True)
class Subject:
    """What is drawn: activity in units or in pounds, from ``low`` to ``high``; ``price_gbp`` is one unit's price."""

    units: bool
    price_gbp: Decimal
    low: Fraction
    high: Fraction
    segments: tuple[Segment, ...]
    points: tuple[Point, ...]

    @property
    def pounds(self) -> Pounds:
        """The unit of activity told in pounds."""
        return Pounds.of([decimal_of(self.high)])

    def at_words(self, at: Fraction) -> str:
        """An activity as it is printed."""
        if self.units:
            return number(decimal_of(at), 0)
        return self.pounds.words(decimal_of(at))

    def level(self) -> Upright:
        """The scale of activity."""
        ends = (self.low, self.high)
        if self.units:
            scale = upright([float(end) for end in ends], Form(0, "", ""), _WIDTH, ticks=6)
        else:
            values = [self.pounds.at(decimal_of(end)) for end in ends]
            scale = upright(values, self.pounds.ticks, _WIDTH, ticks=6, around=self.pounds.around)
        low, high = (float(end) if self.units else (self.pounds.at(decimal_of(end)) or 0.0) for end in ends)
        ticks = tuple(tick for tick in scale.ticks if low <= tick <= high)
        return Upright(low, high, ticks, scale.digits, _WIDTH, scale.form, scale.around)

    def x(self, at: Fraction) -> float:
        """Where an activity stands, in pixels."""
        return _WIDTH * float((at - self.low) / (self.high - self.low))


def marginal_words(gbp: Decimal) -> str:
    """What one more unit adds, as a price is written: in pounds and pence, without pence where there are none.

    >>> marginal_words(Decimal("0.30")), marginal_words(Decimal("1150.00")), marginal_words(Decimal("-0.50"))
    ('£0.30', '£1,150', '−£0.50')
    """
    return MoneyForm(0, "", 0 if gbp == gbp.to_integral_value() else 2).words(gbp)


def curve_views(subject: Subject) -> list[Spec]:
    """Both views, the curve and the marginal payment."""
    paid = Pounds.of([*(end for one in subject.segments for end in (one.first_gbp, one.last_gbp)),
                      *(point.gbp for point in subject.points)])  # fmt: skip
    values = [paid.at(end) for one in subject.segments for end in (one.first_gbp, one.last_gbp)]
    scale = upright([*values, *(paid.at(point.gbp) for point in subject.points)], paid.ticks, _HEIGHTS[0],
                    above=_HEAD, around=paid.around)  # fmt: skip
    above = [*_regions(subject, _HEIGHTS[0]), *_thresholds(subject, _HEIGHTS[0], named=True),
             *_frame(subject, scale, "Payment", foot=False), _curve(subject, scale, paid),
             *_region_words(subject), *_marks(subject, scale, paid)]  # fmt: skip
    # Pounds of one unit, never thousands: that is how prices are written.
    margin = Pounds(MoneyForm(0, "", 2))
    rates = [margin.at(gbp) for gbp in (*(one.marginal_gbp for one in subject.segments), subject.price_gbp)]
    steps = upright([*rates, 0.0], Form(2, "", ""), _HEIGHTS[1], ticks=3, above=16, around=margin.around)
    title = "One more unit" if subject.units else "£1 more"
    beneath = [*_regions(subject, _HEIGHTS[1]), *_thresholds(subject, _HEIGHTS[1], named=False),
               *_frame(subject, steps, title, foot=True), *_marginals(subject, steps, margin)]  # fmt: skip
    return [
        {"layer": above, **size((_WIDTH, _HEIGHTS[0]))},
        {"layer": beneath, **size((_WIDTH, _HEIGHTS[1]))},
    ]


def _regions(subject: Subject, height: int) -> list[Spec]:
    grey = [box for one in subject.segments if one.borne_by is Bearer.PROVIDER and (box := _box(subject, one, height))]
    both = [box for one in subject.segments if one.borne_by is Bearer.SHARED and (box := _box(subject, one, height))]
    strokes = [line for box in both for line in hatching(box["x"], box["x2"], 0, height, 9)]
    found = []
    if grey:
        found.append(pixels(grey, {"type": "rect", "color": _SHADE}, "x", "x2", "y", "y2"))
    if strokes:
        found.append(pixels(strokes, {"type": "rule", "color": _STROKES, "strokeWidth": 1}, "x", "x2", "y", "y2"))
    return found


def _box(subject: Subject, one: Segment, height: int) -> Spec:
    return {"x": subject.x(one.begin), "x2": subject.x(one.end), "y": 0, "y2": height}


def _region_words(subject: Subject) -> list[Spec]:
    """Who bears it, above each stretch that has room for the words."""
    merged: list[tuple[Fraction, Fraction, Bearer]] = []
    for one in subject.segments:
        if merged and merged[-1][2] is one.borne_by:
            merged[-1] = (merged[-1][0], one.end, one.borne_by)
        else:
            merged.append((one.begin, one.end, one.borne_by))
    found = []
    for begin, end, borne_by in merged:
        room = subject.x(end) - subject.x(begin)
        whole = _REGIONS[borne_by]
        lines = [whole] if len(whole) * _LETTER <= room else whole.split()
        if max(map(len, lines)) * _LETTER > room:
            continue
        for at, words in enumerate(lines):
            mark = {"type": "text", "text": words, "fontSize": 12, "baseline": "middle"}
            found += edged(mark, x=subject.x((begin + end) / 2), y=12 + at * 14)
    return found


def _thresholds(subject: Subject, height: int, *, named: bool) -> list[Spec]:
    rows: list[Spec] = [{"x": subject.x(one.begin), "y": 0, "y2": height, "text": subject.at_words(one.begin)}
            for one in subject.segments[1:]]  # fmt: skip
    if not rows:
        return []
    found = [pixels(rows, {"type": "rule", "color": INK, "strokeDash": [3, 3], "strokeWidth": 1}, "x", "y", "y2")]
    names: list[Spec] = []
    reached = [-1e9, -1e9]
    for row in rows if named else ():
        half = len(row["text"]) * _LETTER / 2
        at = next((at for at, end in enumerate(reached) if row["x"] - half > end), None)
        if at is not None:
            names.append({**row, "y": -4 - at * 14})
            reached[at] = row["x"] + half + 6
    mark = {"type": "text", "fontSize": 12, "color": INK, "baseline": "bottom"}
    return [*found, pixels(names, mark, "x", "y", text=_TEXT)] if names else found


def _across(subject: Subject, *, foot: bool) -> Spec:
    level = subject.level()
    axis = level.channel()["axis"]
    axis = {**axis, "title": ("Activity (units)" if subject.units else "Activity’s value") if foot else None,
            "grid": False, "labelOverlap": True}  # fmt: skip
    return {"field": "at", "type": "quantitative", "scale": level.scale, "axis": axis}


def _frame(subject: Subject, scale: Upright, title: str, *, foot: bool) -> list[Spec]:
    """Both axes, from a point that is not seen."""
    y = scale.channel()
    y = {**y, "axis": {**y["axis"], "title": title}}
    rows = [{"at": subject.level().low, "value": scale.low}]
    encoding = {"x": _across(subject, foot=foot), "y": y}
    return [{"data": {"values": rows}, "mark": {"type": "point", "opacity": 0}, "encoding": encoding}]


def _curve(subject: Subject, scale: Upright, paid: Pounds) -> Spec:
    rows = [
        {"x": subject.x(one.begin), "x2": subject.x(one.end), "y": scale.pixel(paid.at(one.first_gbp) or 0.0),
         "y2": scale.pixel(paid.at(one.last_gbp) or 0.0), "tip": f"One more adds {paid.words(one.marginal_gbp)}"}
        for one in subject.segments
    ]  # fmt: skip
    mark = {"type": "rule", "color": FORECAST.colour, "strokeWidth": 3, "strokeCap": "round"}
    return pixels(rows, mark, "x", "x2", "y", "y2", tooltip=_TIP)


def _marginals(subject: Subject, scale: Upright, margin: Pounds) -> list[Spec]:
    """Level strokes joined upright, each with its pounds where there is room."""
    heights = [scale.pixel(margin.at(one.marginal_gbp) or 0.0) for one in subject.segments]
    level = [{"x": subject.x(one.begin), "x2": subject.x(one.end), "y": y}
             for one, y in zip(subject.segments, heights, strict=True)]  # fmt: skip
    rises = [{"x": subject.x(one.begin), "y": min(pair), "y2": max(pair)}
             for one, pair in zip(subject.segments[1:], pairwise(heights), strict=True)]  # fmt: skip
    look = {"type": "rule", "color": FORECAST.colour, "strokeWidth": 2.6}
    found = [pixels(level, look, "x", "x2", "y")]
    if rises:
        found.append(pixels(rises, {**look, "strokeWidth": 1.2}, "x", "y", "y2"))
    for one, y in zip(subject.segments, heights, strict=True):
        words = marginal_words(one.marginal_gbp)
        if len(words) * (_LETTER + 1) < subject.x(one.end) - subject.x(one.begin):
            mark = {"type": "text", "text": words, "fontSize": 12.5, "baseline": "bottom", "fontWeight": "bold"}
            found += edged(mark, x=subject.x((one.begin + one.end) / 2), y=y - 4)
    return found


def _marks(subject: Subject, scale: Upright, paid: Pounds) -> list[Spec]:
    """Points with their words, above the curve at the left and beneath it at the right, never on one another."""
    found = []
    placed: list[tuple[float, float, float]] = []
    falls = bool(subject.segments) and subject.segments[-1].last_gbp < subject.segments[0].first_gbp
    for point in sorted(subject.points, key=lambda point: point.at):
        x, y = subject.x(point.at), scale.pixel(paid.at(point.gbp) or 0.0)
        colour = ACTUAL.colour if point.name == "Plan" else FORECAST.colour
        fill: Spec = (
            {"fill": "white", "stroke": INK, "strokeWidth": 2} if point.hollow else {"filled": True, "color": colour}
        )
        words = f"{point.name} {paid.words(point.gbp)}"
        row = {"x": x, "y": y, "tip": words}
        mark = {"type": "point", "shape": point.shape, "size": 130, "opacity": 1, **fill}
        found.append(pixels([row], mark, "x", "y", tooltip=_TIP))
        at, height, align = _spot(words, x, y, placed, falls=falls)
        text = {
            "type": "text",
            "text": words,
            "fontSize": 13,
            "fontWeight": "bold",
            "align": align,
            "baseline": "middle",
        }
        found += edged(text, x=at, y=height)
    return found


def _spot(
    words: str, x: float, y: float, placed: list[tuple[float, float, float]], *, falls: bool
) -> tuple[float, float, str]:
    """Where words stand: beside their point, on the side of the view that has room, clear of earlier ones."""
    length = len(words) * (_LETTER + 1)
    spots = [(x - 12, y - 16, "right"), (x + 12, y + 16, "left"), (x + 12, y - 16, "left"), (x - 12, y + 16, "right")]
    spots += [(x - 12, y - 34, "right"), (x + 12, y + 34, "left")]
    # Words stand on the side that the curve does not go to.
    spots = [spots[at] for at in (2, 3, 0, 1, 4, 5)] if falls else spots
    for at, height, align in spots:
        left = at - length if align == "right" else at
        inside = left >= 0 and left + length <= _WIDTH and _HEAD / 2 <= height <= _HEIGHTS[0] - 8
        clear = all(abs(height - other) >= _LINE or left > end or left + length < begin for begin, end, other in placed)
        if inside and clear:
            placed.append((left, left + length, height))
            return at, height, align
    placed.append((x + 12, x + 12 + length, y))
    return x + 12, y, "left"
