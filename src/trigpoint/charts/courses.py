"""A measure's periods as charts draw them: distinct labels, values as printed, names of places and aims."""

from __future__ import annotations

from dataclasses import dataclass

from trigpoint.charts.frame import clean, distinct
from trigpoint.charts.upright import drawn, form_of, written
from trigpoint.measures.book.book import AimKind
from trigpoint.measures.results.result import MeasureResult, PeriodResult
from trigpoint.measures.standing import Form


@dataclass(frozen=True, slots=True)
class Course:
    """A measure's periods as a chart draws them; ``periods`` are the labels of ``results``."""

    result: MeasureResult
    results: tuple[PeriodResult, ...]
    periods: tuple[str, ...]
    form: Form

    def actual(self) -> list[float | None]:
        """The actual in each period."""
        return [drawn(each.value) for each in self.results]

    def aim(self, kind: AimKind) -> list[float | None]:
        """What is aimed at in each period."""
        return [drawn(each.aim(kind)) for each in self.results]

    def aims(self) -> list[AimKind]:
        """The kinds of aim that have a value in some period."""
        return [kind for kind in AimKind if any(value is not None for value in self.aim(kind))]

    def target_kind(self) -> AimKind | None:
        """Whose target the measure is held against: that of its standing, else the plan's before the national."""
        kinds = self.aims()
        if self.result.standing.kind in kinds:
            return self.result.standing.kind
        return next((kind for kind in (AimKind.PLAN, AimKind.NATIONAL, AimKind.STRETCH) if kind in kinds), None)

    def targets(self) -> list[float | None]:
        """The target in each period, ``None`` where there is none."""
        kind = self.target_kind()
        return self.aim(kind) if kind else [None] * len(self.results)

    def interval(self, index: int) -> tuple[float, float] | None:
        """The actual's interval in a period, where it has one."""
        low, high = drawn(self.results[index].lower), drawn(self.results[index].upper)
        return (low, high) if low is not None and high is not None else None

    def text(self, value: float | None) -> str:
        """A value as printed."""
        return written(value, self.form)


def course_of(result: MeasureResult) -> Course:
    """The periods of a measure with distinct labels, and how its values are written."""
    definition = result.definition
    # Results make their periods when asked, so they are asked once.
    results = tuple(result.periods)
    labels = distinct([each.period.label for each in results])
    return Course(result, results, labels, form_of(definition.unit, definition.decimals))


def measure_title(result: MeasureResult, *, short: bool = False) -> str:
    """Name of the measure (its short name if wanted and there is one), place and group, as a chart is headed."""
    name = result.definition.label if short else result.definition.name
    return ", ".join(part for part in map(clean, (name, result.place.name, result.group)) if part)


def place_name(result: MeasureResult) -> str:
    """What tells one small chart from another: the place, and the group where there is one."""
    return ", ".join(part for part in map(clean, (result.place.name, result.group)) if part)
