"""A year's position: cumulative budget, actual and forecast by month, and what each group of spend is over or under."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from trigpoint.charts.finance.look import ACTUAL, BUDGET, FORECAST, LESS, MORE
from trigpoint.charts.finance.months import Bars, board, labels, months_spec
from trigpoint.charts.finance.pounds import Pounds
from trigpoint.charts.illustrative import marked
from trigpoint.charts.picture import DataTable, Picture
from trigpoint.charts.row import Frame, Lines, Row
from trigpoint.charts.rows import rows_spec
from trigpoint.charts.strands import Strand
from trigpoint.finance.words import gbp_change, gbp_exact, gbp_words, share_change
from trigpoint.rounding import half_up, total
from trigpoint.wording import capital, count, verb

if TYPE_CHECKING:
    from trigpoint.finance.position.result import GroupPosition, Position

__all__ = ["groups_picture", "position_months_picture"]

MOST_GROUPS = 24
Months = Sequence[tuple[Decimal, Decimal | None, Decimal]]


def position_months_picture(position: Position) -> Picture:
    """Spend of the year to date by month: budget (broken, squares), actual (solid) and from the last actual on the
    forecast (dotted, hollow triangles); beneath, how far each month's cumulative spend is over budget (solid) or under
    (hatched), since lines of hundreds of millions hide a difference of one.

    The finding is the year's: forecast against budget, and the surplus against the control total where there is one.
    The table has every month in exact pounds.
    """
    title = f"Spend against budget by month, {position.year.label}"
    months = position.months[:12]
    finding = _year_in_words(position)
    alt = f"Line chart of cumulative spend. {finding}"
    pounds = Pounds.of([amount for month in months for amount in month])
    known = max((at + 1 for at, (_, actual, _) in enumerate(months) if actual is not None), default=0)
    spread = [_reached(month) - month[0] for month in months]
    bars = Bars(
        "Over (solid) or under (hatched) budget, cumulative",
        spread,
        [MORE if gap > 0 else LESS for gap in spread],
        [gap <= 0 for gap in spread],
    )
    on = board(position.year, pounds, "Cumulative spend")
    strands = _strands(months, known, pounds)
    key = _so_far(position, months, known)
    spec = months_spec((on, strands), bars, title=title, finding=finding, key=key, description=alt)
    return marked(Picture(spec, finding, alt, _months_table(position, title)), illustrative=position.illustrative)


def _reached(month: tuple[Decimal, Decimal | None, Decimal]) -> Decimal:
    """What was spent, or will be."""
    return month[2] if month[1] is None else month[1]


def _strands(months: Months, known: int, pounds: Pounds) -> list[Strand]:
    budget = tuple(pounds.at(month[0]) for month in months)
    actual = tuple(pounds.at(month[1]) for month in months)
    # From the last actual on, so that the line is one.
    ahead = tuple(pounds.at(_reached(month)) if at >= known - 1 else None for at, month in enumerate(months))
    if not months:
        return []
    last = months[-1]
    found = [Strand(BUDGET.word, budget, BUDGET, end=f"{BUDGET.word} {pounds.words(last[0])}", dots=_every(budget))]
    if known < len(months):
        words = f"{FORECAST.word} {pounds.words(last[2])}"
        dots = frozenset(range(known, len(months)))
        found.append(Strand(FORECAST.word, ahead, FORECAST, end=words, dots=dots, hollow=True))
    if known:
        words = "" if known < len(months) else f"{ACTUAL.word} {pounds.words(_reached(last))}"
        found.append(Strand(ACTUAL.word, actual, ACTUAL, end=words, dots=frozenset(range(known))))
    return found


def _every(values: Sequence[float | None]) -> frozenset[int]:
    return frozenset(range(len(values)))


def _year_in_words(position: Position) -> str:
    gap = position.forecast_gbp - position.budget_gbp
    way = "over" if gap > 0 else "under"
    against = f", {gbp_words(gap.copy_abs())} {way} budget" if gap else ", as budgeted"
    said = f"Spend in {position.year.label} is forecast at {gbp_words(position.forecast_gbp)}{against}."
    surplus, target = position.surplus_gbp, position.control_total_gbp
    if surplus is None:
        return said
    word = "surplus" if surplus >= 0 else "deficit"
    said += f" The {word} is forecast at {gbp_words(surplus.copy_abs())}"
    if target is None:
        return f"{said}."
    apart = surplus - target
    if not apart:
        return f"{said}, exactly the control total."
    return f"{said}, {gbp_words(apart.copy_abs())} {'better' if apart > 0 else 'worse'} than the control total."


def _so_far(position: Position, months: Months, known: int) -> str:
    if not known:
        return "No month of the year is actual yet."
    budget, actual, _ = months[known - 1]
    if actual is None or known >= 12:
        return ""
    return f"To {position.year.months[known - 1].label}: {gbp_change(actual - budget)} against budget."


def _months_table(position: Position, title: str) -> DataTable:
    headers = ("Month", "Budget to date", "Actual to date", "Forecast to date", "Over budget (under −)")
    rows = [
        (label, gbp_exact(month[0]), gbp_exact(month[1]), gbp_exact(month[2]), gbp_exact(_reached(month) - month[0]))
        for label, month in zip(labels(position.year), position.months, strict=False)
    ]
    return DataTable(f"{title}: every month, cumulative", headers, tuple(rows))


def groups_picture(position: Position) -> Picture:
    """What each commissioning group is forecast over budget (solid, to the right) or under it (hatched, to the left),
    in the order of the position; at the right the variance, as a share of budget, and forecast of budget.

    Of more than twenty-four rows the largest variances are drawn; the table has all, with the month to date.
    """
    title = f"Forecast against budget by group, {position.year.label}"
    groups = position.groups
    chosen = sorted(range(len(groups)), key=lambda at: (-abs(groups[at].variance_gbp), at))[:MOST_GROUPS]
    pounds = Pounds.of([groups[at].variance_gbp for at in chosen])
    whole = Pounds.of([amount for one in groups for amount in (one.budget_gbp, one.forecast_gbp)])
    names = _names(groups)
    rows = [_group_row(groups[at], names[at], pounds, whole) for at in sorted(chosen)]
    finding = _groups_in_words(position)
    alt = f"Bar chart of variances by commissioning group. {finding}"
    frame = Frame(pounds.ticks, "Forecast less budget", words="Variance; forecast of budget", signed=True,
                  lines=(Lines(0.0, "On budget"),), around=pounds.around)  # fmt: skip
    key = "Solid: over budget. Hatched: under."
    key += f" The {MOST_GROUPS} largest of {len(groups)} are drawn." if len(groups) > MOST_GROUPS else ""
    spec = rows_spec(rows, frame, title=title, finding=finding, key=key, description=alt,
                     empty="There is no group of spend")  # fmt: skip
    headers = ("Group", "Recurrence", "Budget", "Budget to date", "Actual to date", "Forecast", "Variance", "Of budget")
    table = DataTable(f"{title}: every group", headers, tuple(map(_group_cells, groups)))
    return marked(Picture(spec, finding, alt, table), illustrative=position.illustrative)


def _names(groups: Sequence[GroupPosition]) -> list[str]:
    """Each row's group, with its recurrence where the group has rows of both."""
    several = Counter(one.group for one in groups)
    return [
        capital(f"{one.group.value}, {one.recurrence.value}")
        if one.recurrence is not None and several[one.group] > 1
        else capital(one.group.value)
        for one in groups
    ]


