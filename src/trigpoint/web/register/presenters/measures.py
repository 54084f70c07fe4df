"""Measures: where each stands against its target, its picture, its figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import Http404

from trigpoint.charts.lines import Lines, drawable, lines_of
from trigpoint.charts.picture import DataTable, Picture
from trigpoint.charts.trajectory import several_finding, small_multiples, trajectory_picture
from trigpoint.measures.figures import figure
from trigpoint.measures.series import SeriesPair, series_pairs
from trigpoint.measures.standing import Judgement, pair_standing
from trigpoint.plans.model import IndicatorTable
from trigpoint.web.register.presenters.looks import Look
from trigpoint.web.register.presenters.sparkline import Sparkline, sparkline
from trigpoint.web.register.reading import Reading
from trigpoint.web.register.store import Shelf, revision_key

JUDGEMENTS = {
    Judgement.MET: Look("complete", "Target met", "tick"),
    Judgement.MISSED: Look("overdue", "Target missed", "warning"),
    Judgement.NO_ACTUAL: Look("later", "No actual yet", "ring"),
    Judgement.NO_TARGET: Look("undated", "No target", "dashes"),
    Judgement.NOT_JUDGED: Look("undated", "Not judged", "dashes"),
}
# Drawing a picture takes a tenth of a second, so a good many are kept.
pictures = Shelf(400)
MULTIPLES = "areas"


@dataclass(frozen=True, slots=True)
class SeriesLine:
    """One area (and series) of a measure: latest actual, its target, a small drawing."""

    name: str
    look: Look
    actual: str
    target: str
    period: str
    finding: str
    spark: Sparkline | None


@dataclass(frozen=True, slots=True)
class MeasureBlock:
    """A table of the plan with the standing of each of its series."""

    title: str
    href: str
    unit: str
    finding: str
    lines: tuple[SeriesLine, ...]
    objective: str
    objective_href: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture on a page: where it is fetched, and all that says the same in words and figures."""

    id: str
    heading: str
    src: str
    alt: str
    finding: str
    table: DataTable


def _pair_name(pair: SeriesPair) -> str:
    return ", ".join(part for part in (pair.area, pair.name) if part) or "All"


def _shown(value: Decimal | None, lines: Lines) -> str:
    return "" if value is None else figure(value, lines.form.decimals, kind=lines.form.kind)


def series_line(table: IndicatorTable, pair: SeriesPair) -> SeriesLine:
    """One series with its latest actual, the target of that period and a small drawing."""
    lines = lines_of(table, pair)
    standing = lines.standing
    return SeriesLine(
        name=_pair_name(pair),
        look=JUDGEMENTS[standing.judgement],
        actual=_shown(standing.actual, lines),
        target=_shown(standing.target, lines),
        period=standing.period,
        finding=standing.finding,
        spark=sparkline(lines),
    )


def _table_finding(table: IndicatorTable) -> str:
    pairs = series_pairs(table)
    found = [pair_standing(table, pair) for pair in pairs]
    return found[0].finding if len(found) == 1 else several_finding(pairs, found)


def measure_block(reading: Reading, table: IndicatorTable) -> MeasureBlock:
    """One table as the list of measures shows it."""
    objective = next((row for row in reading.plan.objectives if row.id == table.objective), None)
    return MeasureBlock(
        title=table.title,
        href=reading.url("measure", mid=table.id),
        unit=table.unit,
        finding=_table_finding(table),
        lines=tuple(series_line(table, pair) for pair in series_pairs(table)),
        objective=objective.heading if objective else "",
        objective_href=reading.url("objective", oid=objective.id) if objective else "",
    )


def find_table(reading: Reading, measure_id: str) -> tuple[int, IndicatorTable]:
    """A table by its id, with its place in the plan; raises ``Http404`` when there is none."""
    for index, table in enumerate(reading.plan.indicators):
        if table.id == measure_id:
            return index, table
    raise Http404


def picture(reading: Reading, measure_id: str, which: str) -> Picture:
    """The picture of one pair (its number as printed), or of all areas; raises ``Http404`` when there is none."""
    index, table = find_table(reading, measure_id)
    pairs = series_pairs(table)
    years = reading.plan.years
    if which == MULTIPLES:
        if sum(drawable(pair) for pair in pairs) < 2:
            raise Http404
        return pictures.get(
            (*revision_key(reading.edition), index, which), lambda: small_multiples(table, plan_years=years)
        )
    number = int(which)
    if number >= len(pairs) or not drawable(pairs[number]):
        raise Http404
    return pictures.get(
        (*revision_key(reading.edition), index, which),
        lambda: trajectory_picture(table, pairs[number], plan_years=years),
    )


def _chart(reading: Reading, table: IndicatorTable, which: str, heading: str) -> Chart:
    drawn = picture(reading, table.id, which)
    place, _ = find_table(reading, table.id)
    return Chart(
        id=f"chart-{place}-{which}",
        heading=heading,
        src=reading.url("picture", mid=table.id, which=which),
        alt=drawn.alt,
        finding=drawn.finding,
        table=drawn.table,
    )


def _drawable_numbers(pairs: Sequence[SeriesPair]) -> list[int]:
    return [number for number, pair in enumerate(pairs) if drawable(pair)]


def objective_indicators(reading: Reading, objective_id: str) -> list[tuple[MeasureBlock, Chart | None]]:
    """The tables that serve an objective, each with one picture: of its only series, or of all its areas."""
    found = []
    for table in reading.plan.indicators:
        if table.objective == objective_id:
            numbers = _drawable_numbers(series_pairs(table))
            which = MULTIPLES if len(numbers) > 1 else str(numbers[0]) if numbers else ""
            chart = _chart(reading, table, which, table.title) if which else None
            found.append((measure_block(reading, table), chart))
    return found


def measure_page(reading: Reading, measure_id: str) -> dict[str, Any]:
    """One measure: every series with its picture and figures, and the table as printed."""
    _, table = find_table(reading, measure_id)
    pairs = series_pairs(table)
    charts = [_chart(reading, table, str(number), _pair_name(pairs[number])) for number in _drawable_numbers(pairs)]
    return {
        "table": table,
        "block": measure_block(reading, table),
        "charts": charts,
        "figures": printed_figures(table),
        "csv": reading.url("figures", mid=table.id),
    }


def printed_figures(table: IndicatorTable) -> DataTable:
    """The table as the plan prints it: a row for each area and series, a column for each period."""
    periods = tuple(dict.fromkeys(period for row in table.rows for period in row.values))
    rows = tuple(
        (row.area, row.series, *("" if period not in row.values else f"{row.values[period]:f}" for period in periods))
        for row in table.rows
    )
    return DataTable(table.title, ("Area", "Series", *(period or "no period" for period in periods)), rows)
