"""Months put together to the quarter or year that a definition counts by: parts are added, never values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from trigpoint.measures.definitions.definition import Aggregation, Definition, PeriodType
from trigpoint.periods.calendar import FinancialYear, Month, Quarter
from trigpoint.releases.figures import PublishedFigure

_LONGER: dict[PeriodType, type[Quarter] | type[FinancialYear]] = {
    PeriodType.QUARTER: Quarter,
    PeriodType.FINANCIAL_YEAR: FinancialYear,
}


def put_together(definition: Definition, figures: Iterable[PublishedFigure]) -> Iterator[PublishedFigure]:
    """Figures of one measure by quarter or year, made of one organisation's months at a time.

    A period is made where every month of it has its parts, and the definition adds parts over time; where the files
    give the period themselves, theirs counts (the caller sees to it). The note says of how many months it was made.
    """
    kind = _LONGER.get(definition.period_type)
    if kind is None or definition.over_time not in (Aggregation.PARTS, Aggregation.SUM):
        return
    months: dict[str, dict[date, PublishedFigure]] = {}
    for one in figures:
        whole_month = (one.start, one.end) == (Month.of(one.start).start, Month.of(one.start).end)
        if whole_month and one.numerator is not None:
            months.setdefault(one.org, {}).setdefault(one.start, one)
    for of_one in months.values():
        for period in sorted({kind.of(start) for start in of_one}, key=lambda each: each.start):
            parts = [of_one.get(month.start) for month in period.months]
            found = [part for part in parts if part is not None]
            if len(found) == len(parts) and len({part.denominator is None for part in found}) == 1:
                yield _added(found, period.start, period.end)


def _added(months: list[PublishedFigure], start: date, end: date) -> PublishedFigure:
    denominators = [month.denominator for month in months if month.denominator is not None]
    return replace(
        months[-1],
        start=start,
        end=end,
        value=None,
        numerator=sum(month.numerator or 0.0 for month in months),
        denominator=sum(denominators) if denominators else None,
        note=f"the sum of {len(months)} months",
    )