def _share(one: GroupPosition) -> str:
    return share_change(Fraction(one.variance_gbp) / Fraction(one.budget_gbp)) if one.budget_gbp > 0 else ""


def _group_row(one: GroupPosition, name: str, pounds: Pounds, whole: Pounds) -> Row:
    share = f" ({_share(one)})" if _share(one) else ""
    words = (
        f"{pounds.change(one.variance_gbp)}{share}; {whole.words(one.forecast_gbp)} of {whole.words(one.budget_gbp)}"
    )
    value = pounds.at(one.variance_gbp)
    over = one.variance_gbp > 0
    tip = f"{name}: {gbp_exact(one.variance_gbp)}"
    bar = (0.0, value, MORE if over else LESS) if value else None
    return Row(name, words, bar, hatched=not over, tip=tip)


def _groups_in_words(position: Position) -> str:
    groups = position.groups
    if not groups:
        return f"{position.year.label}: there is no group of spend."
    change = total(one.variance_gbp for one in groups)
    over = [one for one in groups if half_up(one.variance_gbp) > 0]
    said = (
        f"{position.year.label}: {count(len(over), 'group')} of {len(groups)} {verb(len(over), 'is', 'are')} forecast "
    )
    said += f"over budget, {gbp_change(change)} in all"
    at = max(range(len(groups)), key=lambda at: abs(groups[at].variance_gbp))
    largest, name = groups[at], _names(groups)[at].lower()
    if not largest.variance_gbp:
        return f"{position.year.label}: every group is forecast on budget."
    share = f" ({_share(largest)})" if _share(largest) else ""
    return f"{said}; {name} is furthest off, {gbp_change(largest.variance_gbp)}{share}."


def _group_cells(one: GroupPosition) -> tuple[str, ...]:
    recurrence = capital(one.recurrence.value) if one.recurrence is not None else "All"
    amounts = (one.budget_gbp, one.budget_to_date_gbp, one.actual_to_date_gbp, one.forecast_gbp, one.variance_gbp)
    return (capital(one.group.value), recurrence, *map(gbp_exact, amounts), _share(one) or "–")
