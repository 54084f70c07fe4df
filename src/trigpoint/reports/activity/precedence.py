"""Schemes beside the plan that they are part of: whether what must come first comes first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import PurePath

from trigpoint.activity.assumptions.scheme import Scheme
from trigpoint.errors import InputError, Where
from trigpoint.periods.labels import long_date, period_of
from trigpoint.plans.model import Milestone, Plan, Progress


def precedence_remarks(plan: Plan, schemes: Sequence[Scheme]) -> tuple[InputError, ...]:
    """A sentence on each scheme that begins before the milestone which must come first can be there.

    That is the day that its lead forecasts, else its printed date, else the first day of the period in whose column it
    stands; a milestone that is reported complete holds nothing up, and one without a date says nothing. A scheme that
    names a deliverable or milestone which the plan does not have is told too. Nothing is left out of the run for it.
    """
    return tuple(remark for scheme in schemes for remark in _of(plan, scheme))


def _of(plan: Plan, scheme: Scheme) -> Iterator[InputError]:
    stated = scheme.stated
    where = Where(PurePath(stated.file).name, row=stated.row) if stated.file else None
    milestones = {one.id: one for one in plan.milestones}
    known = {"deliverable": {one.id for one in plan.deliverables}, "milestone": set(milestones)}
    for kind, name in (("deliverable", scheme.deliverable), ("milestone", scheme.milestone)):
        if name and name not in known[kind]:
            what = f"{scheme.name} ({scheme.id}) names the {kind} “{name}”, which the plan does not have"
            yield InputError(what, where=where, remedy=f"correct it, or add it to {kind}s.csv")
    first, start = milestones.get(scheme.milestone), scheme.ramp.start
    if first is None or start is None:
        return
    day = _earliest(plan, first)
    if day is not None and start.end < day:
        what = f"{scheme.name} ({scheme.id}) starts in {start.label}, and “{first.text}”, which must come first, "
        what += f"is not there before {long_date(day)}"
        yield InputError(what, where=where, remedy="let it start later, or bring the milestone forward")


def _earliest(plan: Plan, milestone: Milestone) -> date | None:
    """The earliest day by which a milestone is there, as far as anything says one."""
    reported = sorted((one for one in plan.updates if one.item == milestone.id), key=lambda one: one.as_at)
    if reported and reported[-1].progress is Progress.COMPLETE:
        return None
    if reported and reported[-1].forecast is not None:
        return reported[-1].forecast
    period = period_of(milestone.column)
    return milestone.due or (None if period is None else period.start)
