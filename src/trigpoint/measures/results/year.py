"""Figures of several periods as one: the year to date, the year's average, a quarter from its months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from trigpoint.frameworks import Basis
from trigpoint.measures.book.book import Actual, AimKind, Status
from trigpoint.measures.definitions.definition import Aggregation, Definition, PeriodType, Statistic
from trigpoint.measures.results.aims import Goals
from trigpoint.measures.results.cells import Cells
from trigpoint.measures.results.protection import hidden
from trigpoint.measures.results.result import PeriodResult
from trigpoint.measures.results.timeline import running_number
from trigpoint.measures.results.values import DASH, PARTED, exact_value, shown
from trigpoint.periods.calendar import FinancialYear, Period
from trigpoint.rounding import decimal_of, total


def together(definition: Definition, cells: Cells, numbers: range, how: Aggregation) -> Actual | str:
    """The cells of some periods as one, or the reason why they cannot be put together.

    ``SUM`` and ``PARTS`` add what was counted, ``MEAN`` averages the values, ``LAST`` takes the last. A missing period
    makes a sum wrong, and a hidden one could be found from it, so that either leaves none.
    """
    rows = {number: cells.rows[number] for number in numbers if number in cells.rows and number not in cells.reasons}
    missing = [cells.period(number).label for number in numbers if number not in rows]
    if any(hidden(cells, number) for number in numbers):
        return "suppressed: with the other periods it would show a small number"
    if not rows or how is Aggregation.NONE:
        return "there is no figure"
    if how is Aggregation.LAST:
        return rows[max(rows)] if max(rows) == numbers[-1] else f"there is no figure for {missing[-1]}"
    if missing:
        return f"there is no figure for {missing[0]}" + (f" and {len(missing) - 1} more" if len(missing) > 1 else "")
    found = list(rows.values())
    if how is Aggregation.MEAN or (how is Aggregation.PARTS and not _have_parts(definition, found)):
        return _made(found, value=_mean([exact_value(definition, row) for row in found]))
    if how is Aggregation.SUM and definition.statistic in PARTED:
        return _added_shares(definition, found)
    return _summed(found)


def _added_shares(definition: Definition, rows: Sequence[Actual]) -> Actual:
    """Shares of one and the same whole added up: quarters of people treated, out of all who need it in the year."""
    wholes = {row.denominator for row in rows}
    if len(wholes) == 1 and None not in wholes and all(row.numerator is not None for row in rows):
        return replace(_summed(rows), denominator=wholes.pop())
    values = [exact_value(definition, row) for row in rows]
    return _made(rows, value=decimal_of(sum((value for value in values if isinstance(value, Fraction)), Fraction(0))))


def _have_parts(definition: Definition, rows: Sequence[Actual]) -> bool:
    if definition.statistic is Statistic.COUNT:
        return True
    return definition.statistic in PARTED and all(row.numerator is not None and row.denominator for row in rows)


def _summed(rows: Sequence[Actual]) -> Actual:
    tops = [row.numerator if row.numerator is not None else row.value for row in rows]
    bottoms = [row.denominator for row in rows if row.denominator is not None]
    top = total(each for each in tops if each is not None)
    bottom = total(bottoms) if len(bottoms) == len(rows) else None
    return _made(rows, numerator=top, denominator=bottom, value=top if rows[0].numerator is None else None)


def _mean(values: Sequence[Fraction | str]) -> Decimal:
    known = [value for value in values if isinstance(value, Fraction)]
    return decimal_of(sum(known, Fraction(0)) / len(known))


def _made(
    rows: Sequence[Actual],
    *,
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
    value: Decimal | None = None,
) -> Actual:
    status = Status.PROVISIONAL if any(row.status is Status.PROVISIONAL for row in rows) else Status.FINAL
    illustrative = any(row.illustrative for row in rows)
    first = rows[0]
    return Actual(
        first.indicator, first.place, "", numerator, denominator, value, first.group, status, illustrative=illustrative
    )


def year_so_far(definition: Definition, latest: int, base: Period) -> range | None:
    """The running numbers from the first of the latest period's financial year to it; ``None`` for yearly measures."""
    if definition.period_type not in (PeriodType.MONTH, PeriodType.QUARTER):
        return None
    year = FinancialYear.of(base.end)
    first = year.months[0] if definition.period_type is PeriodType.MONTH else year.quarters[0]
    return range(running_number(first), latest + 1)


def year_to_date(definition: Definition, cells: Cells, latest: int, goals: Goals | None) -> PeriodResult | None:
    """The financial year up to the latest period by the definition's own rule, ``None`` where it has none.

    Its aims are those of the same months added up; where a target of the whole year was given, that is the plan's aim.
    """
    numbers = year_so_far(definition, latest, cells.period(latest))
    if numbers is None or definition.year_to_date is Aggregation.NONE:
        return None
    year = FinancialYear.of(cells.period(latest).end)
    cell = together(definition, cells, numbers, definition.year_to_date)
    if isinstance(cell, str):
        return PeriodResult(year, None, None, None, None, None, DASH, None, reason=cell)
    exact = exact_value(definition, cell)
    value = exact if isinstance(exact, Fraction) else None
    return PeriodResult(
        year,
        cell.numerator,
        cell.denominator,
        None if value is None else float(value),
        None,
        None,
        shown(definition, value),
        cell.status,
        tuple(_aims(definition, goals, numbers, cells)) if goals else (),
        cell.illustrative,
        exact if isinstance(exact, str) else "",
        f"{cells.period(numbers[0]).label} to {cells.period(latest).label}" if len(numbers) > 1 else "",
    )


def _aims(definition: Definition, goals: Goals, numbers: range, cells: Cells) -> Sequence[tuple[AimKind, float]]:
    """The targets of the same periods as one, where each period has one, or one is given for the whole year."""
    found = []
    for kind in AimKind:
        targets = [goals.at(kind, number, cells.period(number)) for number in numbers]
        known = [target for target in targets if target is not None]
        values, bases = [target.value for target in known], {target.basis for target in known}
        if len(known) < len(numbers):
            continue
        adds = definition.year_to_date is Aggregation.SUM
        if (not adds or bases == {Basis.YEAR}) and len(set(values)) == 1:
            found.append((kind, float(values[0])))
        elif adds and not bases & {Basis.YEAR, Basis.EACH_QUARTER}:
            found.append((kind, float(sum(values, Fraction(0)))))
    return found
