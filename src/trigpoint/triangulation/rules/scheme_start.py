"""When a saving begins, against when the plan says that what brings it is done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from trigpoint.checks.finding import Severity
from trigpoint.finance.book.book import Scheme
from trigpoint.periods import Month, long_date
from trigpoint.plans.model import Deliverable, Milestone
from trigpoint.triangulation.comparison import Comparison, Lacking, Relation, Wording, compared
from trigpoint.triangulation.figure import Figure, Unit
from trigpoint.triangulation.parts import Part, Parts, named, stated_figure
from trigpoint.triangulation.register import rule

RULE = "SCHEME_START"
_MONTHS = 12


@rule(RULE, Severity.WARNING, Part.PLAN, Part.FINANCE)
def scheme_start(parts: Parts) -> Iterator[Comparison | Lacking]:
    """A scheme saves before the plan says that its deliverable, or the milestone of its intervention, is done.

    The month before a scheme's first saving is compared with the day that is printed for its deliverable, and for the
    milestones of the interventions of the activity model that it rests on. Only days that the plan prints count.

    Fires: savings from July 2017, and a deliverable due on 31 December 2017. Does not: a deliverable without a date.
    Remedy: let the saving begin after what brings it, or bring the date forward.
    """
    for scheme in parts.book.schemes:
        for item_id in dict.fromkeys(_named_items(parts, scheme)):
            item = _item(parts, item_id)
            if item is None:
                yield Lacking(
                    RULE, f"{named(scheme.stated.name, scheme.id)} names {item_id}, which the plan does not have"
                )
            elif item.due is not None:
                yield _compared(parts, scheme, item, item.due)


def _named_items(parts: Parts, scheme: Scheme) -> Iterator[str]:
    if scheme.deliverable:
        yield scheme.deliverable
    for one in parts.activity.book.schemes if parts.activity is not None else ():
        if one.id in scheme.activity and one.milestone:
            yield one.milestone


def _item(parts: Parts, item_id: str) -> Deliverable | Milestone | None:
    try:
        found = parts.plan.item(item_id) if parts.plan is not None else None
    except KeyError:
        return None
    return found if isinstance(found, Deliverable | Milestone) else None


def _compared(parts: Parts, scheme: Scheme, item: Deliverable | Milestone, due: date) -> Comparison:
    start = stated_figure(
        _months(scheme.start.start), Unit.NUMBER, f"the saving begins in {scheme.start.label}, month", scheme.stated,
        table="schemes", column="start", item=scheme.id,
    )  # fmt: skip
    where = parts.sources.get(item.id)
    file = str(where.file) if where is not None else ""
    line = where.line if where is not None else None
    source = f"{file}, line {line}" if line else f"the plan, {item.id}"
    # What is done by the last day of a month can save from the next month on.
    ready = Figure(
        _ready(due), Unit.NUMBER, f"“{item.text}” is due on {long_date(due)}, month", source, file, line, "due", item.id
    )
    name = named(scheme.stated.name, scheme.id)
    early = int((ready.value or Decimal(0)) - (start.value or Decimal(0)))
    instead = (
        f"{name} saves from {scheme.start.label}, {early} {'month' if early == 1 else 'months'} before it can: "
        f"{item.id}, on which it rests, is due on {long_date(due)}. "
        "Let the saving begin later, or bring the date forward."
    )
    wording = Wording(f"{name} against {item.id}", "let the saving begin later", instead=instead)
    return compared(RULE, Severity.WARNING, (start, ready), parts.tolerance(RULE), wording, Relation.AT_LEAST)


def _months(day: date) -> Decimal:
    """Months since the year 0, so that they can be subtracted."""
    return Decimal(_MONTHS * day.year + day.month)


def _ready(due: date) -> Decimal:
    """The first month that begins after a day, or on it."""
    month = Month(due.year, due.month)
    return _months(due) if due == month.start else _months(due) + 1
