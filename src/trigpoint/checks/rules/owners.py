"""Rules on who answers for a commitment, and by when."""

from __future__ import annotations

from collections.abc import Iterator

from trigpoint.checks.finding import Severity
from trigpoint.checks.fragment import opening
from trigpoint.checks.outline import table_place
from trigpoint.checks.rule import Objection, rule
from trigpoint.checks.subject import Subject
from trigpoint.plans.model import Item, Lead, Milestone, Objective
from trigpoint.wording import count

MOSTLY = 0.8
"""Where so many commitments have a date, one without is an oversight; where fewer have, it is the plan's habit."""


@rule("MISSING_OWNER", Severity.WARNING)
def missing_owner(subject: Subject) -> Iterator[Objection]:
    """An objective has no lead, or a commitment in a plan or an objective that names owners item by item.

    Partners take part; they do not answer for it, and neither does a committee. Named once for the whole plan where
    nothing has a lead.

    Fires: an objective with a committee and no lead. Does not: "Director of Strategy" without a name; an objective
    whose actions each have a lead of their own.
    Remedy: name the role that answers for it.
    """
    plan = subject.plan
    led = {row.id for row in (*plan.objectives, *subject.commitments) if row.leads}
    if not led:
        yield from _nobody(subject)
        return
    answering = {row.id for row in plan.objectives if row.leads}
    by_item = {row.objective for row in subject.commitments if row.leads} - answering
    for objective in plan.objectives if answering else ():
        if objective.id not in answering and objective.id not in by_item:
            place = subject.where(objective=objective.id)
            message = "No lead answers for this objective."
            yield Objection(message, subject.line(objective.id), named(objective), None, place)
    led |= {row.deliverable for row in plan.milestones if row.leads}  # its steps have leads, so it needs none itself
    for row in subject.commitments:
        above = row.deliverable if isinstance(row, Milestone) else ""
        if (row.objective in by_item or not answering) and row.id not in led and above not in led:
            message = "No owner answers for this, where other commitments have one."
            yield Objection(message, subject.line(row.id), opening(row.text, 12), None, _place(subject, row))


def _nobody(subject: Subject) -> Iterator[Objection]:
    """The one objection to a plan that names no owner at all."""
    plan = subject.plan
    if not plan.objectives and not subject.commitments:
        return
    items = len(plan.deliverables) > len(plan.objectives) and any(row.partners for row in subject.commitments)
    told = _none_of(len(plan.deliverables), "commitment") if items else _none_of(len(plan.objectives), "objective")
    partners = "; partners take part, they do not answer for it" if items else "; there is no column for one"
    line, fragment, where = table_place(subject)
    yield Objection(f"{told} has a lead{partners}.", line, fragment, None, where)


def _none_of(number: int, noun: str) -> str:
    """None of so many things, as a sentence begins.

    >>> _none_of(3, "objective"), _none_of(1, "objective")
    ('None of the 3 objectives', 'Not even the one objective')
    """
    return f"Not even the one {noun}" if number == 1 else f"None of the {count(number, noun)}"


@rule("MULTIPLE_OWNERS", Severity.INFO)
def multiple_owners(subject: Subject) -> Iterator[Objection]:
    """An objective or commitment has several leads, and none is marked as the accountable one.

    Fires: two directors side by side. Does not: two, one of them accountable; a lead and a committee.
    Remedy: mark one as accountable.
    """
    for row in (*subject.plan.objectives, *subject.commitments):
        if len(row.leads) > 1 and not any(lead.accountable for lead in row.leads):
            message = f"{len(row.leads)} leads and none accountable: {'; '.join(map(_name, row.leads))}."
            place = subject.where(objective=row.id) if isinstance(row, Objective) else _place(subject, row)
            yield Objection(message, subject.line(row.id), _name(row.leads[-1]), None, place)


@rule("MISSING_DUE_DATE", Severity.WARNING)
def missing_due_date(subject: Subject) -> Iterator[Objection]:
    """A commitment has no date and stands in no column that would give it one.

    Named once for the whole plan where nothing has a date. Info for single commitments in a plan where nearly all
    have one; a deliverable whose steps are dated needs none.

    Fires: an action plan without a column for dates. Does not: an action under "Q3"; "Ongoing" among dated actions.
    Remedy: say by when.
    """
    plan = subject.plan
    stepped = {row.deliverable for row in plan.milestones if row.deliverable}
    rows: list[Item] = [row for row in plan.deliverables if row.id not in stepped]
    rows.extend(plan.milestones)
    without = [row for row in rows if row.due is None and not row.column and not row.due_phrase]
    if not without:
        return
    if len(without) == len(rows):
        line, fragment, where = table_place(subject)
        yield Objection(f"{_none_of(len(rows), 'commitment')} says by when.", line, fragment, None, where)
    elif len(rows) - len(without) >= MOSTLY * len(rows):
        for row in without:
            quoted = opening(row.text, 12)
            yield Objection("No date.", subject.line(row.id), quoted, Severity.INFO, _place(subject, row))


def named(objective: Objective) -> str:
    """An objective as a finding quotes it."""
    return f"{objective.number}. {objective.title}" if objective.number else objective.title


def _name(lead: Lead) -> str:
    return " - ".join(part for part in (lead.name, lead.role) if part)


def _place(subject: Subject, row: Item) -> dict[str, str]:
    return subject.where(objective=row.objective, item=row.id)
