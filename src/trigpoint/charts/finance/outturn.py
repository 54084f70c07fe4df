"""The drawn outturn as a histogram: where the control total and the plan's surplus stand in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from trigpoint.charts.drawing import page, size
from trigpoint.charts.finance.look import FORECAST, MORE
from trigpoint.charts.finance.pounds import Pounds
from trigpoint.charts.frame import SIZE, Spec, edged, nothing_to_draw, placed
from trigpoint.charts.illustrative import marked
from trigpoint.charts.picture import DataTable, Picture
from trigpoint.charts.pixels import hatching, pixels
from trigpoint.charts.style import GRID, INK, under_title
from trigpoint.charts.upright import Upright, upright
from trigpoint.finance.words import gbp_exact, gbp_words, share_words

if TYPE_CHECKING:
    from trigpoint.finance.risks.result import RiskDraws

__all__ = ["outturn_picture"]

_HEIGHT = 240
_TOP = 40  # pixels above the bars for the words of the lines
_LETTER, _LINE = 6.6, 16
_TEXT: Spec = {"field": "text", "type": "nominal"}
_TIP: Spec = {"field": "tip", "type": "nominal"}


def outturn_picture(draws: RiskDraws) -> Picture:
    """How often each outturn surplus was drawn: draws that meet the control total are solid, those that miss it are
    hatched. Upright lines are the control total, the planned surplus and the mean of all draws.

    The finding has the probability of meeting the control total, with the range of four draws in five under it. A bin
    that the control total divides is drawn in two. The table has the quantiles and every bin.
    """
    title = f"Outturn surplus of {draws.year.label}, as drawn"
    finding = _finding(draws)
    alt = f"Histogram of {draws.draws:,} draws. {finding}"
    bins = draws.histogram
    pounds = Pounds.of([end for low, high, _ in bins for end in (low, high)])
    known = bins and all(None not in (pounds.at(low), pounds.at(high)) for low, high, _ in bins)
    layers = _layers(draws, pounds) if known else nothing_to_draw("There is no draw to show", SIZE[0], _HEIGHT)
    spec = page({"layer": layers, **size((SIZE[0], _HEIGHT))}, title, alt)
    solid = draws.control_total_gbp is not None
    key = "Solid: meets the control total. Hatched: misses it." if known and solid else ""
    spec["title"].update(under_title(finding, _range(draws), key))
    rows = [(f"{share_words(share, 0)} of draws are below", gbp_exact(gbp), "") for share, gbp in draws.quantiles_gbp]
    rows += [(f"{_end(low)} to {_end(high)}", "", share_words(share, 2)) for low, high, share in bins]
    rows = [("Mean of all draws", gbp_exact(draws.mean_gbp), ""), *rows]
    if draws.control_total_gbp is not None:
        chance = share_words(draws.probability, 2)
        rows.insert(0, ("Control total, and how often it is met", gbp_exact(draws.control_total_gbp), chance))
    table = DataTable(f"{title}: quantiles and bins", ("Outturn surplus", "Amount", "Share of draws"), tuple(rows))
    return marked(Picture(spec, finding, alt, table), illustrative=draws.illustrative)


def _end(gbp: Decimal) -> str:
    """The end of a bin, as its row in the table names it."""
    return gbp_words(gbp, 2) if abs(gbp) >= 1000 else gbp_words(gbp)


def _finding(draws: RiskDraws) -> str:
    year = draws.year.label
    if draws.control_total_gbp is None or draws.probability is None:
        return f"{year}: the mean outturn of {draws.draws:,} draws is {gbp_words(draws.mean_gbp)}."
    error = draws.probability_error
    give = ""
    if error is not None and error >= Decimal("0.0005"):
        give = f" (give or take {share_words(2 * error)})"
    chance = share_words(draws.probability)
    target = gbp_words(draws.control_total_gbp)
    return (
        f"The control total of {target} in {year} is met in {chance} of draws{give}; "
        f"the mean outturn is {gbp_words(draws.mean_gbp)}."
    )


def _range(draws: RiskDraws) -> str:
    ends = dict(draws.quantiles_gbp)
    low, high = ends.get(Decimal("0.1")), ends.get(Decimal("0.9"))
    if low is None or high is None:
        return ""
    return f"Four draws in five lie between {gbp_words(low)} and {gbp_words(high)}."


def _layers(draws: RiskDraws, pounds: Pounds) -> list[Spec]:
    lines = _lines(draws)
    ends = [pounds.at(end) for low, high, _ in draws.histogram for end in (low, high)]
    across = upright([*ends, *(pounds.at(gbp) for gbp, _, _ in lines)], pounds.ticks, SIZE[0], ticks=7)
    most = max(float(share) for _, _, share in draws.histogram) or 1.0

    def x(gbp: Decimal) -> float:
        return SIZE[0] - across.pixel(pounds.at(gbp) or 0.0)

    def y(share: Decimal) -> float:
        return _HEIGHT - (_HEIGHT - _TOP) * float(share) / most

    met: list[Spec] = []
    missed: list[Spec] = []
    for low, high, share in draws.histogram:
        if not share:
            continue
        control = draws.control_total_gbp
        cut = high if control is None else min(max(control, low), high)
        tip = f"{_end(low)} to {_end(high)}: {share_words(share)} of draws"
        for begin, end, into in ((low, cut, missed if control is not None else met), (cut, high, met)):
            if begin < end:
                into.append({"x": x(begin), "x2": x(end), "y": y(share), "y2": _HEIGHT, "tip": tip})
    return [*_ground(across, pounds), *_boxes(met, missed), *_words(lines, x)]


def _boxes(met: Sequence[Spec], missed: Sequence[Spec]) -> list[Spec]:
    solid: Spec = {"type": "rect", "fill": FORECAST.colour, "stroke": "white", "strokeWidth": 0.6}
    hollow: Spec = {"type": "rect", "fill": "white", "stroke": MORE, "strokeWidth": 1}
    strokes = [line for box in missed for line in hatching(*(box[side] for side in ("x", "x2", "y", "y2")))]
    layers = []
    for boxes, look in ((met, solid), (missed, hollow)):
        if boxes:
            layers.append(pixels(boxes, look, "x", "x2", "y", "y2", tooltip=_TIP))
    if strokes:
        layers.append(pixels(strokes, {"type": "rule", "color": MORE, "strokeWidth": 1.2}, "x", "x2", "y", "y2"))
    return layers


def _ground(across: Upright, pounds: Pounds) -> list[Spec]:
    before, after = pounds.around
    ticks = [
        {"x": SIZE[0] - across.pixel(tick), "y": _HEIGHT, "y2": _HEIGHT + 5, "text": _tick(tick, across, before, after)}
        for tick in across.ticks
    ]
    text = {"type": "text", "baseline": "top", "fontSize": 13, "color": INK, "dy": 8}
    middle: Spec = {"type": "text", "text": "Outturn surplus", "baseline": "top", "fontSize": 13, "color": INK}
    return [
        pixels([{**tick, "y": _TOP} for tick in ticks], {"type": "rule", "color": GRID}, "x", "y", "y2"),
        pixels([{"x": 0, "x2": SIZE[0], "y": _HEIGHT}], {"type": "rule", "color": INK}, "x", "x2", "y"),
        pixels(ticks, text, "x", "y", text=_TEXT),
        placed(middle, x=SIZE[0] / 2, y=_HEIGHT + 32),
    ]


def _tick(value: float, across: Upright, before: str, after: str) -> str:
    return f"{'−' if value < 0 else ''}{before}{abs(value):,.{across.digits}f}{after}" if value else f"{before}0"


def _lines(draws: RiskDraws) -> list[tuple[Decimal, str, list[int]]]:
    """Amount, words and dash; control total and plan are one line where they are one amount."""
    control, plan = draws.control_total_gbp, draws.planned_surplus_gbp
    found = [(draws.mean_gbp, f"Mean {gbp_words(draws.mean_gbp)}", [2, 3])]
    if control is not None:
        both = "Control total and plan" if plan == control else "Control total"
        found.append((control, f"{both} {gbp_words(control)}", [1, 0]))
    if plan is not None and plan != control:
        found.append((plan, f"Plan {gbp_words(plan)}", [7, 4]))
    return sorted(found, key=lambda line: line[0])


def _words(lines: Sequence[tuple[Decimal, str, list[int]]], x: Callable[[Decimal], float]) -> list[Spec]:
    """Upright lines with their words above them, on a row of their own where they would touch."""
    rules: list[Spec] = []
    names: list[Spec] = []
    taken: list[tuple[float, float, int]] = []
    for gbp, words, dash in lines:
        at, half = x(gbp), len(words) * _LETTER / 2
        centre = min(max(at, half), SIZE[0] - half)
        row = next(row for row in range(len(lines)) if not any(
            row == other and centre - half < end and begin < centre + half for begin, end, other in taken))  # fmt: skip
        taken.append((centre - half - 8, centre + half + 8, row))
        top = 6 - row * _LINE
        rule = {"type": "rule", "color": INK, "strokeWidth": 2, "strokeDash": dash}
        rules.append(placed(rule, x=at, y=top + 10, y2=_HEIGHT))
        names += edged({"type": "text", "text": words, "fontSize": 13, "baseline": "middle"}, x=centre, y=top)
    return [*rules, *names]
