"""Where every commitment of a plan stands at a date: computed from its deadline and what was reported by then.

Two things are kept apart. The *state* is computed: a deadline has passed or it has not, an item was reported
complete or it was not. The *declared* progress is what its lead said; it is shown beside the state and never
changes it, save that only a lead can say that something is complete. Updates after the date are not known yet
at that date, and so are left out: the same question gives the same answer in every later year.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from types import MappingProxyType

from trigpoint.periods.calendar import Quarter
from trigpoint.periods.labels import period_of
from trigpoint.plans.model import Item, Plan, Progress, Update, latest_of
from trigpoint.wording import count


class DeadlineKind(Enum):
    """Where a deadline comes from."""

    PRINTED = "printed"
    FROM_COLUMN = "from the column"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day on which an item is in time, and where that is known from."""

    day: date | None
    kind: DeadlineKind


class State(Enum):
    """Where an item stands. The members are in the order of urgency, most urgent first."""

    OVERDUE = "overdue"
    DUE_THIS_QUARTER = "due this quarter"
    DUE_NEXT_QUARTER = "due next quarter"
    LATER = "later"
    UNDATED = "undated"
    COMPLETE_LATE = "complete, late"
    COMPLETE = "complete"

    @property
    def label(self) -> str:
        """A word or two, e.g. for a column heading."""
        return self.value[0].upper() + self.value[1:]

    @property
    def meaning(self) -> str:
        """One sentence that says when an item is in this state."""
        return _MEANINGS[self]

    @property
    def is_complete(self) -> bool:
        return self in (State.COMPLETE, State.COMPLETE_LATE)


_MEANINGS = {
    State.OVERDUE: "Its date has passed and it has not been reported complete.",
    State.DUE_THIS_QUARTER: "Its date is today or later in this quarter.",
    State.DUE_NEXT_QUARTER: "Its date is in the next quarter.",
    State.LATER: "Its date is after the next quarter.",
    State.UNDATED: "The plan gives it no date, and it has not been reported complete.",
    State.COMPLETE_LATE: "It was reported complete, after its date.",
    State.COMPLETE: "It was reported complete, and nothing says that this was after its date.",
}
_CONCERN = (
    Progress.OFF_TRACK,
    Progress.AT_RISK,
    Progress.NOT_STARTED,
    Progress.NOT_COMPLETE,
    Progress.ON_TRACK,
    Progress.COMPLETE,
)


@dataclass(frozen=True, slots=True)
class ItemState:
    """One item at a date.

    ``declared`` is the progress last reported by then, on ``declared_on``; ``None`` when nothing was. ``days_late``
    counts from the deadline to the date (overdue) or to ``done_on`` (complete, late), otherwise it is 0.
    """

    state: State
    deadline: Deadline
    declared: Progress | None = None
    declared_on: date | None = None
    done_on: date | None = None
    forecast: date | None = None
    days_late: int = 0

    @property
    def forecast_late(self) -> bool:
        """An open item whose lead expects it after its deadline."""
        if self.state.is_complete or self.forecast is None or self.deadline.day is None:
            return False
        return self.forecast > self.deadline.day


