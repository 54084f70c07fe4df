"""The scenario editor: the assumptions to move, and what comes of it beside the plan as entered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from trigpoint.activity.assumptions.scenario import Scenario
from trigpoint.activity.results.run import ActivityRun
from trigpoint.errors import InputError
from trigpoint.reports.activity.words import between, change, signed
from trigpoint.reports.activity.words import number as shown
from trigpoint.web.activity.desk import AS_PLANNED, Desk
from trigpoint.web.activity.levers import Levers, levers_of
from trigpoint.web.activity.presenters.pictures import chart_of, year_of
from trigpoint.web.activity.runs import trial_run
from trigpoint.web.register.presenters.measures import Chart

UNDO = "undo:"
"""Begins the action that brings an assumption back to the plan; its key follows, nothing for all."""


@dataclass(frozen=True)
class Trial:
    """What was entered: the form with its mistakes, the scenario that it makes, what is looked at, name and note."""

    levers: Levers
    scenario: Scenario
    pod: str
    year: str
    name: str
    note: str
    seen: int

    @property
    def named(self) -> Scenario:
        """The scenario as it is saved."""
        return replace(self.scenario, name=self.name, note=self.note)


def trial_of(desk: Desk, entered: Mapping[str, str] | None = None) -> Trial:
    """What a form holds; without one, the scenario that is looked at."""
    base = desk.scenario
    levers = levers_of(desk.book, base, entered)
    if entered is not None and entered.get("action", "").startswith(UNDO):
        entered = _undone(levers, entered, entered["action"].removeprefix(UNDO))
        levers = levers_of(desk.book, base, entered)
    given = entered or {}
    pod = given.get("pod", "") if given.get("pod", "") in desk.model.pods else next(iter(desk.model.pods), "")
    labels = [year.label for year in desk.book.settings.years]
    year = given.get("year", "") if given.get("year", "") in labels else labels[-1] if labels else ""
    row = desk.model.saved.get(base.id)
    name = given.get("name", base.name if base.id else "")[:255]
    note = given.get("note", base.note)[:2_000]
    seen = given.get("seen", str(row.version if row else 0))
    version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0
    scenario = replace(levers.scenario(base), id="trial", name="as tried")
    return Trial(levers, scenario, pod, year, name, note, version)


def _undone(levers: Levers, entered: Mapping[str, str], key: str) -> dict[str, str]:
    """The form with one assumption as the plan has it, every one for no key."""
    found = {name: entered[name] for name in entered}
    for lever in levers:
        if key in ("", lever.key):
            found.pop(lever.off_name, None)
            found |= {field.name: field.planned for field in lever.fields}
    return found


def editor_page(desk: Desk, trial: Trial, mistakes: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The form and its results; ``mistakes`` are those that saving found, by the id of a field."""
    errors = {**trial.levers.errors, **(mistakes or {})}
    return {
        "levers": trial.levers,
        "trial": trial,
        "errors": [{"text": text, "href": f"#{key}"} for key, text in errors.items()],
        "mistakes": mistakes or {},
        "pods": [{"value": key, "name": name, "chosen": key == trial.pod} for key, name in desk.model.pods.items()],
        "years": [{"value": each.label, "chosen": each.label == trial.year} for each in desk.book.settings.years],
        **results_of(desk, trial),
    }


def results_of(desk: Desk, trial: Trial) -> dict[str, Any]:
    """What the page redraws: numbers beside the plan's, the trajectory and the bridge of one point of delivery."""
    from trigpoint.activity.book.scenarios import applied

    _, problems = applied(desk.book, trial.scenario)
    planned = trial_run(desk, AS_PLANNED)
    tried = trial_run(desk, trial.scenario)
    warnings = dict.fromkeys((*map(str, problems), *map(str, tried.warnings)))
    return {
        "lines": _lines(desk, trial, planned, tried),
        "year": trial.year,
        "said": said_of(desk, trial, planned, tried),
        "charts": _charts(desk, trial),
        "warnings": list(warnings),
        "draws": tried.draws,
        "changes": [(lever.name, "; ".join(lever.changes)) for lever in trial.levers if lever.changes],
    }


def _lines(desk: Desk, trial: Trial, planned: ActivityRun, tried: ActivityRun) -> list[dict[str, str]]:
    """A line a point of delivery, of the year that is looked at."""
    before = {each.key.pod: each.annual_do_something for each in planned.pods}
    labels = [year.label for year in tried.years]
    if trial.year not in labels:
        return []
    at, found = labels.index(trial.year), []
    for each in tried.pods:
        band = each.annual_do_something
        mean, was = float(band.mean[at]), float(before[each.key.pod].mean[at])
        found.append(
            {
                "pod": desk.model.pods.get(each.key.pod, each.key.pod),
                "planned": shown(was),
                "nothing": shown(float(each.annual_do_nothing.mean[at])),
                "something": shown(mean),
                "likely": between(float(band.p10[at]), float(band.p90[at])),
                "difference": "0" if mean == was else f"{signed(mean - was)} ({change(mean, was)})",
            }
        )
    return found


def said_of(desk: Desk, trial: Trial, planned: ActivityRun, tried: ActivityRun) -> str:
    """One sentence on the point of delivery that is looked at, for those who do not see the numbers change."""
    found = [[each for each in run.pods if each.key.pod == trial.pod] for run in (planned, tried)]
    if not all(found) or not trial.year:
        return "Nothing could be run."
    at = [year.label for year in tried.years].index(trial.year)
    was, mean = (float(each[0].annual_do_something.mean[at]) for each in found)
    beside = "as planned" if mean == was else f"{signed(mean - was)} ({change(mean, was)}) beside the plan"
    return f"{desk.model.pods[trial.pod]}, do something in {trial.year}: {shown(mean)}, {beside}."


def _charts(desk: Desk, trial: Trial) -> list[Chart]:
    year = year_of(desk, trial.year).label
    name = desk.model.pods.get(trial.pod, trial.pod)
    wanted = ((f"Trajectory: {name}", "trajectory", {}), (f"Bridge: {name}, {year}", "bridge", {"year": year}))
    found = []
    for heading, kind, more in wanted:
        try:
            found.append(chart_of(desk, heading, kind, trial.scenario, pod=trial.pod, **more))
        except InputError:
            continue
    return found


def numbers_of(desk: Desk, trial: Trial) -> list[dict[str, Any]]:
    """The totals of what is tried as plain numbers, for the JSON answer."""
    run = trial_run(desk, trial.scenario)
    return [
        {
            "pod": each.key.pod,
            "year": year.label,
            "do_nothing": float(each.annual_do_nothing.mean[at]),
            "do_something": float(each.annual_do_something.mean[at]),
            "p10": float(each.annual_do_something.p10[at]),
            "p90": float(each.annual_do_something.p90[at]),
        }
        for each in run.pods
        for at, year in enumerate(run.years)
    ]
