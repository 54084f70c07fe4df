"""The page of one objective."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404

from trigpoint.plans.model import Baseline, Objective, Target
from trigpoint.plans.state import State
from trigpoint.web.config.wording import day, number
from trigpoint.web.dashboards.figures import served_by
from trigpoint.web.dashboards.presenters.lines import LineGroup, measure_line
from trigpoint.web.dashboards.presenters.looks import legend
from trigpoint.web.register.presenters.commitments import commitment
from trigpoint.web.register.presenters.findings import shown_findings
from trigpoint.web.register.presenters.grid import Grid, grid
from trigpoint.web.register.presenters.looks import STATES, summary_words, worries, worst
from trigpoint.web.register.presenters.measures import objective_indicators
from trigpoint.web.register.presenters.people import lead_names
from trigpoint.web.register.presenters.sources import objective_sources
from trigpoint.web.register.reading import Reading

_COMPARATORS = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than", "=": ""}
_GLUED = {"%", "pp"}


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A success measure with what can be tested in it."""

    text: str
    about: str
    targets: tuple[str, ...]


def target_words(target: Target) -> str:
    """A target as one phrase.

    >>> from decimal import Decimal
    >>> target_words(Target("access", Decimal("16.8"), "%", at="2017/18 Q3"))
    'access: at least 16.8% (2017/18 Q3)'
    >>> target_words(Target("savings", Decimal("20"), "£m", at="2019-03-31"))
    'savings: at least £20m (31 March 2019)'
    """
    value = f"{_COMPARATORS[target.comparator.value]} {amount(target.value, target.unit)}".strip()
    name = f"{target.measure}: " if target.measure else ""
    return f"{name}{value}{f' ({_when(target.at)})' if target.at else ''}"


def amount(value: Decimal | None, unit: str) -> str:
    """A value with its unit as people write it.

    >>> amount(Decimal("20"), "£m"), amount(Decimal("-4.5"), "£"), amount(Decimal("6"), "months")
    ('£20m', '-£4.5', '6 months')
    """
    if value is not None and unit.startswith("£") and " " not in unit:
        return f"{'-' if value < 0 else ''}£{number(abs(value))}{unit[1:]}"
    return f"{number(value)}{unit if unit in _GLUED else f' {unit}' if unit else ''}"


def _when(at: str) -> str:
    try:
        return day(date.fromisoformat(at))
    except ValueError:
        return at


def baseline_words(baseline: Baseline | None) -> str:
    """The starting point in words; the number only where the words do not hold it."""
    if baseline is None:
        return ""
    value = number(baseline.value)
    if baseline.value is None or value in baseline.text or str(baseline.value) in baseline.text:
        return baseline.text
    shown = amount(baseline.value, baseline.unit)
    return f"{baseline.text} ({shown})" if baseline.text else shown


def _measures(reading: Reading, objective_id: str) -> tuple[MeasureLine, ...]:
    plan = reading.plan
    deliverables = plan.deliverables_by_objective[objective_id]
    # With one deliverable there is nothing to tell apart.
    titles = {row.id: row.text for row in deliverables} if len(deliverables) > 1 else {}
    lines = [
        MeasureLine(row.text, titles.get(row.deliverable, ""), tuple(target_words(target) for target in row.targets))
        for row in plan.measures_by_objective[objective_id]
    ]
    own = [*plan.deliverables_by_objective[objective_id], *plan.milestones_by_objective[objective_id]]
    lines += [
        MeasureLine("", item.text, tuple(target_words(target) for target in item.targets))
        for item in own
        if item.targets
    ]
    return tuple(lines)


def _figures(reading: Reading, objective_id: str) -> dict[str, Any]:
    """The measures of the objective that have figures of their own, as the list of measures shows them."""
    entries = served_by(reading, objective_id)
    lines = tuple(measure_line(reading, entry) for entry in entries)
    return {
        "performance": (LineGroup("", "", lines),) if lines else (),
        "invented": any(entry.illustrative for entry in entries),
        "icons": legend(),
    }


def _neighbours(reading: Reading, objective: Objective) -> dict[str, dict[str, str]]:
    rows = reading.plan.objectives
    index = rows.index(objective)
    beside = {"previous": index - 1, "next": index + 1}
    return {
        name: {
            "labelText": rows[at].heading,
            "href": reading.url("objective", oid=rows[at].id),
        }
        for name, at in beside.items()
        if 0 <= at < len(rows)
    }


def grid_notes(shown: Grid) -> str:
    """What a reader must know of the dates in a grid, "" for nothing."""
    cards = [item for row in shown.rows for cell in row.cells for item in cell]
    notes = []
    if any(item.due and not item.dated for item in cards):
        notes.append("Where no date is printed, the last day of the column counts.")
    headings = [row.heading for row in shown.rows if row.heading]
    if any(item.state is STATES[State.UNDATED] for item in headings):
        notes.append("An undated deliverable has no date or column of its own; its milestones may have.")
    return " ".join(notes)


def objective_page(reading: Reading, objective_id: str) -> dict[str, Any]:
    """Everything the page shows; raises ``Http404`` when the plan has no such objective."""
    from trigpoint.web.activity.presenters.schemes import resting_on
    from trigpoint.web.finance.presenters.resting import savings_on

    plan, states = reading.plan, reading.states
    objective = next((row for row in plan.objectives if row.id == objective_id), None)
    if objective is None:
        raise Http404
    items = [*plan.deliverables_by_objective[objective_id], *plan.milestones_by_objective[objective_id]]
    texts = {item.id: item.text for item in items}
    show = {item.id: commitment(item, states.items[item.id], plan, reading.at) for item in items}
    shown = grid(reading, objective_id, show)
    theme = next((row for row in plan.themes if row.id == objective.theme), None)
    baselines = [
        (row.text, baseline_words(row.baseline)) for row in plan.deliverables_by_objective[objective_id] if row.baseline
    ]
    return {
        "objective": objective,
        "heading": objective.heading,
        "theme": theme.heading if theme else "",
        "summary": summary_words(states.objectives[objective_id]),
        "worst": worst(states.objectives[objective_id]),
        "worries": worries(states.objectives[objective_id]),
        "leads": lead_names(objective.leads),
        "baseline": baseline_words(objective.baseline),
        "baselines": baselines,
        "grid": shown,
        "schemes": resting_on(reading, texts),
        "savings": savings_on(reading, texts),
        "grid_notes": grid_notes(shown),
        "measures": _measures(reading, objective_id),
        "indicators": objective_indicators(reading, objective_id),
        **_figures(reading, objective_id),
        "links": list(dict.fromkeys(row.text for row in plan.links_by_objective[objective_id])),
        "findings": shown_findings(reading, objective=objective_id),
        "sources": objective_sources(reading, objective_id),
        "neighbours": _neighbours(reading, objective),
    }
