"""The integrated performance table: one row a measure, with figures, icons, rating and sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from trigpoint.charts.sparkline import measure_sparkline
from trigpoint.measures.book.book import Status
from trigpoint.measures.definitions.definition import ChartKind
from trigpoint.measures.results.result import MeasureResult, PeriodResult
from trigpoint.measures.results.values import shown
from trigpoint.measures.spc.control import Assurance, Variation
from trigpoint.web.dashboards.listing import Entry, Section
from trigpoint.web.dashboards.presenters.looks import AIMS, RATINGS, SMALL, Icon, assurance_look, variation_look
from trigpoint.web.register.presenters.looks import Look
from trigpoint.web.register.reading import Reading

HEADERS = (
    "Id", "Measure", "Place", "Code", "Period", "Latest", "Status", "Numerator", "Denominator", "Target", "Target of",
    "Period of the target", "Against target", "Rating", "Variation", "Assurance", "Finding", "Objective", "Committees",
    "Tags", "Illustrative",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure in one place as a row of the table."""

    name: str
    href: str
    place: str
    period: str
    latest: str
    notes: str
    target: str
    whose: str
    variation: Icon | None
    assurance: Icon | None
    rating: Look
    spark: Markup
    finding: str


@dataclass(frozen=True, slots=True)
class LineGroup:
    """Rows under one heading, "" where there is none; ``href`` leads to the objective that the heading names."""

    heading: str
    href: str
    lines: tuple[MeasureLine, ...]


def latest_notes(latest: PeriodResult | None) -> str:
    """What has to be said of a figure wherever it stands.

    >>> latest_notes(None)
    ''
    """
    if latest is None:
        return ""
    words = ["provisional"] if latest.status is Status.PROVISIONAL else []
    words += ["illustrative"] if latest.illustrative else []
    return ", ".join(words)


def icons_of(result: MeasureResult, *, size: int = SMALL) -> tuple[Icon | None, Icon | None]:
    """The icons of variation and assurance, ``None`` for a measure that is not put on a control chart."""
    if result.definition.spc.chart is ChartKind.NONE:
        return None, None
    spc = result.spc
    return (
        variation_look(spc.variation if spc else Variation.TOO_FEW, size=size),
        assurance_look(spc.assurance if spc else Assurance.TOO_FEW, size=size),
    )


def measure_line(reading: Reading, entry: Entry) -> MeasureLine:
    """One row of the table."""
    result, standing = entry.result, entry.result.standing
    latest = result.latest
    variation, assurance = icons_of(result)
    return MeasureLine(
        name=result.definition.label,
        href=reading.url("measure", mid=result.definition.id, query={"place": "" if entry.home else result.place.code}),
        place="" if entry.home else result.place.name,
        period=latest.period.label if latest else "",
        latest=latest.shown if latest else "",
        notes=latest_notes(latest),
        target="" if standing.target is None else shown(result.definition, standing.target),
        whose=AIMS[standing.kind] if standing.kind else "",
        variation=variation,
        assurance=assurance,
        rating=RATINGS[standing.rating],
        spark=Markup(measure_sparkline(result)),  # noqa: S704 - drawn by us from numbers alone
        finding=result.finding,
    )


def groups_of(reading: Reading, sections: Iterable[Section]) -> tuple[LineGroup, ...]:
    """The rows under their headings."""
    return tuple(
        LineGroup(
            section.heading,
            reading.url("objective", oid=section.objective.id) if section.objective else "",
            tuple(measure_line(reading, entry) for entry in section.entries),
        )
        for section in sections
    )


def csv_rows(entries: Sequence[Entry]) -> list[tuple[str, ...]]:
    """The rows of the download, under ``HEADERS``."""
    return [_csv_row(entry) for entry in entries]


def _csv_row(entry: Entry) -> tuple[str, ...]:
    result, standing, latest = entry.result, entry.result.standing, entry.result.latest
    definition, objective, spc = result.definition, entry.objective, result.spc
    parts = (latest.numerator, latest.denominator) if latest else (None, None)
    return (
        definition.id,
        definition.name,
        result.place.name,
        result.place.code,
        latest.period.label if latest else "",
        latest.shown if latest else "",
        latest.status.value if latest and latest.status else "",
        *("" if part is None else f"{part:f}" for part in parts),
        "" if standing.target is None else shown(definition, standing.target),
        AIMS[standing.kind] if standing.kind else "",
        standing.period,
        standing.judgement.value,
        standing.rating.value,
        (spc.variation if spc else Variation.TOO_FEW).value,
        (spc.assurance if spc else Assurance.TOO_FEW).value,
        result.finding,
        objective.heading if objective else "",
        "; ".join(objective.committees) if objective else "",
        "; ".join(definition.tags),
        "yes" if latest and latest.illustrative else "",
    )
