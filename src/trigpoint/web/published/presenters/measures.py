"""The list of measures with the latest figure of England, and of one organisation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trigpoint.releases.measure import PublishedMeasure
from trigpoint.releases.observation import ENGLAND, Status
from trigpoint.releases.tables.spans import period_words
from trigpoint.web.published import store
from trigpoint.web.published.catalogue import measures, release_name
from trigpoint.web.published.desk import Desk
from trigpoint.web.published.models import PublishedFigure
from trigpoint.web.published.presenters.files import attribution, source_href
from trigpoint.web.published.presenters.values import BASES, part_of, value_of
from trigpoint.wording import count


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure with its latest figure in one organisation, "" where it has none."""

    name: str
    href: str
    basis: str
    latest: str
    unit: str
    period: str
    status: str
    parts: str
    note: str


@dataclass(frozen=True, slots=True)
class ReleaseGroup:
    """The measures of a release, and where they come from."""

    heading: str
    attribution: str
    source: str
    lines: tuple[MeasureLine, ...]


def measures_page(desk: Desk) -> dict[str, Any]:
    """Every measure that there are figures of, with the latest of England."""
    latest: dict[str, list[PublishedFigure]] = {}
    for figure in store.latest_of(desk.owner):
        latest.setdefault(figure.measure, []).append(figure)
    held = store.held_measures(desk.owner)
    groups = _groups(desk, [each for key, each in measures().items() if key in held], latest, ENGLAND)
    known = sum(len(group.lines) for group in groups)
    return {
        "groups": groups,
        "headline": f"{count(known, 'measure')} of {count(len(groups), 'release')}." if known else "",
        "owners": [(row.pk, row.name) for row in desk.owners] if len(desk.owners) > 1 else [],
    }


def organisation_page(desk: Desk, code: str) -> dict[str, Any]:
    """The latest figures of one organisation; raises ``Http404`` where no file names it."""
    rows = store.organisation_rows(desk.owner, code)
    latest: dict[str, list[PublishedFigure]] = {}
    for figure in store.latest_of(desk.owner, code):
        latest.setdefault(figure.measure, []).append(figure)
    parents = dict.fromkeys(row.parent for row in rows if row.parent and row.parent != code)
    return {
        "code": code,
        "name": next((row.name for row in rows if row.name), code),
        "as": [BASES[row.basis][0] for row in rows],
        "parents": list(parents),
        "groups": _groups(desk, [each for key, each in measures().items() if key in latest], latest, code),
    }


def _groups(
    desk: Desk, found: Iterable[PublishedMeasure], latest: Mapping[str, Sequence[PublishedFigure]], org: str
) -> tuple[ReleaseGroup, ...]:
    releases: dict[str, list[MeasureLine]] = {}
    for measure in found:
        lines = releases.setdefault(measure.release, [])
        figures = latest.get(measure.id, ())
        lines += [_line(desk, measure, figure, len(figures) > 1) for figure in figures] or [_empty(desk, measure)]
    return tuple(
        ReleaseGroup(release_name(release), attribution(release), source_href(desk, release), tuple(lines))
        for release, lines in releases.items()
    )


def _line(desk: Desk, measure: PublishedMeasure, figure: PublishedFigure, several: bool) -> MeasureLine:
    question = {"org": "" if figure.org == ENGLAND else figure.org, "basis": figure.basis.value if several else ""}
    return MeasureLine(
        name=measure.name,
        href=desk.url("published-measure", mid=measure.id, query=question),
        basis=BASES[figure.basis][0] if several else "",
        latest=value_of(measure, figure),
        unit="" if measure.unit == "%" else measure.unit,
        period=period_words(figure.start, figure.end),
        status="" if figure.status is Status.PUBLISHED else figure.status.value,
        parts=parts_words(figure),
        note=measure.note,
    )


def _empty(desk: Desk, measure: PublishedMeasure) -> MeasureLine:
    href = desk.url("published-measure", mid=measure.id)
    return MeasureLine(measure.name, href, "", "", "", "", "", "", measure.note)


def parts_words(figure: PublishedFigure) -> str:
    """What a figure is made of, "" where it has one part alone."""
    if figure.numerator is None or figure.denominator is None:
        return ""
    return f"{part_of(figure.numerator)} of {part_of(figure.denominator)}"
