"""Courses of measures written out as Vega-Lite: one large, or many small on one scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trigpoint.charts.courses import Course, place_name
from trigpoint.charts.drawing import page, size
from trigpoint.charts.frame import SIZE, Beside, Spec, beside, clean, level, nothing_to_draw
from trigpoint.charts.style import AIM_COLOURS, title_lines, under_title
from trigpoint.charts.upright import Upright, upright
from trigpoint.measures.book.book import AimKind, Status

ACTUAL = "Actual"
# Dash, shape and width of each line.
LOOKS: Mapping[str, tuple[list[int], str, float]] = {
    "Plan": ([6, 4], "diamond", 2),
    "Stretch": ([2, 3], "triangle-up", 2),
    "National": ([12, 3], "square", 1.5),
    "Forecast": ([3, 3], "triangle-down", 2),
    ACTUAL: ([1, 0], "circle", 2.5),
}
WORDS: Mapping[AimKind, str] = {
    AimKind.PLAN: "Plan",
    AimKind.STRETCH: "Stretch",
    AimKind.NATIONAL: "National",
    AimKind.FORECAST: "Forecast",
}
_PANEL = (190, 110)
_PANEL_TITLE = 26
_DOTS_UP_TO = 60  # points, beyond which only the line is drawn
_BREAK = {"invalid": "break-paths-show-path-domains"}


def course_spec(course: Course, *, title: str, finding: str, description: str) -> Spec:
    """One measure's course, large."""
    scale = upright(_values([course]), course.form, SIZE[1])
    layers = [*_interval(course, scale), *_lines(course, scale)]
    layers += beside(_names(course, scale), scale) if layers else nothing_to_draw("No figure is known yet")
    spec = page({"layer": layers, **size(SIZE)}, title, description)
    spec["title"].update(under_title(finding, " ".join(_marks(course))))
    return spec


def _marks(course: Course) -> list[str]:
    """What the marks mean that are no line, where there are any."""
    level_of = f"{course.result.definition.level:.1%}".replace(".0%", "%")
    interval = any(course.interval(index) for index in range(len(course.periods)))
    provisional = any(each.status is Status.PROVISIONAL for each in course.results)
    return [
        words
        for words, needed in (
            (f"Pale bars: {level_of} confidence intervals.", interval),
            ("Hollow: provisional.", provisional),
        )
        if needed
    ]


def panels_spec(courses: Sequence[Course], *, title: str, finding: str, description: str, columns: int) -> Spec:
    """Many courses on one upright and one level scale."""
    periods = _all_periods(courses)
    scale = upright(_values(courses), courses[0].form, _PANEL[1], ticks=4) if courses else None
    panels = [_panel(course, scale, periods) for course in courses] if scale else []
    spec = page({"concat": panels, "columns": columns, "spacing": 18}, title, description)
    spec["title"].update(under_title(finding, _key(courses)))
    return spec


def _key(courses: Sequence[Course]) -> str:
    first = sorted({WORDS[kind].lower() for course in courses if (kind := course.target_kind())})
    return f"Solid line: actual; broken line: {' or '.join(first)}." if first else ""


def _all_periods(courses: Sequence[Course]) -> tuple[str, ...]:
    spans = {
        label: each.period for course in courses for label, each in zip(course.periods, course.results, strict=True)
    }
    return tuple(sorted(spans, key=lambda label: (spans[label].start, spans[label].end)))


def _panel(course: Course, scale: Upright, periods: Sequence[str]) -> Spec:
    aims = [kind] if (kind := course.target_kind()) else []
    layers = _lines(course, scale, periods=periods, kinds=aims, small=True)
    heading = {
        "text": title_lines(place_name(course.result), _PANEL_TITLE),
        "fontSize": 13,
        "offset": 6,
        "lineHeight": 15,
    }
    empty = nothing_to_draw("No figure is known yet", *_PANEL)
    return {"layer": layers or empty, "title": heading, **size(_PANEL)}


def _values(courses: Sequence[Course]) -> list[float | None]:
    found: list[float | None] = []
    for course in courses:
        found += course.actual()
        for kind in course.aims():
            found += course.aim(kind)
        found += [end for index in range(len(course.periods)) for end in course.interval(index) or ()]
    return found


