"""A measure's trajectory: the target dashed to its end, the actuals solid as far as they go.

Every function is pure and returns the drawing with its finding, text alternative and data table.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from trigpoint.charts.drawing import line_chart, panels_chart
from trigpoint.charts.lines import Lines, dated_periods, drawable, lines_of
from trigpoint.charts.picture import DataTable, Picture
from trigpoint.measures.series import SeriesPair, series_pairs
from trigpoint.measures.standing import Judgement, Standing
from trigpoint.plans.model import IndicatorTable
from trigpoint.wording import plural

__all__ = ["drawable", "several_finding", "small_multiples", "trajectory_picture"]

MOST_PANELS = 8


def trajectory_picture(table: IndicatorTable, pair: SeriesPair, *, plan_years: Collection[str] = ()) -> Picture:
    """One target with its actual; the title is the finding.

    ``plan_years`` are period labels ("2017/18") that are shaded and marked as the plan's. The target is drawn
    beyond the last actual. The data table has period, target, actual and actual less target.
    """
    lines = lines_of(table, pair)
    finding = lines.standing.told_of(lines.pair.label)
    alt = f"Line chart of {table.title}. {lines.course()} {lines.standing.finding}"
    rows = tuple(
        (period, lines.text("Target", period), lines.text("Actual", period), lines.gap(period))
        for period in lines.periods
    )
    caption = f"{table.title}{', ' + lines.pair.label if lines.pair.label else ''}: figures"
    data = DataTable(caption, ("Period", "Target", "Actual", "Actual less target"), rows)
    return Picture(line_chart(lines, title=finding, description=alt, plan_years=plan_years), finding, alt, data)


def small_multiples(table: IndicatorTable, *, plan_years: Collection[str] = (), columns: int = 2) -> Picture:
    """The same small chart for each area and series of a table, on one scale where they are in one unit.

    Those without two dated values are left out; of more than eight, only the first of each area is drawn, and the
    text alternative says so. The finding counts all that met their target; the data table has every series drawn.
    """
    found = [pair for pair in series_pairs(table) if drawable(pair)]
    pairs = _few(found)
    periods = dated_periods(pairs)
    several = [lines_of(table, pair, periods) for pair in pairs]
    finding = several_finding(found, [lines_of(table, pair).standing for pair in found])
    drawn = f"{len(pairs)} of {len(found)}" if len(pairs) < len(found) else str(len(pairs))
    alt = f"{drawn} small line charts of {table.title}, each with target and actual. {finding}"
    spec = panels_chart(several, title=finding, description=alt, plan_years=plan_years, columns=columns)
    return Picture(spec, finding, alt, _figures(table, several, periods))


def _few(pairs: list[SeriesPair]) -> list[SeriesPair]:
    if len(pairs) <= MOST_PANELS:
        return pairs
    first = {pair.area: pair for pair in reversed(pairs)}
    return [pair for pair in pairs if first[pair.area] is pair][:MOST_PANELS]


def _figures(table: IndicatorTable, several: Sequence[Lines], periods: tuple[str, ...]) -> DataTable:
    """The figures drawn: a row for each series, or for each period where that makes the narrower table."""
    caption = f"{table.title}: figures by area"
    series = [(lines, word) for lines in several for word, _ in lines.rows()]
    if len(series) < len(periods):
        headers = ("Period", *(f"{lines.pair.label}: {word.lower()}" for lines, word in series))
        by_period = tuple((each, *(lines.text(word, each) for lines, word in series)) for each in periods)
        return DataTable(caption, headers, by_period)
    by_series = tuple((lines.pair.label, word, *(lines.text(word, each) for each in periods)) for lines, word in series)
    return DataTable(caption, ("Area", "Series", *periods), by_series)


def several_finding(pairs: Sequence[SeriesPair], found: Sequence[Standing]) -> str:
    """How many of several areas (or series, where an area has more than one) met their target, in one sentence.

    >>> several_finding([], [])
    'Nothing here has an actual that can be judged by a target.'
    """
    judged = [each for each in found if each.judgement in (Judgement.MET, Judgement.MISSED)]
    if not judged:
        return "Nothing here has an actual that can be judged by a target."
    met = sum(each.judgement is Judgement.MET for each in judged)
    periods = {each.period for each in judged}
    when = f"in {periods.pop()}" if len(periods) == 1 else "in their latest periods"
    noun = "series" if any(pair.name for pair in pairs) else plural(len(judged), "area")
    return f"{_of(met, len(judged))} {noun} met the target {when}."


def _of(part: int, whole: int) -> str:
    if part == whole:
        return {1: "The one", 2: "Both"}.get(whole, f"All {whole}")
    return f"{part or 'None'} of {whole}"