@dataclass(frozen=True, slots=True)
class Summary:
    """How many items of an objective, theme or plan are in each state, and what was declared of the open ones.

    Both mappings hold every member, zero counts included, in a fixed order.
    """

    counts: Mapping[State, int]
    declared: Mapping[Progress, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def complete(self) -> int:
        return self.counts[State.COMPLETE] + self.counts[State.COMPLETE_LATE]

    @property
    def worst(self) -> State | None:
        """The most urgent state that any item is in; ``None`` without items."""
        return next((state for state in State if self.counts[state]), None)

    @property
    def worst_declared(self) -> Progress | None:
        """The most worrying progress declared of an open item; ``None`` when none was."""
        return next((progress for progress in _CONCERN if self.declared[progress]), None)

    @property
    def sentence(self) -> str:
        """The counts in words: ``"3 items: 1 overdue, 2 complete; 1 off track"``."""
        parts = [f"{number} {state.value}" for state, number in self.counts.items() if number]
        worries = [f"{self.declared[word]} {word.value}" for word in _CONCERN[:2] if self.declared[word]]
        text = f"{count(self.total, 'item')}: {', '.join(parts)}" if parts else "No items"
        return f"{text}; {', '.join(worries)}" if worries else text


@dataclass(frozen=True, slots=True)
class PlanStates:
    """A whole plan at a date: every deliverable and milestone by id, and the sums by objective and theme."""

    at: date
    items: Mapping[str, ItemState]
    objectives: Mapping[str, Summary]
    themes: Mapping[str, Summary]
    whole: Summary


def deadline(item: Item) -> Deadline:
    """The date printed for an item, else the last day of the period whose column it stands in.

    >>> from trigpoint.plans.model import Deliverable
    >>> deadline(Deliverable("d1", "o1", "Open the hub", column="2016/17 Q3")).day.isoformat()
    '2016-12-31'
    """
    return _deadline(item.due, item.column)


@lru_cache(maxsize=8192)
def _deadline(due: date | None, column: str) -> Deadline:
    if due is not None:
        return Deadline(due, DeadlineKind.PRINTED)
    # A draft may hold a column heading that is no period; it gives no deadline, and a check names it.
    period = period_of(column)
    return Deadline(None, DeadlineKind.NONE) if period is None else Deadline(period.end, DeadlineKind.FROM_COLUMN)


def _item_state(due: Deadline, update: Update | None, at: date) -> ItemState:
    if update is None:
        state = _open_state(due.day, at)
        return ItemState(state, due, days_late=_days_late(due.day, at) if state is State.OVERDUE else 0)
    if update.progress is Progress.COMPLETE:
        late = 0 if update.done_on is None else _days_late(due.day, update.done_on)
        state = State.COMPLETE_LATE if late else State.COMPLETE
    else:
        state = _open_state(due.day, at)
        late = _days_late(due.day, at) if state is State.OVERDUE else 0
    return ItemState(state, due, update.progress, update.as_at, update.done_on, update.forecast, late)


def _open_state(day: date | None, at: date) -> State:
    if day is None:
        return State.UNDATED
    if day < at:
        return State.OVERDUE
    now = Quarter.of(at)
    if day <= now.end:
        return State.DUE_THIS_QUARTER
    return State.DUE_NEXT_QUARTER if day <= (now + 1).end else State.LATER


def _days_late(day: date | None, reached: date) -> int:
    return 0 if day is None else max(0, (reached - day).days)


def plan_states(plan: Plan, at: date) -> PlanStates:
    """Where every item of a plan stands at a date, in one pass.

    Items of an objective that the plan does not have count in ``whole`` alone; so do objectives without a theme.
    """
    updates = latest_of(update for update in plan.updates if update.as_at <= at)
    without_update: dict[Deadline, ItemState] = {}
    items: dict[str, ItemState] = {}
    by_objective: dict[str, list[ItemState]] = {objective.id: [] for objective in plan.objectives}
    rows: tuple[Item, ...] = (*plan.deliverables, *plan.milestones)
    for row in rows:
        due = _deadline(row.due, row.column)
        update = updates.get(row.id)
        if update is not None:
            state = _item_state(due, update, at)
        elif due in without_update:
            state = without_update[due]
        else:
            state = without_update[due] = _item_state(due, None, at)
        items[row.id] = state
        if row.objective in by_objective:
            by_objective[row.objective].append(state)
    by_theme: dict[str, list[ItemState]] = {theme.id: [] for theme in plan.themes}
    for objective in plan.objectives:
        if objective.theme in by_theme:
            by_theme[objective.theme].extend(by_objective[objective.id])
    return PlanStates(
        at,
        MappingProxyType(items),
        MappingProxyType({key: summarise(states) for key, states in by_objective.items()}),
        MappingProxyType({key: summarise(states) for key, states in by_theme.items()}),
        summarise(items.values()),
    )


def summarise(states: Iterable[ItemState]) -> Summary:
    """The counts of some items' states, e.g. of those that one committee answers for."""
    counts = dict.fromkeys(State, 0)
    declared = dict.fromkeys(Progress, 0)
    for item in states:
        counts[item.state] += 1
        if item.declared is not None and not item.state.is_complete:
            declared[item.declared] += 1
    return Summary(MappingProxyType(counts), MappingProxyType(declared))
