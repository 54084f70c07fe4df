"""Rules on rows: what an objective or deliverable lacks, and what stands in the wrong place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from trigpoint.checks.dated import plan_years
from trigpoint.checks.finding import Severity
from trigpoint.checks.fragment import opening
from trigpoint.checks.outline import table_place
from trigpoint.checks.pack import patterns
from trigpoint.checks.rule import Objection, rule
from trigpoint.checks.rules.owners import named
from trigpoint.checks.subject import Subject
from trigpoint.periods import FinancialYear, period_of
from trigpoint.plans.model import Baseline, Deliverable, Milestone

NUMBER = re.compile(r"\d")
BASELINE_IN_TEXT = re.compile(r"\bbaseline of \d", re.IGNORECASE)
OWN_MEASURES = 2
"""Where this many deliverables of an objective, and most of them, have their own, the first is no merged cell."""
QUANTITY = re.compile(r"\d+(?:\.\d+)?\s?%|\bper (?:million|cent|100,000|1,000)\b", re.IGNORECASE)


def _matches(key: str, text: str) -> bool:
    return any(pattern.search(text) for pattern, _ in patterns("rows", key))


@rule("MISSING_BASELINE", Severity.WARNING)
def missing_baseline(subject: Subject) -> Iterator[Objection]:
    """There is no baseline for something to be sustained, reduced or increased.

    Without it nobody can tell whether the target was met. Info where the whole plan has no baselines (named once),
    where the baseline is words without a number, or "N/A" for something that may need none.

    Fires: "Sustain performance in …" with an empty baseline. Does not: "Publish the strategy" without one.
    Remedy: give the value and its date, or say who will by when.
    """
    plan = subject.plan
    deliverables = plan.deliverables
    has_any = any(row.baseline for row in plan.objectives) or any(row.baseline for row in deliverables)
    if not has_any:
        if plan.objectives:
            line, fragment, where = table_place(subject)
            yield Objection("The plan gives no baselines at all.", line, fragment, Severity.INFO, where)
        return
    objectives = {objective.id: objective for objective in plan.objectives}
    first_of = {rows[0].id for rows in plan.deliverables_by_objective.values() if rows}
    for row in deliverables:
        objective = objectives.get(row.objective)
        baseline = row.baseline or (objective.baseline if objective else None)
        title = objective.title if objective and row.id in first_of else ""
        found = _baseline_lacks(row.text, title, baseline)
        if found is not None:
            message, fragment, severity = found
            where = subject.where(objective=row.objective, deliverable=row.id)
            yield Objection(message, subject.line(row.id), fragment, severity, where)


def _baseline_lacks(text: str, title: str, baseline: Baseline | None) -> tuple[str, str, Severity | None] | None:
    """What is wrong with the baseline of a deliverable under a title: message, fragment and severity."""
    if BASELINE_IN_TEXT.search(f"{title} {text}"):
        return None
    if baseline is None:
        message = "To be compared with a baseline, and none is given."
        return (message, opening(text, 12), None) if _matches("needs_baseline", text) else None
    if _matches("baseline_to_come", baseline.text):
        return "The baseline is not known yet.", baseline.text, None
    verb = _matches("needs_baseline", text) or _matches("needs_baseline", title)
    if _matches("no_baseline", baseline.text.strip()):
        return "There is no baseline.", baseline.text, None if verb else Severity.INFO
    if not NUMBER.search(baseline.text) and (verb or QUANTITY.search(title)):
        quantified = bool(QUANTITY.search(f"{title} {text}"))
        message = "The baseline has no number to compare with."
        return message, opening(baseline.text, 12), None if quantified else Severity.INFO
    return None


@rule("MISSING_MEASURE", Severity.ERROR)
def missing_measure(subject: Subject) -> Iterator[Objection]:
    """A deliverable has no success measure.

    A measure in the first row of an objective counts for the rows under it, as a merged cell does, unless other rows
    have measures of their own. Named once, as info, where the whole plan has no measures.

    Fires: an empty measure beside the objective. Does not: rows two to five under a measure.
    Remedy: say how it will be known to have worked: what, how much, by when.
    """
    plan = subject.plan
    if not plan.measures:
        if plan.deliverables:
            line, fragment, where = table_place(subject)
            yield Objection("The plan gives no success measures at all.", line, fragment, Severity.INFO, where)
        return
    for objective in plan.objectives:
        rows = plan.deliverables_by_objective[objective.id]
        measures = plan.measures_by_objective[objective.id]
        measured = {measure.deliverable for measure in measures}
        measured_lines = {subject.line(row.id) for row in rows if row.id in measured and subject.document}
        first_measured = "" in measured or (bool(rows) and rows[0].id in measured)
        each_its_own = "" not in measured and OWN_MEASURES <= len(measured) > len(rows) / 2
        if first_measured and not each_its_own:
            continue
        for row in rows if measures else rows[:1]:
            if row.id not in measured and not (first_measured and subject.line(row.id) in measured_lines):
                severity = Severity.WARNING if measures else None
                where = subject.where(objective=objective.id, deliverable=row.id)
                message = "No success measure."
                yield Objection(message, subject.line(row.id), opening(row.text, 14), severity, where)


@rule("MISSING_MILESTONE_YEAR", Severity.WARNING)
def missing_milestone_year(subject: Subject) -> Iterator[Objection]:
    """A deliverable has no action in one of the plan's years; error where it has none in any.

    Only plans that lay their actions out by year are looked at.

    Fires: actions in 2026/27 and none in 2027/28. Does not: a plan of one year.
    Remedy: write the action, or say that the work ends.
    """
    years = plan_years(subject)
    by_year = any(isinstance(period_of(row.column), FinancialYear) for row in subject.plan.milestones)
    if not by_year or len(years) < 2:
        return
    actions = _actions_by_deliverable(subject)
    merged = _merged(subject)
    for objective in subject.plan.objectives:
        shared = any(not row.deliverable for row in subject.plan.milestones_by_objective[objective.id])
        if shared or objective.id in merged:
            continue  # actions of the whole priority, or of two in one row: nobody can say whose they are
        rows = subject.plan.deliverables_by_objective[objective.id]
        for row in rows:
            own = actions.get(row.id, [])
            missing = [year for year in years if year not in _years_covered(own)]
            if not missing or (not own and _belongs_to_row_before(subject, row)):
                continue
            none = len(missing) == len(years)
            named = "any year of the plan" if none else " or ".join(year.label for year in missing)
            title = f"{opening(objective.title, 8)} " if none and len(rows) == 1 else ""
            yield Objection(
                f"No action in {named}.",
                subject.line(row.id),
                title + opening(row.text, 14),
                Severity.ERROR if none else None,
                subject.where(objective=objective.id, deliverable=row.id),
            )


def _years_covered(actions: list[Milestone]) -> set[FinancialYear]:
    """The financial years that actions stand in or are due in; a quarter or month counts for its year."""
    columns = [column for each in actions if (column := period_of(each.column))]
    spans = [(FinancialYear.of(column.start), FinancialYear.of(column.end)) for column in columns]
    stood = {first for first, last in spans if first == last}
    return stood | {FinancialYear.of(each.due) for each in actions if each.due}


def _actions_by_deliverable(subject: Subject) -> dict[str, list[Milestone]]:
    actions: dict[str, list[Milestone]] = {}
    for row in subject.plan.milestones:
        actions.setdefault(row.deliverable, []).append(row)
    return actions


def _merged(subject: Subject) -> set[str]:
    """Objectives that share their line of a document with another one."""
    if subject.document is None:
        return set()
    by_line: dict[int | None, list[str]] = {}
    for objective in subject.plan.objectives:
        by_line.setdefault(subject.line(objective.id), []).append(objective.id)
    return {key for line, keys in by_line.items() if line is not None and len(keys) > 1 for key in keys}


def _belongs_to_row_before(subject: Subject, row: Deliverable) -> bool:
    """A deliverable with nothing of its own, listed under another one: they share one row of the table."""
    first = subject.plan.deliverables_by_objective[row.objective][0]
    return first.id != row.id and row.baseline is None and row.id not in _measured(subject)


@lru_cache(maxsize=1)
def _measured(subject: Subject) -> frozenset[str]:
    """The deliverables that have a success measure."""
    return frozenset(measure.deliverable for measure in subject.plan.measures)


@rule("MISSING_RELATIONSHIP", Severity.INFO)
def missing_relationship(subject: Subject) -> Iterator[Objection]:
    """An objective names no other plan it relates to, in a plan where others do.

    Fires: an empty relationship cell. Does not: a plan without such a column.
    Remedy: name the plan or programme it depends on.
    """
    if subject.plan.links:
        merged = _merged(subject)
        for objective in subject.plan.objectives:
            if objective.id not in merged and not subject.plan.links_by_objective[objective.id]:
                where = subject.where(objective=objective.id)
                name = named(objective)
                yield Objection("No link to another plan.", subject.line(objective.id), name, None, where)
