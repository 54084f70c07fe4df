"""Scenarios beside the plan as entered, as tables and as JSON."""

from __future__ import annotations

from typing import Any

from trigpoint.activity.assumptions.scenario import Scenario
from trigpoint.activity.results.comparison import Comparison, ComparisonRow
from trigpoint.reports.activity.words import between, number, percent, pod_name, signed
from trigpoint.reports.blocks import Table


def _name(scenario: Scenario) -> str:
    return scenario.name or scenario.id


def comparison_tables(found: Comparison) -> tuple[Table, ...]:
    """Do something of each scenario and year; then how far each scenario is from the first, draw by draw."""
    book = found.runs[0].book
    scenarios = [run.scenario for run in found.runs]
    pairs = list(dict.fromkeys((one.pod, one.year) for one in found.rows))
    means = {(one.scenario.id, one.pod, one.year): one.mean for one in found.rows}
    rows = [
        (pod_name(book, pod), year.label, *(number(means.get((one.id, pod, year))) for one in scenarios))
        for pod, year in pairs
    ]
    headers = ("Point of delivery", "Year", *(_name(one) for one in scenarios))
    apart = [
        (
            _name(one.scenario), pod_name(book, one.pod), one.year.label, signed(one.difference),
            between(one.p10, one.p90), percent(round(one.lower, 3)),
        )
        for one in found.rows
        if one.scenario.id != scenarios[0].id and (one.difference or one.p10 or one.p90)
    ]  # fmt: skip
    told = ("Scenario", "Point of delivery", "Year", "Difference", "80% interval", "Lower in")
    return (
        Table("Do something by scenario", headers, tuple(rows)),
        Table(f"Difference from “{_name(scenarios[0])}”, draw by draw", told, tuple(apart)),
    )


def comparison_rows(found: Comparison) -> list[dict[str, Any]]:
    """A row a scenario, point of delivery and year, unrounded."""
    return [_row(one) for one in found.rows]


def _row(one: ComparisonRow) -> dict[str, Any]:
    return {
        "scenario": one.scenario.id,
        "name": _name(one.scenario),
        "pod": one.pod,
        "year": one.year.label,
        "mean": one.mean,
        "difference": one.difference,
        "p10": one.p10,
        "p90": one.p90,
        "lower": one.lower,
    }


def comparison_answer(found: Comparison) -> dict[str, Any]:
    """The comparison as JSON has it; ``lower`` is the share of draws in which a scenario is below the first."""
    first = found.runs[0]
    return {
        "scenarios": [{"id": run.scenario.id, "name": _name(run.scenario)} for run in found.runs],
        "rows": comparison_rows(found),
        "seed": first.seed,
        "draws": first.draws,
        "warnings": list(dict.fromkeys(str(one) for run in found.runs for one in run.warnings)),
    }
