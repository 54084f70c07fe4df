"""Figures that are told of a quantity and year: in the finance's tables, and in the plan's own lines."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from trigpoint.errors import InputError
from trigpoint.finance.book.book import Quantity
from trigpoint.periods import FinancialYear, parse_period
from trigpoint.plans.model import FinanceLine
from trigpoint.rounding import decimals_of
from trigpoint.triangulation.figure import Figure, Unit, half_unit_of_print, unit_of
from trigpoint.triangulation.parts import Parts, named, stated_figure

_PER_CENT = 100
_PLAN_FILE = "finance.csv"


@dataclass(frozen=True, slots=True)
class Told:
    """A figure of a quantity; ``year`` is ``None`` where a plan prints none."""

    quantity: str
    year: FinancialYear | None
    figure: Figure


@cache
def plan_lines() -> Mapping[str, Any]:
    """The table of ``data/plan_lines.toml``."""
    text = files("trigpoint.triangulation.data").joinpath("plan_lines.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def told_in_finance(parts: Parts) -> Iterator[Told]:
    """The quantities of the finance, in their order; those in units that no rule knows are left out."""
    for one in parts.finance.quantities if parts.finance is not None else ():
        try:
            unit = unit_of(one.unit)
        except InputError:
            continue
        yield Told(one.name, one.year, quantity_figure(one, unit, parts.most_rounding))


def quantity_figure(one: Quantity, unit: Unit, most_rounding: Decimal) -> Figure:
    """A quantity's figure, with the rounding of its print."""
    name = one.stated.name or one.name.replace("_", " ")
    place = f" in the {one.place}" if one.place else ""
    half = half_unit_of_print(one.value, one.decimals, unit, most_rounding)
    words = f"{named(name, one.name)} of {one.year.label}{place} is"
    return stated_figure(
        one.value, unit, words, one.stated, table="quantities", column="value", item=one.name, half_unit=half
    )


def quantity_of_line(line: FinanceLine) -> str:
    """The quantity that a line of a plan tells, "" where none is known.

    >>> quantity_of_line(FinanceLine("f1", "surplus", "Planned surplus", "2017/18", Decimal(1), "GBP"))
    'planned_surplus'
    """
    name, group = line.name.casefold(), line.group.casefold()
    for row in plan_lines()["line"]:
        if row["group"] == group and all(word in name for word in row["words"]):
            return str(row["quantity"])
    return ""


def year_of_line(line: FinanceLine) -> FinancialYear | None:
    """The financial year of a line, ``None`` where it has no or another period."""
    try:
        found = parse_period(line.period) if line.period else None
    except (InputError, ValueError):
        return None
    return found if isinstance(found, FinancialYear) else None


def line_figure(line: FinanceLine, parts: Parts) -> Figure:
    """The figure of a plan's line, per cent as a fraction, with the rounding of its print."""
    share = line.unit.strip() == "%"
    unit = unit_of(line.unit)
    value = line.value / _PER_CENT if share else line.value
    half = half_unit_of_print(value, decimals_of(line.value), unit, parts.most_rounding)
    where = parts.sources.get(line.id)
    row = where.line if where is not None else None
    source = f"{_PLAN_FILE}, line {row}" if row else f"{_PLAN_FILE}, {line.id}"
    period = f" of {line.period}" if line.period else ""
    return Figure(
        value, unit, f"{named(line.name, line.id)}{period} in the plan is", f"{source}, column value", _PLAN_FILE, row,
        "value", line.id, half,
    )  # fmt: skip


def all_told(parts: Parts) -> tuple[Told, ...]:
    """Everything that is told, the finance's first; lines of the plan in units that no rule knows are left out."""
    found = list(told_in_finance(parts))
    for line in parts.plan.finance if parts.plan is not None else ():
        quantity = quantity_of_line(line)
        try:
            figure = line_figure(line, parts) if quantity else None
        except InputError:
            continue
        if figure is not None:
            found.append(Told(quantity, year_of_line(line), figure))
    return tuple(found)


def first_told(
    told: tuple[Told, ...], quantity: str, year: FinancialYear | None, unit: Unit | None = None
) -> Figure | None:
    """The first figure of a quantity and year, in a unit where one is asked for."""
    return next(
        (
            one.figure
            for one in told
            if one.quantity == quantity and one.year == year and unit in (None, one.figure.unit)
        ),
        None,
    )
