"""Growth and interventions as the cells of their tables, from which reading makes them again."""

from __future__ import annotations

from collections.abc import Callable

from trigpoint.activity.assumptions.filter_text import filter_text, values_text
from trigpoint.activity.assumptions.filters import Asked, Filter
from trigpoint.activity.assumptions.growth import Growth, GrowthForm
from trigpoint.activity.assumptions.ramp import AT_ONCE, Ramp
from trigpoint.activity.assumptions.scheme import SHARES, Scheme
from trigpoint.activity.assumptions.uncertain import Distribution, Uncertain
from trigpoint.activity.book.assumption_rows import form_of, measure_of
from trigpoint.tabular.amounts import month_text, number_text, share_text, years_text
from trigpoint.tabular.stated import stated_cells

_OF_SHARE = frozenset({GrowthForm.RATE, GrowthForm.CHANGE})


def growth_cells(growth: Growth) -> dict[str, str]:
    """The row of an assumption of growth, by column; what reading would take by itself is left empty."""
    said = share_text if growth.form in _OF_SHARE else number_text
    cells = {"id": growth.id, "kind": growth.kind.value}
    if growth.form is not form_of(growth.kind, valued=True):
        cells["form"] = growth.form.value
    cells |= _where_cells(growth.where) | amount_cells(growth.amount, "value", said) | _ramp_cells(growth.ramp)
    cells["years"] = years_text(growth.years)
    if growth.population != measure_of(growth.kind):
        cells["population"] = growth.population
    return cells | _tied(growth) | stated_cells(growth.stated)


def scheme_cells(scheme: Scheme) -> dict[str, str]:
    """The row of an intervention, by column."""
    said = share_text if scheme.effect in SHARES else number_text
    cells = {"id": scheme.id, "effect": scheme.effect.value}
    cells |= _where_cells(scheme.where) | amount_cells(scheme.amount, "value", said) | _ramp_cells(scheme.ramp)
    if scheme.cohort != 1:
        cells["cohort"] = share_text(scheme.cohort)
    if scheme.delivery != 1:
        cells["probability"] = share_text(scheme.delivery)
    if scheme.shift is not None:
        cells |= {"to_pod": scheme.shift.pod, "to_provider": scheme.shift.provider}
        if scheme.shift.ratio != 1:
            cells["ratio"] = number_text(scheme.shift.ratio)
    cells |= {"part_of": scheme.part_of, "deliverable": scheme.deliverable, "milestone": scheme.milestone}
    return cells | _tied(scheme) | stated_cells(scheme.stated)


def amount_cells(amount: Uncertain, column: str, said: Callable[[float], str]) -> dict[str, str]:
    """The columns of an amount with its interval."""
    cells = {column: said(amount.value)}
    usual = Distribution.POINT
    if amount.choices:
        usual = Distribution.CHOICE
        cells["choices"] = "; ".join(f"{said(value)}: {number_text(part)}" for value, part in amount.choices)
    for name, limit in (("low", amount.low), ("high", amount.high)):
        if limit is not None:
            usual = usual if amount.choices else Distribution.NORMAL
            cells[name] = said(limit)
    if amount.level != 0.8:
        cells["level"] = share_text(amount.level)
    if amount.distribution is not usual:
        cells["distribution"] = amount.distribution.value
    return cells


def _where_cells(where: Filter) -> dict[str, str]:
    """Leading conditions on pod and provider in their own columns, in the order in which reading joins them."""
    cells: dict[str, str] = {}
    rest = list(where.conditions)
    for column in ("pod", "provider"):
        if rest and rest[0].attribute == column and rest[0].test is Asked.IN:
            cells[column] = values_text(rest.pop(0).values)
    return {**cells, "where": filter_text(Filter(tuple(rest)))}


def _ramp_cells(ramp: Ramp) -> dict[str, str]:
    months = (("start", ramp.start), ("full", ramp.full), ("until", ramp.until))
    cells = {name: month_text(month) for name, month in months if month is not None}
    return cells if ramp.shape is AT_ONCE.shape else {**cells, "shape": ramp.shape.value}


def _tied(one: Growth | Scheme) -> dict[str, str]:
    cells = {"together": one.together}
    return cells if one.correlation == 1 else {**cells, "correlation": share_text(one.correlation)}
