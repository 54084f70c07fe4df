"""Sheets of the position, spend by group, the bridges and the business rules, as formulas of the input sheets."""

from __future__ import annotations

from decimal import Decimal

from trigpoint.finance.book.book import AllocationPart, Recurrence
from trigpoint.finance.money import to_pence
from trigpoint.finance.position.result import Bridge, GroupPosition, Position, Step
from trigpoint.periods import FinancialYear
from trigpoint.reports.finance.gathered import Gathered
from trigpoint.reports.finance.input_sheets import MARK, Quantities
from trigpoint.reports.finance.ledger import Column, Ledger, Worked, Workings, matching
from trigpoint.reports.finance.tables import bridges_of

_ONE_PENNY = Decimal("0.01")
_HOW = "How"


def position_sheet(sheets: Workings, told: Gathered, quantities: Quantities, spend: Ledger) -> None:
    """The key figures of each year, then spend by group: each a formula of the sheets Quantities and Spend."""
    columns = (
        Column("Year", 9.0), Column("Item", 42.0), Column("Amount", 18.0, "pence", computed=True),
        Column(_HOW, 60.0), Column("Mark", 12.0),
    )  # fmt: skip
    about = "Cost is positive, a saving negative, a surplus positive."
    ledger = Ledger(sheets, "Position", "Financial position", (about,), columns)
    for one in told.positions:
        _key_figures(ledger, one, quantities, spend)
    groups_sheet(sheets, told, spend)


def _key_figures(ledger: Ledger, one: Position, quantities: Quantities, spend: Ledger) -> None:
    year, mark = one.year, MARK if one.illustrative else ""
    rows: dict[str, int] = {}

    def put(item: str, value: Decimal | None, formula: str, how: str) -> None:
        if value is not None:
            rows[item] = ledger.row(year.label, item, Worked(value, formula), how, mark)

    def here(item: str) -> str:
        return ledger.cell("Amount", rows[item], here=True)

    def read(name: str, value: Decimal | None) -> str:
        return _read(quantities, name, year, value)

    def spent(series: str) -> str:
        conditions = ((spend.block("Year"), f'"{year.label}"'), (spend.block("Series"), f'"{series}"'))
        return f"={matching(spend.block('Year total'), *conditions)}"

    has_lines = bool(one.groups)
    put("Resource limit", one.resource_limit_gbp, read("resource_limit", one.resource_limit_gbp), "Sheet Quantities")
    recurrent = one.recurrent_limit_gbp
    put("Recurrent allocation", recurrent, read("recurrent_allocation", recurrent), "Sheet Quantities")
    put("Budget", one.budget_gbp, spent("budget") if has_lines else "", "Year totals of budget on the sheet Spend")
    put("Forecast spend", one.forecast_gbp, spent("forecast") if has_lines else "", "Year totals of forecast")
    planned = one.planned_surplus_gbp
    put("Planned surplus", planned, read("planned_surplus", planned), "Sheet Quantities")
    limit, surplus = one.resource_limit_gbp, one.surplus_gbp
    if limit is not None and surplus == limit - one.forecast_gbp:
        formula, how = f"={here('Resource limit')}-{here('Forecast spend')}", "Resource limit less forecast spend"
    else:
        formula, how = read("outturn_surplus", surplus), "Sheet Quantities, or as planned"
    put("Forecast surplus", surplus, formula, how)
    control = one.control_total_gbp
    put("Control total", control, read("control_total", control), "Sheet Quantities")
    if one.control_variance_gbp is not None:
        formula = f"={here('Forecast surplus')}-{here('Control total')}"
        put("Forecast surplus less control total", one.control_variance_gbp, formula, "Below 0 it is missed")


def _read(quantities: Quantities, name: str, year: FinancialYear, value: Decimal | None) -> str:
    """A reference to a quantity, rounded to the penny as the position rounds it; none where it is another value."""
    if value is None:
        return ""
    found = quantities.value(name, year)
    if found is None or abs(found - value) > _ONE_PENNY:
        return ""
    return f"=ROUND({quantities.cell(name, year)},2)"


def groups_sheet(sheets: Workings, told: Gathered, spend: Ledger) -> None:
    """Spend by commissioning group: sums over the lines of the sheet Spend."""
    columns = (
        Column("Year", 9.0), Column("Group", 22.0), Column("Recurrent", 16.0),
        *(
            Column(name, 17.0, "pence", computed=True)
            for name in ("Budget", "Budget to date", "Actual to date", "Forecast", "Variance")
        ),
    )  # fmt: skip
    about = "Variance is forecast less budget: an overspend is above 0. A group without actuals shows none."
    ledger = Ledger(sheets, "Groups", "Spend by commissioning group", (about,), columns, freeze=3)
    for one in told.positions:
        for row in one.groups:
            _group(ledger, one, row, spend)


