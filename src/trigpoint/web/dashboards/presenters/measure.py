"""One measure: what it says, its charts, its places, its definition and its figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from trigpoint.charts.picture import DataTable
from trigpoint.measures.book.book import AimKind
from trigpoint.measures.book.printed import PRINTED
from trigpoint.measures.definitions.definition import Definition
from trigpoint.measures.results.descriptions import description_of
from trigpoint.measures.results.result import Direction, IndicatorResult, MeasureResult
from trigpoint.measures.results.tables import data_table
from trigpoint.measures.results.values import shown
from trigpoint.web.dashboards.figures import Figures, figures_of, nothing_entered
from trigpoint.web.dashboards.presenters.lines import icons_of, latest_notes
from trigpoint.web.dashboards.presenters.looks import LARGE, RATINGS
from trigpoint.web.dashboards.presenters.pictures import available, chart_of
from trigpoint.web.register.presenters.measures import measure_page as printed_page
from trigpoint.web.register.presenters.measures import printed_figures
from trigpoint.web.register.reading import Reading
from trigpoint.wording import capital

_AIMS = {
    AimKind.PLAN: "Plan",
    AimKind.STRETCH: "Stretch",
    AimKind.NATIONAL: "National standard",
    AimKind.FORECAST: "Forecast",
}


@dataclass(frozen=True, slots=True)
class Option:
    """A place or group that can be chosen."""

    value: str
    name: str
    chosen: bool


def results_in(indicator: IndicatorResult) -> tuple[MeasureResult, ...]:
    """Every series of a measure: the main place, the others, the groups; none where nothing was entered."""
    whole = (indicator.main,) if indicator.main else ()
    return (*whole, *indicator.parts, *indicator.groups)


def chosen_of(figures: Figures, indicator: IndicatorResult, place: str, group: str) -> MeasureResult:
    """The series of a place and group, "" for the main place and for everyone.

    Raises ``Http404`` where the measure has none of that place and group.
    """
    every = results_in(indicator)
    if not (every or place or group):
        return nothing_entered(indicator.definition, figures.home)
    found = [result for result in every if place in ("", result.place.code)]
    for result in found:
        if result.group == group:
            return result
    if found and not group:
        return found[0]  # no series of everyone: the first group stands for it, and says so
    raise Http404


def page_of(reading: Reading, measure_id: str, place: str, group: str) -> tuple[str, dict[str, Any]]:
    """The template of a measure's page and what it shows, for the place and group that the address names.

    A table that only the plan prints is shown as it is printed. Raises ``Http404`` where there is no such measure.
    """
    indicator = figures_of(reading).indicator(measure_id)
    if is_printed_alone(reading, indicator.definition):
        return "register/measure.html", printed_page(reading, measure_id)
    return "dashboards/measure.html", measure_page(reading, indicator, place, group)


def is_printed_alone(reading: Reading, definition: Definition) -> bool:
    """Whether nothing but a printed table of the plan tells of the measure."""
    return PRINTED in definition.tags and any(row.id == definition.id for row in reading.plan.indicators)


def measure_page(reading: Reading, indicator: IndicatorResult, place: str, group: str) -> dict[str, Any]:
    """What the page of a measure with figures of its own shows."""
    figures, measure_id = figures_of(reading), indicator.definition.id
    chosen = chosen_of(figures, indicator, place, group)
    charts = [chart_of(reading, chosen, one, place) for one in available(indicator, chosen)]
    table = next((row for row in reading.plan.indicators if row.id == measure_id), None)
    spc = chosen.spc
    variation, assurance = icons_of(chosen, size=LARGE)
    return {
        "name": chosen.definition.label,
        "chosen": chosen,
        "where_words": "".join(f", {word}" for word in (place and chosen.place.name, chosen.group) if word),
        "finding": chosen.finding,
        "rating": RATINGS[chosen.standing.rating],
        "variation": variation,
        "assurance": assurance,
        "facts": tuple(_facts(chosen)),
        "charts": charts,
        "places": _places(indicator, chosen),
        "groups": _groups(indicator, chosen),
        "definition": description_of(chosen.definition),
        "illustrative": any(each.illustrative for each in chosen.periods),
        "printed": printed_figures(table) if table else None,
        "data": figures_table(chosen),
        "warnings": (*chosen.problems, *(spc.warnings if spc else ())),
        "csv": reading.url("figures", mid=measure_id),
        **_objective(reading, figures, chosen),
    }


def _objective(reading: Reading, figures: Figures, chosen: MeasureResult) -> dict[str, str]:
    row = figures.objectives.get(chosen.definition.objective)
    return {
        "objective": row.heading if row else "",
        "objective_href": reading.url("objective", oid=row.id) if row else "",
    }


def _facts(chosen: MeasureResult) -> Iterator[tuple[str, str]]:
    latest, definition = chosen.latest, chosen.definition
    if latest:
        notes = latest_notes(latest)
        yield f"Latest, {latest.period.label}", f"{latest.shown} ({notes})" if notes else latest.shown
        if latest.lower is not None and latest.upper is not None:
            between = f"{shown(definition, latest.lower)} to {shown(definition, latest.upper)}"
            yield f"{100 * definition.level:g}% interval", between
        judged = {standing.kind for standing in chosen.standings}
        for kind, value in latest.aims:
            if kind not in judged:  # the others are told with what comes of them
                yield f"{_AIMS[kind]}, {latest.period.label}", shown(definition, value)
    for standing in chosen.standings or (chosen.standing,):
        whose = _AIMS[standing.kind].lower() if standing.kind else "target"
        yield f"Against the {whose}", standing.finding
    if chosen.derived:
        yield "How it is made", capital(chosen.derived)
    if chosen.year_to_date is not None:
        yield f"Year to date, {chosen.year_to_date.period.label}", chosen.year_to_date.shown
    if chosen.trend is not Direction.CANNOT:
        yield "Recent trend", chosen.trend.value
    if chosen.peers is not None:
        yield "Among its peers", chosen.peers.finding
    if chosen.spc is not None and chosen.spc.finding:
        yield "Control chart", chosen.spc.finding


def _places(indicator: IndicatorResult, chosen: MeasureResult) -> tuple[Option, ...]:
    rows = {result.place.code: result.place for result in results_in(indicator)}
    return tuple(Option(code, place.name, code == chosen.place.code) for code, place in rows.items())


def _groups(indicator: IndicatorResult, chosen: MeasureResult) -> tuple[Option, ...]:
    names = dict.fromkeys(result.group for result in results_in(indicator) if result.place == chosen.place)
    return tuple(Option(name, name or "Everyone", name == chosen.group) for name in names)


def figures_table(chosen: MeasureResult) -> DataTable | None:
    """Every period of the chosen series, the latest first, as the download and the charts have it."""
    headers, rows = data_table(chosen)
    where = ", ".join(part for part in (chosen.place.name, chosen.group) if part)
    return DataTable(f"{chosen.definition.label}, {where}: every period", headers, rows[::-1]) if rows else None
