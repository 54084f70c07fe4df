"""What each commissioning group was to spend, has spent and will spend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from trigpoint.finance.book.book import Recurrence, SpendGroup
from trigpoint.finance.money import to_pence
from trigpoint.finance.position.lines import MONTHS, SpendYear
from trigpoint.finance.position.quantities import amount_words
from trigpoint.finance.position.result import GroupPosition
from trigpoint.rounding import total
from trigpoint.wording import count, plural, verb

CumulativeMonths = tuple[tuple[Decimal, Decimal | None, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over all lines of a year, in pounds."""

    budget_gbp: Decimal
    forecast_gbp: Decimal


def group_positions(lines: Sequence[SpendYear], known: int) -> tuple[GroupPosition, ...]:
    """A row each group and recurrence that has lines, in the order of the groups.

    ``actual_to_date_gbp`` is ``None`` where nothing is reported, or a month is missing.
    """
    kinds = [(group, recurrence) for group in SpendGroup for recurrence in Recurrence]
    rows = []
    for group, recurrence in kinds:
        own = [line for line in lines if line.group is group and line.recurrence is recurrence]
        if own:
            rows.append(_row(group, recurrence, own, known))
    return tuple(rows)


def _row(group: SpendGroup, recurrence: Recurrence, lines: Sequence[SpendYear], known: int) -> GroupPosition:
    budget = total(total(line.budget) for line in lines)
    forecast = total(total(line.forecast) for line in lines)
    return GroupPosition(
        group,
        recurrence,
        budget,
        total(total(line.budget[:known]) for line in lines),
        _actual(lines, known),
        forecast,
        forecast - budget,
    )


def _actual(lines: Sequence[SpendYear], known: int) -> Decimal | None:
    """Actuals of the months so far; lines without any (a reserve) have spent nothing."""
    if not known or any(line.hole for line in lines) or not any(line.reported for line in lines):
        return None
    return total(total(month for month in line.actual[:known] if month is not None) for line in lines)


def cumulative_months(lines: Sequence[SpendYear], known: int) -> CumulativeMonths:
    """Cumulative budget, actual and forecast of the twelve months over all lines."""
    if not lines:
        return ()
    whole = [(month, _actual_until(lines, month, known)) for month in range(1, MONTHS + 1)]
    return tuple(
        (
            total(total(line.budget[:month]) for line in lines),
            actual,
            total(total(line.forecast[:month]) for line in lines),
        )
        for month, actual in whole
    )


def _actual_until(lines: Sequence[SpendYear], month: int, known: int) -> Decimal | None:
    reported = [line for line in lines if line.reported]
    if month > known or not reported or any(None in line.actual[:month] for line in reported):
        return None
    return total(total(one for one in line.actual[:month] if one is not None) for line in reported)


def forecast_remarks(lines: Sequence[SpendYear], known: int) -> tuple[str, ...]:
    """How the forecast was made, and what it would be if the variance to date went on."""
    remarks = [
        f"{line.id}: an actual is missing after {count(line.known, 'month')}; its budget stands for the months after"
        for line in lines
        if line.hole and not line.told
    ]
    own = [line for line in lines if line.reported and line.known and not line.told]
    if known in (0, MONTHS) or not own:
        return tuple(remarks)
    apart = to_pence(sum((_repeated(line) for line in own), Fraction(0)))
    remarks.append(
        f"{count(len(own), 'line')} {verb(len(own), 'has', 'have')} no forecast of "
        f"{verb(len(own), 'its', 'their')} own: "
        f"actuals of {count(known, 'month')} and the budget of the other {MONTHS - known} "
        f"{plural(MONTHS - known, 'month')} are taken. If {verb(len(own), 'its', 'their')} variance to date went on at "
        f"the same rate, the year would end {amount_words(abs(apart))} {'higher' if apart >= 0 else 'lower'}"
    )
    return (*remarks, *_unspent(lines))


def _unspent(lines: Sequence[SpendYear]) -> tuple[str, ...]:
    """That a forecast made of budgets spends the contingency as well."""
    kept = [line for line in lines if line.group is SpendGroup.CONTINGENCY and not line.told]
    left = total(total(line.forecast[line.known :]) for line in kept)
    if left <= 0:
        return ()
    return (f"The forecast spends {amount_words(left)} of contingency: what is not needed adds to the surplus",)


def _repeated(line: SpendYear) -> Fraction:
    """What the months to come would differ from their budget by, at the rate of those so far."""
    to_date = Fraction(total(line.budget[: line.known]))
    if not to_date:
        return Fraction(0)
    actual = Fraction(total(month for month in line.actual[: line.known] if month is not None))
    return Fraction(total(line.budget[line.known :])) * (actual / to_date - 1)
