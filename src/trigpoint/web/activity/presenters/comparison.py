"""Scenarios: the list of them, and two or more side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from trigpoint.activity.assumptions.scenario import Scenario
from trigpoint.activity.results.comparison import Comparison, ComparisonRow
from trigpoint.reports.activity.words import between, signed
from trigpoint.reports.activity.words import number as shown
from trigpoint.web.activity.desk import Desk
from trigpoint.web.activity.found import MOST, PLAN, asked_of, comparison_of, scenario_at
from trigpoint.web.activity.levers import levers_of
from trigpoint.web.activity.presenters.amounts import percent
from trigpoint.web.activity.presenters.pictures import chart_of
from trigpoint.web.activity.runs import run_of
from trigpoint.web.activity.store import versions_of
from trigpoint.web.config.wording import count_of, day


@dataclass(frozen=True, slots=True)
class ScenarioLine:
    """One scenario in the list."""

    key: str
    name: str
    note: str
    what: tuple[str, ...]
    author: str
    on: str
    version: str
    look: str
    edit: str
    may_withdraw: bool
    earlier: tuple[str, ...]


def scenarios_page(desk: Desk) -> dict[str, Any]:
    """The scenarios of the files and of the pages."""
    return {"lines": [_line(desk, key, each) for key, each in desk.model.scenarios.items()], "plan_key": PLAN}


def _line(desk: Desk, key: str, scenario: Scenario) -> ScenarioLine:
    row = desk.model.saved.get(key)
    versions = versions_of(desk.edition, key) if row is not None and row.version > 1 else ()
    return ScenarioLine(
        key=key,
        name=scenario.name,
        note=scenario.note,
        what=changes_words(desk, scenario),
        author=scenario.author,
        on=day(scenario.on),
        version=f"Version {row.version}" if row else "From the workspace",
        look=desk.url("activity", query={"scenario": key}),
        edit=desk.url("activity-editor", query={"scenario": key}),
        may_withdraw=row is not None and desk.may_save,
        earlier=tuple(f"Version {each.version}: {each.by}, {day(each.at.date())}" for each in versions),
    )


def changes_words(desk: Desk, scenario: Scenario) -> tuple[str, ...]:
    """What a scenario changes, a phrase each."""
    levers = {lever.id: lever for lever in levers_of(desk.book, replace(scenario, without=()))}
    told = {key: "; ".join(lever.changes) for key, lever in levers.items()}
    # What the form has no field for, or says as the plan does, is told as it is written.
    shown_fields = {field.name for lever in levers.values() for field in lever.fields if field.changed}
    for each in scenario.changes:
        if f"{each.field}:{each.assumption}" not in shown_fields:
            more = f"{each.field} {each.value}"
            told[each.assumption] = "; ".join(part for part in (told.get(each.assumption, ""), more) if part)
    names = {key: lever.name for key, lever in levers.items()}
    changed = [f"{names.get(key, key)}: {text}" for key, text in told.items() if text]
    return (*changed, *(f"Without {names.get(each, each)}" for each in scenario.without))


def compare_page(desk: Desk, keys: list[str]) -> dict[str, Any]:
    """Two or more scenarios by point of delivery and year; with fewer, what to choose."""
    wanted = asked_of(desk, keys)
    choices = [(PLAN, "As planned"), *((key, each.name) for key, each in desk.model.scenarios.items())]
    shown_page: dict[str, Any] = {
        "choices": [{"value": key, "name": name, "chosen": key in wanted} for key, name in choices],
        "lines": [],
        "chart": None,
        "few": bool(keys) and len(wanted) < 2,
        "most": count_of(MOST, "scenario"),
    }
    if len(wanted) < 2:
        return shown_page
    runs = [run_of(desk, scenario_at(desk, key)) for key in wanted]
    names = [scenario_at(desk, key).name for key in wanted]
    chart = chart_of(desk, "Scenarios side by side", "comparison", **{"with": ",".join(wanted)})
    return shown_page | {"names": names, "lines": comparison_rows(desk, comparison_of(desk, wanted)), "chart": chart,
                         "draws": runs[0].draws}  # fmt: skip


def comparison_rows(desk: Desk, comparison: Comparison) -> list[tuple[str, ...]]:
    """A row a point of delivery, year and scenario: mean, difference from the first with interval, chance of less."""
    return [_row(desk, row, row.scenario == comparison.runs[0].scenario) for row in _in_order(comparison)]


def _in_order(comparison: Comparison) -> list[ComparisonRow]:
    pods = list(dict.fromkeys(row.pod for row in comparison.rows))
    return sorted(comparison.rows, key=lambda row: (pods.index(row.pod), row.year))


def _row(desk: Desk, row: ComparisonRow, first: bool) -> tuple[str, ...]:
    name = desk.model.pods.get(row.pod, row.pod)
    apart = ("–", "–", "–") if first else (signed(row.difference), between(row.p10, row.p90), percent(row.lower, 0))
    return name, row.year.label, row.scenario.name, shown(row.mean), *apart
