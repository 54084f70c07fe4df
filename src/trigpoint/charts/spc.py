"""The control chart of one series: points told by shape and colour, stepped limits and target, icons in the head."""

from __future__ import annotations

from collections.abc import Sequence

from trigpoint.charts.charted import Charted, charted
from trigpoint.charts.courses import course_of, measure_title
from trigpoint.charts.frame import clean
from trigpoint.charts.illustrative import marked
from trigpoint.charts.picture import DataTable, Picture
from trigpoint.charts.spc_drawing import control_spec
from trigpoint.charts.upright import NOTHING, drawn
from trigpoint.measures.definitions.definition import ChartKind
from trigpoint.measures.results.result import MeasureResult
from trigpoint.measures.spc.control import Signal, SpcResult
from trigpoint.wording import capital, count, listed, verb

__all__ = ["measure_spc_picture", "spc_picture"]

_GAPS_NAMED = 6


def spc_picture(
    result: SpcResult,
    *,
    title: str,
    unit: str = "",
    decimals: int = 1,
    later: Sequence[tuple[str, float]] = (),
    illustrative: bool = False,
) -> Picture:
    """The control chart of one series as Vega-Lite, with its finding, text alternative and table of every point.

    ``title`` names the measure and place, ``unit`` ("%", "per 100,000", "days" …) and ``decimals`` say how values are
    written; ``later`` are periods after the last point with the target that holds in them, in order of time;
    ``illustrative`` figures are said to be so under the title. Points are drawn grey and round for common cause, blue
    and square for improvement, orange and diamond for concern (the colours of Making Data Count, NHS England, "Making
    data count: strengthening your decisions", 2019), and as triangles where neither way is better. Limits step at each
    rebase, whose reason the table gives. A period without a value is a break in the line; nothing is drawn across it.
    The finding is the result's own.

    >>> from trigpoint.measures.spc.charts import control_chart
    >>> result = control_chart([78, 80, 77, 79, 81, 78, 80, 79, 77, 80, 78, 79, 81, 90], targets=95)
    >>> spc_picture(result, title="Seen within 4 hours", unit="%").table.rows[-1][1]
    '90.0%'
    """
    chart = charted(result, unit=unit, decimals=decimals, later=later)
    name = clean(title)
    finding = clean(result.finding) or ("" if chart.last is not None else "No value is known yet.")
    alt = f"{_kind(result.chart)} of {name}. {_told(chart)} {finding}".strip()
    spec = control_spec(chart, title=name, finding=finding, description=alt)
    return marked(Picture(spec, finding, alt, _table(chart, name)), illustrative=illustrative)


def measure_spc_picture(result: MeasureResult) -> Picture | None:
    """The control chart of a measure in one place, its target drawn on to the end of the trajectory.

    ``None`` where the measure has no control chart. See :func:`spc_picture`.
    """
    if result.spc is None:
        return None
    course = course_of(result)
    last = result.spc.labels[-1] if result.spc.labels else ""
    begun = course.periods.index(clean(last)) + 1 if clean(last) in course.periods else len(course.periods)
    targets = zip(course.periods[begun:], course.targets()[begun:], strict=True)
    later = [(label, value) for label, value in targets if value is not None]
    definition = result.definition
    return spc_picture(
        result.spc,
        title=measure_title(result),
        unit=definition.unit,
        decimals=definition.decimals,
        later=later,
        illustrative=result.illustrative,
    )


def _kind(chart: ChartKind) -> str:
    return "Chart over time" if chart is ChartKind.NONE else f"{chart.value} control chart"


def _told(chart: Charted) -> str:
    """What is drawn, for those who cannot see it."""
    result, last = chart.result, chart.last
    if last is None:
        return "No point has a value."
    first = next(index for index, value in enumerate(chart.values) if value is not None)
    known = sum(value is not None for value in chart.values)
    parts = [f"{count(known, 'point')} from {chart.labels[first]} to {chart.labels[last]}"]
    parts += [
        f"{word} {shown(float(value))}"
        for word, value, shown in (
            ("mean", result.centre[last], chart.level),
            ("target", result.targets[last], chart.text),
        )
        if drawn(value) is not None
    ]
    limits = (drawn(result.lower[last]), drawn(result.upper[last]))
    if None not in limits:
        parts.append(f"limits {chart.level(limits[0])} to {chart.level(limits[1])}")
    told = f"{', '.join(parts)}{f' ({clean(chart.form.unit)})' if chart.form.unit else ''}."
    special = sum(signal is not Signal.NONE for signal in result.signals)
    told += f" {capital(count(special, 'point'))} {verb(special, 'is', 'are')} special cause."
    for segment in result.segments[1:]:
        reason = f": {clean(segment.reason)}" if segment.reason else ""
        told += f" Limits made anew from {chart.labels[segment.first]}{reason}."
    if chart.gaps:
        named = chart.gaps[:_GAPS_NAMED]
        more = [count(len(chart.gaps) - len(named), "other period")] if len(chart.gaps) > len(named) else []
        told += f" No figure for {listed([*named, *more])}."
    return told


def _table(chart: Charted, name: str) -> DataTable:
    result = chart.result
    place = {label: index for index, label in enumerate(chart.labels)}
    target = dict(chart.targets)
    begun = {segment.first: segment for segment in result.segments[1:]}
    rows: list[tuple[str, ...]] = []
    for period in chart.periods:
        at = place.get(period)
        if at is None:
            note = "No figure" if period in chart.gaps else ""
            rows.append((period, NOTHING, NOTHING, NOTHING, NOTHING, chart.text(target.get(period)), NOTHING, note))
            continue
        missing = chart.values[at] is None
        segment = begun.get(at)
        note = f"Limits made anew: {clean(segment.reason)}" if segment and segment.reason else ""
        reading = NOTHING if missing else result.signals[at].value.capitalize()
        levels = (chart.level(float(line[at])) for line in (result.centre, result.lower, result.upper))
        rows.append((period, chart.text(chart.values[at]), *levels, chart.text(target.get(period)), reading, note))
    headers = ("Period", "Value", "Mean", "Lower limit", "Upper limit", "Target", "Reading", "Note")
    return DataTable(f"{name}: every point of the chart", headers, tuple(rows))
