"""What one committee answers for: its objectives, its commitments and where they stand at a date."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from trigpoint.errors import InputError
from trigpoint.periods.calendar import Quarter
from trigpoint.plans.model import IndicatorTable, Item, Objective, Plan, Progress, SuccessMeasure
from trigpoint.plans.state import ItemState, PlanStates, State, Summary, plan_states, summarise

WHOLE_PLAN = "All committees"


def _key(name: str) -> str:
    words = re.sub(r"[^\w]+", " ", name.casefold().replace("&", " and ")).split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def committee_named(plan: Plan, name: str) -> str:
    """The plan's own spelling of a committee, found without regard to case, "&" or punctuation.

    Raises InputError that lists the plan's committees when none is meant.
    """
    for known in plan.committees:
        if _key(known) == _key(name):
            return known
    if not plan.committees:
        raise InputError("the plan names no committee", remedy="leave the committee out for a paper on the whole plan")
    known_names = "; ".join(plan.committees)
    raise InputError(f"no committee of the plan is called “{name}”", remedy=f"it names these: {known_names}")


@dataclass(frozen=True, slots=True)
class Commitment:
    """One deliverable or milestone of a committee, with where it stands."""

    item: Item
    objective: Objective
    state: ItemState


@dataclass(frozen=True)
class Remit:
    """A committee's part of a plan at a date; ``committee`` is "" for the whole plan."""

    plan: Plan
    committee: str
    at: date
    states: PlanStates

    @cached_property
    def objectives(self) -> tuple[Objective, ...]:
        if not self.committee:
            return self.plan.objectives
        return tuple(row for row in self.plan.objectives if self.committee in row.committees)

    @cached_property
    def commitments(self) -> tuple[Commitment, ...]:
        """Every deliverable and milestone, objective by objective, in printed order."""
        rows: list[Commitment] = []
        for objective in self.objectives:
            deliverables: tuple[Item, ...] = self.plan.deliverables_by_objective[objective.id]
            items = (*deliverables, *self.plan.milestones_by_objective[objective.id])
            rows += [Commitment(item, objective, self.states.items[item.id]) for item in items]
        return tuple(rows)

    @cached_property
    def summary(self) -> Summary:
        return summarise(row.state for row in self.commitments)

    @property
    def quarter(self) -> Quarter:
        return Quarter.of(self.at)

    def in_state(self, *states: State) -> tuple[Commitment, ...]:
        """The commitments in some states, by deadline; those without one last, in printed order."""
        return self.where(lambda row: row.state.state in states)

    def where(self, wanted: Callable[[Commitment], bool]) -> tuple[Commitment, ...]:
        """The commitments that answer a question, by deadline."""
        return tuple(sorted(filter(wanted, self.commitments), key=lambda row: row.state.deadline.day or date.max))

    @cached_property
    def completed_this_quarter(self) -> tuple[Commitment, ...]:
        """Completed on or after the first day of the quarter; the report's day stands in for a missing day."""

        def recent(row: Commitment) -> bool:
            day = row.state.done_on or row.state.declared_on
            return row.state.state.is_complete and day is not None and self.quarter.start <= day <= self.at

        return self.where(recent)

    @property
    def is_reported(self) -> bool:
        """Whether progress on any of the commitments was reported by the date."""
        return any(row.state.declared for row in self.commitments)

    @cached_property
    def exceptions(self) -> tuple[Commitment, ...]:
        """The open commitments that were reported off track, then those at risk, each by deadline."""

        def declared(progress: Progress) -> tuple[Commitment, ...]:
            return self.where(lambda row: row.state.declared is progress and not row.state.state.is_complete)

        return (*declared(Progress.OFF_TRACK), *declared(Progress.AT_RISK))

    @cached_property
    def notes(self) -> Mapping[str, str]:
        """What was last said of each deliverable or milestone by the date; of two reports on one day the later row."""
        known = (update for update in self.plan.updates if update.as_at <= self.at)
        return {update.item: update.note for update in sorted(known, key=lambda update: update.as_at)}

    @cached_property
    def measures(self) -> tuple[SuccessMeasure, ...]:
        return tuple(row for objective in self.objectives for row in self.plan.measures_by_objective[objective.id])

    @cached_property
    def indicators(self) -> tuple[IndicatorTable, ...]:
        """The indicator tables of the committee's objectives; for the whole plan also those of none."""
        if not self.committee:
            return self.plan.indicators
        ids = {row.id for row in self.objectives}
        return tuple(table for table in self.plan.indicators if table.objective in ids)

    @cached_property
    def is_illustrative(self) -> bool:
        """Whether some progress that the paper tells of was invented for demonstration."""
        ids = {row.item.id for row in self.commitments}
        known = (update for update in self.plan.updates if update.as_at <= self.at)
        return any(update.illustrative and update.item in ids for update in known)

    @cached_property
    def names_leads(self) -> bool:
        """Whether the plan names a lead for any of the objectives."""
        return any(objective.leads for objective in self.objectives)


def remit(plan: Plan, committee: str, at: date, states: PlanStates | None = None) -> Remit:
    """A committee's part of a plan at a date; the whole plan when ``committee`` is "".

    ``states`` saves the work where they are at hand (they must be of this plan and date).
    """
    name = committee_named(plan, committee) if committee else ""
    return Remit(plan, name, at, states or plan_states(plan, at))
