"""Pictures of a measure: which there are, and each of them drawn once for every revision of the plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from django.http import Http404

from trigpoint.charts.course import course_picture, localities_picture
from trigpoint.charts.funnel import funnel_picture
from trigpoint.charts.ladder import ladder_picture
from trigpoint.charts.picture import Picture
from trigpoint.charts.spc import measure_spc_picture
from trigpoint.measures.results.derivation import kind_words
from trigpoint.measures.results.result import IndicatorResult, MeasureResult
from trigpoint.places.model import PlaceKind
from trigpoint.web.register.presenters.measures import Chart, pictures
from trigpoint.web.register.reading import Reading
from trigpoint.web.register.store import revision_key
from trigpoint.wording import capital

MULTIPLES = 12  # more panels than this are no longer read, but leafed through


@dataclass(frozen=True, slots=True)
class Available:
    """A picture that can be made: its name in the address, its heading, and how it is made."""

    name: str
    heading: str
    make: Callable[[], Picture]


def available(indicator: IndicatorResult, chosen: MeasureResult) -> tuple[Available, ...]:
    """The pictures that a measure's figures are enough for, those of the chosen place first."""
    found = [*_of_one(chosen), *_of_parts(indicator)]
    for number, funnel in enumerate(indicator.funnels, start=1):
        places = kind_words(funnel.points[0].place.kind, len(funnel.points)) if funnel.points else "no place"
        heading = f"Funnel: {places}, {funnel.period}"
        found.append(Available(f"funnel-{number}", heading, partial(funnel_picture, funnel)))
    if indicator.inequality is not None:
        heading = f"Inequality by {indicator.inequality.dimension}"
        found.append(Available("ladder", heading, partial(ladder_picture, indicator.inequality)))
    return tuple(found)


def _of_one(chosen: MeasureResult) -> list[Available]:
    found = []
    if chosen.spc is not None and len(chosen.spc.labels) > 1:
        found.append(Available("spc", "Control chart", partial(measure_spc_picture, chosen)))
    if _has_figures(chosen):
        found.append(Available("course", "Plan, actual and forecast", partial(course_picture, chosen)))
    return found


def _of_parts(indicator: IndicatorResult) -> list[Available]:
    kinds: dict[PlaceKind, list[MeasureResult]] = {}
    for result in indicator.parts:
        kinds.setdefault(result.place.kind, []).append(result)
    found = []
    for kind, results in kinds.items():
        drawable = [result for result in results if _has_figures(result)]
        if 1 < len(drawable) <= MULTIPLES:
            heading = f"{capital(kind_words(kind, len(drawable)))} side by side"
            found.append(Available(f"places-{len(found) + 1}", heading, partial(localities_picture, drawable)))
    groups = [result for result in indicator.groups if _has_figures(result)]
    if 1 < len(groups) <= MULTIPLES:
        found.append(Available("groups", "Groups side by side", partial(localities_picture, groups)))
    return found


def _has_figures(result: MeasureResult) -> bool:
    return sum(each.value is not None or bool(each.aims) for each in result.periods) > 1


def picture_of(reading: Reading, chosen: MeasureResult, one: Available) -> Picture:
    """The picture, from memory where it has been made before."""
    key = (*revision_key(reading.edition), "measure", chosen.definition.id, chosen.place.code, chosen.group, one.name)
    return pictures.get(key, one.make)


def find_picture(found: Sequence[Available], name: str) -> Available:
    """The picture of a name, the first for none; raises ``Http404`` where there is no such picture."""
    for one in found:
        if name in ("", one.name):
            return one
    raise Http404


def chart_of(reading: Reading, chosen: MeasureResult, one: Available, place: str) -> Chart:
    """A picture as the page shows it. ``place`` is the one that the address names, "" for the plan's own."""
    drawn = picture_of(reading, chosen, one)
    question = {"kind": one.name, "place": place, "group": chosen.group}
    return Chart(
        id=f"chart-{one.name}",
        heading=one.heading,
        src=reading.url("measure-picture", mid=chosen.definition.id, query=question),
        alt=drawn.alt,
        finding=drawn.finding,
        table=drawn.table,
    )