def _group(ledger: Ledger, one: Position, row: GroupPosition, spend: Ledger) -> None:
    at = ledger.next_row

    def summed(series: str, column: str) -> str:
        conditions = [(spend.block("Year"), f'"{one.year.label}"'), (spend.block("Series"), f'"{series}"')]
        conditions.append((spend.block("Group"), ledger.cell("Group", at, here=True)))
        if row.recurrence is not None:
            conditions.append((spend.block("Recurrent"), ledger.cell("Recurrent", at, here=True)))
        return f"={matching(spend.block(column), *conditions)}"

    to_date = one.months_known > 0
    ledger.row(
        one.year.label,
        row.group.value,
        row.recurrence.value if row.recurrence else "",
        Worked(row.budget_gbp, summed("budget", "Year total")),
        Worked(row.budget_to_date_gbp, summed("budget", "To date") if to_date else ""),
        Worked(row.actual_to_date_gbp, summed("actual", "To date")) if row.actual_to_date_gbp is not None else None,
        Worked(row.forecast_gbp, summed("forecast", "Year total")),
        Worked(row.variance_gbp, f"={ledger.cell('Forecast', at, here=True)}-{ledger.cell('Budget', at, here=True)}"),
    )


_OF_STEPS = {
    "surplus-before": "brought_forward",
    "drawdown": "drawdown",
    "reported": "planned_surplus",
    "less-nonrecurrent-allocations": "nonrecurrent_allocation",
    "less-brought-forward": "brought_forward",
    "add-nonrecurrent-spend": "nonrecurrent_spend",
    "add-nonrecurrent-pressures": "nonrecurrent_pressures",
    "less-nonrecurrent-savings": "nonrecurrent_savings",
    "add-savings-full-year": "savings_full_year_effect",
    "less-investment-full-year": "investment_full_year_effect",
    "contingency": "contingency_underlying",
}
"""Steps that are a quantity of the year, with one sign or the other."""
_OF_STEPS_BEFORE = {"limit-before": "resource_limit", "outturn": "outturn_spend"}
"""Steps that are a quantity of the year before."""


def bridge_sheet(sheets: Workings, told: Gathered, quantities: Quantities, allocations: Ledger) -> None:
    """Every bridge: steps as formulas of quantities and allocations where they are one of them, else as inputs; totals
    as the sum of what stands before them."""
    columns = (
        Column("Year", 9.0), Column("Bridge", 46.0), Column("Step", 46.0),
        Column("Amount", 18.0, "pence", computed=True), Column("Total", 8.0), Column("Mark", 12.0),
    )  # fmt: skip
    about = "Each total but the first is the total before it and the steps between: change a step and it follows."
    ledger = Ledger(sheets, "Bridge", "Bridges", (about,), columns, freeze=3)
    for one in told.positions:
        for bridge in bridges_of(one).values():
            last = _bridge(ledger, one, bridge, quantities, allocations)
            ledger.blank()
            if one.underlying is not None and bridge is one.underlying.bridge:
                _share(ledger, one, last, quantities)


def _bridge(ledger: Ledger, one: Position, bridge: Bridge, quantities: Quantities, allocations: Ledger) -> int:
    start: int | None = None
    at = ledger.next_row
    for step in bridge.steps:
        formula = _step(step, one.year, quantities, allocations)
        if step.total and start is not None:
            first = ledger.cell("Amount", start, here=True)
            formula = f"=SUM({first}:{ledger.cell('Amount', ledger.next_row - 1, here=True)})"
        mark = MARK if step.illustrative else ""
        words = (one.year.label, bridge.title, step.name)
        at = ledger.row(*words, Worked(step.gbp, formula), "yes" if step.total else "", mark)
        start = at if step.total else start
    return at


def _step(step: Step, year: FinancialYear, quantities: Quantities, allocations: Ledger) -> str:
    """What a step is worked out of; nothing where it stands as it is."""
    for names, of in ((_OF_STEPS, year), (_OF_STEPS_BEFORE, year - 1)):
        name = names.get(step.id, "")
        value = quantities.value(name, of) if name else None
        if value is not None and to_pence(abs(value)) == abs(step.gbp):
            sign = "" if to_pence(value) == step.gbp else "-"
            return f"={sign}ROUND({quantities.cell(name, of)},2)"
    for part in AllocationPart:
        for recurrence in Recurrence:
            if step.id == f"{part.name}-{recurrence.name}".lower().replace("_", "-"):
                tests = ((allocations.block("Part"), f'"{part.value}"'),
                         (allocations.block("Recurrent"), f'"{recurrence.value}"'))  # fmt: skip
                now, before = (
                    matching(allocations.block("Amount"), (allocations.block("Year"), f'"{each.label}"'), *tests)
                    for each in (year, year - 1)
                )
                return f"={now}-{before}"
    return ""


def _share(ledger: Ledger, one: Position, last: int, quantities: Quantities) -> None:
    beneath = one.underlying
    if beneath is None or beneath.share is None:
        return
    divided = quantities.value("recurrent_allocation", one.year)
    formula = ""
    if divided and abs(beneath.gbp / divided - beneath.share) < Decimal("1e-12"):
        formula = f"={ledger.cell('Amount', last, here=True)}/{quantities.cell('recurrent_allocation', one.year)}"
    name = "Share of the recurrent allocation"
    ledger.row(one.year.label, beneath.bridge.title, name, Worked(beneath.share, formula, "rate"), "", "")
    ledger.blank()
