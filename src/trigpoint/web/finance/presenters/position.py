"""The financial position of a year: its figures, bridges, groups and months."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from trigpoint.finance.position.result import Position
from trigpoint.finance.words import NOTHING, MoneyForm, gbp_change, gbp_words, share_words
from trigpoint.reports.blocks import Table
from trigpoint.reports.finance.tables import bridges_of, groups_table, growth_table
from trigpoint.web.finance.desk import Desk
from trigpoint.web.finance.presenters.pictures import chart_of, charts_of
from trigpoint.web.finance.results import position_of

WHOLE_POUNDS = MoneyForm(0, "", 0)
_BILLION = 10**9


def position_page(desk: Desk) -> dict[str, Any]:
    """What the page of a year's position shows."""
    found = position_of(desk)
    return {
        "position": found,
        "headline": headline(found),
        "tiles": tiles(found),
        "bridges": charts_of(desk, *((bridge.title, "bridge", of) for of, bridge in bridges_of(found).items())),
        "groups": groups_table(found),
        "groups_chart": chart_of(desk, "Forecast against budget", "groups") if found.groups else None,
        "growth": growth_table(found),
        "months": months_table(found),
        "months_chart": chart_of(desk, "Month by month", "months") if found.months else None,
        "years": desk.years("finance"),
        "illustrative": found.illustrative,
    }


def headline(found: Position) -> str:
    """The year in one sentence."""
    if found.surplus_gbp is None:
        return f"What the files say of {found.year} is not enough to tell its surplus."
    kind = "surplus" if found.surplus_gbp > 0 else "deficit"
    said = f"A {kind} of {gbp_words(abs(found.surplus_gbp))} is forecast for {found.year}"
    if found.surplus_gbp == 0:
        said = f"Income and spend are forecast to balance in {found.year}"
    if found.control_variance_gbp is None or found.control_total_gbp is None:
        return f"{said}."
    control = f"the control total of {gbp_words(found.control_total_gbp)}"
    if found.control_variance_gbp == 0:
        return f"{said}: {control} is met exactly."
    far = gbp_words(abs(found.control_variance_gbp))
    return f"{said}: {far} {'above' if found.control_variance_gbp > 0 else 'short of'} {control}."


def tiles(found: Position) -> list[dict[str, str]]:
    """The figures at the top: value, label, and what stands below it; those that are known."""
    missed = found.control_variance_gbp is not None and found.control_variance_gbp < 0
    underlying = found.underlying
    share = share_words(underlying.share) if underlying and underlying.share is not None else ""
    wanted = (
        ("Resource limit", budget_words(found.resource_limit_gbp),
         _of("of which recurrent", budget_words(found.recurrent_limit_gbp))),
        ("Forecast spend", budget_words(found.forecast_gbp), _of("budget", budget_words(found.budget_gbp))),
        ("Forecast surplus", gbp_words(found.surplus_gbp), _of("planned", gbp_words(found.planned_surplus_gbp))),
        ("Against the control total", gbp_change(found.control_variance_gbp),
         _of("missed: it is" if missed else "it is", gbp_words(found.control_total_gbp))),
        ("Underlying surplus", gbp_words(underlying.gbp if underlying else None),
         f"{share} of the recurrent allocation" if share else ""),
    )  # fmt: skip
    return [
        {"label": label, "value": value, "more": more, "slug": "overdue" if missed and "control" in label else ""}
        for label, value, more in wanted
        if value != NOTHING
    ]


def budget_words(gbp: Decimal | None) -> str:
    """A whole budget: in millions even where it is a billion, so that a hundredth of it still shows.

    >>> budget_words(Decimal(1_015_000_000)), budget_words(Decimal(456_200_000))
    ('£1,015.0m', '£456.2m')
    """
    return MoneyForm(6, "m", 1).words(gbp) if gbp is not None and abs(gbp) >= _BILLION else gbp_words(gbp)


def _of(what: str, amount: str) -> str:
    return "" if amount == NOTHING else f"{what} {amount}"


def months_table(found: Position) -> Table:
    """Spend by the end of each month: budget, what was spent, forecast."""
    form = WHOLE_POUNDS
    rows = tuple(
        (month.label, form.words(budget), form.words(actual), form.words(forecast), form.change(forecast - budget))
        for month, (budget, actual, forecast) in zip(found.year.months, found.months, strict=False)
    )  # fmt: skip
    headers = ("Month", "Budget to date", "Actual to date", "Forecast to date", "Forecast less budget")
    return Table(f"Spend by the end of each month, {found.year}", headers, rows)
