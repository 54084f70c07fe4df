"""The twelve months of every line of spend: budget, actual, and the forecast where none is told."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from trigpoint.finance.book.book import FinanceBook, Recurrence, Series, SpendGroup, SpendLine
from trigpoint.finance.money import spread
from trigpoint.periods import FinancialYear
from trigpoint.rounding import total

MONTHS = 12
Months = tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class SpendYear:
    """One line in one year, in pounds by month. ``known`` is how many leading months of ``actual`` there are.

    ``hole`` says that a month is missing that should be known, ``planned`` that there is a budget, ``told`` that the
    forecast is the plan's own.
    """

    id: str
    group: SpendGroup
    recurrence: Recurrence
    budget: Months
    actual: tuple[Decimal | None, ...]
    forecast: Months
    known: int
    hole: bool
    planned: bool
    told: bool
    illustrative: bool

    @property
    def reported(self) -> bool:
        """Whether there are actuals of it at all; reserves have none."""
        return any(month is not None for month in self.actual)


def months_known(book: FinanceBook, year: FinancialYear) -> int:
    """How many months of a year are actuals: all of a year before the plan's first, none of one after it."""
    years = book.settings.years
    if not years or year > years[0]:
        return 0
    return book.settings.months_known if year == years[0] else MONTHS


@lru_cache(maxsize=16)
def spend_years(book: FinanceBook, year: FinancialYear) -> tuple[SpendYear, ...]:
    """Every line of spend of a year, in the order of the book.

    Series belong together by their id; a row of another id that has the name, group, recurrence and contract of a
    single budget is of that one. The forecast is the plan's own where a line has one. Else it is the actual to date and
    the budget of the months to come: a variance stays, and is not taken to repeat.
    """
    lines = [line for line in book.spend if line.year == year]
    budgets = [line for line in lines if line.series is Series.BUDGET]
    named: dict[tuple[object, ...], list[str]] = {}
    for line in budgets:
        named.setdefault(_alike(line), []).append(line.id)
    planned = {line.id for line in budgets}
    found: dict[str, dict[Series, SpendLine]] = {}
    for line in (*budgets, *(line for line in lines if line.series is not Series.BUDGET)):
        same = named.get(_alike(line), []) if line.stated.name else []
        key = same[0] if line.id not in planned and len(same) == 1 else line.id
        found.setdefault(key, {}).setdefault(line.series, line)
    known = months_known(book, year)
    return tuple(_year_of(key, series, known) for key, series in found.items())


def _alike(line: SpendLine) -> tuple[object, ...]:
    return line.stated.name.casefold(), line.group, line.recurrence, line.contract


def twelve(line: SpendLine | None) -> Months:
    """The twelve months of a line: those that are not told share equally what the told ones leave of its total.

    >>> from trigpoint.periods import FinancialYear
    >>> line = SpendLine("a", FinancialYear(2017), SpendGroup.ACUTE, Recurrence.RECURRENT, Series.BUDGET,
    ...                  (None,) * 12, Decimal("120"))
    >>> sorted(set(twelve(line)))
    [Decimal('10.00')]
    """
    if line is None:
        return (Decimal(0),) * MONTHS
    months = (*line.months, *(None,) * MONTHS)[:MONTHS]
    if all(month is not None for month in months):
        return tuple(month for month in months if month is not None)
    rest = line.gbp - total(month for month in months if month is not None)
    parts = spread(rest, [Decimal(month is None) for month in months])
    return tuple(part if month is None else month for month, part in zip(months, parts, strict=True))


def _year_of(key: str, series: dict[Series, SpendLine], known: int) -> SpendYear:
    one = next(iter(series.values()))
    budget = twelve(series.get(Series.BUDGET))
    actual = _actual(series.get(Series.ACTUAL), known)
    there = next((at for at, month in enumerate(actual[:known]) if month is None), known)
    reported = any(month is not None for month in actual)
    told = series.get(Series.FORECAST)
    return SpendYear(
        key,
        one.group,
        one.recurrence,
        budget,
        actual,
        _forecast(told, budget, actual, there),
        there if reported else 0,
        reported and there < known,
        Series.BUDGET in series,
        told is not None,
        any(line.stated.illustrative for line in series.values()),
    )


def _actual(line: SpendLine | None, known: int) -> tuple[Decimal | None, ...]:
    """Months beyond those that are known are no actuals, whatever their row holds. A year's total is enough for a year
    that is over."""
    if line is None:
        return (None,) * MONTHS
    months: tuple[Decimal | None, ...] = (*line.months, *(None,) * MONTHS)[:MONTHS]
    if known == MONTHS and all(month is None for month in months):
        months = twelve(line)
    return tuple(month if at < known else None for at, month in enumerate(months))


def _forecast(told: SpendLine | None, budget: Months, actual: tuple[Decimal | None, ...], known: int) -> Months:
    seen = tuple(month for month in actual[:known] if month is not None)
    if told is None:
        return (*seen, *budget[len(seen) :])
    if any(month is not None for month in told.months):
        months = (*told.months, *(None,) * MONTHS)[:MONTHS]
        usual = (*seen, *budget[len(seen) :])
        return tuple(other if month is None else month for month, other in zip(months, usual, strict=True))
    to_come = budget[len(seen) :]
    weights = to_come if total(to_come) else (Decimal(1),) * len(to_come)
    if not weights:
        return seen
    return (*seen, *spread(told.gbp - total(seen), weights))
