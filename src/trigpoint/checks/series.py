"""Printed series told apart: targets and actuals, totals and parts, in order of time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from trigpoint.checks.subject import Subject
from trigpoint.measures.series import SeriesKind, series_kind, stem
from trigpoint.periods import Period, period_of
from trigpoint.plans.model import IndicatorTable, Polarity

TOTAL = re.compile(r"\b(?:overall|(?:grand )?totals?|all (?:localities|areas|practices|persons))\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Point:
    """One printed value with its period and its line."""

    label: str
    period: Period
    value: Decimal
    line: int | None


@dataclass(frozen=True, slots=True)
class Series:
    """One row of an indicator table. ``key`` is its name without "target", "actual" and total words."""

    table: IndicatorTable
    row: str
    area: str
    name: str
    key: str
    kind: SeriesKind
    total: bool
    points: tuple[Point, ...]
    undated: tuple[Decimal, ...]
    line: int | None

    @property
    def shown(self) -> str:
        """The area and name as printed."""
        return " ".join(part for part in (self.area, self.name) if part)


@lru_cache(maxsize=1)
def read_series(subject: Subject) -> tuple[tuple[IndicatorTable, tuple[Series, ...]], ...]:
    """Every indicator table with its series in printed order, read once for all rules."""
    return tuple(
        (table, tuple(_series(subject, table, index) for index in range(len(table.rows))))
        for table in subject.plan.indicators
    )


def _series(subject: Subject, table: IndicatorTable, index: int) -> Series:
    row = table.rows[index]
    key = f"{table.id}/{index}"
    lines = subject.anchor(key).lines
    points = []
    for position, (label, value) in enumerate(row.values.items()):
        period = period_of(label)
        if period is not None:
            line = lines[position] if len(lines) == len(row.values) else (lines[0] if lines else subject.line(key))
            points.append(Point(label, period, value, line))
    total = bool(TOTAL.search(row.area)) or (not row.area and bool(TOTAL.search(row.series)))
    series_key = stem(TOTAL.sub("", row.series))
    return Series(
        table, key, row.area, row.series, series_key, series_kind(row.series), total,
        tuple(sorted(points, key=lambda point: (point.period.start, point.period.end))),
        tuple(value for label, value in row.values.items() if not label), subject.line(key),
    )  # fmt: skip


def worse(first: Decimal, second: Decimal, polarity: Polarity) -> bool:
    """Whether ``first`` is worse than ``second``; never where better is not known."""
    if polarity is Polarity.HIGHER:
        return first < second
    return polarity is Polarity.LOWER and first > second


def pairs(series: tuple[Series, ...]) -> Iterator[tuple[Series, Series]]:
    """Each target series with the actual series of the same area and name."""
    actuals = {(each.area, each.key): each for each in series if each.kind is SeriesKind.ACTUAL}
    for each in series:
        if each.kind is SeriesKind.TARGET and (each.area, each.key) in actuals:
            yield each, actuals[(each.area, each.key)]
