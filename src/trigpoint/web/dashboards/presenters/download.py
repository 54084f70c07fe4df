"""The figures of one measure as a table for a spreadsheet: every place, group and period."""

from __future__ import annotations

from collections.abc import Iterator

from trigpoint.measures.book.book import AimKind
from trigpoint.measures.results.result import MeasureResult, PeriodResult
from trigpoint.web.dashboards.figures import figures_of
from trigpoint.web.dashboards.presenters.measure import is_printed_alone, results_in
from trigpoint.web.register.presenters.measures import find_table, printed_figures
from trigpoint.web.register.reading import Reading

HEADERS = (
    "Place", "Code", "Group", "Period", "Numerator", "Denominator", "Value", "As printed", "Lower", "Upper",
    "Plan", "Stretch", "National", "Forecast", "Signal", "Status", "Illustrative", "Note",
)  # fmt: skip

Table = tuple[str, tuple[str, ...], list[tuple[str, ...]]]


def figures_of_measure(reading: Reading, measure_id: str) -> Table:
    """Title, headers and rows; of a table that only the plan prints, the table as it is printed.

    Raises ``Http404`` where there is no such measure.
    """
    indicator = figures_of(reading).indicator(measure_id)
    definition = indicator.definition
    if is_printed_alone(reading, definition):
        _, table = find_table(reading, measure_id)
        printed = printed_figures(table)
        return table.title, printed.headers, list(printed.rows)
    return definition.name, HEADERS, [row for result in results_in(indicator) for row in _rows(result)]


def _rows(result: MeasureResult) -> Iterator[tuple[str, ...]]:
    signals: dict[str, str] = {}
    if result.spc is not None:
        signals = dict(zip(result.spc.labels, (signal.value for signal in result.spc.signals), strict=True))
    for each in result.periods:
        label = each.period.label
        where = (result.place.name, result.place.code, result.group)
        yield (*where, label, *_cells(each), signals.get(label, ""), *_remarks(each))


def _cells(each: PeriodResult) -> Iterator[str]:
    yield from ("" if part is None else f"{part:f}" for part in (each.numerator, each.denominator))
    yield _number(each.value)
    yield each.shown
    yield from map(_number, (each.lower, each.upper, *(each.aim(kind) for kind in AimKind)))


def _number(value: float | None) -> str:
    return "" if value is None else repr(value)


def _remarks(each: PeriodResult) -> tuple[str, ...]:
    status = each.status.value if each.status else ""
    return (status, "yes" if each.illustrative else "", each.reason)
