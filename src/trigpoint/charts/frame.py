"""What the charts of measures share: the level axis of periods, stepped lines, labels beside lines, an empty view."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from trigpoint.characters import without_unprintable
from trigpoint.charts.style import INK
from trigpoint.charts.upright import Upright, known, spread
from trigpoint.measures.series import in_order
from trigpoint.periods.labels import period_of

Spec = dict[str, Any]

SIZE = (640, 300)
LABEL_GAP = 17  # pixels from one line of 13-pixel type to the next
# "November 2017" is shortened on the axis alone; tables and tips have it whole.
_SHORT = "replace(datum.label, /^([A-Z][a-z]{2})[a-z]* ([0-9]{4})$/, '$1 $2')"
_SHORTENED = 11  # characters of the longest label once shortened, of the kinds there are
# Steps between named periods that fall on the same place of each year, by months, quarters or years.
_STRIDES = (1, 2, 3, 4, 6, 12, 24, 36, 48, 60, 120, 240)
_QUARTERLY = (1, 2, 4, 8, 12, 16, 20, 40, 80)
# Words that stand for a value that the field holds are only ever data, never part of an expression.
ROWS: Spec = {"values": [{}]}


@dataclass(frozen=True, slots=True)
class Beside:
    """A label that stands beside the end of a line: what it says, where it wants to be, how its line looks."""

    text: str
    at: float
    colour: str = INK
    line: Spec | None = None
    shape: str = ""


def clean(text: str) -> str:
    """Text of others as a chart may show it: on one line, without what could mislead or cannot be drawn.

    >>> clean("Ward 7\\u202e open")
    'Ward 7 open'
    """
    return " ".join(without_unprintable(text).split())


def short(text: str, characters: int = 70) -> str:
    """A name as a sentence or a title has room for it: cleaned, and cut where it is longer.

    >>> short("Medicines optimisation in care homes", 24)
    'Medicines optimisation…'
    """
    name = clean(text)
    return name if len(name) <= characters else f"{name[: characters - 1].rstrip()}…"


def distinct(labels: Sequence[str]) -> tuple[str, ...]:
    """The labels cleaned and made different from one another: two events of one day must not fall on one point.

    >>> distinct(["1 May 2026", "1 May 2026"])
    ('1 May 2026', '1 May 2026 (2)')
    """
    seen: dict[str, int] = {}
    found = []
    for label in map(clean, labels):
        seen[label] = seen.get(label, 0) + 1
        found.append(label if seen[label] == 1 else f"{label} ({seen[label]})")
    return tuple(found)


def with_gaps(labels: Sequence[str], gaps: Sequence[str]) -> tuple[str, ...]:
    """All periods of the axis: those that are missing stand in their place, where every label is a dated period."""
    every = (*labels, *(gap for gap in map(clean, gaps) if gap not in labels))
    if len(every) == len(labels) or not all(period_of(label) for label in every):
        return tuple(labels)
    return in_order(set(every))


def named(periods: Sequence[str], width: float, size: int) -> tuple[str, ...]:
    """The periods that are named on an axis: as many as have room, at even steps that fall on the same month or
    quarter of every year where that is possible; financial years begin with a name.

    >>> named([f"{2010 + year}/{11 + year} Q{quarter}" for year in range(5) for quarter in (1, 2, 3, 4)], 260, 13)
    ('2010/11 Q1', '2012/13 Q1', '2014/15 Q1')
    """
    longest = max((min(len(label), _SHORTENED) for label in periods), default=0)
    room = max(int(width // (longest * size * 0.56 + 10)), 1)
    strides = _QUARTERLY if all(" Q" in label for label in periods) else _STRIDES
    stride = next((stride for stride in strides if -(-len(periods) // stride) <= room), len(periods))
    starts = (at for at, label in enumerate(periods) if label.startswith("April ") or label.endswith(" Q1"))
    return tuple(periods[next(starts, 0) % stride :: stride])


def level(
    periods: Sequence[str], field: str = "period", *, axis: bool = True, width: int = SIZE[0], size: int = 13
) -> Spec:
    """The ``x`` channel over periods in their order, on a view ``width`` pixels wide."""
    look: Spec | None = None
    if axis:
        look = {
            "title": None,
            "labelAngle": 0,
            "values": list(named(periods, width, size)),
            "labelOverlap": True,
            "labelFontSize": size,
            "labelLimit": 120,
            "grid": False,
            "labelExpr": _SHORT,
        }
    scale = {"type": "band", "domain": list(periods), "paddingInner": 0, "paddingOuter": 0.1}
    return {"field": field, "type": "ordinal", "scale": scale, "axis": look}


def runs(values: Iterable[tuple[str, float | None]], parts: Sequence[int] = ()) -> list[tuple[str, str, float]]:
    """First label, last label and value of each stretch over which a stepped line stays level; ``parts`` are indices
    at which a new stretch begins in any case.

    >>> runs([("a", 1.0), ("b", 1.0), ("c", None), ("d", 2.0)])
    [('a', 'b', 1.0), ('d', 'd', 2.0)]
    """
    found: list[tuple[str, str, float]] = []
    before: float | None = None
    for index, (label, value) in enumerate(values):
        if value is None or not known(value):
            before = None
        elif value == before and index not in parts:
            found[-1] = (found[-1][0], label, value)
        else:
            found.append((label, label, float(value)))
            before = value
    return found


def steps(stretches: Sequence[tuple[str, str, float]], periods: Sequence[str], scale: Upright, look: Spec) -> Spec:
    """A stepped line as level strokes from the beginning of the first period of a stretch to the end of its last."""
    rows = [{"from": first, "to": last, "value": value} for first, last, value in stretches]
    x = {**level(periods, "from"), "bandPosition": 0}
    encoding = {"x": x, "x2": {"field": "to", "bandPosition": 1}, "y": scale.channel()}
    return {"data": {"values": rows}, "mark": {"type": "rule", **look}, "encoding": encoding}


def winding(
    values: Sequence[tuple[str, float | None, int]], periods: Sequence[str], scale: Upright, look: Spec
) -> Spec:
    """A line that steps at nearly every period, joined upright: label, value and the part that it belongs to."""
    rows = [{"period": label, "value": value, "part": part} for label, value, part in values]
    mark = {"type": "line", "interpolate": "step", "invalid": "break-paths-show-path-domains", **look}
    detail = {"field": "part", "type": "nominal"}
    return {
        "data": {"values": rows},
        "mark": mark,
        "encoding": {"x": level(periods), "y": scale.channel(), "detail": detail},
    }


def beside(labels: Sequence[Beside], scale: Upright, *, width: int = SIZE[0], gap: int = LABEL_GAP) -> list[Spec]:
    """Labels in the right margin at the heights of their lines, never on one another, with the look of the line."""
    heights = spread([label.at for label in labels], gap, 0, scale.height)
    layers: list[Spec] = []
    for label, height in zip(labels, heights, strict=True):
        begin = width + 8
        if label.line is not None:
            layers.append(placed({"type": "rule", **label.line}, x=begin, x2=begin + 22, y=height))
            begin += 28
        if label.shape:
            shape = {"type": "point", "shape": label.shape, "filled": True, "size": 60, "opacity": 1}
            layers.append(placed({**shape, "color": label.colour}, x=width + 19, y=height))
        text = {"type": "text", "text": label.text, "align": "left", "color": label.colour, "fontWeight": "bold"}
        layers.append(placed({**text, "baseline": "middle"}, x=begin, y=height))
    return layers


def nothing_to_draw(words: str, width: float = SIZE[0], height: float = SIZE[1]) -> list[Spec]:
    """Words in the middle of a view that has no value, with a white edge that keeps them clear of any line."""
    return edged({"type": "text", "text": words, "fontSize": 15}, x=width / 2, y=height / 2)


def edged(mark: Spec, **at: float) -> list[Spec]:
    """Words with a white edge, that keeps them clear of lines behind them."""
    edge, ink = {"stroke": "white", "strokeWidth": 5, "strokeJoin": "round", "color": "white"}, {"color": INK}
    return [placed({**mark, **look}, **at) for look in (edge, ink)]


def placed(mark: Spec, **at: float) -> Spec:
    """One mark at a place of the view given in pixels."""
    return {"data": ROWS, "mark": mark, "encoding": {channel: {"value": value} for channel, value in at.items()}}
