"""Values of a finance book as the cells of their tables, from which reading makes them again."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import Enum

from trigpoint.finance.book.book import (
    MONTHS_OF_YEAR,
    Allocation,
    Contract,
    ContractLine,
    Correlation,
    GateDecision,
    GrowthAssumption,
    PeerRate,
    PeerVariable,
    Quantity,
    Recurrence,
    Risk,
    Scheme,
    SchemeMonths,
    Severity,
    SpendLine,
)
from trigpoint.finance.book.spend_rows import unit_of
from trigpoint.plans.cells import CellError
from trigpoint.tabular.amounts import month_text
from trigpoint.tabular.exact_amounts import decimal_share_text, decimal_text, exact_share
from trigpoint.tabular.money_cells import money_cell, money_text
from trigpoint.tabular.stated import stated_cells

Cells = dict[str, str]


def allocation_cells(one: Allocation) -> Cells:
    """The row of an allocation, by column."""
    cells = {"id": one.id, "year": one.year.label, "part": one.part.value, "recurrence": one.recurrence.value}
    return cells | {"gbp": money_text(one.gbp)} | stated_cells(one.stated)


def spend_cells(one: SpendLine) -> Cells:
    """The row of a line of spend: its months, which make its total, or that alone."""
    cells = {"id": one.id, "year": one.year.label, "group": one.group.value, "recurrence": one.recurrence.value}
    cells |= {"series": one.series.value, "contract": one.contract} | _month_cells(one.months)
    if all(month is None for month in one.months):
        cells["gbp"] = money_text(one.gbp)
    return cells | stated_cells(one.stated)


def growth_cells(one: GrowthAssumption) -> Cells:
    """The row of an assumption of growth."""
    cells = {"year": one.year.label, "group": _word(one.group), "driver": one.driver.value}
    cells |= {"rate": _share(one.rate), "gbp": _money(one.gbp)}
    cells["recurrence"] = "" if one.recurrence is Recurrence.RECURRENT else one.recurrence.value
    return cells | stated_cells(one.stated)


def quantity_cells(one: Quantity) -> Cells:
    """The row of a printed figure, as it was printed where that says its value."""
    shown = decimal_share_text(one.value) if one.unit == "share" else money_text(one.value)
    cell = one.printed if _says(one.printed, one.value, one.unit) else shown
    cells = {"year": one.year.label, "quantity": one.name, "value": cell, "place": one.place}
    if unit_of(one.name, cell) != one.unit:
        cells["unit"] = one.unit
    return cells | stated_cells(one.stated)


def _says(printed: str, value: Decimal, unit: str) -> bool:
    try:
        return (exact_share(printed) if unit == "share" else money_cell(printed).gbp) == value
    except CellError:
        return False


def scheme_cells(one: Scheme) -> Cells:
    """The row of a scheme; what reading would take by itself is left empty."""
    cells = {"id": one.id, "year": one.year.label, "full_year_effect": money_text(one.full_year_effect_gbp)}
    cells |= {"start": month_text(one.start), "recurrence": one.recurrence.value, "stage": one.stage}
    cells |= {"probability": "" if one.probability == 1 else decimal_share_text(one.probability)}
    cells |= {"investment": money_text(one.investment_gbp) if one.investment_gbp else ""}
    cells |= {"cash_releasing": "" if one.cash_releasing else "no", "identified": "" if one.identified else "no"}
    cells |= {"group": _word(one.group), "rag": one.rag, "double_count": one.double_count, "lead": one.lead}
    cells |= {"part_of": one.part_of, "activity": ", ".join(one.activity), "contract": one.contract}
    cells |= {"deliverable": one.deliverable, "measure": one.measure}
    cells |= dict(zip(MONTHS_OF_YEAR, map(decimal_share_text, one.profile), strict=False))
    return cells | stated_cells(one.stated)


def scheme_months_cells(one: SchemeMonths) -> Cells:
    """The row of a scheme's months."""
    cells = {"scheme": one.scheme, "year": one.year.label, "series": one.series.value, "reason": one.reason}
    return cells | _month_cells(one.months) | stated_cells(one.stated)


def gate_cells(one: GateDecision) -> Cells:
    """The row of a decision."""
    cells = {"scheme": one.scheme, "gate": one.gate, "decision": one.decision, "by": one.by}
    return cells | stated_cells(one.stated)


def risk_cells(one: Risk) -> Cells:
    """The row of a risk."""
    usual = Severity.POINT if one.low_gbp is None or one.high_gbp is None else Severity.TRIANGULAR
    cells = {"id": one.id, "year": one.year.label, "kind": one.kind.value, "value": money_text(one.gbp)}
    cells |= {"probability": decimal_share_text(one.probability), "low": _money(one.low_gbp)}
    cells |= {"high": _money(one.high_gbp), "severity": "" if one.severity is usual else one.severity.value}
    cells |= {"in_forecast": "yes" if one.in_forecast else "", "group": _word(one.group)}
    return cells | {"scheme": one.scheme, "owner": one.owner} | stated_cells(one.stated)


def correlation_cells(one: Correlation) -> Cells:
    """The row of two risks that go together."""
    cells = {"first": one.first, "second": one.second, "correlation": decimal_text(one.value)}
    return cells | stated_cells(one.stated)


def contract_cells(one: Contract) -> Cells:
    """The row of a contract."""
    cells = {"id": one.id, "year": one.year.label, "commissioner": one.commissioner, "provider": one.provider}
    cells |= {"mechanism": one.mechanism, "commissioner_gbp": _money(one.commissioner_gbp)}
    return cells | {"provider_gbp": _money(one.provider_gbp), "group": _word(one.group)} | stated_cells(one.stated)


def contract_line_cells(one: ContractLine) -> Cells:
    """The row of a line of a contract."""
    cells = {"contract": one.contract, "id": one.id, "pod": one.pod, "planned_units": decimal_text(one.planned_units)}
    cells |= {"price": money_text(one.price_gbp), "variable": "" if one.variable else "no"}
    cells["actual_price"] = _money(one.actual_price_gbp)
    cells["profile"] = "; ".join(map(decimal_share_text, one.profile))
    cells |= {
        name: "" if units is None else decimal_text(units)
        for name, units in zip(MONTHS_OF_YEAR, one.actual, strict=False)
    }
    return cells | stated_cells(one.stated)


def peer_cells(one: PeerRate) -> Cells:
    """The row of an organisation's rate."""
    cells = {"measure": one.measure, "organisation": one.organisation, "rate": money_text(one.rate)}
    cells |= {"population": _number(one.population), "numerator": _money(one.numerator)}
    cells |= {"standard_error": _number(one.standard_error), "own": "yes" if one.own else ""}
    return cells | {"year": one.year.label if one.year else ""} | stated_cells(one.stated)


def peer_variable_cells(one: PeerVariable) -> Cells:
    """The row of a characteristic."""
    cells = {"organisation": one.organisation, "variable": one.variable, "value": decimal_text(one.value)}
    return cells | {"weight": "" if one.weight == 1 else decimal_text(one.weight)} | stated_cells(one.stated)


def _month_cells(months: Sequence[Decimal | None]) -> Cells:
    return dict(zip(MONTHS_OF_YEAR, map(_money, months), strict=False))


def _money(gbp: Decimal | None) -> str:
    return "" if gbp is None else money_text(gbp)


def _number(value: Decimal | None) -> str:
    return "" if value is None else decimal_text(value)


def _share(value: Decimal | None) -> str:
    return "" if value is None else decimal_share_text(value)


def _word(one: Enum | None) -> str:
    return "" if one is None else str(one.value)
