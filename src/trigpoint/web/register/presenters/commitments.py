"""One deliverable or milestone as pages show it, wherever it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from trigpoint.plans.model import Deliverable, Item, Plan, Scope, Update
from trigpoint.plans.state import DeadlineKind, ItemState
from trigpoint.web.config.wording import count_of, short_day
from trigpoint.web.register.presenters.looks import PROGRESS, STATES, Look
from trigpoint.web.register.presenters.people import lead_names
from trigpoint.wording import capital


@dataclass(frozen=True, slots=True)
class Commitment:
    """``due`` is the date in words, ``phrase`` how the plan itself puts it, ``place`` "" for the whole system.

    ``who`` are the item's own leads and its partners, "" where it has none of its own.
    ``dated`` tells a date of the item's own from one that follows from the ``column`` it stands in.
    """

    id: str
    kind: str
    text: str
    detail: str
    who: str
    due: str
    dated: bool
    column: str
    phrase: str
    place: str
    state: Look
    timing: str
    declared: Look | None
    note: str
    illustrative: bool
    objective: str


def all_items(plan: Plan) -> Iterable[Item]:
    """Deliverables, then milestones, in printed order."""
    yield from plan.deliverables
    yield from plan.milestones


def kind_of(item: Item) -> str:
    """What the item is called on pages."""
    return "Deliverable" if isinstance(item, Deliverable) else "Milestone"


def place_of(item: Item) -> str:
    """Where the item binds: "" for the whole system.

    >>> place_of(Deliverable("d", "o", "Open", scope=Scope.LOCAL)), place_of(Deliverable("d", "o", "Open"))
    ('Local, no place named', '')
    """
    if item.scope is Scope.LOCAL:
        return item.area or "Local, no place named"
    return item.area


def timing_words(state: ItemState, at: date) -> str:
    """How late or how far off, in words."""
    if state.days_late:
        late = count_of(state.days_late, "day")
        return f"done {late} late" if state.state.is_complete else f"{late} late"
    if state.state.is_complete:
        return f"done {short_day(state.done_on)}" if state.done_on else ""
    if state.forecast_late:
        return f"expected {short_day(state.forecast)}"
    if state.deadline.day is not None and 0 <= (left := (state.deadline.day - at).days) <= 92:
        return "due today" if left == 0 else f"in {count_of(left, 'day')}"
    return ""


def _who(item: Item) -> str:
    led = f"Led by {'; '.join(lead_names(item.leads))}" if item.leads else ""
    joined = f"with {'; '.join(item.partners)}" if item.partners else ""
    return f"{led}, {joined}" if led and joined else capital(led or joined)


def _known_update(plan: Plan, item_id: str, at: date) -> Update | None:
    """The last update of an item that was known at a date. The plan's very latest is nearly always the one."""
    latest = plan.latest_updates.get(item_id)
    if latest is None or latest.as_at <= at:
        return latest
    known = [update for update in plan.updates if update.item == item_id and update.as_at <= at]
    return max(reversed(known), key=lambda update: update.as_at, default=None)


def commitment(item: Item, state: ItemState, plan: Plan, at: date) -> Commitment:
    """One item as pages show it."""
    known = _known_update(plan, item.id, at) if state.declared_on else None
    return Commitment(
        id=item.id,
        kind=kind_of(item),
        text=f"{item.number} {item.text}".strip(),
        detail=item.detail if item.detail != item.text else "",
        who=_who(item),
        due=short_day(state.deadline.day),
        dated=state.deadline.kind is DeadlineKind.PRINTED,
        column=item.column,
        phrase=item.due_phrase,
        place=place_of(item),
        state=STATES[state.state],
        timing=timing_words(state, at),
        declared=PROGRESS[state.declared] if state.declared and not state.state.is_complete else None,
        note=known.note if known else "",
        illustrative=bool(known and known.illustrative),
        objective=item.objective,
    )
