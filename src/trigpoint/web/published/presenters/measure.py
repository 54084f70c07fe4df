"""One measure in one organisation: every period with its parts, its status and its source, and a control chart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404

from trigpoint.charts.picture import Picture
from trigpoint.periods import FinancialYear, Month, Quarter
from trigpoint.plans.model import Polarity
from trigpoint.releases.measure import PublishedMeasure, Statistic
from trigpoint.releases.observation import ENGLAND, Status
from trigpoint.releases.tables.spans import months_in, period_words
from trigpoint.web.published import store
from trigpoint.web.published.catalogue import release_name
from trigpoint.web.published.desk import Desk
from trigpoint.web.published.models import PublishedFigure
from trigpoint.web.published.presenters.files import attribution, source_href
from trigpoint.web.published.presenters.values import BASES, part_of, plain, shown, value_of, with_unit
from trigpoint.web.register.presenters.measures import Chart
from trigpoint.wording import capital

ENOUGH = 12
"""A control chart of fewer points says nothing."""
_STEPS = {1: Month, 3: Quarter, 12: FinancialYear}
HEADERS = (
    "Measure", "Organisation", "Name", "As", "Start", "End", "Period", "Value", "Unit", "Numerator", "Denominator",
    "Why there is no value", "Status", "File",
)  # fmt: skip


@dataclass(frozen=True)
class Course:
    """The figures of a measure in one organisation on one basis, in order of time."""

    measure: PublishedMeasure
    org: str
    name: str
    bases: tuple[Any, ...]
    figures: tuple[PublishedFigure, ...]

    @property
    def basis(self) -> Any:
        """As what the organisation is counted here, ``None`` where there are no figures."""
        return self.figures[0].basis if self.figures else None

    @property
    def place(self) -> str:
        """The organisation as a heading names it."""
        return self.name if self.org in (self.name, ENGLAND) else f"{self.name} ({self.org})"

    @cached_property
    def even(self) -> tuple[PublishedFigure, ...]:
        """The figures of the kind of period that most are of: those that can stand in one line."""
        lengths = Counter(months_in(each.start, each.end) for each in self.figures)
        usual = max(lengths, key=lambda length: (lengths[length], -length), default=0)
        chosen = [each for each in self.figures if months_in(each.start, each.end) == usual]
        return tuple({each.end: each for each in chosen}.values())

    @property
    def charted(self) -> bool:
        """Whether there are enough points for a control chart."""
        return sum(each.value is not None for each in self.even) >= ENOUGH

    @property
    def latest(self) -> PublishedFigure | None:
        """The newest figure that has a value."""
        return next((each for each in reversed(self.even) if each.value is not None), None)


def course_of(desk: Desk, measure: PublishedMeasure, org: str, basis: str) -> Course:
    """What there is of a measure in an organisation; raises ``Http404`` for one that no file names."""
    org = store.code_asked(org) or ENGLAND
    figures = store.course_of(desk.owner, measure.id, org)
    names = store.names_of(desk.owner, [org])
    if not figures and not names and org != ENGLAND:
        raise Http404
    bases = tuple(sorted({each.basis for each in figures}, key=store.BASES.index))
    chosen = next((each for each in bases if each.value == basis), None)
    if basis and chosen is None:
        raise Http404
    chosen = chosen or (bases[0] if bases else None)
    name = "England" if org == ENGLAND else names.get(org, org)
    return Course(measure, org, name, bases, tuple(each for each in figures if each.basis is chosen))


def measure_page(desk: Desk, measure: PublishedMeasure, org: str, basis: str) -> dict[str, Any]:
    """One measure in one organisation."""
    course = course_of(desk, measure, org, basis)
    return {
        "measure": measure,
        "course": course,
        "finding": finding(course),
        "chart": _chart(desk, course) if course.charted else None,
        "too_few": bool(course.figures) and not course.charted,
        "enough": ENOUGH,
        "table": [_row(desk, each, measure) for each in reversed(course.figures)],
        "parted": measure.statistic in (Statistic.PROPORTION, Statistic.MEAN),
        "unit": measure.unit,
        "bases": [
            (capital(BASES[each][0]), _here(desk, course, each.value), each is course.basis) for each in course.bases
        ],
        "compare": _compare(desk, course),
        "csv": desk.url("published-figures", mid=measure.id, query={"org": course.org}),
        "attribution": attribution(measure.release),
        "source": source_href(desk, measure.release),
        "release_name": release_name(measure.release),
    }


def _here(desk: Desk, course: Course, basis: str) -> str:
    return desk.url("published-measure", mid=course.measure.id, query={"org": course.org, "basis": basis})


def _compare(desk: Desk, course: Course) -> str:
    basis = course.basis.value if course.basis and course.org != ENGLAND else ""
    question = {"org": "" if course.org == ENGLAND else course.org, "basis": basis}
    return desk.url("published-compare", mid=course.measure.id, query=question)


def finding(course: Course) -> str:
    """The latest figure in a sentence."""
    latest, measure = course.latest, course.measure
    if latest is None:
        return f"No figure of {course.name} is held." if not course.figures else "No figure has a value."
    said = f"{with_unit(measure, latest.value)} in {period_words(latest.start, latest.end)}"
    if latest.start == latest.end:
        said = said.replace(" in ", " on ", 1)
    if latest.numerator is not None and latest.denominator is not None and measure.statistic is Statistic.PROPORTION:
        said += f": {part_of(latest.numerator)} of {part_of(latest.denominator)}"
    if latest.status is Status.PROVISIONAL:
        said += " (provisional)"
    spc = control(course) if course.charted else None
    return f"{capital(said)}. {spc.finding}".strip() if spc else f"{capital(said)}."


@dataclass(frozen=True, slots=True)
class Row:
    """A period with its figure."""

    period: str
    value: str
    numerator: str
    denominator: str
    status: str
    file: str
    href: str


def _row(desk: Desk, figure: PublishedFigure, measure: PublishedMeasure) -> Row:
    return Row(
        period_words(figure.start, figure.end),
        value_of(measure, figure),
        part_of(figure.numerator),
        part_of(figure.denominator),
        capital(figure.status.value),
        figure.file.label,
        desk.url("published-file", pk=figure.file_id),
    )


def control(course: Course) -> Any:
    """The control chart of the figures, as ``measures.spc`` makes it."""
    import numpy as np

    from trigpoint.measures.spc.charts import control_chart

    values = [np.nan if each.value is None else each.value for each in course.even]
    labels = [period_words(each.start, each.end) for each in course.even]
    step = _STEPS.get(months_in(course.even[0].start, course.even[0].end))
    ordinals = [_ordinal(each, step) for each in course.even] if step else None
    return control_chart(values, labels, ordinals=ordinals, polarity=polarity(course.measure))


def _ordinal(figure: PublishedFigure, step: Any) -> int:
    months = figure.end.year * 12 + figure.end.month
    return months // {Month: 1, Quarter: 3, FinancialYear: 12}[step]


def polarity(measure: PublishedMeasure) -> Polarity:
    """Which way is better, as the indicator that the measure feeds says it."""
    from trigpoint.measures.definitions.library import known, load

    return load(measure.definition).polarity if measure.definition in known() else Polarity.NEITHER


def picture_of(desk: Desk, measure: PublishedMeasure, org: str, basis: str) -> Picture:
    """The control chart; raises ``Http404`` where there are too few points."""
    course = course_of(desk, measure, org, basis)
    if not course.charted:
        raise Http404
    return _drawn(course)


def _drawn(course: Course) -> Picture:
    from trigpoint.charts.spc import spc_picture

    title, measure = f"{course.measure.name}, {course.place}", course.measure
    return spc_picture(control(course), title=title, unit=measure.unit, decimals=measure.decimals)


def _chart(desk: Desk, course: Course) -> Chart:
    drawn = _drawn(course)
    question = {"org": course.org, "basis": course.basis.value if len(course.bases) > 1 else ""}
    return Chart(
        id="chart-spc",
        heading="Control chart",
        src=desk.url("published-picture", mid=course.measure.id, query=question),
        alt=drawn.alt,
        finding=drawn.finding,
        table=drawn.table,
    )


def figures_rows(desk: Desk, measure: PublishedMeasure, org: str) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The download: headers, and every figure of the organisation on every basis, in order of time."""
    course = course_of(desk, measure, org, "")
    found = store.course_of(desk.owner, measure.id, course.org)
    return HEADERS, [csv_row(measure, course.name, each) for each in found]


def csv_row(measure: PublishedMeasure, name: str, figure: PublishedFigure) -> tuple[str, ...]:
    """A figure in a download, in all its digits."""
    return (
        measure.name,
        figure.org,
        name,
        figure.basis.value,
        figure.start.isoformat(),
        figure.end.isoformat(),
        period_words(figure.start, figure.end),
        plain(figure.value),
        measure.unit,
        plain(figure.numerator),
        plain(figure.denominator),
        figure.marker.value if figure.value is None else "",
        figure.status.value,
        figure.file.label,
    )


def ordered(figures: Sequence[PublishedFigure]) -> list[PublishedFigure]:
    """Figures from the highest to the lowest, those without a value last, alike ones by code."""
    return sorted(figures, key=lambda each: (each.value is None, -(each.value or 0.0), each.org))


__all__ = [
    "HEADERS", "control", "course_of", "csv_row", "figures_rows", "finding", "measure_page", "ordered", "picture_of",
    "polarity", "shown",
]  # fmt: skip