def _interval(course: Course, scale: Upright) -> list[Spec]:
    """A pale upright stroke over each period's interval: it needs no neighbour, as a filled area would."""
    rows = [
        {"period": label, "low": interval[0], "high": interval[1], "shown": _between(course, interval)}
        for index, label in enumerate(course.periods)
        if (interval := course.interval(index))
    ]
    if not rows:
        return []
    stroke = min(0.7 * SIZE[0] / len(course.periods), 22)
    mark = {"type": "rule", "color": AIM_COLOURS[ACTUAL], "opacity": 0.22, "strokeWidth": stroke}
    encoding = {
        "x": level(course.periods),
        "y": scale.channel("low"),
        "y2": {"field": "high"},
        "tooltip": _tips(("period", "Period"), ("shown", "Interval")),
    }
    return [{"data": {"values": rows}, "mark": mark, "encoding": encoding}]


def _between(course: Course, interval: tuple[float, float]) -> str:
    return f"{course.text(interval[0])} to {course.text(interval[1])}"


def _lines(
    course: Course,
    scale: Upright,
    *,
    periods: Sequence[str] = (),
    kinds: Sequence[AimKind] | None = None,
    small: bool = False,
) -> list[Spec]:
    """The aims from the back to the front, then the actual."""
    layers: list[Spec] = []
    for kind in reversed(course.aims() if kinds is None else kinds):
        layers += _line(course, scale, WORDS[kind], course.aim(kind), periods=periods or course.periods, small=small)
    return layers + _line(course, scale, ACTUAL, course.actual(), periods=periods or course.periods, small=small)


def _line(
    course: Course, scale: Upright, word: str, values: Sequence[float | None], *, periods: Sequence[str], small: bool
) -> list[Spec]:
    known = [index for index, value in enumerate(values) if value is not None]
    if not known:
        return []
    rows = [_row(course, word, index, values[index]) for index in range(known[0], known[-1] + 1)]
    dash, shape, width = LOOKS[word]
    colour = AIM_COLOURS[word]
    encoding = {
        "x": level(periods, width=_PANEL[0] if small else SIZE[0], size=10 if small else 13),
        "y": _y(scale, small),
    }
    line = {"type": "line", "color": colour, "strokeDash": dash, "strokeWidth": width - (0.5 if small else 0), **_BREAK}
    layers: list[Spec] = [{"data": {"values": rows}, "mark": line, "encoding": encoding}]
    dots = [row for row in rows if row["value"] is not None]
    level_line = word != ACTUAL and len({row["value"] for row in dots}) == 1 and len(dots) > 1
    if len(dots) > _DOTS_UP_TO or level_line:
        # A standard that holds all along is a line, and its dots would only be noise.
        dots = dots[-1:]
    for hollow in (False, True):
        drawn = [row for row in dots if row["hollow"] is hollow]
        if drawn:
            layers.append(_dots(drawn, colour, shape, encoding, hollow=hollow, small=small))
    return layers


def _row(course: Course, word: str, index: int, value: float | None) -> Spec:
    each = course.results[index]
    provisional = word == ACTUAL and each.status is Status.PROVISIONAL
    shown = clean(each.shown) if word == ACTUAL and each.shown else course.text(value)
    series = f"{word} (provisional)" if provisional else word
    return {"period": course.periods[index], "series": series, "value": value, "shown": shown, "hollow": provisional}


def _dots(rows: list[Spec], colour: str, shape: str, encoding: Spec, *, hollow: bool, small: bool) -> Spec:
    fill = {"fill": "white", "stroke": colour, "strokeWidth": 1.5} if hollow else {"filled": True, "color": colour}
    mark = {"type": "point", "shape": shape, "size": 20 if small else 55, "opacity": 1, **fill}
    tips = _tips(("period", "Period"), ("series", "Series"), ("shown", "Value"))
    return {"data": {"values": rows}, "mark": mark, "encoding": {**encoding, "tooltip": tips}}


def _tips(*fields: tuple[str, str]) -> list[Spec]:
    return [{"field": field, "type": "nominal", "title": title} for field, title in fields]


def _y(scale: Upright, small: bool) -> Spec:
    return scale.channel(title=not small, size=10 if small else 13)


def _names(course: Course, scale: Upright) -> list[Beside]:
    """Each line's name and last value, beside its end."""
    found = []
    for word, values in ((ACTUAL, course.actual()), *((WORDS[kind], course.aim(kind)) for kind in course.aims())):
        known = [value for value in values if value is not None]
        if known:
            dash, shape, width = LOOKS[word]
            look = {"color": AIM_COLOURS[word], "strokeDash": dash, "strokeWidth": width}
            found.append(
                Beside(f"{word} {course.text(known[-1])}", scale.pixel(known[-1]), AIM_COLOURS[word], look, shape)
            )
    return found
